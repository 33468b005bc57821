"""Obligations of every kind, each kept and each broken: every scenario holds in both languages, and what it expects is explained without raw names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_explained import Told

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.pipeline.explaining import one
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.report.as_text import text
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

FILE = Path(__file__).parents[1] / "cases" / "obligations" / "kinds.sla"


def checked_in(language):
    source = SourceFile(FILE.name, FILE.read_text("utf-8"))
    if language == "zh":
        source = SourceFile(FILE.name, format_text(source, "zh"))
    collector = Collector()
    checked = check(source, collector)
    assert not collector.has_errors, messages(collector)
    return checked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_scenario_holds(language):
    results = list(tried(checked_in(language)))
    assert len(results) == 26
    assert [(result.scenario.title, result.missed) for result in results if result.missed] == []


def test_each_kind_is_explained_with_each_status_it_has():
    checked = checked_in("en")
    seen, texts = set(), []
    for scenario in checked.scenarios:
        told = Told(checked.program, scenario)
        asked = {expected.rule for expected in scenario.expectations}
        for line in (*told.whole.verdicts, *told.whole.metrics, *told.whole.ledger):
            key = (line.rule, getattr(line, "status", "metric"))
            if line.rule not in asked or key in seen:
                continue
            seen.add(key)
            # `one` works every explanation out again, and stops where it does not add up (SLA-E0791).
            told_of = one(told, line, told.loaded.events, told.whole)
            texts += [(key, language, text(item, language)) for item in told_of for language in ("en", "zh")]
            assert told_of, key
    assert seen >= KINDS
    assert [(key, language) for key, language, said in texts if key[0] not in said] == []
    raw = [(key, language, found) for key, language, said in texts if (found := RAW.findall(said))]
    assert raw == []


# What an explanation may not show: a piece of the program, an event's type with its dot, a name with underscores that is not the contract's own.
OWN = "any_tested|all_tested|overdue_in_total|someone_on_shift|three_months|too_weak|units_so_far"
RAW = re.compile(
    r"\b[A-Z]\w+\((?!s\))|<\w+[.:]|\{\w*\}|\bNone\b|@\w+|SLA-E\d+|Fraction|\bPT?\d+[HMSD]\b"
    rf"|\b(?!std\.plain|kinds\.sla)[a-z]+\.[a-z]+\b|\b(?!(?:{OWN})\b)[A-Za-z]+_\w+"
)
KINDS = {
    *((rule, status) for rule in ("Notice", "NotAtOnce", "Cover", "Quality") for status in ("met", "broken")),
    *(
        (rule, status)
        for rule in ("Open", "Monthly", "Quarterly", "StationPlan")
        for status in ("met", "late")
    ),
    *(
        (rule, status)
        for rule in ("TenMinutes", "Backup", "WeekPlan", "StationRuns", "EachTested", "AllTested", "Whole")
        for status in ("met", "overdue")
    ),
    *(("NextRound", status) for status in ("met", "late", "overdue", "pending")),
    *(("AnyTested", status) for status in ("met", "late")),
    *(("Filed", status) for status in ("met", "late")),
    *(("Replace", status) for status in ("overdue", "excused")),
    ("Rent", "late"),
    ("Vacate", "overdue"),
    ("Again", "posted"),
}
