"""Midnight belongs to the day that begins; what runs out with a day, a period or the term is counted from that day (model §2, §3)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import evaluated
from slalang.source.text import SourceFile

HERE = timezone(timedelta(hours=8))
HEAD = """contract "Ends of days" version "1"
use std.plain, std.tickets, std.reports
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Buyer
party Seller
levels priority = High > Low
calendar Office
  mon to fri 09:00 to 18:00
obligation Answer
  for each ticket
  Seller owes Buyer
  from opened until first responded
  within <= 2 days
  clock always
  on reopening : frozen
obligation Quick
  for each ticket
  Seller owes Buyer
  from opened until first responded
  within <= 48 h
  clock always
  on reopening : frozen
measured Term
  for each ticket
  from opened until first resolved
  within <= 2 days
  clock always
  on reopening : frozen
"""
FEE = """fee F for each {what}
  Buyer owes Seller
  amount = 10 CNY
  rounding : half up
  due {after} after it
  trigger on a closed day : counts as that day
"""


def day(text: str) -> int:
    """Microseconds UTC of a local time in Shanghai (+08:00, no summer time)."""
    return int(datetime.fromisoformat(text).replace(tzinfo=HERE).timestamp()) * 1_000_000


def outcome(rules: str, facts: str, as_of: str = "2026-04-01 00:00"):
    given = "".join(f"    {line}\n" for line in facts.strip().splitlines())
    text = f'{HEAD}{rules}scenario "s"\n  given\n{given}  as of {as_of}\n  expect 0 faults\n'
    collector = Collector()
    checked = check(SourceFile("contract.sla", text), collector)
    assert [(one.code, str(one.title)) for one in collector.sorted() if one.severity == "error"] == []
    return evaluated(checked.program, checked.scenarios[0])


def due(what: str, after: str, facts: str) -> int | None:
    fee = FEE.format(what=what, after=after)
    if "business" not in after:
        fee = fee.replace("  trigger on a closed day : counts as that day\n", "")
    (line,) = outcome(fee, facts).ledger
    return line.due


OPENED = "2026-03-02 09:00 ticket T-1 opened priority High\n"


@pytest.mark.parametrize(
    ("what", "after", "facts", "until"),
    [
        # An event at 24:00 of 4 March is one of 5 March: ten days after it end with 15 March.
        ("event ticket.assigned", "10 days", "2026-03-05 00:00 ticket T-1 assigned", "2026-03-16 00:00"),
        ("event ticket.assigned", "10 days", "2026-03-04 23:59 ticket T-1 assigned", "2026-03-15 00:00"),
        # Exact time is counted from the instant itself, to the microsecond.
        ("event ticket.assigned", "24 h", "2026-03-05 00:00 ticket T-1 assigned", "2026-03-06 00:00"),
        # Saturday 7 March 00:00; Friday's working day is over: Monday 9, Tuesday 10.
        ("event ticket.assigned", "2 business days of Office", "2026-03-07 00:00 ticket T-1 assigned", "2026-03-11 00:00"),
        # The two days of `Term` run out with 4 March, and from that day ten days end with 14 March.
        ("event Term.expired", "10 days", "2026-04-01 00:00 ticket T-2 opened priority High", "2026-03-15 00:00"),
        # Seller is in breach from 5 March 00:00 on, a day after the last one: ten days after the breach end with 15 March.
        ("breach of Answer", "10 days", "2026-03-05 09:00 ticket T-1 responded", "2026-03-16 00:00"),
        # 48 h from 09:00 on the 2nd: breached on the 4th at 09:00.
        ("breach of Quick", "10 days", "2026-03-05 09:00 ticket T-1 responded", "2026-03-15 00:00"),
    ],
)  # fmt: skip
def test_what_is_due_some_days_after_it_is_counted_from_its_date(what, after, facts, until):
    assert due(what, after, OPENED + facts) == day(until)


FOLLOWS = """obligation After
  for each ticket
  Seller owes Buyer
  from {trigger} until notified
  within <= 10 days
  clock always
  second trigger : ignored
  on reopening : frozen
"""


@pytest.mark.parametrize(
    ("trigger", "until"),
    [
        # As above: from the last day of what ran out, and from the first day of the breach.
        ("Term.expired", "2026-03-15 00:00"),
        ("Answer.breached", "2026-03-16 00:00"),
        ("Quick.breached", "2026-03-15 00:00"),
        ("assigned", "2026-03-16 00:00"),
    ],
)
def test_a_duty_counts_as_an_amount_does(trigger, until):
    found = outcome(FOLLOWS.format(trigger=trigger), OPENED + "2026-03-05 00:00 ticket T-1 assigned")
    (verdict,) = [one for one in found.verdicts if one.rule == "After"]
    assert verdict.deadline == day(until)


def test_at_midnight_a_limit_in_days_has_run_out_before_the_events_and_is_told_after_them():
    """Strict limits expire, then events, then derived events (model §3): an act at 24:00 is too late, and one that waits for
    `.expired` is not yet owed when an event of that same instant comes."""
    rules = FOLLOWS.format(trigger="Term.expired")
    at_midnight = "2026-03-05 00:00 ticket T-1 resolved\n2026-03-05 00:00 ticket T-1 notified"
    found = {one.rule: one for one in outcome(rules, OPENED + at_midnight).verdicts}
    assert (found["Term"].status, found["Term"].breached_at) == ("late", day("2026-03-05 00:00"))
    assert (found["After"].status, found["After"].start) == ("overdue", day("2026-03-05 00:00"))
    later = at_midnight + "\n2026-03-05 00:01 ticket T-1 notified"
    found = {one.rule: one for one in outcome(rules, OPENED + later).verdicts}
    assert found["After"].status == "met"


def test_a_microsecond_before_midnight_nothing_has_run_out():
    rules = FOLLOWS.format(trigger="Term.expired")
    facts = OPENED + "2026-03-04 23:59:59.999999 ticket T-1 resolved"
    found = {one.rule: one.status for one in outcome(rules, facts).verdicts}
    assert found["Term"] == "met"
    assert "After" not in found


PERIODIC = """obligation Report
  each month
  Seller owes Buyer
  until report.sent
  by end of the month
  report matched by : period it falls in
obligation AfterReport
  for each agreement
  Seller owes Buyer
  from Report.expired until ticket.notified
  within <= 10 days
  clock always
  second trigger : ignored
"""


def test_the_end_of_a_month_without_its_report_is_counted_from_its_last_date():
    # March has run out with the 31st: ten days after it end with 10 April.
    found = outcome(PERIODIC, "2026-03-31 10:00 ticket T-1 opened priority High", "2026-04-20 00:00")
    found = [one.deadline for one in found.verdicts if one.rule == "AfterReport"]
    assert found == [day("2026-04-11 00:00")]
