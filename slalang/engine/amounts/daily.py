"""A breach with its deadline goes in; the days late that count, in runs of equal amount, come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from slalang.engine.amounts.rounding import as_number, posted
from slalang.engine.facts.signals import attributes_of
from slalang.engine.reasons import refused, say
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import DayRun
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.amounts.amount import AmountOf
    from slalang.ir.amounts import PerDay
    from slalang.outcome.records import Period, Verdict
    from slalang.outcome.trace import Value

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Late:
    """The dates from the one after the deadline's day to the last that counts, both included; none where the last is earlier."""

    first: date
    last: date


class Daily:
    """The daily amount of one rule: read at the first instant of each day, worked out anew only where it can have changed."""

    def __init__(self, amount: AmountOf, per_day: PerDay) -> None:
        """What the daily amount reads keeps its history."""
        self.amount = amount
        self.world = amount.world
        self.per_day = per_day
        self.calendar = None if per_day.calendar in {"", "always"} else self.world.calendar(per_day.calendar)
        self.world.signals.track([amount.ir.amount])
        self.sources = self.world.signals.sources([amount.ir.amount])
        self.attributes = attributes_of([amount.ir.amount], self.world)

    def late(self, verdict: Verdict, as_of: int) -> Late:
        """The dates late: begun, or over, at the discharge, or as of now where there is none.

        Raises:
            Undetermined: the breach has no deadline to count from.
        """
        if verdict.deadline is None:
            raise Undetermined(say("no_value", what="deadline"))
        return self.between(
            verdict.deadline, verdict.discharged_at if verdict.discharged_at is not None else as_of
        )

    def between(self, deadline: int, until: int) -> Late:
        """The dates after a deadline's day that have begun, or are over, at an instant; a deadline that is the 24:00 of a day belongs to it."""
        zone = self.world.zone
        edge = zone.start_of(zone.date_of(deadline)) == deadline
        due = zone.date_of(deadline) - (ONE if edge else timedelta())
        return Late(due + ONE, self.until(until))

    def until(self, end: int) -> date:
        """The last date that counts for what ends at an instant: one that has begun, or is over."""
        last = self.world.zone.date_of(end)
        return last - ONE if self.per_day.days == "full" and self.world.zone.end_of(last) > end else last

    def so_far(self, late: Late, at: int) -> Late:
        """Those of the dates that have begun before an instant, or are over by then: what is paid at the very beginning of a day is paid
        before that day costs anything."""
        last = (
            self.world.zone.date_of(at - 1)
            if self.per_day.days == "begun"
            else self.world.zone.date_of(at) - ONE
        )
        return Late(late.first, min(late.last, last))

    def inside(self, late: Late, period: Period) -> Late:
        """The part of the dates that lies in a period."""
        zone = self.world.zone
        return Late(max(late.first, zone.date_of(period.start)), min(late.last, zone.date_of(period.end - 1)))

    def runs(self, late: Late) -> tuple[list[DayRun], list[Value]]:
        """The runs of equal days, the environment being set; where it is traced, how each day of a run came about.

        Raises:
            Undetermined: an amount cannot be read, or the calendar does not know a date.
        """
        env, rule = self.world.env, self.amount.ir
        found: list[DayRun] = []
        traced: list[Value] = []
        starts = self._starts(late)
        for first, after in zip(starts, [*starts[1:], late.last + ONE], strict=False):
            last = after - ONE
            env.at = self.world.zone.start_of(first)
            if env.record is not None:
                env.record = []
            each = as_number(self.amount.amount(env), rule.unit)
            if self.per_day.rounded == "each_day":
                each = posted(each, rule.unit, rule.rounding, rule.places)
            count = self._count(first, last)
            if found and found[-1].each == each:
                found[-1] = DayRun(
                    found[-1].first, last.isoformat(), found[-1].count + count, each, found[-1].start
                )
                continue
            found.append(DayRun(first.isoformat(), last.isoformat(), count, each, env.at))
            traced += (env.record or [])[-1:]
        kept = [i for i, run in enumerate(found) if run.count]
        return [found[i] for i in kept], [traced[i] for i in kept if i < len(traced)]

    def _starts(self, late: Late) -> list[date]:
        """The first date, and each date at whose beginning the daily amount may be another one than the day before."""
        if late.last < late.first:
            return []
        zone, env = self.world.zone, self.world.env
        start, end = zone.start_of(late.first), zone.start_of(late.last)
        points = self.world.signals.points(self.sources, env, start, end + 1)
        for _, via in self.attributes:
            points |= self.world.references.attribute_points(env, via, start, end + 1)
        if env.principal is not None:
            points |= env.principal.points()
        found = {late.first}
        for point in points:
            day = zone.date_of(point)
            found.add(day if zone.start_of(day) == point else day + ONE)
        return sorted(day for day in found if late.first <= day <= late.last)

    def _count(self, first: date, last: date) -> int:
        if self.calendar is None:
            return (last - first).days + 1
        try:
            return self.calendar.working_days_between(first, last, "both")
        except TimeError as error:
            raise Undetermined(refused(self.per_day.calendar, error)) from None
