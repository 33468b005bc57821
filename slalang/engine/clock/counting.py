"""A start, an amount of days and a convention go in; the due instant comes out with the steps by which it was counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import Civil, Workdays
from slalang.outcome.trace import DateStep
from slalang.values.interval import union

if TYPE_CHECKING:
    from slalang.engine.clock.dates import Zone

Counted = tuple[int, bool, list[DateStep]]
HOURS_24 = 86_400_000_000


def deadline(
    zone: Zone, convention: str, start: int, amount: Any, calendar: Any, *, strict: bool
) -> Counted:
    """The 24:00 of the last day (an act then is a day late), or 24 h × n under `exact`."""
    first = zone.date_of(start)
    steps = [DateStep(convention, first.isoformat(), "start")]
    if isinstance(amount, Workdays):
        day = step_working(calendar, first, amount.count)
        steps.append(DateStep("working_days", day.isoformat(), str(amount.count)))
    else:
        assert isinstance(amount, Civil)
        if convention == "exact" and not amount.months:
            return start + amount.days * HOURS_24, strict, steps
        day = zone.add_civil(first, amount.months, amount.days)
        steps.append(DateStep("civil", day.isoformat(), f"{amount.months},{amount.days}"))
    if strict:
        day -= timedelta(days=1)
        steps.append(DateStep("less_than", day.isoformat()))
    return zone.end_of(day), True, steps


def backward(zone: Zone, convention: str, anchor: int, amount: Any, calendar: Any) -> Counted:
    """The end of the n-th day before the anchor's day, which is not counted."""
    day = zone.date_of(anchor)
    steps = [DateStep(convention, day.isoformat(), "anchor")]
    if isinstance(amount, Workdays):
        last = step_working(calendar, day, -amount.count)
    else:
        last = zone.add_civil(day, -amount.months, -amount.days)
    steps.append(DateStep("backward", last.isoformat()))
    return zone.end_of(last), True, steps


def is_working(calendar: Any, day: date) -> bool:
    """Whether hours begin on a local date of the calendar."""
    return bool(calendar.timeline.is_working(day.toordinal()))


def step_working(calendar: Any, day: date, count: int) -> date:
    """The n-th working day after (before) a day, which itself is not counted."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        if is_working(calendar, day):
            left -= 1
    return day


def shift_working(zone: Zone, calendar: Any, at: int, count: int) -> int:
    """An instant moved by working days, at the same time of day."""
    day = zone.date_of(at)
    return zone.shift_civil(at, 0, (step_working(calendar, day, count) - day).days)


def nth_working_day(zone: Zone, calendar: Any, first: date, last: date, nth: int) -> date:
    """The n-th working day of a period (negative: from its end); the period's edge where it has fewer."""
    del zone
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    working = [day for day in days if is_working(calendar, day)]
    if not working:
        return last
    return working[min(nth, len(working)) - 1] if nth > 0 else working[max(nth, -len(working))]


__all__ = ["backward", "deadline", "is_working", "nth_working_day", "shift_working", "step_working", "union"]
