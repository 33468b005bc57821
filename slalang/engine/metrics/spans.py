"""A schedule of periods goes in; its periods up to the as-of instant, cut by the term, come out, and the one that holds an instant."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from slalang.engine.clock.periods import Periods
from slalang.engine.compile.environment import Env
from slalang.engine.settings import FOREVER
from slalang.values.zone import DAY, END

if TYPE_CHECKING:
    from slalang.engine.metrics.keys import Key
    from slalang.engine.world import World
    from slalang.ir.rules import Schedule
    from slalang.outcome.records import Period


# A term without an end is told as ending with the last whole day that instants can be written for.
_LAST = END - 2 * DAY


class PeriodList:
    """The periods of one schedule for one agreement, in order; `at(t)` is the one that holds an instant."""

    __slots__ = ("by_label", "periods", "starts")

    def __init__(self, periods: list[Period]) -> None:
        """Index them."""
        self.periods = periods
        self.starts = [period.start for period in periods]
        self.by_label = {period.label: i for i, period in enumerate(periods)}

    def at(self, instant: int) -> Period | None:
        """The period that holds an instant."""
        i = bisect_right(self.starts, instant) - 1
        return self.periods[i] if i >= 0 and instant < self.periods[i].end else None

    def concerns(self, label: str, key: Key) -> bool:
        """Whether a period is one of a key: every period is."""
        del label, key
        return True

    def all_at(self, instant: int) -> list[Period]:
        """Every period that holds an instant."""
        found = self.at(instant)
        return [] if found is None else [found]


def counted_periods(world: World, schedule: Schedule, agreement: str) -> Periods:
    """The periods of a schedule for an agreement, counted from its own anchor: a date or instant, or the start of its term.

    Raises:
        Undetermined: the anchor is a parameter without a value.
    """
    anchor = None
    if schedule.anchor is not None:
        env = Env()
        env.agreement = agreement
        anchor = world.compiler.expr(schedule.anchor)(env)
    elif schedule.counted == "contract":
        begin, _ = world.term(agreement)
        anchor = world.zone.date_of(begin) if begin > -FOREVER else None
    calendar = world.calendar(schedule.calendar) if schedule.calendar else None
    return Periods(schedule, world.zone, anchor, calendar)


def schedule_periods(
    world: World, schedule: Schedule, agreement: str, first: int | None, as_of: int
) -> PeriodList:
    """From the term's start, or where no term is stated from the period of the first known event, to the as-of instant.

    A period is cut where the term begins or ends, and where a version begins that is the first or splits periods.
    """
    term_start, term_end = world.term(agreement)
    start = term_start if term_start > -FOREVER else first
    if start is None or start > as_of:
        return PeriodList([])
    periods = counted_periods(world, schedule, agreement)
    if schedule.unit == "term":
        periods_found = [p for p in periods.between(start, min(term_end, _LAST)) if p.start <= as_of]
    else:
        periods_found = list(periods.between(start, min(as_of, term_end - 1)))
    parts = (in_force_part(world, agreement, period, as_of) for period in periods_found)
    return PeriodList([part for part in parts if part is not None])


def in_force_part(world: World, agreement: str, period: Period, as_of: int) -> Period | None:
    """A period cut where the term or the first version begins, where the term ends, and where a version that splits periods begins; None for
    one of another version, outside the term, or yet to begin."""
    term_start, term_end = world.term(agreement)
    in_force = world.in_force
    cut = replace(
        period,
        start=max(period.start, term_start, in_force.first(agreement)),
        end=min(period.end, term_end),
    )
    points = [one for one in in_force.splits(agreement) if cut.start < one < cut.end]
    for start, end in pairwise([cut.start, *points, cut.end]):
        if start < end and start <= as_of and in_force.holds(start, agreement):
            label = period.label if start == cut.start else world.zone.date_of(start).isoformat()
            return replace(cut, label=label, start=start, end=end)
    return None
