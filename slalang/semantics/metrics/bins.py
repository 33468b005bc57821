"""A value in bins goes in; the IR's form comes out: a ratio or another fold of the samples of each bin, and how the bins are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import BinRatio, TimeOf
from slalang.ir.expressions import FALSE, Const, Expr
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Expected, Mixed, OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.metrics.folded import Folded
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from fractions import Fraction

    from slalang.ir.expressions import Ty
    from slalang.ir.facts import Pattern
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.scope.world import EventDeclared, World
    from slalang.syntax import tree as syn

HOUR: Final = 3_600_000_000
BETWEEN: Final = frozenset({"mean", "interpolated_percentile"})  # these may lie between whole numbers
HUNDRED: Final = 100  # the highest percentile: the largest value


def in_bins(
    world: World, node: syn.Aggregate, pieces: syn.Pieces, choices: Choices, entity: str
) -> Folded | None:
    """`ratio of E to E over PATTERN in bins of 5 min, mean of bins`: a value of each bin, and how the bins are joined."""
    if node.pattern is None or node.value is None or not _worded(world, node, pieces):
        return None
    found = facts_only(world, node.pattern, entity)
    width = _width(world, pieces.length)
    if found is None or width is None or not _percentiles(world, node, pieces):
        return None
    sides = _sides(world, node, found, entity)
    if sides is None:
        return None
    top, bottom, ty = sides
    bound = None
    if pieces.bound is not None:
        bound = typed(world, pieces.bound.value, Context("fixed"), ty)
        if bound is None:
            return None
    blank = _blank(world, pieces, choices, ty)
    missing = choices.choice("missing_data")
    if blank is None or not missing:
        return None
    join: Any = {"share": "share_of_bins", "time": "time_of_bins"}.get(pieces.join, pieces.join)
    form = BinRatio(
        found[0], top, bottom, width, join, blank[0], bound, 0,  # type: ignore[arg-type]
        "<=" if pieces.bound is None else pieces.bound.op, blank[1], missing,  # type: ignore[arg-type]
        node.fold, _percent(node.percent), _percent(pieces.percent),  # type: ignore[arg-type]
        TimeOf(FALSE, "") if join == "time_of_bins" else None,
    )  # fmt: skip
    return Folded(form, _joined(pieces.join, ty), "", cases=False)


def _joined(join: str, ty: Ty) -> Ty:
    """The type of what the bins make together."""
    if join in {"share", "time"}:
        return "ratio" if join == "share" else "duration"
    return "number" if join in BETWEEN and ty == "integer" else ty


def _percent(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _worded(world: World, node: syn.Aggregate, pieces: syn.Pieces) -> bool:
    """Bins of a ratio are told apart by their ratio, others by their value."""
    if pieces.bound is None or pieces.of_ratio == (node.fold == "ratio"):
        return True
    right = "ratio" if node.fold == "ratio" else "value"
    chinese = "按比率" if node.fold == "ratio" else "按数值"
    what = Text(
        en=f"a bin has a {right} here: `{pieces.join} of bins where {right}`",
        zh=f"此处各段所比的是{chinese[1:]}: 请写 `{chinese}`",
    )
    world.collector.add(NotPlaced(pieces.span, what=what))
    return False


def _percentiles(world: World, node: syn.Aggregate, pieces: syn.Pieces) -> bool:
    for percent in (node.percent, pieces.percent):
        if percent is not None and not 0 < percent <= HUNDRED:
            world.collector.add(OutOfDomain(node.span, name=f"percentile {percent}", domain="> 0, <= 100"))
            return False
    return True


def _sides(
    world: World, node: syn.Aggregate, found: tuple[Pattern, tuple[EventDeclared, ...]], entity: str
) -> tuple[Expr, Expr, Ty] | None:
    """What is summed above and below the line of each bin, and the type of its value; below any other value stands 1."""
    if node.value is None:
        return None
    top = _side(world, node.value, found, entity)
    if top is None:
        return None
    if node.bottom is None:
        if not types.is_quantity(top.type):
            world.collector.add(Expected(node.value.span, needed=of_type("number"), found=of_type(top.type)))
            return None
        ty = "number" if node.fold in BETWEEN and top.type == "integer" else top.type
        return top, Const("number", "1"), ty
    bottom = _side(world, node.bottom, found, entity)
    if bottom is None or not _alike(world, node, top, bottom):
        return None
    return top, bottom, "ratio"


def _blank(world: World, pieces: syn.Pieces, choices: Choices, ty: Ty) -> tuple[str, Expr | None] | None:
    """What an empty bin counts as: a value, nothing, or where a ratio is meant up or down."""
    empty = choices.need("empty_bins")
    if empty is None:
        return None
    stated = empty.value is not None
    choice = "value" if stated else empty.policy.choice
    if pieces.join == "share" and pieces.of_ratio and stated:
        what = Text(
            en="for a share of bins an empty one is up, down or absent",
            zh="取段数占比时，空段为正常、中断或不计",
        )
    elif not (stated or choice == "absent") and (pieces.join not in {"share", "mean"} or ty != "ratio"):
        what = Text(
            en="an empty bin has a value here, or is absent: up and down tell the bins of a ratio",
            zh="此处空段须写明数值，或写不计: 正常与中断只用于比率",
        )
    elif empty.value is not None:
        value = typed(world, empty.value, Context("fixed"), ty)
        return None if value is None else (choice, value)
    else:
        return choice, None
    world.collector.add(NotPlaced(empty.span, what=what))
    return None


def _width(world: World, node: syn.Expr | None) -> int | None:
    """The length of a bin: a part of an hour, so that bins begin where the clock's hours do."""
    made = typed(world, node, Context("fixed"), "duration") if node is not None else None
    if not isinstance(made, Const) or node is None:
        return None
    width = int(made.value)
    if width <= 0 or HOUR % width:
        world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="60 min / n"))
        return None
    return width


def _side(
    world: World, node: syn.Expr, found: tuple[Pattern, tuple[EventDeclared, ...]], entity: str
) -> Expr | None:
    made: list[Any] = [lower(world, node, Context("event", entity, event=event)) for event in found[1]]
    if not made or any(one is None or one != made[0] for one in made):
        return None
    side: Expr = made[0]
    return side


def _alike(world: World, node: syn.Aggregate, top: Expr, bottom: Expr) -> bool:
    """Both sides are the same quantity: errors of requests, time of time."""
    if types.is_quantity(top.type) and types.same(top.type, bottom.type):
        return True
    world.collector.add(Mixed(node.span, op="/", left=of_type(top.type), right=of_type(bottom.type)))
    return False
