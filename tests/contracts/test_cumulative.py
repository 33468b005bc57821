"""Duties that add up, repeat, forfeit and follow from others: each scenario is worked out by hand beside it, and holds in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

TEXT = (Path(__file__).parent / "cumulative/cumulative.sla").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_scenario_holds(language):
    collector = Collector()
    source = SourceFile("cumulative.sla", TEXT)
    if language == "zh":
        source = SourceFile("cumulative.sla", format_text(source, "zh"))
    checked = check(source, collector)
    assert not collector.has_errors, messages(collector)
    results = list(tried(checked))
    assert len(results) == 8
    assert [(one.scenario.title, one.missed) for one in results if one.missed] == []
