"""Changes and new facts go in; by evaluating with single facts taken out, and put in, which of them move each result comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slalang.outcome.changes.comparing import EVERY, compare
from slalang.outcome.changes.records import Cause
from slalang.pipeline.restating.trials import FEWEST, MOST_WORK, Side, Trials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from slalang.outcome.changes.records import Change, Published
    from slalang.pipeline.restating.again import Again
    from slalang.pipeline.restating.facts import Facts, Unit
    from slalang.pipeline.restating.trials import Moved


@dataclass(frozen=True, slots=True)
class Attributed:
    """The changes with their causes.

    Attributes:
        tried: facts that were taken out or put in by themselves.
        needless: facts of agreements of which no result changed for want of another cause: nothing is to be found by trying.
        grouped: facts that were only taken out all together, since trying each would have taken too long.
    """

    changes: tuple[Change, ...]
    tried: int
    needless: int
    grouped: int


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
    not_time = compare(outcomes["later"], outcomes["now"], EVERY).keys
    elsewhere = compare(outcomes["old"], outcomes["base"], EVERY).keys
    causes: dict[int, list[Cause]] = {}
    for place, change in enumerate(changes):
        found = causes[place] = []
        if inputs is not None and elsewhere.intersection(change.keys):
            found.append(inputs)
        elif not not_time.intersection(change.keys):
            found.append(Cause("time"))
    open_ = [place for place, found in causes.items() if not found]
    if not open_ or not known:
        return _made(changes, causes, 0, len(known), 0)
    trials = Trials(again, then, now, as_of)
    wanted = trials.needed(known, [changes[place] for place in open_])
    tried, left = _affordable(trials, list(_first(wanted, changes)))
    without = Side(now, outcomes["now"], trials.firsts[False], put_in=False)
    _note(causes, open_, changes, trials.each(tried, without))
    still = [place for place in open_ if not causes[place] and (changes[place].restates or not left)]
    if still:
        # Two facts of which each would do: neither is missed when it is taken out, so they are put in one by one.
        wider = Side(then, outcomes["later"], trials.firsts[True], put_in=True)
        _note(causes, still, changes, trials.each(tried, wider))
    if left:
        moved = trials.together(left, without)
        for place in open_:
            if moved.intersection(changes[place].keys):
                causes[place].append(Cause("group", about=str(len(left))))
    return _made(changes, causes, len(tried), len(known) - len(wanted), len(left))


def _made(
    changes: Sequence[Change],
    causes: Mapping[int, list[Cause]],
    tried: int,
    needless: int,
    grouped: int,
) -> Attributed:
    made = tuple(replace(change, causes=tuple(causes[place])) for place, change in enumerate(changes))
    return Attributed(made, tried, needless, grouped)


def _affordable(trials: Trials, units: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The facts that are tried by themselves, and those for which it would take too long."""
    work = 0
    for at, unit in enumerate(units):
        work += trials.cost(unit)
        if work > MOST_WORK and at >= FEWEST:
            return units[:at], units[at:]
    return units, []


def _note(
    causes: dict[int, list[Cause]], places: Iterable[int], changes: Sequence[Change], moves: Moved
) -> None:
    for place in places:
        causes[place] += [unit.cause for unit, moved in moves if moved.intersection(changes[place].keys)]


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
