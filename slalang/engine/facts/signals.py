"""The signals of a program go in; slots of subjects, readers for expressions, and change points come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import UNSET, Unread, from_const
from slalang.engine.compile.walk import nodes, signals_of
from slalang.engine.facts.tracks import Track
from slalang.engine.reasons import say
from slalang.engine.undetermined import ProgramError, Undetermined
from slalang.ir import expressions as ir
from slalang.ir import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.outcome.records import Verdict
    from slalang.values.calendar import Calendar

    Function = Callable[[Env], Any]


@dataclass(slots=True, eq=False)
class Plan:
    """How one signal is kept: in a `slot` of its subjects (pushed by events), or asked anew each time (`slot` < 0)."""

    signal: facts.Signal
    slot: int
    initial: Any = UNSET
    tracked: bool = False
    keeps: bool = False  # a running signal whose subjects remember which events it is made of
    value: Function | None = None
    calendar: Calendar | None = None
    sources: list[tuple[Plan, tuple[str, ...]]] = field(default_factory=list)
    attributes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Signals:
    """The signals of one program version."""

    def __init__(self, world: World) -> None:
        """Decide which signals are pushed, and give each of those a slot of its entity's subjects."""
        self.world = world
        self.plans: dict[str, Plan] = {}
        self.slots: dict[str, list[Plan]] = {}
        self._blanks: dict[str, tuple[list[Any], list[int]]] = {}
        for signal in world.program.signals:
            self.plans[signal.name] = Plan(signal, -1)
        for name, plan in self.plans.items():
            if self.pushed(name):
                slots = self.slots.setdefault(plan.signal.entity, [])
                plan.slot = len(slots)
                slots.append(plan)

    def pushed(self, name: str) -> bool:
        """Whether events alone move a signal, so that its present value can be kept.

        Opening hours, values of other entities, register attributes and parameters move by themselves or by others.
        """
        plan = self.plan(name)
        match plan.signal.form:
            case (
                facts.Between()
                | facts.Latest()
                | facts.Spans()
                | facts.Running()
                | facts.Lasting()
                | facts.DaysLate()
            ):
                return True
            case facts.OpenIn():
                return False
            case facts.MemberFold() as fold:
                return self.pushed(fold.signal)
            case facts.Computed() as computed:
                return all(
                    self._pushes(node, plan.signal.entity)
                    for node in nodes([computed.value], self.world.program)
                )

    def _pushes(self, node: ir.Expr, entity: str) -> bool:
        if isinstance(node, ir.Param | ir.Field | ir.MetricRef | ir.CaseValue | ir.AmountRef):
            return False
        if isinstance(node, ir.SignalAt):
            inner = self.plan(node.signal)
            return not node.via and inner.signal.entity == entity and self.pushed(node.signal)
        return True

    def plan(self, name: str) -> Plan:
        """The plan of a signal.

        Raises:
            ProgramError: no such signal.
        """
        if name not in self.plans:
            raise ProgramError(f"no signal `{name}`")
        return self.plans[name]

    def prepare(self) -> None:
        """Compile the values of signals that are computed, once every signal has its plan."""
        for plan in self.plans.values():
            form = plan.signal.form
            match form:
                case facts.Computed():
                    plan.value = self.world.compiler.expr(form.value)
                    plan.sources = self.sources([form.value])
                    plan.attributes = attributes_of([form.value], self.world)
                case facts.OpenIn():
                    plan.calendar = self.world.calendar(form.calendar)
                case facts.MemberFold():
                    plan.initial = {"any": False, "all": True, "count": 0}.get(form.fold, UNSET)
                case facts.Between():
                    plan.initial = False
                case facts.Spans() | facts.Lasting():
                    plan.initial = False
                case facts.DaysLate():
                    plan.initial = Fraction(0)
                case facts.Running():
                    plan.initial = Fraction(0) if form.opening is None else from_const(form.opening)
                case facts.Latest():
                    plan.initial = UNSET if form.initial is None else from_const(form.initial)

    # -- reading -----------------------------------------------------------------------------------------------------

    def reader(self, node: ir.SignalAt) -> Function:
        """The function of `signal at instant`: `trigger` and `discharge` read what the case kept, others a time."""
        plan = self.plan(node.signal)
        current = self._current(plan, node)
        if node.at == "now":
            return current
        world = self.world
        if node.at in {"trigger", "discharge"}:
            key = (node.signal, node.via, node.at)

            def kept(env: Env) -> Any:
                case = env.case
                if case is None and env.verdict is not None and env.verdict.period is not None:
                    return _at(env, world.past(_edge_of(env.verdict, node.at)), current)
                if case is None or case.captured is None or key not in case.captured:
                    return current(env)
                value = case.captured[key]
                if isinstance(value, Unread):
                    raise Undetermined(value.reason)
                return value

            return kept
        if node.at == "latest":
            return lambda env: _at(env, None, current)
        self._track(
            plan
        )  # lines and values of a period are worked out after its end, when the signal may have moved on
        if node.at == "deadline":
            return lambda env: _at(env, world.past(env.deadline), current)
        return lambda env: _at(env, world.past(env.period.end - 1 if env.period else None), current)

    def _current(self, plan: Plan, node: ir.SignalAt) -> Function:
        entity, via, slot = plan.signal.entity, node.via, plan.slot
        resolve = self.world.resolve

        def found(env: Env) -> Subject:
            subject = env.subject
            if not via and subject is not None and subject.entity == entity:
                return subject
            other = resolve(env, via, entity)
            return self.world.nobody(entity) if other is None else other

        if slot < 0:
            return self._pulled(plan, found)

        def pushed(env: Env) -> Any:
            subject = env.subject
            if via or subject is None or subject.entity != entity:
                subject = found(env)
            if env.at is None:
                value = subject.values[slot]
            else:
                track = subject.tracks[slot]
                value = subject.values[slot] if track is None else track.at(env.at)
            if value is UNSET:
                if not subject.id and env.subject is not None:
                    raise Undetermined(
                        say("reference", subject=env.subject.id, reference="/".join(via) or entity)
                    )
                raise Undetermined(say("unset", signal=plan.signal.name, subject=subject.id))
            return value

        return pushed

    def _pulled(self, plan: Plan, found: Callable[[Env], Subject]) -> Function:
        form = plan.signal.form
        world = self.world
        if isinstance(form, facts.OpenIn):

            def open_now(env: Env) -> bool:
                calendar = plan.calendar
                assert calendar is not None
                return calendar.is_open_us(world.now if env.at is None else env.at)

            return open_now
        if isinstance(form, facts.MemberFold):
            return lambda env: world.folds.pull(plan, found(env), env)

        def computed(env: Env) -> Any:
            outer = env.subject
            env.subject = found(env)
            try:
                assert plan.value is not None
                return plan.value(env)
            finally:
                env.subject = outer

        return computed

    # -- the past ----------------------------------------------------------------------------------------------------

    def sources(self, roots: Iterable[ir.Expr | None]) -> list[tuple[Plan, tuple[str, ...]]]:
        """The signals that some expressions read as they move, each with the references that lead to it."""
        found = [
            (self.plan(node.signal), node.via)
            for node in signals_of(roots, self.world.program)
            if node.at == "now"
        ]
        return list(dict.fromkeys((plan, via) for plan, via in found))

    def reads_hours(self, roots: Iterable[ir.Expr | None]) -> bool:
        """Whether opening hours are among what some expressions read."""
        plans = (self.plan(node.signal) for node in signals_of(roots, self.world.program))
        return any(
            isinstance(plan.signal.form, facts.OpenIn)
            or (isinstance(plan.signal.form, facts.Computed) and self.reads_hours([plan.signal.form.value]))
            for plan in plans
        )

    def track(self, roots: Iterable[ir.Expr | None]) -> None:
        """Say that some expressions will be read in the past: the signals under them keep their history."""
        for node in signals_of(roots, self.world.program):
            self._track(self.plan(node.signal))

    def _track(self, plan: Plan) -> None:
        if plan.tracked:
            return
        plan.tracked = True
        form = plan.signal.form
        if isinstance(form, facts.Computed):
            self.track([form.value])
        elif isinstance(form, facts.MemberFold):
            self._track(self.plan(form.signal))

    def blank(self, entity: str) -> tuple[list[Any], list[Track | None]]:
        """The values and tracks of a new subject."""
        values, tracked = self._blanks.get(entity) or self._blank(entity)
        tracks: list[Track | None] = [None] * len(values)
        for slot in tracked:
            tracks[slot] = Track(values[slot])
        return values.copy(), tracks

    def _blank(self, entity: str) -> tuple[list[Any], list[int]]:
        plans = self.slots.get(entity, [])
        return [plan.initial for plan in plans], [plan.slot for plan in plans if plan.tracked]

    def settle(self) -> None:
        """Everything is compiled: what is before any event, and which signals keep their history, no longer changes."""
        self._blanks = {entity: self._blank(entity) for entity in self.slots}

    def points(self, sources: list[tuple[Plan, tuple[str, ...]]], env: Env, start: int, end: int) -> set[int]:
        """The instants in [start, end) at which any of some signals may change, seen from `env.subject`."""
        found: set[int] = set()
        for plan, via in sources:
            entity = plan.signal.entity
            if plan.calendar is not None:
                for opens, closes in plan.calendar.open_intervals(start, end):
                    found.update((opens, closes))
                continue
            subject = env.subject
            if via or subject is None or subject.entity != entity:
                subject = self.world.resolve(env, via, entity)
            if subject is not None:
                found.update(self._points_of(plan, subject, env, start, end))
        return {at for at in found if start <= at < end}

    def _points_of(self, plan: Plan, subject: Subject, env: Env, start: int, end: int) -> Iterable[int]:
        if plan.slot >= 0:
            track = subject.tracks[plan.slot]
            return () if track is None else track.points(start, end)
        outer = env.subject
        env.subject = subject
        try:
            if isinstance(plan.signal.form, facts.MemberFold):
                return self.world.folds.points(plan, subject, env, start, end)
            found = self.points(plan.sources, env, start, end)
            for _, via in plan.attributes:
                found |= self.world.references.attribute_points(env, via, start, end)
            return found
        finally:
            env.subject = outer


def attributes_of(roots: Iterable[ir.Expr | None], world: World) -> list[tuple[str, tuple[str, ...]]]:
    """The register attributes that some expressions read."""
    return [
        (node.name, node.via)
        for node in nodes(roots, world.program)
        if isinstance(node, ir.Field) and node.of == "register"
    ]


def _edge_of(verdict: Verdict, at: str) -> int | None:
    """What is judged by the period begins with it, and ends with the report or, without one, at its last instant."""
    if at == "trigger":
        return verdict.start
    if verdict.discharged_at is not None:
        return verdict.discharged_at
    return None if verdict.deadline is None else verdict.deadline - 1


def _at(env: Env, instant: int | None, current: Function) -> Any:
    """A value at another instant than the present."""
    outer = env.at
    env.at = instant
    try:
        return current(env)
    finally:
        env.at = outer
