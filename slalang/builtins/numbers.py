"""Exact numbers go in; a percentile by nearest rank, or a share, comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Number = TypeVar("Number", int, Fraction)


def nearest_rank(values: Sequence[Number], percent: Fraction) -> Number:
    """The smallest value such that at least `percent` per cent of all values are not greater (rank ⌈p/100 · n⌉).

    Raises:
        ValueError: no values, or a percentage outside (0, 100].
    """
    if not values or not 0 < percent <= 100:
        raise ValueError(f"no {percent}th percentile of {len(values)} values")
    exact = percent * len(values) / 100
    rank = -(-exact.numerator // exact.denominator)
    return sorted(values)[rank - 1]


def share_of(part: Fraction, whole: Fraction) -> Fraction:
    """Part ÷ whole.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    return Fraction(part) / Fraction(whole)
