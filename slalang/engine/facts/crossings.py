"""The signals whose turning true is an event go in; for each subject, a derived event whenever such a signal turns true comes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.compile.walk import signals_of
from slalang.engine.facts.derived import Derived
from slalang.engine.facts.reaching import concerned
from slalang.engine.facts.subjects import Subject
from slalang.ir import facts

if TYPE_CHECKING:
    from slalang.engine.facts.signals import Plan
    from slalang.engine.world import World


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
                if isinstance(form, facts.Running | facts.Lasting | facts.DaysLate):
                    self.counted.setdefault(name, []).append(plan)
                    plan.keeps = True
                if isinstance(form, facts.Computed):
                    todo += [node.signal for node in signals_of([form.value], program)]
                elif isinstance(form, facts.MemberFold):
                    todo.append(form.signal)

    def prepare(self) -> None:
        """Hear of everything that can turn one of the signals true."""
        for name in sorted(self.world.crossing):
            plan = self.world.signals.plan(name)
            self.world.watching.watch(plan, partial(self._look, plan))

    def _look(self, plan: Plan, subject: Subject, at: int, event: str) -> None:
        """Note what the signal is now; where it has turned true, its crossing follows."""
        name = plan.signal.name
        key = (name, subject.entity, subject.id)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self._initial(plan, subject))
        now = self.world.watching.holds(plan, subject)
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

    def _initial(self, plan: Plan, subject: Subject) -> bool:
        """What it was before anything happened to the subject."""
        if plan.slot >= 0:
            return plan.initial is True
        values, tracks = self.world.signals.blank(subject.entity)
        blank = Subject(subject.entity, subject.id, values, tracks, 0, "")
        blank.agreement, blank.refs = subject.agreement, subject.refs
        return self.world.watching.holds(plan, blank)
