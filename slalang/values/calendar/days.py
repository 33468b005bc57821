"""Working days of a calendar: dates and counts go in; the n-th working day, how many lie between, and times of it come out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal, TypedDict, get_args

from slalang.values import instant as instants
from slalang.values.calendar import errors, reading
from slalang.values.calendar.clock import Unreached
from slalang.values.calendar.timetable import END_DAY
from slalang.values.zone import DAY, EPOCH_ORDINAL, as_date, offset_at

if TYPE_CHECKING:
    from slalang.values.calendar.stretches import Stretches
    from slalang.values.calendar.timeline import Timeline

ClosedStart = Literal["same_day", "next", "previous", "onward", "next_in_month", "previous_in_month", "error"]
Late = Literal["same_day", "next"]
TimeOfDay = Literal[
    "keep", "keep_then_open", "opening_if_moved", "opening", "closing", "start_of_day", "end_of_day"
]
Ends = Literal["start", "end", "both", "neither"]

# A calendar has a working day within this many dates or none at all that a count could mean.
_PATIENCE = 4000


class HowCounted(TypedDict, total=False):
    """The options of `add_working_days`."""

    closed_start: ClosedStart
    late: Late
    cutoff: str | time
    time: TimeOfDay


class WorkingDays:
    """A date is a working day if it exists in the zone and hours begin on it."""

    __slots__ = ("_stretches", "_timeline", "_zone")

    def __init__(self, timeline: Timeline, zone: tzinfo, stretches: Stretches) -> None:
        """The axis that knows the hours, the zone of the dates, and what is known."""
        self._timeline = timeline
        self._zone = zone
        self._stretches = stretches

    # -- dates -------------------------------------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether the date is a working day.

        Raises:
            CalendarError: `SLA-E0808`, a date that the calendar has no data for.
        """
        return self._is_working(plain(day).toordinal())

    def roll(self, day: date, how: ClosedStart, towards: int = 1) -> date:
        """The date itself where it is a working day; else where `how` moves it (`onward`: the way `towards` points)."""
        choose("start", how, get_args(ClosedStart))
        at = plain(day).toordinal()
        if how == "same_day" or self._is_working(at):
            return as_date(at)
        if how == "error":
            raise errors.not_working(as_date(at))
        if how == "onward" and not towards:
            return as_date(at)
        step = {"next": 1, "next_in_month": 1, "onward": 1 if towards > 0 else -1}.get(how, -1)
        found = self._step(at, step)
        if how.endswith("_in_month") and as_date(found).month != as_date(at).month:
            found = self._step(at, -step)
        return as_date(found)

    def add(self, day: date, count: int, start: ClosedStart = "same_day") -> date:
        """The date `count` working days after the start (before it where negative); the start's own day is not counted.

        A start that is no working day first counts as what `start` says. Zero gives that day.
        """
        if isinstance(count, bool) or not isinstance(count, int):
            raise errors.bad_shape(
                "a number of working days is whole", "工作日数应为整数", "count", "SLA-E0810"
            )
        at = self.roll(day, start, count).toordinal()
        if abs(count) >= END_DAY:
            raise errors.never_reached("the count passes the end of year 9999", "天数超出公元 9999 年底")
        for _ in range(abs(count)):
            at = self._step(at, 1 if count > 0 else -1)
        return as_date(at)

    def between(self, a: date, b: date, include: Ends = "end") -> int:
        """How many working days lie between two dates; `include` says whether each end itself may count.

        From a later to an earlier date the count is negative, and `start` and `end` keep their meaning.
        """
        choose("include", include, get_args(Ends))
        first, last = plain(a).toordinal(), plain(b).toordinal()
        sign = 1 if first <= last else -1
        low, high = min(first, last), max(first, last)
        with_low, with_high = include in {"start", "both"}, include in {"end", "both"}
        if sign < 0:
            with_low, with_high = with_high, with_low
        if low == high:
            return int(include == "both" and self._is_working(low))
        days = range(low if with_low else low + 1, high + 1 if with_high else high)
        return sign * sum(self._is_working(day) for day in days)

    def nth(self, first: date, last: date, number: int) -> date:
        """The n-th working day from `first` to `last`, both included; from the end where negative.

        Raises:
            CalendarError: `SLA-E0814`, there are not that many; `SLA-E0811`, zero.
        """
        low, high = plain(first).toordinal(), plain(last).toordinal()
        left = abs(number)
        for day in range(low, high + 1) if number > 0 else range(high, low - 1, -1):
            left -= self._is_working(day)
            if not left:
                return as_date(day)
        raise errors.CalendarError(
            "SLA-E0814",
            f"there is no working day number {number} from {first} to {last}",
            f"{first} 至 {last} 之间没有第 {number} 个工作日",
            place="number",
        )

    # -- times of a date ---------------------------------------------------------------------------------------------

    def opening(self, day: date) -> int:
        """The first open instant of the date's own hours, in µs."""
        return self._hours(day)[0][0]

    def closing(self, day: date) -> int:
        """The instant at which the date's own hours end for the last time, in µs; that of a night shift is the next date."""
        return self._hours(day)[-1][1]

    def add_to_instant(
        self,
        start: int,
        count: int,
        *,
        closed: ClosedStart,
        late: Late,
        cutoff: str | time | None,
        at: TimeOfDay,
    ) -> int:
        """The instant `count` working days after an instant; see `Calendar.add_working_days`."""
        choose("late", late, get_args(Late))
        choose("time", at, get_args(TimeOfDay))
        local = instants.as_datetime(start, self._zone)
        own = local.date()
        day = self.roll(own, closed, count)
        moved = day != own
        if not moved and late == "next" and self.is_working(own) and self._is_late(start, own, cutoff):
            day, moved = as_date(self._step(own.toordinal(), 1)), True
        found = self.add(day, count)
        if at == "opening" or (at == "opening_if_moved" and moved):
            return self.opening(found)
        if at == "closing":
            return self.closing(found)
        if at == "start_of_day":
            return instants.day_start(found, self._zone)
        if at == "end_of_day":
            return instants.day_start(found + timedelta(days=1), self._zone)
        kept = instants.from_local(
            datetime.combine(found, local.time().replace(fold=0)), self._zone, gap="next", overlap="first"
        )
        if found == own:
            kept = start
        if at != "keep_then_open":
            return kept
        try:
            clock = self._stretches.at(kept)
            return clock.next_open(kept) if count >= 0 else clock.previous_open(kept)
        except Unreached as none:
            raise self._stretches.unreached(none) from None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _is_late(self, start: int, day: date, cutoff: str | time | None) -> bool:
        """Whether the instant is after the date's cut-off, or after its last closing where there is none."""
        if cutoff is None:
            return start > self.closing(day)
        midnight = (day.toordinal() - EPOCH_ORDINAL) * DAY
        return start + offset_at(self._zone, start) - midnight > reading.time_of_day(cutoff, "cutoff")

    def _hours(self, day: date) -> list[tuple[int, int]]:
        self.is_working(day)
        hours = self._timeline.of_day(plain(day).toordinal())
        if not hours:
            raise errors.not_working(plain(day))
        return hours

    def _is_working(self, day: int) -> bool:
        self._stretches.check_day(day)
        return self._timeline.is_working(day)

    def _step(self, day: int, step: int) -> int:
        """The next working day in one direction."""
        at = day
        for _ in range(_PATIENCE):
            at += step
            if self._is_working(at):
                return at
        raise errors.never_reached(
            f"no working day follows within {_PATIENCE} dates of {as_date(day)}",
            f"{as_date(day)} 起 {_PATIENCE} 天内没有工作日",
        )


def plain(day: object) -> date:
    """A date, or a refusal of anything else.

    Raises:
        CalendarError: `SLA-E0810`.
    """
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    raise errors.bad_shape(
        "expected a date; an instant has a date only in a zone",
        "此处需要日期；时刻只有在某个时区中才有日期",
        "day",
        "SLA-E0810",
    )


def choose(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Refuse a value that is none of the choices.

    Raises:
        CalendarError: `SLA-E0811`.
    """
    if value not in choices:
        raise errors.bad_option(name, value, choices)
