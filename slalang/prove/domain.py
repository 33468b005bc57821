"""An expression goes in; the set of values that it can take comes out: an interval, a finite list, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from slalang.ir.amounts import ShareMet
from slalang.ir.expressions import Const, Expr, Field, MetricRef, Param, SignalAt

if TYPE_CHECKING:
    from slalang.ir.program import Program

NUMERIC = frozenset({"ratio", "number", "integer", "points", "amount", "duration"})


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two ends; a missing end is infinite."""

    type: str
    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool


@dataclass(frozen=True, slots=True)
class Finite:
    """Some named values; `rest` when there are further ones (a text can be anything)."""

    type: str
    values: tuple[str, ...]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing that can be swept."""

    why: str


Domain: TypeAlias = Range | Finite | Unknown


def sort_of(type_: str) -> str:
    """The type without its unit."""
    return type_.split(":", 1)[0]


def number(const: Const) -> Fraction | None:
    """The number of a constant of a numeric type."""
    return Fraction(const.value) if sort_of(const.type) in NUMERIC else None


def domain(expr: Expr, program: Program) -> Domain:
    """The values that an input of a table, or a metric, can take."""
    kind = sort_of(expr.type)
    if kind == "levels":
        name = expr.type.split(":", 1)[1]
        levels = next((item for item in program.levels if item.name == name), None)
        return Finite(expr.type, levels.values) if levels else Unknown(name)
    if kind == "bool":
        return Finite("bool", ("true", "false"))
    if kind == "text":
        choices = _choices(expr, program)
        return Finite("text", choices, rest=not choices)
    if kind not in NUMERIC:
        return Unknown(expr.type)
    match expr:
        case Param():
            found = next((item for item in program.parameters if item.name == expr.name), None)
            if found is not None:
                low = Fraction(found.low) if found.low else None
                high = Fraction(found.high) if found.high else None
                return Range(expr.type, low, found.low_in, high, found.high_in)
        case MetricRef():
            return _metric(expr, program)
        case SignalAt() | Field():
            low = Fraction(0) if kind in ("duration", "integer") else None
            return Range(expr.type, low, True, None, False)
        case _:
            pass
    return Range(
        expr.type,
        Fraction(0) if kind == "ratio" else None,
        True,
        Fraction(1) if kind == "ratio" else None,
        True,
    )


def _metric(expr: MetricRef, program: Program) -> Range:
    metric = next((item for item in program.metrics if item.name == expr.name), None)
    kind = sort_of(expr.type)
    if metric is not None and metric.domain != ("", ""):
        low, high = (Fraction(end) if end else None for end in metric.domain)
        return Range(expr.type, low, True, high, True)
    if kind == "ratio" or (metric is not None and isinstance(metric.form, ShareMet)):
        # A share lies in [0, 1]; so does an availability, whose downtime is part of the agreed time.
        return Range(expr.type, Fraction(0), True, Fraction(1), True)
    if kind in ("duration", "integer"):
        return Range(expr.type, Fraction(0), True, None, False)
    return Range(expr.type, None, False, None, False)


def _choices(expr: Expr, program: Program) -> tuple[str, ...]:
    if isinstance(expr, Param):
        found = next((item for item in program.parameters if item.name == expr.name), None)
        return found.one_of if found else ()
    return ()
