"""An input of a table or condition goes in; its axis comes out: the points and stretches, or the values, that it can have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.ir.amounts import OneOfCell, RangeCell, Table
from slalang.ir.expressions import (
    AmountRef,
    CaseValue,
    Const,
    Expr,
    Field,
    MetricRef,
    Named,
    Param,
    SignalAt,
    TableLookup,
)
from slalang.ir.facts import MemberFold, Running
from slalang.prove.model import Model, Value, constant
from slalang.prove.shown import show, stretch_text
from slalang.prove.stretches import EVERYTHING, Stretch, partition, readable
from slalang.semantics.expressions.reads import of_table, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

OTHER: Final = "…"  # any text that no cell names
_LINES: Final = ("number", "integer", "ratio", "points", "duration", "amount", "date", "instant", "workdays")
_AT_LEAST_0: Final = ("duration", "civil", "workdays", "integer")


@dataclass(frozen=True, slots=True)
class Axis:
    """What an input can be: stretches of a line, or listed values."""

    input: Expr
    type: str
    name: str
    domain: Stretch = EVERYTHING
    stretches: tuple[Stretch, ...] = ()
    values: tuple[Value, ...] = ()
    zone: str = ""  # in which instants are shown

    @property
    def size(self) -> int:
        """How many items it has."""
        return len(self.stretches) or len(self.values)

    def sample(self, first: int, last: int) -> Value:
        """A readable value among the items from `first` to `last`."""
        if self.values:
            return self.values[first]
        return readable(self.stretches[first].joined(self.stretches[last]), self.type, self.domain)

    def shown(self, value: Value) -> str:
        """A value as the language writes it; any other text than those named is told by what it is not."""
        if value == OTHER and self.type == "text":
            named = [show(each, self.type, self.zone) for each in self.values if each != OTHER]
            return f"≠ {', '.join(named)}" if named else '"…"'
        return show(value, self.type, self.zone)

    def text(self, first: int, last: int) -> str:
        """The items from `first` to `last` as the language writes them."""
        if self.values:
            return ", ".join(self.shown(value) for value in self.values[first : last + 1])
        return stretch_text(self.stretches[first].joined(self.stretches[last]), self.type, self.zone)


def axis(model: Model, node: Expr, name: str, cuts: Iterable[Value]) -> Axis | None:
    """The axis of an input, cut at constants that it is compared with; None for a type that cannot be swept."""
    ty = node.type.partition(":")[0]
    if ty == "bool":
        return Axis(node, node.type, name, values=(True, False))
    if ty == "levels":
        values = _listed(model, node) or model.levels.get(node.type.partition(":")[2], ())
        return Axis(node, node.type, name, values=tuple(values))
    if ty == "text":
        named = sorted({cut for cut in cuts if isinstance(cut, str)})
        return Axis(node, node.type, name, values=_listed(model, node) or (*named, OTHER))
    if ty not in _LINES:
        return None
    domain = domain_of(model, node)
    numbers = [cut for cut in cuts if isinstance(cut, Fraction)]
    listed = sorted(value for value in _listed(model, node) if isinstance(value, Fraction))
    if listed:
        points = tuple(Stretch(value, True, value, True) for value in listed)
        return Axis(node, node.type, name, domain, points, zone=model.program.zone)
    found = tuple(partition(domain, numbers, ty))
    return Axis(node, node.type, name, domain, found, zone=model.program.zone) if found else None


def _listed(model: Model, node: Expr) -> tuple[Value, ...]:
    made = model.parameters.get(node.name) if isinstance(node, Param) else None
    values = [constant(Const(made.type, text)) for text in made.one_of] if made else []
    return tuple(value for value in values if value is not None)


def domain_of(model: Model, node: Expr) -> Stretch:
    """The numbers that an input can be: a parameter's domain, a metric's, or what its kind allows."""
    low: Fraction | None = None
    high: Fraction | None = None
    if isinstance(node, Param) and (made := model.parameters.get(node.name)):
        low, high = (constant(Const(made.type, end)) if end else None for end in (made.low, made.high))  # type: ignore[assignment]
    elif isinstance(node, MetricRef) and (metric := model.metrics.get(node.name)):
        low, high = (Fraction(end) if end else None for end in metric.domain)
    elif isinstance(node, Field) and (bounds := model.bounds(node)) != (None, None):
        low, high = bounds
    elif _never_below_0(model, node) or isinstance(node, AmountRef):
        low = Fraction(0)
    elif isinstance(node, Named) and (definition := model.definitions.get(node.name)):
        return domain_of(model, definition.value)
    return Stretch(low, low is not None, high, high is not None)


def _never_below_0(model: Model, node: Expr) -> bool:
    if isinstance(node, CaseValue):
        return node.what != "margin" and node.type in _AT_LEAST_0
    return isinstance(node, SignalAt) and _only_counts(model, node.signal)


def _only_counts(model: Model, name: str) -> bool:
    """Whether a signal is a count that nothing is taken from, so that it is never below 0."""
    forms = [one.form for one in model.program.signals if one.name == name]
    return bool(forms) and all(
        (isinstance(form, Running) and form.fold == "count" and form.less is None)
        or (isinstance(form, MemberFold) and form.fold == "count")
        for form in forms
    )


def cuts_in(model: Model, roots: Iterable[Expr]) -> set[Value]:
    """Every constant in expressions, looked through tables and definitions: where something can change."""
    found: set[Value] = set()
    seen: set[str] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, Const):
            value = constant(node)
            found |= {value} if value is not None else set()
        elif isinstance(node, Named | TableLookup):
            name = node.name if isinstance(node, Named) else node.table
            if name not in seen:
                seen.add(name)
                made = model.definitions.get(name)
                stack += [made.value] if made else []
                table = model.tables.get(name)
                stack += of_table(table) if table else ()
        stack += parts(node)
    return found


def cuts_of(model: Model, table: Table, column: int) -> set[Value] | None:
    """The constants in the cells of a column; None where a cell has a bound that is no constant."""
    found: set[Value] = set()
    for row in table.rows:
        cell = row.cells[column]
        nodes: list[Expr] = []
        if isinstance(cell, OneOfCell):
            nodes += cell.values
        elif isinstance(cell, RangeCell):
            nodes += [end for end in (cell.low, cell.high) if end is not None]
        for node in nodes:
            value = model.value(node, {})
            if value is None:
                return None
            found.add(value)
    return found
