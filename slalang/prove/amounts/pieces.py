"""Amounts as piecewise linear functions of one figure, each times parameters left open: sums, products, the smaller, the larger."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.prove.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable

Scale = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """`start + slope × x` on a stretch of x."""

    stretch: Stretch
    start: Fraction
    slope: Fraction

    def at(self, x: Fraction) -> Fraction:
        """The value, or the limit at an end."""
        return self.start + self.slope * x

    def below(self, bound: Fraction) -> Stretch | None:
        """Where it is less than a bound."""
        if self.slope == 0:
            return self.stretch if self.start < bound else None
        root = (bound - self.start) / self.slope
        side = Stretch(None, False, root, False) if self.slope > 0 else Stretch(root, False, None, False)
        return meet(self.stretch, side)


Pieces = tuple[Piece, ...]
Form = dict[Scale, Pieces]


class TooHard(Exception):  # noqa: N818 - not an error of the contract
    """An amount that is not piecewise linear in one figure."""


def constant(stretch: Stretch, value: Fraction) -> Form:
    """The same everywhere."""
    return {(): (Piece(stretch, value, Fraction(0)),)} if value else {}


def figure(stretch: Stretch) -> Form:
    """X itself."""
    return {(): (Piece(stretch, Fraction(0), Fraction(1)),)}


def parameter(stretch: Stretch, name: str) -> Form:
    """A parameter left open."""
    return {(name,): (Piece(stretch, Fraction(1), Fraction(0)),)}


def meet(one: Stretch, other: Stretch) -> Stretch | None:
    """What two stretches have in common."""
    low, low_in = one.low, one.low_in
    if other.low is not None and (low is None or other.low > low or (other.low == low and not other.low_in)):
        low, low_in = other.low, other.low_in
    high, high_in = one.high, one.high_in
    if other.high is not None and (
        high is None or other.high < high or (other.high == high and not other.high_in)
    ):
        high, high_in = other.high, other.high_in
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        return None
    return Stretch(low, low_in, high, high_in)


def _joined(one: Pieces, other: Pieces, make: Callable[[Stretch, Piece, Piece], Pieces]) -> Pieces:
    found: list[Piece] = []
    for left in one:
        for right in other:
            common = meet(left.stretch, right.stretch)
            if common is not None:
                found += make(common, left, right)
    return tuple(found)


def _sum(common: Stretch, left: Piece, right: Piece) -> Pieces:
    return (Piece(common, left.start + right.start, left.slope + right.slope),)


def _product(common: Stretch, left: Piece, right: Piece) -> Pieces:
    if left.slope and right.slope:
        raise TooHard
    slope = left.start * right.slope + right.start * left.slope
    return (Piece(common, left.start * right.start, slope),)


def plus(one: Form, other: Form) -> Form:
    """The sum."""
    found = dict(one)
    for scale, pieces in other.items():
        found[scale] = _joined(found[scale], pieces, _sum) if scale in found else pieces
    return found


def times(one: Form, other: Form) -> Form:
    """The product; x × x is too hard."""
    found: Form = {}
    for left_scale, left in one.items():
        for right_scale, right in other.items():
            scale = tuple(sorted((*left_scale, *right_scale)))
            found = plus(found, {scale: _joined(left, right, _product)})
    return found


def scaled(form: Form, factor: Fraction) -> Form:
    """A multiple."""
    return {
        scale: tuple(Piece(piece.stretch, piece.start * factor, piece.slope * factor) for piece in pieces)
        for scale, pieces in form.items()
    }


def divided(one: Form, other: Form) -> Form:
    """The quotient by a constant."""
    pieces = other.get((), ())
    if len(other) != 1 or len(pieces) != 1 or pieces[0].slope or not pieces[0].start:
        raise TooHard
    return scaled(one, 1 / pieces[0].start)


def chosen(one: Form, other: Form, stretch: Stretch, *, larger: bool) -> Form:
    """The larger or smaller of two, where both are multiples of the same parameters (which are not negative)."""
    scales = {scale for form in (one, other) for scale in form}
    if len(scales) > 1:
        raise TooHard
    scale = next(iter(scales), ())
    nothing = (Piece(stretch, Fraction(0), Fraction(0)),)

    def pick(common: Stretch, left: Piece, right: Piece) -> Pieces:
        gap = Piece(common, left.start - right.start, left.slope - right.slope)
        under = gap.below(Fraction(0))
        over = Piece(common, -gap.start, -gap.slope).below(Fraction(0))
        parts = [(under, right if larger else left), (over, left if larger else right)]
        found = [Piece(part, piece.start, piece.slope) for part, piece in parts if part is not None]
        if gap.slope and common.holds(root := -gap.start / gap.slope):
            found.append(Piece(Stretch(root, True, root, True), left.at(root), Fraction(0)))
        elif not gap.slope and not gap.start:
            found.append(Piece(common, left.start, left.slope))
        return tuple(found)

    made = _joined(one.get(scale, nothing), other.get(scale, nothing), pick)
    return {scale: tuple(sorted(made, key=_place))}


def _place(piece: Piece) -> tuple[bool, Fraction, bool]:
    low = piece.stretch.low
    return (low is not None, low if low is not None else Fraction(0), not piece.stretch.is_point)


def ordered(pieces: Pieces) -> Pieces:
    """From the lowest x to the highest."""
    return tuple(sorted(pieces, key=_place))
