"""Exact numbers go in; a percentile by nearest rank or interpolated, or a share, comes out."""

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


def interpolated(values: Sequence[Fraction], percent: Fraction) -> Fraction:
    """The value at rank 1 + p/100 · (n − 1), in proportion between the two values beside it: what spreadsheets call PERCENTILE.INC.

    Raises:
        ValueError: no values, or a percentage outside (0, 100].
    """
    if not values or not 0 < percent <= 100:
        raise ValueError(f"no {percent}th percentile of {len(values)} values")
    ordered = sorted(values)
    exact = percent * (len(values) - 1) / 100
    below = exact.numerator // exact.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (exact - below)


def share_of(part: Fraction, whole: Fraction) -> Fraction:
    """Part ÷ whole.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    return Fraction(part) / Fraction(whole)
