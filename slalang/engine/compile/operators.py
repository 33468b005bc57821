"""Operators of the IR with the types of their arguments go in; functions over exact values come out."""

from __future__ import annotations

import operator
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import Civil, Workdays
from slalang.engine.reasons import say
from slalang.engine.undetermined import ProgramError, Undetermined, ZeroDivisor

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.clock.dates import Zone
    from slalang.ir.expressions import Ty

    Binary = Callable[[Any, Any], Any]

MOST_BITS = 3300  # about a thousand digits
COMPARE: dict[str, Binary] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def comparison(op: str, left: Ty, ranks: dict[str, dict[str, int]]) -> Binary:
    """A comparison; levels compare by their declared order, highest first."""
    compare = COMPARE[op]
    if left.startswith("levels:"):
        rank = ranks.get(left.removeprefix("levels:"), {})
        return lambda a, b: compare(rank[a], rank[b])
    return compare


def arithmetic(op: str, left: Ty, right: Ty, zone: Zone) -> Binary:
    """`+ - * /` for the types of both sides; times and dates go through the contract's zone."""
    if op == "+":
        return _plus(left, right, zone)
    if op == "-":
        return _minus(left, right, zone)
    if op == "*":
        if {left, right} & {"civil", "workdays"}:
            return _times_days
        return _times
    return _divide


def _times(a: Any, b: Any) -> Any:
    return _bounded(a * b)


def _bounded(value: Any) -> Any:
    """A product as it is, unless repeated products made it a number that no contract means and no memory holds."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise Undetermined(say("too_long"))
    return value


def _divide(a: Any, b: Any) -> Fraction:
    if not b:
        raise ZeroDivisor(say("division"))
    if isinstance(a, Civil) and isinstance(b, Civil) and not a.months and not b.months:
        return Fraction(a.days, b.days)
    return _bounded(Fraction(a) / Fraction(b))  # type: ignore[no-any-return]


def _times_days(a: Any, b: Any) -> Any:
    days, factor = (a, b) if isinstance(a, Civil | Workdays) else (b, a)
    if isinstance(days, Workdays):
        return Workdays(_whole(days.days * factor), days.calendar)
    return Civil(_whole(days.months * factor), _whole(days.days * factor))


def _whole(value: Any) -> int:
    if Fraction(value).denominator != 1:
        raise Undetermined(say("civil_scale"))
    return int(value)


def _plus(left: Ty, right: Ty, zone: Zone) -> Binary:
    if left in {"civil", "workdays"} and right in {"date", "instant"}:
        turned = _plus(right, left, zone)
        return lambda a, b: turned(b, a)
    if left == "civil" and right == "civil":
        return lambda a, b: Civil(a.months + b.months, a.days + b.days)
    if left == "date" and right == "civil":
        return lambda a, b: zone.add_civil(a, b.months, b.days)
    if left == "date" and right in {"integer", "number"}:
        return lambda a, b: a + timedelta(days=_whole(b))
    if left == "instant" and right == "civil":
        return lambda a, b: zone.shift_civil(a, b.months, b.days)
    return operator.add


def _minus(left: Ty, right: Ty, zone: Zone) -> Binary:
    if left == "date" and right == "date":
        return lambda a, b: Civil(0, (a - b).days)
    if left == "civil" and right == "civil":
        return lambda a, b: Civil(a.months - b.months, a.days - b.days)
    if left == "date" and right == "civil":
        return lambda a, b: zone.add_civil(a, -b.months, -b.days)
    if left == "instant" and right == "civil":
        return lambda a, b: zone.shift_civil(a, -b.months, -b.days)
    return operator.sub


def rounding(mode: str) -> Binary:
    """`round_down`, `round_up` or `round_nearest` (a half goes away from zero) to a multiple of a unit."""

    def rounded(value: Any, unit: Any) -> Any:
        if isinstance(value, Civil):
            return Civil(value.months, int(rounded(value.days, unit.days)))
        if not unit:
            raise ZeroDivisor(say("division"))
        steps = Fraction(value) / Fraction(unit)
        whole = steps.numerator // steps.denominator
        if steps != whole:
            if mode == "round_up":
                whole += 1
            elif mode == "round_nearest":
                size = abs(steps)
                near = (2 * size.numerator + size.denominator) // (2 * size.denominator)
                whole = near if steps > 0 else -near
        made = whole * Fraction(unit)
        return int(made) if isinstance(value, int) and made.denominator == 1 else made

    return rounded


def absolute(value: Any) -> Any:
    """The size of a number or of civil days."""
    if isinstance(value, Civil):
        return Civil(abs(value.months), abs(value.days))
    return abs(value)


def negated(value: Any) -> Any:
    """The opposite of a number or of civil days."""
    if isinstance(value, Civil):
        return Civil(-value.months, -value.days)
    if isinstance(value, date):
        raise ProgramError("a date has no opposite")
    return -value
