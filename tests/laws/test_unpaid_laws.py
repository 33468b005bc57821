"""Interest on what is unpaid, on random streams, against plain Python that goes from day to day and knows nothing of the engine."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalang.engine.evaluate import evaluate
from slalang.engine.settings import Settings
from slalang.events.event import Event
from slalang.events.registers import Registers
from slalang.outcome.records import Receipt
from slalang.pipeline.journey import program_of
from slalang.pipeline.running import versions

DAY = 24 * 3600 * 10**6
HOUR = DAY // 24
START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 10**6
DUE = 5  # days after the day of the invoice
CONTRACT = """\
contract "Laws of what is unpaid" version "1"
use std.plain
time zone UTC
currency EUR
counting calendar_days
conventions std.plain
party Provider
party Customer
entity invoice
event invoice.issued
  field value : money, at least 0 EUR
event invoice.enforced
  field value : money, at least 0 EUR
entity payment
event payment.made
  field value : money

fee Price for each event invoice.issued
  Customer owes Provider
  amount = value
  due 5 days after it

interest Late for each debt of Price
  Customer owes Provider
  amount per day late = unpaid of Price × 1/700
  days late : {days}
  rounding of days : each day

cost Lawyer for each event invoice.enforced
  Customer owes Provider
  amount = value

payments Received
  Customer pays Provider
  paid by payment.made amount value
  settles Price, Late, Lawyer
  apportioned : {order}
"""
RECEIPT = Receipt((), "", (), "", (), (), "t", 0, (), 0, 0, 0)
ORDERS = {
    "costs then interest then principal": {"Lawyer": 0, "Late": 1, "Price": 2},
    "interest then principal": {"Late": 0, "Lawyer": 1, "Price": 1},
}
DAYS = ("days begun", "full days")


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("unpaid")
    made = {}
    for i, order in enumerate(ORDERS):
        for j, days in enumerate(DAYS):
            path = folder / f"c{i}{j}.sla"
            path.write_text(CONTRACT.format(order=order, days=days), encoding="utf-8")
            made[order, days] = program_of(str(path)).program
    return made


def cents(value):
    """A half away from zero."""
    whole, rest = divmod(value * 100, 1)
    return Fraction(int(whole) + (rest >= Fraction(1, 2)), 100)


class Plain:
    """Debts as lists: what is owed, by which rule, since when, due when."""

    def __init__(self, order, days):
        self.rank, self.full = ORDERS[order], days == "full days"
        self.debts = []  # rule, subject, due or since, since, owed, paid
        self.purses = []
        self.day = 0  # days whose interest has been reckoned

    def open(self, debt):
        return debt["owed"] - debt["paid"]

    def until(self, at):
        """Reckon each day that has begun before an instant (or, of full days, that is over by then)."""
        last = (at - 1 - START) // DAY if not self.full else (at - START) // DAY - 1
        while self.day <= last:
            for debt in [one for one in self.debts if one["rule"] == "Price"]:
                if self.day > debt["due"]:
                    self.interest(debt)
            self.day += 1

    def interest(self, debt):
        start = START + self.day * DAY
        if self.full and not self.open(debt) and debt["parts"][-1][0] < start + DAY:
            return  # the day was not over when the last of the debt was paid
        base = debt["owed"] - sum((paid for when, paid in debt["parts"] if when <= start), Fraction(0))
        late = next((one for one in self.debts if one["of"] is debt), None)
        if late is None:
            begins = START + (debt["due"] + 1) * DAY
            late = self.add("Late", debt["subject"], begins, begins, Fraction(0))
            late["of"] = debt
        late["owed"] += cents(base / 700)

    def add(self, rule, subject, age, since, owed):
        debt = {
            "rule": rule,
            "subject": subject,
            "age": (age, since),
            "owed": owed,
            "paid": Fraction(0),
            "parts": [],
            "of": None,
            "due": None,
        }
        self.debts.append(debt)
        return debt

    def play(self, events, as_of):
        for event in sorted(events, key=lambda one: (one.time, one.id)):
            self.until(event.time)
            value = event.data["value"]
            if event.type == "invoice.issued":
                due = (event.time - START) // DAY + DUE
                debt = self.add("Price", event.subject, START + (due + 1) * DAY, event.time, value)
                debt["due"] = due
                self.spend([debt], event.time)
            elif event.type == "invoice.enforced":
                self.spend([self.add("Lawyer", event.subject, event.time, event.time, value)], event.time)
            else:
                self.purses.append([value])
                self.spend(self.debts, event.time)
        self.until(as_of + 1)  # a day that begins with the last instant has begun

    def spend(self, debts, at):
        order = sorted(
            debts,
            key=lambda one: (
                self.rank[one["rule"]],
                *one["age"],
                ["Price", "Late", "Lawyer"].index(one["rule"]),
                one["subject"],
            ),
        )
        for purse in self.purses:
            for debt in order:
                part = min(purse[0], self.open(debt))
                if part > 0:
                    purse[0] -= part
                    debt["paid"] += part
                    debt["parts"].append((at, part))


hours = st.integers(1, 60 * 24)
money = st.integers(1, 90_000).map(lambda amount: Fraction(amount, 100))
kinds = st.sampled_from(["invoice.issued", "payment.made", "payment.made", "invoice.enforced"])
streams = st.lists(st.tuples(hours, kinds, money), max_size=8, unique_by=lambda one: one[0])


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("order", list(ORDERS))
@settings(max_examples=60, deadline=None)
@given(stream=streams, last=st.integers(0, 40 * 24))
def test_interest_on_what_is_unpaid_is_what_day_after_day_comes_to(programs, order, days, stream, last):
    events = [
        Event(
            f"e{i}",
            type_,
            f"{'P' if type_ == 'payment.made' else 'I'}-{i}",
            START + hour * HOUR,
            {"value": value},
        )
        for i, (hour, type_, value) in enumerate(sorted(stream, key=lambda one: one[0]))
    ]
    as_of = max([START, *(event.time for event in events)]) + last * HOUR + 1
    plain = Plain(order, days)
    plain.play(events, as_of)
    found = evaluate(versions([programs[order, days]]), events, Registers({}), Settings(as_of), RECEIPT)
    told = {(one.rule, one.subject): (one.amount, one.paid) for one in found.ledger if one.amount}
    wanted = {(one["rule"], one["subject"]): (one["owed"], one["paid"]) for one in plain.debts if one["owed"]}
    assert told == wanted
