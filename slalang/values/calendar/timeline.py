"""A timetable and a zone go in; out come, year by year, the open intervals on an axis of integer microseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Protocol
from zoneinfo import ZoneInfo

from slalang.values.calendar.timetable import END_DAY, EVER, Timetable
from slalang.values.instant import day_start
from slalang.values.interval import Interval, clip, intersect, union
from slalang.values.zone import (
    DAY,
    END,
    EPOCH_ORDINAL,
    FAR_YEARS,
    FIRST,
    as_date,
    far_year,
    offsets,
    year_of,
    year_start,
)

if TYPE_CHECKING:
    from datetime import tzinfo


class Timeline(Protocol):
    """Open intervals on an axis: real time in UTC, or the readings of a wall clock."""

    def year(self, year: int) -> list[Interval]:
        """What is open between the year's first point and the next year's, sorted and disjoint."""
        ...

    def known(self) -> list[Interval]:
        """The stretches of the axis on which the calendar may be asked."""
        ...

    def known_days(self) -> tuple[Interval, ...]:
        """The same stretches as ranges of local dates (ordinals)."""
        ...

    def years_spoken_of(self) -> set[int]:
        """Years with dates that are named one by one."""
        ...

    def open_years(self) -> tuple[int, int]:
        """The first and the last year that can have open time; the first is later where there is none."""
        ...

    def most_a_year(self) -> int:
        """More open time than any year has (µs)."""
        ...

    def is_working(self, day: int) -> bool:
        """Whether hours begin on the local date."""
        ...

    def of_day(self, day: int) -> list[Interval]:
        """The hours that begin on the local date, as stretches of the axis."""
        ...


@dataclass(frozen=True, slots=True)
class RealTime:
    """The axis of instants: open wherever the zone's clocks show a time that the timetable has.

    So a shift over a change of the clocks has its real length, hours that the clocks skip are not there, and hours
    that they show twice count twice.
    """

    table: Timetable
    zone: tzinfo
    _far: dict[int, list[Interval]] = field(default_factory=dict, repr=False, compare=False)
    _has_far_dates: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note whether far years may be taken as alike."""
        far = self.table.known != EVER or self.table.last_dated_year() >= FAR_YEARS - 1
        object.__setattr__(self, "_has_far_dates", far)

    def year(self, year: int) -> list[Interval]:
        """What is open in a UTC year; far years without dates of their own are alike (see `far_year`)."""
        like = far_year(year)
        if like == year or self._has_far_dates:
            return self._year(year)
        if like not in self._far:
            self._far[like] = self._year(like)
        shift = year_start(year) - year_start(like)
        return [(opens + shift, closes + shift) for opens, closes in self._far[like]]

    def _year(self, year: int) -> list[Interval]:
        found: list[Interval] = []
        for start, end, offset in _pieces(self.zone, year):
            shown = self.table.open_between(start + offset, end + offset)
            found.extend([(opens - offset, closes - offset) for opens, closes in shown])
        return union(found)

    def open_years(self) -> tuple[int, int]:
        """Every year, or those around the dates named one by one where no weekday has hours."""
        return _open_years(self.table)

    def most_a_year(self) -> int:
        """Twice what the timetable has, since clocks that go back may show all of it twice."""
        return 2 * self.table.most_a_year()

    def is_working(self, day: int) -> bool:
        """Whether the date exists in the zone and the timetable has hours for it."""
        return self.table.has_hours(day) and not (
            isinstance(self.zone, ZoneInfo) and day in skipped_days(self.zone, as_date(day).year)
        )

    def of_day(self, day: int) -> list[Interval]:
        """The hours that begin on the date, in instants."""
        hours = self.table.own_hours(day)
        if not hours:
            return []
        first, last = max(hours[0][0] - 2 * DAY, FIRST), min(hours[-1][1] + 2 * DAY, END - 1)
        found: list[Interval] = []
        for year in range(year_of(first), year_of(last) + 1):
            for start, end, offset in _pieces(self.zone, year):
                shown = clip(hours, start + offset, end + offset)
                found.extend([(opens - offset, closes - offset) for opens, closes in shown])
        return union(found)

    def known(self) -> list[Interval]:
        """From the first known date's first instant to the last one's end."""
        return [(self._start(first), self._start(end)) for first, end in self.table.known]

    def _start(self, day: int) -> int:
        if day <= 1:
            return FIRST
        return END if day >= END_DAY else day_start(as_date(day), self.zone)

    def known_days(self) -> tuple[Interval, ...]:
        """The dates of the timetable's validity."""
        return self.table.known

    def years_spoken_of(self) -> set[int]:
        """Years of holidays, overrides, breaks and of the validity's beginning."""
        return _years_of(self.table)


@dataclass(frozen=True, slots=True)
class WallTime:
    """The axis of wall-clock readings: every date has 24 hours, whatever the zone's clocks did."""

    table: Timetable

    def year(self, year: int) -> list[Interval]:
        """What is open in a year of the wall's calendar."""
        return self.table.open_between(year_start(year), year_start(year + 1))

    def known(self) -> list[Interval]:
        """From the first known midnight to the last."""
        return [
            ((first - EPOCH_ORDINAL) * DAY, (end - EPOCH_ORDINAL) * DAY) for first, end in self.table.known
        ]

    def open_years(self) -> tuple[int, int]:
        """Every year, or those around the dates named one by one where no weekday has hours."""
        return _open_years(self.table)

    def most_a_year(self) -> int:
        """What the timetable has."""
        return self.table.most_a_year()

    def is_working(self, day: int) -> bool:
        """Whether the timetable has hours for the date."""
        return self.table.has_hours(day)

    def of_day(self, day: int) -> list[Interval]:
        """The hours that begin on the date, as readings."""
        return self.table.own_hours(day)

    def known_days(self) -> tuple[Interval, ...]:
        """The dates of the timetable's validity."""
        return self.table.known

    def years_spoken_of(self) -> set[int]:
        """Years of holidays, overrides, breaks and of the validity's beginning."""
        return _years_of(self.table)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several real-time axes as one: open where any is (`union`) or where all are (`intersection`).

    It may be asked only where all of them may.
    """

    parts: tuple[Timeline, ...]
    how: Literal["union", "intersection"]

    def year(self, year: int) -> list[Interval]:
        """What is open in a UTC year."""
        each = [part.year(year) for part in self.parts]
        return union(*each) if self.how == "union" else reduce(intersect, each)

    def known(self) -> list[Interval]:
        """Where every part is known."""
        return reduce(intersect, [part.known() for part in self.parts])

    def known_days(self) -> tuple[Interval, ...]:
        """The dates that every part knows."""
        common = list(self.parts[0].known_days())
        for part in self.parts[1:]:
            common = intersect(common, part.known_days())
        return tuple(common)

    def years_spoken_of(self) -> set[int]:
        """Years that any part speaks of."""
        return {year for part in self.parts for year in part.years_spoken_of()}

    def open_years(self) -> tuple[int, int]:
        """From the earliest to the latest of any part (`union`), or what they have in common (`intersection`)."""
        firsts, lasts = zip(*(part.open_years() for part in self.parts), strict=True)
        return (min(firsts), max(lasts)) if self.how == "union" else (max(firsts), min(lasts))

    def most_a_year(self) -> int:
        """The sum over the parts (`union`), or the least (`intersection`)."""
        each = [part.most_a_year() for part in self.parts]
        return sum(each) if self.how == "union" else min(each)

    def is_working(self, day: int) -> bool:
        """A working day of any part (`union`); of all, with hours in common (`intersection`)."""
        if self.how == "union":
            return any(part.is_working(day) for part in self.parts)
        return all(part.is_working(day) for part in self.parts) and bool(self.of_day(day))

    def of_day(self, day: int) -> list[Interval]:
        """The hours of the date in the parts, joined in the same way."""
        each = [part.of_day(day) for part in self.parts]
        return union(*each) if self.how == "union" else reduce(intersect, each)


def _years_of(table: Timetable) -> set[int]:
    years = {as_date(day).year for day in table.dated() if 1 <= day < END_DAY}
    return years | {as_date(first).year for first, _ in table.known if first > 1}


def _open_years(table: Timetable) -> tuple[int, int]:
    if any(table.weekly):
        return 1, 9999
    years = [
        as_date(day).year for days in (table.overrides, table.extra) for day in days if 1 <= day < END_DAY
    ]
    # Hours of New Year's Eve or of a zone ahead of UTC lie in the year beside.
    return (max(min(years) - 1, 1), min(max(years) + 1, 9999)) if years else (9999, 1)


def _pieces(zone: tzinfo, year: int) -> list[tuple[int, int, int]]:
    """The stretches of a UTC year with one offset: (start, end, offset)."""
    changes = offsets(zone, year)
    ends = [start for start, _ in changes[1:]] + [year_start(year + 1)]
    return [(start, end, offset) for (start, offset), end in zip(changes, ends, strict=True)]


@lru_cache(maxsize=1024)
def skipped_days(zone: tzinfo, year: int) -> frozenset[int]:
    """Local dates that the zone left out altogether (Pacific/Apia had no 2011-12-30)."""
    missing: set[int] = set()
    for one in (year, year + 1):
        if one > 9999:
            continue
        changes = offsets(zone, one)
        for (_, before), (at, after) in pairwise(changes):
            if after - before >= DAY:
                missing.update(range(-(-(at + before) // DAY), (at + after) // DAY))
    return frozenset(day + EPOCH_ORDINAL for day in missing)
