"""A signal and a step go in; the step is played for a subject whenever something may have turned the signal: events, members, opening hours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from slalang.engine.facts.reaching import concerned
from slalang.engine.settings import FOREVER
from slalang.engine.timers import AFTER, BEFORE
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir import facts
from slalang.outcome.records import Fault
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World

    Look = Callable[[Subject, int, str], None]  # the subject, the instant, the event that moved something

_AHEAD = 32 * 86_400_000_000  # µs: how far opening hours and register entries are looked ahead at a time


class Watching:
    """What is watched in one version of a contract."""

    def __init__(self, world: World) -> None:
        """Nothing is watched."""
        self.world = world
        self.watched: list[tuple[Plan, Look, bool]] = []  # with whether time alone can turn it
        self.waiting: list[tuple[Plan, Look, bool, Subject]] = []

    def watch(self, plan: Plan, look: Look, *, from_the_start: bool = False) -> None:
        """Play a step whenever a signal may have turned; `from_the_start` also when a subject comes into being."""
        if plan.slot >= 0:
            self._hear(plan.signal.entity, plan.slot, look)
            timed = False
        else:
            timed = self._follow(plan, plan, look, set())
        if timed or from_the_start:
            self.watched.append((plan, look, timed))

    def _hear(self, entity: str, slot: int, depend: Look) -> None:
        self.world.dependents.setdefault((entity, slot), []).append(depend)

    def _follow(self, plan: Plan, part: Plan, look: Look, seen: set[str]) -> bool:
        """Look at a signal again whenever what it is made of moves; whether opening hours or the register are among that."""
        timed = bool(part.calendar is not None or part.attributes)
        inner = list(part.sources)
        near = partial(self._near, plan, look)
        if isinstance(part.signal.form, facts.MemberFold):
            inner.append((self.world.signals.plan(part.signal.form.signal), ()))
            self._hear(part.signal.entity, -1 - id(part), near)
        for source, _ in inner:
            if source.signal.name in seen:
                continue
            seen.add(source.signal.name)
            if source.slot >= 0:
                self._hear(source.signal.entity, source.slot, near)
            else:
                timed = self._follow(plan, source, look, seen) or timed
        return timed

    def _near(self, plan: Plan, look: Look, subject: Subject, at: int, event: str) -> None:
        """Something that the signal is made of has moved, perhaps of another subject."""
        for one in concerned(self.world, subject, plan.signal.entity):
            look(one, at, event)

    def introduced(self, subject: Subject) -> None:
        """A subject has come into being: signals that time alone can turn are looked at from now on."""
        begun = self.world.now > -FOREVER
        for plan, look, timed in self.watched:
            if plan.signal.entity != subject.entity:
                continue
            if begun:  # after the events of this instant
                self.world.timers.push(
                    self.world.now, AFTER, partial(self._again, plan, look, timed, subject)
                )
            else:
                self.waiting.append((plan, look, timed, subject))

    def begin(self, at: int) -> None:
        """Look for the first time at what came into being before the first event, at its instant."""
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            self.world.timers.push(at, BEFORE, partial(self._again, *one))

    def _again(self, plan: Plan, look: Look, timed: bool, subject: Subject, at: int) -> None:
        """Look now, and whenever opening hours or the register may change it next."""
        world, env = self.world, self.world.env
        kept, env.subject = env.subject, subject
        points: set[int] = set()
        try:
            look(subject, at, "")
            if timed:
                # Hours that are open already are told as opening with the stretch: what is to come begins after it.
                points = world.signals.points([(plan, ())], env, at, at + _AHEAD) - {at}
        except TimeError as error:
            name = plan.signal.name
            self.world.faults.append(
                Fault(
                    "SLA-E0705", subject.agreement or "", subject.id, "", at,
                    f"from here on nobody can tell when `{name}` turns true: {error.en}",
                    f"此后无法得知 `{name}` 何时成立：{error.zh}",
                )
            )  # fmt: skip
            return
        finally:
            env.subject = kept
        if timed:
            following = min(points, default=at + _AHEAD)
            world.timers.push(following, BEFORE, partial(self._again, plan, look, timed, subject))

    # -- reading -----------------------------------------------------------------------------------------------------

    def holds(self, plan: Plan, subject: Subject) -> bool:
        """Whether a signal is true for a subject now; what cannot be told is not true."""
        if plan.slot >= 0:
            return subject.values[plan.slot] is True
        env = self.world.env
        kept = (env.subject, env.agreement, env.at, env.case, env.event)
        env.subject, env.agreement, env.at = subject, subject.agreement or "", None
        env.case = env.event = None
        try:
            return self._read(plan, subject) is True
        except (Undetermined, Nothing):
            return False
        finally:
            env.subject, env.agreement, env.at, env.case, env.event = kept

    def _read(self, plan: Plan, subject: Subject) -> Any:
        env = self.world.env
        if isinstance(plan.signal.form, facts.MemberFold):
            return self.world.folds.pull(plan, subject, env)
        if plan.calendar is not None:
            return plan.calendar.is_open_us(self.world.now)
        assert plan.value is not None
        return plan.value(env)
