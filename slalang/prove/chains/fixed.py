"""An expression of a contract goes in; its value, where no run is needed to know it, comes out, and the blanks on which it depends."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from slalang.ir.expressions import Const, Expr, Named, Op, Param, TableLookup

if TYPE_CHECKING:
    from slalang.ir.amounts import Metric
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation

Side = Literal["least", "most"]


class NotFixed(Exception):  # noqa: N818 - it is no error: only a run can tell
    """Only a run can tell the value; `what` names the blank or figure on which it depends."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def fixed(program: Program, expr: Expr, side: Side) -> Fraction:
    """The value of a number, ratio or duration (µs); of a blank the least or the most that its domain admits.

    Raises:
        NotFixed: it depends on facts, or on a blank without that bound.
    """
    match expr:
        case Const():
            return Fraction(expr.value)
        case Param():
            return _param(program, expr, side)
        case Named():
            for one in program.definitions:
                if one.name == expr.name and all(_is_chosen(program, u.reading, u.option) for u in one.under):
                    return fixed(program, one.value, side)
        case Op(op="+" | "*"):
            left, right = (fixed(program, arg, side) for arg in expr.args)
            return left + right if expr.op == "+" else left * right
        case Op(op="-"):
            opposite: Side = "most" if side == "least" else "least"
            return fixed(program, expr.args[0], side) - fixed(program, expr.args[1], opposite)
        case TableLookup():
            found = [fixed(program, one, side) for one in _results(program, expr)]
            return min(found) if side == "least" else max(found)
    raise NotFixed(getattr(expr, "name", "") or getattr(expr, "kind", ""))


def _results(program: Program, expr: TableLookup) -> list[Expr]:
    """What the rows of a table may give: whichever applies, its value lies among them."""
    found = [
        row.results[[column.name for column in table.results].index(expr.column)]
        for table in program.tables
        if table.name == expr.table
        and all(_is_chosen(program, under.reading, under.option) for under in table.under)
        for row in table.rows
    ]
    if not found:
        raise NotFixed(expr.table)
    return found


def _param(program: Program, expr: Param, side: Side) -> Fraction:
    declared = next((one for one in program.parameters if one.name == expr.name), None)
    if declared is not None and declared.value is not None:
        return fixed(program, declared.value, side)
    if declared is not None and declared.one_of:
        found = [Fraction(text) for text in declared.one_of]
        return min(found) if side == "least" else max(found)
    bound = "" if declared is None else declared.low if side == "least" else declared.high
    if not bound:
        raise NotFixed(expr.name)
    return Fraction(bound)


def _is_chosen(program: Program, reading: str, option: str) -> bool:
    return any(one.name == reading and one.chosen == option for one in program.readings)


def chosen(program: Program, name: str) -> list[Obligation | Metric]:
    """The obligations and metrics of a name that the contract's own readings choose."""
    rules: list[Obligation | Metric] = [*program.obligations, *program.metrics]
    return [
        one
        for one in rules
        if one.name == name and all(_is_chosen(program, u.reading, u.option) for u in one.under)
    ]
