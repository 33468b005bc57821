"""A due instant and the stretches in which a case stood still or was excused go in; the due instant as they move it comes out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from slalang.engine.clock import counting
from slalang.values.interval import subtract, total, union

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case, Stand
    from slalang.engine.compile.constants import Bound
    from slalang.engine.limits.days import Days

Stretches = list[tuple[int, int]]


def moved(days: Days, case: Case, policy: str, now: int, *, excused: bool = True) -> int:
    """The due instant after what moved it so far; without `excused`, as it would be without excuses."""
    return moves(days, case, policy, now, excused=excused)[0]


def moves(days: Days, case: Case, policy: str, now: int, *, excused: bool = True) -> tuple[int, int]:
    """The due instant after what moved it so far (model §2), and how much of that the excuses made, in µs.

    Standstills move it as the rule says, excuses by their exact length. A stretch counts whole if it begins while the
    limit still runs: before the due instant as the stretches before it have moved it. What is open lasts until `now`.
    """
    assert case.due is not None
    stands = [] if policy == "nothing" else union(_spans(case.stands, now))
    held = subtract(union(_spans(case.pleaded, now)), stands) if excused else []
    at = case.due
    standing: Stretches = []
    pleaded: Stretches = []
    for start, end, kind in sorted([(*one, standing) for one in stands] + [(*one, pleaded) for one in held]):
        if start > at or (start == at and case.due_strict):
            break
        kind.append((start, end))
        at = added(days, case.due, case.bound, policy, standing) + total(pleaded)
    return at, total(pleaded)


def stood(days: Days, stands: Stretches, policy: str) -> int:
    """How much time some stretches add: all of it, or what lies in the calendar of the clock, in µs."""
    calendar = days.clock_calendar
    if policy == "calendar_time" and calendar is not None:
        return sum(calendar.elapsed_us(start, end) for start, end in stands)
    return total(stands)


def _spans(stands: list[Stand] | None, now: int) -> Stretches:
    """The stretches; the time between a discharge and a reopening (a negative number) is none."""
    return [(one.start, one.end if one.end is not None else now) for one in stands or () if one.number >= 0]


def added(days: Days, due: int, bound: Bound | None, policy: str, standing: Stretches) -> int:
    """A due instant after some standstills, as the rule says what they do."""
    if policy != "each_day_touched":
        return due + stood(days, standing, policy)
    touched = {day for start, end in standing for day in _dates(days, start, end)}
    if bound is not None and bound.type == "workdays":
        # A limit in working days is moved by working days: a closed day touched took nothing from it.
        calendar = days.calendar_of(bound.amount)
        return counting.shift_working(days.zone, calendar, due, sum(map(calendar.is_working_day, touched)))
    return days.zone.shift_civil(due, 0, len(touched))


def _dates(days: Days, start: int, end: int) -> list[date]:
    """The local dates of [start, end)."""
    first, last = days.zone.date_of(start), days.zone.date_of(end - 1)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
