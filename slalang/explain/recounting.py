"""Nodes about time go in: clocks, changed limits, days; what does not come out when it is counted again comes out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.errors import DoesNotAddUp
from slalang.explain.tree import Node, Word
from slalang.explain.wording.numbers import instant as shown_instant
from slalang.explain.wording.numbers import quantity
from slalang.outcome.records import Quantity
from slalang.values.instant import as_datetime, day_start
from slalang.values.zone import load

if TYPE_CHECKING:
    from collections.abc import Iterator


def wrong(what: str, found: object, expected: object, type_: str = "") -> Iterator[DoesNotAddUp]:
    """A message where two values differ; numbers of a type are told in its units."""
    if found != expected:
        yield DoesNotAddUp(None, what=what, found=_told(found, type_), expected=_told(expected, type_))


def _told(value: object, type_: str) -> str:
    if type_ and isinstance(value, int | Fraction) and not isinstance(value, bool):
        return quantity(Quantity(type_, Fraction(value)), "en")
    return str(value)


def clock(item: Node) -> Iterator[DoesNotAddUp]:
    """The rows of a clock, its running column, and how a changed limit turned it."""
    match item.kind:
        case "stretch":
            yield from _stretch(item)
        case "turn.share":
            yield from _share(item)
        case _:
            yield from _running(item)


def _stretch(item: Node) -> Iterator[DoesNotAddUp]:
    span = Fraction(item.instant("end") - item.instant("start"))
    counted = item.number("counted").value
    state = item.get("state")
    yield from wrong("the length of a stretch", item.number("length").value, span, "duration")
    if isinstance(state, Word) and state.key != "counted":
        yield from wrong("what a stretch that stood still counted", counted, Fraction(0), "duration")
    elif counted > span:
        yield from wrong("what a stretch counted", counted, span, "duration")


def _running(item: Node) -> Iterator[DoesNotAddUp]:
    """The running column, the order of the stretches, and the sum below them; a turn takes the column over."""
    so_far = Fraction(0)
    at: int | None = None
    for row in item.children:
        if row.kind == "stretch":
            so_far += row.number("counted").value
            yield from wrong("the sum so far", row.number("subtotal").value, so_far, "duration")
            if at is not None and row.instant("start") < at:
                yield from wrong(
                    "stretches that do not overlap",
                    shown_instant(row.instant("start"), "UTC", "en"),
                    shown_instant(at, "UTC", "en"),
                )
            at = row.instant("end")
        elif row.kind in {"turn.anew", "turn.share"}:
            yield from wrong("the sum before a change", row.number("used").value, so_far, "duration")
            so_far = row.number("subtotal").value
            if row.kind == "turn.anew":
                yield from wrong("a new clock", so_far, Fraction(0), "duration")
        elif row.kind in {"clock.sum", "clock.total", "clock.none"}:
            yield from wrong("the sum of the clock", row.number("total").value, so_far, "duration")


def _share(item: Node) -> Iterator[DoesNotAddUp]:
    """The used share of the old limit, what is left of the new one, and what the clock then says."""
    share, limit = item.number("used").value / item.number("old").value, item.number("limit").value
    yield from wrong("the used share", item.number("share").value, share, "ratio")
    yield from wrong("the remaining share", item.number("left").value, 1 - share, "ratio")
    yield from wrong("what remains", item.number("remaining").value, (1 - share) * limit, "duration")
    yield from wrong("the clock after the change", item.number("subtotal").value, share * limit, "duration")


def days(item: Node, zone: str) -> Iterator[DoesNotAddUp]:
    """Days that standstills add, the last day that follows, and margins in days; other nodes have nothing to check."""
    match item.kind:
        case "still.touched" | "still.between":
            end = item.instant("end")
            first, last = (_day(at, zone) for at in (item.instant("start"), end))
            between = (last - first).days
            midnight = day_start(last, load(zone)) == end and between > 0
            counts = between + (0 if midnight or item.kind == "still.between" else 1)
            yield from wrong("the days of a standstill", item.number("days").value, Fraction(counts), "civil")
        case "still.exact":
            span = item.instant("end") - item.instant("start")
            yield from wrong(
                "the length of a standstill", item.number("length").value, Fraction(span), "duration"
            )
        case "dates":
            yield from _moved(item, zone)
        case "margin.days":
            margin = item.number("margin").value
            left = (_date(item, "last") - _date(item, "done")).days
            yield from wrong("the days left", margin, Fraction(left), "civil")
        case "margin.moved":
            total = item.number("a").value + item.number("moved").value - item.number("b").value
            yield from wrong("the margin", item.number("margin").value, total, "workdays")
        case _:
            return


def _moved(item: Node, zone: str) -> Iterator[DoesNotAddUp]:
    """The sum of the standstills, and the date or instant that it leads to."""
    for row in item.find("moved.days"):
        days_ = row.number("days")
        total = sum(
            (
                one.number("days").value
                for one in item.children
                if one.get("days") is not None and one is not row
            ),
            Fraction(0),
        )
        yield from wrong("the days of all standstills", days_.value, total, days_.type)
        if days_.type == "civil":
            moved = (_date(row, "after") - _date(row, "before")).days
            yield from wrong("the last day moved", Fraction(moved), days_.value, "civil")
    for row in item.find("moved.exact"):
        total = sum((one.number("length").value for one in item.find("still.exact")), Fraction(0))
        yield from wrong("the length of all standstills", row.number("length").value, total, "duration")
        ends = day_start(date.fromordinal(_date(row, "before").toordinal() + 1), load(zone))
        yield from wrong("the deadline moved", Fraction(row.instant("at") - ends), total, "duration")


def _day(at: int, zone: str) -> date:
    return as_datetime(at, load(zone)).date()


def _date(item: Node, name: str) -> date:
    return date.fromisoformat(str(item.get(name)))
