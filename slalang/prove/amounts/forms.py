"""An amount's expression on a stretch of its figure goes in; its piecewise linear form and the row that gave it come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

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
    Param,
    SignalAt,
    TableLookup,
)
from slalang.prove import model as models
from slalang.prove.amounts.pieces import (
    Form,
    TooHard,
    chosen,
    constant,
    divided,
    figure,
    parameter,
    plus,
    scaled,
    times,
)
from slalang.semantics.expressions.reads import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.prove.model import Model, Value
    from slalang.prove.stretches import Stretch

DEEPEST = 60

_DAYS: Final = ("days_from", "days_in_month", "days_in_year")
_RISES: Final = ("+", "*", "/", "min", "max")


def form_of(
    model: Model, node: Expr, slide: Expr | None, stretch: Stretch, known: Mapping[Expr, Value]
) -> tuple[Form | None, int]:
    """The form and the line of the table row that applied (0: none did). The form is None where no row applies.

    Raises:
        TooHard: it is not piecewise linear in the figure.
    """
    work = _Work(model, slide, stretch, known)
    try:
        return work.form(node, 0), work.line
    except LookupError:
        return None, 0


class _Work:
    def __init__(
        self, model: Model, slide: Expr | None, stretch: Stretch, known: Mapping[Expr, Value]
    ) -> None:
        self.model, self.slide, self.stretch, self.known = model, slide, stretch, known
        self.line = 0

    def form(self, node: Expr, depth: int) -> Form:
        if depth > DEEPEST:
            raise TooHard
        if node == self.slide:
            return figure(self.stretch)
        match node:
            case Const():
                value = models.constant(node)
                if node.type == "civil" and node.value.startswith("0,"):
                    value = Fraction(node.value[2:])  # days of service, a number of them
                if not isinstance(value, Fraction):
                    raise TooHard
                return constant(self.stretch, value)
            case Builtin():
                return parameter(self.stretch, node.name)
            case Param() | AmountRef() | Field() | SignalAt() | MetricRef() | CaseValue():
                return parameter(self.stretch, getattr(node, "name", "") or node.kind)
            case Named():
                made = self.model.definitions.get(node.name)
                if made is None:
                    raise TooHard
                if self._counts_days(made.value) and self._is_count_of_days(made.value):
                    return parameter(self.stretch, node.name)
                return self.form(made.value, depth + 1)
            case TableLookup():
                return self._row(node, depth)
            case If():
                test = self.model.value(node.condition, self.known)
                if test is None:
                    raise TooHard
                return self.form(node.then if test is True else node.orelse, depth + 1)
            case Op():
                return self._operation(node, depth)
            case Default():
                applies = self.model.applying(node.base, node.overrides, self.known)
                if applies is None:
                    raise TooHard
                return self.form(applies, depth + 1)
            case _:
                raise TooHard

    def _counts_days(self, node: Expr, depth: int = 0) -> bool:
        """Whether a number of days stands in it somewhere."""
        if isinstance(node, Named):
            made = self.model.definitions.get(node.name)
            return made is not None and depth < DEEPEST and self._counts_days(made.value, depth + 1)
        if isinstance(node, Builtin):
            return node.name in _DAYS
        return any(self._counts_days(one, depth) for one in parts(node))

    def _is_count_of_days(self, node: Expr, depth: int = 0) -> bool:
        """Whether something is made of numbers of days and constants alone, none of them below 0, without a difference: a share of a period."""
        match node:
            case Builtin():
                return node.name in _DAYS
            case Const():
                value = models.constant(node)
                return isinstance(value, Fraction) and value >= 0
            case Named():
                made = self.model.definitions.get(node.name)
                return made is not None and depth < DEEPEST and self._is_count_of_days(made.value, depth + 1)
            case Op():
                return node.op in _RISES and all(self._is_count_of_days(one, depth) for one in node.args)
            case If():
                return all(self._is_count_of_days(one, depth) for one in (node.then, node.orelse))
            case _:
                return False

    def _row(self, node: TableLookup, depth: int) -> Form:
        table = self.model.tables.get(node.table)
        if table is None:
            raise TooHard
        place = [item.name for item in table.results].index(node.column)
        values = [self.model.value(item.value, self.known) if item.value else None for item in table.inputs]
        hits = []
        for row in table.rows:
            fits = [self.model.fits(cell, value) for cell, value in zip(row.cells, values, strict=True)]
            if False in fits:
                continue
            if None in fits:
                raise TooHard
            hits.append(row)
        if not hits and table.otherwise is None:
            raise LookupError(node.table)
        if not hits and table.otherwise is not None:
            return self.form(table.otherwise[place], depth + 1)
        # In a formula the row that the figure chooses is the one to show; other tables stay as they are.
        if depth == 0 or (self.slide is not None and self.slide in [item.value for item in table.inputs]):
            self.line = hits[0].line
        forms = [self.form(row.results[place], depth + 1) for row in hits]
        found = forms[0]
        for other in forms[1:] if table.rows_policy in {"lowest", "highest", "sum"} else ():
            if table.rows_policy == "sum":
                found = plus(found, other)
            else:
                found = chosen(found, other, self.stretch, larger=table.rows_policy == "highest")
        return found

    def _operation(self, node: Op, depth: int) -> Form:
        forms = [self.form(arg, depth + 1) for arg in node.args]
        match node.op:
            case "+":
                return plus(*forms)
            case "-":
                return plus(forms[0], scaled(forms[1], Fraction(-1)))
            case "*":
                return times(*forms)
            case "/":
                return divided(*forms)
            case "neg":
                return scaled(forms[0], Fraction(-1))
            case "abs":
                return chosen(forms[0], scaled(forms[0], Fraction(-1)), self.stretch, larger=True)
            case "min" | "max":
                found = forms[0]
                for other in forms[1:]:
                    found = chosen(found, other, self.stretch, larger=node.op == "max")
                return found
            case _:
                raise TooHard
