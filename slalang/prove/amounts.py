"""An amount rule goes in; where it is negative, above its base, jumps, or pays more for better service comes out, exactly, with a witness."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Default, Expr, MetricRef, TableLookup
from slalang.prove import errors
from slalang.prove.domain import Range, domain
from slalang.prove.polynomial import polynomial
from slalang.prove.shares import by_size, crossings
from slalang.prove.shares import share as _share
from slalang.prove.split import Piece, split
from slalang.prove.tables import NotSwept, Point, axes, holds
from slalang.prove.values import region, rounded, shown

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import AmountRule, Row, Table
    from slalang.ir.program import Program
    from slalang.prove.places import Places
    from slalang.source.text import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A share of the base over one piece of the metric: a + b·x, and the row that gave it."""

    piece: Piece
    row: Row | None
    a: Fraction
    b: Fraction

    def at(self, x: Fraction) -> Fraction:
        """The share at a value of the metric."""
        return self.a + self.b * x

    def ends(self) -> list[Fraction]:
        """The share at the ends of the piece, reached or approached."""
        return [self.at(end) for end in (self.piece.low, self.piece.high) if end is not None]


@dataclass(frozen=True, slots=True)
class Curve:
    """All lines of one combination of the other inputs, in the order of the metric; `base` names the fee that the shares are of."""

    metric: str
    type: str
    base: str
    lines: tuple[Line, ...]


def check(rule: AmountRule, program: Program, places: Places, collector: Collector) -> None:
    """Report what is wrong with an amount."""
    try:
        curves = [curve for variant in variants(rule.amount) for curve in _curves(rule, variant, program)]
    except NotSwept as stop:
        collector.add(errors.NotProved(places.of(rule.about), what=rule.name, reason=stop.why))
        return
    for curve in curves:
        if not rule.at_least:
            _negative(rule, curve, places, collector)
        if rule.sort == "credit" and curve.type == "ratio":
            if not rule.at_most:
                _above(rule, curve, places, collector)
            _jumps(rule, curve, places, collector)
            _rises(rule, curve, places, collector)


def variants(amount: Expr) -> list[Expr]:
    """The base and every overriding value: each can be the amount."""
    if not isinstance(amount, Default):
        return [amount]
    found = variants(amount.base)
    for override in amount.overrides:
        found += variants(
            Default(override.name, override.clause, override.value, override.overrides, amount.type)
        )
    return found


def _curves(rule: AmountRule, amount: Expr, program: Program) -> list[Curve]:
    if isinstance(amount, TableLookup):
        table = _table(amount, rule, program)
        return _table_curves(table, amount, program)
    lines = polynomial(amount, program, lambda _: None)
    metrics = {name for monomial in lines for name in monomial if name.startswith("m:")}
    if not metrics:
        base, share = _share(lines, "")
        return [Curve("", "", base, (Line(Piece(None, None, Fraction(0)), None, share[0], Fraction(0)),))]
    if len(metrics) > 1:
        raise NotSwept(Text(en="it depends on several metrics", zh="它取决于多个指标"))
    name = next(iter(metrics))
    metric = next(item for item in program.metrics if f"m:{item.name}" == name)
    over = domain(MetricRef(metric.name, metric.type), program)
    if not isinstance(over, Range):
        raise NotSwept(Text(en=f"`{metric.name}` is no number", zh=f"`{metric.name}` 不是数"))
    base, share = _share(lines, name)
    return [
        Curve(metric.name, metric.type, base, tuple(Line(piece, None, *share) for piece in split(over, ())))
    ]


def _table(lookup: TableLookup, rule: AmountRule, program: Program) -> Table:
    named = [item for item in program.tables if item.name == lookup.table]
    return next((item for item in named if item.under == rule.under), named[0])


def _table_curves(table: Table, lookup: TableLookup, program: Program) -> list[Curve]:
    numeric = [
        place
        for place, column in enumerate(table.inputs)
        if isinstance(column.value, MetricRef) and isinstance(domain(column.value, program), Range)
    ]
    if len(numeric) > 1:
        raise NotSwept(Text(en="it depends on several metrics", zh="它取决于多个指标"))
    result = next(place for place, column in enumerate(table.results) if column.name == lookup.column)
    place = numeric[0] if numeric else -1
    column = table.inputs[place] if numeric else None
    name = column.value.name if column is not None and isinstance(column.value, MetricRef) else ""
    swept = axes(table, program, crossings([row.results[result] for row in table.rows], name, program))
    others: list[tuple[Point, ...]] = [tuple(axis) if index != place else ("",) for index, axis in enumerate(swept)]
    found = []
    for fixed in product(*others):
        lines: list[Line] = []
        base = ""
        for point in swept[place] if numeric else ("",):
            at: tuple[Point, ...] = tuple(
                point if index == place else each for index, each in enumerate(fixed)
            )
            row = next((row for row in table.rows if holds(row.cells, at, program)), None)
            if row is None:
                continue
            piece = point if isinstance(point, Piece) else Piece(None, None, Fraction(0))
            of = polynomial(row.results[result], program, by_size(name, piece.sample, program))
            base_of_row, share = _share(of, name)
            base = base_of_row or base
            lines.append(Line(piece, row, *share))
        found.append(Curve(name, column.type if column is not None else "", base, tuple(lines)))
    return found


def _negative(rule: AmountRule, curve: Curve, places: Places, collector: Collector) -> None:
    for line in curve.lines:
        worst = min([line.at(line.piece.sample), *line.ends()])
        if worst >= 0:
            continue
        where, witness = _below_zero(line, curve.type)
        collector.add(
            errors.Negative(
                _place(rule, line.row, places),
                rule=rule.name,
                input=curve.metric or "-",
                region=region(curve.type, [where]) if curve.metric else "-",
                witness=shown(curve.type, witness) if curve.metric else "-",
                value=f"{rounded(line.at(witness) * 100)}%",
                base=curve.base or "1",
                bound=f"{rounded(worst * 100)}%",
                creditor=rule.creditor,
                debtor=rule.debtor,
                unit=rule.unit,
            )
        )


def _below_zero(line: Line, type_: str) -> tuple[Piece, Fraction]:
    """The part of a piece where the share is negative, and a readable value in it."""
    piece = line.piece
    if line.b == 0 or piece.is_point:
        return piece, piece.sample
    zero = -line.a / line.b
    low, high = piece.low, piece.high
    if line.b < 0:
        low = zero if low is None or zero > low else low
    else:
        high = zero if high is None or zero < high else high
    over = Range(type_, low, False, high, False)
    found = split(over, ())
    return found[0], found[0].sample


def _above(rule: AmountRule, curve: Curve, places: Places, collector: Collector) -> None:
    if not curve.base or "×" in curve.base:
        return
    for line in curve.lines:
        top = max([line.at(line.piece.sample), *line.ends()])
        if top > 1:
            collector.add(
                errors.AboveBase(
                    _place(rule, line.row, places),
                    rule=rule.name,
                    input=curve.metric,
                    witness=shown(curve.type, line.piece.sample),
                    value=f"{rounded(line.at(line.piece.sample) * 100)}%",
                    base=curve.base,
                )
            )


def _jumps(rule: AmountRule, curve: Curve, places: Places, collector: Collector) -> None:
    """Only where a formula is involved: rows of constants are meant to be steps."""
    told: set[Fraction] = set()
    for one, other in pairwise(curve.lines):
        edge = one.piece.high
        if (
            edge is None
            or edge != other.piece.low
            or (one.b == 0 and other.b == 0 and not _formula(curve, edge))
        ):
            continue
        below, above = one.at(edge), other.at(edge)
        if below != above and edge not in told:
            told.add(edge)
            row = one.row if one.b else other.row
            collector.add(
                errors.Jump(
                    _place(rule, row, places),
                    input=curve.metric,
                    edge=shown(curve.type, edge),
                    below=f"{rounded(below * 100)}%",
                    above=f"{rounded(above * 100)}%",
                )
            )


def _formula(curve: Curve, edge: Fraction) -> bool:
    """Whether a line that ends at this edge is not constant (the point between two intervals belongs to either)."""
    return any(line.b != 0 and edge in (line.piece.low, line.piece.high) for line in curve.lines)


def _rises(rule: AmountRule, curve: Curve, places: Places, collector: Collector) -> None:
    for line in curve.lines:
        if line.b > 0 and not line.piece.is_point:
            collector.add(
                errors.PaysMoreForBetter(
                    _place(rule, line.row, places),
                    rule=rule.name,
                    input=curve.metric,
                    region=region(curve.type, [line.piece]),
                )
            )
    for one, other in pairwise(curve.lines):
        edge = one.piece.high
        if one.b == 0 and other.b == 0 and edge is not None and one.at(edge) < other.at(edge):
            collector.add(
                errors.PaysMoreForBetter(
                    _place(rule, other.row, places),
                    rule=rule.name,
                    input=curve.metric,
                    region=region(curve.type, [other.piece]),
                )
            )


def _place(rule: AmountRule, row: Row | None, places: Places) -> Place:
    return places.of(rule.about) if row is None else places.row(row, rule.about)
