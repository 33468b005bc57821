"""A table's sentences go in; the IR's decision table comes out: head, rows, cells, hit policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import Column, Row, Table
from slalang.semantics import parts
from slalang.semantics.errors.exceptions import OtherType
from slalang.semantics.errors.lowering import SaidTwice
from slalang.semantics.errors.names import DuplicateName
from slalang.semantics.errors.tables import CellForm, EmptyCell, NoResult, NoRows, RowWidth
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions import operators, types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower
from slalang.semantics.lines.policies import Choices
from slalang.semantics.money.slices import sliced
from slalang.semantics.rules.cells import input_cell, result_value
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr, Ty
    from slalang.ir.rules import About, Under
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Cell, Sentence

# A head cell: the column, and for a result the expression with a hole that its cells fill.
Head = tuple[Column, "Cell", "Expr | None"]


def table(world: World, declared: Declared, entity: str = "") -> Table | None:
    """A named table as rules about `entity` read it."""
    choices = Choices(world, declared)
    rows_policy = choices.maybe("rows") or "one_applies"
    if entity == "":
        choices.done()
    ctx = Context("period", entity, loose=not entity)
    return build(
        world, declared.sentence, declared.name, world.about(declared), rows_policy, ctx, declared.under
    )


def build(
    world: World,
    sentence: Sentence,
    name: str,
    about: About,
    rows_policy: str,
    ctx: Context,
    under: tuple[Under, ...] = (),
    wanted: Ty | None = None,
) -> Table | None:
    """The table below a sentence; `wanted` is the type that an unnamed result must have (money for an amount)."""
    lines = list(parts.children(sentence, "row"))
    if len(lines) < 2:
        world.collector.add(NoRows(lines[0].span if lines else sentence.span))
        return None
    heads = _head(world, lines[0], ctx)
    if heads is None:
        return None
    _twice(world, lines[0], heads)
    rows = [_row(world, line, heads, lines[0], ctx, wanted) for line in lines[1:]]
    whole = [row for row in rows if row is not None]
    if len(whole) < len(rows):
        return None
    if rows_policy == "slices":
        cut = [column for column, cell, _ in heads if not cell.result]
        made = sliced(world, sentence, whole, lines[1:], cut)
        if made is None:
            return None
        whole, rows_policy = made, "one_applies"
    result_types = _result_types(world, whole, lines[1:], heads)
    if result_types is None:
        return None
    if not _comparable(world, rows_policy, result_types, lines[1]):
        return None
    otherwise, partial, fine = _otherwise(world, sentence, heads, ctx, result_types, wanted)
    if not fine:
        return None
    inputs = tuple(column for column, cell, _ in heads if not cell.result)
    results = tuple(
        Column(column.name, ty) for (column, _, _), ty in zip(_results(heads), result_types, strict=True)
    )
    return Table(name, about, rows_policy, inputs, results, tuple(whole), otherwise, partial, under)  # type: ignore[arg-type]


def _comparable(world: World, rows_policy: str, result_types: list[Ty], line: Sentence) -> bool:
    """Whether the results can be added, or put in order, as the hit policy asks."""
    for ty in result_types:
        fits = types.is_quantity(ty) if rows_policy == "sum" else types.is_ordered(ty)
        if rows_policy in {"sum", "lowest", "highest"} and not fits:
            world.collector.add(Expected(line.span, needed=of_type("number"), found=of_type(ty)))
            return False
    return True


def _results(heads: list[Head]) -> list[Head]:
    return [head for head in heads if head[1].result]


def _head(world: World, line: Sentence, ctx: Context) -> list[Head] | None:
    found: list[Head] = []
    whole = True
    cells = parts.cells(line)
    for cell in cells:
        head = _result_head(world, cell, ctx) if cell.result else _input_head(world, cell, ctx)
        whole = whole and head is not None
        if head is not None:
            found.append(head)
    if not any(cell.result for cell in cells):
        world.collector.add(NoResult(line.span))
        return None
    return found if whole else None


def _input_head(world: World, cell: Cell, ctx: Context) -> Head | None:
    if len(cell.values) != 1 or isinstance(cell.values[0], syn.AnyValue):
        remedy = Text(en="name what the column is about", zh="写明该列所指")
        world.collector.add(EmptyCell(cell.span, remedy=remedy))
        return None
    node = cell.values[0]
    value = lower(world, node, ctx)
    if value is None:
        return None
    if value.type == "limit":
        world.collector.add(
            CellForm(cell.span, found=of_type("limit"), column=Text(en="an input column", zh="输入列"))
        )
        return None
    name = node.text if isinstance(node, syn.Name) else cell.span.text.strip()
    return Column(name, value.type, value), cell, None


def _result_head(world: World, cell: Cell, ctx: Context) -> Head | None:
    if not cell.values or isinstance(cell.values[0], syn.AnyValue):
        return Column("value", ""), cell, None
    node = cell.values[0]
    if not cell.hole and isinstance(node, syn.Name) and len(node.parts) == 1:
        return Column(node.text, ""), cell, None
    value = lower(world, node, ctx)
    return None if value is None else (Column("value", ""), cell, value)


def _twice(world: World, line: Sentence, heads: list[Head]) -> None:
    seen: set[str] = set()
    for column, cell, _ in heads:
        key = f"{cell.result}:{column.name}"
        if key in seen:
            world.collector.add(DuplicateName(cell.span, name=column.name, first=line.span))
        seen.add(key)


def _row(
    world: World, line: Sentence, heads: list[Head], head: Sentence, ctx: Context, wanted: Ty | None
) -> Row | None:
    cells = parts.cells(line)
    if len(cells) != len(heads):
        world.collector.add(RowWidth(line.span, found=len(cells), wanted=len(heads), head=head.span))
        return None
    inputs, results = [], []
    for cell, (column, head_cell, base) in zip(cells, heads, strict=True):
        if head_cell.result:
            results.append(result_value(world, cell, head_cell, base, ctx, wanted))
        else:
            inputs.append(input_cell(world, cell, column, head_cell.span, ctx))
    if any(cell is None for cell in inputs) or any(value is None for value in results):
        return None
    return Row(
        tuple(cell for cell in inputs if cell), tuple(value for value in results if value), line.span.line
    )


def _result_types(world: World, rows: list[Row], lines: list[Sentence], heads: list[Head]) -> list[Ty] | None:
    found: list[Ty] = []
    for place, _ in enumerate(_results(heads)):
        ty: Ty = rows[0].results[place].type
        for row, line in zip(rows, lines, strict=True):
            joined = types.same(ty, row.results[place].type)
            if joined is None:
                one = [cell for cell, head in zip(parts.cells(line), heads, strict=True) if head[1].result][
                    place
                ]
                found_type = of_type(row.results[place].type)
                world.collector.add(OtherType(one.span, found=found_type, other=of_type(ty)))
                return None
            ty = joined
        found.append(ty)
    return found


def _otherwise(
    world: World,
    sentence: Sentence,
    heads: list[Head],
    ctx: Context,
    result_types: list[Ty],
    wanted: Ty | None,
) -> tuple[tuple[Expr, ...] | None, bool, bool]:
    """What holds where no row does: the values, whether nothing does, and whether the line has no mistake."""
    lines = list(parts.children(sentence, "otherwise"))
    if not lines:
        return None, False, True
    for again in lines[1:]:
        world.collector.add(SaidTwice(again.span, first=lines[0].span))
    node = parts.expr(lines[0], "value")
    if node is None:
        return None, True, True
    made: list[Expr] = []
    for (_, head_cell, base), ty in zip(_results(heads), result_types, strict=True):
        cell = syn.Cell((node,), node.span)
        value = result_value(world, cell, head_cell, base, ctx, wanted)
        if value is None or not operators.expect(world, value, ty, node.span):
            return None, False, False
        made.append(value)
    return tuple(made), False, True
