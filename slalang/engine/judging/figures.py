"""A case goes in; its measure, its limit with what excuses and standstills of days added to it, and its margin come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import Civil, Workdays, as_quantity
from slalang.engine.limits.moving import moves, stood
from slalang.outcome.records import Quantity
from slalang.values.interval import union

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case

Figures = tuple[Quantity | None, Quantity | None, Quantity | None]


def figures(case: Case) -> Figures:
    """Measure, limit and margin: clock time for a clock's limit, days for one in days; margin is limit less measure.

    The limit is the one that the deadline was reckoned with: an excuse that extends it is in it.
    """
    rule, bound = case.rule, case.bound
    if bound is not None and bound.type == "duration":
        limit = bound.amount + case.added
        sign = -1 if rule.before else 1
        shown = rule.world.quantity("duration", limit)
        if case.start is None or (rule.before and case.done_at is None):
            return None, shown, None
        return (
            Quantity("duration", Fraction(case.elapsed)),
            shown,
            Quantity("duration", Fraction(sign * (limit - case.elapsed))),
        )
    if bound is not None:
        return _in_days(case, bound.type, bound.amount)
    if case.due is None or case.start is None:
        return None, None, None
    until = case.done_at if case.done_at is not None else case.last
    return None, None, Quantity("civil", Fraction(rule.days.days_between(until, rule.moved_due(case) - 1)))


def _in_days(case: Case, type_: str, amount: Any) -> Figures:
    rule, days = case.rule, case.rule.days
    start = case.start if case.start is not None else case.trigger_at
    until = case.done_at if case.done_at is not None else case.last
    assert case.due is not None
    if case.start is not None and not rule.before and _to_the_hour(case):
        return _exactly(case, start, until)
    moved = rule.moved_due(case)
    edge = 1 if case.due_strict else 0
    limit = as_quantity(type_, amount)
    start = case.dated
    if isinstance(amount, Workdays):
        if not rule.before:
            start, until = days.from_trigger(start, until, amount, ends=case.ends_day)
        used = days.working_days_between(start, until, amount.calendar)
        left = _working_days_left(case, until, moved - edge, amount.calendar)
        added = (
            days.working_days_between(case.due - edge, moved - edge, amount.calendar)
            if moved != case.due
            else 0
        )
        kind = "workdays"
    else:
        # Where the first day counts, it is one of those that were used.
        used = days.days_between(start, until) + int(days.convention.counts_first_day and not rule.before)
        left = days.days_between(until, moved - edge)
        added = days.days_between(case.due - edge, moved - edge) if moved != case.due else 0
        kind = "civil" if isinstance(amount, Civil) else "duration"
    if limit is not None and added and limit.type == kind:
        limit = Quantity(kind, limit.value + added)
    if rule.before:  # how long before its anchor the act came: counted backward, told as a length
        used = -used
    return Quantity(kind, Fraction(used)), limit, Quantity(kind, Fraction(left))


def _working_days_left(case: Case, until: int, last: int, calendar: str) -> int:
    """Working days from the act (or now) to the last day, negative after it.

    Counted in the direction of the limit, so that limit less measure is the margin where the act is on a closed day too.
    """
    between = case.rule.days.working_days_between
    if case.rule.before:
        return between(until, last, calendar) if until > last else -between(last, until, calendar)
    return between(until, last, calendar) if until <= last else -between(last, until, calendar)


def _to_the_hour(case: Case) -> bool:
    """Whether the deadline was moved by hours, so that dates do not tell how far away it is."""
    policy = case.rule.days_policy
    stood_still = any(one.number >= 0 for one in case.stands or ())
    if policy in {"exact_time", "calendar_time"}:
        return stood_still or bool(case.pleaded)
    return policy == "nothing" and bool(case.pleaded)


def _exactly(case: Case, start: int, until: int) -> Figures:
    """Exact time: from the start to the unmoved deadline, and from the start to now, less what a standstill added.

    Until the deadline this leaves what is left to it; after it, as on a clock, a standstill does not make it later.
    """
    rule = case.rule
    assert case.due is not None
    policy = rule.days_policy
    stands = [
        (one.start, one.end if one.end is not None else case.last)
        for one in case.stands or ()
        if one.number >= 0
    ]
    away = 0 if policy == "nothing" else stood(rule.days, union(stands), policy)
    measure = until - start - away
    _, pleaded = moves(rule.days, case, policy, case.last)
    limit = case.due - start + pleaded
    return (
        Quantity("duration", Fraction(measure)),
        Quantity("duration", Fraction(limit)),
        Quantity("duration", Fraction(limit - measure)),
    )
