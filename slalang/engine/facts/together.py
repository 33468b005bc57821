"""A pattern that needs all of several events goes in; when the last of them has come, and which events they were, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.facts import Pattern


class Together:
    """The parts of one pattern, reported and derived events alike."""

    __slots__ = ("_parts", "world")

    def __init__(self, world: World, pattern: Pattern) -> None:
        """Compile the condition of each part."""
        self.world = world
        compile_ = world.compiler.condition
        self._parts: list[tuple[str, Any]] = [(one.type, compile_(one.where)) for one in pattern.any_of]
        for number, (name, what) in enumerate(pattern.derived):
            where = pattern.where[number] if pattern.where else None
            self._parts.append((f"{name}.{what}", compile_(where)))

    def add(self, seen: dict[int, Event], event: Event) -> bool:
        """Note an event in the parts that it is, the latest of each; whether every part has one now."""
        for number, (type_, where) in enumerate(self._parts):
            if event.type == type_ and (where is None or self._holds(where)):
                seen[number] = event
        return len(seen) == len(self._parts)

    def _holds(self, where: Any) -> bool:
        try:
            return bool(where(self.world.env))
        except Undetermined:
            return False  # whoever asked whether the event matches at all has reported it


def others(seen: dict[int, Event], last: Event) -> list[Event]:
    """The events that had come before the last one, each once, in their order."""
    found = {one.id: one for one in seen.values() if one.id != last.id}
    return sorted(found.values(), key=lambda one: one.order)
