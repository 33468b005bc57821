"""An exact amount and its unit go in; the amount that is posted comes out, rounded once to the unit's minor place."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Literal

from slalang.engine.compile.constants import Civil, Workdays
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined

Mode = Literal["half_up", "half_even", "down", "up"]

# ISO 4217: currencies whose minor unit is not a hundredth, by their number of places.
_PLACES: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
    **dict.fromkeys(("days", "working days"), 0),
}  # fmt: skip
_DEFAULT_PLACES = 2
HOUR: Final = 3_600_000_000  # µs


def places(unit: str) -> int:
    """Decimal places of a unit: a currency's by ISO 4217, two for anything else."""
    return _PLACES.get(unit, _DEFAULT_PLACES)


def posted(amount: Fraction, unit: str, mode: Mode, digits: int | None = None) -> Fraction:
    """The amount in whole minor units (`digits` after the point; None: the unit's own): a half goes away from zero, or to the even
    one; `down` is toward zero."""
    scale = 10 ** (places(unit) if digits is None else digits)
    exact = abs(amount) * scale
    whole, rest = divmod(exact.numerator, exact.denominator)
    twice = 2 * rest
    if rest and (
        mode == "up"
        or (mode == "half_up" and twice >= exact.denominator)
        or (mode == "half_even" and (twice > exact.denominator or (twice == exact.denominator and whole % 2)))
    ):
        whole += 1
    made = Fraction(whole, scale)
    return -made if amount < 0 else made


def as_number(value: Any, unit: str) -> Fraction:
    """An amount as a number of its unit: days of service by their number, exact durations (µs) in hours.

    Raises:
        Undetermined: months, which have no number of days.
    """
    if isinstance(value, Civil) and value.months:
        raise Undetermined(say("months"))
    if isinstance(value, Civil | Workdays):
        return Fraction(value.days)
    return Fraction(value, HOUR) if unit == "hours" else Fraction(value)


def as_value(number: Fraction, type_: str) -> Any:
    """A number of an amount's unit as an expression reads it: days of service, an exact duration in µs, or the number."""
    if type_ == "duration":
        exact = number * HOUR
        return int(exact) if exact.denominator == 1 else exact
    return Civil(0, int(number)) if type_ == "civil" else number
