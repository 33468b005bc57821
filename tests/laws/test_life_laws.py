"""The laws of model §1 over rights and the contract's life, on random streams; and an oracle for when the contract is in force."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

import law_streams
from checking import checked
from small_programs import HOUR, RECEIPT, at, run, settings

from slalang.engine.run import Run
from slalang.engine.settings import Version
from slalang.events.event import Event
from slalang.events.registers import Registers

TEXT = """\
contract "Laws" version "1"
use std.plain, std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
term from 2026-03-30 until 2026-04-01
renews for 3 days, at most 2 times
  unless Object.exercised, notice.given where kind is "no"
ends on notice.given where kind is "over"
suspended from notice.given where kind is "stop" until notice.given where kind is "go"

entity order
  refers to agreement by agreement
event order.placed
  field agreement : text, optional
event order.asked
event order.arrived
signal open for each order
  from order.placed until order.arrived

right Object of Provider, Customer
  exercise window from term end - 1 day until term end
  exercised by notice.given where kind is "object"
right Leave of Customer
  exercised by notice.given where kind is "leave"
  effect ends the contract after 2 days
right Withdraw of Customer
  for each order
  from order.placed
  when open
  exercise window within <= 2 days
  cure by order.arrived within <= 5 h after order.asked
  exercised by order.asked
  effect withdraws
  notice on right to Customer "now"
  notice on expiry to Customer "gone"
right Prolong of Customer
  exercised by notice.given where kind is "more"
  effect renews the contract for 1 day
obligation Delivery
  for each order
  Provider owes Customer
  from placed until arrived
  clock always
  within <= 30 h
obligation Return
  once
  Provider owes Customer
  from agreement.ended until order.arrived
  clock always
  within <= 20 h
  survives the end
obligation Again
  once
  Provider owes Customer
  from agreement.renewed, agreement.resumed, Leave.exercised until order.arrived
  clock always
  within <= 9 h
"""
PROGRAM = checked(TEXT)[0].program
BEGIN = at("2026-03-30 00:00")
DAYS = 12
KINDS = ("no", "over", "stop", "go", "object", "leave", "more")
ORDERS = ("O-1", "O-2")
UNTIL = law_streams.instants(BEGIN, DAYS * 24 * 60)


@st.composite
def streams(draw, longest=12):
    def step(n, hour, what, kind, order, by):
        when = BEGIN + hour * HOUR
        if what == "notice":
            return Event(f"n{n:02d}", "notice.given", f"N-{n}", when, {"kind": kind}, by=by)
        return Event(f"o{n:02d}", f"order.{what}", order, when, {})

    parts = (
        st.integers(0, DAYS * 24 - 1),
        st.sampled_from(("notice", "placed", "asked", "arrived")),
        st.sampled_from(KINDS),
        st.sampled_from(ORDERS),
        st.sampled_from(("", "Provider", "Customer")),
    )
    return law_streams.stream(draw, parts, step, longest=longest)


@hypothesis_settings(max_examples=40)
@given(streams(), UNTIL, st.randoms(use_true_random=False))
def test_permuting_the_input_changes_nothing(events, until, chance):
    law_streams.permuting_changes_nothing(PROGRAM, events, until, chance)


@hypothesis_settings(max_examples=60)
@given(streams(), UNTIL, UNTIL)
def test_two_steps_equal_one(events, until, middle):
    law_streams.two_steps_equal_one(PROGRAM, events, until, middle)


@hypothesis_settings(max_examples=40)
@given(streams(), UNTIL)
def test_as_of_an_instant_equals_only_what_was_known_then(events, until):
    law_streams.as_of_equals_what_was_known(PROGRAM, events, until)


@hypothesis_settings(max_examples=40)
@given(streams(), UNTIL, st.lists(UNTIL, max_size=4))
def test_an_event_that_no_rule_reads_changes_nothing(events, until, times):
    law_streams.noise_changes_nothing(PROGRAM, events, until, times)


@hypothesis_settings(max_examples=60)
@given(streams(), UNTIL, UNTIL)
def test_a_notice_once_sent_is_not_unsent_and_an_exercise_stands(events, one, other):
    early, late = min(one, other), max(one, other)
    before, after = run(PROGRAM, events, early), run(PROGRAM, events, late)
    sent = {(n.rule, n.subject, n.text, n.at) for n in before.notices if n.status == "sent"}
    assert sent <= {(n.rule, n.subject, n.text, n.at) for n in after.notices if n.status == "sent"}
    used = {
        (r.rule, r.subject, r.instance, r.exercised_at) for r in before.rights if r.exercised_at is not None
    }
    assert used <= {(r.rule, r.subject, r.instance, r.exercised_at) for r in after.rights}


# -- an oracle: when the contract ends, walked day by day ------------------------------------------------------------------------

SHANGHAI = timezone(timedelta(hours=8))


def day(instant):
    return datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(SHANGHAI).date()


def midnight(of):
    return int(datetime(of.year, of.month, of.day, tzinfo=SHANGHAI).timestamp()) * 1_000_000


def end_by_hand(events, until):
    """The last instant of the contract as far as events up to `until` tell, and whether that instant itself belongs to it."""
    heard = sorted(
        (one for one in events if one.time <= until and one.type == "notice.given"), key=lambda one: one.order
    )
    last, renewed, stopped, ends = date(2026, 4, 1), 0, False, None
    left = False
    for today in (date(2026, 3, 30) + timedelta(days=n) for n in range(60)):
        if midnight(today) > last_instant(last) - 1:  # the day after the last one has come: renewed, or over
            if ends is not None and ends <= midnight(today):
                return ends, False
            if midnight(today) > until:
                return midnight(today), False
            if not stopped and renewed < 2:
                last, stopped, renewed = last + timedelta(days=3), False, renewed + 1
            else:
                return midnight(today), False
        if ends is not None and ends <= midnight(today):
            return ends, False
        for one in [event for event in heard if day(event.time) == today]:
            kind = one.data["kind"]
            if kind == "over":
                return one.time, True
            if kind == "leave" and one.by in ("", "Customer") and not left:
                left = True
                ends = midnight(today + timedelta(days=3))
            if kind == "no" or (kind == "object" and today >= last - timedelta(days=1)):
                stopped = True
    raise AssertionError("sixty days are more than the contract can last")


def last_instant(last):
    return midnight(last + timedelta(days=1))


@hypothesis_settings(max_examples=80)
@given(streams(), UNTIL)
def test_the_end_is_where_walking_day_by_day_puts_it(events, until):
    events = [one for one in events if one.data.get("kind") != "more"]
    events.append(Event("first", "order.placed", "O-9", BEGIN, {}))
    ends, included = end_by_hand(events, until)
    world = Run([Version(PROGRAM)], Registers(), settings(until))
    world.feed(sorted(events, key=lambda one: one.order))
    world.outcome(RECEIPT)
    term = world.worlds[0].life.of("")
    assert (term.end, term.end_included) == (ends, included)
    void = {
        v.instance
        for v in run(PROGRAM, events, until).verdicts
        if v.rule == "Delivery" and v.reason == "outside_term"
    }
    for one in events:
        if one.type == "order.placed" and one.time <= until:
            outside = one.time > ends or (one.time == ends and not included)
            assert outside or one.id not in void
