"""A value of some type goes in; the text that a person would write comes out: `99.1%`, `15 min`, `100 CNY`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.values import instant
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.prove.stretches import Stretch

_UNITS: Final = ((3_600_000_000, "h"), (60_000_000, "min"), (1_000_000, "s"), (1000, "ms"), (1, "us"))
_PLACES = 12


def show(value: Fraction | str | bool, ty: str, zone: str = "") -> str:
    """A value as the language writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if ty == "text" else value
    head, _, unit = ty.partition(":")
    match head:
        case "ratio":
            return f"{_decimal(value * 100)}%"
        case "points":
            return f"{_decimal(value * 100)} points"
        case "duration":
            return _duration(value)
        case "amount":
            return f"{_decimal(value)} {unit}"
        case "date":
            return date.fromordinal(int(value)).isoformat()
        case "instant":
            return instant.local(int(value), load(zone)) if zone else instant.format(int(value))
        case _:
            return _decimal(value)


def stretch_text(stretch: Stretch, ty: str, zone: str = "") -> str:
    """An interval as the language writes it: `(99%, 100%]`, `< 90%`, `95%`."""
    if stretch.is_point and stretch.low is not None:
        return show(stretch.low, ty, zone)
    if stretch.low is None and stretch.high is None:
        return "any"
    if stretch.low is None:
        assert stretch.high is not None
        return f"{'<=' if stretch.high_in else '<'} {show(stretch.high, ty, zone)}"
    if stretch.high is None:
        return f"{'>=' if stretch.low_in else '>'} {show(stretch.low, ty, zone)}"
    opening, closing = "[" if stretch.low_in else "(", "]" if stretch.high_in else ")"
    return f"{opening}{show(stretch.low, ty, zone)}, {show(stretch.high, ty, zone)}{closing}"


def _decimal(value: Fraction) -> str:
    """Exact as a decimal where it is a short one, else as a fraction."""
    scaled = value * 10**_PLACES
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    sign, digits = ("-", -scaled.numerator) if scaled < 0 else ("", scaled.numerator)
    whole, rest = divmod(digits, 10**_PLACES)
    tail = f"{rest:0{_PLACES}d}".rstrip("0")
    return f"{sign}{whole}{'.' + tail if tail else ''}"


def _duration(value: Fraction) -> str:
    for size, unit in _UNITS:
        if value % size == 0 and value:
            return f"{_decimal(value / size)} {unit}"
    return "0 min" if not value else f"{_decimal(value)} us"


def ordinal(text: str) -> Fraction:
    """A date as a whole number."""
    return Fraction(date.fromisoformat(text).toordinal())
