"""A right of the IR goes in; where it stands for each holder and subject comes out: not yet, exercisable, exercised, lapsed, ineffective."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.limits.days import Days
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.expressions import MetricRef
from slalang.outcome.records import Fault, RightState

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.amounts import Right
    from slalang.outcome.records import Period


@dataclass(slots=True)
class Standing:
    """What has happened to a right of one subject."""

    agreement: str
    subject: str
    since: int
    evidence: list[str]
    until: int | None = None
    strict: bool = False
    exercised_at: int | None = None
    reason: str = ""
    given: int = 0  # how many of the evidence are its trigger's


class RightOf:
    """A right in its basic form: a condition read when it is exercised, a window from its trigger, an event that exercises it.

    Without a trigger it exists from the term's start (or the first event). An exercise outside the window, or while
    the condition does not hold, has no effect and is reported.
    """

    def __init__(self, world: World, ir: Right) -> None:
        """Compile condition and patterns."""
        self.world = world
        self.ir = ir
        self.condition = world.compiler.condition(ir.condition)
        self.triggers = conditions(world, ir.trigger)
        self.exercises = conditions(world, ir.exercise)
        self.days = Days(world, "", "")
        self.found: dict[tuple[str, str], list[Standing]] = {}
        self.faults: list[Fault] = []
        self.late_condition = any(isinstance(node, MetricRef) for node in world.nodes([ir.condition]))
        self.waiting: list[tuple[Subject, Event]] = []

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {
            type_: self._collector(self.triggers.get(type_), self.exercises.get(type_))
            for type_ in dict.fromkeys([*self.triggers, *self.exercises])
        }

    def _collector(self, trigger: Any, exercise: Any) -> Callable[[Subject, Event], None]:
        env = self.world.env

        def collect(subject: Subject, event: Event) -> None:
            try:
                if exercise is not None and exercise(env):
                    self._exercise(subject, event)
                if trigger is not None and trigger(env):
                    self._open(subject, event)
            except Undetermined as unknown:
                self.world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)

        return collect

    def derived(self) -> tuple[tuple[str, str], ...]:
        """The breaches and discharges of rules that give the right."""
        return () if self.ir.trigger is None else self.ir.trigger.derived

    def opened_by(self, subject: Subject, event: Event) -> None:
        """A derived event gives the right."""
        self._open(subject, event)

    def _key(self, subject: Subject) -> tuple[str, str]:
        return (subject.agreement or "", subject.id if self.ir.scope == "each" else "")

    def _open(self, subject: Subject, event: Event) -> None:
        key = self._key(subject)
        made = Standing(key[0], key[1], event.time, [event.id], given=1)
        if self.ir.window is not None:
            try:
                made.until, made.strict, _ = self.days.fixed(self.ir.window, None, self.world.env, event.time)
            except (Undetermined, Nothing) as unknown:
                made.reason = str(unknown)
        self.found.setdefault(key, []).append(made)

    def _exercise(self, subject: Subject, event: Event) -> None:
        """Judge an exercise as it happens; one whose condition reads metrics is judged when they are worked out."""
        if self.late_condition:
            self.waiting.append((subject, event))
        else:
            self._judge(subject, event)

    def _judge(self, subject: Subject, event: Event) -> None:
        key = self._key(subject)
        if not self.triggers and not self.derived() and key not in self.found:
            self.found[key] = [Standing(key[0], key[1], self._beginning(key[0], event.time), [])]
        for one in self.found.get(key, ()):
            if one.exercised_at is not None or not self._inside(one, event.time) or not self._holds():
                continue
            one.exercised_at = event.time
            one.evidence.append(event.id)
            return
        self.faults.append(
            Fault(
                "SLA-E0703", key[0], event.subject, event.id, event.time,
                f"the exercise of `{self.ir.name}` is outside its window or its condition, and has no effect",
                f"`{self.ir.name}` 的行使不在期限内或条件不成立，不生效力",
            )
        )  # fmt: skip

    def _beginning(self, agreement: str, at: int) -> int:
        start, _ = self.world.term(agreement)
        return max(start, min(at, self.world.results.first_seen or at))

    def _inside(self, one: Standing, at: int) -> bool:
        start, end = self.world.term(one.agreement)
        inside = start <= at < end and at >= one.since and not one.reason
        return inside and (one.until is None or at < one.until or (at == one.until and not one.strict))

    def _holds(self) -> bool:
        return self.condition is None or bool(self.condition(self.world.env))

    def states(self) -> list[RightState]:
        """Where the right stands as of now."""
        as_of = self.world.results.as_of
        env = self.world.env
        if self.late_condition:
            # Judged anew each time: what metrics say may change with what is known.
            self.faults = []
            for one in (standing for group in self.found.values() for standing in group):
                one.exercised_at, one.evidence = None, one.evidence[: one.given]
        for subject, event in self.waiting:
            env.subject, env.event, env.agreement = subject, event, subject.agreement or ""
            env.period = self._period(subject.agreement or "", event.time)
            try:
                self._judge(subject, event)
            except Undetermined as unknown:
                self.world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
            finally:
                env.period = env.event = env.subject = None
        if not self.triggers and not self.derived():
            for agreement in self.world.results.agreements():
                if (agreement, "") not in self.found and self.ir.scope != "each":
                    since = self.world.term(agreement)[0]
                    since = since if since > -(1 << 61) else self.world.results.first_seen or as_of
                    self.found[agreement, ""] = [Standing(agreement, "", since, [])]
        return [self._state(one, as_of) for group in self.found.values() for one in group]

    def _state(self, one: Standing, as_of: int) -> RightState:
        status, reason = "exercisable", one.reason
        over = one.until is not None and (one.until < as_of or (one.until == as_of and one.strict))
        if reason:
            status = "undetermined"
        elif one.exercised_at is not None:
            status = "exercised"
        elif over or as_of >= self.world.term(one.agreement)[1]:
            status = "lapsed"
        else:
            status, reason = self._now(one)
        return RightState(
            rule=self.ir.name,
            clause=self.ir.about.clause,
            agreement=one.agreement,
            subject=one.subject,
            holder=self.ir.holder,
            status=status,
            final=status in {"exercised", "lapsed"},
            since=one.since,
            until=one.until,
            exercised_at=one.exercised_at,
            evidence=tuple(one.evidence),
            reason=reason,
        )

    def _period(self, agreement: str, at: int) -> Period | None:
        """The period that metrics in the condition are read for: the one that holds the instant."""
        for node in self.world.nodes([self.ir.condition]):
            metric = self.world.results.metric_rule(node.name) if isinstance(node, MetricRef) else None
            if metric is not None:
                return metric.periods(agreement).at(at)
        return None

    def _now(self, one: Standing) -> tuple[str, str]:
        env, results = self.world.env, self.world.results
        env.subject = None
        if one.subject:
            for subjects in self.world.subjects.values():
                env.subject = subjects.get(one.subject, env.subject)
        env.agreement, env.event, env.case, env.at = one.agreement, None, None, None
        env.period = self._period(one.agreement, results.as_of)
        try:
            return ("exercisable" if self._holds() else "not_yet"), ""
        except Undetermined as unknown:
            return "undetermined", unknown.reason
        finally:
            env.period = None
