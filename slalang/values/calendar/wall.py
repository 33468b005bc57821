"""A clock on wall readings goes in; out comes one that is asked in instants and counts every date as 24 hours.

For comparing with systems that compute on naive local times. Contracts use real time, or civil days.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from slalang.values.calendar.clock import Unreached
from slalang.values.instant import from_local
from slalang.values.zone import offset_at

if TYPE_CHECKING:
    from slalang.values.calendar.clock import AlwaysOpen, Clock
    from slalang.values.interval import Interval

_WALL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall reading


class WallClock:
    """Elapsed time and deadlines by the readings of the zone's clocks; what is open is as in real time.

    A deadline whose reading the clocks skip is read with the offset before the change (02:30 becomes 03:30); of one
    that they show twice it is the first that does not lie on the wrong side of the start.
    """

    __slots__ = ("_real", "_wall", "_zone", "high", "low")

    def __init__(self, real: Clock | AlwaysOpen, wall: Clock, zone: tzinfo) -> None:
        """The clock of instants, the clock of readings, and the zone that joins them."""
        self._real = real
        self._wall = wall
        self._zone = zone
        self.low = real.low
        self.high = real.high

    def elapsed(self, a: int, b: int) -> int:
        """The open time that the wall clock shows between two instants; nothing where it shows the end as earlier."""
        start, end = self._reading(a), self._reading(b)
        return self._wall.elapsed(start, end) if start < end else 0

    def forward(self, start: int, amount: int, *, past_closing: bool) -> int:
        """The first instant whose reading is `amount` of open time after that of `start`."""
        reading = self._wall.forward(self._reading(start), amount, past_closing=past_closing)
        first, second = self._instants(reading)
        at = first if first >= start else second
        if at > self.high:
            raise Unreached(self.high)
        return at

    def backward(self, start: int, amount: int, *, past_opening: bool) -> int:
        """The last instant whose reading is `amount` of open time before that of `start`."""
        reading = self._wall.backward(self._reading(start), amount, past_opening=past_opening)
        first, second = self._instants(reading)
        at = second if second <= start else first
        if at < self.low:
            raise Unreached(self.low)
        return at

    def is_open(self, at: int) -> bool:
        """Whether the instant is open."""
        return self._real.is_open(at)

    def next_open(self, at: int) -> int:
        """The first open instant at or after `at`."""
        return self._real.next_open(at)

    def next_close(self, at: int) -> int:
        """The first closing after `at`."""
        return self._real.next_close(at)

    def previous_open(self, at: int) -> int:
        """The last instant at or before `at` that is open or a closing."""
        return self._real.previous_open(at)

    def intervals(self, a: int, b: int) -> list[Interval]:
        """Every open interval in [a, b), in instants."""
        return self._real.intervals(a, b)

    def _reading(self, at: int) -> int:
        reading = at + offset_at(self._zone, at)
        return min(max(reading, self._wall.low), self._wall.high)

    def _instants(self, reading: int) -> tuple[int, int]:
        naive = _WALL_EPOCH + timedelta(microseconds=reading)
        return (
            from_local(naive, self._zone, gap="shift", overlap="first"),
            from_local(naive, self._zone, gap="shift", overlap="second"),
        )
