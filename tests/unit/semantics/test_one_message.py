"""One mistake is one message, and its hint is a line that works; places counted by hand in the contract below."""

from __future__ import annotations

import pytest

from slalang.diagnostics.as_text import message
from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.source.text import SourceFile

CONTRACT = """contract "x" version "1"
use std.plain, std.tickets, std.maintenance
time zone Europe/Berlin
currency EUR
conventions std.plain
term from 2026-01-01 until 2026-12-31
party Provider
party Customer
levels priority = P1 > P2
parameter fee : money, at least 0 EUR
calendar Office
  mon to fri 08:00 to 18:00
clause 1 "a"
  table targets
    | priority | = respond |
    | P1       | <= 1 h    |
    | P2       | <= 2 h    |
  obligation A
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock in Office
    within targets.respond
    on change of priority : from the start
    after a relaxed limit : the breach stands
    on reopening : frozen
  obligation B
    for each ticket
    Provider owes Customer
    from opened until resolved
    clock in Office
    within <= 8 h
    on reopening : frozen
  exception W to A, B
    clock stands still while awaiting_customer
  signal told for each maintenance
    spans starts to ends of announced where time <= starts - 72 h
  signal planned
    any told over maintenance by agreement
  metric D each month
    = time of planned
  metric S each month by priority
    = share met of A
    counted by : deadline
    when none : 100%
    groups : register
    read at : trigger
  table rate
    | D     | = share |
    | < 1 h | 0%      |
    | >= 1 h | 5%     |
  credit C each month
    Provider owes Customer
    amount = fee × rate.share
    posted : next period
    no next period : paid out
"""


def found(text: str) -> list[tuple[str, int, int]]:
    collector = Collector()
    journey.check(SourceFile("x.sla", text), collector)
    return [
        (item.code, item.at.line, item.at.column) for item in collector.sorted() if item.severity == "error"
    ]


def hint(text: str, language: str = "en") -> str:
    collector = Collector()
    journey.check(SourceFile("x.sla", text), collector)
    (only,) = [item for item in collector.sorted() if item.severity == "error"]
    return message(only, language)


def test_the_contract_is_sound():
    assert found(CONTRACT) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("    for each ticket\n", "    for eac ticket\n", "SLA-E0103", 19, 5),
        ("starts - 72 h", "starts - 72%", "SLA-E0301", 37, 53),
        ("obligation B", "obligation A", "SLA-E0202", 27, 14),
        ("    | P2  ", "    | P1  ", "SLA-E0402", 17, 5),
        ("    posted : next period\n", "", "SLA-E0431", 52, 10),
        ("    within targets.respond\n", "", "SLA-E0501", 18, 14),
        ("    clock in Office\n", "    clok in Office\n", "SLA-E0103", 22, 5),
        ("    clock in Office\n", "", "SLA-E0513", 18, 14),
        ("    | D     |", "    | S     |", "SLA-E0220", 52, 10),
    ],
)
def test_one_mistake_is_one_message(old, new, code, line, column):
    text = CONTRACT.replace(old, new, 1)
    if new.startswith("    | S"):
        text = text.replace("< 1 h |", "< 95% |").replace(">= 1 h |", ">= 95% |")
    assert found(text) == [(code, line, column)]


def test_a_copied_row_is_told_what_stands_in_no_row():
    assert "`priority` P2 stands in no row: write it in one of the two" in hint(
        CONTRACT.replace("    | P2  ", "    | P1  ")
    )


def test_a_row_more_of_a_level_is_not_told_about_brackets():
    text = CONTRACT.replace("    | P2       | <= 2 h    |\n", "    | P2 | <= 2 h |\n    | P2 | <= 3 h |\n")
    said = hint(text)
    assert "rows : first applies" in said
    assert "[" not in said.partition("hint")[2]


def test_a_credit_by_the_same_groups_may_read_the_metric():
    text = (
        CONTRACT.replace("    | D     |", "    | S     |")
        .replace("< 1 h |", "< 95% |")
        .replace(">= 1 h |", ">= 95% |")
    )
    assert found(text.replace("credit C each month", "credit C each month by priority")) == []


def test_the_working_day_of_a_week_names_its_calendar():
    """The line that is offered is accepted; a clock line would not be."""
    report = """  obligation R
    Provider owes Customer
    each week
    until ticket.closed
    by working day 2 of the next week
    report matched by : oldest open
"""
    line = "by working day 2 of the next week of Office"
    assert found(CONTRACT + report) == [("SLA-E0304", 61, 5)]
    assert f"`{line}`" in hint(CONTRACT + report)
    assert found(CONTRACT + report.replace("by working day 2 of the next week", line)) == []
    assert found(CONTRACT + report.replace("by working", "clock in Office\n    by working")) == [
        ("SLA-E0304", 62, 5)
    ]
