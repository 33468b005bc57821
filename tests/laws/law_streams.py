"""Parts of a random step and a program go in; streams of events, and the laws of model §1 that every run keeps, come out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

sys.path += [str(Path(__file__).resolve().parents[1] / "unit" / name) for name in ("engine", "semantics")]

from small_programs import MINUTE, RECEIPT, run, settings

from slalang.engine.run import Run
from slalang.engine.settings import Version
from slalang.events.event import Event
from slalang.events.registers import Registers


def stream(draw, parts, make, first=(), longest=12):
    """Some events that always happen, then up to `longest` steps: `make(number, *parts)` gives the event of each."""
    steps = draw(st.lists(st.tuples(*parts), max_size=longest))
    return [*first, *(make(number, *step) for number, step in enumerate(steps))]


def instants(begin, minutes):
    """An instant within so many minutes of the begin (µs)."""
    return st.integers(0, minutes).map(lambda minute: begin + minute * MINUTE)


def permuting_changes_nothing(program, events, until, chance):
    mixed = list(events)
    chance.shuffle(mixed)
    assert run(program, mixed, until) == run(program, events, until)


def two_steps_equal_one(program, events, until, middle):
    middle = min(middle, until)
    ordered = sorted(events, key=lambda one: one.order)
    steps = Run([Version(program)], Registers(), settings(until))
    steps.feed(one for one in ordered if one.time <= middle)
    first = steps.outcome(RECEIPT, middle)
    steps.feed(one for one in ordered if one.time > middle)
    assert first == run(program, events, middle)
    assert steps.outcome(RECEIPT) == run(program, events, until)


def as_of_equals_what_was_known(program, events, until):
    late = [replace(one, recorded=until + 1) if n % 3 == 0 else one for n, one in enumerate(events)]
    known = [one for n, one in enumerate(events) if n % 3]
    assert run(program, late, until) == run(program, known, until)


def noise_changes_nothing(program, events, until, times):
    noise = [Event(f"x{n}", "coffee.made", "C-1", at, {}) for n, at in enumerate(times)]
    assert run(program, events + noise, until) == run(program, events, until)


def nothing_that_followed_is_undone(program, events, one, other):
    """Cases that began by one instant have begun by a later one, at the same instants."""
    early, late = min(one, other), max(one, other)
    before = {(v.rule, v.subject, v.instance): v.start for v in run(program, events, early).verdicts}
    after = {(v.rule, v.subject, v.instance): v.start for v in run(program, events, late).verdicts}
    assert before.items() <= after.items()
