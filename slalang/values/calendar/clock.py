"""Open intervals of an axis go in; out come elapsed open time, deadlines and the next opening, as exact integers.

`W(t)` is the open time from the start of a window of years up to t; it is piecewise linear, so one bisection finds
it and another its inverse. The window grows by whole years when a question leaves it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from slalang.values.interval import Interval, clip, total, union
from slalang.values.zone import END, FIRST, year_of, year_start

if TYPE_CHECKING:
    from slalang.values.calendar.timeline import Timeline

# A window past this many intervals (some 400 years of two shifts a day) is not grown: years are added up one by one.
_WIDEST = 200_000
# A question further than this many years from the window begins a new one.
_NEAR = 60


class Unreached(Exception):  # noqa: N818 - a signal inside the package, not an error of its own
    """No point of the axis answers; `edge` is where the clock's knowledge ends."""

    def __init__(self, edge: int) -> None:
        """Keep the edge."""
        self.edge = edge
        super().__init__(edge)


class Clock:
    """The clock of one stretch [low, high) of an axis. All points are µs; `low <= a <= b <= high` is the caller's part."""

    __slots__ = (
        "_cum",
        "_done",
        "_ends",
        "_first",
        "_first_open",
        "_last",
        "_last_open",
        "_most",
        "_opens",
        "_years",
        "from_",
        "high",
        "low",
        "timeline",
        "to",
    )

    def __init__(self, timeline: Timeline, low: int, high: int) -> None:
        """Nothing is computed before the first question."""
        self.timeline = timeline
        self.low = low
        self.high = high
        self._first_open, self._last_open = timeline.open_years()
        self._most = timeline.most_a_year()
        self._years: dict[int, list[Interval]] = {}
        self._first = self._last = 0  # the window's years, the last not included
        self.from_ = self.to = low  # the window on the axis
        self._opens: list[int] = [low]
        self._ends: list[int] = [low]
        self._cum: list[int] = [0]  # open time before an interval
        self._done: list[int] = [0]  # open time up to its end

    # -- questions ---------------------------------------------------------------------------------------------------

    def elapsed(self, a: int, b: int) -> int:
        """The open time in [a, b)."""
        if (a < self.from_ or b > self.to) and not self._cover(a, b):
            return self._elapsed_over_years(a, b)
        return self._worked(b) - self._worked(a)

    def is_open(self, at: int) -> bool:
        """Whether the point is open; an interval's end is not."""
        self._reach(at)
        return at < self._ends[bisect_right(self._opens, at) - 1]

    def forward(self, start: int, amount: int, *, past_closing: bool) -> int:
        """The first point at which `amount` > 0 of open time has passed since `start`.

        A clock that is used up exactly at a closing stands there; with `past_closing` at the next opening.

        Raises:
            Unreached: not before the stretch ends.
        """
        if amount > self.high - start:
            raise Unreached(self.high)
        self._reach(start)
        done = self._done
        target = self._worked(start) + amount
        while done[-1] < target or (past_closing and done[-1] == target):
            if (
                self.to >= self.high
                or self._last > self._last_open
                or self._is_hopeless(target - done[-1], later=True)
            ):
                raise Unreached(self.high)
            if not self._grow(later=True):
                return self._forward_over_years(start, amount, past_closing=past_closing)
            done = self._done
            target = self._worked(start) + amount
        i = bisect_right(done, target) if past_closing else bisect_left(done, target)
        return self._opens[i] + target - self._cum[i]

    def backward(self, start: int, amount: int, *, past_opening: bool) -> int:
        """The last point from which `amount` > 0 of open time passes up to `start`.

        Used up exactly at an opening it is that opening; with `past_opening` the closing before it.

        Raises:
            Unreached: not after the stretch begins.
        """
        if amount > start - self.low:
            raise Unreached(self.low)
        self._reach(start)
        target = self._worked(start) - amount
        while target < 0 or (past_opening and target == 0):
            if (
                self.from_ <= self.low
                or self._first <= self._first_open
                or self._is_hopeless(-target, later=False)
            ):
                raise Unreached(self.low)
            if not self._grow(later=False):
                return self._backward_over_years(start, amount, past_opening=past_opening)
            target = self._worked(start) - amount
        i = bisect_left(self._done, target) if past_opening else bisect_right(self._cum, target) - 1
        return self._opens[i] + target - self._cum[i]

    def next_open(self, at: int) -> int:
        """The first open point at or after `at`.

        Raises:
            Unreached: none before the stretch ends.
        """
        self._reach(at)
        while True:
            i = bisect_right(self._ends, at)
            if i < len(self._opens):
                return max(self._opens[i], at)
            self._grow_or_stop(later=True)

    def next_close(self, at: int) -> int:
        """The first point after `at` at which an open interval ends.

        Raises:
            Unreached: none within the stretch.
        """
        self._reach(at)
        while True:
            i = bisect_right(self._ends, at)
            # An interval that touches the window's edge may run on beyond it.
            if i < len(self._ends) and (self._ends[i] < self.to or self.to >= self.high):
                return self._ends[i]
            self._grow_or_stop(later=True)

    def previous_open(self, at: int) -> int:
        """The last point at or before `at` that is open or at which an open interval ends.

        Raises:
            Unreached: none within the stretch.
        """
        self._reach(at)
        while True:
            i = bisect_left(self._opens, at) - 1
            if i > 0:
                return min(self._ends[i], at)
            self._grow_or_stop(later=False)

    def intervals(self, a: int, b: int) -> list[Interval]:
        """Every open interval in [a, b), cut to it."""
        if a >= b:
            return []
        if (a < self.from_ or b > self.to) and not self._cover(a, b):
            years = range(year_of(a), year_of(b - 1) + 1)
            return clip(union(*(self._year(year) for year in years)), a, b)
        i, j = bisect_right(self._ends, a), bisect_left(self._opens, b)
        return clip(zip(self._opens[i:j], self._ends[i:j], strict=True), a, b)

    # -- the window --------------------------------------------------------------------------------------------------

    def _worked(self, at: int) -> int:
        i = bisect_right(self._opens, at) - 1
        end = self._ends[i]
        return self._cum[i] + (min(end, at)) - self._opens[i]

    def _year(self, year: int) -> list[Interval]:
        return clip(self.timeline.year(year), self.low, self.high)

    def _reach(self, at: int) -> None:
        if at < self.from_ or (at >= self.to and self.to < self.high):
            self._cover(at, at)

    def _cover(self, a: int, b: int) -> bool:
        """Grow the window to hold [a, b], or begin a new one there; False where even that would be too wide."""
        first, last = _year(a, self), _year(b, self) + 1
        if self._first < self._last:
            joined = min(first, self._first), max(last, self._last)
            if joined[1] - joined[0] <= _NEAR and self._span(*joined):
                return True
        self._forget()
        return self._span(first, last)

    def _grow(self, *, later: bool) -> bool:
        """Double the window to one side, within the stretch; False where that would make it too wide."""
        step = self._last - self._first
        if later:
            return self._span(self._first, min(self._last + step, _year(self.high - 1, self) + 1))
        return self._span(max(self._first - step, _year(self.low, self)), self._last)

    def _is_hopeless(self, left: int, *, later: bool) -> bool:
        """Whether all years beyond the window together cannot have that much open time."""
        years = _year(self.high - 1, self) + 1 - self._last if later else self._first - _year(self.low, self)
        return left > years * self._most

    def _grow_or_stop(self, *, later: bool) -> None:
        edge = self.high if later else self.low
        over = self.to >= edge or self._last > self._last_open
        if over if later else self.from_ <= edge or self._first <= self._first_open:
            raise Unreached(edge)
        if not self._grow(later=later):
            # Keep only the near end of the window and go on from there.
            kept = self._last - 1 if later else self._first
            self._forget()
            self._span(kept + 1, kept + 2) if later else self._span(kept - 1, kept)

    def _span(self, first: int, last: int) -> bool:
        held = sum(len(found) for found in self._years.values())
        fresh: dict[int, list[Interval]] = {}
        for year in range(first, last):
            if year not in self._years:
                fresh[year] = self._year(year)
                held += len(fresh[year])
                if held > _WIDEST and last - first > 1:
                    return False
        self._years.update(fresh)
        self._first, self._last = first, last
        self.from_ = max(year_start(first), self.low)
        self.to = min(year_start(last), self.high)
        whole = union(*(self._years[year] for year in range(first, last)))
        # A first interval of no length stands for everything before the first opening.
        self._opens = [self.from_] + [opens for opens, _ in whole]
        self._ends = [self.from_] + [closes for _, closes in whole]
        self._cum, self._done, so_far = [0], [0], 0
        for opens, closes in whole:
            self._cum.append(so_far)
            so_far += closes - opens
            self._done.append(so_far)
        return True

    # -- far questions, a year at a time -----------------------------------------------------------------------------

    def _elapsed_over_years(self, a: int, b: int) -> int:
        years = range(_year(a, self), _year(b, self) + 1)
        return sum(total(clip(self.timeline.year(year), a, b)) for year in years)

    def _forward_over_years(self, start: int, amount: int, *, past_closing: bool) -> int:
        left = amount
        for year in range(_year(start, self), min(_year(self.high - 1, self), self._last_open) + 1):
            here = total(clip(self._year(year), start, END))
            if here > left or (here == left and not past_closing):
                self._forget()
                begin = max(start, year_start(year))
                return self.forward(begin, left, past_closing=past_closing) if left else self.next_open(begin)
            left -= here
        raise Unreached(self.high)

    def _backward_over_years(self, start: int, amount: int, *, past_opening: bool) -> int:
        left = amount
        for year in range(_year(start, self), max(_year(self.low, self), self._first_open) - 1, -1):
            here = total(clip(self._year(year), FIRST, start))
            if here > left or (here == left and not past_opening):
                self._forget()
                begin = min(start, year_start(year + 1))
                return (
                    self.backward(begin, left, past_opening=past_opening)
                    if left
                    else self.previous_open(begin)
                )
            left -= here
        raise Unreached(self.low)

    def _forget(self) -> None:
        """Drop the window, so that the next question begins a new one where it is asked."""
        self._years.clear()
        self._first = self._last = 0
        self.from_ = self.to = self.low


def _year(at: int, clock: Clock) -> int:
    """The year of a point, where the stretch's end counts as its last point."""
    return year_of(min(max(at, clock.low), clock.high - 1))


class AlwaysOpen:
    """The clock of a calendar that never closes: open time is time."""

    __slots__ = ("high", "low", "timeline")

    def __init__(self, timeline: Timeline, low: int, high: int) -> None:
        """The stretch on which it may be asked."""
        self.timeline = timeline
        self.low = low
        self.high = high

    def elapsed(self, a: int, b: int) -> int:
        """The time in [a, b)."""
        return b - a

    def is_open(self, at: int) -> bool:
        """True within the stretch."""
        return self.low <= at < self.high

    def forward(self, start: int, amount: int, *, past_closing: bool) -> int:
        """`start` + `amount`."""
        at = start + amount
        if at > self.high or (past_closing and at == self.high):
            raise Unreached(self.high)
        return at

    def backward(self, start: int, amount: int, *, past_opening: bool) -> int:
        """`start` - `amount`."""
        at = start - amount
        if at < self.low or (past_opening and at == self.low):
            raise Unreached(self.low)
        return at

    def next_open(self, at: int) -> int:
        """The point itself."""
        if at >= self.high:
            raise Unreached(self.high)
        return at

    def next_close(self, at: int) -> int:
        """Never within the stretch."""
        raise Unreached(max(self.high, at))

    def previous_open(self, at: int) -> int:
        """The point itself."""
        if at <= self.low:
            raise Unreached(self.low)
        return at

    def intervals(self, a: int, b: int) -> list[Interval]:
        """The whole of [a, b)."""
        return [(a, b)] if a < b else []
