"""A start, an amount of days and a convention go in; the due instant comes out with the steps by which it was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import Civil, Workdays
from slalang.engine.reasons import uncounted
from slalang.engine.undetermined import ProgramError, Undetermined
from slalang.ir.counting import convention
from slalang.outcome.trace import DateStep
from slalang.values import counting
from slalang.values.civil import Span
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.clock.dates import Zone
    from slalang.ir.program import Program
    from slalang.ir.rules import Policy
    from slalang.values.calendar import Calendar
    from slalang.values.calendar.days import ClosedStart

Counted = tuple[int, bool, list[DateStep]]


@dataclass(frozen=True, slots=True)
class Rolled:
    """A contract's own roll: the calendar (and its name) and the direction; at most once, before the convention's."""

    calendar: Calendar
    how: ClosedStart
    not_last_of_month: bool = False
    name: str = ""

    @property
    def step(self) -> str:
        """The name of the step in explanations."""
        return "month_roll" if self.not_last_of_month else "contract_roll"


@dataclass(frozen=True, slots=True)
class CountsAs:
    """As which day a trigger counts for working days: on a closed day, and after an hour (`closing`: when the calendar closes)."""

    closed_start: ClosedStart = "same_day"
    cutoff: str | None = None


def counts_as(policies: tuple[Policy, ...]) -> CountsAs | None:
    """What a rule's policies say of triggers on closed days and after hours; None where they move nothing."""
    said = {one.key: one.choice for one in policies}
    closed = "next" if said.get("trigger_on_closed_day") == "next_open_day" else "same_day"
    until = said.get("day_counts_until", "midnight")
    cutoff = {"midnight": None, "closing_time": "closing"}.get(until, until)
    return CountsAs(closed, cutoff) if closed != "same_day" or cutoff else None  # type: ignore[arg-type]


def counted_as(zone: Zone, calendar: Calendar, at: int, said: CountsAs | None) -> date:
    """The day as which a trigger counts for working days."""
    if said is None:
        return zone.date_of(at)
    terms = counting.Terms(closed_start=said.closed_start, cutoff=said.cutoff)
    return counting.counts_as(at, calendar, zone.tz, terms)[0]


def convention_of(program: Program, name: str) -> counting.Convention:
    """A named counting convention, of the program or of those that come with slalang.

    Raises:
        ProgramError: no such convention.
    """
    found = convention(program.countings, name)
    if found is None:
        raise ProgramError(f"no counting convention `{name}`")
    return found


def deadline(
    zone: Zone,
    convention: counting.Convention,
    start: int,
    amount: Any,
    calendar: Calendar | None,
    *,
    strict: bool,
    backward: bool = False,
    roll: Rolled | None = None,
    closes: Calendar | None = None,
    asked: str = "",
    counts_as: CountsAs | None = None,
) -> Counted:
    """The due instant, and whether an act at it comes too late (it does where it is the 24:00 of the last day).

    `strict` (less than n days) takes the day before the last. Backward, the anchor's day is not counted and the due
    instant is the end of the n-th day before it. `asked` names the calendar for the reason that it has no answer.

    Raises:
        Undetermined: the convention or the calendar has no answer.
    """
    length, shown = _length(amount, strict=strict, backward=backward)
    terms = counting.Terms(
        roll=roll.how if roll else "same_day",
        roll_calendar=roll.calendar if roll else None,
        not_last_of_month=roll is not None and roll.not_last_of_month,
        closes="business" if closes else None,
        closing_calendar=closes,
        closed_start=counts_as.closed_start if counts_as else "same_day",
        cutoff=counts_as.cutoff if counts_as else None,
        less_than=strict and isinstance(amount, Civil) and not amount.days and bool(amount.months),
    )
    try:
        found = counting.deadline_for(convention, start, length, calendar, zone.tz, terms=terms)
    except TimeError as error:
        raise Undetermined(uncounted(convention.name, asked or convention.name, error)) from None
    steps = [_step(one, amount, shown, roll, convention, backward=backward) for one in found.steps]
    if closes is not None and steps[-1].rule == "closes":
        steps[-1] = replace(steps[-1], rule="business")
    if found.end_included and strict and isinstance(amount, Civil):
        # 24 h × n under `exact`: less than n days is before that very instant.
        exact, _ = _length(amount, strict=False, backward=backward)
        found = counting.deadline_for(convention, start, exact, calendar, zone.tz, terms=terms)
        return found.end, True, steps
    return found.end, not found.end_included, steps


def _length(amount: Any, *, strict: bool, backward: bool) -> tuple[counting.Length, str]:
    sign = -1 if backward else 1
    less = 1 if strict else 0
    if isinstance(amount, Workdays):
        return counting.WorkingDays(sign * (amount.days - less)), str(amount.days)
    assert isinstance(amount, Civil)
    span = Span(months=sign * amount.months, days=sign * amount.days)
    if less:
        span = Span(months=sign * amount.months, days=sign * (amount.days - less)) if amount.days else span
    return span, f"{amount.months},{amount.days}"


def _step(
    step: counting.Step,
    amount: Any,
    shown: str,
    roll: Rolled | None,
    convention: counting.Convention,
    *,
    backward: bool,
) -> DateStep:
    """A step of the counting under the names that explanations know."""
    day = step.day.isoformat() if step.day is not None else ""
    first = convention.counts_first_day and isinstance(amount, Civil)
    if step.what == "start":
        return DateStep("anchor" if backward else "start_counted" if first else "start", day)
    if step.what == "month_rounded" and convention.month_end == "first_of_next":
        return DateStep("month_next", day, step.cite)
    if step.what == "counted":
        kind = "working_days" if isinstance(amount, Workdays) else "civil_counted" if first else "civil"
        return DateStep("backward" if backward else kind, day, shown)
    if step.what == "contract_roll" and roll is not None:
        return DateStep(roll.step, day, roll.name)
    return DateStep(step.what, day, step.cite)


def shift_working(zone: Zone, calendar: Calendar, at: int, count: int) -> int:
    """An instant moved by working days, at the same time of day."""
    day = zone.date_of(at)
    return zone.shift_civil(at, 0, (calendar.add_working_days(day, count) - day).days)


def rolled(day: date, roll: Rolled | None) -> date:
    """A fixed date moved by the contract's own roll."""
    if roll is None:
        return day
    return counting.own_roll(day, roll.calendar, roll.how, not_last_of_month=roll.not_last_of_month)


def nth_day(first: date, last: date, nth: int) -> date:
    """The n-th day of a period (negative: from its end); its edge where it is shorter."""
    day = first + timedelta(days=nth - 1) if nth > 0 else last + timedelta(days=nth + 1)
    return min(max(day, first), last)
