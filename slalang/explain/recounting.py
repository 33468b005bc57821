"""Nodes about time go in: clocks, changed limits, days; what does not come out when it is counted again comes out."""

from __future__ import annotations

from datetime import date, timedelta
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
        case "still.calendar":
            whole = Fraction(item.instant("end") - item.instant("start"))
            length = item.number("length").value
            yield from wrong("the open hours of a standstill", length, min(length, whole), "duration")
        case "still.exact":
            whole = Fraction(item.instant("end") - item.instant("start"))
            yield from wrong("the length of a standstill", item.number("length").value, whole, "duration")
        case "dates":
            yield from _moved(item, zone)
        case "limit.extended" | "limit.stood":
            value = item.number("value")
            total = item.number("base").value + item.number("added").value
            yield from wrong("the longer limit", value.value, total, value.type)
        case "limit.counted" | "limit.counted.first":
            value = item.number("value")
            if value.type == "civil":
                first = item.kind == "limit.counted.first"
                found = Fraction(abs((_date(item, "last") - _date(item, "first")).days) + first)
                yield from wrong("the days to the last day", value.value, found, "civil")
        case "limit.hours":
            whole = Fraction(item.instant("end") - item.instant("start"))
            yield from wrong("the limit to the hour", item.number("value").value, whole, "duration")
        case "measure.hours":
            span = Fraction(item.instant("end") - item.instant("start"))
            used = span - item.number("away").value
            yield from wrong("the time that passed", item.number("span").value, span, "duration")
            yield from wrong("the time that was used", item.number("value").value, used, "duration")
        case _:
            return


def _moved(item: Node, zone: str) -> Iterator[DoesNotAddUp]:
    """The days that each standstill touches and none before it did, their sum, and the date or instant that it leads to."""
    seen: set[date] = set()
    total: Fraction = Fraction(0)
    for row in item.find("still.touched"):
        days_ = row.number("days")
        new = _dates(row, zone) - seen
        seen |= new
        total += Fraction(days_.value)
        # How many of them are working days only the calendar knows: no more than there are.
        most = Fraction(len(new)) if days_.type == "civil" else min(days_.value, Fraction(len(new)))
        yield from wrong("the days of a standstill", days_.value, most, days_.type)
    for row in item.find("moved.days"):
        days_ = row.number("days")
        yield from wrong("the days of all standstills", days_.value, total, days_.type)
        if days_.type == "civil":
            moved = (_date(row, "after") - _date(row, "before")).days
            yield from wrong("the last day moved", Fraction(moved), days_.value, "civil")
    for row in (*item.find("moved.exact"), *item.find("moved.hours")):
        lengths = (*item.find("still.exact"), *item.find("still.calendar"))
        total = sum((one.number("length").value for one in lengths), Fraction(0))
        yield from wrong("the length of all standstills", row.number("length").value, total, "duration")
        if row.kind == "moved.hours":
            continue
        ends = day_start(_date(row, "before") + timedelta(days=1), load(zone))
        yield from wrong("the deadline moved", Fraction(row.instant("at") - ends), total, "duration")


def _dates(row: Node, zone: str) -> set[date]:
    """The local dates of a stretch; one that ends at 24:00 does not touch the next."""
    start, end = row.instant("start"), row.instant("end")
    first, last = _day(start, zone), _day(max(end - 1, start), zone)
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def _day(at: int, zone: str) -> date:
    return as_datetime(at, load(zone)).date()


def _date(item: Node, name: str) -> date:
    return date.fromisoformat(str(item.get(name)))


def days_late(item: Node) -> Iterator[DoesNotAddUp]:
    """Each stretch of days times its amount, the running column, and the sum below."""
    so_far, days = Fraction(0), 0
    for row in item.children:
        if row.kind == "late_run":
            count = row.get("count")
            number = count if isinstance(count, int) else 0
            total = number * row.number("each").value
            yield from wrong("the sum of a stretch of days", row.number("sum").value, total)
            so_far, days = so_far + total, days + number
            yield from wrong("the running sum of the days", row.number("so_far").value, so_far)
            listed = (
                date.fromisoformat(str(row.get("last"))) - date.fromisoformat(str(row.get("first")))
            ).days + 1
            if number > listed:
                yield from wrong("the days of a stretch", number, listed)
        elif row.kind == "late_days.more":
            more = row.get("days")
            so_far += row.number("sum").value
            days += more if isinstance(more, int) else 0
        elif row.kind == "late_days.total":
            yield from wrong("the days late", row.get("days"), days)
            yield from wrong("the sum of the days late", row.number("value").value, so_far)


def folds(item: Node) -> Iterator[DoesNotAddUp]:
    """A sum of values; the rank of a percentile; a value between two others."""
    value = item.number("value")
    if item.kind in {"fold.sum", "fold.sum.many"}:
        parts = item.get("parts")
        listed = [one.value for one in parts if isinstance(one, Quantity)] if isinstance(parts, tuple) else []
        yield from wrong("the sum of the values", value.value, sum(listed, Fraction(0)), value.type)
    elif item.kind == "fold.rank":
        count, rank = item.get("count"), item.get("rank")
        exact = item.number("percent").value * (count if isinstance(count, int) else 0)
        yield from wrong("the rank", item.number("exact").value, exact)
        yield from wrong("the rank, rounded up", rank, -(-exact.numerator // exact.denominator))
    else:
        less = item.get("less")
        rank_ = 1 + item.number("percent").value * (less if isinstance(less, int) else 0)
        yield from wrong("the rank", item.number("rank").value, rank_)
        low, high, part = (item.number(name).value for name in ("low", "high", "part"))
        yield from wrong("the value between two others", value.value, low + part * (high - low), value.type)
