"""Each library comes with a small contract that uses it, kept and broken; the scenarios' values are worked out beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.syntax.format import format_text

STDLIB = Path(__file__).resolve().parent.parent.parent / "stdlib"
EXAMPLES = sorted((STDLIB / "examples").glob("*.sla"))
# `plain` only states choices and `services` only names two entities: every example uses both.
USED_BY_ALL = {"plain", "services"}


def test_each_library_has_an_example():
    assert {path.stem for path in EXAMPLES} == {path.stem for path in STDLIB.glob("*.sla")} - USED_BY_ALL


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_clean_and_its_scenarios_hold(path):
    source = open_source(path)
    collector = Collector()
    checked = check(source, collector)
    assert collector.sorted() == []
    results = list(tried(checked))
    assert results
    assert [(one.scenario.title, one.missed) for one in results if one.missed] == []
    assert format_text(source) == source.text


def test_a_wrong_expectation_in_an_example_is_told():
    path = STDLIB / "examples" / "tickets.sla"
    text = path.read_text("utf-8").replace("late with margin -100 min", "late with margin -99 min")
    source = type(open_source(path))("tickets.sla", text)
    checked = check(source, Collector())
    (failed,) = [one for one in tried(checked) if one.missed]
    assert failed.missed[0].what == "margin"
