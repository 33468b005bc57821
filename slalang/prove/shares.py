"""A polynomial goes in; its base and the share of it, linear in the metric, come out; and where the larger of two shares changes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Expr, Op
from slalang.prove.polynomial import operators, polynomial
from slalang.prove.tables import NotSwept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.program import Program
    from slalang.prove.polynomial import Polynomial, Resolve


def share(of: Polynomial, metric: str) -> tuple[str, tuple[Fraction, Fraction]]:
    """The base (the parameters in every term) and the share of it as a + b·metric.

    Raises:
        NotSwept: the terms have different bases, or the metric is multiplied with itself.
    """
    a = b = Fraction(0)
    bases: set[tuple[str, ...]] = set()
    for monomial, factor in of.items():
        power = monomial.count(f"m:{metric}")
        bases.add(tuple(name for name in monomial if name != f"m:{metric}"))
        if power > 1:
            raise NotSwept(Text(en="the metric is multiplied with itself", zh="指标与自身相乘"))
        if power:
            b += factor
        else:
            a += factor
    if len(bases) > 1:
        raise NotSwept(Text(en="its terms have different bases", zh="各项的基数不同"))
    return " × ".join(name[2:] for name in next(iter(bases), ())), (a, b)


def by_size(metric: str, at: Fraction, program: Program) -> Resolve:
    """Replace `min` and `max` of two shares of one base by the one that is smaller or larger at a value of the metric.

    A base is a parameter that is never negative, so that comparing the shares compares the amounts.
    """

    def resolve(expr: Expr) -> Expr | None:
        if not isinstance(expr, Op) or expr.op not in ("min", "max"):
            return None
        worth = [_worth(arg, metric, at, program, resolve) for arg in expr.args]
        chosen = min(worth) if expr.op == "min" else max(worth)
        return expr.args[worth.index(chosen)]

    return resolve


def crossings(amounts: Sequence[Expr], metric: str, program: Program) -> tuple[Fraction, ...]:
    """The values of the metric at which the two sides of a `min` or `max` are equal."""
    found = []
    for op in operators(amounts, program):
        if op.op in ("min", "max") and len(op.args) == 2:
            (a, b), (c, d) = (_linear(arg, metric, program) for arg in op.args)
            if b != d:
                found.append((c - a) / (b - d))
    return tuple(found)


def _linear(expr: Expr, metric: str, program: Program) -> tuple[Fraction, Fraction]:
    return share(polynomial(expr, program, lambda _: None), metric)[1]


def _worth(expr: Expr, metric: str, at: Fraction, program: Program, resolve: Resolve) -> Fraction:
    a, b = share(polynomial(expr, program, resolve), metric)[1]
    return a + b * at
