"""An aggregate of the text goes in; the IR's fold comes out: share met, counts, sums and means of cases or events, time of signals."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import CaseFold, EventFold, ShareMet, TimeIn, TimeOf
from slalang.ir.expressions import CaseValue, Expr, Field, Ty
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import NotReached, UnknownField
from slalang.semantics.errors.units import Expected, OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines.policies import Choices, statuses
from slalang.semantics.metrics import bins
from slalang.semantics.metrics.folded import Folded
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.ir.facts import Pattern
    from slalang.semantics.scope.world import Declared, EventDeclared, World


def fold(
    world: World, declared: Declared, node: syn.Aggregate, choices: Choices, entity: str
) -> Folded | None:
    """The form of an aggregate, or None after a report."""
    match node.fold:
        case "time_of" if node.pieces is not None:
            what = Text(en="time is summed of a signal, not over events", zh="时长合计针对信号，而非事件")
            world.collector.add(NotPlaced(node.pieces.span, what=what))
            return None
        case "share_met":
            return _share(world, node, choices)
        case "time_in":
            calendar = lookup.calendar(world, node.names[0])
            return Folded(TimeIn(calendar), "duration", "", cases=False) if calendar else None
        case "time_of":
            return _time_of(world, node, entity)
        case "count":
            return _count(world, node, choices, entity)
        case _ if node.pieces is not None and node.fold != "time_of":
            return bins.in_bins(world, node, node.pieces, choices, entity)
        case _:
            return _values(world, declared, node, choices, entity)


def _share(world: World, node: syn.Aggregate, choices: Choices) -> Folded | None:
    rules = _rules(world, node.names)
    if rules is None:
        return None
    pooling = choices.choice("pooling") if len(rules) > 1 else "verdicts_pooled"
    met, not_met = (statuses(choices.need(key)) for key in ("counts_as_met", "counts_as_not_met"))
    counted_by = choices.choice("counted_by")
    return Folded(ShareMet(rules, pooling, met, not_met), "ratio", counted_by, cases=True, rules=rules)  # type: ignore[arg-type]


def _rules(world: World, names: tuple[syn.Name, ...]) -> tuple[str, ...] | None:
    found = [lookup.rule(world, name, "obligation") for name in names]
    return tuple(item.name for item in found if item) if all(found) else None


def _counted(choices: Choices) -> tuple[Any, str]:
    """The statuses of the verdicts counted, and by which instant."""
    met, not_met = (statuses(choices.need(key)) for key in ("counts_as_met", "counts_as_not_met"))
    return (*met, *not_met), choices.choice("counted_by")


def _count(world: World, node: syn.Aggregate, choices: Choices, entity: str) -> Folded | None:
    if node.pattern is None:
        return None
    refs = node.pattern.events
    rules = [
        ref
        for ref in refs
        if ref.name.text in world.values and world.values[ref.name.text][0].kind == "obligation"
    ]
    if rules and len(rules) == len(refs):
        names = _rules(world, tuple(ref.name for ref in rules)) or ()
        if len(names) != len(rules):
            return None
        fine, where = _where(world, names, rules[-1].where, choices)
        if any(ref.where is not None for ref in rules[:-1]):
            what = Text(
                en="one condition for all rules that are counted: it stands last",
                zh="所计各规则共用一个条件: 写在最后",
            )
            world.collector.add(NotPlaced(node.span, what=what))
            return None
        if not fine:
            return None
        listed, counted_by = _counted(choices)
        form = CaseFold("count", names, None, listed, where=where)
        return Folded(form, "integer", counted_by, cases=True, rules=names)
    found = facts_only(world, node.pattern, entity)
    return Folded(EventFold("count", found[0], None), "integer", "", cases=False) if found else None


def _values(
    world: World, declared: Declared, node: syn.Aggregate, choices: Choices, entity: str
) -> Folded | None:
    """Sum, mean, percentile, largest or smallest of a case's value or an event's field."""
    value = node.value
    if node.pattern is not None:
        return _over_events(world, node, entity)
    percent = "" if node.percent is None else str(node.percent)
    if node.percent is not None and not 0 < node.percent <= bins.HUNDRED:
        world.collector.add(OutOfDomain(node.span, name=f"percentile {node.percent}", domain="> 0, <= 100"))
        return None
    kind: Any = node.fold
    if isinstance(value, syn.CaseMeasure):
        known = world.values.get(value.of.text)
        if known and known[0].kind == "obligation":
            condition_, value = value.where, replace(value, where=None)
            made = lower(world, value, Context("period"))
            if not isinstance(made, CaseValue) or not _summed(world, value, made.type):
                return None
            fine, where = _where(world, (made.rule,), condition_, choices)
            if not fine:
                return None
            listed, counted_by = _counted(choices)
            form = CaseFold(kind, (made.rule,), made, listed, percent, where)
            return Folded(form, _folded_type(kind, made.type), counted_by, cases=True, rules=(made.rule,))
        return _events(world, node, value, kind, percent, entity)
    rules = tuple(dict.fromkeys(_rules_named(world, value)))
    if len(rules) == 1 and value is not None:
        return _over_cases(world, node, value, rules[0], percent, choices)
    what = Text(
        en="what is summed is made of one rule's cases, `measure of RULE × …`, or of events, `field of event` or `(a × b) over event`",
        zh="所合计的须由一项规则的案件（`用时取自 规则 × …`）或由事件（`字段 取自 事件` 或 `(a × b) 遍及 事件`）得出",
    )
    world.collector.add(NotPlaced(node.span, what=what), ("fold", declared.name, node.span.start))
    return None


def _rules_named(world: World, node: object) -> Iterator[str]:
    """The rules whose cases an expression speaks of, in the order in which it does."""
    if isinstance(node, syn.CaseMeasure):
        found = world.values.get(node.of.text)
        if found and found[0].kind == "obligation":
            yield found[0].name
    if isinstance(node, tuple):
        for one in node:
            yield from _rules_named(world, one)
    elif is_dataclass(node) and not isinstance(node, syn.Name):
        for part in fields(node):
            if part.name != "span":
                yield from _rules_named(world, getattr(node, part.name))


def _over_cases(
    world: World, node: syn.Aggregate, value: syn.Expr, rule: str, percent: str, choices: Choices
) -> Folded | None:
    """`sum of (measure of R × ended.share)`: an expression over each case, the fields of its events, its signals."""
    made = lower(world, value, replace(case_context(world, (rule,), choices), rule=rule))
    if made is None:
        return None
    if not types.is_quantity(made.type):
        world.collector.add(Expected(value.span, needed=of_type("number"), found=of_type(made.type)))
        return None
    if any(sort == "signal" for sort, _, _ in reads([made], world.named)):
        choices.need("read_at")
    listed, counted_by = _counted(choices)
    kind: Any = node.fold
    form = CaseFold(kind, (rule,), made, listed, percent)
    return Folded(form, _folded_type(kind, made.type), counted_by, cases=True, rules=(rule,))


def _over_events(world: World, node: syn.Aggregate, entity: str) -> Folded | None:
    """`sum of (a × b) over event`: an expression over the fields of the events."""
    if node.pattern is None or node.value is None:
        return None
    if node.fold == "time_of":
        what = Text(en="time is summed of a signal, not over events", zh="时长合计针对信号，而非事件")
        world.collector.add(NotPlaced(node.pattern.span, what=what))
        return None
    found = facts_only(world, node.pattern, entity)
    if found is None:
        return None
    made = event_value(world, node.value, found, entity)
    if made is None:
        return None
    percent = "" if node.percent is None else str(node.percent)
    kind: Any = node.fold
    return Folded(EventFold(kind, found[0], made, percent), _folded_type(kind, made.type), "", cases=False)


def event_value(
    world: World, node: syn.Expr, found: tuple[Pattern, tuple[EventDeclared, ...]], entity: str
) -> Expr | None:
    """A quantity made of the fields of some events; each of the event types must have them, and alike."""
    made = [lower(world, node, Context("event", entity, event=event)) for event in found[1]]
    if any(one is None or one != made[0] for one in made) or made[0] is None:
        return None
    if not types.is_quantity(made[0].type):
        world.collector.add(Expected(node.span, needed=of_type("number"), found=of_type(made[0].type)))
        return None
    return made[0]


def _where(
    world: World, rules: tuple[str, ...], node: syn.Expr | None, choices: Choices
) -> tuple[bool, Expr | None]:
    """The condition on counted cases; False after a report. Signals in it are read as `read at` says."""
    if node is None:
        return True, None
    ctx = case_context(world, rules, choices)
    found = condition(world, node, ctx)
    if found is not None and any(sort == "signal" for sort, _, _ in reads([found], world.named)):
        choices.need("read_at")
    return found is not None, found


def case_context(world: World, rules: tuple[str, ...], choices: Choices) -> Context:
    """Cases of some rules: their signals, and the fields of their triggers and discharges."""
    made = [world.made(world.values[name][0]) for name in rules]
    entities = {item.scope.entity for item in made if item is not None}
    stated = choices.find("read_at")
    at: Any = stated.policy.choice if stated else "latest"

    def events(key: str) -> tuple[EventDeclared, ...]:
        patterns = [getattr(item, key) for item in made if item is not None]
        names = [match.type for one in patterns if one is not None for match in one.any_of]
        return tuple(world.events[name] for name in dict.fromkeys(names))

    entity = entities.pop() if len(entities) == 1 else ""
    return Context("case", entity, at, None, events("trigger"), events("discharge"))


def _events(
    world: World, node: syn.Aggregate, value: syn.CaseMeasure, kind: Any, percent: str, entity: str
) -> Folded | None:
    event = lookup.event(world, value.of, entity)
    if event is None:
        return None
    if value.what not in event.fields:
        near = candidates(value.what, event.fields)
        world.collector.add(UnknownField(value.span, name=value.what, owner=event.name, near=near))
        return None
    ty = event.fields[value.what][0]
    one = syn.EventRef(value.of, "", value.where, value.of.span)
    found = facts_only(world, syn.Pattern((one,), node.span), entity)
    if found is None or not _summed(world, value, ty):
        return None
    made: Expr = Field(value.what, ty, "event")
    return Folded(EventFold(kind, found[0], made, percent), _folded_type(kind, ty), "", cases=False)


def _summed(world: World, node: syn.CaseMeasure, ty: Ty) -> bool:
    if types.is_quantity(ty):
        return True
    world.collector.add(Expected(node.span, needed=of_type("number"), found=of_type(ty)))
    return False


def _folded_type(kind: str, ty: Ty) -> Ty:
    return "number" if kind in {"mean", "interpolated_percentile"} and ty == "integer" else ty


def _time_of(world: World, node: syn.Aggregate, entity: str) -> Folded | None:
    value = node.value if node.value is not None else node.names[0] if node.names else None
    if value is None:
        return None
    if isinstance(value, syn.Name) and len(value.parts) == 1:
        owners = world.signals.get(value.text, {})
        if owners and not {"", entity} & set(owners):
            owner = next(iter(owners))
            subject = Text(en="this metric", zh="该指标")
            remedy = Text(
                en=f"write `by {owner}` in the metric's head, or fold the signal with `any {value.text} over {owner} by agreement`",
                zh=f"在指标首行写 `按 {owner}`，或用 `任一 {value.text} 遍及 {owner} 依 agreement` 汇总信号",
            )
            world.collector.add(
                NotReached(value.span, name=value.text, owner=owner, subject=subject, remedy=remedy)
            )
            return None
    when = condition(world, value, Context("signal", entity))
    return Folded(TimeOf(when, entity), "duration", "", cases=False) if when is not None else None
