"""A share and the tables and targets that read it go in; how many more cases in time would reach another tier comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.ir.amounts import AnyCell, RangeCell
from slalang.ir.expressions import Const, MetricRef, Op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.ir.amounts import Cell, Table
    from slalang.ir.program import Program
    from slalang.outcome.trace import Value


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure at which something changes for a rising share, and whether the figure itself belongs to what lies above."""

    value: Fraction
    reached: bool


def bounds(
    program: Program, metric: str, target: str = "", evaluated: Iterable[Value | None] = ()
) -> list[Bound]:
    """Every figure with which the contract compares a metric, in tables, targets, amounts and rights, in rising order, each once.

    `target`: only that of this one. `evaluated`: comparisons that were made, for figures that are not written down but bound or
    looked up.
    """
    found: set[tuple[Fraction, bool]] = set()
    if target:
        for rule in program.obligations:
            found |= set(_of_condition(rule.holds, metric)) if rule.name == target else set()
        found |= {one for value in evaluated for one in _of_value(value, metric)}
        return [Bound(value, reached) for value, reached in sorted(found)]
    for table in program.tables:
        for column, head in enumerate(table.inputs):
            if isinstance(head.value, MetricRef) and head.value.name == metric and not head.value.back:
                found |= set(_of_column(table, column))
    for rule in program.obligations:
        found |= set(_of_condition(rule.holds, metric))
    for amount in program.amounts:
        found |= set(_of_condition(amount.when, metric))
    for right in program.rights:
        found |= set(_of_condition(right.condition, metric))
    found |= {one for value in evaluated for one in _of_value(value, metric)}
    return [Bound(value, reached) for value, reached in sorted(found)]


def more_in_time(met: int, total: int, found: list[Bound]) -> int | None:
    """The fewest cases that must turn from not met to met for the share to pass the next bound; None where none is above it."""
    share = Fraction(met, total)
    for bound in found:
        passed = share >= bound.value if bound.reached else share > bound.value
        if passed:
            continue
        needed = bound.value * total
        whole = -(-needed.numerator // needed.denominator)
        if not bound.reached and whole == needed:
            whole += 1
        return whole - met if whole <= total else None
    return None


def _of_column(table: Table, column: int) -> Iterator[tuple[Fraction, bool]]:
    for row in table.rows:
        yield from _of_cell(row.cells[column])


def _of_cell(cell: Cell) -> Iterator[tuple[Fraction, bool]]:
    if isinstance(cell, AnyCell) or not isinstance(cell, RangeCell):
        return
    if isinstance(cell.low, Const):
        yield Fraction(cell.low.value), cell.low_in
    if isinstance(cell.high, Const):
        yield Fraction(cell.high.value), not cell.high_in


def _of_condition(expr: object, metric: str) -> Iterator[tuple[Fraction, bool]]:
    if not isinstance(expr, Op):
        return
    if expr.op in {"<", "<=", ">", ">="}:
        left, right = expr.args
        if isinstance(left, MetricRef) and left.name == metric and not left.back and isinstance(right, Const):
            yield Fraction(right.value), expr.op in {">=", "<"}
        return
    for arg in expr.args:
        yield from _of_condition(arg, metric)


def _of_value(value: Value | None, metric: str) -> Iterator[tuple[Fraction, bool]]:
    """The figures with which a metric was compared while something was evaluated."""
    if value is None:
        return
    expr = value.expr
    if isinstance(expr, Op) and expr.op in {"<", "<=", ">", ">="} and len(value.parts) == 2:
        left, right = expr.args
        figure = value.parts[1].value
        named = isinstance(left, MetricRef) and left.name == metric and not left.back
        if named and isinstance(figure, int | Fraction) and not isinstance(right, MetricRef):
            yield Fraction(figure), expr.op in {">=", "<"}
    for part in value.parts:
        yield from _of_value(part, metric)
