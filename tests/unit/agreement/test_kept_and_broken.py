"""Contracts about rights and life, each scenario's figures worked out beside it, in English and in Chinese; and one wrong expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

FILES = sorted((Path(__file__).resolve().parents[2] / "cases" / "agreements").glob("*.sla"))


def results(name, text):
    collector = Collector()
    checked = check(SourceFile(name, text), collector)
    assert collector.sorted() == []
    return list(tried(checked))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_scenarios_hold(path, language):
    text = path.read_text("utf-8")
    found = results(path.name, format_text(text, "zh") if language == "zh" else text)
    assert found
    assert [(one.scenario.title, one.missed) for one in found if one.missed] == []


def test_a_wrong_expectation_of_a_right_is_told():
    path = next(one for one in FILES if one.stem == "renewal_and_notice")
    text = path.read_text("utf-8").replace("effective at 2026-04-05 00:00", "effective at 2026-04-06 00:00")
    (failed,) = [one for one in results(path.name, text) if one.missed]
    (missed,) = failed.missed
    assert (missed.what, missed.expected, missed.found) == (
        "effective_at",
        "2026-04-06 00:00",
        "2026-04-05 00:00",
    )
    assert missed.place.line == text[: text.index("effective at 2026-04-06")].count("\n") + 1


def test_a_constraint_that_is_false_fails_a_scenario_that_does_not_expect_it():
    path = next(one for one in FILES if one.stem == "signed_suspended_cured")
    text = path.read_text("utf-8").replace("  expect TotalAgrees is broken\n", "")
    (failed,) = [one for one in results(path.name, text) if one.missed]
    assert [(one.rule, one.expected, one.found) for one in failed.missed] == [
        ("TotalAgrees", "met", "broken (100 CNY / 120 CNY)")
    ]
