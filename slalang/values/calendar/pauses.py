"""A clock and the stretches on which it stands still go in; elapsed time and deadlines without them come out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from slalang.values import instant as instants
from slalang.values.calendar import errors
from slalang.values.calendar.clock import Unreached
from slalang.values.interval import Interval, clip, union
from slalang.values.time_error import TimeError
from slalang.values.zone import END

Instants = Iterable[tuple[datetime, datetime | None]]


def instant_of(moment: datetime, place: str) -> int:
    """An aware datetime in µs.

    Raises:
        CalendarError: `SLA-E0810`, not an instant; `SLA-E0824`, outside the years 0001 to 9999.
    """
    try:
        return instants.from_datetime(moment, place)
    except TimeError as bad:
        raise errors.as_calendar_error(bad) from None


class Running(Protocol):
    """What a clock on open hours can tell."""

    low: int
    high: int

    def elapsed(self, a: int, b: int) -> int:
        """The open time in [a, b)."""
        ...

    def forward(self, start: int, amount: int, *, past_closing: bool) -> int:
        """The first point at which the amount has passed."""
        ...

    def backward(self, start: int, amount: int, *, past_opening: bool) -> int:
        """The last point from which the amount passes."""
        ...

    def is_open(self, at: int) -> bool:
        """Whether the point is open."""
        ...

    def next_open(self, at: int) -> int:
        """The first open point at or after."""
        ...

    def next_close(self, at: int) -> int:
        """The first closing after."""
        ...

    def previous_open(self, at: int) -> int:
        """The last open point or closing at or before."""
        ...

    def intervals(self, a: int, b: int) -> list[Interval]:
        """The open intervals in [a, b)."""
        ...


def from_instants(pauses: Iterable[object]) -> list[Interval]:
    """Pauses as pairs of aware datetimes (end None: still open) as a union of intervals in µs.

    Raises:
        CalendarError: `SLA-E0812`, not a pair, or one that ends before it starts; `SLA-E0810`, not an instant.
    """
    found: list[Interval] = []
    for number, pause in enumerate(pauses):
        place = f"pauses[{number}]"
        if not isinstance(pause, (tuple, list)) or len(pause) != 2:
            raise errors.bad_pause("a pause is a start and an end", "停表应有开始和结束", place)
        start = instant_of(pause[0], f"{place}[0]")
        end = END if pause[1] is None else instant_of(pause[1], f"{place}[1]")
        if end < start:
            raise errors.bad_pause("the pause ends before it starts", "停表的结束早于开始", place)
        found.append((start, end))
    return union(found)


def from_us(pauses: Iterable[tuple[int, int | None]]) -> list[Interval]:
    """Pauses in µs (end None: still open) as a union of intervals.

    Raises:
        CalendarError: `SLA-E0812`, one that ends before it starts.
    """
    found: list[Interval] = []
    for number, (start, stop) in enumerate(pauses):
        end = END if stop is None else stop
        if end < start:
            raise errors.bad_pause(
                "the pause ends before it starts", "停表的结束早于开始", f"pauses[{number}]"
            )
        found.append((start, end))
    return union(found)


def elapsed(clock: Running, a: int, b: int, pauses: list[Interval]) -> int:
    """The open time in [a, b) outside the pauses."""
    stood = sum(clock.elapsed(start, end) for start, end in clip(pauses, a, b))
    return max(clock.elapsed(a, b) - stood, 0)


def forward(clock: Running, start: int, amount: int, pauses: list[Interval], *, past_closing: bool) -> int:
    """The first instant at which `amount` >= 0 has passed outside the pauses.

    With `past_closing` the clock must run again at the answer: a limit used up exactly where a pause begins then
    falls on the end of the pause, as one used up at closing time falls on the next opening.

    Raises:
        Unreached: the stretch ends first.
        StillPaused: a pause without an end comes first.
    """
    at, left = start, amount
    for pause_start, pause_end in pauses:
        if pause_end <= at:
            continue
        if pause_start >= clock.high:
            break
        if at < pause_start:
            here = clock.elapsed(at, pause_start)
            if here > left or (here == left and not past_closing):
                return (
                    clock.forward(at, left, past_closing=past_closing)
                    if left
                    else _running(clock, at, past_closing)
                )
            left -= here
        if pause_end >= clock.high:
            raise StillPaused(pause_start) if pause_end == END else Unreached(clock.high)
        at = pause_end
    return clock.forward(at, left, past_closing=past_closing) if left else _running(clock, at, past_closing)


def _running(clock: Running, at: int, past_closing: bool) -> int:
    return clock.next_open(at) if past_closing else at


def backward(clock: Running, start: int, amount: int, pauses: list[Interval], *, past_opening: bool) -> int:
    """The last instant from which `amount` > 0 passes up to `start` outside the pauses; `forward` seen in a mirror.

    Raises:
        Unreached: the stretch comes to its beginning first, or a pause that covers it.
    """
    at, left = start, amount
    for pause_start, pause_end in reversed(pauses):
        if pause_start >= at:
            continue
        if pause_end <= clock.low:
            break
        if pause_end < at:
            here = clock.elapsed(pause_end, at)
            if here > left or (here == left and not past_opening):
                return (
                    clock.backward(at, left, past_opening=past_opening) if left else clock.previous_open(at)
                )
            left -= here
        if pause_start <= clock.low:
            raise Unreached(clock.low)
        at = pause_start
    return clock.backward(at, left, past_opening=past_opening) if left else clock.previous_open(at)


class StillPaused(Exception):  # noqa: N818 - a signal inside the package, not an error of its own
    """A pause without an end stands between the start and the limit; `since` is its beginning."""

    def __init__(self, since: int) -> None:
        """Keep where it began."""
        self.since = since
        super().__init__(since)
