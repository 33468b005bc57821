"""A cell of a row and its column go in; the condition or the result that it states comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AnyCell, OneOfCell, RangeCell
from slalang.ir.amounts import Cell as IrCell
from slalang.ir.expressions import Const, Expr, Ty
from slalang.semantics.errors.tables import CellForm, EmptyCell, EmptyRange
from slalang.semantics.expressions import literals, operators, types
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.lines.limits import limit_value
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.amounts import Column
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import World
    from slalang.source.text import Span

_RANGE = Text(en="a range", zh="区间")
_LIST = Text(en="a list with a range in it", zh="含区间的列表")
_MANY = Text(en="several values", zh="多个值")


def input_cell(world: World, cell: syn.Cell, column: Column, head: Span, ctx: Context) -> IrCell | None:
    """`any`, a range, a comparison, or one or several values of the column's type."""
    if not cell.values:
        remedy = Text(en="write `any` where every value fits", zh="任何值都适用时写 `任意`")
        world.collector.add(EmptyCell(cell.span, remedy=remedy))
        return None
    first = cell.values[0]
    if isinstance(first, syn.AnyValue) and len(cell.values) == 1:
        return AnyCell()
    if isinstance(first, syn.Interval | syn.Bound) and len(cell.values) == 1:
        if not types.is_ordered(column.type) or column.type.startswith("levels:"):
            world.collector.add(CellForm(cell.span, found=_RANGE, column=of_type(column.type), head=head))
            return None
        return _range(world, first, column.type, ctx)
    values: list[Expr] = []
    for node in cell.values:
        if isinstance(node, syn.AnyValue | syn.Interval | syn.Bound):
            world.collector.add(CellForm(cell.span, found=_LIST, column=of_type(column.type), head=head))
            return None
        value = typed(world, node, ctx, column.type)
        if value is None:
            return None
        values.append(replace(value, type=column.type) if isinstance(value, Const) else value)
    return OneOfCell(tuple(values))


def _range(world: World, node: syn.Interval | syn.Bound, ty: Ty, ctx: Context) -> RangeCell | None:
    if isinstance(node, syn.Bound):
        value = typed(world, node.value, ctx, ty)
        if value is None:
            return None
        is_in = node.op in {"<=", ">="}
        if node.op in {"<", "<="}:
            return RangeCell(None, False, value, is_in)
        return RangeCell(value, is_in, None, False)
    ends = [typed(world, end, ctx, ty) if end is not None else None for end in (node.low, node.high)]
    low, high = ends
    if (node.low is not None and low is None) or (node.high is not None and high is None):
        return None
    if (
        isinstance(low, Const)
        and isinstance(high, Const)
        and types.is_quantity(low.type)
        and low.type not in {"civil", "workdays"}
    ):
        one, other = literals.fraction(low), literals.fraction(high)
        if one > other or (one == other and not (node.low_in and node.high_in)):
            world.collector.add(EmptyRange(node.span))
            return None
    return RangeCell(low, node.low_in, high, node.high_in)


def result_value(
    world: World, cell: syn.Cell, head: syn.Cell, base: Expr | None, ctx: Context, wanted: Ty | None
) -> Expr | None:
    """The value of a result cell: a limit, an expression, or the head's expression with the cell in its hole."""
    if not cell.values or isinstance(cell.values[0], syn.AnyValue):
        remedy = Text(
            en="write the result, or `otherwise nothing` below the rows",
            zh="写明结果，或在各行之下写 `其余 不适用`",
        )
        world.collector.add(EmptyCell(cell.span, remedy=remedy))
        return None
    if len(cell.values) > 1 or isinstance(cell.values[0], syn.Interval):
        world.collector.add(
            CellForm(cell.span, found=_MANY, column=Text(en="a result", zh="结果"), head=head.span)
        )
        return None
    node = cell.values[0]
    if isinstance(node, syn.Bound):
        return limit_value(world, node, ctx) if not head.hole else lower(world, node, ctx)
    if base is None or not head.hole:
        return typed(world, node, ctx, wanted) if wanted and base is None else lower(world, node, ctx)
    return _filled(world, node, head, base, ctx, wanted)


def _filled(
    world: World, node: syn.Expr, head: syn.Cell, base: Expr, ctx: Context, wanted: Ty | None
) -> Expr | None:
    beside = base.type if head.hole in {"+", "-"} else None
    value = lower(world, node, ctx, beside)
    if value is None:
        return None
    op = {"×": "*", "÷": "/"}.get(head.hole, head.hole)
    made = operators.joined(world, op, base, value, node.span)
    if made is None or wanted is None or operators.expect(world, made, wanted, node.span):
        return made
    return None
