"""A notice that could never go out is refused, with the place of its line."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

HEAD = """\
contract "Notices" version "1.0"
use std.plain, std.tickets, std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
levels priority = High > Low
entity line
event line.down
event line.up
signal broken
  from down until up
obligation Answer
  for each ticket
  Provider owes Customer
  from opened until first responded
  clock always
  within <= 8 h
  on reopening : frozen
metric Answered each month
  = share met of Answer
  counted by : deadline
  when none : 100%
"""
STANDING = HEAD + "standing duty Working\n  Provider owes Customer\n  each month\n  holds not broken\n"
TARGET = HEAD + "target Level\n  Provider owes Customer\n  each month\n  holds Answered >= 90%\n"
RIGHT = HEAD + 'right Leave of Customer\n  when Answered < 50%\n  exercise window within <= 3 days\n  from line.down\n  exercised by notice.given where kind is "leave"\n  effect ends the contract\n'  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (STANDING, "  notice 1 h before the deadline to Customer"),
        (STANDING, "  notice on discharge to Customer"),
        (TARGET, "  notice at 80% of the limit to Customer"),
        (HEAD.replace("metric Answered", "  notice on right to Customer\nmetric Answered"), ""),
        (RIGHT, "  notice on expiry to Customer"),
        (RIGHT, "  notice 1 day before the window ends to Customer"),
    ],
)
def test_it_is_out_of_place(text, line):
    collector = Collector()
    assert check(SourceFile("n.sla", text + line + "\n"), collector) is None
    [found] = [one for one in collector.sorted() if one.severity == "error"]
    wanted = (
        text.splitlines().index("  notice on right to Customer") + 1 if not line else text.count("\n") + 1
    )
    assert (found.code, found.at.line) == ("SLA-E0511", wanted)


def test_a_calendar_that_is_not_there_and_an_offset_in_days_beside_one():
    for line, code in (
        ("  notice 2 h before the deadline in Offices to Customer\n", "SLA-E0209"),
        ("  notice 2 days before the deadline in always to Customer\n", "SLA-E0302"),
    ):
        text = HEAD.replace("metric Answered", line + "metric Answered")
        collector = Collector()
        assert check(SourceFile("n.sla", text), collector) is None
        [found] = [one for one in collector.sorted() if one.severity == "error"]
        assert (found.code, found.at.line) == (
            code,
            HEAD.splitlines().index("metric Answered each month") + 1,
        )


@pytest.mark.parametrize("text", [STANDING, TARGET])
def test_a_breach_is_told(text):
    collector = Collector()
    assert check(SourceFile("n.sla", text + "  notice on breach to Customer\n"), collector) is not None
