"""An expression of the IR goes in; what it reads comes out: signals, metrics, amounts, parameters, fields, looked through tables and definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.amounts import AnyCell, Definition, OneOfCell, Table
from slalang.ir.expressions import (
    AmountRef,
    Builtin,
    CaseValue,
    Const,
    Default,
    Expr,
    Field,
    If,
    MetricRef,
    Named,
    Op,
    Override,
    Param,
    SignalAt,
    TableLookup,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Read = tuple[str, str, int]  # sort, name, periods back


def parts(expr: Expr) -> Iterator[Expr]:
    """The expressions directly inside an expression."""
    match expr:
        case Op() | Builtin():
            yield from expr.args
        case If():
            yield from (expr.condition, expr.then, expr.orelse)
        case Default():
            yield expr.base
            for override in expr.overrides:
                yield from _override(override)
        case _:
            pass


def _override(override: Override) -> Iterator[Expr]:
    yield override.when
    yield override.value
    for inner in override.overrides:
        yield from _override(inner)


def of_table(table: Table) -> Iterator[Expr]:
    """The expressions of a table: heads, cells and results."""
    yield from (column.value for column in table.inputs if column.value is not None)
    for row in table.rows:
        yield from row.results
        for cell in row.cells:
            if isinstance(cell, OneOfCell):
                yield from cell.values
            elif not isinstance(cell, AnyCell):
                yield from (end for end in (cell.low, cell.high) if end is not None)
    yield from table.otherwise or ()


def reads(
    roots: Iterable[Expr | None],
    named: Callable[[str], Iterable[Table | Definition]],
    *,
    at_trigger: bool = True,
) -> set[Read]:
    """Everything that expressions read, in any depth; `named` gives the tables and definitions of a name.

    A metric is told twice where it is read for the reader's own group: as `metric`, and as `group`; and as `period` where nothing says how
    shorter periods inside the reader's are joined. Without `at_trigger`, signals
    that are read as they were at the trigger are left out.
    """
    found: set[Read] = set()
    seen: set[str] = set()
    stack = [root for root in roots if root is not None]
    while stack:
        expr = stack.pop()
        match expr:
            case SignalAt():
                if at_trigger or expr.at != "trigger":
                    found.add(("signal", expr.signal, 0))
            case Field():
                found.add(("field", f"{expr.of}.{expr.name}", 0))
            case Param():
                found.add(("parameter", expr.name, 0))
            case MetricRef():
                found.add(("metric", expr.name, expr.back))
                if not expr.joined and not expr.within and not expr.back:
                    found.add(("period", expr.name, 0))
                if not expr.across:
                    found.add(("group", expr.name, expr.back))
            case AmountRef():
                found.add(("amount", expr.name, expr.back))
            case CaseValue():
                if expr.rule:
                    found.add(("rule", expr.rule, 0))
            case TableLookup() | Named():
                name = expr.table if isinstance(expr, TableLookup) else expr.name
                if name not in seen:
                    seen.add(name)
                    found.add(("table" if isinstance(expr, TableLookup) else "definition", name, 0))
                    for made in named(name):
                        stack.extend(of_table(made) if isinstance(made, Table) else (made.value,))
            case Const() | Op() | If() | Default() | Builtin():
                pass
        stack.extend(parts(expr))
    return found
