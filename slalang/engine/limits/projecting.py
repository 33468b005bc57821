"""A case and an instant go in; the deadline that follows if nothing more happens, or if its waiting ended now, comes out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from slalang.engine.cases.advance import reach, up
from slalang.engine.cases.case import UNREACHED
from slalang.engine.undetermined import Undetermined
from slalang.values.interval import subtract, union
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Standing

_AHEAD: Final = 32 * 86_400_000_000  # looked at in one go, in µs
_FARTHEST: Final = 40 * _AHEAD  # a clock that has not reached its limit by then is not going to


def projected(case: Case, start: int) -> int | None:
    """The deadline seen from an instant; None where the clock stands, is over, or has no limit.

    Raises:
        TimeError: the calendar does not know the dates that the clock needs.
    """
    if case.due is not None:
        return None if case.rule.due_stands(case) else case.rule.moved_due(case)
    if case.limit == UNREACHED or case.extension:
        return None
    if case.rule.foreseeable and case.start is not None and case.limit > case.net:
        return foreseen(case, start, case.rule.standstills)
    return ahead(case, start) if case.running else None


def ahead(case: Case, start: int) -> int | None:
    """Where the clock reaches the limit if it runs from an instant on, its calendar deciding alone.

    Raises:
        TimeError: the calendar does not know the dates that the clock needs.
    """
    if case.due is not None:
        return case.rule.moved_due(case)
    if case.limit == UNREACHED:
        return None
    needed = case.limit - case.net
    if needed > 0 and case.rule.foreseeable and case.start is not None:
        return foreseen(case, start, case.rule.foreseeable)
    return reach(case, start, needed) if needed > 0 else reached(case, start)


def known(question: Callable[[Case, int], int | None], case: Case, start: int) -> int | None:
    """What a question of this module answers; None where the calendar does not know the dates that it needs."""
    try:
        return question(case, start)
    except TimeError:
        return None


def foreseen(case: Case, start: int, standstills: list[Standing]) -> int | None:
    """Where a clock reaches its limit that opening hours stop by way of a standstill: the hours to come are known.

    The standstills are read at each opening and closing to come, events standing as they stand now.
    """
    rule = case.rule
    env = rule.world.env
    needed = up(case.limit - case.net)
    kept = (env.subject, env.case, env.agreement, env.at, env.world_now)
    env.subject, env.case, env.agreement = case.subject, case, case.agreement
    try:
        for at in range(start, start + _FARTHEST, _AHEAD):
            points = rule.world.signals.points(rule.sources, env, at, at + _AHEAD)
            for low, high in pairwise(sorted({at, *points, at + _AHEAD})):
                env.at = env.world_now = low
                if any(still.when(env) for still in standstills):
                    continue
                gain = high - low if rule.calendar is None else rule.counted(low, high)
                if gain >= needed:
                    return reach(case, low, needed)
                needed -= gain
    except Undetermined:
        return None
    finally:
        env.subject, env.case, env.agreement, env.at, env.world_now = kept
    return None


def reached(case: Case, now: int) -> int | None:
    """The instant in the past at which the clock counted the present limit for the first time.

    It is found from the case's own stretches: the clock's start (or where it took over the used share of an earlier
    limit), less the standstills, the excuses that extend the limit, and the time between a discharge and a reopening,
    on the calendar.
    """
    begun = case.start if case.since is None else case.since
    if begun is None or case.limit == UNREACHED:
        return None
    held = [*(case.stands or ()), *case.pleaded]
    away = union((one.start, one.end if one.end is not None else now) for one in held)
    left: Any = up(case.limit - case.carried)
    if left <= 0:
        return begun
    calendar = case.rule.calendar
    for start, end in subtract([(begun, max(now, begun) + 1)], away):
        gain = end - start if calendar is None else calendar.elapsed_us(start, end)
        if gain >= left:
            return reach(case, start, left)
        left -= gain
    return None
