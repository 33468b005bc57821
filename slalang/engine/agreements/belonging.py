"""A contract's vocabulary, registers and events go in; the agreements that they name, and the subjects that belong to none, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.ir.program import Program

_Node = tuple[str, str]


class Belonging:
    """Who belongs to which agreement, by the fields of events and the attributes of the register alone."""

    def __init__(self, programs: Sequence[Program], read: AbstractSet[str]) -> None:
        """`read`: the event types that a rule reads; of others only what they refer to counts."""
        self.read = read
        self.entity_of = {one.name: one.entity for program in programs for one in program.events}
        self.references: dict[str, dict[str, str]] = {}
        for program in programs:
            for entity in program.entities:
                self.references.setdefault(entity.name, {}).update(
                    {one.field: one.entity for one in entity.references}
                )
            for event in program.events:
                if event.entity and any(field.name == "agreement" for field in event.fields):
                    self.references.setdefault(event.entity, {}).setdefault("agreement", "agreement")

    def named(self, registers: Registers, events: Iterable[Event]) -> tuple[str, ...]:
        """The agreements that the register or an event names, sorted."""
        found = set(registers.ids("agreement"))
        for entity, fields in self._direct().items():
            for versions in registers.entries.get(entity, {}).values():
                found |= {value for _, entry in versions for field in fields if (value := entry.get(field))}  # type: ignore[misc]
        direct = self._direct()
        fields_of = {
            type_: tuple(direct.get(entity, ()))
            for type_, entity in self.entity_of.items()
            if entity in direct or (entity == "agreement" and type_ in self.read)
        }
        for event in events:
            held = fields_of.get(event.type)
            if held is None:
                continue
            if self.entity_of[event.type] == "agreement":
                found.add(event.subject)
            for field in held:
                value = event.data.get(field)
                if isinstance(value, str) and value:
                    found.add(value)
        return tuple(sorted(found))

    def sole(self, registers: Registers, events: Iterable[Event]) -> str:
        """The agreement of whatever names none: the only one that is named; empty where none or several are."""
        found = self.named(registers, events)
        return found[0] if len(found) == 1 else ""

    def strays(self, registers: Registers, events: Iterable[Event]) -> list[Event]:
        """The first event of each subject that could name an agreement where by then nothing leads from it to one, in order.

        Later is too late: what the first event triggered has been judged by the terms of some agreement.
        """
        able = self._able()
        refs: dict[_Node, dict[str, str]] = {}
        seen: set[_Node] = set()
        found = []
        for event in events:
            entity = self.entity_of.get(event.type, "")
            if entity not in self.references:
                continue
            node = (entity, event.subject)
            own = refs.setdefault(node, {})
            for field in self.references[entity]:
                value = event.data.get(field)
                if isinstance(value, str) and value:
                    own[field] = value
            if event.type not in self.read or entity not in able or node in seen:
                continue
            seen.add(node)
            if not self._leads(node, registers, refs, set()):
                found.append(event)
        return found

    def _direct(self) -> dict[str, list[str]]:
        """The fields by which subjects of an entity name an agreement itself."""
        return {
            entity: [field for field, target in fields.items() if target == "agreement"]
            for entity, fields in self.references.items()
            if "agreement" in fields.values()
        }

    def _able(self) -> set[str]:
        """Entities that refer to an agreement, or to something that does."""
        found: set[str] = set()
        while True:
            more = {
                entity
                for entity, fields in self.references.items()
                if entity not in {"", "agreement"}
                and not found.union({"agreement"}).isdisjoint(fields.values())
            }
            if more <= found:
                return found
            found |= more

    def _leads(
        self, node: _Node, registers: Registers, refs: dict[_Node, dict[str, str]], seen: set[_Node]
    ) -> bool:
        if node in seen:
            return False
        seen.add(node)
        entity, id_ = node
        if entity == "agreement":
            return True
        own = dict(refs.get(node, {}))
        for _, entry in registers.entries.get(entity, {}).get(id_, ()):
            own |= {field: value for field, value in entry.items() if isinstance(value, str)}
        targets = self.references.get(entity, {})
        return any(
            self._leads((target, id_ if field == "subject" else own[field]), registers, refs, seen)
            for field, target in targets.items()
            if field in own or field == "subject"
        )
