"""A calendar goes in; open time up to an instant, kept so that a stream of questions about the same instants is quick, comes out."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache

from slalang.values.calendar import Calendar
from slalang.values.time_error import TimeError

_YEAR = 366 * 86_400_000_000
_REMEMBERED = 8192


class Hours:
    """`elapsed(a, b)` is `calendar.elapsed_us(a, b)`; each instant is looked up once however many cases ask about it."""

    __slots__ = ("_known", "_opens", "_pieces", "calendar", "high", "low", "narrow")

    def __init__(self, calendar: Calendar) -> None:
        """Nothing is looked up before the first question."""
        self.calendar = calendar
        self.low = self.high = 0
        self.narrow = False  # the calendar does not know enough dates around: it is asked each time
        self._opens: list[int] = []
        self._pieces: list[tuple[int, int, int]] = []  # opens, closes, open time before
        self._known: dict[int, int] = {}

    def elapsed(self, start: int, end: int) -> int:
        """Open time in [start, end).

        Raises:
            CalendarError: a date that the calendar does not know.
        """
        if self.narrow:
            return self.calendar.elapsed_us(start, end)
        known = self._known
        after, before = known.get(end), known.get(start)
        if after is None or before is None:
            if not self._covers(start, end):
                return self.calendar.elapsed_us(start, end)
            if len(known) > _REMEMBERED:
                known.clear()
            after = known[end] = self._worked(end)
            before = known[start] = self._worked(start)
        return after - before

    def _worked(self, at: int) -> int:
        i = bisect_right(self._opens, at) - 1
        if i < 0:
            return 0
        opens, closes, done = self._pieces[i]
        return done + min(at, closes) - opens

    def _covers(self, start: int, end: int) -> bool:
        if self.low <= start and end <= self.high and self.low < self.high:
            return True
        low = min(start - _YEAR, self.low) if self.high else start - _YEAR
        high = max(end + _YEAR, self.high)
        try:
            pieces = self.calendar.open_intervals(low, high)
        except TimeError:
            self.narrow = True
            return False
        self.low, self.high = low, high
        self._known.clear()
        self._opens = [opens for opens, _ in pieces]
        self._pieces, done = [], 0
        for opens, closes in pieces:
            self._pieces.append((opens, closes, done))
            done += closes - opens
        return True


@lru_cache(maxsize=64)
def hours_of(definition: str) -> Hours:
    """The open hours of a calendar by its definition (canonical JSON); made once, since a calendar never changes.

    Raises:
        CalendarError: what cannot be taken.
    """
    return Hours(Calendar.from_dict(json.loads(definition)))


@lru_cache(maxsize=16)
def always(zone: str) -> Calendar:
    """The calendar of a zone that never closes."""
    return Calendar.always(zone)
