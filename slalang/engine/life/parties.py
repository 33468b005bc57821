"""The parties of a version go in; who acts for whom on a day, after assignment and succession, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.clock.dates import Zone
    from slalang.ir.program import Party


class Parties:
    """Parties with the days on which they are one, and whose place each has taken."""

    def __init__(self, parties: Iterable[Party], zone: Zone) -> None:
        """Index them."""
        self.zone = zone
        self.known = {one.name: one for one in parties}
        self.after = {one.succeeds: one for one in self.known.values() if one.succeeds}
        self.plain = not self.after and not any(one.since or one.until for one in self.known.values())

    def acts_for(self, by: str, names: Iterable[str], at: int) -> bool:
        """Whether an act `by` someone then is an act of one of some parties.

        Someone who is no party at all (an employee, a carrier) acts for whoever sent the event; another party never does.
        """
        if by not in self.known:
            return True
        if self.plain:
            return by in names
        return any(self.in_place(name, at) == by for name in names)

    def in_place(self, name: str, at: int) -> str:
        """Who is in a party's place on the day of an instant; empty where nobody is any more."""
        day = self.zone.date_of(at).isoformat()
        seen: set[str] = set()
        while name in self.after and name not in seen and (self.after[name].since or "") <= day:
            seen.add(name)
            name = self.after[name].name
        party = self.known.get(name)
        if party is None:
            return ""
        return name if (party.since or "") <= day and (not party.until or day <= party.until) else ""
