"""Evaluated expressions go in; the nodes that derive them, numbers filled in, down to facts, parameters and table rows, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from slalang.explain.parts.expressions import operation, pattern, rank, row, words, worth
from slalang.explain.tree import Arg, Node, Word, node, worded
from slalang.ir.amounts import BinRatio, CaseFold, EventFold, Formula, ShareMet, TimeIn, TimeOf
from slalang.ir.expressions import (
    AmountRef,
    CaseValue,
    Const,
    Default,
    Field,
    If,
    MetricRef,
    Named,
    Op,
    Param,
    SignalAt,
    TableLookup,
    TermEdge,
)
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from slalang.ir.amounts import MetricForm, Table
    from slalang.ir.expressions import Expr, Override
    from slalang.ir.program import Program
    from slalang.outcome.trace import RowHit, Value

COMPARISONS = {"<", "<=", ">", ">=", "==", "!=", "and", "or", "not"}


def derived(program: Program, value: Value) -> Node | None:
    """How a value came about, as a node over what it rests on; None for a constant, which needs no words."""
    expr = value.expr
    result = worth(value.type, value.value)
    below = tuple(derived(program, part) for part in value.parts)
    match expr:
        case Const():
            return None
        case Param():
            return node(_parameter(program, expr.name), *below, name=expr.name, value=result)
        case Named():
            return node("value.named", *below, name=expr.name, value=result)
        case Field() | SignalAt() | CaseValue() | TermEdge():
            return node("value.fact", *below, name=words(expr), value=result)
        case MetricRef() | AmountRef():
            return node("value.result", *below, name=words(expr, hidden(program)), value=result)
        case TableLookup():
            hit = value.row
            where = row_node(program, hit, expr.column) if hit is not None else None
            rest = below if hit is None else _results(program, hit, value)
            return node("value.lookup", where, *rest, name=words(expr), table=expr.table, value=result)
        case Op():
            return _operation(program, value, expr, below)
        case If():
            return node("value.if", *below, name=words(expr.condition), value=result)
        case Default():
            return _default(program, value, expr)
        case _:
            return node("value.named", *below, name=words(expr), value=result)


def hidden(program: Program) -> dict[str, Node]:
    """Words for the metrics that stand inside another one and have no name of their own."""
    return {item.name: _form(item.form) for item in program.metrics if item.hidden}


def _form(form: MetricForm) -> Node:
    match form:
        case ShareMet():
            return node("form.share", rules=form.rules)
        case CaseFold():
            return node("form.cases", fold=Word(form.fold, "fold"), rules=form.rules)
        case EventFold():
            return node("form.events", fold=Word(form.fold, "fold"), events=pattern(form.events))
        case TimeOf():
            return node("form.time", signal=words(form.signal))
        case TimeIn():
            return node("form.open", calendar=form.calendar)
        case Formula():
            return words(form.value)
        case BinRatio():
            return _pieces(form)
        case _:
            assert_never(form)


def _pieces(form: BinRatio) -> Node:
    """What is taken in each bin, and how the bins are joined."""
    names: dict[str, Arg] = {
        "top": words(form.numerator),
        "bottom": words(form.denominator),
        "length": _length(form.bin_us),
        "percent": form.percent or None,
    }
    if form.bound is not None:
        names["test"] = node(f"bin.{form.test}", value=words(form.bound))
    kind = form.fold.removesuffix("_of_bins")
    if form.each == "ratio" and kind in {"mean", "share"}:
        return worded(f"form.bins.{kind}", (), names)
    each = worded(f"piece.{form.each}", (), {**names, "percent": form.each_percent or None})
    return worded(f"form.pieces.{kind}", (), {**names, "value": each})


def _length(us: int) -> Quantity:
    return Quantity("duration", Fraction(us))


def row_node(program: Program, hit: RowHit, column: str = "") -> Node:
    """The row of a table that applied: its place, its content in words, and the inputs that led to it."""
    table = _table(program, hit)
    inputs = tuple(_input(program, name, item) for name, item in hit.inputs)
    content: Node | None = None
    count: int | None = None
    if table is not None:
        count = len(table.rows)
        content = (
            row(table, table.rows[hit.row - 1], column) if 0 < hit.row <= count else node("cell.otherwise")
        )
    kind = "row" if hit.row > 0 else "row.otherwise"
    return node(
        kind,
        *inputs,
        table=hit.table.partition(".")[0],
        clause=hit.clause or None,
        row=str(hit.row),
        count=None if count is None else str(count),
        line=str(hit.line) if hit.line else None,
        content=content,
        others=tuple(str(item) for item in hit.rows if item != hit.row) or None,
    )


def _table(program: Program, hit: RowHit) -> Table | None:
    return next((item for item in program.tables if item.name == hit.table), None)


def _results(program: Program, hit: RowHit, value: Value) -> tuple[Node | None, ...]:
    """How the row's own results came about, where they are more than constants."""
    table = _table(program, hit)
    if table is None:
        return ()
    results = [expr for number in hit.rows for expr in table.rows[number - 1].results] + list(
        table.otherwise or ()
    )
    return tuple(derived(program, part) for part in value.parts if part.expr in results)


def _input(program: Program, name: str, item: Value) -> Node:
    """An input of a row: a plain fact or result speaks for itself, anything else is derived below its name."""
    below = derived(program, item)
    if below is not None and below.kind in {"value.fact", "value.result", "value.parameter"}:
        return below
    return node("row.input", below, name=name, value=worth(item.type, item.value))


def _parameter(program: Program, name: str) -> str:
    found = next((item for item in program.parameters if item.name == name), None)
    if found is None or not found.open_word:
        return "value.parameter"
    return "value.open_word" if found.value is not None else "value.open_word.left"


def _operation(program: Program, value: Value, expr: Op, below: tuple[Node | None, ...]) -> Node | None:
    """`10,000.00 CNY × 5 % = 500.00 CNY`; a comparison is said with its numbers and whether it holds."""
    result = worth(value.type, value.value)
    if len(value.parts) == len(expr.args):
        filled = tuple(
            (node("x.value", value=worth(part.type, part.value)), _value_rank(part)) for part in value.parts
        )
        formula = operation(expr.op, filled)
    else:  # an operator that stopped early has fewer parts: the words must do
        formula = words(expr)
    operands = tuple(worth(part.type, part.value) for part in value.parts)
    if value.type == "limit":
        return node("value.named", *below, name=words(expr.args[0]), value=result) if any(below) else None
    if expr.op in COMPARISONS:
        return node(
            "value.condition", *below, condition=words(expr), value=result, op=expr.op, operands=operands
        )
    return node(
        "value.op",
        *below,
        op=expr.op,
        formula=formula,
        operands=operands,
        value=result,
        names=operation(expr.op, tuple((words(arg, hidden(program)), rank(arg)) for arg in expr.args)),
    )


def _value_rank(part: Value) -> int:
    negative = not isinstance(part.value, str | None) and part.value < 0
    return 4 if negative else 9


def _default(program: Program, value: Value, expr: Default) -> Node:
    """The base value, or the exception that displaced it."""
    result = worth(value.type, value.value)
    holding = [part.expr for part in value.parts if part.value is True]
    applied = [item for item in expr.overrides if item.when in holding]
    below = tuple(derived(program, part) for part in value.parts)
    if applied:
        return _override(expr, applied, holding, below, result, unknown=value.value is None)
    if expr.overrides:
        return node("value.base", *below, name=expr.label or None, clause=expr.clause or None, value=result)
    return node("value.named", *below, name=expr.label or words(expr.base), value=result)


def _override(
    expr: Default,
    applied: list[Override],
    holding: list[Expr],
    below: tuple[Node | None, ...],
    result: Arg,
    *,
    unknown: bool,
) -> Node:
    """The exception that gives the value, those that it is an exception to, and those of equal rank that say the same."""
    lines = [_deepest(item, holding) for item in applied]
    if unknown and len({one[-1].name for one in lines}) > 1:
        return node("value.conflict", *(_gives(one[-1]) for one in lines), *below, base=words(expr.base))
    line = lines[0]
    told = [_cited("value.override.outer", item) for item in reversed(line[:-1])]
    for other in lines[1:]:
        if other[-1].name == line[-1].name:  # one exception to several of them
            told += [_cited("value.override.outer", item) for item in reversed(other[:-1])]
        else:
            told.append(_cited("value.override.also", other[-1]))
    return node(
        "value.override",
        *told,
        *below,
        name=line[-1].name,
        clause=line[-1].clause or None,
        base=words(line[-2].value if len(line) > 1 else expr.base),
        condition=words(line[-1].when),
        value=result,
    )


def _deepest(item: Override, holding: list[Expr]) -> list[Override]:
    """An exception and the exceptions to it that hold, each to the one before it."""
    line = [item]
    while (found := next((one for one in line[-1].overrides if one.when in holding), None)) is not None:
        line.append(found)
    return line


def _gives(item: Override) -> Node:
    told = words(item.value)
    return node(
        "value.conflict.one",
        name=item.name,
        clause=item.clause or None,
        value=told,
        condition=words(item.when),
    )


def _cited(kind: str, item: Override) -> Node:
    return node(kind, name=item.name, clause=item.clause or None, condition=words(item.when))
