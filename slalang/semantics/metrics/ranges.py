"""An expression of a metric goes in; the least and the greatest number that it can come to go out, as far as they are known."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from slalang.ir.amounts import Definition, Metric
from slalang.ir.expressions import CaseValue, Const, Default, Expr, Field, If, MetricRef, Named, Op, Param
from slalang.ir.program import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

Range = tuple[Fraction | None, Fraction | None]
ANYTHING: Final[Range] = (None, None)
_DEEPEST: Final = 40
_NUMBERS: Final = ("number", "integer", "ratio", "points", "duration", "amount")


def of_text(ends: tuple[str, str]) -> Range:
    """A domain as the IR writes it."""
    low, high = (Fraction(end) if end else None for end in ends)
    return low, high


def as_text(found: Range) -> tuple[str, str]:
    """A range as the IR writes a domain."""
    low, high = ("" if end is None else str(end) for end in found)
    return low, high


def range_of(
    value: Expr,
    known: Callable[[str], list[Any]],
    own: dict[str, Range],
    fields: Callable[[Field], Range] | None = None,
    depth: int = 0,
) -> Range:
    """The range of a value: of metrics by their domains (`own`: of the parts of the metric itself), of parameters and of `fields` of events
    by theirs, of the time that a case took as no less than nothing.

    It claims no more than it can show: an end that is not known is left open.
    """
    if depth > _DEEPEST:
        return ANYTHING

    def inner(one: Expr) -> Range:
        return range_of(one, known, own, fields, depth + 1)

    match value:
        case Const() if value.type.partition(":")[0] in _NUMBERS:
            number = Fraction(value.value)
            return number, number
        case MetricRef():
            return _metric(value, known, own)
        case Param():
            made = [one for one in known(value.name) if isinstance(one, Parameter) and not one.one_of]
            return (
                of_text((made[0].low, made[0].high))
                if len(made) == 1 and value.type in _NUMBERS
                else ANYTHING
            )
        case Field() if fields is not None:
            return fields(value)
        case CaseValue() if value.what in {"measure", "limit", "days_late", "workdays_late"}:
            return Fraction(0), None
        case Named():
            parts = [one.value for one in known(value.name) if isinstance(one, Definition)]
            return either([inner(one) for one in parts]) if parts else ANYTHING
        case If():
            return either([inner(value.then), inner(value.orelse)])
        case Default() if not value.overrides:
            return inner(value.base)
        case Op():
            return _operation(value, [inner(one) for one in value.args])
        case _:
            return ANYTHING


def _metric(node: MetricRef, known: Callable[[str], list[Any]], own: dict[str, Range]) -> Range:
    """A metric's domain; of a sum of several values only that it is not below nothing; a stated start value need not lie in it."""
    if node.name in own:
        found = own[node.name]
    else:
        made = [one for one in known(node.name) if isinstance(one, Metric)]
        if not made or (node.back and any(one.opening is not None for one in made)):
            return ANYTHING
        found = either([of_text(one.domain) for one in made])
    summed = node.within or "sum" in {node.joined, node.across} or (node.span > 1 and not node.joined)
    # Where nothing else is said shorter periods inside the reader's are added up; shares never are.
    may_be = not (node.back or node.joined or node.across) and node.type not in {"ratio", "points"}
    if summed or (may_be and node.name not in own):
        return (Fraction(0) if found[0] is not None and found[0] >= 0 else None), None
    return found


def either(found: list[Range]) -> Range:
    """A range in which each of some ranges lies."""
    lows, highs = [one[0] for one in found], [one[1] for one in found]
    return _least(lows), _greatest(highs)


def _least(ends: list[Fraction | None]) -> Fraction | None:
    sure = [one for one in ends if one is not None]
    return min(sure) if sure and len(sure) == len(ends) else None


def _greatest(ends: list[Fraction | None]) -> Fraction | None:
    sure = [one for one in ends if one is not None]
    return max(sure) if sure and len(sure) == len(ends) else None


def _operation(node: Op, args: list[Range]) -> Range:
    lows, highs = [one[0] for one in args], [one[1] for one in args]
    positive = all(low is not None and low >= 0 for low in lows)
    match node.op:
        case "+":
            return _added(lows[0], lows[1]), _added(highs[0], highs[1])
        case "-":
            return _added(lows[0], _turned(highs[1])), _added(highs[0], _turned(lows[1]))
        case "neg":
            return _turned(highs[0]), _turned(lows[0])
        case "*" if positive:
            low = Fraction(lows[0] or 0) * Fraction(lows[1] or 0)
            return low, highs[0] * highs[1] if highs[0] is not None and highs[1] is not None else None
        case "/" if positive:
            return Fraction(0), None
        case "min":
            return _least(lows), min((one for one in highs if one is not None), default=None)
        case "max":
            return max((one for one in lows if one is not None), default=None), _greatest(highs)
        case "abs":
            return Fraction(0), None
        case "round_down" if positive:
            return Fraction(0), highs[0]
        case "round_up" | "round_nearest" if positive:
            return Fraction(0), None
        case _:
            return ANYTHING


def _added(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _turned(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end
