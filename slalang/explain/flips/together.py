"""An explained verdict and the events go in; sets of a few changes that may flip it only together, smallest first, come out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from slalang.explain.flips.candidates import Candidate, moved, of, told, with_value
from slalang.explain.parts.cases import BREACHED
from slalang.explain.parts.conditions import kept_away, looked_at_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slalang.events.event import Event
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.records import Stretch, Verdict

MOST_GAPS: Final = 4  # interruptions that are closed together
MOST_PAIRED: Final = 6  # single changes of which pairs are made: 15 pairs


def sets(
    program: Program, explanation: Explanation, events: Mapping[str, Event]
) -> list[tuple[Candidate, ...]]:
    """Sets of changes of different facts, none of which is known to do alone.

    All gaps of a standing duty closed; the values that keep one exception away; pairs of the single changes.
    """
    verdict = explanation.verdict
    if verdict is None or verdict.status not in BREACHED:
        return []
    found = [*_gaps(verdict, events), *_values(program, explanation, verdict, events)]
    singles = of(program, explanation, events)[: 2 * MOST_PAIRED]
    # Of one event the smallest change stands for all of its sort.
    first = {(one.sort, one.event.id): one for one in reversed(singles)}
    usable = sorted(first.values(), key=lambda one: one.size)[:MOST_PAIRED]
    found += [pair for pair in combinations(usable, 2) if pair[0].event.id != pair[1].event.id]
    return sorted(found, key=lambda one: (len(one), sum(each.size for each in one)))


def _gaps(verdict: Verdict, events: Mapping[str, Event]) -> Iterator[tuple[Candidate, ...]]:
    if not 1 < len(verdict.gaps) <= MOST_GAPS:
        return
    closing = [_closing(gap, events) for gap in verdict.gaps]
    made = tuple(one for one in closing if one is not None)
    if len(made) == len(verdict.gaps) and len({one.event.id for one in made}) == len(made):
        yield made


def _closing(gap: Stretch, events: Mapping[str, Event]) -> Candidate | None:
    """What ended the gap, coming as early as it began; failing that, what began it, coming as late as it ended."""
    if gap.end is None:
        return None
    length = gap.end - gap.start
    own = [events[id_] for id_ in gap.events if id_ in events]
    for at, goal, kind in ((gap.end, gap.start, "flip.earlier"), (gap.start, gap.end, "flip.later_at")):
        for event in own:
            if event.time == at:
                return Candidate(moved(event, goal), length, "gap", told(kind, event, length, goal))
    return None


def _values(
    program: Program, explanation: Explanation, verdict: Verdict, events: Mapping[str, Event]
) -> Iterator[tuple[Candidate, ...]]:
    """An exception kept away by two values: both as they would have had to be."""
    trace = explanation.trace
    for item in trace.considered if trace is not None else ():
        if item.applied or item.condition is None or not looked_at_all(item.condition):
            continue
        failing = kept_away(item.condition)
        made = [with_value(program, one, verdict, events) for one in failing]
        changes: Sequence[Candidate] = [one for one in made if one is not None]
        if len(failing) == 2 == len(changes) and changes[0].event.id != changes[1].event.id:
            yield tuple(changes)
