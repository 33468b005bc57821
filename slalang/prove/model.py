"""A program and the options taken go in; look-ups of its tables and definitions, and values of expressions where they are known, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.ir.amounts import AnyCell, Definition, OneOfCell, RangeCell, Table
from slalang.ir.expressions import Const, Default, Expr, Field, If, Named, Op, Override, TableLookup
from slalang.prove.shown import ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.amounts import Cell
    from slalang.ir.program import Program
    from slalang.ir.rules import Under

Value = Fraction | str | bool
_DEEPEST: Final = 60


def constant(node: Const) -> Value | None:
    """The value of a constant that can be put on a line or in a list; None for limits and civil lengths."""
    head = node.type.partition(":")[0]
    if head in {"number", "integer", "ratio", "points", "amount", "duration", "instant"}:
        return Fraction(node.value)
    if head == "date":
        return ordinal(node.value)
    if head == "bool":
        return node.value == "true"
    if head == "workdays":
        return Fraction(node.value.partition("@")[0])
    return node.value if head in {"levels", "text"} else None


class Model:
    """A program under one choice of readings: a rule's own options, else the chosen ones."""

    def __init__(self, program: Program, under: tuple[Under, ...] = ()) -> None:
        self.program = program
        self.options = {reading.name: reading.chosen for reading in program.readings}
        self.options |= {item.reading: item.option for item in under}
        self.tables: dict[str, Table] = {item.name: item for item in program.tables if self.holds(item.under)}
        self.definitions: dict[str, Definition] = {
            item.name: item for item in program.definitions if self.holds(item.under)
        }
        self.metrics = {item.name: item for item in program.metrics if self.holds(item.under)}
        self.parameters = {item.name: item for item in program.parameters}
        self.levels = {item.name: item.values for item in program.levels}
        self._fixed: dict[
            int, tuple[Value | None, ...]
        ] = {}  # by identity; the program keeps its cells alive

    def bounds(self, node: Field) -> tuple[Fraction | None, Fraction | None]:
        """The numbers that a field can be: within the domains of every event (or register) that has one of its name."""
        owners = (
            [one.attributes for one in self.program.entities]
            if node.of == "register"
            else [one.fields for one in self.program.events]
        )
        same = [
            each for fields in owners for each in fields if each.name == node.name and each.type == node.type
        ]
        ends = [
            [constant(Const(each.type, end)) if end else None for end in (each.low, each.high)]
            for each in same
        ]
        lows, highs = (
            ([one for one in found if isinstance(one, Fraction)] for found in zip(*ends, strict=True))
            if ends
            else ([], [])
        )
        return (
            min(lows) if lows and len(lows) == len(same) else None,
            max(highs) if highs and len(highs) == len(same) else None,
        )

    def holds(self, under: tuple[Under, ...]) -> bool:
        """Whether a rule exists under the options taken."""
        return all(self.options.get(item.reading) == item.option for item in under)

    def value(self, node: Expr, known: Mapping[Expr, Value], depth: int = 0) -> Value | None:
        """What an expression comes to where its inputs are known, or None where that cannot be said."""
        if depth > _DEEPEST:
            return None
        if node in known:
            return known[node]
        match node:
            case Const():
                return constant(node)
            case Named():
                made = self.definitions.get(node.name)
                return self.value(made.value, known, depth + 1) if made else None
            case TableLookup():
                return self._row(node, known, depth)
            case If():
                test = self.value(node.condition, known, depth + 1)
                branch = None if test is None else node.then if test is True else node.orelse
                return self.value(branch, known, depth + 1) if branch is not None else None
            case Op():
                return self._operation(node, known, depth)
            case Default():
                applies = self.applying(node.base, node.overrides, known)
                return None if applies is None else self.value(applies, known, depth + 1)
            case _:
                return None

    def applying(
        self, base: Expr, overrides: tuple[Override, ...], known: Mapping[Expr, Value]
    ) -> Expr | None:
        """The value that applies: the base, or that of the first exception that holds; None where that cannot be said.

        Two exceptions of equal rank that disagree are a finding of their own.
        """
        held: Override | None = None
        for item in overrides:
            if not all(self.options.get(reading) == option for reading, option in item.under):
                continue
            test = self.value(item.when, known)
            if test is None:
                return None
            held = item if test is True and held is None else held
        return base if held is None else self.applying(held.value, held.overrides, known)

    def _row(self, node: TableLookup, known: Mapping[Expr, Value], depth: int) -> Value | None:
        table = self.tables.get(node.table)
        if table is None:
            return None
        values = [self.value(item.value, known, depth + 1) if item.value else None for item in table.inputs]
        place = [item.name for item in table.results].index(node.column)
        for row in table.rows:
            fits = [self.fits(cell, value) for cell, value in zip(row.cells, values, strict=True)]
            if False in fits:
                continue
            if None in fits:
                return None
            return self.value(row.results[place], known, depth + 1)
        return self.value(table.otherwise[place], known, depth + 1) if table.otherwise else None

    def fits(self, cell: Cell, value: Value | None) -> bool | None:
        """Whether a value satisfies a cell; None where that cannot be said."""
        if isinstance(cell, AnyCell):
            return True
        if value is None:
            return None
        bounds = self._fixed.get(id(cell))
        if bounds is None:
            bounds = self._fixed[id(cell)] = self._bounds(cell)
        if isinstance(cell, OneOfCell):
            return True if value in bounds else None if None in bounds else False
        low, high = bounds
        if cell.low is not None:
            if not isinstance(low, Fraction) or not isinstance(value, Fraction):
                return None
            if value < low or (value == low and not cell.low_in):
                return False
        if cell.high is not None:
            if not isinstance(high, Fraction) or not isinstance(value, Fraction):
                return None
            if value > high or (value == high and not cell.high_in):
                return False
        return True

    def _bounds(self, cell: OneOfCell | RangeCell) -> tuple[Value | None, ...]:
        """The fixed values of a cell, worked out once."""
        nodes = cell.values if isinstance(cell, OneOfCell) else (cell.low, cell.high)
        return tuple(self.value(node, {}) if node is not None else None for node in nodes)

    def _operation(self, node: Op, known: Mapping[Expr, Value], depth: int) -> Value | None:
        values = [self.value(arg, known, depth + 1) for arg in node.args]
        if node.op == "and":
            return False if False in values else None if None in values else True
        if node.op == "or":
            return True if True in values else None if None in values else False
        if None in values:
            return None
        if node.op == "not":
            return values[0] is False
        if node.op in {"==", "!="}:
            return (values[0] == values[1]) is (node.op == "==")
        if node.op in {"<", "<=", ">", ">="}:
            return self._compared(node, values)
        numbers = [value for value in values if isinstance(value, Fraction)]
        return _arithmetic(node.op, numbers) if len(numbers) == len(values) else None

    def _compared(self, node: Op, values: list[Value | None]) -> bool | None:
        one, other = values
        if isinstance(one, str) and isinstance(other, str):
            order = self.levels.get(node.args[0].type.partition(":")[2], ())
            if one not in order or other not in order:
                return None
            one, other = Fraction(-order.index(one)), Fraction(-order.index(other))
        if not isinstance(one, Fraction) or not isinstance(other, Fraction):
            return None
        return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[node.op]


def _arithmetic(op: str, numbers: list[Fraction]) -> Fraction | None:
    match op:
        case "+":
            return numbers[0] + numbers[1]
        case "-":
            return numbers[0] - numbers[1]
        case "*":
            return numbers[0] * numbers[1]
        case "/":
            return numbers[0] / numbers[1] if numbers[1] else None
        case "neg":
            return -numbers[0]
        case "abs":
            return abs(numbers[0])
        case "min" | "max":
            return min(numbers) if op == "min" else max(numbers)
        case _:
            return None
