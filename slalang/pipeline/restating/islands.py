"""Two states of the facts go in; the groups of agreements that share no subject, and the facts of each, come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slalang.events.registers import Registers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.agreements.belonging import Belonging
    from slalang.events.event import Event
    from slalang.ir.program import Program
    from slalang.pipeline.restating.facts import Events, Facts, Unit

_Node = tuple[str, str]
ENOUGH: Final = 4  # agreements: one fact more or less names at most two others, so never leaves a single one


@dataclass(slots=True)
class Island:
    """Agreements that share subjects, and the facts that speak of them: what the rest of the facts says is nothing to them."""

    agreements: set[str] = field(default_factory=set)
    then: dict[str, Event] = field(default_factory=dict)
    now: dict[str, Event] = field(default_factory=dict)


def separable(programs: Iterable[Program]) -> bool:
    """Whether every result is of one agreement, and read from that agreement's facts alone."""
    return not any(metric.over == "all" for program in programs for metric in program.metrics)


class Islands:
    """Every fact and every agreement belongs to one island."""

    def __init__(self, belongs: Belonging, then: Facts, now: Facts) -> None:
        """Join what refers to each other, in the facts of then and of now, in the registers, and by corrections."""
        self._belongs = belongs
        self._up: dict[_Node, _Node] = {}
        self._node: dict[str, _Node] = {}
        for registers in (then.registers, now.registers):
            self._register(registers)
        for events in (then.events, now.events):
            for event in events.values():
                self._take(event)
        for events in (then.events, now.events):
            for event in events.values():
                target = event.corrects or event.retracts
                if target and target in self._node:
                    self._join(self._node[event.id], self._node[target])
        self._adrift()
        self.islands: dict[_Node, Island] = {}
        agreements = [node for node in self._up if node[0] == "agreement"]
        for node in agreements:
            self.of(node).agreements.add(node[1])
        for id_, event in then.events.items():
            self.of(self._node[id_]).then[id_] = event
        for id_, event in now.events.items():
            self.of(self._node[id_]).now[id_] = event

    def of(self, node: _Node) -> Island:
        """The island of a node."""
        return self.islands.setdefault(self._root(node), Island())

    def of_agreement(self, agreement: str) -> Island:
        """The island of an agreement."""
        return self.of(("agreement", agreement))

    def of_unit(self, unit: Unit) -> Island | None:
        """The island of a fact; None for the registers as a whole."""
        event = unit.after if unit.after is not None else unit.before
        return None if event is None else self.of_event(event)

    def of_event(self, event: Event) -> Island:
        """The island of an event."""
        return self.of(self._node[event.id])

    def _adrift(self) -> None:
        """What leads to no agreement is judged under the one without a name."""
        moored = {self._root(node) for node in self._up if node[0] == "agreement"}
        for node in [*self._up]:
            if self._root(node) not in moored:
                self._join(node, ("agreement", ""))
                moored.add(self._root(node))

    def _register(self, registers: Registers) -> None:
        for entity, entries in registers.entries.items():
            fields = self._belongs.references.get(entity, {})
            for id_, versions in entries.items():
                node = (entity or "agreement", id_)
                self._root(node)
                for _, entry in versions:
                    for name, target in fields.items():
                        value = id_ if name == "subject" else entry.get(name)
                        if isinstance(value, str) and value:
                            self._join(node, (target, value))

    def _take(self, event: Event) -> None:
        entity = self._belongs.entity_of.get(event.type)
        if (
            entity is None
        ):  # a correction of a type that the contract does not declare: it is where its target is
            self._node.setdefault(event.id, ("?", event.id))
            return
        node = (entity or "agreement", event.subject)
        if event.id in self._node:
            self._join(self._node[event.id], node)
        self._node[event.id] = node
        fields = self._belongs.references.get(entity, {})
        for name, target in fields.items():
            value = event.subject if name == "subject" else event.data.get(name)
            if isinstance(value, str) and value:
                self._join(node, (target, value))

    def _root(self, node: _Node) -> _Node:
        up = self._up
        root = up.setdefault(node, node)
        while up[root] != root:
            root = up[root]
        while node != root:
            up[node], node = root, up[node]
        return root

    def _join(self, one: _Node, other: _Node) -> None:
        a, b = self._root(one), self._root(other)
        if a != b:
            self._up[max(a, b)] = min(a, b)


def only(registers: Registers, agreements: set[str]) -> Registers:
    """The registers with no other agreements than these."""
    entries = dict(registers.entries)
    if "agreement" in entries:
        entries["agreement"] = {id_: one for id_, one in entries["agreement"].items() if id_ in agreements}
    return Registers(entries)


def together(events: Iterable[Events]) -> dict[str, Event]:
    """The facts of several islands."""
    found: dict[str, Event] = {}
    for one in events:
        found |= one
    return found
