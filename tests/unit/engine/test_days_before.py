"""Acts that must come so many days or working days before an anchor: what was measured, and a margin that is measured less required."""

from __future__ import annotations

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile

CONTRACT = """
contract "Before" version "1.0"
time zone Asia/Shanghai
currency CNY
counting prc_civil_code
party A
party B
calendar Office
  mon to fri 09:00 to 17:00
entity sale
event sale.told
event sale.made
event sale.asked
clause 1
  obligation Told
    for each sale
    A owes B
    told at least {limit} before made
    second trigger : ignored
  obligation Answer
    for each sale
    A owes B
    from asked until told
    clock in Office
    within <= 3 business days of Office
    at closing time : closing
    second trigger : ignored
scenario "one"
  given
    {facts}
  as of {now}
  expect Told S-9 is none
"""


def verdict(rule, limit, facts, now="2026-04-01"):
    text = CONTRACT.format(limit=limit, facts="\n    ".join(facts), now=now)
    collector = Collector()
    checked = check(SourceFile("before.sla", text), collector, proofs=False)
    assert checked is not None, messages(collector)[:2000]
    (one,) = tried(checked)
    return next(item for item in one.outcome.verdicts if item.rule == rule)


# The anchor is Friday 20 March 2026. Working days before it: Thu 19, Wed 18, Tue 17, Mon 16, Fri 13 (five).
@pytest.mark.parametrize(
    ("limit", "told", "measure", "margin", "status"),
    [
        ("5 business days of Office", "2026-03-13 16:00", 5, 0, "met"),
        ("5 business days of Office", "2026-03-16 09:00", 4, -1, "broken"),
        ("5 business days of Office", "2026-03-12 09:00", 6, 1, "met"),
        # on a Sunday: the working days from it on before the 20th are 16, 17, 18, 19
        ("5 business days of Office", "2026-03-15 12:00", 4, -1, "broken"),
        ("10 days", "2026-03-10 12:00", 10, 0, "met"),
        ("10 days", "2026-03-11 12:00", 9, -1, "broken"),
    ],
)
def test_the_margin_before_an_anchor_is_measured_less_required(limit, told, measure, margin, status):
    found = verdict("Told", limit, [f"{told} sale S-1 told", "2026-03-20 10:00 sale S-1 made"])
    assert (found.status, found.measure.value, found.margin.value) == (status, measure, margin)
    assert found.margin.value == found.measure.value - found.limit.value


@pytest.mark.parametrize(
    ("now", "measure"),
    [
        ("2026-03-20 12:00", 7),  # Friday: working days after Wed 11 are 12, 13, 16, 17, 18, 19, 20
        ("2026-03-21 12:00", 7),  # Saturday and Sunday add none
        ("2026-03-22 12:00", 7),
        ("2026-03-23 12:00", 8),
    ],
)
def test_a_margin_told_on_a_closed_day_is_limit_less_measure(now, measure):
    found = verdict("Answer", "1 day", ["2026-03-11 10:00 sale S-1 asked"], now)
    assert (found.status, found.measure.value, found.margin.value) == ("overdue", measure, 3 - measure)


LIVES = """
contract "Lots" version "1.0"
time zone UTC
currency CNY
party A
party B
entity lot
event lot.entered
event lot.filed
life lot
  on entered from new to stored
  on filed from stored
clause 1
  obligation Filed
    for each lot
    A owes B
    from entered until filed
    clock always
    within <= 2 h
scenario "one"
  given
    2026-03-02 09:00 lot L-1 entered
    2026-03-02 10:00 lot L-1 entered
    2026-03-02 11:00 lot L-1 filed
  expect Filed L-1 is met with margin 0 min
  expect 1 fault
"""


def test_a_second_trigger_that_the_subjects_life_does_not_admit_is_a_fault_and_changes_nothing():
    # Entered at 9:00; what is recorded at 10:00 cannot happen. Filed at 11:00: two hours of two.
    collector = Collector()
    checked = check(SourceFile("lots.sla", LIVES), collector, proofs=False)
    assert checked is not None, messages(collector)[:2000]
    (one,) = tried(checked)
    assert one.missed == ()
    assert [fault.code for fault in one.outcome.faults] == ["SLA-E0701"]
