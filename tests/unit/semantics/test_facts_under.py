"""Signals and calendars under readings: one for each option, of one kind of value; anything else is told where it stands."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.source.text import SourceFile

TEXT = """contract "F" version "1"
use std.plain, std.tickets
time zone UTC
currency CNY
conventions std.plain
party A
party B
levels priority = High > Low
reading hours "which?"
  option one "x"
  option two "y"
  chosen one because "z"
{facts}obligation Answer
  for each ticket
  A owes B
  from opened until first responded
  clock in Office, except while waiting
  within <= 1 h
  on reopening : frozen
"""
SIGNAL = "signal waiting for each ticket\n{under}  = {value}\n"
CALENDAR = "calendar Office\n{under}  mon to fri 09:00 to 17:00\n"
ONE, TWO = "  under hours is one\n", "  under hours is two\n"


def told(facts):
    collector = Collector()
    journey.check(SourceFile("c.sla", TEXT.format(facts=facts)), collector)
    return [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"]


def signal(under, value="awaiting_customer"):
    return SIGNAL.format(under=under, value=value)


def calendar(under):
    return CALENDAR.format(under=under)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (signal(ONE) + signal(TWO) + calendar(ONE) + calendar(TWO), []),
        (signal("") + calendar(ONE) + calendar(TWO), []),
        (signal(ONE) + calendar(""), [("SLA-E0442", 13)]),  # nothing under the other option
        (signal("") + calendar(TWO), [("SLA-E0442", 15)]),
        (signal(ONE) + signal(ONE) + calendar(""), [("SLA-E0442", 13), ("SLA-E0202", 16)]),
        (signal(ONE) + signal("") + calendar(""), [("SLA-E0442", 13), ("SLA-E0202", 16)]),
        (signal("") + calendar(ONE) + calendar(ONE), [("SLA-E0442", 15), ("SLA-E0202", 18)]),
        (
            signal(ONE) + signal("  under hours is three\n") + calendar(""),
            [("SLA-E0442", 13), ("SLA-E0210", 17)],
        ),
    ],
)
def test_one_for_each_option(facts, found):
    assert told(facts) == found
