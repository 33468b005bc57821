"""An expression goes in; the nodes that it is made of come out, through definitions and tables where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir import expressions as ir
from slalang.ir.amounts import OneOfCell, RangeCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.ir.amounts import Table
    from slalang.ir.program import Program


def parts(node: ir.Expr) -> tuple[ir.Expr, ...]:
    """The expressions directly inside one."""
    match node:
        case ir.Op() | ir.Builtin():
            return node.args
        case ir.If():
            return (node.condition, node.then, node.orelse)
        case ir.Default():
            return (node.base, *_overrides(node.overrides))
        case _:
            return ()


def _overrides(overrides: tuple[ir.Override, ...]) -> tuple[ir.Expr, ...]:
    found: list[ir.Expr] = []
    for one in overrides:
        found += (one.when, one.value, *_overrides(one.overrides))
    return tuple(found)


def table_parts(table: Table) -> Iterator[ir.Expr]:
    """Every expression of a table: its inputs, bounds, results."""
    for head in table.inputs:
        if head.value is not None:
            yield head.value
    for row in table.rows:
        for cell in row.cells:
            if isinstance(cell, OneOfCell):
                yield from cell.values
            elif isinstance(cell, RangeCell):
                yield from (end for end in (cell.low, cell.high) if end is not None)
        yield from row.results
    yield from table.otherwise or ()


def nodes(roots: Iterable[ir.Expr | None], program: Program) -> list[ir.Expr]:
    """Every node reachable from some expressions, also through definitions, tables and open words."""
    # Definitions and tables of one name under different readings are all looked at: what may be read is asked here.
    definitions: dict[str, list[ir.Expr]] = {}
    for one in program.definitions:
        definitions.setdefault(one.name, []).append(one.value)
    tables: dict[str, list[ir.Expr]] = {}
    for table in program.tables:
        tables.setdefault(table.name, []).extend(table_parts(table))
    bound = {word.name: word.value for word in program.parameters if word.value is not None}
    seen: set[tuple[str, str]] = set()
    found: list[ir.Expr] = []
    todo = [root for root in roots if root is not None]
    while todo:
        node = todo.pop()
        found.append(node)
        todo.extend(parts(node))
        name = ("", "")
        inner: tuple[ir.Expr, ...] = ()
        if isinstance(node, ir.Named) and node.name in definitions:
            name, inner = ("let", node.name), tuple(definitions[node.name])
        elif isinstance(node, ir.TableLookup) and node.table in tables:
            name, inner = ("table", node.table), tuple(tables[node.table])
        elif isinstance(node, ir.Param) and node.name in bound:
            name, inner = ("parameter", node.name), (bound[node.name],)
        if inner and name not in seen:
            seen.add(name)
            todo.extend(inner)
    return found


def reads_period(roots: Iterable[ir.Expr | None], program: Program) -> bool:
    """Whether some expressions read where the measured period begins or ends."""
    return any(isinstance(node, ir.Field) and node.of == "period" for node in nodes(roots, program))


def signals_of(roots: Iterable[ir.Expr | None], program: Program) -> list[ir.SignalAt]:
    """The signals that some expressions read, each once."""
    found = {node for node in nodes(roots, program) if isinstance(node, ir.SignalAt)}
    return sorted(found, key=lambda node: (node.signal, node.at, node.via))
