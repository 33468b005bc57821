"""`Calendar`: opening hours of a zone as an object that tells elapsed time, deadlines and working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from slalang.values import instant as instants
from slalang.values.calendar import errors, reading
from slalang.values.calendar import pauses as still
from slalang.values.calendar.clock import AlwaysOpen, Clock, Unreached
from slalang.values.calendar.conventions import AtClose, ClockChange, Conventions, Overnight, Reversed, Zero
from slalang.values.calendar.pauses import Instants, Running, StillPaused
from slalang.values.calendar.timeline import Joined, RealTime, Timeline, WallTime
from slalang.values.calendar.timetable import Timetable, each_date_for_itself
from slalang.values.calendar.wall import WallClock
from slalang.values.zone import DAY, END, FIRST, load, year_start

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

    __slots__ = ("_clock", "_clocks", "conventions", "timeline", "zone")

    def __init__(self, timeline: Timeline, zone: tzinfo, conventions: Conventions) -> None:
        """Use `Calendar.from_dict` or another of the constructors."""
        self.timeline = timeline
        self.zone = zone
        self.conventions = conventions
        self._clocks = _clocks(timeline, zone, conventions)
        self._clock = self._clocks[0]
        self._refuse_never_open()

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
        return cls.from_timetable(Timetable(weekly=(((0, DAY),),) * 7), _zone(zone))

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
        clock = self._clock if len(self._clocks) == 1 else self._clock_of(at, at)
        if not clock.low <= at < clock.high:
            raise self._unknown(at)
        return clock.is_open(at)

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
            return self._clock_of(at, at).next_open(at)
        except Unreached as none:
            raise self._unreached(none) from None

    def next_close_us(self, at: int) -> int:
        """The first closing after the instant."""
        try:
            return self._clock_of(at, at).next_close(at)
        except Unreached as none:
            raise self._unreached(none) from None

    def previous_open_us(self, at: int) -> int:
        """The instant itself where open or a closing, else the closing before it."""
        try:
            return self._clock_of(at, at).previous_open(at)
        except Unreached as none:
            raise self._unreached(none) from None

    def open_intervals(self, a: int, b: int) -> list[Interval]:
        """Every open stretch in [a, b), in µs, cut to it."""
        return self._clock_of(a, b).intervals(a, b) if a < b else []

    # -- inside ------------------------------------------------------------------------------------------------------

    def _elapsed(self, a: int, b: int, pauses: list[Interval]) -> int:
        if a > b:
            if self.conventions.reversed == "error":
                raise errors.backwards(self._shown(a), self._shown(b))
            clock = self._clock_of(b, a)
            return 0 if self.conventions.reversed == "zero" else -still.elapsed(clock, b, a, pauses)
        return still.elapsed(self._clock_of(a, b), a, b, pauses)

    def _deadline(self, start: int, amount: int, pauses: list[Interval]) -> int:
        clock = self._clock if self._clock.low <= start < self._clock.high else self._clock_of(start, start)
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
        except Unreached as none:
            raise self._unreached(none) from None
        except StillPaused as stopped:
            shown = self._shown(stopped.since)
            raise errors.never_reached(
                f"the clock has stood still since {shown} without an end", f"时钟自 {shown} 起停表，没有结束"
            ) from None

    def _clock_of(self, a: int, b: int) -> Running:
        """The clock of the stretch that holds both instants."""
        for clock in self._clocks:
            if (
                clock.low <= a <= clock.high
                and clock.low <= b <= clock.high
                and not (a == b == clock.high != END)
            ):
                return clock
        for clock in self._clocks:
            if a == b == clock.high:
                return clock
        for at in (a, b):
            if not any(clock.low <= at <= clock.high for clock in self._clocks):
                raise self._unknown(at)
        between = next(clock.high for clock in self._clocks if clock.low <= a <= clock.high)
        raise self._unknown(between)

    def _unknown(self, at: int) -> errors.CalendarError:
        if not FIRST <= at < END:
            bad = instants.outside(f"{at} µs")
            return errors.CalendarError(bad.code, bad.en, bad.zh)
        return errors.unknown_date(instants.as_datetime(at, self.zone).date(), self._known())

    def _unreached(self, none: Unreached) -> errors.CalendarError:
        if FIRST < none.edge < END:
            return self._unknown(none.edge if none.edge == self._clocks[0].high else none.edge)
        return errors.never_reached(
            "the calendar has not that much open time up to the end of year 9999 (or back to year 1)",
            "直到公元 9999 年底（或回溯至公元 1 年）该日历都没有这么多开放时间",
        )

    def _known(self) -> str:
        return ", ".join(f"{self._shown(clock.low)} – {self._shown(clock.high)}" for clock in self._clocks)

    def _shown(self, at: int) -> str:
        return instants.format(min(max(at, FIRST + DAY), END - DAY - 1), self.zone)

    def _refuse_never_open(self) -> None:
        """Look for one open instant: in the years spoken of, then in ours, then in any."""
        years = sorted(self.timeline.years_spoken_of())
        for year in [*years, *(year + 1 for year in years), *range(2000, 2100)]:
            if year <= 9999 and self._open_in(year):
                return
        raise errors.never_open()

    def _open_in(self, year: int) -> bool:
        a, b = year_start(year), year_start(year + 1)
        return any(
            clock.intervals(max(a, clock.low), min(b, clock.high))
            for clock in self._clocks
            if max(a, clock.low) < min(b, clock.high)
        )


def _zone(name: str) -> tzinfo:
    return load(name)


def _clocks(timeline: Timeline, zone: tzinfo, conventions: Conventions) -> tuple[Running, ...]:
    """One clock for each stretch on which the calendar is known."""
    always = isinstance(timeline, RealTime) and timeline.table.is_always()
    made: list[Running] = []
    for low, high in timeline.known():
        real = AlwaysOpen(timeline, low, high) if always else Clock(timeline, low, high)
        if conventions.clock_change == "real":
            made.append(real)
            continue
        assert isinstance(timeline, RealTime)
        wall = WallTime(timeline.table)
        readings = next(Clock(wall, *known) for known in _wall_stretches(wall, low, high))
        made.append(WallClock(real, readings, zone))
    return tuple(made)


def _wall_stretches(wall: WallTime, low: int, high: int) -> list[Interval]:
    """The wall's stretch that goes with one of real time: they differ by an offset of less than two days."""
    return [(a, b) for a, b in wall.known() if a <= low + 2 * DAY and b >= high - 2 * DAY]
