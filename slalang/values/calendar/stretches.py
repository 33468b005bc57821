"""A calendar's axis goes in; out come its clocks, one for each stretch of dates known, and refusals outside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.values import instant as instants
from slalang.values.calendar import errors
from slalang.values.calendar.clock import AlwaysOpen, Clock, Unreached
from slalang.values.calendar.pauses import Running, StillPaused
from slalang.values.calendar.timeline import RealTime, Timeline, WallTime
from slalang.values.calendar.timetable import END_DAY, FIRST_DAY
from slalang.values.calendar.wall import WallClock
from slalang.values.interval import clip
from slalang.values.zone import DAY, END, FIRST, as_date

if TYPE_CHECKING:
    from datetime import tzinfo

    from slalang.values.calendar.conventions import Conventions


class Stretches:
    """Which clock answers for an instant, and what is said where none does."""

    __slots__ = ("_days", "clocks", "zone")

    def __init__(self, timeline: Timeline, zone: tzinfo, conventions: Conventions) -> None:
        """Make the clocks.

        Raises:
            CalendarError: `SLA-E0807`, nothing is ever open.
        """
        self.zone = zone
        self._days = timeline.known_days()
        self.clocks = _clocks(timeline, zone, conventions)
        if not _is_ever_open(timeline, self.clocks):
            raise errors.never_open()

    def at(self, instant: int) -> Running:
        """The clock of the stretch that holds the instant itself, not only as its end."""
        for clock in self.clocks:
            if clock.low <= instant < clock.high:
                return clock
        raise self._unknown(instant)

    def over(self, a: int, b: int) -> Running:
        """The clock of the stretch that holds all of [a, b); its own end is within."""
        best: Running | None = None
        for clock in self.clocks:
            if clock.low <= a <= b <= clock.high:
                # Where one stretch ends and b is that end, the earlier one; an instant alone belongs to the later.
                best = clock
                if a < clock.high:
                    return clock
        if best is not None:
            return best
        for clock in self.clocks:
            if clock.low <= a < clock.high:
                raise self._unknown(clock.high)
        raise self._unknown(a)

    def check_day(self, day: int) -> None:
        """Refuse a date, given as its ordinal, that the calendar has no data for.

        Raises:
            CalendarError: `SLA-E0808`; `SLA-E0809` outside the years 0001 to 9999.
        """
        for first, end in self._days:
            if first <= day < end:
                return
        if not FIRST_DAY <= day < END_DAY:
            raise errors.never_reached(
                "the count leaves the years 0001 to 9999", "天数超出公元 1 年至 9999 年的范围"
            )
        known = ", ".join(f"{as_date(first)} – {as_date(end - 1)}" for first, end in self._days)
        raise errors.unknown_date(as_date(day), known)

    def unreached(self, none: Unreached | StillPaused) -> errors.CalendarError:
        """What to say where a search came to the end of what is known, or of a pause without an end."""
        if isinstance(none, StillPaused):
            shown = self.shown(none.since)
            return errors.never_reached(
                f"the clock has stood still since {shown} without an end", f"时钟自 {shown} 起停表，没有结束"
            )
        if any(none.edge == clock.low != FIRST for clock in self.clocks):
            return self._unknown(none.edge - 1)
        if any(none.edge == clock.high != END for clock in self.clocks):
            return self._unknown(none.edge)
        return errors.never_reached(
            "the calendar has not that much open time up to the end of year 9999 (or back to year 1)",
            "直到公元 9999 年底（或回溯至公元 1 年）该日历都没有这么多开放时间",
        )

    def shown(self, instant: int) -> str:
        """An instant for a message, in the calendar's zone."""
        return instants.format(min(max(instant, FIRST + DAY), END - DAY - 1), self.zone)

    def _unknown(self, instant: int) -> errors.CalendarError:
        if not FIRST <= instant < END:
            return errors.as_calendar_error(instants.outside(f"{instant} µs"))
        day = self.shown(instant)[:10]
        known = ", ".join(
            f"{self.shown(clock.low)[:10]} – {self.shown(clock.high - 1)[:10]}" for clock in self.clocks
        )
        return errors.unknown_date(day, known)


def _clocks(timeline: Timeline, zone: tzinfo, conventions: Conventions) -> tuple[Running, ...]:
    always = isinstance(timeline, RealTime) and timeline.table.is_always()
    made: list[Running] = []
    for low, high in timeline.known():
        real = AlwaysOpen(timeline, low, high) if always else Clock(timeline, low, high)
        if conventions.clock_change == "real":
            made.append(real)
            continue
        assert isinstance(timeline, RealTime)
        made.append(WallClock(real, _readings(WallTime(timeline.table), low, high), zone))
    return tuple(made)


def _readings(wall: WallTime, low: int, high: int) -> Clock:
    """The wall's clock that goes with a stretch of real time: their ends differ by an offset of less than two days."""
    found = [(a, b) for a, b in wall.known() if a <= low + 2 * DAY and b >= high - 2 * DAY]
    return Clock(wall, *found[0])


def _is_ever_open(timeline: Timeline, clocks: tuple[Running, ...]) -> bool:
    """Look for one open instant: in the years spoken of, then in a century of ours."""
    years = sorted(timeline.years_spoken_of())
    for year in [*years, *(year + 1 for year in years if year < 9999), *range(2000, 2100)]:
        hours = timeline.year(year)
        if any(clip(hours, clock.low, clock.high) for clock in clocks):
            return True
    return False
