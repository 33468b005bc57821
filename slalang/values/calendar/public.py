"""`Calendar`: opening hours of a zone as an object that tells elapsed time, deadlines and working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal, Unpack, overload

from slalang.values import instant as instants
from slalang.values import tables
from slalang.values.calendar import errors, reading
from slalang.values.calendar import pauses as still
from slalang.values.calendar.clock import Unreached
from slalang.values.calendar.conventions import Conventions, Options
from slalang.values.calendar.days import ClosedStart, Ends, HowCounted, WorkingDays
from slalang.values.calendar.pauses import Instants, StillPaused
from slalang.values.calendar.stretches import Stretches
from slalang.values.calendar.timeline import Joined, RealTime, Timeline
from slalang.values.calendar.timetable import Timetable, each_date_for_itself
from slalang.values.time_error import TimeError
from slalang.values.zone import DAY

if TYPE_CHECKING:
    from slalang.values.interval import Interval


PausesUs = Iterable[tuple[int, int | None]]


class Calendar:
    """When time counts: hours of the week in a time zone, with holidays, overrides and breaks.

    Instants are aware datetimes; methods whose names end in `_us` take and give integer µs since the epoch (UTC)
    instead. Open hours are half-open: a calendar is open at 09:00 and closed at 17:00. A calendar never changes.

    A datetime that a method gives is in the calendar's local time. It carries the calendar's own zone where `start`
    carried that same zone, and a plain UTC offset else: Python never calls a time in a zone's repeated hour equal to
    the same instant in another zone (PEP 495), while a time with a plain offset equals itself in UTC.
    """

    __slots__ = ("_clock", "_days", "_stretches", "conventions", "timeline", "zone")

    def __init__(self, timeline: Timeline, zone: tzinfo, conventions: Conventions) -> None:
        """Use `Calendar.from_dict` or another of the constructors."""
        self.timeline = timeline
        self.zone = zone
        self.conventions = conventions
        self._stretches = Stretches(timeline, zone, conventions)
        self._clock = self._stretches.clocks[0]
        self._days = WorkingDays(timeline, zone, self._stretches)

    # -- making one --------------------------------------------------------------------------------------------------

    @classmethod
    def from_dict(
        cls,
        given: Mapping[str, object],
        **options: Unpack[Options],
    ) -> Calendar:
        """A calendar from its dictionary.

        Keys: `zone` (IANA name or offset, required); `weekly`, weekday to hours (`mon` to `sun`, full names or 周一 to
        周日; a missing weekday is closed); `holidays`, dates that are closed unless overridden; `overrides`, date to the
        hours it has instead (none: closed); `breaks`, date to hours taken from whatever is open then; `valid_from` and
        `valid_to`, first and last date; `years`, the years whose holidays are known. Hours are pairs such as
        `["09:00", "17:30"]`, `["00:00", "24:00"]`, `["22:00", "06:00+1"]`; several a day are a union.

        Instead of hours and dates: `union` or `intersection`, a list of such dictionaries, of which any or all are open.

        Options: see `Conventions`.

        Raises:
            CalendarError: what cannot be taken, with its place; also a calendar that is never open.
        """
        choices = Conventions(**options)
        how = reading.joined(given)
        if how is not None:
            first, *others = (cls.from_dict(part, **options) for part in reading.parts(given, how))
            made = first.union(*others) if how == "union" else first.intersection(*others)
            return cls(made.timeline, reading.zone_of(given["zone"]), choices)
        read = reading.from_dict(given)
        return cls.from_timetable(read.table, read.zone, choices)

    @classmethod
    def from_timetable(
        cls, table: Timetable, zone: tzinfo, conventions: Conventions | None = None
    ) -> Calendar:
        """A calendar from a timetable already read."""
        choices = conventions or Conventions()
        if choices.overnight == "clock_date":
            table = each_date_for_itself(table)
        return cls(RealTime(table, zone), zone, choices)

    @classmethod
    def always(cls, zone: str = "UTC") -> Calendar:
        """The calendar that never closes (24x7); every date of it is a working day."""
        return cls.from_timetable(Timetable(weekly=(((0, DAY),),) * 7), reading.zone_of(zone))

    @classmethod
    def from_days(
        cls,
        zone: str,
        days: Iterable[str] = ("mon", "tue", "wed", "thu", "fri"),
        *,
        holidays: Iterable[object] = (),
        working: Iterable[object] = (),
        years: Iterable[int] | None = None,
    ) -> Calendar:
        """Working days without hours: each counts from 00:00 to 24:00; `working` are make-up days."""
        whole = [["00:00", "24:00"]]
        given: dict[str, object] = {
            "zone": zone,
            "weekly": dict.fromkeys(days, whole),
            "holidays": list(holidays),
            "overrides": dict.fromkeys(working, whole),
        }
        if years is not None:
            given["years"] = list(years)
        return cls.from_dict(given)

    @classmethod
    def for_country(
        cls,
        country: str,
        *,
        zone: str,
        weekly: Mapping[str, object],
        make_up_hours: Sequence[Sequence[str]] | None = None,
        years: Sequence[int] | None = None,
        closed: Sequence[tables.Kind] = tables.KINDS,
        **options: Unpack[Options],
    ) -> Calendar:
        """A calendar with the bundled holidays of `CN` or `US` (federal); see `tables.as_dictionary`.

        Raises:
            CalendarError: `SLA-E0831` no such table, `SLA-E0832` a year that is not in it, `SLA-E0833` hours of make-up
                days missing, and whatever `from_dict` refuses.
        """
        try:
            given = tables.as_dictionary(
                country, zone=zone, weekly=weekly, make_up_hours=make_up_hours, years=years, closed=closed
            )
        except TimeError as bad:
            raise errors.as_calendar_error(bad) from None
        return cls.from_dict(given, **options)

    def union(self, *others: Calendar) -> Calendar:
        """Open where this or any of the others is; asked only where all are known. Zone and options are this one's."""
        return self._joined(others, "union")

    def intersection(self, *others: Calendar) -> Calendar:
        """Open where this and all of the others are. Zone and options are this one's.

        Raises:
            CalendarError: `SLA-E0807`, never open together.
        """
        return self._joined(others, "intersection")

    def _joined(self, others: tuple[Calendar, ...], how: Literal["union", "intersection"]) -> Calendar:
        if self.conventions.clock_change == "wall":
            raise errors.bad_shape(
                "calendars are joined on real time only",
                "只有按真实时间计的日历才能合并",
                "clock_change",
                "SLA-E0811",
            )
        timeline = Joined((self.timeline, *(other.timeline for other in others)), how)
        return Calendar(timeline, self.zone, self.conventions)

    # -- the clock, in datetimes -------------------------------------------------------------------------------------

    def is_open(self, instant: datetime) -> bool:
        """Whether the instant lies in open hours."""
        return self.is_open_us(still.instant_of(instant, "instant"))

    def elapsed(self, start: datetime, end: datetime, pauses: Instants = ()) -> timedelta:
        """The open time in [start, end) that lies in no pause.

        Pauses are (start, end) pairs, half-open, in any order and overlapping as they like; an end of None is still
        open. An end before the start gives what the option `reversed` says.
        """
        a, b = still.instant_of(start, "start"), still.instant_of(end, "end")
        return timedelta(microseconds=self._elapsed(a, b, still.from_instants(pauses)))

    def deadline(self, start: datetime, duration: timedelta, pauses: Instants = ()) -> datetime:
        """The first instant at which `duration` of open time outside the pauses has passed since `start`.

        A negative duration counts backward: the last instant from which that much passes up to `start`. Exactly at a
        closing, and with no time at all, the options `at_close` and `zero` decide.

        Raises:
            CalendarError: `SLA-E0808` beyond the dates known, `SLA-E0809` never reached.
        """
        if not isinstance(duration, timedelta):
            raise errors.bad_shape(
                "a duration is a `timedelta`", "时长应为 `timedelta`", "duration", "SLA-E0810"
            )
        at = still.instant_of(start, "start")
        found = self._deadline(at, instants.microseconds(duration), still.from_instants(pauses))
        return self.as_datetime(found, start.tzinfo)

    def next_open(self, instant: datetime) -> datetime:
        """The instant itself where open, else the next opening."""
        return self.as_datetime(self.next_open_us(still.instant_of(instant, "instant")), instant.tzinfo)

    def next_close(self, instant: datetime) -> datetime:
        """The first closing after the instant."""
        return self.as_datetime(self.next_close_us(still.instant_of(instant, "instant")), instant.tzinfo)

    def previous_open(self, instant: datetime) -> datetime:
        """The instant itself where open or a closing, else the closing before; from an opening, the closing before."""
        return self.as_datetime(self.previous_open_us(still.instant_of(instant, "instant")), instant.tzinfo)

    def as_datetime(self, at: int, like: tzinfo | None = None) -> datetime:
        """µs as a datetime in the calendar's local time; with the zone itself where `like` is it (see the class)."""
        moment = instants.as_datetime(at, self.zone)
        if like is self.zone:
            return moment
        offset = moment.utcoffset() or timedelta(0)
        return instants.with_offset(moment, offset)

    # -- working days ------------------------------------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Whether hours of the calendar begin on the date (after holidays, overrides and breaks)."""
        return self._days.is_working(day)

    def next_working_day(self, day: date) -> date:
        """The first working day after the date."""
        return self._days.add(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before the date."""
        return self._days.add(day, -1)

    def roll(self, day: date, how: ClosedStart = "next") -> date:
        """The date where it is a working day, else where `how` moves it: see `add_working_days`."""
        return self._days.roll(day, how)

    @overload
    def add_working_days(self, start: datetime, count: int, **how: Unpack[HowCounted]) -> datetime: ...
    @overload
    def add_working_days(self, start: date, count: int, **how: Unpack[HowCounted]) -> date: ...
    def add_working_days(self, start: date, count: int, **how: Unpack[HowCounted]) -> date:
        """The `count`-th working day after the start, before it where negative; a date gives a date, an instant an instant.

        The start's own day is never counted. The options, and first their defaults:

        - `closed_start`, a start on a day that is no working day: `same_day` (it counts from that day, so one working
          day after a Saturday is Monday), `next` or `previous` (moved to that working day first: Tuesday after a
          Saturday), `onward` (moved the way that is counted, for zero not at all), `next_in_month` and
          `previous_in_month` (moved that way unless it leaves the month, then the other), `error`.
        - `late`, an instant after the last closing of a working day, or after `cutoff` (`"16:00"`) where one is given;
          exactly then is in time: `same_day`, or `next` (counts as the next working day).
        - `time`, the time of day of the result: `keep` (the start's on the clock; where the clocks skip it the first
          that exists, where they show it twice the first), `keep_then_open` (kept, then the next opening if that is
          closed; the closing before when counting back), `opening_if_moved` (the opening if the start was moved, else
          kept), `opening`, `closing`, `start_of_day`, `end_of_day` (24:00).

        Raises:
            CalendarError: `SLA-E0808` a date without data, `SLA-E0814` a closed start under `error`.
        """
        closed = how.get("closed_start", "same_day")
        if not isinstance(start, datetime):
            return self._days.add(start, count, closed)
        found = self._days.add_to_instant(
            still.instant_of(start, "start"),
            count,
            closed=closed,
            late=how.get("late", "same_day"),
            cutoff=how.get("cutoff"),
            at=how.get("time", "keep"),
        )
        return self.as_datetime(found, start.tzinfo)

    def working_days_between(self, a: date, b: date, include: Ends = "end") -> int:
        """How many working days lie between two dates; instants stand for their local dates.

        `include` says which of the two may itself count: `end` (the inverse of `add_working_days`), `start`, `both`,
        `neither`. From a later to an earlier date the number is negative and the two keep their names.
        """
        return self._days.between(self._local_date(a), self._local_date(b), include)

    def nth_working_day(self, first: date, last: date, number: int) -> date:
        """The n-th working day from `first` to `last`, both included; counted from the end where negative."""
        return self._days.nth(first, last, number)

    def opening(self, day: date) -> datetime:
        """The first open instant of a working day's own hours, in the calendar's zone."""
        return self.as_datetime(self.opening_us(day), self.zone)

    def closing(self, day: date) -> datetime:
        """The end of a working day's own hours (on a later date for a night shift), in the calendar's zone."""
        return self.as_datetime(self.closing_us(day), self.zone)

    def _local_date(self, day: date) -> date:
        return day.astimezone(self.zone).date() if isinstance(day, datetime) and day.tzinfo else day

    # -- the clock, in microseconds ----------------------------------------------------------------------------------

    def is_open_us(self, at: int) -> bool:
        """Whether the instant lies in open hours."""
        return self._stretches.at(at).is_open(at)

    def elapsed_us(self, a: int, b: int, pauses: PausesUs = ()) -> int:
        """The open time in [a, b) outside the pauses."""
        clock = self._clock
        if not pauses and clock.low <= a <= b <= clock.high:
            return clock.elapsed(a, b)
        return self._elapsed(a, b, still.from_us(pauses))

    def deadline_us(self, start: int, amount: int, pauses: PausesUs = ()) -> int:
        """The first instant at which the amount has passed since `start`; backward where it is negative."""
        return self._deadline(start, amount, still.from_us(pauses) if pauses else [])

    def next_open_us(self, at: int) -> int:
        """The instant itself where open, else the next opening."""
        try:
            return self._stretches.over(at, at).next_open(at)
        except Unreached as none:
            raise self._stretches.unreached(none) from None

    def next_close_us(self, at: int) -> int:
        """The first closing after the instant."""
        try:
            return self._stretches.over(at, at).next_close(at)
        except Unreached as none:
            raise self._stretches.unreached(none) from None

    def previous_open_us(self, at: int) -> int:
        """The instant itself where open or a closing, else the closing before it."""
        try:
            return self._stretches.over(at, at).previous_open(at)
        except Unreached as none:
            raise self._stretches.unreached(none) from None

    def opening_us(self, day: date) -> int:
        """The first open instant of a working day's own hours."""
        return self._days.opening(day)

    def closing_us(self, day: date) -> int:
        """The end of a working day's own hours."""
        return self._days.closing(day)

    def open_intervals(self, a: int, b: int) -> list[Interval]:
        """Every open stretch in [a, b), in µs, cut to it."""
        return self._stretches.over(a, b).intervals(a, b) if a < b else []

    # -- inside ------------------------------------------------------------------------------------------------------

    def _elapsed(self, a: int, b: int, pauses: list[Interval]) -> int:
        if a > b:
            if self.conventions.reversed == "error":
                raise errors.backwards(self._stretches.shown(a), self._stretches.shown(b))
            clock = self._stretches.over(b, a)
            return 0 if self.conventions.reversed == "zero" else -still.elapsed(clock, b, a, pauses)
        return still.elapsed(self._stretches.over(a, b), a, b, pauses)

    def _deadline(self, start: int, amount: int, pauses: list[Interval]) -> int:
        clock = (
            self._clock if self._clock.low <= start < self._clock.high else self._stretches.over(start, start)
        )
        far = self.conventions.at_close == "next_opening"
        try:
            if amount > 0:
                if not pauses:
                    return clock.forward(start, amount, past_closing=far)
                return still.forward(clock, start, amount, pauses, past_closing=far)
            if amount < 0:
                if not pauses:
                    return clock.backward(start, -amount, past_opening=far)
                return still.backward(clock, start, -amount, pauses, past_opening=far)
            if self.conventions.zero == "stay":
                return start
            return still.forward(clock, start, 0, pauses, past_closing=True)
        except (Unreached, StillPaused) as none:
            raise self._stretches.unreached(none) from None
