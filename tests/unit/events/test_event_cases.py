"""Runs tests/cases/events: each folder holds files of facts, perhaps `bindings.toml`, and what must come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from facts_desk import PROGRAM

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.events.bindings import read_bindings
from slalang.events.loading import load
from slalang.values.instant import parse

CASES = Path(__file__).resolve().parents[2] / "cases" / "events"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/expected.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_case(folder):
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    inputs = sorted(path for path in folder.iterdir() if path.name not in {"expected.json", "bindings.toml"})
    collector = Collector()
    binding = folder / "bindings.toml"
    bindings = read_bindings(binding, collector) if binding.exists() else None
    as_of = parse(expected["as_of"]) if "as_of" in expected else None
    try:
        with load(inputs, PROGRAM, collector, bindings=bindings, as_of=as_of) as loaded:
            found = [(event.id, event.time, event.data) for event in loaded.events]
            counts = loaded.counts
    except Stop:
        assert folder.parent.name == "bad"
    else:
        assert folder.parent.name == "good"
        assert found == [(id_, parse(time), data) for id_, time, data in expected["events"]]
        assert {name: getattr(counts, name) for name in expected["counts"]} == expected["counts"]
    assert [[item.code, item.at.line] for item in collector.sorted()] == expected["messages"]


def test_there_are_cases():
    assert {folder.parent.name for folder in FOLDERS} == {"good", "bad"}
