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


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column", "offered"),
    [
        ("    on reopening : frozen", "    on reopenning : frozen", "SLA-E0103", 26, 5, "`on reopening`"),
        ("within targets.respond", "within target.respond", "SLA-E0201", 23, 12, "`targets.respond`"),
        ("at least 0 EUR", "at least 0 EURO", "SLA-E0107", 10, 35, "`EUR`"),
        ("18:00\n", "18:00\n  closed 03.04.2026\n", "SLA-E0101", 13, 10, "`2026-04-03`"),
        ("  metric S", "  target T\n    Provider owes Customer\n    each month\n    holds E >= 99,5%\n  metric S", "SLA-E0101", 47, 16, "`99.5`"),
        ("    = time of planned", "    = time of planned\n    exclude planned", "SLA-E0103", 42, 5, "`excluding`"),
        ("mon to fri 08:00 to 18:00", "mon to fri 18:00 to 08:00", "SLA-E0504", 11, 10, "`08:00 next day`"),
        ("mon to fri 08:00 to 18:00", "closed 2026-05-01", "SLA-E0504", 11, 10, "`mon to fri 09:00 to 17:00`"),
        ("    posted : next", "    when someone_on_shift\n    posted : next", "SLA-E0201", 55, 10, "`use std.oncall`"),
        ("until resolved", "until report.sent", "SLA-E0206", 30, 23, "`use std.reports`"),
        ("for each maintenance", "for each outage", "SLA-E0207", 36, 24, "`use std.outages`"),
    ],
)  # fmt: skip
def test_the_hint_is_what_was_meant(old, new, code, line, column, offered):
    text = CONTRACT.replace(old, new, 1)
    if "99,5%" in new:
        text = text.replace("  target T", "  metric E each month\n    = 99%\n  target T")
    assert (code, line, column) in found(text)
    collector = Collector()
    journey.check(SourceFile("x.sla", text), collector)
    said = next(item for item in collector.sorted() if item.code == code)
    assert offered in message(said, "en").partition("hint")[2]


def test_a_misspelt_chinese_key_is_offered_right():
    """`重开是` stands in line 26, from column 5."""
    text = CONTRACT.replace("    on reopening : frozen", "    重开是 : 以首次为准", 1)
    assert found(text) == [("SLA-E0103", 26, 5)]
    assert "`重开时`" in hint(text, "zh")
