"""Checked events go in, in any order; out come those that hold as of an instant, once each, in total order, and every conflict."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from slalang.events.corrections import Corrections
from slalang.events.sorting import LIMIT, Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from slalang.events.event import Event

    _Row = tuple[str, bytes, str, int]

FOREVER = 1 << 62  # more events than there are
PARTS = (
    "type", "subject", "time", "data", "sequence", "recorded", "source", "by", "to", "corrects", "retracts"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """One id with several contents: where each was read first, and which parts differ (empty when not known any more)."""

    id: str
    origins: tuple[tuple[str, int], ...]
    differs: tuple[str, ...]


class Held:
    """Holds events by id and order. Memory is bounded by `limit` events and the corrections; the rest is on disk.

    The cost beyond the limit: each event is written and read once (about 0.3 kB), and again as 16 bytes of hash with its
    id and origin, by which equal ids are found. Both are removed by `close`.

    Attributes:
        as_of: what is timed later does not count; None: all counts.
        duplicates: events that were read before with the same id and content.
        after: known events timed after `as_of`, which do not count; those recorded after it were never added.
        conflicts: ids with several contents; none of their events is iterated.
        unknown: corrections and retractions that name an event that was not read.
    """

    def __init__(self, as_of: int | None = None, limit: int = LIMIT, scratch: Path | None = None) -> None:
        self.as_of = as_of
        self._seen: dict[str, Event] = {}
        self._variants: dict[
            str, dict[bytes, Event]
        ] = {}  # all contents of an id that has several, by digest
        self._events: Sorter[Event] = Sorter(attrgetter("order"), limit, scratch)
        self._ids: Sorter[_Row] = Sorter(itemgetter(0, 1), limit, scratch)
        self.corrections = Corrections()
        self.duplicates = 0
        self.after = 0
        self.conflicts: tuple[Conflict, ...] = ()
        self.unknown: tuple[tuple[Event, str], ...] = ()
        self._dropped: frozenset[str] = frozenset()

    def add(self, event: Event) -> None:
        """Take a checked event that is known as of the instant.

        Raises:
            OSError: there is no room for temporary files.
        """
        first = self._seen.setdefault(event.id, event)
        if first is not event:
            variants = self._variants.get(event.id) or {digest(first): first}
            own = digest(event)
            if own in variants:
                self.duplicates += 1
                return
            variants[own] = event
            self._variants[event.id] = variants
        if event.corrects or event.retracts:
            self.corrections.add(event)
        if self._events.add(event):
            self._forget()

    def finish(self) -> None:
        """All events have been added: sort, find conflicts, resolve corrections, count what lies after the instant.

        Raises:
            OSError: there is no room for temporary files.
        """
        found: set[str] = set()
        wanted = {target for _, target in self.corrections.targets()}
        if self._events.has_spilled:
            self._forget()
            self._ids.finish()
            self.conflicts = tuple(self._compare(wanted, found))
            self._ids.close()
        else:
            self.conflicts = tuple(_conflict([*same.values()]) for same in self._variants.values())
            found = wanted & self._seen.keys()
            self._seen, self._variants = {}, {}
        self._events.finish()
        self._dropped = frozenset(conflict.id for conflict in self.conflicts)
        for id_ in self._dropped:
            self.corrections.drop(id_)
        self.unknown = tuple(
            (event, target) for event, target in self.corrections.targets() if target not in found
        )
        self.corrections.resolve()
        self.after = sum(1 for _ in self._standing(after=True)) if self.as_of is not None else 0

    def __iter__(self) -> Iterator[Event]:
        return self._standing(after=False)

    def everything(self) -> Iterator[Event]:
        """Every event that was read, once each and in order: corrections and retractions beside what they speak of."""
        before = None
        for event in self._events:
            if event.id != before and event.id not in self._dropped:
                yield event
            before = event.id

    def close(self) -> None:
        """Remove the temporary files."""
        self._events.close()
        self._ids.close()

    def _standing(self, *, after: bool) -> Iterator[Event]:
        """Events that hold, once each, up to `as_of`, or those after it."""
        winners, superseded = self.corrections.winners, self.corrections.superseded
        special = bool(self.corrections.actions or self._dropped)
        as_of = self.as_of
        before = None
        for event in self._events:
            id_ = event.id
            if id_ == before:  # equal ids that are left have equal content, hence they are neighbours
                continue
            before = id_
            if special:
                if id_ in superseded or id_ in self._dropped:
                    continue
                if (event.corrects or event.retracts) and id_ not in winners:
                    continue
            if as_of is None or (event.time > as_of) is after:
                yield event

    def _forget(self) -> None:
        """Put ids and hashes of what is in memory aside."""
        for id_, event in self._seen.items():
            for one in self._variants.get(id_, {id_: event}).values():
                self._ids.add((id_, digest(one), *one.origin))
        self._seen, self._variants = {}, {}

    def _compare(self, wanted: set[str], found: set[str]) -> Iterator[Conflict]:
        for id_, rows in groupby(self._ids, key=itemgetter(0)):
            if id_ in wanted:
                found.add(id_)
            contents = [(content, list(same)) for content, same in groupby(rows, key=itemgetter(1))]
            self.duplicates += sum(len(same) - 1 for _, same in contents)
            if len(contents) > 1:
                origins = sorted(min((row[2], row[3]) for row in same) for _, same in contents)
                yield Conflict(id_, tuple(origins), ())


def standing(events: Iterable[Event], as_of: int) -> list[Event]:
    """The events that hold as of an instant (µs), corrections applied, in total order.

    Args:
        events: with corrections and retractions among them, of one content for each id, as `Held.everything` gives them.
        as_of: what is timed or recorded later is not known.
    """
    held = Held(as_of, limit=FOREVER)
    for event in events:
        if event.recorded is None or event.recorded <= as_of:
            held.add(event)
    held.finish()
    return list(held)


def differences(one: Event, other: Event) -> tuple[str, ...]:
    """The names of the parts in which two events with one id differ."""
    return tuple(part for part in PARTS if getattr(one, part) != getattr(other, part))


def digest(event: Event) -> bytes:
    """16 bytes that stand for the content of an event (an accidental match has a chance of 2⁻¹²⁸ a pair)."""
    parts = [getattr(event, part) for part in PARTS]
    parts[PARTS.index("data")] = sorted(event.data.items(), key=itemgetter(0))
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _conflict(same: list[Event]) -> Conflict:
    ordered = sorted(same, key=attrgetter("origin"))
    differs = dict.fromkeys(part for other in ordered[1:] for part in differences(ordered[0], other))
    return Conflict(ordered[0].id, tuple(event.origin for event in ordered), tuple(differs))
