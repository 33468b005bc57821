"""Contracts that show each form of a metric, its values worked out beside them: clean, written the one way, and their scenarios hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.syntax.format import format_text

FILES = sorted((Path(__file__).parents[1] / "cases" / "metrics").glob("*.sla"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenarios_hold_and_the_text_is_written_the_one_way(path):
    source = open_source(path)
    collector = Collector()
    checked = check(source, collector)
    assert collector.sorted() == []
    results = list(tried(checked))
    assert results
    assert [(one.scenario.title, one.missed) for one in results if one.missed] == []
    assert format_text(source) == source.text
