"""Agreements and instants of their events go in; the instant from which the periods of each agreement are reckoned comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.events.registers import Registers


class Firsts:
    """When the facts begin: of all, and of each agreement; shared by all versions.

    An agreement of the register is there from the entry's date, or without one as long as there are facts at all. One
    that only events name is there from the first of them: nobody knew of it before.
    """

    __slots__ = ("_of", "_registered", "all")

    def __init__(self, registers: Registers, first: int | None = None) -> None:
        """No event has been played; `first`: where all facts begin, if that is known (µs)."""
        self.all = first
        self._of: dict[str, int] = {}
        self._registered = {
            id_: registers.entries["agreement"][id_][0][0] for id_ in registers.ids("agreement")
        }

    def note(self, agreement: str, at: int) -> None:
        """A subject of an agreement was first heard of then (µs)."""
        known = self._of.get(agreement)
        if known is None or at < known:
            self._of[agreement] = at

    def of(self, agreement: str) -> int | None:
        """The instant, µs; None before any event."""
        if self.all is None:
            return None
        since = self._registered.get(agreement)
        if since is not None:
            return max(self.all, since)
        return self._of.get(agreement, self.all)
