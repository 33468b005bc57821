"""What a verdict came to is no signal: it does not run with time, and a threshold on it would never be crossed."""

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
obligation Answer
  for each ticket
  A owes B
  from opened until first responded
  clock always
  within <= 1 h
  on reopening : frozen
{more}
"""


@pytest.mark.parametrize("value", ["days late of Answer", "measure of Answer", "days late of Answer >= 5"])
def test_a_measure_is_no_signal(value):
    collector = Collector()
    journey.check(SourceFile("c.sla", TEXT.format(more=f"signal d for each ticket\n  = {value}")), collector)
    assert [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"] == [
        ("SLA-E0511", 17)
    ]


MORE = TEXT.replace(
    "{more}",
    """\
obligation Repair
  for each ticket
  A owes B
  from opened until resolved
  clock always
  within <= 4 h
  on reopening : frozen
credit C {head}
  A owes B
  amount = 1 CNY × (measure of {rule} / 1 h)
  {claim}""",
)


def found_in(head: str, rule: str, claim: str = "") -> list[tuple[str, int]]:
    collector = Collector()
    text = MORE.format(head=head, rule=rule, claim=claim)
    journey.check(SourceFile("c.sla", text.rstrip() + "\n"), collector)
    return [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"]


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("for each breach of Answer", "Repair"),  # the case at hand is another rule's
        ("for each event ticket.opened", "Repair"),  # what begins a case has not measured it
        ("for each event ticket.resolved", "Answer"),  # ends another rule's case
        ("for each event Repair.discharged", "Answer"),
        (
            "for each event Repair.discharged, Answer.discharged",
            "Answer",
        ),  # one of the two, nobody knows which
    ],
)
def test_a_measure_is_read_of_a_case_that_is_at_hand(head, rule):
    assert found_in(head, rule) == [("SLA-E0511", 25)]


def test_an_amount_of_a_month_has_no_case_at_hand():
    assert found_in("each month", "Answer", "posted : same period") == [("SLA-E0511", 25)]


@pytest.mark.parametrize(
    "head",
    ["for each breach of Repair", "for each event ticket.resolved", "for each event Repair.discharged"],
)
def test_the_case_that_was_breached_or_ended_is_at_hand(head):
    assert found_in(head, "Repair") == []


def test_a_claim_is_counted_from_what_the_amount_is_for():
    late = "claim by ticket.confirmed within 30 days after period end\n  counting calendar_days"
    assert found_in("for each breach of Repair", "Repair", late) == [("SLA-E0511", 26)]
    soon = "claim within 30 days after it by ticket.confirmed\n  counting calendar_days"
    assert found_in("for each breach of Repair", "Repair", soon) == []
    monthly = MORE.replace("1 CNY × (measure of {rule} / 1 h)", "1 CNY")
    text = monthly.format(head="each month", rule="Repair", claim=f"{soon}\n  posted : same period")
    collector = Collector()
    journey.check(SourceFile("c.sla", text + "\n"), collector)
    assert [(one.code, one.at.line) for one in collector.sorted()] == [("SLA-E0511", 26)]
