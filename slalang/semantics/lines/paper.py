"""The `clauses` lines of a contract go in; every clause number of the paper contract comes out, ranges written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.semantics.errors.lowering import NoRange
from slalang.semantics.errors.names import DuplicateName
from slalang.semantics.parts import as_text
from slalang.semantics.scope.collect import flat
from slalang.syntax.tree import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Document, Sentence

LONGEST: Final = 2000  # clauses in one range


def paper(world: World, document: Document) -> tuple[str, ...]:
    """All numbers in the order in which they are listed; a range that is none and a number listed twice are reported."""
    found: dict[str, Text] = {}
    lines = [sentence for sentence, _ in flat(document) if sentence.kind == "clauses"]
    for number, text in (pair for line in lines for pair in listed(world, line)):
        if number in found:
            world.collector.add(DuplicateName(text.span, name=number, first=found[number].span))
        found.setdefault(number, text)
    return tuple(found)


def listed(world: World, line: Sentence) -> Iterator[tuple[str, Text]]:
    """The numbers that a line names, ranges written out; a range that is none is reported."""
    ranges = line.parts.get("ranges")
    for each in ranges if isinstance(ranges, tuple) else ():
        ends = [part for part in each if isinstance(part, Text)] if isinstance(each, tuple) else []
        if len(ends) == 1:
            yield as_text(ends[0]), ends[0]
            continue
        first, last = (as_text(end).rpartition(".") for end in ends)
        numbers = _between(first[2], last[2]) if first[:2] == last[:2] else None
        if numbers is None:
            world.collector.add(NoRange(ends[0].span.to(ends[1].span)))
            continue
        for number in numbers:
            yield f"{first[0]}{first[1]}{number}", ends[0]


def _between(first: str, last: str) -> range | None:
    """The whole numbers of a range, or None: `3 to 1`, `a to c`, or more than anybody writes."""
    if not (first.isdecimal() and last.isdecimal() and max(len(first), len(last)) <= len(str(LONGEST))):
        return None
    found = range(int(first), int(last) + 1)
    return found if 0 < len(found) <= LONGEST else None
