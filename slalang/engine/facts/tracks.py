"""Changes of a signal go in, in time order; its value at an instant of the past and its change points come out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any


class Track:
    """The history of one signal of one subject: a step function. Only signals that are read in the past keep one."""

    __slots__ = ("events", "initial", "times", "values")

    def __init__(self, initial: Any) -> None:
        """Start with the value before any event."""
        self.initial = initial
        self.times: list[int] = []
        self.values: list[Any] = []
        self.events: list[str] = []

    def put(self, at: int, value: Any, event: str) -> None:
        """Record a value that holds from `at` on; the last one put at an instant is the one that holds."""
        self.times.append(at)
        self.values.append(value)
        self.events.append(event)

    def at(self, instant: int) -> Any:
        """The value that holds at an instant, after all that happened then."""
        i = bisect_right(self.times, instant)
        return self.values[i - 1] if i else self.initial

    def points(self, start: int, end: int) -> list[int]:
        """The instants in [start, end) at which a value was put."""
        return self.times[bisect_left(self.times, start) : bisect_left(self.times, end)]

    def event_at(self, instant: int) -> str:
        """The event that made the value that holds at an instant."""
        i = bisect_right(self.times, instant)
        return self.events[i - 1] if i else ""
