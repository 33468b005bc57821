"""A value and its type go in; the words for it come out, as a person writes it: 99.1%, 15 min, 3000 CNY."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.prove.split import Piece

UNITS = ((3_600_000_000, "h"), (60_000_000, "min"), (1_000_000, "s"), (1_000, "ms"))
PLACES = 6  # decimals shown before a fraction is written as p/q


def shown(type_: str, value: Fraction | str) -> str:
    """One value."""
    if isinstance(value, str):
        return value
    kind, _, unit = type_.partition(":")
    if kind == "ratio":
        return f"{decimal(value * 100)}%"
    if kind == "points":
        return f"{decimal(value * 100)} points"
    if kind == "duration":
        for size, name in UNITS:
            if value % size == 0:
                return f"{decimal(value / size)} {name}"
        return f"{decimal(value)} µs"
    return f"{decimal(value)} {unit}".rstrip()


def decimal(value: Fraction) -> str:
    """Decimal when it is finite and short, else p/q."""
    for places in range(PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            if places == 0:
                return str(scaled.numerator)
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{value.numerator}/{value.denominator}"


def rounded(value: Fraction, places: int = 1) -> str:
    """About: to some decimals, half up; for messages only."""
    scale = 10**places
    return decimal(Fraction((value * scale + Fraction(1, 2)).__floor__(), scale))


def region(type_: str, pieces: list[Piece]) -> str:
    """Neighbouring pieces as one range: `(99%, 100%]`, `exactly 95%` as `95%`."""
    first, last = pieces[0], pieces[-1]
    if first is last and first.is_point:
        return shown(type_, first.sample)
    low = "(-∞" if first.low is None else ("[" if first.is_point else "(") + shown(type_, first.low)
    high = "∞)" if last.high is None else shown(type_, last.high) + ("]" if last.is_point else ")")
    return f"{low}, {high}"
