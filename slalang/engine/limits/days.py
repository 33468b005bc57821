"""Limits in days, points of periods and dates go in; the instant at which they end, and how it was counted, come out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from slalang.engine.clock import counting
from slalang.engine.clock.periods import Periods
from slalang.engine.compile.constants import Bound, Civil, Workdays
from slalang.engine.metrics.spans import counted_periods
from slalang.engine.reasons import refused, say
from slalang.engine.undetermined import ProgramError, Undetermined
from slalang.ir.rules import ByDate, ByPoint, Schedule, Within
from slalang.outcome.trace import DateStep
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.compile.environment import Env
    from slalang.engine.world import World
    from slalang.ir.rules import Limit, Policy, Roll
    from slalang.values.calendar import Calendar
    from slalang.values.calendar.days import ClosedStart
    from slalang.values.counting import Convention

Fixed = tuple[int, bool, list[DateStep]]


class Days:
    """Counts days for one rule: its convention, its calendar of working days, the contract's zone."""

    def __init__(
        self, world: World, convention: str, calendar: str, policies: tuple[Policy, ...] = ()
    ) -> None:
        """Take the rule's convention (or the contract's), the calendar that its working days mean, and as which day a trigger counts."""
        self.world = world
        self.zone = world.zone
        self._named = convention or world.program.counting
        self._convention: Convention | None = None
        self.calendar = calendar
        self.clock_calendar = None if calendar in {"", "always"} else world.calendar(calendar)
        self.counts_as = counting.counts_as(policies)
        self._values: dict[int, Any] = {}

    @property
    def convention(self) -> Convention:
        """How days are counted; looked up when it is asked for, since a rule without a limit in days needs none."""
        if self._convention is None:
            self._convention = counting.convention_of(self.world.program, self._named)
        return self._convention

    def counted(
        self, bound: Bound, start: int, roll: Roll | None = None, closes: str = "", *, ends: bool = False
    ) -> Fixed:
        """The instant before which an act must come to keep a limit in days counted from `start`.

        `ends`: it is the last date of a day, period or term that ended, which counts as itself.
        """
        return counting.deadline(
            self.zone, self.convention, start, bound.amount, self._rest_days(bound.amount, roll),
            strict=bound.strict, roll=self._roll(roll), asked=self._asked(bound.amount, roll),
            closes=self.world.calendar(closes) if closes else None,
            counts_as=None if ends else self.counts_as,
        )  # fmt: skip

    def _roll(self, roll: Roll | None) -> counting.Rolled | None:
        """The contract's own roll."""
        if roll is None:
            return None
        name = roll.calendar or self.calendar
        how: ClosedStart = "next" if roll.to == "next_open" else "previous"
        return counting.Rolled(self.world.calendar(name), how, roll.not_last_of_month, name)

    def rolled(self, day: date, limit: Limit) -> tuple[date, list[DateStep]]:
        """The last day of a fixed limit after the contract's own roll, and the step that tells of it."""
        roll = self._roll(limit.roll)
        moved = counting.rolled(day, roll)
        if roll is None or moved == day:
            return day, []
        return moved, [
            DateStep("counted", day.isoformat()),
            DateStep(roll.step, moved.isoformat(), roll.name),
        ]

    def end_of(self, day: date, limit: Limit) -> int:
        """The instant that ends the last day of a limit: its 24:00, or when the calendar named for it closes.

        Raises:
            Undetermined: the calendar is closed on that day, or does not know it.
        """
        if not limit.closes:
            return self.zone.end_of(day)
        try:
            return self.world.calendar(limit.closes).closing_us(day)
        except TimeError as error:
            raise Undetermined(refused(limit.closes, error)) from None

    def _rest_days(self, amount: Any, roll: Roll | None) -> Calendar | None:
        """The calendar whose closed days are rest days."""
        if isinstance(amount, Workdays):
            return self.calendar_of(amount)
        name = self._asked(amount, roll)
        return self.world.calendar(name) if name else None

    def _asked(self, amount: Any, roll: Roll | None) -> str:
        """The name of the calendar that decides: the one named, the clock's, else the one that the contract names, or its only one."""
        if isinstance(amount, Workdays):
            return amount.calendar or self.calendar
        named = [self.calendar] if self.calendar not in {"", "always"} else []
        named += [roll.calendar] if roll is not None and roll.calendar else []
        program = self.world.program
        declared = [one.name for one in program.calendars]
        if not named and (program.rest_days or len(declared) == 1):
            named = [program.rest_days or declared[0]]
        return named[0] if named else ""

    def before(self, bound: Bound, anchor: int, calendar: Any) -> Fixed:
        """The last moment for an act that must come so long before an anchor (inclusive unless the limit is strict)."""
        if bound.type == "duration":
            whole = int(-(-bound.amount // 1))
            at = anchor - whole if calendar is None else calendar.deadline_us(anchor, -whole)
            return at, bound.strict, []
        return counting.deadline(
            self.zone, self.convention, anchor, bound.amount, self._rest_days(bound.amount, None),
            strict=bound.strict, backward=True, asked=self._asked(bound.amount, None),
        )  # fmt: skip

    def calendar_of(self, amount: Workdays) -> Calendar:
        """The calendar whose working days are counted."""
        name = amount.calendar or self.calendar
        if not name or name == "always":
            raise ProgramError("a limit in working days without a calendar")
        return self.world.calendar(name)

    def fixed(
        self, limit: Limit, case: Case | None, env: Env, start: int | None = None, *, ends: bool = False
    ) -> Fixed:
        """The due instant of a point of a period or of a date; strict where it is the end of a day.

        `ends`: the start is the end of a period, whose last date is then the one from which days are counted (model §2).
        """
        begun = (
            start
            if start is not None
            else case.dated
            if case is not None and case.start is not None
            else None
        )
        if begun is None:
            raise Undetermined(say("anchor"))
        if isinstance(limit, ByPoint):
            return self._point(limit, begun, env.agreement)
        if isinstance(limit, ByDate):
            return self._date(limit, env)
        bound = self._within(limit, env)
        if bound.type == "duration":
            return begun + int(-(-bound.amount // 1)), bound.strict, []
        dated = begun - 1 if ends and not self.convention.day_is_24_hours else begun
        return self.counted(bound, dated, limit.roll, limit.closes, ends=ends)

    def _within(self, limit: Within, env: Env) -> Bound:
        made = self._compiled(limit.limit)(env)
        return made if isinstance(made, Bound) else Bound(False, limit.limit.type, made)

    def _compiled(self, expression: Any) -> Any:
        key = id(expression)
        if key not in self._values:
            self._values[key] = self.world.compiler.expr(expression)
        return self._values[key]

    def _point(self, limit: ByPoint, start: int, agreement: str) -> Fixed:
        calendar = (
            self.world.calendar(limit.calendar or self.calendar) if limit.day == "working_day" else None
        )
        if limit.schedule is not None:
            periods = counted_periods(self.world, limit.schedule, agreement)
        else:
            periods = Periods(Schedule(limit.unit), self.zone, None, calendar)
        period = periods.following(periods.holding(start), limit.offset)
        first = self.zone.date_of(period.start)
        last = self.zone.date_of(period.end - 1)
        steps = [DateStep("period", first.isoformat(), period.label)]
        if limit.nth == 0:
            day = last
        elif calendar is not None:
            day = calendar.nth_working_day(first, last, limit.nth)
        else:
            day = counting.nth_day(first, last, limit.nth)
        return self._to_day(day, limit, steps)

    def _to_day(self, day: date, limit: ByPoint | ByDate, steps: list[DateStep]) -> Fixed:
        """`by` a day includes it, `before` a day excludes it; what rolls is the last day that counts."""
        if limit.roll is None and not limit.closes:
            steps.append(DateStep("by" if limit.inclusive else "before", day.isoformat()))
            return (self.zone.end_of(day) if limit.inclusive else self.zone.start_of(day)), True, steps
        last, moved = self.rolled(day if limit.inclusive else day - timedelta(days=1), limit)
        kind = "business" if limit.closes else "by"
        return self.end_of(last, limit), True, [*steps, *moved, DateStep(kind, last.isoformat())]

    def _date(self, limit: ByDate, env: Env) -> Fixed:
        value = self._compiled(limit.value)(env)
        if isinstance(value, date):
            return self._to_day(value, limit, [])
        return int(value), not limit.inclusive, []

    def offset(self, deadline: int, amount: Any, *, after: bool, hours: str = "") -> int:
        """An instant at an offset from a deadline: exact time, open time of the calendar `hours`, civil days or working days.

        Raises:
            CalendarError: a date that the calendar does not know.
        """
        sign = 1 if after else -1
        if hours:
            return self.world.calendar(hours).deadline_us(deadline, sign * int(amount))
        if isinstance(amount, Civil):
            return self.zone.shift_civil(deadline, sign * amount.months, sign * amount.days)
        if isinstance(amount, Workdays):
            return counting.shift_working(self.zone, self.calendar_of(amount), deadline, sign * amount.days)
        return deadline + sign * int(amount)

    def days_between(self, start: int, end: int) -> int:
        """Whole local dates from one instant's date to another's (negative backward)."""
        return (self.zone.date_of(end) - self.zone.date_of(start)).days

    def working_days_between(self, start: int, end: int, name: str) -> int:
        """Working days after the first instant's date, up to and with the second's (negative backward)."""
        calendar = self.world.calendar(name or self.calendar)
        return calendar.working_days_between(self.zone.date_of(start), self.zone.date_of(end))

    def from_trigger(self, at: int, until: int, amount: Workdays, *, ends: bool) -> tuple[int, int]:
        """Two instants between which the working days of a case lie: a trigger, and what is not before the day as which it counts."""
        if self.counts_as is None or ends:
            return at, until
        start = self.zone.start_of(
            counting.counted_as(self.zone, self.calendar_of(amount), at, self.counts_as)
        )
        return max(at, start), max(until, start)
