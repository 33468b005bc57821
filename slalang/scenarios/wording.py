"""A value that was expected or found goes in; the text that a scenario's author would write comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from slalang.ir.expressions import Const
from slalang.outcome.as_json import number
from slalang.outcome.records import Quantity
from slalang.values import duration, instant
from slalang.values import zone as zones

PERCENT = 100
PLACES: Final = 6  # after the point, of a number that is rounded to be read
EARLIEST = 10**13  # a bare integer this large is an instant in µs (1970-04-26 and later), not a count


def shown(value: object, zone: str, *, end: bool = False) -> str:
    """Words for a status, an exact quantity, an instant (local; as an `end`, midnight is 24:00 of the day before), or nothing."""
    match value:
        case None:
            return "nothing"
        case Const():
            return _typed(value.type, value.value, zone, end=end)
        case Quantity():
            return _typed(value.type, str(value.value), zone, end=end)
        case int() if value >= EARLIEST:
            return instant.local(value, zones.load(zone), end=end)
        case list() | tuple():
            return ", ".join(shown(item, zone, end=end) for item in value) or "nothing"
        case Fraction():
            return number(value)
        case _:
            return str(value)


def _typed(type_: str, text: str, zone: str, *, end: bool) -> str:
    kind, _, unit = type_.partition(":")
    if kind == "ratio":
        return _readable(Fraction(text) * PERCENT, "%")
    if kind == "duration":
        exact = Fraction(text)
        return duration.format(int(exact)) if exact.denominator == 1 else f"{exact} µs"
    if kind == "instant":
        return instant.local(int(text), zones.load(zone), end=end)
    if kind in ("amount", "number", "integer", "points"):
        return _readable(Fraction(text), f" {unit}" if unit else "")
    if kind in _DAYS:
        return _days(kind, text)
    return text


def _readable(value: Fraction, unit: str) -> str:
    """A decimal number; one that has no end is rounded, and said to be so, with the fraction that it is."""
    exact = number(value)
    if "/" not in exact:
        return f"{exact}{unit}"
    rounded = Fraction(round(value * 10**PLACES), 10**PLACES)
    return f"≈ {number(rounded)}{unit} ({exact}{unit})"


_DAYS: Final = {"civil": "days", "months": "months", "workdays": "business days"}


def _days(kind: str, text: str) -> str:
    """`0,3` (months, days), `3@Office` (working days) or a plain number, with what it counts."""
    months, comma, days = text.partition(",")
    if not comma:
        amount, _, calendar = text.partition("@")
        return f"{amount} {_DAYS[kind]}" + (f" of {calendar}" if calendar else "")
    told = [f"{one} {word}" for one, word in ((months, "months"), (days, "days")) if one != "0"]
    return " ".join(told) or "0 days"
