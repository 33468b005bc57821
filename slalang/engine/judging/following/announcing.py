"""Agreements and breaches of rules that are judged by periods go in; they are known, and told, in the order of their instants."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.metrics.spans import counted_periods
from slalang.engine.settings import FOREVER
from slalang.engine.timers import BEFORE
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Period

if TYPE_CHECKING:
    from slalang.engine.facts.derived import Derived
    from slalang.engine.world import World
    from slalang.ir.rules import Schedule

# Without an anchor these are counted from the day on which the agreement's periods begin.
_FROM_THE_FIRST_DAY = {"us", "minute", "hour", "day", "working_day"}
_FAR = 400 * 86_400_000_000  # µs: how far the next occurrence of a schedule is looked for


def become_known(world: World, agreement: str, at: int) -> None:
    """From its term's beginning on an agreement's periods fall due by the clock, also where no event has told of it so far.

    What that makes is played in its own order, before anything of the present instant.
    """
    fresh = [one for one in world.falling if not one.knows(agreement)]
    if not fresh:
        return
    env = world.env
    start = world.term(agreement)[0]
    begin = start if start > -FOREVER else world.results.first(agreement)
    if begin is None:
        return
    if begin > at and start <= -FOREVER:  # the register says from when it is there
        world.timers.push(begin, BEFORE, partial(become_known, world, agreement))
        return
    kept = (env.subject, env.event, env.agreement, env.case, env.at, env.period)
    begin = min(begin, at)
    world.now = env.world_now = begin
    for one in fresh:
        one.known(agreement, begin, at)
    if begin < at:
        world.timers.until(at, BEFORE)
    world.now = env.world_now = at
    env.subject, env.event, env.agreement, env.case, env.at, env.period = kept


def announce(world: World, made: Derived, stratum: int, at: int) -> None:
    """A period belongs to the version at its start (model §9), but what follows from it may be a rule of the next one."""
    versions = world.results.versions
    for results in versions[versions.index(world.results) :]:
        other = results.world
        own = (
            made
            if other is world
            else replace(made, subject=other.subject(made.subject.entity, made.subject.id))
        )
        other.timers.derive(own, stratum, at)


def next_period(world: World, schedule: Schedule, agreement: str, at: int) -> Period | None:
    """The first whole period that ends after an instant (µs), running or yet to come; None where there is none."""
    if schedule.unit == "term":
        start, end = world.term(agreement)
        return Period("term", start, end) if at < end else None
    try:
        periods = counted_periods(world, schedule, agreement)
        begin = world.term(agreement)[0]
        begin = begin if begin > -FOREVER else world.results.first(agreement) or at
        if periods.anchor is None and schedule.unit in _FROM_THE_FIRST_DAY:
            periods.anchor = world.zone.date_of(begin)
        return next((one for one in periods.between(max(at, begin), at + _FAR) if one.end > at), None)
    except Undetermined:
        return None
