"""A range and the bounds inside it go in; points and open intervals between them come out, each with a value that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.prove.domain import Range

# Witnesses are multiples of the first of these that lies inside; duration in microseconds, the rest in its own unit.
STEPS: dict[str, tuple[Fraction, ...]] = {
    "ratio": tuple(Fraction(1, 10**places) for places in range(2, 14)),
    "duration": tuple(Fraction(step) for step in (3_600_000_000, 60_000_000, 1_000_000, 1_000, 1)),
    "integer": (Fraction(1),),
}
ANY = tuple(Fraction(10) ** -places for places in range(13))


@dataclass(frozen=True, slots=True)
class Piece:
    """A point (`low == high`) or an open interval, with a readable value in it."""

    low: Fraction | None
    high: Fraction | None
    sample: Fraction

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and self.low == self.high


def split(over: Range, bounds: Iterable[Fraction]) -> tuple[Piece, ...]:
    """The range cut at every bound inside it, in order."""
    inside = {bound for bound in bounds if _within(over, bound)}
    for end, is_in in ((over.low, over.low_in), (over.high, over.high_in)):
        if end is not None and is_in:
            inside.add(end)
    points = sorted(inside)
    found: list[Piece] = []
    below: Fraction | None = over.low
    for point in points:
        if below is None or below < point:
            _interval(found, over.type, below, point)
        found.append(Piece(point, point, point))
        below = point
    if over.high is None or not points or points[-1] < over.high:
        _interval(found, over.type, below, over.high)
    return tuple(found)


def _interval(found: list[Piece], type_: str, low: Fraction | None, high: Fraction | None) -> None:
    sample = readable(type_, low, high)
    if sample is not None:
        found.append(Piece(low, high, sample))


def _within(over: Range, value: Fraction) -> bool:
    above = over.low is None or value > over.low or (value == over.low and over.low_in)
    below = over.high is None or value < over.high or (value == over.high and over.high_in)
    return above and below


def readable(type_: str, low: Fraction | None, high: Fraction | None) -> Fraction | None:
    """A short value strictly between two ends; None when an integer has none there."""
    kind = type_.split(":", 1)[0]
    for step in STEPS.get(kind, ANY):
        if low is None and high is None:
            return Fraction(0)
        if low is None:
            assert high is not None
            return (high / step).__ceil__() * step - step
        value = (low / step).__floor__() * step + step
        if high is None or value < high:
            return value
    if kind == "integer":
        return None
    assert low is not None
    assert high is not None
    return (low + high) / 2
