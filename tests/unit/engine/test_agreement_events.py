"""What becomes of an agreement is an event for amounts and signals too, though no duty waits for it."""

from __future__ import annotations

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile

TEXT = """contract "Ends" version "1"
use std.plain, std.agreements
time zone UTC
currency CNY
counting calendar_days
conventions std.plain
term from 2026-01-01 until 2026-01-31
party A
party B
event agreement.closed
signal over
  from agreement.expired
signal ends
  running count of agreement.ended
clause 1 "x"
  fee AtExpiry for each event agreement.expired
    A owes B
    amount = 5 CNY
    survives the end
  fee WithinTheTerm for each event agreement.expired
    A owes B
    amount = 6 CNY
  fee Closing for each event agreement.closed
    A owes B
    when over and ends is 1
    amount = 7 CNY
    survives the end
  # The term ends with 31 January: what happens at that instant is no longer within it, which is told as a fault.
  scenario "after the end"
    given
      2026-02-03 10:00 agreement G closed
    as of 2026-03-01 00:00
    expect AtExpiry is 5 CNY
    expect WithinTheTerm is none
    expect Closing is 7 CNY
    expect 1 fault
  scenario "before the end"
    given
      2026-01-20 10:00 agreement G closed
    as of 2026-01-25 00:00
    expect AtExpiry is none
    expect Closing is none
"""


def test_amounts_and_signals_hear_of_the_end():
    collector = Collector()
    checked = journey.check(SourceFile("c.sla", TEXT), collector)
    assert [one.code for one in collector.sorted() if one.severity == "error"] == []
    assert {one.scenario.title: one.missed for one in tried(checked)} == {
        "after the end": (),
        "before the end": (),
    }
