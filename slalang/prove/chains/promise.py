"""An obligation of a contract goes in; what it promises comes out: a level of a metric per period, or limits on a clock."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.ir.amounts import Formula, Metric, OneOfCell, TimeIn, TimeOf
from slalang.ir.expressions import Const, Expr, MetricRef, Op, TableLookup
from slalang.ir.rules import Obligation, Schedule, Within
from slalang.prove.chains.fixed import NotFixed, Side, chosen, fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.ir.program import Program

_AT_LEAST = {">=": False, ">": True}
_TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}


@dataclass(frozen=True, slots=True)
class Level:
    """A share that a metric must reach in each period; `strict`: must exceed. `without` names what its metric does not count."""

    value: Fraction
    strict: bool
    period: Schedule
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits in µs, civil or working days, by row of a table (`""`: every case), on a calendar less standstills."""

    by_row: tuple[tuple[str, Fraction], ...]
    strict: bool
    unit: str
    calendar: str
    standstills: tuple[str, ...]

    def of(self, row: str) -> Fraction:
        """The limit of a row; of one that is not there, the longest."""
        found = dict(self.by_row)
        return found[row] if row in found else max(found.values())


def promise_of(program: Program, name: str, side: Side) -> Level | Limits:
    """What an obligation promises; a blank counts at the end of its domain that is given.

    Raises:
        NotFixed: it promises neither, or only a run can tell.
    """
    rule = next((one for one in chosen(program, name) if isinstance(one, Obligation)), None)
    if rule is None:
        raise NotFixed(name)
    if rule.modality == "target" and rule.holds is not None:
        return _level(program, rule.holds, side)
    if isinstance(rule.limit, Within) and rule.limit.direction == "after":
        opposite: Side = "most" if side == "least" else "least"
        return _limits(program, rule, rule.limit.limit, opposite)
    raise NotFixed(name)


def _level(program: Program, holds: Expr, side: Side) -> Level:
    match holds:
        case Op(op=">=" | ">", args=(MetricRef() as metric, bound)):
            sign = holds.op
        case Op(op="<=" | "<", args=(bound, MetricRef() as metric)):
            sign = _TURNED[holds.op]  # type: ignore[assignment]
        case _:
            raise NotFixed("holds")
    found = [one for one in chosen(program, metric.name) if isinstance(one, Metric)]
    without = tuple(dict.fromkeys(_without(program, metric.name, set())))
    return Level(fixed(program, bound, side), _AT_LEAST[sign], found[0].period, without)


def _without(program: Program, name: str, seen: set[str]) -> Iterator[str]:
    """What a metric, and those that its formula reads, leave out."""
    if name in seen:
        return
    seen.add(name)
    for metric in (one for one in chosen(program, name) if isinstance(one, Metric)):
        yield from (one.name for one in metric.left_out)
        if isinstance(metric.form, TimeOf | TimeIn):
            yield from (one.name for one in metric.form.exclusions)
        if isinstance(metric.form, Formula):
            for inner in _refs(metric.form.value):
                yield from _without(program, inner, seen)


def _refs(expr: Any) -> Iterator[str]:
    if isinstance(expr, MetricRef):
        yield expr.name
    for arg in getattr(expr, "args", ()):
        yield from _refs(arg)


def _limits(program: Program, rule: Obligation, limit: Expr, side: Side) -> Limits:
    rows: list[tuple[str, str, Fraction, bool]] = []
    for row, each in _each(program, limit):
        if isinstance(each, Const) and each.type == "limit":
            sign, unit, amount = each.value.split(" ", 2)
            rows.append((row, unit, _amount(unit, amount), sign == "<"))
        elif isinstance(each, Op) and each.op in {"<", "<="} and each.type == "limit":
            rows.append((row, each.args[0].type, fixed(program, each.args[0], side), each.op == "<"))
        else:
            raise NotFixed(rule.name)
    units = {unit for _, unit, _, _ in rows}
    if len(units) != 1:
        raise NotFixed(rule.name)
    return Limits(
        tuple((row, amount) for row, _, amount, _ in rows),
        any(strict for _, _, _, strict in rows),
        units.pop(),
        rule.clock.calendar,
        tuple(one.name for one in rule.clock.standstills),
    )


def _amount(unit: str, text: str) -> Fraction:
    if unit == "civil":
        months, _, days = text.partition(",")
        if int(months):
            raise NotFixed("months")
        return Fraction(days)
    return Fraction(text.partition("@")[0])


def _each(program: Program, limit: Expr) -> Iterator[tuple[str, Expr]]:
    """The limits that an expression may give: itself, or each row of the table that it looks up."""
    if not isinstance(limit, TableLookup):
        yield "", limit
        return
    for table in (one for one in program.tables if one.name == limit.table):
        at = [column.name for column in table.results].index(limit.column)
        for row in table.rows:
            values = [
                one.value
                for cell in row.cells
                if isinstance(cell, OneOfCell)
                for one in cell.values
                if isinstance(one, Const)
            ]
            for value in values or [""]:
                yield value, row.results[at]
