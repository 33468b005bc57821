"""A rule that belongs to an option exists only for agreements that took it; a condition on facts is no option."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile

TEXT = """contract "Options" version "1"
use std.plain, std.tickets, std.reports
time zone UTC
currency CNY
conventions std.plain
party A
party B
levels priority = High > Low
parameter opt : integer, one of 1, 2
clause 1 "x"
  obligation Fast
    for each ticket
    A owes B
    when {condition}
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
  obligation Monthly
    each month
    A owes B
    when opt is 2
    until report.sent
    by day 5 of the next month
    window from period end
    report matched by : oldest open
  scenario "each agreement its own option"
    register agreement A-1 opt 1
    register agreement A-2 opt 2
    given
      2026-03-02 09:00 ticket T-1 opened priority High, agreement "A-1"
      2026-03-02 09:00 ticket T-2 opened priority High, agreement "A-2"
    as of 2026-05-03 00:00
    expect Fast T-1 is overdue
    expect Fast T-2 is none
    expect Monthly A-1 is none
    expect Monthly A-2 2026-03 is overdue
"""


def checked(condition):
    collector = Collector()
    found = journey.check(SourceFile("c.sla", TEXT.format(condition=condition)), collector)
    return found, [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"]


def test_each_agreement_takes_its_own():
    found, wrong = checked("opt is 1")
    assert wrong == []
    assert [one.missed for one in tried(found)] == [()]


@pytest.mark.parametrize(("condition", "code"), [("priority is High", "SLA-E0219"), ("opt", "SLA-E0302")])
def test_what_happens_is_no_option(condition, code):
    assert checked(condition)[1] == [(code, 14)]
