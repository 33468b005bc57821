"""A case and an instant go in; the deadline that follows if nothing more happens, or if its waiting ended now, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases.advance import reach, up
from slalang.engine.cases.case import UNREACHED
from slalang.values.interval import subtract, union
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case


def projected(case: Case, start: int) -> int | None:
    """The deadline seen from an instant; None where the clock stands, is over, or has no limit."""
    if case.due is not None:
        if case.paused and case.rule.days_policy != "nothing":
            return None
        return case.rule.moved_due(case)
    if not case.running or case.limit == UNREACHED:
        return None
    return ahead(case, start)


def ahead(case: Case, start: int) -> int | None:
    """Where the clock reaches the limit if it runs from an instant on, its calendar deciding alone."""
    if case.due is not None:
        return case.rule.moved_due(case)
    if case.limit == UNREACHED:
        return None
    needed = case.limit - case.elapsed
    try:
        return reach(case, start, needed) if needed > 0 else reached(case, start)
    except TimeError:
        return None


def reached(case: Case, now: int) -> int | None:
    """The instant in the past at which the clock counted the present limit for the first time.

    It is found from the case's own stretches: the clock's start, less the standstills (and the time between a
    discharge and a reopening), on the calendar.
    """
    if case.start is None or case.limit == UNREACHED:
        return None
    stands = union((one.start, one.end if one.end is not None else now) for one in case.stands or ())
    left: Any = up(case.limit)
    calendar = case.rule.calendar
    for start, end in subtract([(case.start, max(now, case.start) + 1)], stands):
        gain = end - start if calendar is None else calendar.elapsed_us(start, end)
        if gain >= left:
            return reach(case, start, left)
        left -= gain
    return None
