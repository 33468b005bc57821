"""An excuse that requires duties goes in; whose duties count for a stretch of it, and what follows when one is not kept, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases.advance import advance, breach, tell_breach
from slalang.engine.cases.conditions import cite
from slalang.engine.compile.walk import signals_of
from slalang.engine.limits.changing import is_over
from slalang.ir.expressions import SignalAt
from slalang.ir.facts import Computed, MemberFold
from slalang.values.interval import subtract, union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.cases.case import Case, Stand
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.rules import Excuse


class Requiring:
    """The duties that one excuse requires.

    They are those of the same subject; or of the agreement; or, where the excuse reads a fold over members (`any struck over
    force_majeure by agreement`) and the duties are about those members, those of each member whose own signal holds.
    """

    def __init__(self, world: World, ir: Excuse, entity: str) -> None:
        """Find the members, if it is about members."""
        self.world = world
        self.names = ir.requires
        self.entity = entity
        declared = {one.name: one.scope.entity for one in world.program.obligations}
        self.about = {name: declared.get(name, "") for name in ir.requires}
        wanted = set(self.about.values())
        self.folds = [one for one in _folds(world, [ir.when]) if _members(one) in wanted]
        self.inner = {one.signal.name: _reader(world, one) for one in self.folds}

    def holding(self, env: Env, *, holds: bool) -> list[str]:
        """The members whose signals make the excuse hold now; one without a name where it is not about members."""
        if not holds:
            return []
        found: list[str] = []
        for fold, member in self._all(env):
            kept, env.subject = env.subject, member
            if self.inner[fold.signal.name](env) is True:
                found.append(member.id)
            env.subject = kept
        return sorted(set(found)) or [""]

    def _all(self, env: Env) -> list[tuple[Plan, Subject]]:
        """Every member that the excuse reads, whatever its signal is now."""
        found = []
        for fold in self.folds:
            owner = self.world.resolve(env, (), fold.signal.entity)
            members = self.world.subjects.get(_members(fold), {}).values()
            found += [(fold, one) for one in members if self.world.folds.owner(fold, one) is owner]
        return found

    def points(self, env: Env, start: int, end: int) -> set[int]:
        """The instants in [start, end) at which a member begins or ceases to hold, also where the fold over all stays as it is."""
        found: set[int] = set()
        for fold, member in self._all(env):
            form = fold.signal.form
            assert isinstance(form, MemberFold)
            kept, env.subject = env.subject, member
            found |= self.world.signals.points([(self.world.signals.plan(form.signal), ())], env, start, end)
            env.subject = kept
        return found

    def cases(self, case: Case, stand: Stand | None, member: str) -> dict[str, list[Case]]:
        """The cases of the required duties that count for a stretch of an excuse of a case, by duty."""
        return {name: self._of(name, case, stand, member) for name in self.names}

    def lost(self, case: Case, stand: Stand, at: int) -> str:
        """The first required duty that had not been kept for a stretch by an instant; empty where all were."""
        for name, duties in self.cases(case, stand, stand.member).items():
            if any(duty.breach_at is not None and duty.breach_at <= at for duty in duties):
                return name
        return ""

    def _of(self, name: str, case: Case, stand: Stand | None, member: str) -> list[Case]:
        found = [
            duty
            for rule in self.world.rules
            if rule.ir.name == name
            for duty in rule.cases
            if duty.void_at is None and duty.agreement == case.agreement
        ]
        if member and self.about[name] not in {self.entity, "", "agreement"}:
            return [duty for duty in found if duty.subject.id == member]
        if self.about[name] == self.entity:
            found = [duty for duty in found if duty.subject is case.subject]
        end = stand.end if stand is not None else None
        before = [duty for duty in found if end is None or duty.trigger_at <= end]
        return before[-1:]  # the last one that was set off: the one of this occasion


def _folds(world: World, roots: Iterable[Any]) -> list[Plan]:
    """The member folds that a condition reads, through computed signals."""
    found: list[Plan] = []
    for node in signals_of(roots, world.program):
        plan = world.signals.plan(node.signal)
        if isinstance(plan.signal.form, MemberFold):
            found.append(plan)
        elif isinstance(plan.signal.form, Computed):
            found += _folds(world, [plan.signal.form.value])
    return found


def _members(plan: Plan) -> str:
    form = plan.signal.form
    assert isinstance(form, MemberFold)
    return form.members


def _reader(world: World, plan: Plan) -> Any:
    form = plan.signal.form
    assert isinstance(form, MemberFold)
    return world.signals.reader(SignalAt(form.signal, "bool", "now"))


def listen(world: World) -> None:
    """An excuse falls when a duty that it requires is breached."""
    for rule in world.rules:
        for name in dict.fromkeys(name for one in rule.pleadings for name in one.ir.requires):
            world.timers.listen((name, "breach"), _falls(rule))


def _falls(rule: Rule) -> Any:
    def fell(_: Subject, event: Event) -> None:
        env = rule.world.env
        agreement = env.agreement
        for case in rule.cases:
            if case.agreement == agreement and case.void_at is None:
                if case.open:
                    advance(case, event.time)
                lost = [one for one in case.pleaded if _lost(rule, case, one, event.time)]
                if lost or case.withheld:
                    _without(case, lost, event)
        env.agreement = agreement

    return fell


def _lost(rule: Rule, case: Case, stand: Stand, at: int) -> bool:
    requiring = rule.extend_excuses[stand.number].requiring
    if requiring is not None:
        stand.forfeited = requiring.lost(case, stand, at)
    return bool(stand.forfeited)


def _without(case: Case, lost: list[Stand], event: Event) -> None:
    """The stretches of an excuse that fell never extended anything: the case is over its limit now if it is without them."""
    at = event.time
    if lost:
        cite(case, event.id)
        until = case.breach_at if case.breach_at is not None else case.done_at
        case.extended = _extended(case, case.last if until is None else until)
        case.extension = any(one.end is None for one in case.pleaded)
        if case.settled is not None:
            case.settled = (case.settled[0], case.settled[1], case.extended)
    if case.breach_at is not None:
        case.granted = case.extended
        if case.withheld:
            tell_breach(case, at)
    elif is_over(case, at if case.done_at is None else case.done_at):
        breach(case, at)


def _extended(case: Case, until: int) -> Any:
    """What the clock counted while an excuse that stands extended the limit."""
    begin = case.start if case.since is None else case.since
    if begin is None or case.due is not None:
        return case.extended if case.due is None else 0
    spans = union(
        (max(one.start, begin), min(until, until if one.end is None else one.end)) for one in case.pleaded
    )
    still = union((one.start, until if one.end is None else one.end) for one in case.stands or ())
    left = subtract([one for one in spans if one[0] < one[1]], still)
    calendar = case.rule.calendar
    return sum(end - start if calendar is None else case.rule.counted(start, end) for start, end in left)
