"""An aggregate of the text goes in; the IR's fold comes out: share met, counts, sums and means of cases or events, time of signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import CaseFold, EventFold, MetricForm, ShareMet, TimeIn, TimeOf
from slalang.ir.expressions import CaseValue, Expr, Field, Ty
from slalang.semantics.errors.lowering import NotServed
from slalang.semantics.errors.reach import NotReached, UnknownField
from slalang.semantics.errors.units import Expected, OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.lines.policies import Choices, statuses
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World


@dataclass(frozen=True, slots=True)
class Folded:
    """A metric's form, its type, by which instant its cases are counted, whether it is about cases, and of which rules."""

    form: MetricForm
    type: Ty
    counted_by: str
    cases: bool
    rules: tuple[str, ...] = ()


def fold(
    world: World, declared: Declared, node: syn.Aggregate, choices: Choices, entity: str
) -> Folded | None:
    """The form of an aggregate, or None after a report."""
    match node.fold:
        case "share_met":
            return _share(world, node, choices)
        case "time_in":
            calendar = lookup.calendar(world, node.names[0])
            return Folded(TimeIn(calendar), "duration", "", cases=False) if calendar else None
        case "time_of":
            return _time_of(world, node, entity)
        case "count":
            return _count(world, node, choices, entity)
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
        if any(ref.where is not None for ref in rules):
            what = Text(
                en="a condition on counted verdicts: leave cases out with `excluding`",
                zh="对所计结论附条件: 请用 `剔除`",
            )
            world.collector.add(NotServed(node.span, what=what))
            return None
        names = _rules(world, tuple(ref.name for ref in rules)) or ()
        listed, counted_by = _counted(choices)
        return Folded(CaseFold("count", names, None, listed), "integer", counted_by, cases=True, rules=names)
    found = facts_only(world, node.pattern, entity)
    return Folded(EventFold("count", found[0], None), "integer", "", cases=False) if found else None


HUNDRED = 100  # the highest percentile: the largest value


def _values(
    world: World, declared: Declared, node: syn.Aggregate, choices: Choices, entity: str
) -> Folded | None:
    """Sum, mean, percentile, largest or smallest of a case's value or an event's field."""
    value = node.value
    percent = "" if node.percent is None else str(node.percent)
    if node.percent is not None and not 0 < node.percent <= HUNDRED:
        world.collector.add(OutOfDomain(node.span, name=f"percentile {node.percent}", domain="> 0, <= 100"))
        return None
    kind: Any = node.fold
    if isinstance(value, syn.CaseMeasure):
        known = world.values.get(value.of.text)
        if known and known[0].kind == "obligation":
            made = lower(world, value, Context("period"))
            if not isinstance(made, CaseValue) or not _summed(world, value, made.type):
                return None
            listed, counted_by = _counted(choices)
            form = CaseFold(kind, (made.rule,), made, listed, percent)
            return Folded(form, _folded_type(kind, made.type), counted_by, cases=True, rules=(made.rule,))
        return _events(world, node, value, kind, percent, entity)
    what = Text(
        en="a sum over anything but `measure of RULE` or `field of event`",
        zh="除“用时取自 规则”或“字段 取自 事件”之外的合计",
    )
    world.collector.add(NotServed(node.span, what=what), ("fold", declared.name, node.span.start))
    return None


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
    found = facts_only(
        world, syn.Pattern((syn.EventRef(value.of, "", None, value.of.span),), node.span), entity
    )
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
    return "number" if kind == "mean" and ty == "integer" else ty


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
