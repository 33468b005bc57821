"""Time that runs and rests, on random streams: the laws of model §1, and an oracle that walks hour by hour."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

sys.path += [str(Path(__file__).resolve().parents[1] / "unit" / name) for name in ("engine", "semantics")]

from checking import checked
from small_programs import HOUR, RECEIPT, at, run, settings

from slalang.engine.run import Run
from slalang.engine.settings import Version
from slalang.events.event import Event
from slalang.events.registers import Registers

TEXT = """\
contract "Time" version "1"
use std.plain, std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
term from 2026-03-30 until 2026-12-31
suspended from notice.given where kind is "stop" until notice.given where kind is "go"

entity line
  refers to agreement by agreement
event line.down
event line.up
event line.sold
  field agreement : text, optional
signal broken for each line
  from line.down until line.up
signal any_broken
  any broken over line by agreement
signal long for each line
  running time of broken each day > 5 h
signal enough for each line
  running time of broken each day >= 5 h

entity invoice
event invoice.issued
event invoice.paid
obligation Payment
  for each invoice
  Customer owes Provider
  from issued until paid
  within <= 2 days
signal late for each invoice
  running days late of Payment
signal two_late for each invoice
  = late >= 2
signal waiting for each agreement
  running days late of Payment
signal three_waiting for each agreement
  = waiting >= 3

measured Long
  for each line
  from long.crossed until sold
  within <= 1 h
  clock always
  second trigger : opens another
  discharge ends : all
measured Enough
  for each line
  from enough.crossed until sold
  within <= 1 h
  clock always
  second trigger : opens another
  discharge ends : all
measured TwoLate
  for each invoice
  from two_late.crossed until paid
  within <= 1 day
  second trigger : ignored
measured ThreeWaiting
  for each agreement
  from three_waiting.crossed until notice.given
  within <= 1 h
  clock always
  second trigger : opens another
  discharge ends : all

metric Hours each day
  = time in always
  while suspended : rests
metric Down each day
  = time of any_broken
  while suspended : rests
metric DownOfAll each day
  = time of any_broken
  while suspended : goes on
prohibition NoSale
  each day
  Provider owes Customer
  until line.sold
  by end of the period
  while suspended : rests
"""
PROGRAM = checked(TEXT)[0].program
BEGIN = at("2026-03-30 00:00")
DAYS = 7
UNTIL = BEGIN + DAYS * 24 * HOUR
KINDS = (
    ("notice.given", "stop"), ("notice.given", "go"), ("line.down", ""), ("line.down", ""), ("line.up", ""),
    ("line.sold", ""), ("invoice.issued", ""), ("invoice.paid", ""),
)  # fmt: skip


@st.composite
def streams(draw):
    steps = draw(
        st.lists(
            st.tuples(st.integers(0, DAYS * 24 - 1), st.sampled_from(KINDS), st.sampled_from("12")),
            max_size=14,
        )
    )
    found = [Event("a", "line.up", "1", BEGIN, {}), Event("b", "line.up", "2", BEGIN, {})]
    for n, (hour, (type_, kind), name) in enumerate(steps):
        subject = f"N-{n}" if kind else name
        found.append(Event(f"e{n:02d}", type_, subject, BEGIN + hour * HOUR, {"kind": kind} if kind else {}))
    return found


@hypothesis_settings(max_examples=30)
@given(streams(), st.integers(0, DAYS * 24), st.randoms(use_true_random=False))
def test_the_order_of_the_input_and_the_number_of_steps_change_nothing(events, hour, chance):
    whole = run(PROGRAM, events, UNTIL)
    mixed = list(events)
    chance.shuffle(mixed)
    assert run(PROGRAM, mixed, UNTIL) == whole
    middle = BEGIN + hour * HOUR
    ordered = sorted(events, key=lambda one: one.order)
    steps = Run([Version(PROGRAM)], Registers(), settings(UNTIL))
    steps.feed(one for one in ordered if one.time <= middle)
    assert steps.outcome(RECEIPT, middle) == run(PROGRAM, events, middle)
    steps.feed(one for one in ordered if one.time > middle)
    assert steps.outcome(RECEIPT) == whole


@hypothesis_settings(max_examples=30)
@given(streams(), st.integers(0, DAYS * 24))
def test_what_is_not_known_yet_changes_nothing_and_no_event_is_needed_for_time_to_pass(events, hour):
    until = BEGIN + hour * HOUR
    later = [
        replace(one, recorded=until + 1) if n > 1 and n % 3 == 0 else one for n, one in enumerate(events)
    ]
    known = [one for n, one in enumerate(events) if n <= 1 or n % 3]
    assert run(PROGRAM, later, until) == run(PROGRAM, known, until)
    noise = [Event(f"x{n}", "line.up", "9", BEGIN + n * 7 * HOUR, {}) for n in range(24)]
    found = run(PROGRAM, [*events, *noise], until)
    assert starts(found, "Long") == starts(run(PROGRAM, events, until), "Long")


def starts(outcome, rule):
    return sorted((one.subject, one.start) for one in outcome.verdicts if one.rule == rule)


@hypothesis_settings(max_examples=60)
@given(streams())
def test_hour_by_hour_it_comes_to_the_same(events):
    """All events lie on whole hours, so what time reaches it reaches on one, too."""
    ordered = sorted(events, key=lambda one: one.order)
    suspended, broken, sold = False, {"1": False, "2": False}, {}
    counted = {"1": 0, "2": 0}
    flags = {"Long": {"1": False, "2": False}, "Enough": {"1": False, "2": False}}
    crossed = {"Long": [], "Enough": []}
    hours, down, of_all = [0] * DAYS, [0] * DAYS, [0] * DAYS
    for hour in range(DAYS * 24):
        now, day = BEGIN + hour * HOUR, hour // 24
        if hour % 24 == 0:
            counted = dict.fromkeys(counted, 0)
            flags = {name: dict.fromkeys(known, False) for name, known in flags.items()}
        for one in ordered:
            if one.time != now:
                continue
            if one.type == "notice.given":
                suspended = one.data["kind"] == "stop"
            elif one.type in {"line.down", "line.up"}:
                broken[one.subject] = one.type == "line.down"
        if day not in sold and any(one.type == "line.sold" and one.time == now for one in ordered):
            sold[day] = "excused" if suspended else "broken"  # as it was when all of the instant had happened
        for name in ("1", "2"):
            states = {
                "Long": counted[name] > 5 or (counted[name] == 5 and broken[name]),
                "Enough": counted[name] >= 5,
            }
            for rule, holds in states.items():
                if holds and not flags[rule][name]:
                    crossed[rule].append((name, now))
                flags[rule][name] = holds
            counted[name] += broken[name]
        hours[day] += not suspended
        of_all[day] += any(broken.values())
        down[day] += any(broken.values()) and not suspended
    found = run(PROGRAM, events, UNTIL)
    values = {(one.rule, one.period.start): one.value.value for one in found.metrics}
    for day in range(DAYS):
        start = BEGIN + day * 24 * HOUR
        assert values["Hours", start] == hours[day] * HOUR
        assert values["Down", start] == down[day] * HOUR
        assert values["DownOfAll", start] == of_all[day] * HOUR
    for rule, expected in crossed.items():
        assert starts(found, rule) == sorted(expected)
    sales = {one.period.start: one.status for one in found.verdicts if one.rule == "NoSale"}
    for day in range(DAYS):
        assert sales[BEGIN + day * 24 * HOUR] == sold.get(day, "met")


@hypothesis_settings(max_examples=60)
@given(streams())
def test_midnight_by_midnight_the_days_late_come_to_the_same(events):
    ordered = sorted(events, key=lambda one: one.order)
    due: dict[str, int] = {}  # the number of the day that is the last one, by invoice
    two, three = [], []
    before_two, before_three = {"1": False, "2": False}, False
    for hour in range(DAYS * 24):
        day = hour // 24
        for one in ordered:
            if one.time == BEGIN + hour * HOUR:
                if one.type == "invoice.issued":
                    due.setdefault(one.subject, day + 2)
                elif one.type == "invoice.paid":
                    due.pop(one.subject, None)
        late = {name: max(0, day - due[name]) if name in due else 0 for name in ("1", "2")}
        for name, days in late.items():
            if days >= 2 and not before_two[name]:
                two.append((name, BEGIN + hour * HOUR))
            before_two[name] = days >= 2
        if sum(late.values()) >= 3 and not before_three:
            three.append(BEGIN + hour * HOUR)
        before_three = sum(late.values()) >= 3
    found = run(PROGRAM, events, UNTIL - 1)
    # A second case of an invoice needs the first one's end: `ignored` while it is open.
    assert set(starts(found, "TwoLate")) == set(two)
    assert [start for _, start in starts(found, "ThreeWaiting")] == three
