"""Laws of the ledger on random streams, against plain Python that knows nothing of the engine: interest, caps, payments, set-off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from time import process_time

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
JANUARY = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 10**6
CONTRACT = """\
contract "Laws of the ledger" version "1"
use std.plain
time zone UTC
currency EUR
counting calendar_days
conventions std.plain
term from 2026-01-01 until 2027-12-31
party Provider
party Customer

entity invoice
event invoice.issued
  field value : money
event invoice.paid
  field value : money
event invoice.closed
rank invoice.issued, invoice.paid, invoice.closed
entity payment
event payment.made
  field value : money
entity fault
event fault.closed
  field loss : money

signal outstanding for each invoice
  running sum of value of invoice.issued
  less value of invoice.paid

obligation Pay
  for each invoice
  Customer owes Provider
  from issued until closed
  within <= 10 days
  second trigger : ignored

interest Late for each breach of Pay
  Customer owes Provider
  amount per day late = outstanding × 0.03%
  days late : days begun
  rounding of days : in total

fee Price for each event invoice.issued
  Customer owes Provider
  amount = value

credit Loss for each event fault.closed
  Provider owes Customer
  amount = loss × 1/3
  at most 40 EUR each month
  at most 100 EUR in total
  set off against Price

payments Received
  Customer pays Provider
  paid by payment.made amount value
  settles Price, Late
  apportioned : oldest debt first
"""
RECEIPT = Receipt((), "", (), "", (), (), "t", 0, (), 0, 0, 0)
money = st.integers(1, 20_000).map(lambda cents: Fraction(cents, 100))
when = st.integers(0, 120 * 24).map(lambda hours: JANUARY + hours * DAY // 24 + 1)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("ledger") / "laws.sla"
    path.write_text(CONTRACT, encoding="utf-8")
    return program_of(str(path)).program


def half_up(value):
    """Cents, a half away from zero."""
    whole, rest = divmod(abs(value) * 100, 1)
    cents = Fraction(int(whole) + (rest >= Fraction(1, 2)), 100)
    return -cents if value < 0 else cents


def outcome(program, events, as_of):
    ordered = sorted(events, key=lambda one: (one.time, one.type, one.id))
    return evaluate(versions([program]), ordered, Registers({}), Settings(as_of), RECEIPT)


def event(n, at, type_, subject, **data):
    return Event(f"e{n:03d}", type_, subject, at, data)


streams = st.lists(
    st.one_of(
        st.tuples(st.just("fault.closed"), when, money),
        st.tuples(st.just("payment.made"), when, money),
        st.tuples(st.just("invoice.issued"), when, money),
    ),
    max_size=14,
)


def events_of(stream):
    """Distinct instants, so that nothing hangs on the order of one."""
    found = []
    for n, (type_, at, value) in enumerate(stream):
        field = {"fault.closed": "loss"}.get(type_, "value")
        found.append(event(n, at + n, type_, f"S-{n}", **{field: value}))
    return found


@settings(max_examples=60, deadline=None)
@given(stream=streams, days=st.integers(1, 200))
def test_what_is_posted_less_what_is_settled_is_open(program, stream, days):
    as_of = JANUARY + days * DAY
    events = events_of(stream)
    known = [one for one in events if one.time <= as_of]
    made = outcome(program, events, as_of)
    for line in made.ledger:
        assert line.open is not None
        assert line.open >= 0
        assert line.open == line.amount - line.paid - line.set_off
    for one in made.balances:
        assert one.open == one.posted + one.accrued - one.paid - one.set_off
    # Every cent of every payment is somewhere, once.
    paid = sum((one.data["value"] for one in known if one.type == "payment.made"), Fraction(0))
    assert sum((one.paid for one in made.balances), Fraction(0)) == paid
    # What was set off on one side was set off on the other.
    sides = [
        sum((line.set_off for line in made.ledger if line.debtor == debtor), Fraction(0))
        for debtor in ("Provider", "Customer")
    ]
    assert sides[0] == sides[1]
    # No payment waits while something that it could settle is open.
    held = sum((one.paid for one in made.balances if one.held), Fraction(0))
    owed = sum(
        (line.open for line in made.ledger if line.rule == "Price" and line.status == "posted"), Fraction(0)
    )
    assert not (held and owed)


@settings(max_examples=60, deadline=None)
@given(stream=streams)
def test_caps_come_out_as_by_hand(program, stream):
    made = outcome(program, events_of(stream), JANUARY + 200 * DAY)
    by_month: dict[str, Fraction] = {}
    total = Fraction(0)
    expected = {}
    for one in sorted(events_of(stream), key=lambda each: each.time):
        if one.type != "fault.closed":
            continue
        month = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=one.time)).strftime("%Y-%m")
        exact = min(one.data["loss"] / 3, 40 - by_month.get(month, Fraction(0)), 100 - total)
        amount = half_up(exact)
        by_month[month] = by_month.get(month, Fraction(0)) + amount
        total += amount
        expected[one.id] = amount
    assert {line.instance: line.amount for line in made.ledger if line.rule == "Loss"} == expected
    assert total <= 100


@settings(max_examples=60, deadline=None)
@given(
    value=st.integers(1, 10**7).map(lambda cents: Fraction(cents, 100)),
    parts=st.lists(st.tuples(st.integers(1, 60 * 24), st.integers(1, 99)), max_size=5),
    end=st.integers(1, 80 * 24),
)
def test_interest_is_the_sum_of_the_days_one_by_one(program, value, parts, end):
    """Each date after the tenth day up to the last: what is open at its first instant, times 0.03 %."""
    start = JANUARY + 9 * DAY // 24
    events = [event(0, start, "invoice.issued", "I", value=value)]
    paid = []
    for n, (hours, percent) in enumerate(sorted(parts), start=1):
        at = start + hours * DAY // 24 + n
        paid.append((at, value * percent / 500))
        events.append(event(n, at, "invoice.paid", "I", value=value * percent / 500))
    closed = start + end * DAY // 24
    events.append(event(9, closed, "invoice.closed", "I"))
    made = outcome(program, events, JANUARY + 200 * DAY)
    due = date(2026, 1, 11)
    last = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=closed)).date()
    expected = Fraction(0)
    day = due + timedelta(days=1)
    while day <= last:
        begin = JANUARY + (day - date(2026, 1, 1)).days * DAY
        open_then = value - sum((amount for at, amount in paid if at <= begin), Fraction(0))
        expected += open_then * Fraction(3, 10_000)
        day += timedelta(days=1)
    found = [line for line in made.ledger if line.rule == "Late"]
    if closed < JANUARY + 11 * DAY:
        assert found == []
    else:
        (line,) = found
        assert line.amount == half_up(expected)
        assert sum(run.count for run in line.days) == max((last - due).days, 0)


@settings(max_examples=30, deadline=None)
@given(stream=streams, first=st.integers(1, 100))
def test_two_steps_equal_one(program, stream, first):
    """Asking once more after more events is the same as asking only then."""
    from slalang.engine.run import Run

    ordered = sorted(events_of(stream), key=lambda one: one.time)
    middle, end = JANUARY + first * DAY, JANUARY + 200 * DAY
    run = Run(versions([program]), Registers({}), Settings(end))
    run.feed(one for one in ordered if one.time <= middle)
    run.outcome(RECEIPT, middle)
    run.feed(one for one in ordered if one.time > middle)
    again = run.outcome(RECEIPT, end)
    whole = outcome(program, ordered, end)
    assert (again.ledger, again.balances) == (whole.ledger, whole.balances)


def test_a_long_ledger_is_settled_in_one_pass(program):
    """Twice the invoices may not cost four times as much: what has not arisen, and what is settled, is not looked at."""

    def seconds(count):
        events = []
        for n in range(count):
            at = JANUARY + n * DAY // 24
            events.append(event(n, at, "invoice.issued", f"I-{n}", value=Fraction(10)))
            events.append(event(10_000 + n, at + 5, "payment.made", f"P-{n}", value=Fraction(7)))
        begun = process_time()
        made = outcome(program, events, JANUARY + 200 * DAY)
        assert sum((one.paid for one in made.balances), Fraction(0)) == 7 * count
        return process_time() - begun

    seconds(100)
    assert seconds(2000) < 3.5 * seconds(1000)
