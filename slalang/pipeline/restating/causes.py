"""Changes and new facts go in; by evaluating with single facts taken out, and put in, which of them move each result comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from slalang.events.holding import standing
from slalang.outcome.changes.comparing import compare, tables
from slalang.outcome.changes.records import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.outcome.changes.records import Change, Key, Published
    from slalang.pipeline.restating.facts import Facts, Unit
    from slalang.pipeline.running import Run

MOST_TRIED: Final = 200  # facts that are taken out, each with an evaluation of everything
MOST_WORK: Final = 4_000_000  # events played again in all: more facts than this allows are counted, not tried
FEWEST: Final = 4


@dataclass(frozen=True, slots=True)
class Attributed:
    """The changes with their causes, and how many facts were tried."""

    changes: tuple[Change, ...]
    tried: int


class Again:
    """Evaluates a run's contract over other facts, and gives back published tables."""

    def __init__(self, run: Run) -> None:
        """Nothing is evaluated."""
        self._run = run

    def tables(self, events: Iterable[Event], registers: Registers, as_of: int) -> Published:
        """The tables as of an instant; corrections among the events are applied."""
        known = standing(sorted(events, key=lambda event: event.order), as_of)
        return tables(self._run.outcome(None, known, registers=registers, as_of=as_of))


def attributed(
    again: Again,
    changes: Sequence[Change],
    known: Sequence[Unit],
    *,
    then: Facts,
    now: Facts,
    outcomes: Mapping[str, Published],
    as_of: int,
    inputs: Cause | None,
) -> Attributed:
    """Each change with what moves it: time alone, other inputs, or the facts without which it would be another.

    Args:
        again: evaluates over other facts.
        changes: between the earlier outcome and the present one.
        known: the facts that differ.
        then: what the earlier run knew.
        now: what is known now.
        outcomes: `old` as published; `base`, what the facts of then come to as of the earlier run; `later`, what they
            come to as of now; `now`.
        as_of: the instant of the present, µs.
        inputs: what else differs than facts; it is named where the earlier result does not come out of the facts of then.
    """
    not_time = compare(outcomes["later"], outcomes["now"]).keys
    elsewhere = compare(outcomes["old"], outcomes["base"]).keys
    causes: dict[int, list[Cause]] = {}
    for place, change in enumerate(changes):
        found = causes[place] = []
        if inputs is not None and elsewhere.intersection(change.keys):
            found.append(inputs)
        elif not not_time.intersection(change.keys):
            found.append(Cause("time"))
    open_ = [place for place, found in causes.items() if not found]
    limit = max(FEWEST, min(MOST_TRIED, MOST_WORK // max(1, len(now.events))))
    tried = list(_first(known, changes))[:limit] if open_ else []
    if open_:
        moves = [(unit, _without(again, unit, outcomes["now"], now, then, as_of)) for unit in tried]
        _note(causes, open_, changes, moves)
    still = [
        place
        for place in open_
        if not causes[place] and (changes[place].restates or len(tried) == len(known))
    ]
    if still:
        # Two facts of which each would do: neither is missed when it is taken out, so they are put in one by one.
        moves = [(unit, _with(again, unit, outcomes["later"], now, then, as_of)) for unit in tried]
        _note(causes, still, changes, moves)
    made = tuple(replace(change, causes=tuple(causes[place])) for place, change in enumerate(changes))
    return Attributed(made, len(tried))


def _note(
    causes: dict[int, list[Cause]],
    places: Iterable[int],
    changes: Sequence[Change],
    moves: Sequence[tuple[Unit, frozenset[Key]]],
) -> None:
    for place in places:
        causes[place] += [unit.cause for unit, moved in moves if moved.intersection(changes[place].keys)]


def _without(
    again: Again, unit: Unit, outcome: Published, now: Facts, then: Facts, as_of: int
) -> frozenset[Key]:
    """The results that are others without this fact."""
    registers = then.registers if unit.sort == "register" else now.registers
    other = again.tables(unit.taken_out(now.events).values(), registers, as_of)
    return compare(outcome, other).keys


def _with(
    again: Again, unit: Unit, outcome: Published, now: Facts, then: Facts, as_of: int
) -> frozenset[Key]:
    """The results that are others with this fact alone."""
    registers = now.registers if unit.sort == "register" else then.registers
    other = again.tables(unit.put_in(then.events).values(), registers, as_of)
    return compare(outcome, other).keys


def _first(known: Sequence[Unit], changes: Sequence[Change]) -> Iterable[Unit]:
    """The facts in the order in which they are tried: those that a changed verdict cites before the rest."""
    cited = {
        id_
        for change in changes
        for record in (change.before, change.after)
        if record is not None
        for id_ in record.get("evidence", ())
    }
    return sorted(known, key=lambda unit: unit.sort == "new" and unit.cause.event not in cited)
