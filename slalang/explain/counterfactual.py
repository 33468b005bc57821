"""An explained verdict, the events and a way to evaluate again go in; the smallest single change that would flip it, tried out, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from slalang.diagnostics.diagnostic import Text
from slalang.explain.flips import candidates, together
from slalang.explain.focus import relevant
from slalang.explain.parts.cases import BREACHED, headline
from slalang.explain.readings import in_force
from slalang.explain.tree import Node, node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from slalang.events.event import Event
    from slalang.explain.flips.candidates import Candidate
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict
    from slalang.outcome.whole import Outcome

    # The changed events (the same id replaces, a new id adds) in, the whole outcome with them out.
    Reevaluate: TypeAlias = "Callable[[tuple[Event, ...]], Outcome]"

MOST_TRIED = 12  # evaluations for one explanation
MOST_SHOWN = 3
MOST_SETS = 20  # sets of changes tried where no single one does
TRIED = {
    "discharge": Text("doing it earlier", "提前履行"),
    "added": Text("doing it in time", "及时履行"),
    "later": Text("doing it later", "推迟履行"),
    "announced": Text("announcing earlier", "提前公告"),
    "standstill": Text("a longer standstill", "更长的停计"),
    "value": Text("another value of one field", "某一字段取另一值"),
    "outage": Text("an outage that ended earlier", "中断提前结束"),
    "gap": Text("closing the one gap", "补上唯一的中断"),
}


def with_flip(
    program: Program, explanation: Explanation, events: Iterable[Event], reevaluate: Reevaluate
) -> Explanation:
    """The explanation with a last part that says what would have changed it; every change shown was evaluated again.

    Verdicts that nobody can flip with a fact (pending, void, undetermined, excused) are given back as they are.
    """
    verdict = explanation.verdict
    if verdict is None or explanation.trace is None or verdict.status not in BREACHED | {"met"}:
        return explanation
    program = in_force(program, explanation.readings)
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    if rule is not None and rule.modality == "measured" and rule.discharge is None:
        return explanation  # its time alone ends it, whatever happens
    tried: list[str] = []
    shown: list[Node] = []
    known = {event.id: event for event in events}
    done: set[tuple[str, str]] = set()
    for candidate in candidates.of(program, explanation, known)[:MOST_TRIED]:
        if len(shown) == MOST_SHOWN:
            break
        if (candidate.sort, candidate.event.id) in done:
            continue  # a smaller change of the same sort has done it
        if candidate.sort not in tried:
            tried.append(candidate.sort)
        after = _verdict(reevaluate((candidate.event,)), verdict)
        if after is not None and flipped(verdict, after):
            done.add((candidate.sort, candidate.event.id))
            shown.append(_shown(candidate, headline(after, explanation.as_of, rule)))
    if not shown:
        several = _together(program, explanation, known, reevaluate, rule)
        if several is not None:
            return explanation.adding(node("flip", several))
        names = tuple(TRIED[sort] for sort in tried)
        empty = node("flip.none", tried=names) if names else node("flip.nothing", why=_nothing(verdict))
        return explanation.adding(node("flip", empty))
    return explanation.adding(node("flip", *shown))


def _together(
    program: Program,
    explanation: Explanation,
    events: dict[str, Event],
    reevaluate: Reevaluate,
    rule: Obligation | None,
) -> Node | None:
    """The smallest set of changes, none of which does alone, that flips the verdict; None where none of those tried does."""
    verdict = explanation.verdict
    if verdict is None:
        return None
    for changes in together.sets(program, explanation, events)[:MOST_SETS]:
        after = _verdict(reevaluate(tuple(change.event for change in changes)), verdict)
        if after is not None and flipped(verdict, after):
            rows = [Node(change.words.kind, change.words.args, (), (change.event.id,)) for change in changes]
            checked = node("flip.checked", then=headline(after, explanation.as_of, rule))
            return node("flip.all", *rows, checked)
    return None


def tried(
    program: Program,
    explanation: Explanation,
    events: Iterable[Event],
    evaluate: Callable[[Sequence[Event]], Outcome],
) -> Explanation:
    """As `with_flip`, with a way to evaluate whole sequences of events: only those that can matter to the case are used.

    Should the verdict come out otherwise over them alone, all events are used.
    """
    verdict = explanation.verdict
    if verdict is None:
        return explanation
    everything = list(events)
    facts: Sequence[Event] = relevant(program, verdict, everything)
    if len(facts) < len(everything):
        again = _verdict(evaluate(facts), verdict)
        if again is None or (again.status, again.margin, again.deadline) != (
            verdict.status,
            verdict.margin,
            verdict.deadline,
        ):
            facts = everything
    return with_flip(program, explanation, facts, lambda changed: evaluate(substituted(facts, changed)))


def flipped(before: Verdict, after: Verdict) -> bool:
    """Whether a breach is none any more, or the other way round."""
    return (before.status in BREACHED) != (after.status in BREACHED) and after.status not in {
        "pending",
        "undetermined",
    }


def substituted(events: Iterable[Event], changed: Sequence[Event]) -> list[Event]:
    """The events with the changed ones in their place (a new id is added), in the total order of model §3."""
    by_id = {event.id: event for event in changed}
    kept = [by_id.pop(event.id, event) for event in events]
    return sorted([*kept, *by_id.values()], key=lambda event: event.order)


def _verdict(outcome: Outcome, wanted: Verdict) -> Verdict | None:
    """The same case in another outcome; a case that is gone is none."""
    same = [
        item
        for item in outcome.verdicts
        if (item.rule, item.agreement, item.subject) == (wanted.rule, wanted.agreement, wanted.subject)
        and item.period == wanted.period
    ]
    exact = [item for item in same if item.instance == wanted.instance]
    return exact[0] if exact else same[0] if len(same) == 1 else None


def _shown(candidate: Candidate, then: Node) -> Node:
    checked = node("flip.checked", then=then)
    return Node(candidate.words.kind, candidate.words.args, (checked,), (candidate.event.id,))


def _nothing(verdict: Verdict) -> Text:
    if len(verdict.gaps) > 1:
        return Text("the duty was interrupted more than once", "义务不止一次中断")
    if verdict.status in BREACHED and verdict.discharged_at is None and not verdict.gaps:
        return Text(
            "what was owed never came, and an event for it would need values that nobody recorded",
            "应履行之事始终未发生，而补上该事件需要无人记录的取值",
        )
    return Text(
        "no event of this case was found that would change the verdict by itself; events from which others follow are not moved",
        "未找到单独改变即可改变结论的本案事件；由其得出其他事件的，不作移动",
    )
