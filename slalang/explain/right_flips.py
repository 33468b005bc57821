"""The explanation of a right and its facts go in; it comes out with what would have made the right exist, or not, or its exercise count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.explain.flips.exercises import changes
from slalang.explain.readings import in_force
from slalang.explain.tree import Explanation, Instant, Node, Word, node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slalang.events.event import Event
    from slalang.ir.program import Program
    from slalang.outcome.records import RightState
    from slalang.outcome.whole import Outcome

    Evaluate = Callable[[Sequence[Event]], Outcome]

_TRIED: Final = 16
_SHOWN: Final = 3
_THERE: Final = {"exercisable", "exercised"}


def with_right_flip(
    program: Program, explanation: Explanation, state: RightState, events: Sequence[Event], evaluate: Evaluate
) -> Explanation:
    """Every change shown was evaluated again. Of a right of which nobody can say where it stands nothing is tried."""
    if state.status == "undetermined":
        return explanation
    found = changes(in_force(program, explanation.readings), state, events, explanation.as_of)
    shown: list[Node] = []
    done: set[tuple[str, str]] = set()
    for one in found[:_TRIED]:
        if len(shown) == _SHOWN:
            break
        sort = (_sort(one.words.kind), one.gone or (one.event.id if one.event is not None else ""))
        if sort in done:
            continue  # a smaller change of the same sort has done it
        after = _same(evaluate(one.applied(events)), state)
        if not _flipped(state, after):
            continue
        done.add(sort)
        checked = node("flip.checked", then=_headline(after))
        shown.append(Node(one.words.kind, one.words.args, (checked,), one.words.ids))
    if not shown:
        return explanation.adding(node("flip", node("right.flip_none")))
    return explanation.adding(node("flip", *shown))


def _sort(kind: str) -> str:
    return {
        "flip.just_before": "flip.earlier",
        "flip.later": "flip.later_at",
        "flip.added_before": "flip.added",
    }.get(kind, kind)


def _flipped(before: RightState, after: RightState | None) -> bool:
    """What was used is not, or the other way round; what is there is not, or the other way round."""
    now = after.status if after is not None else "none"
    if now == "undetermined":
        return False
    if "exercised" in {before.status, now}:
        return before.status != now
    return (before.status in _THERE) != (now in _THERE)


def _same(outcome: Outcome, wanted: RightState) -> RightState | None:
    same = [
        one for one in outcome.rights
        if (one.rule, one.agreement, one.subject) == (wanted.rule, wanted.agreement, wanted.subject)
    ]  # fmt: skip
    exact = [one for one in same if one.instance == wanted.instance]
    return exact[0] if exact else same[0] if len(same) == 1 else None


def _headline(after: RightState | None) -> Node:
    if after is None:
        return node("right.gone")
    since = Instant(after.since) if after.since is not None and after.status == "exercisable" else None
    return node("right.then", status=Word(after.status, "right"), since=since)
