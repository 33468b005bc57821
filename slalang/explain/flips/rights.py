"""A right that can be used and the events go in; what would have kept it away comes out: a fact less, or the least payment, evaluated again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.events.event import Event
from slalang.explain.flips.announcements import named
from slalang.explain.flips.candidates import ADDED
from slalang.explain.flips.folds import without
from slalang.explain.tree import Instant, Node, Word, node
from slalang.ir.expressions import Field
from slalang.ir.facts import Running
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.ir.amounts import Right
    from slalang.ir.program import Program
    from slalang.outcome.records import RightState
    from slalang.outcome.whole import Outcome

MOST_TRIED: Final = 12  # facts taken away, one at a time
MOST_SHOWN: Final = 3
MOST_HALVED: Final = 48  # evaluations for the least payment
MOST_PLAYED: Final = 4_000_000  # events played again for it


def with_less(
    program: Program,
    explanation: Explanation,
    right: RightState,
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation of an exercisable right with what would have kept it away; others are given back as they are."""
    rule = next((one for one in program.rights if one.name == right.rule), None)
    if right.status != "exercisable" or rule is None:
        return explanation
    shown = [*_paid(program, rule, right, events, reevaluate, explanation.as_of)]
    known = {event.id: event for event in events}
    for id_ in [one for one in right.evidence if one in known][:MOST_TRIED]:
        if len(shown) == MOST_SHOWN:
            break
        change = without(known[id_])
        after = _status(reevaluate((change.event,)), right)
        if after != "exercisable":
            shown.append(Node(change.words.kind, change.words.args, (_checked(right, after),), (id_,)))
    return explanation.adding(node("flip", *shown)) if shown else explanation


def _paid(
    program: Program,
    rule: Right,
    right: RightState,
    events: Sequence[Event],
    reevaluate: Reevaluate,
    now: int,
) -> Iterator[Node]:
    """The least that, paid now, brings what runs below its figure."""
    signals = {one.name: one for one in program.signals}
    for name in dict.fromkeys(named(rule.condition, "signal")):
        form = signals[name].form if name in signals else None
        if not isinstance(form, Running) or form.less is None or len(form.less.any_of) != 1:
            continue
        field = form.less_value
        if not isinstance(field, Field) or field.of != "event" or len(events) * MOST_HALVED > MOST_PLAYED:
            continue
        made = _payment(program, form, field, right, events, now)
        if made is None:
            continue
        step = Fraction(1, 100) if field.type.startswith("amount") else Fraction(1)
        amount = _least(made, field.name, step, _bound(form, events), right, reevaluate)
        if amount is None:
            continue
        after = _status(reevaluate((_of(made, field.name, amount),)), right)
        yield node(
            "flip.paid", _checked(right, after), event=Word(made.type, "event"), value=Quantity(field.type, amount), at=Instant(now)
        )  # fmt: skip


def _payment(
    program: Program, form: Running, field: Field, right: RightState, events: Sequence[Event], now: int
) -> Event | None:
    """An event like the last one of its kind; without one, one with no other fields than the amount and the agreement."""
    assert form.less is not None
    type_ = form.less.any_of[0].type
    last = next((event for event in reversed(events) if event.type == type_), None)
    if last is not None:
        return replace(last, id=ADDED, time=now, recorded=None, corrects="", retracts="")
    declared = next(one for one in program.events if one.name == type_)
    data: dict[str, str] = {"agreement": right.agreement} if right.agreement else {}
    needed = {one.name for one in declared.fields if not one.optional} - {field.name, *data}
    subject = right.subject or right.agreement or ADDED
    data = {name: value for name, value in data.items() if name in {one.name for one in declared.fields}}
    return None if needed else Event(ADDED, type_, subject, now, dict(data), rank=declared.rank)


def _of(event: Event, name: str, amount: Fraction) -> Event:
    return replace(event, data={**event.data, name: amount})


def _bound(form: Running, events: Sequence[Event]) -> Fraction:
    """More than can have run up."""
    types = {match.type for match in form.events.any_of}
    name = form.value.name if isinstance(form.value, Field) else ""
    total = Fraction(0) if form.opening is None else abs(Fraction(form.opening.value))
    for event in events:
        if event.type in types:
            value = event.data.get(name) if name else 1
            total += abs(Fraction(value)) if isinstance(value, int | Fraction) else 1
    return total + 1


def _least(
    made: Event, name: str, step: Fraction, most: Fraction, right: RightState, reevaluate: Reevaluate
) -> Fraction | None:
    """By halves, the least multiple of a step that takes the right away."""

    def does(count: int) -> bool:
        return _status(reevaluate((_of(made, name, count * step),)), right) != "exercisable"

    low, high = 0, int(most / step)
    if not does(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    return high * step


def _status(outcome: Outcome, right: RightState) -> str:
    same = [
        one
        for one in outcome.rights
        if (one.rule, one.agreement, one.subject) == (right.rule, right.agreement, right.subject)
        and one.instance in {right.instance, ""}
    ]
    return same[0].status if same else "not_yet"


def _checked(right: RightState, status: str) -> Node:
    return node("flip.right", name=right.rule, status=Word(status, "right"))
