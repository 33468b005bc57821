"""An obligation of the IR goes in; all that its cases need, compiled once, comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases import notices
from slalang.engine.cases.advance import reach
from slalang.engine.cases.conditions import cite
from slalang.engine.cases.requiring import Requiring
from slalang.engine.cases.roles import Needs, moved_by, needs_of
from slalang.engine.cases.walking import read, walk
from slalang.engine.compile.constants import Civil
from slalang.engine.compile.expression import Compiler
from slalang.engine.facts.together import Together, others
from slalang.engine.judging.excuses import excused
from slalang.engine.limits.asked import asked
from slalang.engine.limits.days import Days
from slalang.engine.limits.moving import moved
from slalang.engine.limits.policies import Policies
from slalang.engine.limits.projecting import known, projected
from slalang.ir.rules import Within

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.case import Case
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.in_force import InForce
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.facts import Pattern
    from slalang.ir.rules import Excuse, Obligation, Standstill
    from slalang.values.calendar import Calendar


@dataclass(slots=True)
class Standing:
    """A standstill of the rule, compiled."""

    name: str
    clause: str
    when: Any


@dataclass(slots=True)
class Pleading:
    """An excuse of the rule, compiled."""

    ir: Excuse
    when: Any
    moved_by: set[str]
    requiring: Requiring | None = None


def _together(world: World, pattern: Pattern | None) -> Together | None:
    """The parts of a pattern that needs all of several events; None for any other."""
    if pattern is None or pattern.pick != "all" or len(pattern.any_of) + len(pattern.derived) < 2:
        return None
    return Together(world, pattern)


class Rule:
    """One obligation of one version, with its cases."""

    def __init__(self, world: World, ir: Obligation, index: int, version: InForce) -> None:
        """Compile what the IR says; nothing is looked up by name after this."""
        self.world = world
        self.ir = ir
        self.index = index
        self.version = version
        self.cases: list[Case] = []
        self.policies = Policies(ir.name, ir.policies)
        self.policy = self.policies
        self.focused: Callable[[Case], None] | None = None
        self.watched = world.is_watched(ir.name)
        patterns = (ir.trigger, ir.starts, ir.discharge, ir.void_when)
        self.hears_derived = any(one is not None and one.derived for one in patterns)
        self.once = ir.scope.kind == "once"
        self.optional = ir.chosen is not None
        self.any_trigger = ir.trigger is not None and ir.trigger.pick == "any"
        term = world.program.validity
        endless = term.term_from is None and term.term_until is None and not world.life.moves
        self.unbounded = version.unbounded and endless
        self.not_before = world.compiler.condition(ir.not_before)
        self._clock()
        self._conditions()
        self._notices()
        self._parts: dict[Case, dict[int, Event]] = {}
        self.came_before: list[Event] = []  # the other events of a trigger that needed all of several
        self._shares: dict[tuple[Any, Any], Any] = {}
        self.needs: Needs = needs_of(self)
        self.tracked = bool(self.needs.outside)
        self.limit_moves = self.needs.limit_moves or self.tracked
        # The verdict names the events that decided whether an excuse releases.
        world.signals.track([one.ir.when for one in self.releasing])
        if self.tracked:
            world.signals.track(self.needs.moving)
            self.sources = world.signals.sources(self.needs.outside)
        # The standstills that opening hours decide: how they go on is known beforehand.
        self.foreseeable = [
            one
            for one, still in zip(self.standstills, self._standing(), strict=True)
            if world.signals.reads_hours([still.when])
        ]

    def _clock(self) -> None:
        ir, world = self.ir, self.world
        name = ir.clock.calendar
        self.calendar_name = name
        self.asked = asked(world, ir)
        self.calendar: Calendar | None = None if name in {"", "always"} else world.calendar(name)
        if self.calendar is not None:
            self.counted = world.hours(name).elapsed  # clock time in [start, end) on the rule's calendar
        self.next_opening = (
            self.calendar is not None and self.policies.get("at_closing_time", "closing") == "next_opening"
        )
        self.days = Days(world, ir.counting, name, ir.policies)
        self.days_policy = self.policies.get("standstill_of_days", "nothing")
        limit = ir.limit
        self.before = isinstance(limit, Within) and limit.direction == "before"
        self.limit: Any = None
        if isinstance(limit, Within):
            followed = frozenset(ir.changes)
            at: Any = self.policies.get("read_at", "trigger")
            compiler = Compiler(world, tracing=world.compiler.tracing, followed=followed, otherwise=at)
            self.limit = compiler.expr(limit.limit)
        self.roll = limit.roll if limit is not None else None
        self.closes = limit.closes if limit is not None else ""

    def _conditions(self) -> None:
        ir, world = self.ir, self.world
        compiler = world.compiler
        self.where = compiler.condition(ir.scope.where)
        self.standstills = [
            Standing(one.name, one.about.clause, compiler.expr(one.when)) for one in self._standing()
        ]
        excuses = [
            Pleading(one, compiler.expr(one.when), moved_by(world.signals, [one.when]))
            for one in ir.excuses
            if world.applies(one.under)
        ]
        for one in excuses:
            if one.ir.requires:
                one.requiring = Requiring(world, one.ir, ir.scope.entity)
        self.pleadings = excuses
        self.extending = [
            Standing(one.ir.name, one.ir.about.clause, one.when)
            for one in excuses
            if one.ir.effect == "extend"
        ]
        self.extend_excuses = [one for one in excuses if one.ir.effect == "extend"]
        self.releasing = [one for one in excuses if one.ir.effect == "release"]
        self.holds = compiler.condition(ir.holds)
        # What nothing ends but its limit is over then, as a prohibition is, and nobody is late.
        self.prohibits = ir.modality == "prohibition" or (ir.modality == "measured" and ir.discharge is None)
        self.separate_start = ir.starts is not None
        self.last_counts = ir.discharge is not None and ir.discharge.pick == "last"
        self.all_acts = _together(world, ir.discharge)
        self.all_triggers = _together(world, ir.trigger)
        reopens = ir.reopen is not None and self.policies.get("on_reopening", "") != "frozen"
        self.reopens = reopens
        self.reopening = frozenset(one.type for one in (ir.reopen.any_of if ir.reopen is not None else ()))
        self.keeps_trigger = self.keeps_discharge = False
        self.captures: dict[str, list[tuple[Any, Any]]] = {}
        self.captures_trigger = self.captures_discharge = False

    def _standing(self) -> list[Standstill]:
        return [one for one in self.ir.clock.standstills if self.world.applies(one.under)]

    def _notices(self) -> None:
        self.warnings, self.timed_notices = notices.compiled(self)
        by_kind = {
            kind: [one for one in self.ir.notices if one.on == kind]
            for kind in ("breach", "discharge", "trigger")
        }
        self.breach_notices = by_kind["breach"]
        self.discharge_notices = by_kind["discharge"]
        self.trigger_notices = by_kind["trigger"]
        self.simple = not (self.extending or self.timed_notices)

    # -- asked while running -----------------------------------------------------------------------------------------

    def reach(self, case: Case, start: int, needed: Any) -> int:
        """See `advance.reach`."""
        return reach(case, start, needed)

    def projected(self, case: Case, start: int) -> int | None:
        """The deadline as it stands at an instant, if nothing more happens; None while events hold the clock, or unknown."""
        return known(projected, case, start)

    def walk(self, case: Case, at: int) -> None:
        """Count a clock that other subjects or calendars can stop."""
        walk(case, at)

    def reread(self, case: Case, env: Env, at: int) -> None:
        """Bring a case's standstills and limit up to the present state of signals."""
        read(case, env, at, "")

    def pardoned(self, case: Case, at: int) -> bool:
        """Whether by the facts known at an instant an excuse releases the breach of a case."""
        return bool(self.releasing) and excused(case, at).applies

    def moved_due(self, case: Case) -> int:
        """The due instant of a limit in days after the standstills and the excuses that extend it so far."""
        assert case.due is not None
        if case.extensions is None and (case.stands is None or self.days_policy == "nothing"):
            return case.due
        return moved(self.days, case, self.days_policy, case.last)

    def due_stands(self, case: Case) -> bool:
        """Whether the due instant of a limit in days moves on with time now: what holds it began while the limit ran."""
        holds = case.stands if case.paused and self.days_policy != "nothing" else None
        begun = [one.start for one in (*(holds or ()), *case.pleaded) if one.end is None and one.number >= 0]
        if not begun:
            return False
        due = self.moved_due(case)
        return min(begun) < due or (min(begun) == due and not case.due_strict)

    def share(self, limit: Any, part: Any) -> Any:
        """A part of a limit, exact; asked again and again for the few limits that a rule has."""
        key = (limit, part)
        found = self._shares.get(key)
        if found is None:
            exact = Fraction(limit) * part
            found = self._shares[key] = exact.numerator if exact.denominator == 1 else exact
        return found

    def restart_clock(self, case: Case) -> None:
        """A new clock from now (`from the change`)."""
        case.elapsed = case.extended = case.carried = 0
        case.start, case.since = self.world.env.world_now, None

    def notify(self, case: Case, kind: str, at: int) -> None:
        """Send the notices of a trigger or a discharge."""
        for one in self.trigger_notices if kind == "trigger" else self.discharge_notices:
            notices.send(case, one, at)

    def complete(self, case: Case, event: Event) -> bool:
        """Whether every act of a discharge that needs all of them has been done."""
        assert self.all_acts is not None
        done = self._parts.setdefault(case, {})
        if not self.all_acts.add(done, event):
            if case.log is not None:
                case.log.role(event, "part")
            cite(case, event.id)
            return False
        return True

    def triggers_now(self, subject: Subject, event: Event) -> bool:
        """Whether a matching event is the trigger: the first one, or the one with which all have happened since the last trigger."""
        pattern = self.ir.trigger
        assert pattern is not None
        if pattern.pick == "any" or (pattern.pick == "last" and len(pattern.any_of) == 1):
            return True
        key = ("trigger", self.index)
        if pattern.pick == "first":
            if subject.marks.get(key):
                return False
            subject.marks[key] = True
            return True
        if self.all_triggers is not None:
            seen = subject.marks.setdefault(key, {})
            if not self.all_triggers.add(seen, event):
                return False
            subject.marks[key] = {}
            self.came_before = others(seen, event)
            return True
        types = subject.marks.setdefault(key, set())
        types.add(event.type)
        return bool(types >= {one.type for one in pattern.any_of})

    def by_another(self, event: Event) -> bool:
        """Whether an act is by another party than who owes it, or to another than whom it is owed to."""
        if not (event.by or event.to) or self.ir.anyone or not self.ir.debtor:
            return False
        acts_for, at = self.world.acts_for, event.time
        by_debtor = not event.by or acts_for(event.by, (self.ir.debtor,), at)
        return not (by_debtor and (not event.to or acts_for(event.to, (self.ir.creditor,), at)))

    def too_early(self, case: Case, at: int) -> bool:
        """Whether an act comes sooner after the start than the rule counts it; days begin at their local midnight."""
        if self.not_before is None or case.start is None:
            return False
        env, zone = self.world.env, self.world.zone
        least = self.not_before(env)
        if isinstance(least, Civil):
            first = zone.add_civil(zone.date_of(case.dated), least.months, least.days)
            return at < zone.start_of(first)
        return at < case.start + int(-(-least // 1))

    def outside(self, agreement: str, at: int) -> str:
        """Why a case that is triggered then is void or has no version; empty where it is in force."""
        return self.world.outside(agreement, at, self.version, survives=self.ir.survives)
