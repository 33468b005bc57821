"""A literal of the tree goes in; a constant of the IR with its canonical text comes out."""

from __future__ import annotations

from datetime import datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const
from slalang.semantics.errors.lowering import TimeRefused
from slalang.semantics.errors.units import NotWhole
from slalang.semantics.scope import lookup
from slalang.values import instant
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from datetime import tzinfo

    from slalang.semantics.scope.world import World
    from slalang.source.text import Span
    from slalang.syntax import tree as syn

YEARS: Final = range(
    1900, 3000
)  # those of facts, too: reckoning from a day beside the calendar's ends leaves the calendar
EXACT: Final = {
    "MICROSECOND": 1,
    "MILLISECOND": 1000,
    "SECOND": 10**6,
    "MINUTE": 60 * 10**6,
    "HOUR": 3600 * 10**6,
}
CIVIL: Final = {"DAY": (0, 1), "WEEK": (0, 7), "MONTH": (1, 0), "QUARTER": (3, 0), "YEAR": (12, 0)}
_DAYS = Text(en="days", zh="日")
_WORKING = Text(en="business days", zh="工作日")
_FINE = Text(en="microseconds", zh="微秒")


def number(node: syn.Number) -> Const:
    """A bare number: whole ones are integers."""
    return Const("integer" if node.integral else "number", str(node.value))


def measured(world: World, node: syn.Measured, calendar: str) -> Const | None:
    """A number with a unit."""
    unit = node.unit.upper()
    if unit in {"PERCENT", "PERMILLE", "RATIO", "PERTENTHOUSAND", "PERMYRIAD"}:
        return Const("ratio", str(node.value))
    if unit == "POINT":
        return Const("points", str(node.value / 100))  # so that a share and points add without a factor
    if unit == "AMOUNT":
        return Const(f"amount:{node.currency}", str(node.value))
    if unit in EXACT:
        us = node.value * EXACT[unit]
        if us.denominator == 1:
            return Const("duration", str(us))
        _not_whole(world, node, _FINE, None)
        return None
    if unit in CIVIL:
        return _civil(world, node, CIVIL[unit])
    if node.value.denominator != 1:
        _not_whole(world, node, _WORKING, None)
        return None
    named = lookup.calendar(world, node.calendar) if node.calendar else calendar
    if named is None:
        return None
    return Const("workdays", f"{node.value}@{named}" if named else str(node.value))


def _civil(world: World, node: syn.Measured, unit: tuple[int, int]) -> Const | None:
    if node.value.denominator != 1:
        hours = node.value * 24
        exact = Text(en=f"write `{hours} h` for hours by the clock", zh=f"若按钟点计，写 `{hours} h`")
        _not_whole(world, node, _DAYS, exact if unit == (0, 1) and hours.denominator == 1 else None)
        return None
    return Const("civil", f"{unit[0] * node.value},{unit[1] * node.value}")


def _not_whole(world: World, node: syn.Measured, unit: Text, remedy: Text | None) -> None:
    shown = str(node.value)
    world.collector.add(NotWhole(node.span, unit=unit, value=shown, remedy=remedy))


def date(world: World, node: syn.DateValue, zone: tzinfo | None = None) -> Const | None:
    """A date, or the instant of a local date-time in the contract's zone."""
    if node.day.year not in YEARS:
        _outside(world, node)
        return None
    if node.at is None and not node.end_of_day:
        return Const("date", node.day.isoformat())
    at = instant_of(world, node, zone)
    return None if at is None else Const("instant", str(at))


def instant_of(world: World, node: syn.DateValue, zone: tzinfo | None = None) -> int | None:
    """The instant in µs of a local date-time (a bare date: its start), reported where the clocks skip or repeat it."""
    tz = zone or world.tz
    if tz is None:
        return None
    try:
        if node.end_of_day:
            return instant.day_start(_next(node), tz)
        return instant.from_local(datetime.combine(node.day, node.at or time()), tz)
    except TimeError as bad:
        refuse(world, node.span, bad)
    except (OverflowError, ValueError):
        _outside(world, node)
    return None


def _outside(world: World, node: syn.DateValue) -> None:
    first, last = YEARS.start, YEARS.stop - 1
    reason = Text(
        en=f"this date lies outside the years {first} to {last}", zh=f"此日期不在 {first} 年至 {last} 年之间"
    )
    remedy = Text(en="leave the line out where no day is meant", zh="若并无所指的日期，请删去")
    world.collector.add(TimeRefused(node.span, reason=reason, remedy=remedy))


def _next(node: syn.DateValue) -> datetime:
    return datetime.fromordinal(node.day.toordinal() + 1)


def refuse(world: World, span: Span, bad: TimeError) -> None:
    """Report what the values layer refused."""
    remedy = Text(en=bad.fix_en, zh=bad.fix_zh) if bad.fix_en else None
    world.collector.add(TimeRefused(span, reason=Text(en=bad.en, zh=bad.zh), remedy=remedy))


def fraction(const: Const) -> Fraction:
    """The number of a constant of a numeric type."""
    return Fraction(const.value)
