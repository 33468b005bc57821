"""How a case's days were counted and its standstills go in; the steps, the days that the standstills added, and the last day come out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.clock import REOPENED
from slalang.explain.parts.expressions import literal
from slalang.explain.tree import Instant, Node, Word, duration, node
from slalang.outcome.records import Quantity
from slalang.values import instant
from slalang.values.interval import union
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.explain.tree import Arg
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace, DateStep

KINDS = {"each_day_touched": "still.touched", "calendar_time": "still.between", "exact_time": "still.exact"}


def dates_part(
    trace: CaseTrace, verdict: Verdict, rule: Obligation | None, zone: str, as_of: int
) -> Node | None:
    """The steps by which days were counted, each with its rule and the date it led to, and what standstills added."""
    if not trace.dates:
        return None
    rows = [
        node("date", date=step.date, rule=Word(step.rule, "date"), detail=_detail(step))
        for step in trace.dates
    ]
    return node("dates", *rows, *_moved(trace, verdict, rule, zone, as_of))


def _detail(step: DateStep) -> Arg:
    """What a step counted: months and days, working days, or which end of the count it is."""
    if step.rule == "civil":
        return literal("civil", step.detail)
    if step.rule == "working_days":
        return literal("workdays", step.detail)
    return Word(step.detail, "date") if step.detail else None


def _moved(trace: CaseTrace, verdict: Verdict, rule: Obligation | None, zone: str, as_of: int) -> list[Node]:
    """A node a standstill with what it adds, and the last day before and after all of them (model §5)."""
    kind = KINDS.get(policy(rule))
    last = next((step.date for step in reversed(trace.dates) if step.date), "")
    if kind is None or not last:
        return []
    ends = instant.day_start(date.fromordinal(date.fromisoformat(last).toordinal() + 1), load(zone))
    still = union(
        (one.start, as_of if one.end is None else one.end)
        for one in verdict.standstill
        if one.reason != REOPENED and one.start < ends
    )
    if not still:
        return []
    unit = "workdays" if kind != "still.exact" and _in_workdays(verdict) else "civil"
    found = [
        node(
            kind,
            start=Instant(start),
            end=Instant(end),
            length=duration(end - start),
            days=Quantity(unit, Fraction(added(policy(rule), start, end, zone))),
        )
        for start, end in still
    ]
    due = verdict.deadline if verdict.deadline is not None else verdict.deadline_if_resumed_now
    if due is None or any(item.effect == "extend" for item in trace.considered):
        return found  # an excuse that extends moves the deadline further: the result tells that
    if kind == "still.exact":
        total = duration(sum(end - start for start, end in still))
        return [*found, node("moved.exact", length=total, before=last, at=Instant(due, ends=True))]
    days = Quantity(unit, sum((one.number("days").value for one in found), Fraction(0)))
    return [*found, node("moved.days", days=days, before=last, after=last_day(due, zone).isoformat())]


def policy(rule: Obligation | None) -> str:
    """How the rule lets a standstill move a date; empty where it does not say."""
    policies = rule.policies if rule is not None else ()
    return next((one.choice for one in policies if one.key == "standstill_of_days"), "")


def _in_workdays(verdict: Verdict) -> bool:
    return verdict.limit is not None and verdict.limit.type == "workdays"


def added(policy_: str, start: int, end: int, zone: str) -> int:
    """The days that one standstill adds: those from date to date, or each that it touches (one to 24:00 touches no next)."""
    where = load(zone)
    first, last = local_day(start, zone), local_day(end, zone)
    between = (last - first).days
    if policy_ != "each_day_touched":
        return between
    return between if instant.day_start(last, where) == end and between else between + 1


def local_day(at: int, zone: str) -> date:
    """The local date of an instant."""
    return instant.as_datetime(at, load(zone)).date()


def last_day(due: int, zone: str) -> date:
    """The last local day on which a duty can be kept: a deadline at 24:00 is the end of the day before."""
    return local_day(due - 1, zone)
