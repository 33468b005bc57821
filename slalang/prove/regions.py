"""A table and its axes go in; the regions of its inputs in which the same rows apply come out."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AnyCell, OneOfCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.ir.amounts import Cell, Table
    from slalang.ir.expressions import Expr
    from slalang.prove.axes import Axis
    from slalang.prove.model import Model, Value

MOST: Final = 20_000  # regions of one table; more are not decided


@dataclass(frozen=True, slots=True)
class Region:
    """A box of inputs: for each axis the first and last item, and the rows (from 0) that hold in all of it."""

    items: tuple[tuple[int, int], ...]
    rows: tuple[int, ...]

    def known(self, axes: Sequence[Axis]) -> dict[Expr, Value]:
        """A readable case inside."""
        return {axis.input: axis.sample(*item) for axis, item in zip(axes, self.items, strict=True)}

    def text(self, axes: Sequence[Axis]) -> Text:
        """The box in words; inputs that may be anything are left out."""
        told = [
            f"`{axis.name}` {axis.text(*item)}"
            for axis, item in zip(axes, self.items, strict=True)
            if item != (0, axis.size - 1)
        ]
        if not told:
            return Text(en="every case", zh="任何情形")
        return Text(en=" and ".join(told), zh="且 ".join(told))

    def witness(self, axes: Sequence[Axis]) -> str:
        """The readable case in words."""
        return witness(axes, self.known(axes))


def witness(axes: Sequence[Axis], known: dict[Expr, Value]) -> str:
    """A case in words: each input with its value."""
    return ", ".join(f"`{axis.name}` {axis.shown(known[axis.input])}" for axis in axes)


def regions(model: Model, table: Table, axes: Sequence[Axis]) -> Iterator[Region] | None:
    """All regions, or None where a cell cannot be compared or there are too many of them."""
    masks: list[list[int]] = []
    for place, axis in enumerate(axes):
        column = _line(model, table, place, axis) if axis.stretches else _listed(model, table, place, axis)
        if column is None:
            return None
        masks.append(column)
    every = (1 << len(table.rows)) - 1
    found = list(_split(axes, masks, 0, every, ()))
    return iter(found) if len(found) <= MOST else None


def _listed(model: Model, table: Table, place: int, axis: Axis) -> list[int] | None:
    """For each listed value, the rows that fit it, as bits."""
    column = []
    for value in axis.values:
        fits = [model.fits(row.cells[place], value) for row in table.rows]
        if None in fits:
            return None
        column.append(sum(1 << number for number, fit in enumerate(fits) if fit))
    return column


def _line(model: Model, table: Table, place: int, axis: Axis) -> list[int] | None:
    """For each stretch of a line, the rows that hold there, as bits: each row changes only where its cell begins and ends."""
    order = [(one.low is not None, one.low or Fraction(0), not one.is_point) for one in axis.stretches]
    changes = [0] * (axis.size + 1)
    for number, row in enumerate(table.rows):
        for low, low_in, high, high_in in _bounds(model, row.cells[place]):
            if isinstance(low, str) or isinstance(high, str):
                return None
            # The first stretch inside: the point itself, or the open stretch after it.
            first = bisect_left(order, (True, low, not low_in)) if low is not None else 0
            last = bisect_left(order, (True, high, high_in)) if high is not None else axis.size
            if first < last:
                changes[first] ^= 1 << number
                changes[last] ^= 1 << number
    column, rows = [], 0
    for change in changes[:-1]:
        rows ^= change
        column.append(rows)
    return column


def _bounds(model: Model, cell: Cell) -> Iterator[tuple[Value | None, bool, Value | None, bool]]:
    """The intervals of a cell; an end that is no fixed number is given as text."""

    def fixed(node: Expr | None) -> Value | None:
        value = model.value(node, {}) if node is not None else None
        return value if node is None or isinstance(value, Fraction) else "?"

    if isinstance(cell, AnyCell):
        yield None, False, None, False
    elif isinstance(cell, OneOfCell):
        for value in dict.fromkeys(fixed(node) for node in cell.values):
            yield value, True, value, True
    else:
        yield fixed(cell.low), cell.low_in, fixed(cell.high), cell.high_in


def _split(
    axes: Sequence[Axis], masks: list[list[int]], place: int, rows: int, items: tuple[tuple[int, int], ...]
) -> Iterator[Region]:
    """Cut along one axis after the other; neighbours in which the same rows are left stay together."""
    if place == len(axes) or not rows:
        rest = tuple((0, axis.size - 1) for axis in axes[place:])
        yield Region((*items, *rest), tuple(_numbers(rows)))
        return
    left = [rows & mask for mask in masks[place]]
    first = 0
    made = 0
    for item in range(1, len(left) + 1):
        if item == len(left) or left[item] != left[first]:
            for region in _split(axes, masks, place + 1, left[first], (*items, (first, item - 1))):
                yield region
                made += 1
                if made > MOST:
                    return
            first = item


def _numbers(rows: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest
