"""The rows of a table whose rates are for slices go in; the same rows come out, each with the sum of the slices up to its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import RangeCell
from slalang.ir.expressions import Const, Default, Expr, If, Op
from slalang.semantics.errors.money import NotSliced
from slalang.semantics.errors.units import Mixed
from slalang.semantics.expressions import types
from slalang.semantics.expressions.literals import fraction
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.amounts import Column, Row
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

MEASURED = ("number", "integer", "duration")


def sliced(
    world: World, sentence: Sentence, rows: Sequence[Row], lines: Sequence[Sentence], inputs: Sequence[Column]
) -> list[Row] | None:
    """Row k gives rate₁ × (b₁ − a₁) + … + rateₖ × (x − aₖ): an ordinary table, so that all that is proved of tables is proved of it."""
    column = inputs[0] if len(inputs) == 1 else None
    value = column.value if column is not None else None
    if column is None or value is None or not (column.type in MEASURED or types.is_amount(column.type)):
        what = Text(
            en="one input column, with a number or an amount, is cut into slices",
            zh="只能有一列输入，且为数或金额",
        )
        world.collector.add(NotSliced(sentence.span, what=what))
        return None
    cells: list[RangeCell] = []
    for row, line in zip(rows, lines, strict=True):
        cell = row.cells[0]
        ends = (
            [end for end in (cell.low, cell.high) if end is not None] if isinstance(cell, RangeCell) else []
        )
        if not isinstance(cell, RangeCell) or not all(isinstance(end, Const) for end in ends):
            what = Text(en="each slice is a range between fixed values", zh="每段须为固定值之间的区间")
            world.collector.add(NotSliced(line.span, what=what))
            return None
        cells.append(cell)
    zero = Const(column.type, "0")
    lows = [cell.low if isinstance(cell.low, Const) else zero for cell in cells]
    order = sorted(range(len(rows)), key=lambda i: fraction(lows[i]))
    if not _apart(world, order, cells, lows, lines):
        return None
    below: list[Expr | None] = [None] * len(
        rows[0].results
    )  # what the slices before come to, by result column
    made: dict[int, Row] = {}
    for i in order:
        row, cell = rows[i], cells[i]
        here = value if fraction(lows[i]) == 0 else Op("-", (value, lows[i]), column.type)
        whole = _width(cell, lows[i], column.type)
        results: list[Expr] = []
        for place, rate in enumerate(row.results):
            part = _of(world, lines[i], rate, value, here)
            if part is None:
                return None
            before = below[place]
            results.append(part if before is None else Op("+", (before, part), part.type))
            full = None if whole is None else _of(world, lines[i], rate, value, whole)
            if full is not None:
                below[place] = full if before is None else Op("+", (before, full), full.type)
        made[i] = replace(row, results=tuple(results))
    return [made[i] for i in range(len(rows))]


def _apart(
    world: World, order: list[int], cells: list[RangeCell], lows: list[Const], lines: Sequence[Sentence]
) -> bool:
    """Whether no slice begins before the one below it ends."""
    for one, other in pairwise(order):
        high = cells[one].high
        if not isinstance(high, Const) or fraction(high) > fraction(lows[other]):
            what = Text(en="this slice begins before the one below it ends", zh="此段在前一段结束之前开始")
            world.collector.add(NotSliced(lines[other].span, what=what))
            return False
    return True


def _width(cell: RangeCell, low: Const, ty: str) -> Const | None:
    return Const(ty, str(fraction(cell.high) - fraction(low))) if isinstance(cell.high, Const) else None


def _of(world: World, line: Sentence, rate: Expr, value: Expr, part: Expr) -> Expr | None:
    """A row's rate on a part of the value: `= sales × 5%` means the part's 5 %, and so does a plain `5%`."""
    if _holds(rate, value):
        return _swapped(rate, value, part)
    ty = types.multiplied(part.type, rate.type)
    if ty is None:
        world.collector.add(Mixed(line.span, op="×", left=of_type(part.type), right=of_type(rate.type)))
        return None
    return Op("*", (part, rate), ty)


def _holds(node: Expr, value: Expr) -> bool:
    return node == value or (isinstance(node, Op) and any(_holds(arg, value) for arg in node.args))


def _swapped(node: Expr, value: Expr, part: Expr) -> Expr:
    if node == value:
        return part
    if isinstance(node, Op):
        return replace(node, args=tuple(_swapped(arg, value, part) for arg in node.args))
    assert not isinstance(node, If | Default)
    return node
