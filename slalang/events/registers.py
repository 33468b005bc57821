"""Registers: entities, their dated attributes and their references, looked up by id as of an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.events.event import Scalar


VERSION = (
    "version"  # the attribute of an agreement's entry that says under which version of the contract it is
)
BEGINNING = -(2**62)  # earlier than any instant, µs: what an entry says without a date


@dataclass(slots=True)
class Registers:
    """`entries[entity][id]` is a list of (from_us, attributes), sorted; the attributes in force at t are the latest set at or before t
    (an entry without a date holds from the beginning)."""

    entries: dict[str, dict[str, list[tuple[int, dict[str, Scalar]]]]] = field(default_factory=dict)

    def add(self, entity: str, id_: str, attributes: dict[str, Scalar], since: int = BEGINNING) -> None:
        """Record attributes of an entry from an instant on."""
        versions = self.entries.setdefault(entity, {}).setdefault(id_, [])
        versions.append((since, attributes))
        versions.sort(key=lambda pair: pair[0])

    def ids(self, entity: str) -> list[str]:
        """All ids of an entity, sorted."""
        return sorted(self.entries.get(entity, {}))

    def at(self, entity: str, id_: str, instant: int) -> dict[str, Scalar] | None:
        """The attributes known for an entry at an instant: later versions overlay earlier ones; None if there is no entry."""
        versions = self.entries.get(entity, {}).get(id_)
        if versions is None:
            return None
        merged: dict[str, Scalar] = {}
        for since, attributes in versions:
            if since <= instant:
                merged.update(attributes)
        return merged
