"""Where a right stands and the events go in; small changes that might make the right exist, or not, or its exercise count, come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slalang.engine.cases.roles import types_of
from slalang.engine.compile.walk import signals_of
from slalang.events.event import Event
from slalang.explain.flips.candidates import ADDED, FAR, invented, moved, told
from slalang.explain.tree import Instant, Node, Word, node
from slalang.ir.facts import Computed, MemberFold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.ir.amounts import Right
    from slalang.ir.expressions import Expr
    from slalang.ir.program import Program
    from slalang.outcome.records import RightState


@dataclass(frozen=True, slots=True)
class Change:
    """One fact otherwise: an event that is gone (its id), or that is there anew or at another time, and the words for it."""

    words: Node
    size: int
    gone: str = ""
    event: Event | None = None

    def applied(self, events: Sequence[Event]) -> list[Event]:
        """The events with this change, in total order."""
        left = [one for one in events if one.id not in {self.gone, self.event.id if self.event else ""}]
        return sorted([*left, *([self.event] if self.event else [])], key=lambda one: one.order)


def changes(program: Program, state: RightState, events: Sequence[Event], as_of: int) -> list[Change]:
    """The candidates, smallest change first."""
    rule = next((one for one in program.rights if one.name == state.rule), None)
    if rule is None:
        return []
    known = {one.id: one for one in events}
    found = [
        *_exercises(state, known, rule),
        *_added(program, rule, state),
        *_grounds(program, rule, state, events, as_of),
    ]
    return sorted(found, key=lambda one: one.size)


def _exercises(state: RightState, known: dict[str, Event], rule: Right) -> Iterator[Change]:
    """The exercise, or each that had no effect, at another time or by the holder."""
    if state.status == "exercised":
        event = next((one for one in known.values() if _is_use(one, state)), None)
        for goal in (state.until, None if state.until is None else state.until + 1) if event else ():
            if event is not None and goal is not None and goal > event.time:
                kind = "flip.later_at" if goal == state.until else "flip.later"
                assert state.until is not None
                words = told(kind, event, state.until - event.time, state.until)
                yield Change(words, goal - event.time, event=moved(event, goal))
        if event is not None and state.since is not None and event.time >= state.since:
            words = told("flip.just_before", event, event.time - state.since, state.since)
            yield Change(words, event.time - state.since + 1, event=moved(event, state.since - 1))
        return
    for attempt in state.attempts:
        event = known.get(attempt.event)
        if event is None:
            continue
        if event.by and event.by not in rule.holders:
            holder = (rule.holders or (rule.holder,))[0]
            words = node("right.flip_by", event=Word(event.type, "event"), party=holder, id=event.id)
            yield Change(words, FAR, event=replace(event, by=holder))
        for goal in {state.since, state.opens}:
            if goal is not None and goal > event.time:
                words = told("flip.later_at", event, goal - event.time, goal)
                yield Change(words, goal - event.time, event=moved(event, goal))
        if state.until is not None and event.time >= state.until:
            by = event.time - state.until
            if by:
                yield Change(
                    told("flip.earlier", event, by, state.until), by, event=moved(event, state.until)
                )
            words = told("flip.just_before", event, by, state.until)
            yield Change(words, by + 1, event=moved(event, state.until - 1))


def _is_use(event: Event, state: RightState) -> bool:
    return event.id == state.exercised_by or (event.time == state.exercised_at and event.id in state.evidence)


def _added(program: Program, rule: Right, state: RightState) -> Iterator[Change]:
    """An exercise that never came, by the end of the window, where its fields need no invention."""
    if state.status != "lapsed" or state.attempts or state.until is None or rule.exercise is None:
        return
    for match in rule.exercise.any_of:
        data = invented(program, match)
        if data is None:
            continue
        rank = next((one.rank for one in program.events if one.name == match.type), 0)
        for at, kind in ((state.until, "flip.added"), (state.until - 1, "flip.added_before")):
            made = Event(ADDED, match.type, state.subject or ADDED, at, dict(data), rank=rank)
            words = node(kind, event=Word(match.type, "event"), at=Instant(state.until))
            yield Change(words, state.until - at, event=made)
        return


def _grounds(
    program: Program, rule: Right, state: RightState, events: Sequence[Event], as_of: int
) -> Iterator[Change]:
    """Without an event that gave or cured it, or that its condition counts; or with one more of the latter."""
    moving = _moving(program, [rule.condition])
    moving |= _given_by(program, rule)
    lasts: dict[str, Event] = {}
    for event in events:
        if _is_use(event, state) or any(event.id == one.event for one in state.attempts):
            continue
        if event.id in state.evidence:
            words = node("right.flip_without", event=Word(event.type, "event"), id=event.id)
            yield Change(words, FAR + 1, gone=event.id)
        if event.type in moving and event.time <= as_of:
            lasts[event.type] = event
    for event in lasts.values():
        if event.id not in state.evidence:
            words = node("right.flip_without", event=Word(event.type, "event"), id=event.id)
            yield Change(words, FAR + 1, gone=event.id)
        words = node("right.flip_more", event=Word(event.type, "event"), at=Instant(as_of))
        yield Change(words, FAR, event=replace(event, id=ADDED, time=as_of, recorded=None))


def _given_by(program: Program, rule: Right) -> set[str]:
    """The events that move the signals whose crossing gives the right."""
    crossed = {name for name, what in (rule.trigger.derived if rule.trigger else ()) if what == "crossing"}
    forms = [one.form for one in program.signals if one.name in crossed]
    found = {type_ for form in forms for type_ in types_of(form)}
    return found | _moving(program, [form.value for form in forms if isinstance(form, Computed)])


def _moving(program: Program, roots: list[Expr | None]) -> set[str]:
    """The event types that can change what some expressions read, through any signals."""
    found: set[str] = set()
    todo, seen = [one.signal for one in signals_of(roots, program)], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for form in [one.form for one in program.signals if one.name == name]:
            found |= types_of(form)
            if isinstance(form, Computed):
                todo += [one.signal for one in signals_of([form.value], program)]
            elif isinstance(form, MemberFold):
                todo.append(form.signal)
    return found
