"""Values of other periods and groups, as the text reads them, go in; the IR's reference comes out, with how several are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import AmountRef, MetricRef
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import ValueNeedsInstant
from slalang.semantics.expressions import types
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr, Ty
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax import tree as syn


def across(world: World, node: syn.Across, ctx: Context) -> Expr | None:
    """A metric's values of all groups that the reader's own group is made of, as one."""
    found = lookup.rule(world, node.name, "metric")
    if found is None:
        return None
    if ctx.role in {"fixed", "event", "signal"}:
        world.collector.add(ValueNeedsInstant(node.name.span, name=node.name.text))
        return None
    if node.count:
        return _look_back(world, node, found)
    made = world.made(found)
    if made is None:
        return None
    ty = "number" if node.how == "mean" and made.type == "integer" else made.type
    if node.periods:
        return MetricRef(found.name, ty, joined=node.how)  # type: ignore[arg-type]
    if not made.by:
        what = Text(en=f"`{made.name}` has one value and no groups", zh=f"`{made.name}` 只有一个值，没有分组")
        world.collector.add(NotPlaced(node.span, what=what))
        return None
    return MetricRef(found.name, ty, across=node.how)  # type: ignore[arg-type]


def _look_back(world: World, node: syn.Across, found: Declared) -> Expr | None:
    """`mean across periods of previous 3 X`: how several earlier periods are joined."""
    ty = world.type_ahead(found)
    if ty is None or not types.is_quantity(ty) or (node.how == "sum" and not _adds_up(world, node, ty)):
        return None
    shown: Ty = "number" if node.how == "mean" and ty == "integer" else ty
    return MetricRef(found.name, shown, back=1, span=node.count, joined=node.how)  # type: ignore[arg-type]


def _adds_up(world: World, node: syn.Previous | syn.Across, ty: Ty) -> bool:
    """Whether several periods of it may be added up: times, counts and amounts; two shares of 99 % are no share of 198 %."""
    if ty not in {"ratio", "points"}:
        return True
    name, count = node.name.text, node.count
    what = Text(
        en=f"shares of several periods are not added up: write `mean across periods of previous {count} {name}`, or `lowest`, `highest`",
        zh=f"多期的占比不能相加: 请写 `各期平均取自 上期 {count} {name}`，或 `各期最低取自`、`各期最高取自`",
    )
    world.collector.add(NotPlaced(node.span, what=what))
    return False


def previous(world: World, node: syn.Previous, ctx: Context) -> Expr | None:
    """A metric's or an amount's value one period ago, the sum of several, or of the earlier ones of a year."""
    found = lookup.rule(world, node.name, "metric", "amount_rule")
    if found is None or ctx.role in {"fixed", "event", "signal"}:
        return None
    # Looking back at itself is no circle: the type must then be known from the sentence, not from the rule being made.
    ty = world.type_ahead(found)
    if ty is None:
        return None
    if node.within and not _summed_up(world, node, found.kind, ty):
        return None
    if node.count > 1 and not _adds_up(world, node, ty):
        return None
    if found.kind == "metric":
        return MetricRef(found.name, ty, back=1, span=node.count, within=node.within)  # type: ignore[arg-type]
    return AmountRef(found.name, ty, back=1, span=node.count)


def _summed_up(world: World, node: syn.Previous, kind: str, ty: Ty) -> bool:
    """Whether periods of a year can be added up: times, counts, amounts of a metric; shares cannot."""
    what = None
    if kind != "metric" or not types.is_quantity(ty) or ty in {"ratio", "points"}:
        what = Text(
            en="only times, counts and amounts of a metric add up over a year",
            zh="只有指标的时长、个数、金额可以按年累加",
        )
    elif node.within == "contract" and not world.has_term:
        what = Text(en="a year of the contract needs a `term`", zh="合同年须有 `期限`")
    if what is not None:
        world.collector.add(NotPlaced(node.span, what=what))
    return what is None
