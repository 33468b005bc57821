"""One version of a contract with registers and settings goes in; everything that its compiled rules ask comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.clock.dates import zone_of
from slalang.engine.clock.hours import Hours, always, hours_of
from slalang.engine.compile.environment import Env
from slalang.engine.compile.expression import Compiler
from slalang.engine.compile.walk import nodes, rules_counted
from slalang.engine.facts.crossings import Crossings
from slalang.engine.facts.derived import Derived, carried
from slalang.engine.facts.folds import Folds
from slalang.engine.facts.growing.watching import Watching
from slalang.engine.facts.lives import may_happen
from slalang.engine.facts.references import References
from slalang.engine.facts.signals import Signals
from slalang.engine.facts.subjects import Subject
from slalang.engine.judging.assumptions import assumed
from slalang.engine.life.agreed import Agreed
from slalang.engine.life.parties import Parties
from slalang.engine.life.terms import Life
from slalang.engine.reasons import in_chinese
from slalang.engine.settings import FOREVER
from slalang.engine.timers import Timers
from slalang.engine.undetermined import ProgramError
from slalang.ir.facts import Pattern
from slalang.ir.standing import facts_under
from slalang.outcome.records import Assumption, Fault, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from slalang.engine.agreements.firsts import Firsts
    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Rule
    from slalang.engine.in_force import InForce
    from slalang.engine.noticing.made import Awaiting
    from slalang.engine.results import Results
    from slalang.engine.settings import Settings
    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.ir.amounts import Definition, Table
    from slalang.ir.expressions import Expr
    from slalang.ir.program import Program
    from slalang.ir.rules import Under
    from slalang.values.calendar import Calendar


class World:
    """Names, registers, subjects and signals of one version; no rule logic lives here."""

    def __init__(
        self, in_force: InForce, registers: Registers, settings: Settings, firsts: Firsts, *, tracing: bool
    ) -> None:
        """Compile the signals; rules are compiled by the run. `firsts` is shared by all versions."""
        self.in_force = in_force
        self.program: Program = facts_under(in_force.version.program, settings.readings)
        self.registers = registers
        self.settings = settings
        self.zone = zone_of(self.program.zone)
        self.env = Env()
        self.now = -FOREVER
        self.results: Results = None  # type: ignore[assignment] # set by the run, which owns it
        self.timers = Timers(self)
        self.faults: list[Fault] = []
        self.parties = Parties(self.program.parties, self.zone)
        self.acts_for = self.parties.acts_for
        self.ranks = {
            one.name: {value: len(one.values) - i for i, value in enumerate(one.values)}
            for one in self.program.levels
        }
        self.rules: list[Rule] = []
        self._watched: set[str] = set()
        self.crossing: set[str] = set()  # the signals whose crossing is an event
        self.subjects: dict[str, dict[str, Subject]] = {}
        self._nobody: dict[str, Subject] = {}
        self.firsts = firsts
        self.handlers: dict[str, Any] = {}
        self.read_types: set[str] = set()
        self.seen: dict[str, Event] = {}  # every event played, where something is traced
        self.needs_timers = False
        self.causes: dict[
            str, tuple[str, ...]
        ] = {}  # of the derived events that were played: what they rest on
        self.falling: list[Awaiting] = []  # what acts by the clock for each agreement as soon as it is known
        self.registered = False  # whether those of the register are known to them
        self.entities = {one.name: one for one in self.program.entities}
        self.lives = {one.entity: one for one in self.program.lives}
        self.references = References(self)
        self.resolve = self.references.resolve
        self._chances: dict[tuple[str, str, frozenset[str]], bool] = {}
        self._quantities: dict[tuple[str, Any], Quantity] = {}
        self._assumptions: dict[tuple[int, str], tuple[Assumption, ...]] = {}
        self._watch_derived()
        self.agreed = Agreed(self)
        self.compiler = Compiler(self, tracing=tracing)
        self.signals = Signals(self)
        self.signals.prepare()
        self.folds = Folds(self)
        self.watching = Watching(self)
        self.crossings = Crossings(self)
        self.crossings.keep()
        self.life = Life(self)
        self.dependents: dict[tuple[str, int], list[Any]] = {}

    # -- names -------------------------------------------------------------------------------------------------------

    def nodes(self, roots: Iterable[Expr | None]) -> list[Expr]:
        """Every node under some expressions."""
        return nodes(roots, self.program)

    def reading(self, name: str) -> str:
        """The option that a reading takes in this run."""
        if name in self.settings.readings:
            return self.settings.readings[name]
        return next((one.chosen for one in self.program.readings if one.name == name), "")

    def applies(self, under: tuple[Under, ...]) -> bool:
        """Whether something exists under the readings of this run."""
        return all(self.reading(one.reading) == one.option for one in under)

    def definition(self, name: str) -> Definition:
        """The definition of a name under the readings of this run."""
        for one in self.program.definitions:
            if one.name == name and self.applies(one.under):
                return one
        raise ProgramError(f"no definition `{name}`")

    def table(self, name: str) -> Table:
        """The table of a name under the readings of this run."""
        for one in self.program.tables:
            if one.name == name and self.applies(one.under):
                return one
        raise ProgramError(f"no table `{name}`")

    def calendar(self, name: str) -> Calendar:
        """A calendar by name; `always` never closes."""
        if name in {"", "always"}:
            return always(self.program.zone)
        return self.hours(name).calendar

    def hours(self, name: str) -> Hours:
        """The open hours of a calendar, shared by all rules that count on it."""
        spec = next((one for one in self.program.calendars if one.name == name), None)
        if spec is None:
            raise ProgramError(f"no calendar `{name}`")
        return hours_of(spec.definition)

    # -- values of an agreement --------------------------------------------------------------------------------------

    def term(self, agreement: str) -> tuple[int, int]:
        """The term of an agreement as known now: its first instant, and the end of its last day; without one, all of time."""
        found = self.life.of(agreement)
        return found.start, found.end

    def outside(self, agreement: str, at: int, version: InForce, *, survives: bool = False) -> str:
        """`outside_term`, `no_version`, or empty where the contract is in force for the agreement, or the rule survives its end."""
        term = self.life.terms.get(agreement) or self.life.of(agreement)
        if not term.holds(at) and not (survives and at >= term.start):
            return "outside_term"
        taken = version.taken_from(agreement)
        if taken is not None and at < taken:
            return ""
        return "" if version.in_force(at, agreement) else "no_version"

    # -- subjects ----------------------------------------------------------------------------------------------------

    def subject(self, entity: str, id_: str) -> Subject:
        """The state of a subject; it comes into being when first asked for."""
        known = self.subjects.get(entity)
        if known is None:
            known = self.subjects[entity] = {}
        found = known.get(id_)
        if found is None:
            values, tracks = self.signals.blank(entity)
            life = self.lives.get(entity)
            found = known[id_] = Subject(
                entity, id_, values, tracks, len(self.rules), "" if life is None else life.initial
            )
            self._introduce(found)
        return found

    def nobody(self, entity: str) -> Subject:
        """Stands for the entity that a subject refers to none of: nothing has ever happened to it (model §1: a signal declares
        its value before its first event), so a ticket of no service is in no maintenance of its service."""
        found = self._nobody.get(entity)
        if found is None:
            values, tracks = self.signals.blank(entity)
            found = self._nobody[entity] = Subject(entity, "", values, tracks, len(self.rules), "")
            found.agreement = ""
        return found

    def _introduce(self, subject: Subject) -> None:
        """References that the register states, and the agreement they lead to."""
        name = subject.entity
        entity = self.entities.get(name)
        registered = name in self.registers.entries
        if entity is not None and entity.references:
            entry = (self.registers.at(name, subject.id, max(self.now, 0)) or {}) if registered else {}
            for reference in entity.references:
                target = subject.id if reference.field == "subject" else entry.get(reference.field)
                if isinstance(target, str):
                    subject.refs[reference.field] = target
        if name in {"", "agreement"}:
            subject.agreement = subject.id
        elif subject.refs or registered:
            subject.agreement = self.references.agreement_of(subject) or self.settings.sole
        else:
            subject.agreement = self.settings.sole  # nothing leads anywhere yet
        if name in self.folds.by_member:
            for field, target in subject.refs.items():
                self.folds.joined(subject, field, None, target, self.now)
            self.folds.introduced(subject, self.now)
        if self.watching.watched:
            self.watching.introduced(subject)

    # -- what a verdict says of its rule ---------------------------------------------------------------------------------

    def assumptions(self, rule: Rule, agreement: str) -> tuple[Assumption, ...]:
        """Stated assumptions, readings and open words that a verdict of the rule rests on."""
        key = (rule.index, agreement)
        found = self._assumptions.get(key)
        if found is None:
            found = self._assumptions[key] = assumed(self, rule, agreement)
        return found

    def quantity(self, type_: str, value: Any) -> Quantity:
        """A quantity that many verdicts share."""
        key = (type_, value)
        found = self._quantities.get(key)
        if found is None:
            found = self._quantities[key] = Quantity(type_, Fraction(value))
        return found

    def may_happen(self, subject: Subject, types: AbstractSet[str]) -> bool:
        """Whether an event of some types can still happen to a subject, by its life."""
        life = self.lives.get(subject.entity)
        if life is None:
            return True
        key = (subject.entity, subject.life, frozenset(types))
        if key not in self._chances:
            self._chances[key] = may_happen(life, subject.life, types)
        return self._chances[key]

    # -- what happens ------------------------------------------------------------------------------------------------

    def put(self, subject: Subject, slot: int, value: Any, at: int, event: str) -> None:
        """Set a signal of a subject and tell what is worked out from it."""
        before = subject.values[slot]
        if before == value and type(before) is type(value):
            return
        subject.values[slot] = value
        track = subject.tracks[slot]
        if track is not None:
            track.put(at, value, event)
        if self.dependents:
            for depend in self.dependents.get((subject.entity, slot), ()):
                depend(subject, at, event)
        if subject.entity in self.folds.by_member:
            self.folds.moved(subject, slot, at, event)
        if subject.watchers:
            for case in tuple(subject.watchers):
                self.arm(case)

    def past(self, instant: int | None) -> int | None:
        """An instant whose state can be read: None (the present) where it lies ahead or is unknown."""
        return None if instant is None or instant >= self.now else instant

    def case_event(self, env: Env, of: str) -> Event | None:
        """The trigger or the discharge of the case that the environment is about."""
        case = env.case
        if case is None:
            return env.event if of == "trigger" else None
        return case.trigger_event if of == "trigger" else case.discharge_event

    def fault(self, code: str, subject: Subject | None, event: Event, english: str, chinese: str) -> None:
        """Report a fact that cannot be, or that did nothing."""
        agreement = subject.agreement or "" if subject is not None else ""
        self.faults.append(Fault(code, agreement, event.subject, event.id, event.time, english, chinese))

    def undecided(self, rule: Rule, subject: Subject, event: Event, reason: str) -> None:
        """An event of which nobody can say whether it matches a rule's pattern."""
        self.fault(
            "SLA-E0705",
            subject,
            event,
            f"whether `{event.type}` plays a part in `{rule.ir.name}` cannot be told: {reason}",
            f"无法判断 `{event.type}` 是否与 `{rule.ir.name}` 有关：{in_chinese(reason)}",
        )

    # -- derived events ----------------------------------------------------------------------------------------------

    def _watch_derived(self) -> None:
        program = self.program
        patterns: list[Pattern | None] = [
            pattern
            for rule in program.obligations
            for pattern in (rule.trigger, rule.starts, rule.discharge, rule.void_when, rule.reopen)
        ]
        for right in program.rights:
            patterns += [right.trigger, right.ends, right.exercise]
            patterns += [right.cure.by, right.cure.start] if right.cure is not None else []
        for step in program.validity.steps:
            patterns += [step.on, step.unless]
        patterns += [one.for_each_event for one in program.amounts]
        for signal in program.signals:
            form = signal.form
            patterns += [
                found
                for name in ("start", "stop", "events", "less", "reset")
                if isinstance(found := getattr(form, name, None), Pattern)
            ]
        named = [one for pattern in patterns if pattern is not None for one in pattern.derived]
        self._watched = {name for name, what in named if what != "crossing"}
        self._watched |= {
            name for rule in program.obligations for excuse in rule.excuses for name in excuse.requires
        }
        for rule in program.obligations:
            told = rule.name in self._watched or any(one.on == "breach" for one in rule.notices)
            if rule.modality == "target" and told:
                self._watched |= set(rules_counted([rule.holds], program))
        self.crossing = {name for name, what in named if what == "crossing"}

    def is_watched_at_all(self) -> bool:
        """Whether any rule or signal is read so."""
        return bool(self._watched or self.crossing)

    def is_watched(self, name: str) -> bool:
        """Whether another rule reads the breach, the discharge or the expiry of a rule."""
        return name in self._watched

    def derive(self, rule: Rule, case: Case, what: str, at: int, *, happened: int | None = None) -> None:
        """Note a derived event of a case; it is played after the events of its instant."""
        fields = case.trigger_event.data if case.trigger_event is not None else {}
        data = carried(fields, late=case.breach_at is not None and not rule.prohibits)
        made = Derived(rule.ir.name, what, case.subject, case.agreement, case.instance, data)
        made.ends_day = what == "expiry" and case.due is not None and self.zone.begins_day(at)
        made.causes, made.happened = tuple(case.evidence), happened
        self.timers.derive(made, rule.ir.shape.stratum, at)

    def arm(self, case: Case) -> None:
        """Look at the breach of a case again, for which another rule waits, when the instant's events are over."""
        self.timers.arm(case)
