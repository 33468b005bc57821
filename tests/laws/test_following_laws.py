"""The laws of model §1 over breaches of rules that are judged by periods: gaps, missed targets, reports; and oracles for their instants."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

import law_streams
from checking import checked
from small_programs import HOUR, at, run

from slalang.events.event import Event

TEXT = """\
contract "Following" version "1"
use std.plain, std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
term from 2026-03-30 until 2026-04-03
renews for 3 days, at most 2 times
  unless notice.given where kind is "no"
ends on notice.given where kind is "over"
suspended from notice.given where kind is "stop" until notice.given where kind is "go"

entity line
event line.down
event line.up
event line.asked
event line.answered
signal broken for each line
  from down until up
calendar Day
  every day 06:00 to 22:00
signal staffed
  open in Day

standing duty Working
  for each line
  Provider owes Customer
  each 2 days
  holds not broken or not staffed
  while suspended : rests
obligation Answer
  for each line
  Provider owes Customer
  from asked until answered
  clock always
  within <= 20 h
  second trigger : opens another
  discharge ends : the oldest
metric Answered each day
  = share met of Answer
  counts as met : met
  counts as not met : late, overdue
  counted by : start
  when none : 100%
target Good
  Provider owes Customer
  each day
  holds Answered >= 60%
obligation Report
  Provider owes Customer
  each day
  until line.answered
  by end of the period
  report matched by : period it falls in
  while suspended : goes on
measured Fell
  for each line
  from Working.breached until up
  clock always
  within <= 30 h
  second trigger : opens another
  discharge ends : all
  survives the end
measured Missed
  for each agreement
  from Good.breached until agreement.ended
  clock always
  within <= 30 h
  second trigger : opens another
  discharge ends : all
  survives the end
measured Silent
  for each agreement
  from Report.breached until agreement.ended
  clock always
  within <= 30 h
  second trigger : opens another
  discharge ends : all
  survives the end
signal trouble
  running count of Working.breached, Good.breached in the last 2 days
signal much
  = trouble >= 3
right Leave of Customer
  from much.crossed
  exercise window within <= 2 days
  exercised by notice.given where kind is "leave"
  effect ends the contract after 1 day
"""
PROGRAM = checked(TEXT)[0].program
BEGIN = at("2026-03-30 00:00")
DAYS = 13
UNTIL = law_streams.instants(BEGIN, DAYS * 24 * 60)
LINES = ("L-1", "L-2")
KINDS = ("no", "over", "stop", "go", "leave")


@st.composite
def streams(draw, longest=14):
    def step(n, hour, what, kind, line):
        when = BEGIN + hour * HOUR
        if what == "notice":
            return Event(f"n{n:02d}", "notice.given", f"N-{n}", when, {"kind": kind})
        return Event(f"o{n:02d}", f"line.{what}", line, when, {})

    parts = (
        st.integers(0, DAYS * 24 - 1),
        st.sampled_from(("down", "down", "up", "asked", "asked", "answered", "notice")),
        st.sampled_from(KINDS),
        st.sampled_from(LINES),
    )
    return law_streams.stream(draw, parts, step, longest=longest)


@hypothesis_settings(max_examples=30)
@given(streams(), UNTIL, st.randoms(use_true_random=False))
def test_permuting_the_input_changes_nothing(events, until, chance):
    law_streams.permuting_changes_nothing(PROGRAM, events, until, chance)


@hypothesis_settings(max_examples=40)
@given(streams(), UNTIL, UNTIL)
def test_two_steps_equal_one(events, until, middle):
    law_streams.two_steps_equal_one(PROGRAM, events, until, middle)


@hypothesis_settings(max_examples=30)
@given(streams(), UNTIL)
def test_as_of_an_instant_equals_only_what_was_known_then(events, until):
    law_streams.as_of_equals_what_was_known(PROGRAM, events, until)


@hypothesis_settings(max_examples=30)
@given(streams(), UNTIL, st.lists(UNTIL, max_size=4))
def test_an_event_that_no_rule_reads_changes_nothing(events, until, times):
    law_streams.noise_changes_nothing(PROGRAM, events, until, times)


def starts(outcome, rule):
    return sorted((v.subject, v.start) for v in outcome.verdicts if v.rule == rule)


@hypothesis_settings(max_examples=40)
@given(streams(), UNTIL, UNTIL)
def test_what_followed_once_is_not_undone_by_later_events(events, one, other):
    early, late = run(PROGRAM, events, min(one, other)), run(PROGRAM, events, max(one, other))
    for rule in ("Fell", "Missed", "Silent"):
        assert set(starts(early, rule)) <= set(starts(late, rule))


@hypothesis_settings(max_examples=60)
@given(streams(), UNTIL)
def test_each_gap_that_the_verdicts_tell_is_one_event_where_it_begins(events, until):
    """Gaps that adjoin at the border of two periods are one; nothing else is left out or added. One that begins with the last
    instant has no length yet, so no verdict tells it."""
    outcome = run(PROGRAM, events, until)
    expected = []
    for line in LINES:
        gaps = sorted(
            (gap.start, gap.end)
            for v in outcome.verdicts
            if v.rule == "Working" and v.subject == line
            for gap in v.gaps
        )
        ends = {end for _, end in gaps}
        expected += [(line, start) for start, _ in gaps if start not in ends]
    assert [one for one in starts(outcome, "Fell") if one[1] < until] == sorted(expected)


@hypothesis_settings(max_examples=25)
@given(streams(), UNTIL)
def test_a_target_is_missed_at_the_first_instant_at_which_a_run_as_of_then_says_so(events, until):
    outcome = run(PROGRAM, events, until)
    for v in outcome.verdicts:
        if v.rule not in {"Missed", "Silent"}:
            continue
        rule = "Good" if v.rule == "Missed" else "Report"
        label = v.instance.rpartition(":")[2]

        def breached(as_of, rule=rule, label=label):
            found = run(PROGRAM, events, as_of).verdicts
            return any(
                x.rule == rule and x.instance == label and x.status in {"broken", "overdue", "late"}
                for x in found
            )

        # One µs later, for an inclusive limit that falls exactly on `as_of` is still pending (model §3).
        assert breached(v.start + 1)
        first = min((one.time for one in events), default=0)
        assert v.start <= first or not breached(v.start - 1)


@hypothesis_settings(max_examples=30)
@given(streams(), UNTIL)
def test_whatever_a_run_calls_missed_has_been_told(events, until):
    outcome = run(PROGRAM, events, until)
    for rule, follows in (("Good", "Missed"), ("Report", "Silent")):
        missed = {
            v.instance for v in outcome.verdicts if v.rule == rule and v.status in {"broken", "overdue"}
        }
        told = {v.instance.rpartition(":")[2] for v in outcome.verdicts if v.rule == follows}
        assert missed <= told
