"""A run and other facts go in; what it would come to, in published form, comes out: over all facts, or over some islands of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from slalang.engine.evaluate import evaluate
from slalang.engine.run import belonging
from slalang.events.holding import standing
from slalang.outcome.changes.comparing import EVERY, compare, tables
from slalang.pipeline.restating.islands import ENOUGH, Island, Islands, only, separable, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.outcome.changes.records import Published
    from slalang.pipeline.restating.facts import Facts
    from slalang.pipeline.running import Run

UNKNOWN: Final = -1 << 61


class Again:
    """Evaluates a run's contract over other facts, and gives back published tables.

    Attributes:
        work: events played so far, over all evaluations.
    """

    def __init__(self, run: Run) -> None:
        """Nothing is evaluated."""
        self._run = run
        self._receipt = run.receipt()
        self._asked = run.settings(run.as_of)
        self.belongs = belonging(run.versions, run.loaded.registers, self._asked)
        self.work = 0

    def tables(self, events: Iterable[Event], registers: Registers, as_of: int) -> Published:
        """The tables as of an instant; corrections among the events are applied."""
        known = standing(sorted(events, key=lambda event: event.order), as_of)
        return self._tables(known, registers, as_of, self.belongs.sole(registers, known), None)

    def part(
        self,
        islands: Sequence[Island],
        events: Iterable[Event],
        registers: Registers,
        as_of: int,
        first: int | None,
    ) -> Published:
        """The tables of some islands alone, where all facts begin with `first` (µs) and several agreements are known."""
        known = standing(sorted(events, key=lambda event: event.order), as_of)
        own = {name for one in islands for name in one.agreements}
        return sliced(self._tables(known, only(registers, own), as_of, "", first), own)

    def _tables(
        self, known: list[Event], registers: Registers, as_of: int, sole: str, first: int | None
    ) -> Published:
        self.work += len(known)
        asked = replace(self._asked, as_of=as_of, sole=sole, first=first)
        return tables(evaluate(self._run.versions, known, registers, asked, self._receipt))

    def first(self, events: Iterable[Event], as_of: int) -> int | None:
        """Where the facts begin: the first event that a rule reads, as of an instant."""
        known = standing(sorted(events, key=lambda event: event.order), as_of)
        return next((event.time for event in known if event.type in self.belongs.read), None)

    def islands(self, then: Facts, now: Facts) -> Islands | None:
        """The facts by islands; None where one result may rest on facts of all agreements."""
        if not separable(one.program for one in self._run.versions):
            return None
        for facts in (then, now):
            listed = len(facts.registers.ids("agreement"))
            if listed < 2 and len(self.belongs.named(facts.registers, facts.events.values())) < ENOUGH:
                return None
        return Islands(self.belongs, then, now)


def sliced(outcome: Published, agreements: set[str]) -> Published:
    """The results of some agreements."""
    return {
        "as_of": outcome["as_of"],
        **{
            table: [one for one in outcome[table] if (one["agreement"] or "") in agreements]
            for table in EVERY
        },
    }


def agree(one: Published, other: Published) -> bool:
    """Whether two sets of results say the same."""
    return not compare(one, other, EVERY).changes


def joined(islands: Iterable[Island], *, then: bool) -> dict[str, Event]:
    """All facts of some islands, as they were or as they are."""
    return together(one.then if then else one.now for one in islands)
