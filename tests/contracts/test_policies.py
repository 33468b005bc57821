"""Policies of instances and of changes: each choice has a scenario worked out by hand beside it, and it holds in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

FOLDER = Path(__file__).parents[1] / "cases" / "policies"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("name", "count"), [("changes.sla", 10), ("instances.sla", 7), ("reading.sla", 5)])
def test_every_scenario_of_each_choice_holds(name, count, language):
    collector = Collector()
    source = SourceFile(name, (FOLDER / name).read_text("utf-8"))
    if language == "zh":
        source = SourceFile(name, format_text(source, "zh"))
    checked = check(source, collector)
    assert not collector.has_errors, messages(collector)
    results = list(tried(checked))
    assert len(results) == count
    assert [(one.scenario.title, one.missed) for one in results if one.missed] == []
