"""The explanation tree: plain nodes of a kind with named arguments, worded in two languages elsewhere and rendered by `report`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slalang.diagnostics.diagnostic import Text
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in microseconds UTC, shown in the contract's zone; one at which something `ends` is shown at midnight as the day's end."""

    us: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A fixed word of the outcome's vocabulary (a status, a policy, a role), looked up in `explain.wording.lexicon`."""

    key: str
    group: str = ""


# What a node can say of itself. A tuple is a list in words; a Text is prose that has both languages already.
Arg: TypeAlias = "str | int | Quantity | Instant | Word | Text | Node | tuple[Arg, ...] | None"


@dataclass(frozen=True, slots=True)
class Node:
    """One statement of an explanation.

    Attributes:
        kind: names the sentence (`explain.wording`) and what `explain.checking` recomputes of it.
        args: the sentence's values, by name, never rounded.
        children: what the statement rests on, in the contract's order.
        ids: the events it rests on.
    """

    kind: str
    args: tuple[tuple[str, Arg], ...] = ()
    children: tuple[Node, ...] = ()
    ids: tuple[str, ...] = ()

    def get(self, name: str) -> Arg:
        """The argument of that name, or None."""
        for key, value in self.args:
            if key == name:
                return value
        return None

    def number(self, name: str) -> Quantity:
        """The argument of that name, which must be a quantity (KeyError: it is none)."""
        value = self.get(name)
        if not isinstance(value, Quantity):
            raise KeyError(f"{self.kind} has no quantity {name}")
        return value

    def instant(self, name: str) -> int:
        """The argument of that name, which must be an instant, in µs (KeyError: it is none)."""
        value = self.get(name)
        if not isinstance(value, Instant):
            raise KeyError(f"{self.kind} has no instant {name}")
        return value.us

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first; nodes inside arguments are part of a sentence and come with it."""
        yield self
        for _, value in self.args:
            if isinstance(value, Node):
                yield from value.walk()
        for child in self.children:
            yield from child.walk()

    def find(self, kind: str) -> tuple[Node, ...]:
        """All nodes of a kind, in order."""
        return tuple(item for item in self.walk() if item.kind == kind)


def node(kind: str, *children: Node | None, ids: tuple[str, ...] = (), **args: Arg) -> Node:
    """A node, leaving out children and arguments that are None."""
    kept = tuple((name, value) for name, value in args.items() if value is not None)
    return Node(kind, kept, tuple(child for child in children if child is not None), ids)


def worded(kind: str, children: Iterable[Node | None], args: Mapping[str, Arg]) -> Node:
    """As `node`, with the arguments in a mapping."""
    kept = tuple((name, value) for name, value in args.items() if value is not None)
    return Node(kind, kept, tuple(child for child in children if child is not None))


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explained verdict, metric or amount; every rendering is made from `root`, the picture also from `trace`.

    Attributes:
        sort: `verdict`, `metric` or `amount`.
        root: the whole tree; its own sentence is the headline.
        zone: IANA name of the zone in which instants are shown.
        readings: the readings (name, option) that the run took.
        verdict, trace: for a verdict, what the timeline picture is drawn from.
    """

    sort: str
    rule: str
    subject: str
    contract: str
    version: str
    zone: str
    as_of: int
    root: Node
    readings: tuple[tuple[str, str], ...] = ()
    verdict: Verdict | None = None
    trace: CaseTrace | None = None

    def adding(self, child: Node) -> Explanation:
        """The same explanation with one more part at the end of the tree."""
        return replace(self, root=replace(self.root, children=(*self.root.children, child)))


def duration(us: int) -> Quantity:
    """An exact duration as a quantity."""
    return Quantity("duration", Fraction(us))
