"""All rules of a contract go in; the same rules come out with their shapes: key, stratum, reads, state; circles are reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from slalang.ir.amounts import (
    AmountRule,
    BinRatio,
    Cap,
    CaseFold,
    EventFold,
    Formula,
    Metric,
    Right,
    ShareMet,
    TimeIn,
    TimeOf,
)
from slalang.ir.facts import Between, Computed, DaysLate, Lasting, MemberFold, Running
from slalang.ir.rules import ByDate, Obligation, Shape, Within
from slalang.semantics.agreement.grounds import refuse_circles
from slalang.semantics.expressions.reads import Read, reads
from slalang.semantics.rules.posted import posted_after
from slalang.semantics.rules.strata import SIGNAL as _SIGNAL
from slalang.semantics.rules.strata import strata

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.expressions import Expr
    from slalang.ir.facts import Pattern, Signal
    from slalang.semantics.scope.world import World

Rule = Obligation | Metric | AmountRule
_SORTS = {"metric", "amount", "rule"}


@dataclass(frozen=True, slots=True)
class Shaped:
    """Rules with their shapes."""

    obligations: tuple[Obligation, ...]
    metrics: tuple[Metric, ...]
    amounts: tuple[AmountRule, ...]
    signals: dict[str, int]  # strata of the signals that derived events move
    rights: tuple[Right, ...] = ()


def shaped(
    world: World,
    obligations: Iterable[Obligation],
    metrics: Iterable[Metric],
    amounts: Iterable[AmountRule],
    signals: Iterable[Signal] = (),
    rights: Iterable[Right] = (),
    caps: Iterable[Cap] = (),
) -> Shaped:
    """Give each rule its shape. A stratum is one more than the highest one it reads in the same period."""
    amounts = list(amounts)
    rules: list[Rule] = [*obligations, *metrics, *amounts]
    found = {
        id(rule): {read for read in _reads(world, rule) if read[0] not in {"group", "period"}}
        for rule in rules
    }
    graph: dict[str, dict[str, int]] = {}
    for rule in rules:
        _add(graph.setdefault(rule.name, {}), found[id(rule)])
    posted_after(world, graph, {rule.name: found[id(rule)] for rule in rules}, amounts, caps)
    for signal in signals:
        _add(graph.setdefault(f"{_SIGNAL}{signal.name}", {}), _signal_reads(world, signal))
    depth = strata(world, graph)
    rights = tuple(rights)
    refuse_circles(world, rights)
    made = [replace(rule, shape=_shape(rule, found[id(rule)], depth[rule.name])) for rule in rules]
    return Shaped(
        tuple(rule for rule in made if isinstance(rule, Obligation)),
        tuple(rule for rule in made if isinstance(rule, Metric)),
        tuple(rule for rule in made if isinstance(rule, AmountRule)),
        {name.removeprefix(_SIGNAL): at for name, at in depth.items() if name.startswith(_SIGNAL) and at},
        tuple(_right(world, right, depth) for right in rights),
    )


def _right(world: World, right: Right, strata: dict[str, int]) -> Right:
    """A right comes after every rule that it reads; what hangs on its exercise comes strictly later, so it makes no circle."""
    limit = right.window
    exprs, found = _patterns(
        right.trigger, right.ends, right.exercise, *((right.cure.by, right.cure.start) if right.cure else ())
    )
    exprs += [right.condition, right.where, right.opens, right.closes, right.length]
    exprs += [limit.limit if isinstance(limit, Within) else None, *(one.offset for one in right.notices)]
    read = found | reads(exprs, world.named)
    stratum = 1 + max((strata.get(name, -1) for sort, name, _ in read if sort in _SORTS), default=0)
    key = ("agreement", "subject", "instance") if right.scope == "each" else ("agreement", "instance")
    listed = tuple(
        sorted(f"{sort}:{name}" if not back else f"{sort}:{name}@-{back}" for sort, name, back in read)
    )
    depth = max((back for _, _, back in read), default=0)
    return replace(right, shape=Shape(key, stratum, listed, ("given_at", "cured_at", "exercised_at"), depth))


def _add(needs: dict[str, int], found: set[Read]) -> None:
    """What a rule or signal needs first, and by how much it comes later: a signal's value counts at once, an event does not."""
    for sort, name, back in found:
        if sort in _SORTS and back == 0:
            needs[name] = 1
        elif sort in {"signal", "crossing"}:
            key = f"{_SIGNAL}{name}"
            needs[key] = max(needs.get(key, 0), 1 if sort == "crossing" else 0)


def _signal_reads(world: World, signal: Signal) -> set[Read]:
    """What a signal is made of: other signals, and events that follow from rules."""
    form = signal.form
    match form:
        case Between():
            exprs, found = _patterns(form.start, form.stop)
        case Running():
            exprs, found = _patterns(form.events, form.less, form.reset)
        case Computed():
            exprs, found = [form.value], set()
        case MemberFold():
            return {("signal", form.signal, 0)}
        case Lasting():
            exprs, found = [form.bound], {("signal", form.signal, 0)}
        case DaysLate():
            exprs, found = _patterns(form.events)
        case _:
            return set()
    return found | reads(exprs, world.named)


def _patterns(*patterns: Pattern | None) -> tuple[list[Expr | None], set[Read]]:
    exprs: list[Expr | None] = []
    found: set[Read] = set()
    for pattern in patterns:
        if pattern is not None:
            exprs += [match.where for match in pattern.any_of]
            found |= {("event", match.type, 0) for match in pattern.any_of}
            exprs += pattern.where
            found |= {
                ("crossing" if what == "crossing" else "rule", name, 0)
                for name, what in pattern.derived
                if what != "exercise"  # a right's effect starts strictly after: no circle through it
            }
    return exprs, found


def _reads(world: World, rule: Rule) -> set[Read]:
    if isinstance(rule, Obligation):
        exprs, found = _patterns(rule.trigger, rule.starts, rule.discharge, rule.void_when, rule.reopen)
        limit = rule.limit
        exprs += [
            rule.chosen,
            rule.scope.where,
            rule.holds,
            limit.limit if isinstance(limit, Within) else None,
        ]
        exprs += [
            limit.value if isinstance(limit, ByDate) else None,
            *(notice.offset for notice in rule.notices),
        ]
        found |= {("rule", name, 0) for excuse in rule.excuses for name in excuse.requires}
        exprs += [
            *(still.when for still in rule.clock.standstills),
            *(excuse.when for excuse in rule.excuses),
        ]
        calendar = {("calendar", rule.clock.calendar, 0)} if rule.clock.calendar != "always" else set()
        return found | calendar | reads(exprs, world.named)
    if isinstance(rule, AmountRule):
        exprs, found = _patterns(rule.claim.pattern if rule.claim else None)
        more, events = _patterns(rule.for_each_event, rule.period.before if rule.period is not None else None)
        exprs += [*more, rule.amount, rule.when, *rule.at_most, *rule.at_least, rule.opening]
        exprs.append(rule.period.anchor if rule.period is not None else None)
        found |= events | reads(exprs, world.named)
        found |= {("rule", rule.for_each, 0)} if rule.for_each else set()
        found |= {("amount", rule.for_each_debt, 0)} if rule.for_each_debt else set()
        return found | ({("right", rule.for_each_exercise, 0)} if rule.for_each_exercise else set())
    return _metric_reads(world, rule)


def _metric_reads(world: World, rule: Metric) -> set[Read]:
    exprs: list[Expr | None] = [rule.when_none, rule.opening, *(left.when for left in rule.left_out)]
    window, events = _patterns(rule.period.before)
    exprs += [rule.period.anchor, *window]
    found: set[Read] = {("signal", name, 0) for name in rule.by if name in world.signals} | events
    form = rule.form
    if isinstance(form, ShareMet | CaseFold):
        found |= {("rule", name, 0) for name in form.rules}
    if isinstance(form, CaseFold | EventFold | Formula):
        exprs.append(form.value)
    if isinstance(form, CaseFold):
        exprs.append(form.where)
    if isinstance(form, EventFold | BinRatio):
        more, events = _patterns(form.events)
        exprs += more
        found |= events
    if isinstance(form, BinRatio):
        exprs += [form.numerator, form.denominator, form.bound, form.empty_value]
    if isinstance(form, TimeIn):
        exprs += [left.when for left in form.exclusions]
    if isinstance(form, TimeOf):
        exprs += [form.signal, *(left.when for left in form.exclusions)]
    return found | reads(exprs, world.named)


def _shape(rule: Rule, found: set[Read], stratum: int) -> Shape:
    listed = tuple(
        sorted(f"{sort}:{name}" if not back else f"{sort}:{name}@-{back}" for sort, name, back in found)
    )
    key, state = _key(rule)
    return Shape(key, stratum, listed, state, max((back for _, _, back in found), default=0))


def _key(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The key of the result table, and the flags and counters that one entry needs."""
    if isinstance(rule, Obligation):
        state = ["triggered_at", "discharged_at", "voided_at", "breached_at"]
        state += ["elapsed_us", "running_since"] if rule.limit is not None else []
        state += ["gap_since"] if rule.modality == "standing" else []
        keys = {
            "each": ("agreement", "subject", "instance"),
            "recurring": ("agreement", *(("subject",) if rule.scope.entity else ()), "period"),
            "once": ("agreement",),
        }
        return keys[rule.scope.kind], tuple(state)
    if isinstance(rule, Metric):
        return ("agreement", "period", *rule.by), _counters(rule.form)
    per: tuple[str, ...] = ("period", *rule.by) if rule.period is not None else ("subject", "instance")
    return ("agreement", *per), ("claimed_at",) if rule.claim else ()


def _counters(form: Any) -> tuple[str, ...]:
    if isinstance(form, ShareMet):
        return ("met", "not_met", "undetermined")
    if isinstance(form, BinRatio):
        return ("numerators", "denominators") if form.each == "ratio" else ("values",)
    if isinstance(form, CaseFold | EventFold):
        return ("count", "sum") if form.fold in {"count", "sum", "mean"} else ("values",)
    return ("time_us", "open_since") if isinstance(form, TimeOf) else ()
