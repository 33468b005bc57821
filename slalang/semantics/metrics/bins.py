"""A ratio in bins goes in; the IR's form comes out: two sums over samples for each bin, then a mean or a share of the bins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import BinRatio
from slalang.ir.expressions import Const, Expr
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Mixed, OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.metrics.folded import Folded
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from slalang.ir.facts import Pattern
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.scope.world import EventDeclared, World
    from slalang.syntax import tree as syn

HOUR: Final = 3_600_000_000


def ratio_in_bins(world: World, node: syn.Aggregate, choices: Choices, entity: str) -> Folded | None:
    """`ratio of E to E over PATTERN in bins of 5 min, mean of bins`, or the share of bins whose ratio passes a bound."""
    if node.pattern is None or node.value is None or node.bottom is None:
        return None
    found = facts_only(world, node.pattern, entity)
    width = _width(world, node.length)
    if found is None or width is None:
        return None
    top, bottom = (_side(world, one, found, entity) for one in (node.value, node.bottom))
    if top is None or bottom is None or not _alike(world, node, top, bottom):
        return None
    bound = None
    if node.bound is not None:
        bound = typed(world, node.bound.value, Context("fixed"), "ratio")
        if bound is None:
            return None
    empty = choices.need("empty_bins")
    missing = choices.choice("missing_data")
    if empty is None or not missing:
        return None
    value = None
    if empty.value is not None:
        if node.bound is not None:
            what = Text(
                en="for a share of bins an empty one is up, down or absent",
                zh="取段数占比时，空段为正常、中断或不计",
            )
            world.collector.add(NotPlaced(empty.span, what=what))
            return None
        value = typed(world, empty.value, Context("fixed"), "ratio")
        if value is None:
            return None
    form = BinRatio(
        found[0], top, bottom, width, "mean" if node.bound is None else "share_of_bins",
        "value" if value is not None else empty.policy.choice, bound, 0,  # type: ignore[arg-type]
        "<=" if node.bound is None else node.bound.op, value, missing,  # type: ignore[arg-type]
    )  # fmt: skip
    return Folded(form, "ratio", "", cases=False)


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
