"""An explained verdict and the events go in; single changes of fact that may flip it, worked out and not yet tried, smallest first, come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.events.event import Event, Scalar
from slalang.explain.flips.announcements import announced_earlier
from slalang.explain.flips.outages import ended_earlier
from slalang.explain.parts.cases import BREACHED
from slalang.explain.parts.conditions import kept_away, looked_at_all
from slalang.explain.parts.days import calendar_of
from slalang.explain.parts.expressions import literal
from slalang.explain.tree import Instant, Node, Word, duration, node
from slalang.ir.expressions import Const, Op, SignalAt
from slalang.ir.facts import Latest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slalang.explain.parts.conditions import Failing
    from slalang.explain.tree import Explanation
    from slalang.ir.facts import EventMatch
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace

ADDED = "would-be"  # the id of an event that did not happen
FAR = 1 << 62  # the size of a change that is no shift in time: shown after all that are


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change of one fact: the event as it would have been, how much it is moved (µs), what sort, and in words."""

    event: Event
    size: int
    sort: str
    words: Node


def of(program: Program, explanation: Explanation, events: Mapping[str, Event]) -> list[Candidate]:
    """The candidates for a verdict, smallest change first; for equal ones, doing what was owed comes first."""
    verdict, trace = explanation.verdict, explanation.trace
    if verdict is None or trace is None:
        return []
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    if verdict.status == "met":
        found = [*_later(verdict, trace, events)]
    elif rule is not None and rule.modality == "prohibition":
        found = [*_not_so_soon(program, rule, verdict, trace, events)]
    else:
        found = [
            *_earlier(verdict, trace, events),
            *_added(program, rule, verdict),
            *_announced(program, rule, verdict, events, explanation.as_of),
            *_longer(verdict, trace, events),
            *_other_value(program, trace, verdict, events),
            *_gap(verdict, events),
            *_ended(program, rule, verdict, events),
        ]
    return sorted(found, key=lambda candidate: candidate.size)


def moved(event: Event, at: int) -> Event:
    """The event at another time; one that was recorded no later than it happened stays so."""
    recorded = event.recorded
    if recorded is not None:
        recorded = max(recorded + at - event.time, at) if recorded == event.time else max(recorded, at)
    return replace(event, time=at, recorded=recorded)


def in_time(program: Program, verdict: Verdict, discharge: Event | None) -> Iterator[Candidate]:
    """What was owed, done at the deadline, and failing that just before it; `discharge` None: it was never done."""
    if verdict.deadline is None:
        return
    if discharge is not None:
        yield from _to_deadline(verdict.deadline, discharge)
        return
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    yield from _added(program, rule, verdict)


def told(kind: str, event: Event, by: int, at: int) -> Node:
    """A change of an event's time in words: by how much (µs), and to when."""
    return node(kind, event=Word(event.type, "event"), by=duration(by), at=Instant(at), id=event.id)


def _discharge(verdict: Verdict, trace: CaseTrace, events: Mapping[str, Event]) -> Event | None:
    """The event that discharged the case: by its role, or else the evidence of that instant."""
    ids = [role.event for role in trace.roles if role.role == "discharge"]
    if not ids:
        evidence = (events[id_] for id_ in verdict.evidence if id_ in events)
        ids = [event.id for event in evidence if event.time == verdict.discharged_at]
    return events.get(ids[-1]) if ids else None


def _to_deadline(deadline: int, event: Event) -> Iterator[Candidate]:
    by = event.time - deadline
    if by < 0:
        return
    if by:
        yield Candidate(moved(event, deadline), by, "discharge", told("flip.earlier", event, by, deadline))
    yield Candidate(
        moved(event, deadline - 1), by + 1, "discharge", told("flip.just_before", event, by, deadline)
    )


def _earlier(verdict: Verdict, trace: CaseTrace, events: Mapping[str, Event]) -> Iterator[Candidate]:
    event = _discharge(verdict, trace, events)
    if event is None:
        return
    # The limit may have been another one earlier: besides the deadline, an act before the breach began or before a
    # change of the limit may have helped, and the latest of them that does is the smallest change.
    goals = {verdict.deadline, verdict.breached_at, *(step.at for step in trace.limits[1:])}
    for goal in goals:
        if goal is not None:
            yield from _to_deadline(goal, event)


def _not_so_soon(
    program: Program, rule: Obligation, verdict: Verdict, trace: CaseTrace, events: Mapping[str, Event]
) -> Iterator[Candidate]:
    """What is forbidden, done when it is not any more: at the end of the time or just after it."""
    event = _discharge(verdict, trace, events)
    if event is None or verdict.margin is None or verdict.margin.type != "duration":
        return
    left = int(verdict.margin.value)
    ends = event.time + left
    if rule.clock.calendar != "always":
        calendar = calendar_of(program, rule.clock.calendar)
        if calendar is None:
            return
        ends = calendar.deadline_us(event.time, left) if left else event.time
    by = ends - event.time
    if by:
        yield Candidate(moved(event, ends), by, "later", told("flip.wait_until", event, by, ends))
    yield Candidate(moved(event, ends + 1), by + 1, "later", told("flip.wait", event, by, ends))


def _later(verdict: Verdict, trace: CaseTrace, events: Mapping[str, Event]) -> Iterator[Candidate]:
    event, deadline = _discharge(verdict, trace, events), verdict.deadline
    if event is None or deadline is None or event.time > deadline:
        return
    by = deadline - event.time
    if by:
        yield Candidate(moved(event, deadline), by, "later", told("flip.later_at", event, by, deadline))
    yield Candidate(moved(event, deadline + 1), by + 1, "later", told("flip.later", event, by, deadline))


def _added(program: Program, rule: Obligation | None, verdict: Verdict) -> Iterator[Candidate]:
    """A discharge that never came, at the deadline or just before it, where its fields need no invention."""
    if verdict.status != "overdue" or verdict.deadline is None or rule is None or rule.discharge is None:
        return
    for match in rule.discharge.any_of:
        data = invented(program, match)
        if data is None:
            continue
        if rule.period_field and verdict.period is not None:
            data[rule.period_field] = verdict.period.label
        rank = next((item.rank for item in program.events if item.name == match.type), 0)
        for at, kind in ((verdict.deadline, "flip.added"), (verdict.deadline - 1, "flip.added_before")):
            event = Event(ADDED, match.type, verdict.subject or ADDED, at, dict(data), rank=rank)
            words = node(kind, event=Word(match.type, "event"), at=Instant(verdict.deadline))
            yield Candidate(event, verdict.deadline - at, "added", words)
        return


def invented(program: Program, match: EventMatch) -> dict[str, Scalar] | None:
    """The fields that a match asks for (of an amount that must be so much, just so much); None where more would have to be invented."""
    data: dict[str, Scalar] = {}
    for where in _parts(match.where):
        if not isinstance(where, Op) or where.op not in {"==", ">="}:
            return None
        field, value = where.args
        if field.kind != "field" or not isinstance(value, Const):
            return None
        kind = value.type.partition(":")[0]
        if kind in {"text", "levels"} and where.op == "==":
            data[field.name] = value.value
        elif kind in {"amount", "number", "integer", "ratio"}:
            data[field.name] = Fraction(value.value)
        else:
            return None
    declared = next((item for item in program.events if item.name == match.type), None)
    needed = {item.name for item in declared.fields if not item.optional} if declared is not None else set()
    return data if needed <= set(data) else None


def _parts(where: object) -> Iterator[object]:
    """The conditions that must all hold."""
    if isinstance(where, Op) and where.op == "and":
        for part in where.args:
            yield from _parts(part)
    elif where is not None:
        yield where


def _announced(
    program: Program, rule: Obligation | None, verdict: Verdict, events: Mapping[str, Event], as_of: int
) -> Iterator[Candidate]:
    if rule is None or verdict.start is None:
        return
    end = verdict.discharged_at if verdict.discharged_at is not None else as_of
    for event, at in announced_earlier(program, rule, events.values(), (verdict.start, end)):
        by = event.time - at
        yield Candidate(moved(event, at), by, "announced", told("flip.earlier", event, by, at))


def _longer(verdict: Verdict, trace: CaseTrace, events: Mapping[str, Event]) -> Iterator[Candidate]:
    """A standstill that began earlier or ended later by what the clock ran over."""
    if verdict.margin is None or verdict.margin.type != "duration" or verdict.margin.value >= 0:
        return
    over = -int(verdict.margin.value // 1)
    still = [item for item in trace.clock if item.state == "standstill"]
    for role in trace.roles:
        event = events.get(role.event)
        if event is None or role.role not in {"standstill", "change"}:
            continue
        if any(item.start == role.at for item in still):
            at = role.at - over
            yield Candidate(moved(event, at), over + 2, "standstill", told("flip.earlier", event, over, at))
        if any(item.end == role.at for item in still):
            at = role.at + over
            yield Candidate(moved(event, at), over + 2, "standstill", told("flip.later_at", event, over, at))


def _other_value(
    program: Program, trace: CaseTrace, verdict: Verdict, events: Mapping[str, Event]
) -> Iterator[Candidate]:
    """An exception kept away by one condition `signal is value`: the event that set the signal, with that value."""
    for item in trace.considered:
        if item.applied or item.condition is None or not looked_at_all(item.condition):
            continue
        failing = kept_away(item.condition)
        found = with_value(program, failing[0], verdict, events) if len(failing) == 1 else None
        if found is not None:
            yield found


def with_value(
    program: Program, failing: Failing, verdict: Verdict, events: Mapping[str, Event]
) -> Candidate | None:
    """The event that set a signal, with the value that a condition `signal is value` wanted; None for other conditions."""
    expr = failing.value.expr if failing.wanted else None
    if not isinstance(expr, Op) or expr.op != "==" or not isinstance(expr.args[0], SignalAt):
        return None
    signal, wanted = expr.args[0], expr.args[1]
    form = next((one.form for one in program.signals if one.name == signal.signal), None)
    if signal.via or not isinstance(wanted, Const) or not isinstance(form, Latest):
        return None
    types = {source.type for source in form.sources}
    own = [event for event in events.values() if event.type in types and event.subject == verdict.subject]
    if not own:
        return None
    last = max(own, key=lambda event: event.order)
    now = last.data.get(form.field)
    words = node(
        "flip.value",
        event=Word(last.type, "event"),
        field=form.field,
        value=literal(wanted.type, wanted.value),
        now="" if now is None else str(now),
        id=last.id,
    )
    return Candidate(replace(last, data={**last.data, form.field: wanted.value}), FAR, "value", words)


def _ended(
    program: Program, rule: Obligation | None, verdict: Verdict, events: Mapping[str, Event]
) -> Iterator[Candidate]:
    if rule is None or rule.modality != "target":
        return
    for event, at in ended_earlier(program, rule, verdict, events.values()):
        by = event.time - at
        yield Candidate(moved(event, at), by, "outage", told("flip.earlier", event, by, at))


def _gap(verdict: Verdict, events: Mapping[str, Event]) -> Iterator[Candidate]:
    """The one interruption of a standing duty: what ended before it ends later, or what began after it begins earlier."""
    if len(verdict.gaps) != 1 or verdict.status not in BREACHED:
        return
    gap = verdict.gaps[0]
    if gap.end is None:
        return
    length = gap.end - gap.start
    known = [events[id_] for id_ in gap.events if id_ in events] or list(events.values())
    for event in known:
        if event.time == gap.start:
            words = told("flip.later_at", event, length, gap.end)
            yield Candidate(moved(event, gap.end), length, "gap", words)
        elif event.time == gap.end:
            words = told("flip.earlier", event, length, gap.start)
            yield Candidate(moved(event, gap.start), length, "gap", words)
