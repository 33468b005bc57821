"""Weekly hours with holidays, overrides and breaks go in; the open hours of local dates come out, on a wall clock."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slalang.values.interval import Interval, clip, subtract, total, union
from slalang.values.zone import DAY, EPOCH_ORDINAL, as_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Proleptic ordinals of the dates that exist: 0001-01-01 and the day after 9999-12-31.
FIRST_DAY = 1
END_DAY = 3_652_060
EVER = ((FIRST_DAY, END_DAY),)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Which hours a local date has, in µs from its midnight; hours past 24:00 run on into the next dates.

    `weekly` starts with Monday. Dates are proleptic Gregorian ordinals. `overrides` replace what a date would have,
    `extra` adds to it, `breaks` are taken from whatever is open at those times, whichever date it belongs to.
    `known` are the ranges of dates (first, end) that the calendar may be asked about.
    """

    weekly: tuple[tuple[Interval, ...], ...]
    holidays: frozenset[int] = frozenset()
    overrides: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    extra: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    breaks: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    known: tuple[Interval, ...] = EVER

    def hours(self, day: int) -> tuple[Interval, ...]:
        """The hours that begin on the date, breaks not yet taken out."""
        own = self.overrides.get(day)
        if own is None:
            own = () if day in self.holidays else self.weekly[(day - 1) % 7]
        more = self.extra.get(day)
        return tuple(union(own, more)) if more else own

    def own_hours(self, day: int) -> list[Interval]:
        """The hours that begin on the date less every break, in µs on the wall clock since 1970."""
        midnight = (day - EPOCH_ORDINAL) * DAY
        hours = [(midnight + start, midnight + end) for start, end in self.hours(day)]
        if hours and self.breaks:
            last = day + (hours[-1][1] - midnight) // DAY
            hours = subtract(hours, self._breaks_between(day - self._break_reach(), last + 1))
        return hours

    def has_hours(self, day: int) -> bool:
        """Whether anything of the date's own hours is left after breaks."""
        return bool(self.own_hours(day) if self.breaks else self.hours(day))

    def open_between(self, low: int, high: int) -> list[Interval]:
        """Everything open in [low, high), in µs since 1970-01-01 00:00 on the wall clock."""
        first = low // DAY + EPOCH_ORDINAL
        end = -(-high // DAY) + EPOCH_ORDINAL
        found: list[Interval] = []
        for day in self._days_with_hours(first - self._reach(), end):
            midnight = (day - EPOCH_ORDINAL) * DAY
            found.extend([(midnight + opens, midnight + closes) for opens, closes in self.hours(day)])
        whole = union(found)
        if self.breaks:
            whole = subtract(whole, self._breaks_between(first - self._break_reach(), end))
        return clip(whole, low, high)

    def is_always(self) -> bool:
        """Whether every instant of every date is open."""
        full = all(union(hours) == [(0, DAY)] for hours in self.weekly)
        return full and not (self.holidays or self.overrides or self.breaks)

    def dated(self) -> list[int]:
        """Every date that is spoken of by itself, in order."""
        return sorted({*self.holidays, *self.overrides, *self.extra, *self.breaks})

    def most_a_year(self) -> int:
        """No year has more on the wall clock: 54 weeks and every date of its own."""
        single = (hours for days in (self.overrides, self.extra) for hours in days.values())
        return 54 * sum(total(hours) for hours in self.weekly) + sum(total(hours) for hours in single)

    def last_dated_year(self) -> int:
        """The year of the last date that is spoken of by itself; 0 without any."""
        dated = [day for days in (self.holidays, self.overrides, self.extra, self.breaks) for day in days]
        return as_date(min(max(dated), END_DAY - 1)).year if dated else 0

    def _days_with_hours(self, first: int, end: int) -> Iterator[int]:
        weekly = any(self.weekly)
        singles = sorted({*self.overrides, *self.extra}) if not weekly else []
        for known_first, known_end in self.known:
            low, high = max(first, known_first), min(end, known_end)
            if weekly:
                yield from range(low, high)
            else:
                yield from singles[bisect_left(singles, low) : bisect_left(singles, high)]

    def _breaks_between(self, first: int, end: int) -> list[Interval]:
        return union(
            ((day - EPOCH_ORDINAL) * DAY + start, (day - EPOCH_ORDINAL) * DAY + stop)
            for day, taken in self.breaks.items()
            if first <= day < end
            for start, stop in taken
        )

    def _reach(self) -> int:
        """How many dates after its own the longest hours end on."""
        return _days_over(hours for table in (self.weekly, self.overrides.values()) for hours in table)

    def _break_reach(self) -> int:
        return _days_over(self.breaks.values())


def _days_over(many: Iterable[tuple[Interval, ...]]) -> int:
    return max((-(-end // DAY) - 1 for hours in many for _, end in hours), default=0)


def each_date_for_itself(table: Timetable) -> Timetable:
    """The same hours cut at midnight, so that those after midnight belong to the next date and follow its holidays."""
    weekly: list[list[Interval]] = [[] for _ in range(7)]
    for weekday, hours in enumerate(table.weekly):
        for offset, part in _cut(hours):
            weekly[(weekday + offset) % 7].append(part)
    overrides: dict[int, tuple[Interval, ...]] = {}
    extra: dict[int, list[Interval]] = {}
    for day, hours in table.overrides.items():
        overrides[day] = tuple(part for offset, part in _cut(hours) if offset == 0)
        for offset, part in _cut(hours):
            if offset:
                extra.setdefault(day + offset, []).append(part)
    return Timetable(
        weekly=tuple(tuple(union(hours)) for hours in weekly),
        holidays=table.holidays,
        overrides=overrides,
        extra={day: tuple(union(hours)) for day, hours in extra.items()},
        breaks=table.breaks,
        known=table.known,
    )


def _cut(hours: tuple[Interval, ...]) -> Iterator[tuple[int, Interval]]:
    """The parts of the hours on each date: (dates after their own, hours of that date)."""
    for start, end in hours:
        for offset in range(start // DAY, -(-end // DAY)):
            yield offset, (max(start - offset * DAY, 0), min(end - offset * DAY, DAY))
