"""A table goes in; its gaps, overlaps and rows that never apply come out, found by sweeping every cell of its domain exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, product
from typing import TYPE_CHECKING, Final, TypeAlias

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AnyCell, OneOfCell, RangeCell
from slalang.ir.expressions import Const, Expr, Named, Param
from slalang.prove.domain import Finite, Range, Unknown, domain, number
from slalang.prove.errors import Gap, NotProved, Overlap, Unreachable
from slalang.prove.split import Piece, split
from slalang.prove.values import region, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import Cell, Column, Table
    from slalang.ir.program import Program
    from slalang.prove.places import Places

MOST: Final = 200_000  # cells of a product that are swept; more is said to be not proved
OTHER: Final = "\0other"
Axis: TypeAlias = "tuple[Piece, ...] | tuple[str, ...]"
Point: TypeAlias = "Piece | str"


class NotSwept(Exception):  # noqa: N818 - a way out, not an error
    """Carries why a table cannot be swept."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Swept:
    """One cell of the domain and the rows (indexes) that hold it."""

    at: tuple[Point, ...]
    rows: tuple[int, ...]


def bound(expr: Expr, program: Program) -> Fraction | str | None:
    """A constant bound of a cell: a literal, an open word, or a definition of one; None when it has no value yet."""
    match expr:
        case Const():
            found = number(expr)
            return expr.value if found is None else found
        case Param():
            parameter = next((item for item in program.parameters if item.name == expr.name), None)
            return (
                bound(parameter.value, program)
                if parameter is not None and parameter.value is not None
                else None
            )
        case Named():
            named = next((item for item in program.definitions if item.name == expr.name), None)
            return bound(named.value, program) if named is not None else None
        case _:
            return None


def known(expr: Expr, program: Program) -> Fraction | str:
    """The same, where a cell cannot do without.

    Raises:
        NotSwept: the bound has no value before the contract is bound.
    """
    found = bound(expr, program)
    if found is None:
        raise NotSwept(
            Text(en="a bound has no value before the contract is bound", zh="某个界限在合同绑定之前没有值")
        )
    return found


def axes(table: Table, program: Program, extra: tuple[Fraction, ...] = ()) -> list[Axis]:
    """For each input column the pieces of its domain, cut at every bound in its cells (and at `extra`).

    Raises:
        NotSwept: a domain or a bound is unknown, or there are too many cells.
    """
    found: list[Axis] = []
    size = 1
    for place, column in enumerate(table.inputs):
        axis = _axis(column, [row.cells[place] for row in table.rows], program, extra)
        found.append(axis)
        size *= len(axis)
    if size > MOST:
        raise NotSwept(Text(en=f"{size} combinations", zh=f"共 {size} 种组合"))
    return found


def _axis(column: Column, cells: list[Cell], program: Program, extra: tuple[Fraction, ...]) -> Axis:
    assert column.value is not None
    over = domain(column.value, program)
    if isinstance(over, Unknown):
        raise NotSwept(Text(en=f"`{column.name}` is a {over.why}", zh=f"`{column.name}` 的类型为 {over.why}"))
    mentioned: list[Fraction | str] = []
    for cell in cells:
        match cell:
            case RangeCell():
                mentioned += [known(end, program) for end in (cell.low, cell.high) if end is not None]
            case OneOfCell():
                mentioned += [known(value, program) for value in cell.values]
            case AnyCell():
                pass
    if isinstance(over, Finite):
        texts = [item for item in mentioned if isinstance(item, str)]
        return (*dict.fromkeys([*over.values, *texts]), *((OTHER,) if over.rest else ()))
    return split(over, [*(item for item in mentioned if isinstance(item, Fraction)), *extra])


def sweep(table: Table, program: Program) -> Iterator[Swept]:
    """Every cell of the domain with the rows that hold it."""
    columns: list[tuple[Point, ...]] = [tuple(axis) for axis in axes(table, program)]
    for at in product(*columns):
        yield Swept(at, tuple(index for index, row in enumerate(table.rows) if holds(row.cells, at, program)))


def holds(cells: tuple[Cell, ...], at: tuple[Point, ...], program: Program) -> bool:
    """Whether a row holds a cell of the domain: true or false for all of it, as it was cut at every bound."""
    return all(_cell(cell, point, program) for cell, point in zip(cells, at, strict=True))


def _cell(cell: Cell, point: Point, program: Program) -> bool:
    match cell:
        case AnyCell():
            return True
        case OneOfCell():
            value = point if isinstance(point, str) else point.sample
            return any(known(item, program) == value for item in cell.values)
        case RangeCell():
            assert not isinstance(point, str)
            low = None if cell.low is None else known(cell.low, program)
            high = None if cell.high is None else known(cell.high, program)
            value = point.sample
            above = low is None or value > low or (value == low and cell.low_in)  # type: ignore[operator]
            below = high is None or value < high or (value == high and cell.high_in)  # type: ignore[operator]
            return above and below


def check(table: Table, program: Program, places: Places, collector: Collector) -> None:
    """Report what is wrong with a table."""
    try:
        cells = list(sweep(table, program))
    except NotSwept as stop:
        collector.add(NotProved(places.of(table.about), what=table.name, reason=stop.why))
        return
    first = table.rows_policy == "first_applies"
    if table.otherwise is None and not table.partial:
        _gaps(table, cells, places, collector)
    if table.rows_policy == "one_applies":
        _overlaps(table, cells, places, collector)
    reached = {row for cell in cells for row in (cell.rows[:1] if first else cell.rows)}
    for index, row in enumerate(table.rows):
        if index not in reached:
            collector.add(Unreachable(places.row(row, table.about), domain=_domain_name(table)))


def _gaps(table: Table, cells: list[Swept], places: Places, collector: Collector) -> None:
    for pieces in _runs(cells, lambda cell: not cell.rows):
        collector.add(
            Gap(
                places.of(table.about),
                table=_domain_name(table),
                region=_region(table, pieces),
                witness=_witness(table, pieces[0]),
                beside=(),
            )
        )


def _overlaps(table: Table, cells: list[Swept], places: Places, collector: Collector) -> None:
    pairs: dict[tuple[int, int], list[Swept]] = {}
    for cell in cells:
        for place, one in enumerate(cell.rows):
            for other in cell.rows[place + 1 :]:
                pairs.setdefault((one, other), []).append(cell)
    for (one, other), where in pairs.items():
        collector.add(
            Overlap(
                places.row(table.rows[other], table.about),
                region=_region(table, where),
                witness=_witness(table, where[0]),
                first_row=places.span(table.rows[one], table.about),
            )
        )


def _runs(cells: list[Swept], wanted: object) -> Iterator[list[Swept]]:
    """Maximal runs of neighbouring cells that all have a property; with several inputs, neighbours along the last."""
    assert callable(wanted)
    for found, run in groupby(cells, key=lambda cell: (cell.at[:-1], bool(wanted(cell)))):
        if found[1]:
            yield list(run)


def _region(table: Table, cells: list[Swept]) -> str:
    parts = []
    for place, column in enumerate(table.inputs):
        points = list(dict.fromkeys(cell.at[place] for cell in cells))
        numbers = [point for point in points if isinstance(point, Piece)]
        if numbers:
            shown_region = region(column.type, sorted(numbers, key=lambda piece: piece.sample))
        else:
            texts = [_text(str(point)) for point in points]
            shown_region = ", ".join(texts[:6]) + (f" + {len(texts) - 6}" if len(texts) > 6 else "")
        parts.append(shown_region if len(table.inputs) == 1 else f"{column.name} {shown_region}")
    return "; ".join(parts)


def _witness(table: Table, cell: Swept) -> str:
    shown_parts = []
    for column, point in zip(table.inputs, cell.at, strict=True):
        value = _text(point) if isinstance(point, str) else shown(column.type, point.sample)
        shown_parts.append(f"{column.name} = {value}")
    return ", ".join(shown_parts)


def _text(value: str) -> str:
    return "…" if value == OTHER else value


def _domain_name(table: Table) -> str:
    return ", ".join(column.name for column in table.inputs)


def is_range(over: object) -> bool:
    """Whether a domain is numeric."""
    return isinstance(over, Range)
