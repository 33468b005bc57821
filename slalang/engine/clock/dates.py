"""A time zone goes in; local dates of instants, first instants of dates, and civil arithmetic come out."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from slalang.values.instant import day_start
from slalang.values.zone import DAY, EPOCH_ORDINAL, load, offset_at, offsets

if TYPE_CHECKING:
    from datetime import tzinfo


class Zone:
    """The contract's zone with what is asked again and again kept."""

    __slots__ = ("_offsets", "_starts", "name", "tz")

    def __init__(self, name: str) -> None:
        """Load the zone of an IANA name.

        Raises:
            TimeError: no such zone.
        """
        self.name = name
        self.tz: tzinfo = load(name)
        self._starts: dict[date, int] = {}
        self._offsets: dict[int, tuple[list[int], list[int]]] = {}

    def offset(self, at: int) -> int:
        """The offset from UTC in µs at an instant."""
        year = 1970 + at // 31_556_952_000_000 if 0 <= at < 2_500_000_000_000_000 else 0
        if not year:
            return offset_at(self.tz, at)
        if year not in self._offsets:
            pairs = offsets(self.tz, year - 1) + offsets(self.tz, year) + offsets(self.tz, year + 1)
            self._offsets[year] = ([start for start, _ in pairs], [offset for _, offset in pairs])
        starts, found = self._offsets[year]
        return found[bisect_right(starts, at) - 1]

    def date_of(self, at: int) -> date:
        """The local date of an instant."""
        return date.fromordinal((at + self.offset(at)) // DAY + EPOCH_ORDINAL)

    def start_of(self, day: date) -> int:
        """The first instant of a local date (the 24:00 of the day before)."""
        if day not in self._starts:
            self._starts[day] = day_start(day, self.tz)
        return self._starts[day]

    def end_of(self, day: date) -> int:
        """The 24:00 of a local date."""
        return self.start_of(day + timedelta(days=1))

    def begins_day(self, at: int) -> bool:
        """Whether an instant is the first of a local date (the 24:00 of the day before)."""
        return self.start_of(self.date_of(at)) == at

    def add_civil(self, day: date, months: int, days: int) -> date:
        """Months first, held at the month's last day, then days."""
        return _moved(day, months) + timedelta(days=days)

    def shift_civil(self, at: int, months: int, days: int) -> int:
        """An instant moved by civil time: the same time of day on the date reached (a skipped time moves on)."""
        day = self.date_of(at)
        moved = self.add_civil(day, months, days)
        wall = at + self.offset(at) - (day.toordinal() - EPOCH_ORDINAL) * DAY
        guess = (moved.toordinal() - EPOCH_ORDINAL) * DAY + wall
        found = guess - self.offset(guess - self.offset(at))
        return guess - self.offset(found) if self.offset(found) != self.offset(at) else found

    def year_of(self, at: int) -> int:
        """The local year of an instant."""
        return self.date_of(at).year


@lru_cache(maxsize=16)
def zone_of(name: str) -> Zone:
    """The zone of an IANA name, shared by all runs of a process: what it keeps about its days does not depend on them.

    Raises:
        TimeError: no such zone.
    """
    return Zone(name)


@lru_cache(maxsize=4096)
def _moved(day: date, months: int) -> date:
    """The same few dates (ends of periods, above all) are asked for by every rule and every run."""
    return day + relativedelta(months=months)
