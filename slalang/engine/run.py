"""Versions, registers and settings go in; events are played one by one in total order; outcomes as of an instant come out."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from slalang.engine.agreements.belonging import Belonging
from slalang.engine.agreements.firsts import Firsts
from slalang.engine.amounts.amount import AmountOf
from slalang.engine.amounts.ledger import Ledger
from slalang.engine.cases import requiring
from slalang.engine.cases.log import Log
from slalang.engine.cases.opening import count_anew
from slalang.engine.cases.roles import derived_of, is_periodic, moves_by_itself
from slalang.engine.cases.rule import Rule
from slalang.engine.facts.growing import lasting
from slalang.engine.facts.reaching import reaching
from slalang.engine.facts.updating import initial_values
from slalang.engine.handling import handlers, steps_of
from slalang.engine.in_force import InForce, in_force_of, known
from slalang.engine.judging.capturing import prepare
from slalang.engine.judging.following.announcing import become_known
from slalang.engine.judging.following.falling import Falling
from slalang.engine.judging.following.gaps import Gaps
from slalang.engine.judging.following.missed import Missed
from slalang.engine.judging.occurrences import Occurrences
from slalang.engine.life.constraints import constraints
from slalang.engine.life.hearing import life_collectors
from slalang.engine.metrics.metric import MetricRule
from slalang.engine.payments.receipts import Receipts
from slalang.engine.results import Results
from slalang.engine.settings import FOREVER
from slalang.engine.telling import tell
from slalang.engine.timers import AFTER, BEFORE
from slalang.engine.undetermined import ProgramError
from slalang.engine.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from slalang.engine.cases.case import Case
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.settings import Settings, Version
    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.outcome.records import ConstraintState, Period, Receipt
    from slalang.outcome.whole import Outcome

    Step = Callable[[Subject, Event], None]


class Run:
    """The reference evaluator: `feed` events in total order, ask for the `outcome` whenever needed.

    Memory is bounded by subjects, cases and what their verdicts cite, not by events.
    """

    def __init__(self, versions: Sequence[Version], registers: Registers, settings: Settings) -> None:
        """Compile every version.

        Raises:
            ProgramError: no version, or the IR asks for something that it does not define.
        """
        if not versions:
            raise ProgramError("no version of the contract was given")
        self.settings = settings
        self.registers = registers
        self.firsts = Firsts(registers, settings.first)
        ordered = known(versions, settings.as_of)
        self.worlds = [self._world(one) for one in in_force_of(ordered, registers, settings.as_of)]
        results = [world.results for world in self.worlds]
        for one in results:
            one.versions = results
        self.ledger = Ledger(self.worlds)
        for one in results:
            one.ledger = self.ledger
        _amendments(self.worlds)
        _same_rights(self.worlds)
        lives = [world.life for world in self.worlds]
        for life in lives:
            life.peers = lives
            for agreement in registers.ids("agreement") if life.needs_timers else ():
                life.of(agreement)
        self.last = -FOREVER
        self._timed = any(world.needs_timers for world in self.worlds)
        self._handlers = [world.handlers for world in self.worlds]
        self._read = frozenset(name for world in self.worlds for name in world.read_types)

    def _world(self, in_force: InForce) -> World:
        focus = self.settings.trace
        world = World(in_force, self.registers, self.settings, self.firsts, tracing=focus is not None)
        _compile(world)
        return world

    # -- events ------------------------------------------------------------------------------------------------------

    def feed(self, events: Iterable[Event]) -> None:
        """Play events in total order; those timed or recorded after the as-of instant are not known and are passed over.

        Raises:
            ValueError: an event comes before one that was already played.
        """
        as_of = self.settings.as_of
        only = self._handlers[0] if len(self._handlers) == 1 and not self._timed else None
        for event in events:
            at = event.time
            if at > as_of or (event.recorded is not None and event.recorded > as_of):
                continue
            if at < self.last:
                raise ValueError(f"event `{event.id}` comes before one that was played")
            self.last = at
            if self.firsts.all is None and event.type in self._read:
                self.firsts.all = at
            if only is not None:
                handle = only.get(event.type)
                if handle is not None:
                    handle(event)
            else:
                self._play(event)

    def _play(self, event: Event) -> None:
        for world, handled in zip(self.worlds, self._handlers, strict=True):
            handle = handled.get(event.type)
            timers = world.timers
            if world.watching.waiting:
                world.watching.begin(event.time)
            if timers.derived or (timers.heap and timers.heap[0][0] <= event.time):
                timers.until(event.time, AFTER)
            if world.falling and self.firsts.all is not None and not world.registered:
                world.registered = True
                self._known(world, world.registers.ids("agreement"), event.time)
            if handle is not None:
                handle(event)

    def _known(self, world: World, agreements: Iterable[str], at: int) -> None:
        """Agreements whose periods other rules wait for: from now on they fall due."""
        for agreement in agreements:
            become_known(world, agreement, at)

    # -- outcomes ----------------------------------------------------------------------------------------------------

    def outcome(self, receipt: Receipt, as_of: int | None = None) -> Outcome:
        """Everything that can be said as of an instant (the settings' own, or one that lies before the next event).

        Raises:
            ValueError: the instant lies before an event that was already played.
        """
        at = self.settings.as_of if as_of is None else as_of
        if at < self.last:
            raise ValueError("the as-of instant lies before an event that was played")
        for world in self.worlds:
            world.env.event = world.env.subject = world.env.case = None
            if world.falling:
                self._known(world, world.results.agreements(), at)
            world.timers.until(at, AFTER)
            world.timers.drain(at)
            world.now = world.env.world_now = at
            world.results.begin(at)
            _all_lives(world, at)
        self.ledger.begin()
        return tell(self.worlds, self.ledger, receipt, at)

    def period_open(self, amount: str, agreement: str) -> Period | None:
        """The period of an amount's rule that holds the instant of the last outcome; None where the agreement has none any more.

        Raises:
            KeyError: no version has such an amount.
        """
        found = [world.results for world in self.worlds if amount in world.results.amounts]
        if not found:
            raise KeyError(amount)
        periods = [results.amounts[amount].periods(agreement).at(results.as_of) for results in found]
        return next((period for period in reversed(periods) if period is not None), None)


def decided(
    versions: Sequence[Version], registers: Registers, settings: Settings, agreements: Sequence[str]
) -> list[ConstraintState]:
    """The constraints of the last version, decided by the values bound and nothing else."""
    world = Run(versions, registers, settings).worlds[-1]
    world.now = world.env.world_now = settings.as_of
    return constraints(world, list(agreements))


def belonging(versions: Sequence[Version], registers: Registers, settings: Settings) -> Belonging:
    """Who belongs to which agreement, as far as events go that these versions read."""
    read = {name for world in Run(versions, registers, settings).worlds for name in world.read_types}
    return Belonging([one.program for one in versions], read)


def _compile(world: World) -> None:
    """Rules, metrics, amounts; then subjects may come into being."""
    program = world.program
    initial_values(world)
    results = world.results = Results(world, world.settings.trace)
    rules = [one for one in program.obligations if world.applies(one.under)]
    world.rules.extend(Rule(world, ir, index, world.in_force) for index, ir in enumerate(rules))
    collectors: dict[str, list[Step]] = {}
    for rule in world.rules:
        if is_periodic(rule.ir):
            made = Occurrences(world, rule)
            results.occurrences[rule.ir.name] = made
            if rule.watched or (rule.ir.modality == "target" and rule.breach_notices):
                followed = _following(world, rule, made)
                made.missed = followed if isinstance(followed, Missed) else None
                world.falling.append(followed)
            if made.reports is not None:
                _collect(collectors, made.reports.collectors())
        _focus(world, rule)
    for metric in program.metrics:
        if world.applies(metric.under):
            rule_of = results.metrics[metric.name] = MetricRule(world, results, metric)
            for more in rule_of.collectors():
                _collect(collectors, more)
    for amount in program.amounts:
        if world.applies(amount.under):
            results.amounts[amount.name] = AmountOf(world, results, amount)
            for type_, steps in results.amounts[amount.name].collectors().items():
                collectors.setdefault(type_, []).extend(steps)
    for payments in program.payments:
        if world.applies(payments.under):
            results.receipts.append(Receipts(world, payments))
            _collect(collectors, results.receipts[-1].collectors())
    for right in program.rights:
        if world.applies(right.under):
            results.add_right(right, collectors)
    world.falling.extend(results.grounded)
    prepare(world)
    world.handlers = handlers(world, collectors, life_collectors(world.life))
    _listen(world)
    world.signals.settle()
    world.folds.register()


def _following(world: World, rule: Rule, made: Occurrences) -> Falling | Gaps | Missed:
    """What tells other rules of the breaches of a rule that is judged by periods."""
    if made.reports is not None:
        return Falling(world, rule, made.reports)
    if made.standing is not None:
        return Gaps(world, rule, made.standing, made.schedule)
    return Missed(world, rule, made)


def _all_lives(world: World, at: int) -> None:
    """Agreements of which no event has told live by the calendar all the same."""
    if world.life.needs_timers:
        for agreement in world.results.agreements():
            world.life.of(agreement)
        world.timers.until(at, AFTER)
        world.timers.drain(at)
        world.now = world.env.world_now = at


def _collect(into: dict[str, list[Step]], more: dict[str, Step]) -> None:
    for type_, step in more.items():
        into.setdefault(type_, []).append(step)


def _focus(world: World, rule: Rule) -> None:
    """Cases in focus keep a log."""
    focus = world.settings.trace
    if focus is None or focus.rule != rule.ir.name:
        return

    def focused(case: Case) -> None:
        if focus.subject in {"", case.subject.id} and focus.instance in {"", case.instance}:
            case.log = Log()

    rule.focused = focused


def _listen(world: World) -> None:
    """Rules that wait for another rule's breach or discharge, or for a crossing, hear of it as of an event."""
    for rule in world.rules:
        for type_, play in steps_of(rule, derived=True).items():
            key = derived_of(type_)
            assert key is not None
            world.timers.listen(key, reaching(world, rule.ir.scope.entity, play))
    for right in world.results.rights.values():
        for key, act in right.derived():
            world.timers.listen(key, act)
    for amount in world.results.amounts.values():
        if amount.happenings is not None:
            for key in amount.happenings.derived():
                world.timers.listen(key, amount.happenings.happened)
    requiring.listen(world)
    lasting.prepare(world)
    world.crossings.prepare()
    world.needs_timers = (
        world.is_watched_at_all()
        or world.life.needs_timers
        or bool(world.falling)
        or any(moves_by_itself(one.signal.form) for one in world.signals.plans.values())
    )


def _same_rights(worlds: list[World]) -> None:
    """A right that several versions have is one: what was exercised under one of them is not there again under the next."""
    for name in dict.fromkeys(name for world in worlds for name in world.results.rights):
        same = [world.results.rights[name] for world in worlds if name in world.results.rights]
        for one in same:
            one.peers, one.found, one.orphans = same, same[0].found, same[0].orphans


def _amendments(worlds: list[World]) -> None:
    """A version whose rules reach open cases takes them over from the version before."""
    for before, after in pairwise(worlds):
        for rule in after.rules:
            choice = rule.policies.get("amendment_reaches", "new_cases")
            if choice != "new_cases":
                before.in_force.reaches[rule.ir.name] = choice
                rule.version = rule.version.reaching_back(choice, before.in_force)
                if choice == "open_cases_from_change":
                    for begin in rule.version.turns():
                        after.timers.push(begin, BEFORE, partial(count_anew, rule))
                    after.needs_timers = True
