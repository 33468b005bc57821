"""How a case's days were counted and its standstills go in; the steps, the days that the standstills added, and the last day come out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.clock import REOPENED
from slalang.explain.parts.expressions import literal
from slalang.explain.tree import Instant, Node, Word, duration, node
from slalang.ir.expressions import Const
from slalang.ir.rules import Within
from slalang.outcome.records import Quantity
from slalang.values import instant
from slalang.values.calendar.public import Calendar
from slalang.values.interval import union
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.explain.tree import Arg
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace, DateStep

KINDS = {
    "each_day_touched": "still.touched",
    "calendar_time": "still.calendar",
    "exact_time": "still.exact",
}


def dates_part(
    program: Program, trace: CaseTrace, verdict: Verdict, rule: Obligation | None, case: tuple[str, int]
) -> Node | None:
    """The steps by which days were counted, each with its rule and the date it led to, and what standstills added.

    `case` are the zone and the instant as of which it is told.
    """
    if not trace.dates:
        return None
    if not trace.dates[0].date and len(trace.dates) > 1:  # from a moment, not from a day
        steps = [
            replace(step, rule="exact" if step.rule == "civil" else step.rule) for step in trace.dates[1:]
        ]
    else:
        steps = list(trace.dates)
    rows = [
        node("date", date=step.date, rule=Word(step.rule, "date"), detail=_detail(step)) for step in steps
    ]
    return node("dates", *rows, *_moved(program, trace, verdict, rule, *case))


def _detail(step: DateStep) -> Arg:
    """What a step counted: months and days, working days, or which end of the count it is."""
    if step.rule in {"civil", "civil_counted", "exact"}:
        return literal("civil", step.detail)
    if step.rule == "working_days":
        return literal("workdays", step.detail)
    if step.rule == "backward":  # months and days, or working days
        return literal("civil" if "," in step.detail else "workdays", step.detail)
    return Word(step.detail, "date") if step.detail else None


def _moved(
    program: Program, trace: CaseTrace, verdict: Verdict, rule: Obligation | None, zone: str, as_of: int
) -> list[Node]:
    """A node a standstill with what it adds, and the last day before and after all of them (model §2)."""
    kind = KINDS.get(policy(rule))
    last = last_counted(trace)
    still = standstills(verdict, as_of)
    if rule is None or kind is None or not still:
        return []
    due = verdict.deadline if verdict.deadline is not None else verdict.deadline_if_resumed_now
    # An excuse that extends moves the deadline further: the result tells that.
    known = due is not None and not any(item.effect == "extend" for item in trace.considered)
    if kind == "still.touched":
        unit = "workdays" if _in_workdays(verdict) else "civil"
        counted = touched(program, rule, verdict, zone, as_of)
        found = [
            node(kind, start=Instant(start), end=Instant(end), days=Quantity(unit, Fraction(count)))
            for (start, end), count in zip(still, counted, strict=True)
        ]
        if not known or due is None or last is None:
            return found
        days = Quantity(unit, Fraction(sum(counted)))
        after = last_day(due, zone).isoformat()
        return [*found, node("moved.days", days=days, before=last.isoformat(), after=after)]
    calendar = calendar_of(program, rule.clock.calendar) if kind == "still.calendar" else None
    lengths = [end - start if calendar is None else calendar.elapsed_us(start, end) for start, end in still]
    found = [
        node(
            "still.exact" if calendar is None else kind,
            start=Instant(start),
            end=Instant(end),
            length=duration(length),
            calendar=rule.clock.calendar if calendar is not None else None,
        )
        for (start, end), length in zip(still, lengths, strict=True)
    ]
    if not known or due is None:
        return found
    total = duration(sum(lengths))
    if last is None:
        return [*found, node("moved.hours", length=total, at=Instant(due, ends=True))]
    return [*found, node("moved.exact", length=total, before=last.isoformat(), at=Instant(due, ends=True))]


def last_counted(trace: CaseTrace) -> date | None:
    """The last day by the count, before anything moved it; None where the count ends at an hour (24 h a day)."""
    step = trace.dates[-1] if trace.dates else None
    if step is None or not step.date or step.rule not in {"closes", "by", "before", "business"}:
        return None
    day = date.fromisoformat(step.date)
    return day - timedelta(days=1) if step.rule == "before" else day


def standstills(verdict: Verdict, as_of: int) -> list[tuple[int, int]]:
    """The stretches in which the clock stood that began before the deadline they moved; one still open lasts until now."""
    due = verdict.deadline if verdict.deadline is not None else as_of + 1
    spans = [
        (one.start, as_of if one.end is None else one.end)
        for one in verdict.standstill
        if one.reason != REOPENED and one.start < due
    ]
    return union(spans)


def touched(program: Program, rule: Obligation, verdict: Verdict, zone: str, as_of: int) -> list[int]:
    """How many days each standstill touches that none before it touched; of a limit in working days only these."""
    calendar = None
    if _in_workdays(verdict):
        calendar = calendar_of(program, workdays_of(rule) or rule.clock.calendar)
    seen: set[date] = set()
    found = []
    for start, end in standstills(verdict, as_of):
        days = days_of(start, end, zone) - seen
        seen |= days
        found.append(sum(calendar is None or calendar.is_working_day(day) for day in days))
    return found


def days_of(start: int, end: int, zone: str) -> set[date]:
    """The local dates of a stretch; one that ends at 24:00 does not touch the next."""
    first, last = local_day(start, zone), local_day(max(end - 1, start), zone)
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def policy(rule: Obligation | None) -> str:
    """How the rule lets a standstill move a date; empty where it does not say."""
    policies = rule.policies if rule is not None else ()
    return next((one.choice for one in policies if one.key == "standstill_of_days"), "")


def _in_workdays(verdict: Verdict) -> bool:
    return verdict.limit is not None and verdict.limit.type == "workdays"


def workdays_of(rule: Obligation) -> str:
    """The calendar that a constant limit in working days names; empty where the clock's is meant."""
    limit = rule.limit.limit if isinstance(rule.limit, Within) else None
    if isinstance(limit, Const) and "@" in limit.value:
        return limit.value.rpartition("@")[2]
    return ""


def calendar_of(program: Program, name: str) -> Calendar | None:
    """The contract's calendar of that name; None where it declares none."""
    spec = next((item for item in program.calendars if item.name == name), None)
    return None if spec is None else Calendar.from_dict(json.loads(spec.definition))


def local_day(at: int, zone: str) -> date:
    """The local date of an instant."""
    return instant.as_datetime(at, load(zone)).date()


def last_day(due: int, zone: str) -> date:
    """The last local day on which a duty can be kept: a deadline at 24:00 is the end of the day before."""
    return local_day(due - 1, zone)
