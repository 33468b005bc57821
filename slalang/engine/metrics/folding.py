"""Values of cases or events go in; their count, sum, mean, percentile, largest or smallest comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from slalang.builtins.numbers import interpolated, nearest_rank
from slalang.engine.metrics.shares import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence


PERCENTILES: Final = frozenset({"percentile", "interpolated_percentile"})


def fold(how: str, values: Sequence[Any], percent: str) -> Figure:
    """A fold of exact values; a mean, percentile or extreme of nothing is empty, a count or sum of nothing is 0."""
    if how == "count":
        return Figure(Fraction(len(values)))
    if how == "sum":
        return Figure(sum((Fraction(value) for value in values), Fraction(0)))
    if not values:
        return Figure(empty=True)
    if how == "mean":
        total = sum((Fraction(value) for value in values), Fraction(0))
        return Figure(total / len(values), total, Fraction(len(values)))
    if how == "percentile":
        return Figure(nearest_rank([Fraction(value) for value in values], Fraction(percent)))
    if how == "interpolated_percentile":
        return Figure(interpolated([Fraction(value) for value in values], Fraction(percent)))
    return Figure(Fraction(max(values) if how == "largest" else min(values)))
