"""An explained count, sum, mean, percentile or extreme and the events go in; the fewest changes that reach the next figure of the contract come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from slalang.explain.flips.candidates import Candidate, in_time, moved, told
from slalang.explain.flips.downtime import passed
from slalang.explain.parts.cases import BREACHED
from slalang.explain.parts.days import calendar_of
from slalang.explain.tree import Word, node
from slalang.ir.amounts import CaseFold, EventFold
from slalang.ir.expressions import CaseValue, Const, Field, Op
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.events.event import Event
    from slalang.explain.flips.tiers import Bound
    from slalang.ir.program import Program
    from slalang.outcome.records import MetricValue, Verdict

GONE: Final = ""  # the type of an event that did not happen: no contract declares it
MOST: Final = 200  # changes made together


@dataclass(frozen=True, slots=True)
class Attempt:
    """Changes made together, worked out and not yet tried; they reach the far side of `bound`, from above or (`rising`) from below."""

    changes: tuple[Candidate, ...]
    bound: Bound
    rising: bool = False

    def reached(self, figure: Fraction) -> bool:
        """Whether a figure lies on the far side."""
        return passed(figure, self.bound) is self.rising


def attempts(
    program: Program,
    value: MetricValue,
    tiers: Sequence[Bound],
    verdicts: Sequence[Verdict],
    events: Sequence[Event],
) -> Iterator[Attempt]:
    """What would bring a fold down to the next lower figure with which the contract compares it, or up to the next higher one.

    `verdicts`: the cases that it counted. Downward first; the fewest changes, the smallest ones. The evaluation says whether
    it is right.
    """
    rule = next((item for item in program.metrics if item.name == value.rule), None)
    if rule is None or value.value is None:
        return
    figure = Fraction(value.value.value)
    below = next((one for one in reversed(tiers) if passed(figure, one)), None)
    above = next((one for one in tiers if not passed(figure, one)), None)
    form = rule.form
    if below is not None:
        # A mean may lie below a figure by less than the least step of its parts; the sum of them may not.
        averaged = isinstance(form, CaseFold | EventFold) and form.fold == "mean"
        step = _step(value) / (max(1, len(verdicts)) if averaged else 1)
        goal = below.value - step if below.reached else below.value
        changes: tuple[Candidate, ...] = ()
        if isinstance(form, CaseFold):
            changes = _fewer_cases(program, form, figure, goal, verdicts, events)
        elif isinstance(form, EventFold):
            changes = _fewer_events(form, figure, goal, _own(form, value, events))
        if changes:
            yield Attempt(changes, below)
    if above is not None and isinstance(form, EventFold) and form.fold == "count":
        goal = above.value if above.reached else above.value + 1
        yield from _more_events(form, figure, goal, _own(form, value, events), above)


def _step(value: MetricValue) -> Fraction:
    """The least by which a figure of this kind can lie below another: a microsecond, one, a cent."""
    assert value.value is not None
    return Fraction(1, 100) if value.value.type.startswith("amount") else Fraction(1)


# -- cases ---------------------------------------------------------------------------------------------------------------


def _fewer_cases(
    program: Program,
    form: CaseFold,
    figure: Fraction,
    goal: Fraction,
    verdicts: Sequence[Verdict],
    events: Sequence[Event],
) -> tuple[Candidate, ...]:
    known = {event.id: event for event in events}
    if form.fold == "count":
        late = [one for one in verdicts if one.status in BREACHED]
        late.sort(key=lambda one: (one.margin is None, -one.margin.value if one.margin else 0, one.subject))
        return _done_in_time(program, late, known, ceil(figure - goal))
    if not isinstance(form.value, CaseValue) or form.value.what != "measure":
        return ()
    timed = [
        (int(one.measure.value), one, done)
        for one in verdicts
        if one.measure is not None
        and one.measure.type == "duration"
        and (not form.statuses or one.status in form.statuses)
        and (done := _discharge(one, known)) is not None
    ]
    timed.sort(key=lambda item: (-item[0], item[1].subject))
    cut = _cuts(form, [length for length, _, _ in timed], figure, goal)
    found = [
        _sooner(program, verdict, done, by) for (_, verdict, done), by in zip(timed, cut, strict=False) if by
    ]
    return (
        () if not cut or any(one is None for one in found) else tuple(one for one in found if one is not None)
    )


def _cuts(form: CaseFold, lengths: list[int], figure: Fraction, goal: Fraction) -> list[int]:
    """By how much each of the lengths, longest first, must become shorter; empty where that does not do."""
    count = len(lengths)
    if not count:
        return []
    if form.fold in {"mean", "sum"}:
        return _from_the_longest(lengths, ceil((figure - goal) * (count if form.fold == "mean" else 1)))
    most = int(goal // 1)
    if form.fold == "largest":
        return [max(0, one - most) for one in lengths]
    if form.fold == "percentile":
        rank = ceil(Fraction(form.percent) / 100 * count) if _is_percent(form.percent) else count
        over = [at for at, one in enumerate(lengths) if one > most]
        needed = rank - (count - len(over))
        chosen = set(over[len(over) - needed :]) if 0 < needed <= len(over) else set()
        return [one - most if at in chosen else 0 for at, one in enumerate(lengths)] if chosen else []
    return []


def _is_percent(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _from_the_longest(lengths: list[int], by: int) -> list[int]:
    """So much taken from the fewest lengths, the longest first, each by its share; none of them to nothing."""
    chosen = 1
    while chosen <= len(lengths) and sum(lengths[:chosen]) <= by:
        chosen += 1
    taken = lengths[:chosen]
    if sum(taken) <= by:
        return []
    cut = [by * one // sum(taken) for one in taken]
    cut[0] += by - sum(cut)
    return cut


def _discharge(verdict: Verdict, known: dict[str, Event]) -> Event | None:
    own = (known[id_] for id_ in verdict.evidence if id_ in known)
    return next((event for event in own if event.time == verdict.discharged_at), None)


def _sooner(program: Program, verdict: Verdict, done: Event, by: int) -> Candidate | None:
    """The act so much clock time earlier."""
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    at = done.time - by
    if rule is not None and rule.clock.calendar not in {"", "always"}:
        calendar = calendar_of(program, rule.clock.calendar)
        if calendar is None:
            return None
        at = calendar.deadline_us(done.time, -by)
    return Candidate(
        moved(done, at), done.time - at, "discharge", told("flip.earlier", done, done.time - at, at)
    )


def _done_in_time(
    program: Program, late: Sequence[Verdict], known: dict[str, Event], count: int
) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for verdict in late:
        if len(found) == count:
            break
        done = _discharge(verdict, known)
        if done is None and verdict.discharged_at is not None:
            continue
        options = list(in_time(program, verdict, done))
        if options:
            found.append(options[-1])
    return tuple(found) if 0 < len(found) == count <= MOST else ()


# -- events --------------------------------------------------------------------------------------------------------------


def _own(form: EventFold, value: MetricValue, events: Sequence[Event]) -> list[Event]:
    """The events that the fold counts, as far as their condition is a plain comparison of a field, latest first."""
    found = []
    for event in events:
        if not value.period.start <= event.time < value.period.end:
            continue
        for match in form.events.any_of:
            if match.type == event.type and _fits(match.where, event):
                found.append(event)
                break
    return sorted(found, key=lambda event: event.order, reverse=True)


def _fits(where: object, event: Event) -> bool:
    if where is None:
        return True
    if not isinstance(where, Op) or where.op != "==":
        return False
    field, wanted = where.args
    return (
        isinstance(field, Field) and isinstance(wanted, Const) and event.data.get(field.name) == wanted.value
    )


def _fewer_events(
    form: EventFold, figure: Fraction, goal: Fraction, own: list[Event]
) -> tuple[Candidate, ...]:
    if form.fold == "count":
        count = ceil(figure - goal)
        return tuple(without(event) for event in own[:count]) if 0 < count <= min(len(own), MOST) else ()
    if not isinstance(form.value, Field) or form.value.of != "event" or not own:
        return ()
    name = form.value.name
    held = [
        (Fraction(value), event)
        for event in own
        if isinstance(value := event.data.get(name), int | Fraction) and not isinstance(value, bool)
    ]
    held.sort(key=lambda item: (-item[0], item[1].order))
    if form.fold in {"sum", "mean"}:
        left = (figure - goal) * (len(held) if form.fold == "mean" else 1)
    elif form.fold == "largest":
        return tuple(_with(form, event, name, goal, value) for value, event in held if value > goal)
    else:
        return ()
    found = []
    for value, event in held:
        part = min(value, left)
        if part > 0:
            found.append(_with(form, event, name, value - part, value))
            left -= part
    return tuple(found) if left <= 0 else ()


def without(event: Event) -> Candidate:
    """An event that did not happen."""
    words = node("flip.without", event=Word(event.type, "event"), of=event.subject, id=event.id)
    return Candidate(replace(event, type=GONE, data={}), 0, "without", words)


def _with(form: EventFold, event: Event, name: str, value: Fraction, now: Fraction) -> Candidate:
    kind = form.value.type if form.value is not None else "number"
    then = int(value) if kind == "duration" else value
    words = node(
        "flip.value", event=Word(event.type, "event"), field=name, value=Quantity(kind, value), now=Quantity(kind, now), id=event.id
    )  # fmt: skip
    return Candidate(replace(event, data={**event.data, name: then}), 0, "value", words)


def _more_events(
    form: EventFold, figure: Fraction, goal: Fraction, own: list[Event], bound: Bound
) -> Iterator[Attempt]:
    count = ceil(goal - figure)
    if not own or not 0 < count <= MOST or len(form.events.any_of) != 1:
        return
    like = own[0]
    words = node("flip.more_events", event=Word(like.type, "event"), count=count, at=like.id)
    made = [
        Candidate(replace(like, id=f"would-be-{number}"), 0, "added", words) for number in range(1, count + 1)
    ]
    yield Attempt(tuple(made), bound, rising=True)
