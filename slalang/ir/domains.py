"""A domain (bounds, or a list of values) goes in; whether a value lies in it, and how people write it, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty


class Bounded(Protocol):
    """What has a domain: bounds (both included) or a list, as canonical text of its type; empty where there is none."""

    @property
    def type(self) -> Ty:
        """The IR type."""

    @property
    def low(self) -> str:
        """The lowest value, or empty."""

    @property
    def high(self) -> str:
        """The highest value, or empty."""

    @property
    def one_of(self) -> tuple[str, ...]:
        """The only values, or none."""


def holds(made: Bounded, value: Any) -> bool:
    """Whether a value, as event data and registers hold one of its type, lies in the domain."""
    low, high = edge(made.type, made.low), edge(made.type, made.high)
    low_in, high_in = (
        getattr(made, "low_in", True),
        getattr(made, "high_in", True),
    )  # open ends: a parameter's only
    return (
        (low is None or low < value or (low_in and low == value))
        and (high is None or value < high or (high_in and value == high))
        and (not made.one_of or value in [edge(made.type, one) for one in made.one_of])
    )


def edge(type_: Ty, text: str) -> Any:
    """The value of a bound's canonical text, as event data holds values of its type; None where there is none."""
    if not text:
        return None
    if type_ in {"number", "integer", "ratio", "points"} or type_.startswith("amount:"):
        return Fraction(text)
    return int(text) if type_ in {"duration", "instant"} else text


def domain_text(made: Bounded) -> str:
    """A domain as people write it."""
    if made.one_of:
        return ", ".join(_bound(made.type, text) for text in made.one_of)
    bounds = ((">=", made.low), ("<=", made.high))
    return ", ".join(f"{sign} {_bound(made.type, text)}" for sign, text in bounds if text)


def _bound(ty: Ty, text: str) -> str:
    """A bound in the unit of its type: `30%`, `15 min`, `100 CNY`."""
    head, _, currency = ty.partition(":")
    if head == "ratio":
        return f"{_decimal(Fraction(text) * 100)}%"
    if head == "duration":
        return f"{_decimal(Fraction(text) / 60_000_000)} min"
    if head == "amount":
        return f"{_decimal(Fraction(text))} {currency}"
    return text


def _decimal(value: Fraction) -> str:
    """A number as a decimal where it ends, else as a fraction."""
    places = next((places for places in range(7) if (value * 10**places).denominator == 1), None)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{whole}" if value < 0 else whole
