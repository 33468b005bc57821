"""A table and its axes go in; the regions of its inputs in which the same rows apply come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.prove.shown import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.ir.amounts import Table
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
    return ", ".join(f"`{axis.name}` {show(known[axis.input], axis.type)}" for axis in axes)


def regions(model: Model, table: Table, axes: Sequence[Axis]) -> Iterator[Region] | None:
    """All regions, or None where a cell cannot be compared or there are too many of them."""
    masks: list[list[int]] = []
    for place, axis in enumerate(axes):
        column = []
        for item in range(axis.size):
            value = axis.sample(item, item)
            mask = 0
            for number, row in enumerate(table.rows):
                fits = model.fits(row.cells[place], value)
                if fits is None:
                    return None
                mask |= fits << number
            column.append(mask)
        masks.append(column)
    every = (1 << len(table.rows)) - 1
    found = list(_split(axes, masks, 0, every, (), len(table.rows)))
    return iter(found) if len(found) <= MOST else None


def _split(
    axes: Sequence[Axis],
    masks: list[list[int]],
    place: int,
    rows: int,
    items: tuple[tuple[int, int], ...],
    count: int,
) -> Iterator[Region]:
    """Cut along one axis after the other; neighbours in which the same rows are left stay together."""
    if place == len(axes) or not rows:
        rest = tuple((0, axis.size - 1) for axis in axes[place:])
        yield Region((*items, *rest), tuple(number for number in range(count) if rows >> number & 1))
        return
    left = [rows & mask for mask in masks[place]]
    first = 0
    made = 0
    for item in range(1, len(left) + 1):
        if item == len(left) or left[item] != left[first]:
            for region in _split(axes, masks, place + 1, left[first], (*items, (first, item - 1)), count):
                yield region
                made += 1
                if made > MOST:
                    return
            first = item
