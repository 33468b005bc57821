"""An occurrence of a recurring, standing or target duty in focus goes in; the trace that an explanation is made of comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.log import told
from slalang.outcome.trace import CaseTrace, Interruption, Occurrence, Role

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.judging.recurring import Report, Reports, Slot
    from slalang.engine.judging.standing import Standing
    from slalang.engine.world import World
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import Value

MOST_NAMED = 20  # reports for other occurrences that are named


def of_report(reports: Reports, agreement: str, slot: Slot, slots: list[Slot]) -> CaseTrace:
    """Which report discharged an occurrence and why that one; which came in its time and went to another, or to none."""
    rule, as_of = reports.rule, reports.world.results.as_of
    taken = {id(one.report): one.period.label for one in slots if one.report is not None}
    own = slot.report
    until = max(slot.due, own.at if own is not None else as_of)
    near = [one for one in reports.found.get(agreement, ()) if slot.opens <= one.at <= min(until, as_of)]
    roles = []
    for report in near if own is None or own in near else [own, *near]:
        if report is own:
            roles.append(_role(reports.world, report, "discharge", ""))
        elif len(roles) <= MOST_NAMED:
            role = "elsewhere" if id(report) in taken else "no_occurrence"
            roles.append(_role(reports.world, report, role, taken.get(id(report), report.period)))
    matched = ""
    if own is not None:
        otherwise = "period_it_falls_in" if reports.by_instant or rule.prohibits else "oldest_open"
        matched = "period_field" if reports.by_name and own.period else otherwise
    how = "stated" if rule.ir.window_opens is not None else rule.ir.window_from or "period_start"
    period = slot.period
    occurrence = Occurrence(period.label, period.start, period.end, slot.opens, how, matched)
    return _trace(rule, agreement, "", occurrence, tuple(roles), slot)


def of_target(rule: Rule, verdict: Verdict, holds: Value | None) -> CaseTrace:
    """The condition of a target with the values that it compared."""
    assert verdict.period is not None
    period = verdict.period
    occurrence = Occurrence(period.label, period.start, period.end, holds=holds)
    return _trace(rule, verdict.agreement, verdict.subject, occurrence, ())


def of_standing(standing: Standing, verdict: Verdict) -> CaseTrace:
    """Each gap with the parts of the condition that made it false, and the events that began and ended it."""
    world, rule = standing.world, standing.rule
    assert verdict.period is not None
    period = verdict.period
    gaps, roles = [], []
    for gap in verdict.gaps:
        end = gap.end if gap.end is not None else world.results.as_of
        gaps.append(Interruption(gap.start, end, standing.read_at(verdict, gap.start)))
        for id_ in gap.events:
            event = world.seen.get(id_)
            if event is not None:
                role = "gap.start" if event.time == gap.start else "gap.end"
                roles.append(Role(event.id, event.type, event.time, role, told(event)))
    occurrence = Occurrence(period.label, verdict.start or period.start, period.end, gaps=tuple(gaps))
    return _trace(rule, verdict.agreement, verdict.subject, occurrence, tuple(dict.fromkeys(roles)))


def _role(world: World, report: Report, role: str, label: str) -> Role:
    event = world.seen.get(report.event)
    said = told(event) if event is not None else ""
    detail = ": ".join(part for part in (label, said) if part)
    return Role(report.event, report.type, report.at, role, detail)


def _trace(
    rule: Rule,
    agreement: str,
    subject: str,
    occurrence: Occurrence,
    roles: tuple[Role, ...],
    slot: Slot | None = None,
) -> CaseTrace:
    policies = tuple((one.key, one.choice, one.stated_by) for one in rule.ir.policies)
    dates = slot.steps if slot is not None else ()
    return CaseTrace(
        rule.ir.name, subject, occurrence.period, roles, (), (), (), dates, policies, agreement, occurrence
    )
