"""What an earlier run knew and what is known now go in; every fact that was added, taken away or put otherwise comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.events.holding import digest
from slalang.outcome.changes.records import Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.events.event import Event
    from slalang.events.registers import Registers

    Events = Mapping[str, Event]


@dataclass(frozen=True, slots=True)
class Facts:
    """All events by id, corrections beside what they correct, and the registers."""

    events: Events
    registers: Registers


@dataclass(frozen=True, slots=True)
class Unit:
    """One fact that the earlier run did not know so: an event before and after; both None for the registers as a whole."""

    sort: str
    before: Event | None = None
    after: Event | None = None

    @property
    def cause(self) -> Cause:
        """The unit as a reader knows it."""
        event = self.after if self.after is not None else self.before
        if event is None:
            return Cause(self.sort)
        about = event.corrects or event.retracts
        return Cause(self.sort, event.id, event.type, event.subject, event.time, event.recorded, about)

    def taken_out(self, now: Events) -> dict[str, Event]:
        """The facts of now without this one: as the earlier run knew them in this point."""
        return _put(now, self.after, self.before)

    def put_in(self, then: Events) -> dict[str, Event]:
        """The facts of then with this one."""
        return _put(then, self.before, self.after)


def _put(events: Events, out: Event | None, in_: Event | None) -> dict[str, Event]:
    found = dict(events)
    if out is not None:
        found.pop(out.id, None)
    if in_ is not None:
        found[in_.id] = in_
    return found


def units(then: Facts, now: Facts, as_of: int) -> list[Unit]:
    """Every difference between what was known and what is, those that speak of the time before `as_of` (µs) first."""
    found = []
    for id_ in sorted({*then.events, *now.events}):
        before, after = then.events.get(id_), now.events.get(id_)
        if before is not None and after is not None and digest(before) == digest(after):
            continue
        found.append(Unit(_sort(before, after, as_of), before, after))
    found.sort(key=_order)
    if then.registers != now.registers:
        found.insert(0, Unit("register"))
    return found


def _order(one: Unit) -> tuple[bool, tuple[int, int, int, str]]:
    event = one.after if one.after is not None else one.before
    assert event is not None
    return (one.sort == "new", event.order)


def _sort(before: Event | None, after: Event | None, as_of: int) -> str:
    if after is None:
        return "missing"
    if before is not None:
        return "edited"
    if after.retracts:
        return "retraction"
    if after.corrects:
        return "correction"
    return "late" if after.time <= as_of else "new"
