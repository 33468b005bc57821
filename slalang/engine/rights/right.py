"""A right of the IR goes in; events open, cure and exercise it, and an exercise that counts has its effect."""

from __future__ import annotations

from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.conditions import void
from slalang.engine.cases.roles import conditions, derived_conditions, derived_of
from slalang.engine.facts.derived import Derived, ends_day
from slalang.engine.facts.reaching import reaching
from slalang.engine.limits.days import Days
from slalang.engine.metrics.times import Held
from slalang.engine.reasons import say
from slalang.engine.rights.standing import Attempt, Demand, Standing, in_vain
from slalang.engine.settings import FOREVER
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.expressions import MetricRef, TermEdge
from slalang.values import instant as instants

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.life.term import Span, Term
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.amounts import Right
    from slalang.ir.rules import Limit
    from slalang.outcome.records import Fault, Period

    Step = Callable[[Subject, Event], None]


class RightOf:
    """One right of one version.

    Without a trigger it exists from the term's start (or the first event), anew in each stretch of the term where its
    window hangs on the term. An exercise uses the oldest one that it can; one that finds none has no effect and is
    reported.
    """

    def __init__(self, world: World, ir: Right) -> None:
        """Compile condition, windows and patterns."""
        self.world = world
        self.ir = ir
        compiler = world.compiler
        self.condition = compiler.condition(ir.condition)
        self.where = compiler.condition(ir.where)
        self.opens, self.closes = compiler.condition(ir.opens), compiler.condition(ir.closes)
        self.length = compiler.condition(ir.length)
        self.offsets = [(one, compiler.condition(one.offset)) for one in ir.notices]
        self.days = Days(world, ir.counting, "", ir.policies)
        self.found: dict[tuple[str, str], list[Standing]] = {}
        self.spent: dict[tuple[str, str], int] = {}  # how many of `found`, from the oldest, are over for good
        self.orphans: dict[tuple[str, str], Standing] = {}  # attempts where nothing had given the right
        self.faults: list[Fault] = []
        self.peers: list[RightOf] = [self]  # the same right in every version; they share what has happened
        self.holders = ir.holders or (ir.holder,)
        self.reads_metrics = any(isinstance(node, MetricRef) for node in world.nodes([ir.condition]))
        self.by_term = ir.trigger is None and any(
            isinstance(node, TermEdge) for node in world.nodes([ir.opens, ir.closes])
        )
        self.held: Held | None = None
        if ir.condition is not None and self.condition is not None and not self.reads_metrics:
            world.signals.track([ir.condition])
            self.held = Held(world, self.condition, world.signals.sources([ir.condition]))
        world.life.began.append(self._term_began)

    # -- what it hears -----------------------------------------------------------------------------------------------

    def collectors(self) -> dict[str, Step]:
        """What to do with each event type as it happens: cures, demands, exercises, then what gives the right."""
        world = self.world
        cure = self.ir.cure
        parts = [
            *((conditions(world, cure.by), self._cure) for _ in (1,) if cure is not None),
            *((conditions(world, cure.start), self._demand) for _ in (1,) if cure is not None),
            (conditions(world, self.ir.exercise), self._exercise),
            (conditions(world, self.ir.ends), self._ended),
            (conditions(world, self.ir.trigger), self._given),
        ]
        types = dict.fromkeys(type_ for found, _ in parts for type_ in found)
        return {
            type_: self._collector([(found[type_], act) for found, act in parts if type_ in found])
            for type_ in types
        }

    def _collector(self, acts: list[tuple[Any, Step]]) -> Step:
        world = self.world

        def collect(subject: Subject, event: Event) -> None:
            if not world.in_force.holds(event.time, subject.agreement or ""):
                return
            for condition, act in acts:
                try:
                    if condition(world.env):
                        act(subject, event)
                except Undetermined as unknown:
                    world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)

        return collect

    def derived(self) -> list[tuple[tuple[str, str], Step]]:
        """The derived events that it waits for, and what each does."""
        cure = self.ir.cure
        parts = [
            (self.ir.exercise, self._exercise),
            (self.ir.ends, self._ended),
            (self.ir.trigger, self._given),
        ]
        parts += [(cure.by, self._cure), (cure.start, self._demand)] if cure is not None else []
        found: list[tuple[tuple[str, str], Step]] = []
        for pattern, act in parts:
            for type_, condition in derived_conditions(self.world, pattern).items():
                key = derived_of(type_)
                if key is not None:
                    found.append(
                        (key, reaching(self.world, self.ir.entity, self._collector([(condition, act)])))
                    )
        return found

    # -- what gives it -----------------------------------------------------------------------------------------------

    def owner(self, subject: Subject) -> Subject | None:
        """The subject of the right's own kind that an event is about; the agreement's own where it has none."""
        entity = self.ir.entity
        if self.ir.scope != "each":
            return self.world.subject("", subject.agreement or "")
        if not entity or subject.entity == entity:
            return subject
        return self.world.resolve(self.world.env, (), entity)

    def outside(self, agreement: str, at: int) -> bool:
        """Whether the contract is not in force then, and the right does not survive its end."""
        return bool(self.world.outside(agreement, at, self.world.in_force, survives=self.ir.survives))

    def ends(self, agreement: str) -> int:
        """Until when the contract lets it be exercised: the term's end, or ever where it survives that."""
        return FOREVER if self.ir.survives else self.world.life.of(agreement).end

    def _key(self, owner: Subject) -> tuple[str, str]:
        return (owner.agreement or "", owner.id if self.ir.scope == "each" else "")

    def _given(self, subject: Subject, event: Event) -> None:
        owner = self.owner(subject)
        if owner is None:
            return
        env = self.world.env
        env.subject = owner
        try:
            if self.where is not None and not self.where(env):
                return
            if self.outside(owner.agreement or "", event.time):
                return
            agreement, id_ = self._key(owner)
            made = Standing(agreement, id_, event.time, [event.id], event.id)
            self._open(made, event.time, ends=ends_day(event))
            self.found.setdefault((agreement, id_), []).append(made)
        finally:
            env.subject = subject

    def _term_began(self, term: Term, span: Span) -> None:
        """Each stretch of the term has the right anew, or the first one has it for good."""
        if self.ir.trigger is not None or self.ir.scope == "each":
            return
        found = self.found.setdefault((term.agreement, ""), [])
        if any(not self.by_term or one.instance == self._label(span) for one in found):
            return
        self._exists(found, term.agreement, "", span)

    def _exists(self, found: list[Standing], agreement: str, id_: str, span: Span) -> None:
        first = self.world.results.first(agreement)
        given = span.start if span.start > -FOREVER else first if first is not None else -FOREVER
        made = Standing(agreement, id_, given, [], self._label(span))
        if self.by_term:
            made.term_end = span.end
        kept = self.world.env.agreement
        self.world.env.agreement = agreement
        self._open(made, span.start)
        self.world.env.agreement = kept
        found.append(made)

    def _label(self, span: Span) -> str:
        """The first day of a stretch of the term, for a right that exists anew in each."""
        if not self.by_term or span.start <= -FOREVER:
            return ""
        return self.world.zone.date_of(span.start).isoformat()

    def tells(self, one: Standing, as_of: int) -> bool:
        """Whether it is this version that says where a standing stands: the one under which it was used, or given, or now."""
        when = one.exercised_at
        if when is None:
            when = as_of if self.ir.trigger is None else one.given
        owner = next(
            (peer for peer in self.peers if peer.world.in_force.holds(when, one.agreement)), self.peers[-1]
        )
        return owner is self

    def _open(self, made: Standing, at: int, *, ends: bool = False) -> None:
        """Its window, as far as it is known now; with a cure it is counted from when the time for that has run out."""
        env, zone = self.world.env, self.world.zone
        kept, env.at = env.at, at if self.by_term else env.at
        made.opens = made.given
        try:
            if self.opens is not None:
                value = self.opens(env)
                # An instant that a division gave may lie between two microseconds: the window opens at the next one.
                opens = zone.start_of(value) if isinstance(value, date) else ceil(value)
                made.opens = max(made.given, opens)
            if self.closes is not None:
                value = self.closes(env)
                made.until, made.strict = (
                    (zone.end_of(value), True) if isinstance(value, date) else (floor(value), False)
                )
            if self.ir.window is not None and self.ir.cure is None:
                made.until, made.strict = self._counted(self.ir.window, at, ends=ends)
        except (Undetermined, Nothing) as unknown:
            made.unknown = str(unknown)
        finally:
            env.at = kept

    def _counted(self, limit: Limit, at: int, *, ends: bool) -> tuple[int, bool]:
        until, strict, _ = self.days.fixed(limit, None, self.world.env, at, ends=ends)
        return until, strict

    def _ended(self, subject: Subject, event: Event) -> None:
        """Those that were not used are over for good, from now on."""
        owner = self.owner(subject)
        for one in self.those(owner) if owner is not None else ():
            one.end(event)

    # -- cures -------------------------------------------------------------------------------------------------------

    def _demand(self, subject: Subject, event: Event) -> None:
        owner, cure = self.owner(subject), self.ir.cure
        if owner is None or cure is None:
            return
        found = self.those(owner)
        for one in found[self._first_open(self._key(owner), found, event.time) :]:
            if one.exercised_at is not None or one.ended_by or (one.demands and one.cured() is None):
                continue  # the first demand that is not met decides
            try:
                until, strict = self._counted(cure.limit, event.time, ends=ends_day(event))
            except (Undetermined, Nothing) as unknown:
                one.unknown = str(unknown)
                continue
            one.demands.append(Demand(event.time, event.id, until, strict))
            one.evidence.append(event.id)
            if self.ir.window is not None:
                one.until, one.strict = self._counted(self.ir.window, until, ends=strict)

    def _cure(self, subject: Subject, event: Event) -> None:
        owner = self.owner(subject)
        found = self.those(owner) if owner is not None else []
        first = self._first_open(self._key(owner), found, event.time) if owner is not None else 0
        for one in found[first:]:
            last = one.demands[-1] if one.demands else None
            if last is not None and last.cured_at is None and last.in_time(event.time):
                last.cured_at, last.cured_by = event.time, event.id
                one.evidence.append(event.id)

    # -- its exercise ------------------------------------------------------------------------------------------------

    def those(self, owner: Subject) -> list[Standing]:
        """The standings of a subject; a right that nothing gives exists for each subject that there is."""
        key = self._key(owner)
        found = self.found.setdefault(key, [])
        if self.ir.trigger is None:
            term = self.world.life.of(key[0])
            for span in term.spans if not found or self.by_term else ():
                if not any(not self.by_term or one.instance == self._label(span) for one in found):
                    self._exists(found, *key, span)
        return found

    def _exercise(self, subject: Subject, event: Event) -> None:
        owner = self.owner(subject)
        if owner is None:
            return
        env = self.world.env
        env.subject = owner
        try:
            found, why = self.those(owner), ""
            for at in range(self._first_open(self._key(owner), found, event.time), len(found)):
                why = self._refused(found[at], owner, event)
                if not why:
                    self._done(found[at], owner, event)
                    return
            if found and not why:
                why = self._refused(found[-1], owner, event)
            self._in_vain(owner, event, found[-1] if found else None, why)
        finally:
            env.subject = subject

    def _first_open(self, key: tuple[str, str], found: list[Standing], at: int) -> int:
        """Where those begin that are not over for good: a right given very often is not gone through anew each time."""
        first = self.spent.get(key, 0)
        while first < len(found) and found[first].spent(at, curable=self.ir.cure is not None):
            first += 1
        self.spent[key] = first
        return first

    def _refused(self, one: Standing, owner: Subject, event: Event) -> str:
        """Why an exercise of this standing has no effect; empty where it has."""
        at, zone = event.time, self.world.zone.tz
        if event.by and not self.ir.anyone and not self.world.acts_for(event.by, self.holders, at):
            return say("right_by", by=event.by, holder=", ".join(self.holders))
        if one.exercised_at is not None:
            return say("right_used", event=one.exercised_by)
        if self.outside(one.agreement, at):
            return say("right_term")
        if one.unknown:
            return one.unknown
        if one.ended_by:
            return say("right_ended", event=one.ended_by)
        if at < one.opens:
            return say("right_early", at=instants.local(one.opens, zone))
        if one.over(at):
            last = min(one.until if one.until is not None else one.term_end, one.term_end)
            return say("right_late", at=instants.local(last, zone, end=True))
        if self.ir.cure is not None:
            arises, cured = one.arises(), one.cured()
            if arises is None:
                return say("right_cured", event=cured.cured_by) if cured else say("right_no_demand")
            if at < arises:
                return say("right_cure_open", at=instants.local(one.demands[-1].until, zone, end=True))
        return "" if self.holds(one, owner, at) else say("right_condition")

    def holds(self, one: Standing, owner: Subject | None, at: int, *, fresh: bool = True) -> bool:
        """Whether the condition holds now (metrics: as they stand by what is known now; `fresh`: reckoned anew).

        Raises:
            Undetermined: nobody can say.
        """
        if self.condition is None:
            return True
        env = self.world.env
        kept = (env.subject, env.agreement, env.period, env.case, env.at)
        env.subject, env.agreement, env.case, env.at = owner, one.agreement, None, None
        if self.reads_metrics:
            if fresh:
                self._reckon(at)
            env.period = self._period(one.agreement, at)
        try:
            return bool(self.condition(env))
        finally:
            env.subject, env.agreement, env.period, env.case, env.at = kept

    def _reckon(self, at: int) -> None:
        """Metrics as they stand now; whoever asks later reckons them anew."""
        for one in self.world.results.versions:
            one.begin(at)

    def _period(self, agreement: str, at: int) -> Period | None:
        """The period that metrics in the condition are read for: the one that holds the instant."""
        for node in self.world.nodes([self.ir.condition]):
            metric = self.world.results.metric_rule(node.name) if isinstance(node, MetricRef) else None
            if metric is not None:
                return metric.periods(agreement).at(at)
        return None

    def _done(self, one: Standing, owner: Subject, event: Event) -> None:
        one.exercised_at, one.exercised_by, one.effective_at = event.time, event.id, event.time
        one.evidence.append(event.id)
        self._effect(one, owner, event)
        derived = Derived(
            self.ir.name, "exercise", owner, one.agreement, event.id, event.data, causes=(event.id,)
        )
        self.world.timers.derive(derived, self.ir.shape.stratum, event.time)

    def _effect(self, one: Standing, owner: Subject, event: Event) -> None:
        life, ir = self.world.life, self.ir
        match ir.effect:
            case "terminate":
                one.effective_at = life.end(one.agreement, event.id, event.time, ir.effect_after, self.days)
            case "stop_renewal":
                life.stop_renewal(one.agreement, event.id, event.time)
            case "renew" if self.length is not None:
                life.prolong(one.agreement, event.id, event.time, self.length(self.world.env))
            case "withdraw":
                for cases in owner.live:
                    for case in tuple(cases or ()):
                        if case.open:
                            void(case, event, "withdrawn")
            case "suspend" | "resume":
                life.suspend(one.agreement, event.id, event.time, on=ir.effect == "suspend")
            case _:
                pass

    def _in_vain(self, owner: Subject, event: Event, one: Standing | None, why: str) -> None:
        """Nothing could be exercised: noted on the one that was nearest to it, and reported."""
        key = self._key(owner)
        if one is None:
            why = say("right_nothing")
            one = self.orphans.setdefault(key, Standing(key[0], key[1], event.time, []))
        one.attempts.append(Attempt(event.time, event.id, why))
        one.evidence.append(event.id)
        self.faults.append(in_vain(self.ir.name, key[0], event, why))
