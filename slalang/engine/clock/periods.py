"""A schedule and a zone go in; its periods or occurrences, computed from the anchor, come out with labels and bounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from slalang.engine.reasons import say
from slalang.engine.undetermined import ProgramError, Undetermined
from slalang.outcome.records import Period
from slalang.values import instant as instants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.engine.clock.dates import Zone
    from slalang.ir.rules import Schedule
    from slalang.values.calendar import Calendar

_EXACT = {"us": 1, "minute": 60_000_000, "hour": 3_600_000_000}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "billing_cycle": 1}


class Periods:
    """The periods of one schedule, in a zone; `anchor` is a date or an instant where the schedule counts from one."""

    def __init__(
        self, schedule: Schedule, zone: Zone, anchor: date | int | None, calendar: Calendar | None
    ) -> None:
        """Take what the schedule counts from and on."""
        self.schedule = schedule
        self.zone = zone
        self.anchor = anchor
        self.calendar = calendar

    def between(self, start: int, end: int) -> Iterator[Period]:
        """Every period that overlaps [start, end], in order; whole, not cut."""
        unit = self.schedule.unit
        if unit in _EXACT:
            yield from self._exact(start, end, _EXACT[unit] * self.schedule.n)
        elif unit == "term":
            yield Period("term", start, end)
        elif unit in {"day", "working_day"} or self.schedule.weekdays:
            yield from self._days(start, end)
        else:
            yield from self._calendar(start, end)

    def holding(self, at: int) -> Period:
        """The period that holds an instant."""
        for period in self.between(at, at):
            if period.start <= at < period.end:
                return period
        raise Undetermined(say("anchor"))

    def following(self, period: Period, count: int) -> Period:
        """The period `count` after (or before, negative) another."""
        found = period
        for _ in range(abs(count)):
            found = self.holding(found.end) if count > 0 else self.holding(found.start - 1)
        return found

    def _exact(self, start: int, end: int, length: int) -> Iterator[Period]:
        anchor = self._anchor_us(start)
        first = (start - anchor) // length
        at = anchor + first * length
        while at <= end:
            yield Period(instants.format(at, self.zone.tz), at, at + length)
            at += length

    def _anchor_us(self, start: int) -> int:
        if isinstance(self.anchor, date):
            return self.zone.start_of(self.anchor)
        if self.anchor is not None:
            return self.anchor
        return self.zone.start_of(self.zone.date_of(start))

    def _days(self, start: int, end: int) -> Iterator[Period]:
        schedule = self.schedule
        day, last = self.zone.date_of(start), self.zone.date_of(end)
        anchor = self._anchor_date(day)
        while day <= last:
            if self._is_occurrence(day, anchor, schedule):
                yield Period(day.isoformat(), self.zone.start_of(day), self.zone.end_of(day))
            day += timedelta(days=1)

    def _is_occurrence(self, day: date, anchor: date, schedule: Schedule) -> bool:
        if schedule.weekdays:
            monday = day - timedelta(days=day.weekday())
            weeks = (monday - (anchor - timedelta(days=anchor.weekday()))).days // 7
            return day.weekday() in schedule.weekdays and weeks % schedule.n == 0
        if schedule.unit == "working_day":
            if self.calendar is None:
                raise ProgramError("working days without a calendar")
            return self.calendar.is_working_day(day)
        return (day - anchor).days % schedule.n == 0

    def _anchor_date(self, day: date) -> date:
        if isinstance(self.anchor, date):
            return self.anchor
        return day if self.anchor is None else self.zone.date_of(self.anchor)

    def _calendar(self, start: int, end: int) -> Iterator[Period]:
        day, last = self.zone.date_of(start), self.zone.date_of(end)
        first, after = self._bounds(day)
        while first <= last:
            yield Period(self._label(first), self.zone.start_of(first), self.zone.start_of(after))
            first, after = self._bounds(after)

    def _bounds(self, day: date) -> tuple[date, date]:
        """First date of the period that holds a date, and of the one after it."""
        unit, n = self.schedule.unit, self.schedule.n
        if unit == "week":
            anchor = self._anchor_date(date(1970, 1, 5))
            weeks = (day - anchor).days // (7 * n)
            first = anchor + timedelta(days=7 * n * weeks)
            return first, first + timedelta(days=7 * n)
        months = _MONTHS[unit] * n
        anchor = self.anchor if isinstance(self.anchor, date) else date(1970, 1, 1)
        index = (day.year - anchor.year) * 12 + day.month - anchor.month
        step = index // months
        if self.zone.add_civil(anchor, step * months, 0) > day:
            step -= 1
        elif self.zone.add_civil(anchor, (step + 1) * months, 0) <= day:
            step += 1
        return (
            self.zone.add_civil(anchor, step * months, 0),
            self.zone.add_civil(anchor, (step + 1) * months, 0),
        )

    def _label(self, first: date) -> str:
        unit, n = self.schedule.unit, self.schedule.n
        plain = n == 1 and (not isinstance(self.anchor, date) or self.anchor.day == 1)
        if unit == "month" and plain:
            return f"{first.year:04d}-{first.month:02d}"
        if unit == "quarter" and plain and first.month % 3 == 1:
            return f"{first.year:04d}-Q{first.month // 3 + 1}"
        if unit == "year" and plain and first.month == 1:
            return f"{first.year:04d}"
        if unit == "week" and n == 1 and first.weekday() == 0:
            year, week, _ = first.isocalendar()
            return f"{year:04d}-W{week:02d}"
        return first.isoformat()
