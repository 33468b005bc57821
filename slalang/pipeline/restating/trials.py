"""Facts that differ go in; by evaluating with single ones taken out, or put in, which results each of them moves comes out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slalang.outcome.changes.comparing import EVERY, compare
from slalang.pipeline.restating.again import agree, joined, sliced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.events.event import Event
    from slalang.outcome.changes.records import Change, Key, Published
    from slalang.pipeline.restating.again import Again
    from slalang.pipeline.restating.facts import Events, Facts, Unit
    from slalang.pipeline.restating.islands import Island, Islands

MOST_WORK: Final = (
    4_000_000  # events played again in all: facts beyond are taken out together, not one by one
)
FEWEST: Final = 4

Moved = list[tuple["Unit", frozenset["Key"]]]


@dataclass(frozen=True, slots=True)
class Side:
    """Where facts are changed: the state they are changed in, what comes of it unchanged, and whether they are put in."""

    facts: Facts
    outcome: Published
    first: int | None
    put_in: bool

    def changed(self, unit: Unit, events: Events) -> Events:
        """Some events with one fact put in, or taken out."""
        return unit.put_in(events) if self.put_in else unit.taken_out(events)


class Trials:
    """Evaluates again with facts taken out or put in: only the agreements that a fact speaks of, many facts of different ones at a time."""

    def __init__(self, again: Again, then: Facts, now: Facts, as_of: int) -> None:
        """Sort the facts by agreements that have nothing to do with each other, where there are such."""
        self._again = again
        self._then, self._now, self._as_of = then, now, as_of
        self._islands: Islands | None = again.islands(then, now)
        self._proved: dict[bool, set[int]] = {False: set(), True: set()}
        self._sliced: dict[bool, dict[str, Published]] = {}
        first = [again.first(facts.events.values(), as_of) for facts in (then, now)]
        self.firsts = {True: first[0], False: first[1]}
        self._begin = min((one for one in first if one is not None), default=None)

    # -- what need be tried ------------------------------------------------------------------------------------------

    def needed(self, units: Sequence[Unit], changes: Iterable[Change]) -> list[Unit]:
        """The facts that can have to do with some changes: those of the agreements that changed."""
        if self._islands is None:
            return list(units)
        wanted = {id(self._islands.of_agreement(one.record["agreement"] or "")) for one in changes}
        return [unit for unit in units if (home := self._home(unit)) is None or id(home) in wanted]

    def cost(self, unit: Unit) -> int:
        """How many events an evaluation with or without a fact plays."""
        home = self._home(unit)
        return max(1, len(self._now.events) if home is None else len(home.now))

    def _home(self, unit: Unit) -> Island | None:
        """The agreements that a fact can have to do with; None: all, as the beginning of all facts or the registers may move with it."""
        if self._islands is None or unit.sort == "register":
            return None
        times = [event.time for event in (unit.before, unit.after) if event is not None]
        if self._begin is None or min(times) <= self._begin:
            return None
        return self._islands.of_unit(unit)

    # -- trying ------------------------------------------------------------------------------------------------------

    def each(self, units: Iterable[Unit], side: Side) -> Moved:
        """For each fact by itself, the results that it moves."""
        asked = list(units)
        found: dict[int, frozenset[Key]] = {}
        waiting: dict[int, list[Unit]] = defaultdict(list)
        homes: dict[int, Island] = {}
        for unit in asked:
            home = self._home(unit)
            if home is None or not self._alone(home, side):
                found[id(unit)] = self._whole([unit], side)
            else:
                waiting[id(home)].append(unit)
                homes[id(home)] = home
        while waiting:
            batch = [(homes[at], queue.pop(0)) for at, queue in waiting.items()]
            found |= self._round(batch, side)
            for at in [at for at, queue in waiting.items() if not queue]:
                del waiting[at]
        return [(unit, found[id(unit)]) for unit in asked]

    def together(self, units: Iterable[Unit], side: Side) -> frozenset[Key]:
        """The results that some facts move, all of them taken out or put in."""
        return self._whole(units, side)

    def _round(self, batch: Sequence[tuple[Island, Unit]], side: Side) -> dict[int, frozenset[Key]]:
        """One evaluation for facts of different islands."""
        events: dict[str, Event] = {}
        for home, unit in batch:
            events |= side.changed(unit, home.then if side.put_in else home.now)
        islands = [home for home, _ in batch]
        part = self._again.part(islands, events.values(), side.facts.registers, self._as_of, side.first)
        after, before = _by_agreement(part), self._before(side)
        return {
            id(unit): compare(_of(home, before, side.outcome), _of(home, after, part), EVERY).keys
            for home, unit in batch
        }

    def _before(self, side: Side) -> dict[str, Published]:
        if side.put_in not in self._sliced:
            self._sliced[side.put_in] = _by_agreement(side.outcome)
        return self._sliced[side.put_in]

    def _alone(self, home: Island, side: Side) -> bool:
        """Whether the agreements of an island, evaluated by themselves, come to what they come to among all."""
        proved = self._proved[side.put_in]
        if id(home) not in proved:
            part = self._again.part(
                [home],
                joined([home], then=side.put_in).values(),
                side.facts.registers,
                self._as_of,
                side.first,
            )
            if not agree(sliced(side.outcome, home.agreements), part):
                return False
            proved.add(id(home))
        return True

    def _whole(self, units: Iterable[Unit], side: Side) -> frozenset[Key]:
        events: Events = side.facts.events
        registers = side.facts.registers
        for unit in units:
            events = side.changed(unit, events)
            if unit.sort == "register":
                registers = self._now.registers if side.put_in else self._then.registers
        other = self._again.tables(events.values(), registers, self._as_of)
        return compare(side.outcome, other, EVERY).keys


def _by_agreement(outcome: Published) -> dict[str, Published]:
    found: dict[str, Published] = defaultdict(lambda: {table: [] for table in EVERY})
    for table in EVERY:
        for record in outcome[table]:
            found[record["agreement"] or ""][table].append(record)
    return found


def _of(home: Island, found: dict[str, Published], outcome: Published) -> Published:
    """The results of an island, in the order in which they stand."""
    parts = [found[name] for name in sorted(home.agreements) if name in found]
    whole: Published = {table: [record for part in parts for record in part[table]] for table in EVERY}
    return {"as_of": outcome["as_of"], **whole}
