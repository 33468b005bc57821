"""Contracts that show each form of a metric, and carve-outs under readings, their values worked out beside them: clean, written the one way, and their scenarios hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.explain.focus import on_metric
from slalang.explain.from_outcome import explanations
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import evaluated, tried
from slalang.report.as_text import text
from slalang.syntax.format import format_text

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted([*(CASES / "metrics").glob("*.sla"), *(CASES / "readings").glob("*.sla")])


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


def told(title, rule, key):
    """The explanation of April's value in one scenario of the pieces, in both languages."""
    checked = check(open_source(FILES[0].parent / "pieces.sla"), Collector())
    scenario = next(one for one in checked.scenarios if one.title.startswith(title))
    values = evaluated(checked.program, scenario).metrics
    value = next(one for one in values if one.rule == rule and dict(one.key) == {"instance": key})
    again = evaluated(checked.program, scenario, on_metric(value))
    (found,) = explanations(checked.program, again, about=value)
    return text(found, "en"), text(found, "zh")


def test_the_pieces_that_failed_and_the_run_that_they_make_are_told():
    english, chinese = told("five minutes", "Down", "a")
    assert "2026-04-02 10:02 to Thu 2026-04-02 10:03: 4 ÷ 60 ≈ 6.67 %" in english
    assert "runs of at least 5 min count" in english
    assert "counted in all: 5 min" in english
    assert "至少 5 分钟 的连续段计入" in chinese


def test_a_percentile_of_each_piece_is_told_as_its_value():
    english, chinese = told("hours by", "SlowHours", "a")
    assert "Thu 2026-04-02 08:00 to Thu 2026-04-02 09:00: 11\n" in english
    assert "without any sample: 718, taken: not at all" in english  # 720 hours less two
    assert "数值不为 0 的段" in chinese


def test_what_is_read_of_pieces_is_named_in_words():
    english, chinese = told("five minutes", "Uptime", "b")
    assert "Down = 0 min" in english.replace("\u00a0", " ")
    assert "Down" in chinese
