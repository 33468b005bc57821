"""The signals whose turning true is an event go in; for each subject, a derived event whenever such a signal turns true comes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.walk import signals_of
from slalang.engine.facts.derived import Derived
from slalang.engine.facts.reaching import concerned
from slalang.engine.facts.subjects import Subject
from slalang.engine.timers import BEFORE
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir import facts
from slalang.outcome.records import Fault
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.facts.signals import Plan
    from slalang.engine.world import World

_AHEAD = 32 * 86_400_000_000  # µs: how far opening hours and register entries are looked ahead at a time


class State:
    """What is known of one signal of one subject: before the instant of its last change, and now."""

    __slots__ = ("at", "before", "count", "now")

    def __init__(self, initial: bool) -> None:
        """As it is before any event."""
        self.at: int | None = None
        self.before = self.now = initial
        self.count = 0


class Crossings:
    """The crossings of a version. A signal that turns true and false again at one instant has not turned true."""

    def __init__(self, world: World) -> None:
        """Nothing is looked at before `prepare`."""
        self.world = world
        self.timed: list[Plan] = []
        self.waiting: list[tuple[Plan, Subject]] = []
        # The running signals under each crossing, which keep the ids of what they are made of.
        self.counted: dict[str, list[Plan]] = {}
        self._states: dict[tuple[str, str, str], State] = {}

    def keep(self) -> None:
        """Say which running signals keep the ids of the events that they are made of: those that crossings rest on."""
        signals, program = self.world.signals, self.world.program
        for name in self.world.crossing:
            todo, seen = [name], set()
            while todo:
                plan = signals.plan(todo.pop())
                form = plan.signal.form
                if plan.signal.name in seen:
                    continue
                seen.add(plan.signal.name)
                if isinstance(form, facts.Running):
                    self.counted.setdefault(name, []).append(plan)
                    plan.keeps = True
                elif isinstance(form, facts.Computed):
                    todo += [node.signal for node in signals_of([form.value], program)]
                elif isinstance(form, facts.MemberFold):
                    todo.append(form.signal)

    def prepare(self) -> None:
        """Hear of everything that can turn one of the signals true."""
        for name in sorted(self.world.crossing):
            plan = self.world.signals.plan(name)
            if plan.slot >= 0:
                self._hear(plan.signal.entity, plan.slot, partial(self._look, plan))
                continue
            if self._follow(plan, plan, set()):
                self.timed.append(plan)

    def _hear(self, entity: str, slot: int, depend: Any) -> None:
        self.world.dependents.setdefault((entity, slot), []).append(depend)

    def _follow(self, plan: Plan, part: Plan, seen: set[str]) -> bool:
        """Look at a signal again whenever what it is made of moves; whether opening hours or the register are among that."""
        timed = bool(part.calendar is not None or part.attributes)
        inner = list(part.sources)
        if isinstance(part.signal.form, facts.MemberFold):
            inner.append((self.world.signals.plan(part.signal.form.signal), ()))
            self._hear(part.signal.entity, -1 - id(part), partial(self._near, plan))
        for source, _ in inner:
            if source.signal.name in seen:
                continue
            seen.add(source.signal.name)
            if source.slot >= 0:
                self._hear(source.signal.entity, source.slot, partial(self._near, plan))
            else:
                timed = self._follow(plan, source, seen) or timed
        return timed

    def _near(self, plan: Plan, subject: Subject, at: int, event: str) -> None:
        """Something that the signal is made of has moved, perhaps of another subject."""
        for one in concerned(self.world, subject, plan.signal.entity):
            self._look(plan, one, at, event)

    def introduced(self, subject: Subject) -> None:
        """A subject has come into being: signals that time alone can turn are looked at from now on."""
        for plan in self.timed:
            if plan.signal.entity == subject.entity:
                self.waiting.append((plan, subject))

    def begin(self, at: int) -> None:
        """Look for the first time at what came into being, at the instant of the first event after it."""
        waiting, self.waiting = self.waiting, []
        for plan, subject in waiting:
            self.world.timers.push(at, BEFORE, partial(self._again, plan, subject))

    def _again(self, plan: Plan, subject: Subject, at: int) -> None:
        """Look now, and whenever opening hours or the register may change it next."""
        world, env = self.world, self.world.env
        kept, env.subject = env.subject, subject
        try:
            self._look(plan, subject, at, "")
            points = world.signals.points([(plan, ())], env, at + 1, at + _AHEAD)
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
        following = min(points, default=at + _AHEAD)
        world.timers.push(following, BEFORE, partial(self._again, plan, subject))

    def _look(self, plan: Plan, subject: Subject, at: int, event: str) -> None:
        """Note what the signal is now; where it has turned true, its crossing follows."""
        name = plan.signal.name
        key = (name, subject.entity, subject.id)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self._initial(plan, subject))
        now = self._value(plan, subject)
        if state.at != at:
            state.at, state.before = at, state.now
        turned = now and not state.now
        state.now = now
        if turned and not state.before:
            state.count += 1
            made = Derived(
                name, "crossing", subject, subject.agreement or "", self._instance(subject, state.count),
                {}, lambda: state.now,
            )  # fmt: skip
            made.causes = self._causes(plan, subject, event)
            self.world.timers.derive(made, plan.signal.stratum, at)

    def _causes(self, plan: Plan, subject: Subject, event: str) -> tuple[str, ...]:
        """The events that a running count or sum under the signal is made of now, and the one that turned it."""
        found: dict[str, None] = {}
        for part in self.counted.get(plan.signal.name, ()):
            for owner in concerned(self.world, subject, part.signal.entity):
                found.update(dict.fromkeys(owner.marks.get((part.slot, "events"), ())))
        if event:
            found[event] = None
        return tuple(found)

    def _instance(self, subject: Subject, count: int) -> str:
        return f"{subject.id}#{count}" if subject.id else f"#{count}"

    def _value(self, plan: Plan, subject: Subject) -> bool:
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

    def _initial(self, plan: Plan, subject: Subject) -> bool:
        """What it was before anything happened to the subject."""
        if plan.slot >= 0:
            return plan.initial is True
        values, tracks = self.world.signals.blank(subject.entity)
        blank = Subject(subject.entity, subject.id, values, tracks, 0, "")
        blank.agreement, blank.refs = subject.agreement, subject.refs
        return self._value(plan, blank)
