"""What is read at the end of a period is what stood then, though it changed before the period was worked out."""

from __future__ import annotations

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile

TEXT = """contract "Ends" version "1"
use std.plain, std.agreements, std.reports
time zone UTC
currency CNY
counting calendar_days
conventions std.plain
party A
party B
entity quote
  refers to agreement by agreement
event quote.given
  field price : money
  field agreement : text, optional
# A fold over members of the agreement: a lamp is known before it is known whose it is, which is nobody's agreement for a moment.
entity lamp
  refers to agreement by agreement
event lamp.lit
  field agreement : text, optional
event lamp.out
signal burning for each lamp
  from lamp.lit until lamp.out
signal any_light
  any burning over lamp by agreement
signal price
  latest price of quote.given
  starts as 0 CNY
clause 1 "x"
  metric AtEnd each month
    = price
  fee Dear each month
    A owes B
    when price > 15 CNY
    read at : period end
    amount = AtEnd
    posted : same period
  standing duty Lit
    A owes B
    each month
    holds any_light
  obligation Quarterly
    each quarter
    A owes B
    until report.sent
    by day 5 of the next month
    window from period end
    report matched by : oldest open
  obligation Weekly
    each week
    A owes B
    until report.sent
    by day 5 of the next month
    window from period end
    report matched by : oldest open
  scenario "10, then 20"
    register agreement A-1
    given
      2026-01-05 10:00 lamp L lit agreement "A-1"
      2026-01-10 10:00 quote Q given price 10 CNY, agreement "A-1"
      2026-02-10 10:00 quote Q given price 20 CNY, agreement "A-1"
    as of 2026-03-02 00:00
    expect AtEnd 2026-01 is 10 CNY
    expect AtEnd 2026-02 is 20 CNY
    expect Dear 2026-01 is none
    expect Dear 2026-02 is 20 CNY
  # The month after the first quarter is April; the week from 26 January to 1 February ends in February, whose next month is March.
  scenario "the next month is the one after the period"
    given
      2026-01-01 10:00 quote Q given price 10 CNY
    as of 2026-05-01 00:00
    expect Quarterly 2026-Q1 is overdue, deadline 2026-04-05
    expect Weekly 2026-W04 deadline 2026-02-05
    expect Weekly 2026-W05 deadline 2026-03-05
"""


def test_the_end_of_a_period_and_what_comes_after_it():
    collector = Collector()
    checked = journey.check(SourceFile("c.sla", TEXT), collector)
    assert [one.code for one in collector.sorted() if one.severity == "error"] == []
    assert {one.scenario.title: one.missed for one in tried(checked)} == {
        "10, then 20": (),
        "the next month is the one after the period": (),
    }
