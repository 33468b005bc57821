"""The days late of open cases go in, as a signal that grows at each midnight; what breaches, discharges and midnights do to it comes out."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.cases.roles import conditions
from slalang.engine.timers import BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir import facts

    Update = Callable[[Subject, Event], None]


class Days:
    """The late cases of one subject: the last day of each that is open, and the days of those that are over."""

    __slots__ = ("awaited", "closed", "open")

    def __init__(self) -> None:
        """None is late."""
        self.open: dict[
            tuple[str, str], tuple[int, str]
        ] = {}  # the ordinal of the deadline's day, the breach
        self.closed: dict[tuple[str, str], int] = {}
        self.awaited = False  # the next midnight is


def days_late(world: World, plan: Plan, form: facts.DaysLate) -> dict[str, Update]:
    """For each derived event, what it does to the signal: a day is late once it has begun after the day of the deadline."""
    slot = plan.slot

    def update(subject: Subject, event: Event) -> None:
        days = _of(subject, slot)
        case = (event.subject, event.id.partition(":")[2])
        if event.type.endswith((".breach", ".relapse")):
            # A deadline at 24:00 is one of the day that ends then.
            days.closed.pop(case, None)
            days.open[case] = (world.zone.date_of(event.time - 1).toordinal(), event.id)
        elif case in days.open:
            last, _ = days.open.pop(case)
            if form.closed and event.type.endswith(".discharge"):
                days.closed[case] = _today(world.now) - last
        settle(subject, days, event.id)

    def settle(subject: Subject, days: Days, event: str) -> None:
        today = _today(world.now)
        total = sum(days.closed.values()) + sum(today - last for last, _ in days.open.values())
        if plan.keeps:
            subject.marks[slot, "events"] = [breach for _, breach in days.open.values()]
        world.put(subject, slot, Fraction(total), world.now, event)
        if days.open and not days.awaited:
            days.awaited = True
            midnight = world.zone.end_of(world.zone.date_of(world.now))
            world.timers.push(midnight, BEFORE, partial(next_day, subject, days))

    def next_day(subject: Subject, days: Days, _at: int) -> None:
        days.awaited = False
        settle(subject, days, "")

    def _today(at: int) -> int:
        return world.zone.date_of(at).toordinal()

    return dict.fromkeys(conditions(world, form.events, derived=True), update)


def _of(subject: Subject, slot: int) -> Days:
    found = subject.marks.get((slot, "late"))
    if found is None:
        found = subject.marks[slot, "late"] = Days()
    assert isinstance(found, Days)
    return found
