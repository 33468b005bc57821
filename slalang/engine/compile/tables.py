"""A decision table of the IR goes in; a function that finds the row or rows that apply comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import as_told
from slalang.engine.compile.operators import comparison
from slalang.engine.reasons import say
from slalang.engine.undetermined import Nothing, ProgramError, Undetermined
from slalang.ir.amounts import AnyCell, OneOfCell, RangeCell
from slalang.ir.expressions import Const
from slalang.outcome.trace import RowHit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from slalang.engine.compile.environment import Env
    from slalang.engine.compile.expression import Compiler
    from slalang.ir.amounts import Cell, Table

    Function = Callable[[Env], Any]
    Test = Callable[[Env, Any], bool]


_UNKNOWN = object()


def lookup(table: Table, column: str, compiler: Compiler) -> Function:
    """The function of a result column.

    Rows that apply together and give the same value pass (all are cited); under `one_applies` rows that disagree, and
    inputs that no row covers, leave the reader undetermined with the values that were met.
    """
    names = [result.name for result in table.results]
    if column not in names:
        raise ProgramError(f"table `{table.name}` has no column `{column}`")
    at = names.index(column)
    inputs = [compiler.expr(one.value) for one in table.inputs if one.value is not None]
    tests = [
        [_cell(cell, head.type, compiler) for cell, head in zip(row.cells, table.inputs, strict=True)]
        for row in table.rows
    ]
    results = [compiler.expr(row.results[at]) for row in table.rows]
    otherwise = compiler.expr(table.otherwise[at]) if table.otherwise else None
    constant, zone = _is_constant(table, at), compiler.world.zone.tz
    memo: dict[tuple[Any, ...], Any] = {}
    only = inputs[0] if len(inputs) == 1 else None

    def find(env: Env) -> Any:
        tracing = env.record is not None
        values = (only(env),) if only is not None else tuple([one(env) for one in inputs])
        if constant and not tracing:
            known = memo.get(values, _UNKNOWN)
            if known is not _UNKNOWN:
                return known
        parts = tuple(env.record or ())
        hits = [i for i, row in enumerate(tests) if all(map(_passes(env), row, values))]
        if tracing:
            heads = tuple((head.name, part) for head, part in zip(table.inputs, parts, strict=False))
            shown = hits[0] if hits else -1
            line = table.rows[shown].line if hits else 0
            env.row = RowHit(
                table.name, table.about.clause, shown + 1, line, heads, tuple(i + 1 for i in hits)
            )
        row = env.row
        value = _join(table, hits, [results[i](env) for i in _wanted(table, hits)], values, zone)
        if value is None:
            if otherwise is None:
                _uncovered(table, values, zone)
            else:
                value = otherwise(env)
        env.row = row
        if constant and not tracing:
            memo[values] = value
        return value

    return find


def _passes(env: Env) -> Callable[[Test, Any], bool]:
    return lambda test, value: test(env, value)


def _wanted(table: Table, hits: list[int]) -> list[int]:
    return hits[:1] if table.rows_policy == "first_applies" else hits


def _join(table: Table, hits: list[int], found: list[Any], values: tuple[Any, ...], zone: tzinfo) -> Any:
    """The value of the rows that apply under the hit policy; None where none applies."""
    if not found:
        return None
    match table.rows_policy:
        case "lowest":
            return min(found)
        case "highest":
            return max(found)
        case "sum":
            return sum(found[1:], start=found[0])
        case _:
            if any(value != found[0] for value in found[1:]):
                rows = ", ".join(str(i + 1) for i in hits)
                raise Undetermined(
                    say("overlap", rows=rows, table=table.name, values=_witness(table, values, zone))
                )
            return found[0]


def _uncovered(table: Table, values: tuple[Any, ...], zone: tzinfo) -> None:
    if table.partial:
        raise Nothing(table.name)
    raise Undetermined(say("gap", table=table.name, values=_witness(table, values, zone)))


def _witness(table: Table, values: tuple[Any, ...], zone: tzinfo) -> str:
    return ", ".join(
        f"{head.name} = {as_told(head.type, value, zone)}"
        for head, value in zip(table.inputs, values, strict=True)
    )


def _is_constant(table: Table, at: int) -> bool:
    cells = [cell for row in table.rows for cell in row.cells]
    plain = all(
        isinstance(part, Const)
        for cell in cells
        for part in (
            cell.values
            if isinstance(cell, OneOfCell)
            else [end for end in (cell.low, cell.high) if end is not None]
            if isinstance(cell, RangeCell)
            else ()
        )
    )
    # A table over metrics has as many inputs as periods: its memo is small. One over free quantities is not kept.
    return (
        plain
        and all(isinstance(row.results[at], Const) for row in table.rows)
        and all(head.type.startswith(("levels:", "bool", "text")) for head in table.inputs)
    )


def _cell(cell: Cell, type_: str, compiler: Compiler) -> Test:
    match cell:
        case AnyCell():
            return lambda _env, _value: True
        case OneOfCell():
            options = [compiler.expr(one) for one in cell.values]
            if all(isinstance(one, Const) for one in cell.values):
                quiet = [compiler._make(one) for one in cell.values]
                fixed = [one(None) for one in quiet]  # type: ignore[arg-type]
                return lambda _env, value: value in fixed
            return lambda env, value: any(option(env) == value for option in options)
        case RangeCell():
            return _range(cell, type_, compiler)


def _range(cell: RangeCell, type_: str, compiler: Compiler) -> Test:
    ranks = compiler.world.ranks
    low = None if cell.low is None else compiler._make(cell.low)
    high = None if cell.high is None else compiler._make(cell.high)
    above = comparison(">=" if cell.low_in else ">", type_, ranks)
    below = comparison("<=" if cell.high_in else "<", type_, ranks)

    def inside(env: Env, value: Any) -> bool:
        return (low is None or above(value, low(env))) and (high is None or below(value, high(env)))

    return inside
