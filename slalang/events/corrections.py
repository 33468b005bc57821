"""Corrections and retractions known as of an instant go in; which events no longer hold and which replace them comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.events.event import Event

    _Stamp = tuple[int, int, str]


class Standing(NamedTuple):
    """What an event came to: the id of the event that now tells of it (None: withdrawn), and the stamp of the last word."""

    stamp: tuple[int, int, str]
    winner: str | None


@dataclass(slots=True)
class Corrections:
    """All corrections and retractions that are known, by their own id; they are few, so they are held in memory.

    The last word is the one recorded last (then by sequence and id). A retraction withdraws an event; to retract a
    correction puts back what it corrected; to correct a correction replaces its content.
    """

    actions: dict[str, Event] = field(default_factory=dict)
    superseded: frozenset[str] = frozenset()
    winners: frozenset[str] = frozenset()
    circles: tuple[tuple[str, ...], ...] = ()

    def add(self, event: Event) -> None:
        """Take an event that corrects or retracts."""
        self.actions[event.id] = event

    def drop(self, id_: str) -> None:
        """Forget one whose id has two contents."""
        self.actions.pop(id_, None)

    def targets(self) -> Iterator[tuple[Event, str]]:
        """Each correction and retraction with the id it names, sorted."""
        for id_ in sorted(self.actions):
            event = self.actions[id_]
            yield event, event.corrects or event.retracts

    def resolve(self) -> None:
        """Work out `superseded` (ids of events that no longer hold), `winners` (ids of corrections that hold), `circles`."""
        if not self.actions:
            return
        waiting: dict[str, list[str]] = {}
        for action, target in self.targets():
            waiting.setdefault(target, []).append(action.id)
        left = {target: len(ids) for target, ids in waiting.items()}
        standing: dict[str, Standing] = {}
        ready = [id_ for id_ in sorted(self.actions) if id_ not in waiting]
        winners: set[str] = set()
        superseded: set[str] = set()
        while ready:
            id_ = ready.pop()
            event: Event | None = self.actions.get(id_)
            own = (-(2**63), 0, "") if event is None else (event.recorded or 0, event.sequence, event.id)
            standing[id_] = self._after(id_, own, [standing[each] for each in waiting.get(id_, ())])
            if event is None:
                superseded.add(id_)
                if (winner := standing[id_].winner) == id_:
                    superseded.discard(id_)
                elif winner is not None:
                    winners.add(winner)
                continue
            target = event.corrects or event.retracts
            left[target] -= 1
            if not left[target]:
                ready.append(target)
        self.superseded = frozenset(superseded)
        # A correction of an undeclared type (rank -1) replaces its target by something that no rule reads.
        self.winners = frozenset(id_ for id_ in winners if self.actions[id_].rank >= 0)
        self.circles = tuple(self._circles(set(self.actions) - standing.keys()))

    def _after(self, id_: str, own: _Stamp, said: list[Standing]) -> Standing:
        """What became of `id_` after all that was said of it."""
        last = Standing(own, id_)
        for one in said:
            if one.winner is None or one.stamp < last.stamp:
                continue
            winner = self.actions[one.winner]
            last = Standing(one.stamp, None if winner.retracts else one.winner)
        return last

    def _circles(self, left: set[str]) -> Iterator[tuple[str, ...]]:
        while left:
            path: dict[str, None] = {}
            at = min(left)
            while at in left and at not in path:
                path[at] = None
                at = self.actions[at].corrects or self.actions[at].retracts
            left -= path.keys()
            if at in path:
                names = list(path)
                yield tuple(names[names.index(at) :])
