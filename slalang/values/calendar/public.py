"""`Calendar`: opening hours of a zone as an object that tells elapsed time, deadlines and working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Literal, TYPE_CHECKING

from slalang.values import instant as instants
from slalang.values.calendar import errors, reading
from slalang.values.calendar import pauses as still
from slalang.values.calendar.clock import Unreached
from slalang.values.calendar.conventions import AtClose, ClockChange, Conventions, Overnight, Reversed, Zero
from slalang.values.calendar.pauses import Instants, StillPaused
from slalang.values.calendar.stretches import Stretches
from slalang.values.calendar.timeline import Joined, RealTime, Timeline
from slalang.values.calendar.timetable import Timetable, each_date_for_itself
from slalang.values.zone import DAY, load

if TYPE_CHECKING:
    from slalang.values.interval import Interval

PausesUs = Iterable[tuple[int, int | None]]


class Calendar:
    """When time counts: hours of the week in a time zone, with holidays, overrides and breaks.

    Instants are aware datetimes; methods whose names end in `_us` take and give integer µs since the epoch (UTC)
    instead. Open hours are half-open: a calendar is open at 09:00 and closed at 17:00. A calendar never changes.

    A datetime that a method gives is in the calendar's local time. It carries the calendar's own zone where `start`
    carried that same zone, and a plain UTC offset else: Python calls two equal instants unequal when they are in
    different zones and one of them lies in a repeated hour (PEP 495), but not when one has a plain offset.
    """

    __slots__ = ("_clock", "_stretches", "conventions", "timeline", "zone")

    def __init__(self, timeline: Timeline, zone: tzinfo, conventions: Conventions) -> None:
        """Use `Calendar.from_dict` or another of the constructors."""
        self.timeline = timeline
        self.zone = zone
        self.conventions = conventions
        self._stretches = Stretches(timeline, zone, conventions)
        self._clock = self._stretches.clocks[0]

    # -- making one --------------------------------------------------------------------------------------------------

    @classmethod
    def from_dict(
        cls,
        given: Mapping[str, object],
        *,
        at_close: AtClose = "closing",
        zero: Zero = "stay",
        clock_change: ClockChange = "real",
        reversed: Reversed = "zero",  # noqa: A002 - the name that contracts and papers use
        overnight: Overnight = "start_date",
    ) -> Calendar:
        """A calendar from its dictionary.

        Keys: `zone` (IANA name or offset, required); `weekly`, weekday to hours (`mon` to `sun`, full names or 周一 to
        周日; a missing weekday is closed); `holidays`, dates that are closed unless overridden; `overrides`, date to the
        hours it has instead (none: closed); `breaks`, date to hours taken from whatever is open then; `valid_from` and
        `valid_to`, first and last date; `years`, the years whose holidays are known. Hours are pairs such as
        `["09:00", "17:30"]`, `["00:00", "24:00"]`, `["22:00", "06:00+1"]`; several a day are a union.

        Options: see `Conventions`.

        Raises:
            CalendarError: what cannot be taken, with its place; also a calendar that is never open.
        """
        choices = Conventions(at_close, zero, clock_change, reversed, overnight)
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
        return cls.from_timetable(Timetable(weekly=(((0, DAY),),) * 7), load(zone))

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
        return self.is_open_us(instants.from_datetime(instant, "instant"))

    def elapsed(self, start: datetime, end: datetime, pauses: Instants = ()) -> timedelta:
        """The open time in [start, end) that lies in no pause.

        Pauses are (start, end) pairs, half-open, in any order and overlapping as they like; an end of None is still
        open. An end before the start gives what the option `reversed` says.
        """
        a, b = instants.from_datetime(start, "start"), instants.from_datetime(end, "end")
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
        at = instants.from_datetime(start, "start")
        found = self._deadline(at, instants.microseconds(duration), still.from_instants(pauses))
        return self.as_datetime(found, start.tzinfo)

    def next_open(self, instant: datetime) -> datetime:
        """The instant itself where open, else the next opening."""
        return self.as_datetime(self.next_open_us(instants.from_datetime(instant, "instant")), instant.tzinfo)

    def next_close(self, instant: datetime) -> datetime:
        """The first closing after the instant."""
        return self.as_datetime(
            self.next_close_us(instants.from_datetime(instant, "instant")), instant.tzinfo
        )

    def previous_open(self, instant: datetime) -> datetime:
        """The instant itself where open or a closing, else the closing before; from an opening, the closing before."""
        return self.as_datetime(
            self.previous_open_us(instants.from_datetime(instant, "instant")), instant.tzinfo
        )

    def as_datetime(self, at: int, like: tzinfo | None = None) -> datetime:
        """µs as a datetime in the calendar's local time; with the zone itself where `like` is it (see the class)."""
        moment = instants.as_datetime(at, self.zone)
        if like is self.zone:
            return moment
        offset = moment.utcoffset() or timedelta(0)
        return instants.with_offset(moment, offset)

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
