"""An expression goes in; the nodes that it is made of come out, through definitions and tables where asked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from slalang.ir import expressions as ir
from slalang.ir.amounts import CaseFold, Formula, OneOfCell, RangeCell, ShareMet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.ir.amounts import Table
    from slalang.ir.program import Program

MOST = 10_000  # expressions of a program whose nodes are remembered


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
    """Every node reachable from some expressions, also through definitions, tables and open words; what several roots share may come twice."""
    known = _walked(_Same(program))
    found: list[ir.Expr] = []
    for root in roots:
        if root is None:
            continue
        kept = known.get(id(root))
        if kept is None or kept[0] is not root:
            if len(known) >= MOST:
                known.clear()
            kept = known[id(root)] = (root, _under(root, program))
        found += kept[1]
    return found


class _Same:
    """A program as a key: the object itself, for to compare two programs takes as long as to walk through one."""

    __slots__ = ("program",)

    def __init__(self, program: Program) -> None:
        self.program = program

    def __hash__(self) -> int:
        return id(self.program)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.program is self.program


@lru_cache(maxsize=8)
def _walked(_program: _Same) -> dict[int, tuple[ir.Expr, list[ir.Expr]]]:
    """What was found under the expressions of a program, by their identities; a kept expression keeps its identity."""
    return {}


def _under(root: ir.Expr, program: Program) -> list[ir.Expr]:
    seen: set[tuple[type[ir.Expr], str]] = set()
    found: list[ir.Expr] = []
    todo = [root]
    while todo:
        node = todo.pop()
        found.append(node)
        todo.extend(parts(node))
        if isinstance(node, ir.Named | ir.TableLookup | ir.Param):
            name = node.table if isinstance(node, ir.TableLookup) else node.name
            if (type(node), name) not in seen:
                seen.add((type(node), name))
                todo.extend(_meant(node, program))
    return found


def _meant(node: ir.Named | ir.TableLookup | ir.Param, program: Program) -> list[ir.Expr]:
    """What stands behind a name. Definitions and tables of one name under different readings are all looked at: what may be read is asked."""
    if isinstance(node, ir.Named):
        return [one.value for one in program.definitions if one.name == node.name]
    if isinstance(node, ir.TableLookup):
        return [part for table in program.tables if table.name == node.table for part in table_parts(table)]
    return [one.value for one in program.parameters if one.name == node.name and one.value is not None][:1]


def reads_period(roots: Iterable[ir.Expr | None], program: Program) -> bool:
    """Whether some expressions read where the measured period begins or ends."""
    return any(isinstance(node, ir.Field) and node.of == "period" for node in nodes(roots, program))


def signals_of(roots: Iterable[ir.Expr | None], program: Program) -> list[ir.SignalAt]:
    """The signals that some expressions read, each once."""
    found = {node for node in nodes(roots, program) if isinstance(node, ir.SignalAt)}
    return sorted(found, key=lambda node: (node.signal, node.at, node.via))


def rules_counted(roots: Iterable[ir.Expr | None], program: Program) -> list[str]:
    """The rules whose cases are counted by the metrics that some expressions read, in any depth."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    todo = [node.name for node in nodes(roots, program) if isinstance(node, ir.MetricRef)]
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for form in [one.form for one in program.metrics if one.name == name]:
            if isinstance(form, ShareMet | CaseFold):
                found.update(dict.fromkeys(form.rules))
            if isinstance(form, CaseFold | Formula):
                for node in nodes([form.value], program):
                    if isinstance(node, ir.MetricRef):
                        todo.append(node.name)
                    elif isinstance(node, ir.CaseValue) and node.rule:
                        found[node.rule] = None
    return list(found)
