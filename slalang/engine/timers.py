"""Instants at which something changes without an event go in; they are played in the order of one instant (model §3)."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.advance import advance, breach
from slalang.engine.cases.opening import refuse
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.case import Case
    from slalang.engine.facts.derived import Derived
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event

BEFORE, AFTER = (
    0,
    1,
)  # strict limits and announced intervals come before the events of an instant, the rest after


class Timers:
    """A heap of what is to come, and the derived events of the instant that is being played."""

    __slots__ = ("_count", "derived", "heap", "listeners", "world")

    def __init__(self, world: World) -> None:
        """Nothing is to come."""
        self.world = world
        self.heap: list[tuple[int, int, int, Callable[[int], None]]] = []
        # By instant, stratum, then names, so that it never matters in which order what happens at one instant was noticed.
        self.derived: list[tuple[int, int, str, str, str, str, int, Derived]] = []
        self.listeners: dict[tuple[str, str], list[Callable[[Subject, Event], None]]] = {}
        self._count = 0

    def push(self, at: int, phase: int, play: Callable[[int], None]) -> None:
        """Something to be played at an instant, before or after its events."""
        self._count += 1
        heappush(self.heap, (at, phase, self._count, play))

    def until(self, at: int, phase: int) -> None:
        """Play everything that comes before an instant's phase, with the derived events of each instant after it."""
        heap = self.heap
        limit = (at, phase)
        while True:
            if self.derived:
                due = self.derived[0][0]
                if (due, AFTER) < limit and not (heap and heap[0][:2] <= (due, AFTER)):
                    self.drain(due)
                    continue
            if not heap or heap[0][:2] >= limit:
                return
            when, _, _, play = heappop(heap)
            self.world.now = self.world.env.world_now = when
            play(when)

    def drain(self, at: int) -> None:
        """Play the derived events of an instant by stratum; those that they make join in."""
        while self.derived and self.derived[0][0] <= at:
            then, *_, derived = heappop(self.derived)
            self._play(then, derived)

    def _play(self, at: int, derived: Derived) -> None:
        env = self.world.env
        name, what, subject = derived.name, derived.what, derived.subject
        self.world.now = env.world_now = at
        if derived.still is not None and not derived.still():
            return
        event = derived.event(at)
        if event.causes:
            self.world.causes[event.id] = event.causes
        env.event, env.agreement = event, derived.agreement
        for listen in self.listeners.get((name, what), ()):
            env.subject, env.event, env.agreement = subject, event, derived.agreement
            listen(subject, event)

    def listen(self, key: tuple[str, str], play: Callable[[Subject, Event], None]) -> None:
        """Hear of a derived event; signals ask before rules do, so they have moved when rules hear of it."""
        self.listeners.setdefault(key, []).append(play)

    # -- announced intervals -------------------------------------------------------------------------------------------

    def span(self, subject: Subject, slot: int, start: int, end: int, event: Event) -> None:
        """An announced interval: it begins and ends by itself."""

        def move(by: int) -> Callable[[int], None]:
            def play(at: int) -> None:
                depth = subject.counts.get(slot, 0) + by
                subject.counts[slot] = depth
                self.world.put(subject, slot, depth > 0, at, event.id)

            return play

        if start <= self.world.now:
            move(1)(start)
        else:
            self.push(start, BEFORE, move(1))
        self.push(end, BEFORE, move(-1))

    # -- breaches that other rules wait for -----------------------------------------------------------------------------

    def derive(self, derived: Derived, stratum: int, at: int) -> None:
        """A derived event, to be played after the events of its instant by its stratum."""
        if (derived.name, derived.what) not in self.listeners:
            return
        when = max(at, self.world.now)
        self._count += 1
        place = (when, stratum, derived.name, derived.what, derived.subject.id, derived.instance, self._count)
        heappush(self.derived, (*place, derived))

    def arm(self, case: Case) -> None:
        """Look again at when a case will be breached, after the events of this instant."""
        self.push(self.world.now, AFTER, lambda at: self._look(case, at))

    def _look(self, case: Case, at: int) -> None:
        try:
            self._look_again(case, at)
        except TimeError as error:
            refuse(case.rule, case.subject, error)

    def _look_again(self, case: Case, at: int) -> None:
        rule = case.rule
        advance(case, at)
        if not case.open or case.breach_at is not None:
            return
        if rule.tracked:
            self._reread(case, at)
        when = rule.projected(case, at)
        if when is None:
            return
        strict = case.due_strict if case.due is not None else case.strict
        if when <= at:
            breach(case, at)
        else:
            self.push(when, BEFORE if strict else AFTER, lambda then: self._expire(case, then))

    def _reread(self, case: Case, at: int) -> None:
        rule, env = case.rule, self.world.env
        kept = (env.subject, env.case, env.agreement, env.at)
        env.subject, env.case, env.agreement, env.at = case.subject, case, case.agreement, None
        for plan, via in rule.sources:
            entity = plan.signal.entity
            other: Any = (
                case.subject
                if not via and entity == case.subject.entity
                else self.world.resolve(env, via, entity)
            )
            if other is not None:
                other.watchers = other.watchers or set()
                other.watchers.add(case)
        rule.reread(case, env, at)
        env.subject, env.case, env.agreement, env.at = kept

    def _expire(self, case: Case, at: int) -> None:
        """A limit may have passed now; if something moved it meanwhile, nothing has."""
        try:
            advance(case, at)
        except TimeError as error:
            refuse(case.rule, case.subject, error)
            return
        if not case.open or case.breach_at is not None:
            return
        when = case.rule.projected(case, at)
        if when is not None and when <= at:
            breach(case, at)
