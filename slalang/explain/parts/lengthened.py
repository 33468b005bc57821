"""A case whose limit a standstill or an excuse made longer goes in; how the limit and the measure of its margin come about comes out."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.clock import REOPENED, turns
from slalang.explain.parts.days import (
    calendar_of,
    last_counted,
    last_day,
    local_day,
    policy,
    touched,
    workdays_of,
)
from slalang.explain.tree import Instant, Node, duration, node
from slalang.outcome.records import Quantity
from slalang.values.instant import day_start
from slalang.values.interval import clip, total, union
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace


def lengthened(
    program: Program,
    trace: CaseTrace,
    verdict: Verdict,
    rule: Obligation | None,
    case: tuple[str, int],
) -> tuple[Node, ...]:
    """The lines before the margin; empty where the limit is as it was set. `case` are the zone and the as-of instant."""
    if rule is None or verdict.limit is None or verdict.measure is None:
        return ()
    if trace.dates:
        return (
            *_of_days(program, trace, verdict, rule, case),
            *_counted(program, trace, verdict, rule, case[0]),
        )
    if not trace.limits or turns(trace) or verdict.limit.type != "duration":
        return ()
    base = trace.limits[-1].limit
    added = _pleaded(trace, verdict, case[1])
    if not added or base.type != "duration":
        return ()
    return (node("limit.extended", base=base, added=duration(added), value=verdict.limit),)


def _pleaded(trace: CaseTrace, verdict: Verdict, as_of: int) -> int:
    """What the clock counted while excuses that extend held, before any breach, in µs."""
    names = extending(trace)
    until = verdict.breached_at if verdict.breached_at is not None else as_of
    held = union(
        (one.start, min(until, as_of if one.end is None else one.end))
        for one in verdict.excuses
        if one.reason in names and one.start < until
    )
    return sum(total(clip(held, item.start, item.end)) for item in trace.clock if item.counted)


def extending(trace: CaseTrace) -> set[str]:
    """The names of the excuses of a case that extend its limit."""
    return {item.name for item in trace.considered if item.effect == "extend"}


def _of_days(
    program: Program, trace: CaseTrace, verdict: Verdict, rule: Obligation, case: tuple[str, int]
) -> tuple[Node, ...]:
    assert verdict.limit is not None
    zone, as_of = case
    if verdict.limit.type == "duration":
        return _to_the_hour(program, trace, verdict, rule, case)
    if policy(rule) != "each_day_touched" or extending(trace) or not trace.limits:
        return ()
    base = trace.limits[-1].limit
    added = sum(touched(program, rule, verdict, zone, as_of))
    if not added or base.type != verdict.limit.type or base.type == "months":
        return ()  # months stay months: how many days they and the standstills are, the count to the last day tells
    more = Quantity(base.type, Fraction(added))
    return (node("limit.stood", base=base, added=more, value=verdict.limit),)


def _counted(
    program: Program, trace: CaseTrace, verdict: Verdict, rule: Obligation, zone: str
) -> tuple[Node, ...]:
    """How many days there were from the start to the last day, where the limit alone does not say it.

    A last day that moved, a month, and `less than` all make it another number than the limit's.
    """
    limit, measure, margin, due = verdict.limit, verdict.measure, verdict.margin, verdict.deadline
    if limit is None or measure is None or margin is None or due is None or verdict.start is None:
        return ()
    if limit.type == "duration" or measure.type not in {"civil", "workdays"}:
        return ()
    first, last = _first(trace, verdict.start, zone), last_day(due, zone)
    days = Fraction(abs((last - first).days))
    if measure.type == "workdays":
        calendar = calendar_of(program, workdays_of(rule) or rule.clock.calendar)
        if calendar is None:
            return ()
        days = Fraction(abs(calendar.working_days_between(first, last)))
    counts = any(one.rule == "start_counted" for one in trace.dates) and measure.type == "civil"
    value = Quantity(measure.type, days + counts)
    if value == limit:
        return ()
    return (
        node(
            "limit.counted.first" if counts else "limit.counted",
            first=first.isoformat(),
            last=last.isoformat(),
            value=value,
        ),
    )


def _first(trace: CaseTrace, start: int, zone: str) -> date:
    """The day from which days are counted, itself not counted: that of the start, or the one as which the start counts."""
    steps = [
        one.date
        for one in trace.dates
        if one.rule in {"start", "start_counted", "start_moved", "start_late"} and one.date
    ]
    return date.fromisoformat(steps[-1]) if steps else local_day(start, zone)


def _to_the_hour(
    program: Program, trace: CaseTrace, verdict: Verdict, rule: Obligation, case: tuple[str, int]
) -> tuple[Node, ...]:
    """A deadline that was moved by hours: the limit from the start to it, and the time that was used, both exact."""
    zone, as_of = case
    last = last_counted(trace)
    start, measure, limit = verdict.start, verdict.measure, verdict.limit
    if start is None or measure is None or limit is None or last is None or extending(trace):
        return ()
    ends = day_start(last + timedelta(days=1), load(zone))
    done = verdict.discharged_at if verdict.discharged_at is not None else as_of
    calendar = calendar_of(program, rule.clock.calendar) if policy(rule) == "calendar_time" else None
    spans = union(
        (one.start, as_of if one.end is None else one.end)
        for one in verdict.standstill
        if one.reason != REOPENED
    )
    away = sum(end - one if calendar is None else calendar.elapsed_us(one, end) for one, end in spans)
    return (
        node(
            "limit.hours",
            start=Instant(start),
            end=Instant(ends, ends=True),
            value=limit,
        ),
        node(
            "measure.hours",
            start=Instant(start),
            end=Instant(done),
            span=duration(done - start),
            away=duration(away),
            value=measure,
        ),
    )
