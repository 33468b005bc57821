"""Civil dates and lengths in years, months and days go in; the date that lies so far away, or the period, comes out."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from slalang.values.instant import day_start
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.values.interval import Interval

MonthEnd = Literal["last_day", "first_of_next", "error"]
Unit = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """A civil length: years, months, weeks and days, all of one sign or zero. Its length in hours is not fixed."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __neg__(self) -> Span:
        """The same length backward."""
        return Span(-self.years, -self.months, -self.weeks, -self.days)

    @property
    def all_months(self) -> int:
        """Years and months as months."""
        return 12 * self.years + self.months

    @property
    def all_days(self) -> int:
        """Weeks and days as days."""
        return 7 * self.weeks + self.days

    @property
    def sign(self) -> int:
        """1 forward, -1 backward, 0 nothing.

        Raises:
            TimeError: `SLA-E0823`, parts that point both ways.
        """
        signs = {(part > 0) - (part < 0) for part in (self.years, self.months, self.weeks, self.days)} - {0}
        if len(signs) > 1:
            raise TimeError("SLA-E0823", "a civil length points both ways", "日历期间的方向不一致")
        return signs.pop() if signs else 0


_PLAIN = re.compile(r"(-?)P(?:([0-9]+)M)?(?:([0-9]+)D)?", re.ASCII)


def format(months: int, days: int) -> str:  # noqa: A001 - the pair of `parse`
    """The ISO 8601 text of a length in months and days of one sign: `P7D`, `P1M15D`, `-P3M`, `P0D`."""
    sign = "-" if months < 0 or days < 0 else ""
    text = (f"{abs(months)}M" if months else "") + (f"{abs(days)}D" if days or not months else "")
    return f"{sign}P{text}"


def parse(text: str) -> tuple[int, int] | None:
    """The months and days of a text that `format` made; None where it is none."""
    found = _PLAIN.fullmatch(text)
    if found is None or found[2] is None is found[3]:
        return None
    sign = -1 if found[1] else 1
    return sign * int(found[2] or 0), sign * int(found[3] or 0)


def add(day: date, span: Span, mode: MonthEnd = "last_day") -> date:
    """The date a civil length after `day` (before it where negative): years and months with one rounding, then days.

    Raises:
        TimeError: `SLA-E0830`, there is no such day in that month and `mode` is `error`; `SLA-E0824`, not in the years
            0001 to 9999.
    """
    moved = add_months(day, span.all_months, mode) if span.all_months else day
    try:
        return moved + timedelta(days=span.all_days)
    except OverflowError:
        raise _outside(day) from None


def add_months(day: date, months: int, mode: MonthEnd = "last_day") -> date:
    """The corresponding day `months` later: the day of the same number.

    Where that month has no such day it is its last day (PRC Civil Code, art. 202), the first of the next month, or an
    error.

    Raises:
        TimeError: as `add`.
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise _outside(day)
    longest = monthrange(year, month + 1)[1]
    if day.day <= longest:
        return date(year, month + 1, day.day)
    if mode == "error":
        raise TimeError(
            "SLA-E0830",
            f"{year:04}-{month + 1:02} has no day {day.day}, the day that corresponds to {day}",
            f"{year:04}-{month + 1:02} 没有与 {day} 对应的 {day.day} 日",
            fix_en="say what holds then: the last day of the month, or the first of the next",
            fix_zh="请约定此时取该月最后一日，还是次月第一日",
        )
    last = date(year, month + 1, longest)
    if mode == "last_day":
        return last
    if last == date.max:
        raise _outside(day)
    return last + timedelta(days=1)


def has_corresponding_day(day: date, span: Span) -> bool:
    """Whether years and months from `day` reach a day of the same number without rounding."""
    return add_months(day, span.all_months).day == day.day


@dataclass(frozen=True, slots=True)
class Cycle:
    """Periods without gaps, numbered from the one that begins on the anchor (0), both ways.

    Each begins `months` months or `days` days after the one before; every beginning is computed from the anchor, so a
    cycle that begins on the 31st keeps to the ends of months.
    """

    anchor: date
    months: int = 0
    days: int = 0
    mode: MonthEnd = "last_day"

    def __post_init__(self) -> None:
        """Refuse a cycle of no length, or of months and days at once."""
        if (self.months > 0) == (self.days > 0) or min(self.months, self.days) < 0:
            raise TimeError(
                "SLA-E0823", "a cycle has a length in months or in days", "周期应以月或以日计", place="cycle"
            )

    def start(self, number: int) -> date:
        """The first day of a period.

        Raises:
            TimeError: as `add`.
        """
        return add(self.anchor, Span(months=self.months * number, days=self.days * number), self.mode)

    def number(self, day: date) -> int:
        """The number of the period that holds the day."""
        if self.days:
            return (day.toordinal() - self.anchor.toordinal()) // self.days
        apart = 12 * (day.year - self.anchor.year) + day.month - self.anchor.month
        number = apart // self.months + 1
        while self._starts_after(number, day):
            number -= 1
        return number

    def _starts_after(self, number: int, day: date) -> bool:
        # The year after 9999 and the rounding of day 31 are both settled by the month alone.
        months = 12 * self.anchor.year + self.anchor.month - 1 + self.months * number
        if months // 12 > 9999:
            return True
        return self.start(number) > day

    def period(self, number: int) -> tuple[date, date]:
        """The first day of a period and the first day after it."""
        return self.start(number), self.start(number + 1)

    def holding(self, day: date) -> tuple[date, date]:
        """The period that holds the day."""
        return self.period(self.number(day))

    def starts(self, first: date, last: date) -> Iterator[date]:
        """The beginnings of periods from `first` to `last`, both included: a recurring date."""
        number = self.number(first)
        if self.start(number) < first:
            number += 1
        while not self._starts_after(number, last):
            yield self.start(number)
            number += 1

    def instants(self, number: int, zone: tzinfo) -> Interval:
        """A period in µs: from 00:00 of its first day in the zone to 24:00 of its last."""
        first, end = self.period(number)
        return day_start(first, zone), day_start(end, zone)


# 0001-01-01 is a Monday and begins a month, a quarter and a year.
_BEGINNING = date(1, 1, 1)
CYCLES: dict[Unit, Cycle] = {
    "day": Cycle(_BEGINNING, days=1),
    "week": Cycle(_BEGINNING, days=7),
    "month": Cycle(_BEGINNING, months=1),
    "quarter": Cycle(_BEGINNING, months=3),
    "year": Cycle(_BEGINNING, months=12),
}


def name_of(unit: Unit, first: date) -> str:
    """The usual name of a calendar period by its first day: `2026-03`, `2026-Q1`, `2026-W10` (ISO), `2026`, `2026-03-02`."""
    match unit:
        case "day":
            return first.isoformat()
        case "week":
            year, week, _ = first.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{first.year:04}-{first.month:02}"
        case "quarter":
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        case "year":
            return f"{first.year:04}"


def nth_day(first: date, end: date, number: int) -> date:
    """The n-th day of a period that stops before `end`; from its end where negative.

    Raises:
        TimeError: `SLA-E0830`, the period is shorter, or zero was asked.
    """
    length = (end - first).days
    if not number or abs(number) > length:
        raise TimeError(
            "SLA-E0830",
            f"the period from {first} has no day number {number}",
            f"自 {first} 起的期间没有第 {number} 日",
        )
    return first + timedelta(days=number - 1) if number > 0 else end + timedelta(days=number)


def term(first: date, last: date, zone: tzinfo) -> Interval:
    """A term from one date to another, both included, in µs.

    Raises:
        TimeError: `SLA-E0830`, it ends before it begins.
    """
    if last < first:
        raise TimeError(
            "SLA-E0830",
            f"the term from {first} to {last} ends before it begins",
            f"期限自 {first} 至 {last}，结束早于开始",
        )
    return day_start(first, zone), day_end(last, zone)


def day_end(day: date, zone: tzinfo) -> int:
    """24:00 of a date in a zone, in µs.

    Raises:
        TimeError: `SLA-E0824`, the last day of year 9999.
    """
    if day == date.max:
        raise _outside(day)
    return day_start(day + timedelta(days=1), zone)


def _outside(day: date) -> TimeError:
    return TimeError(
        "SLA-E0824",
        f"the date counted from {day} lies outside the years 0001 to 9999",
        f"自 {day} 起算的日期超出公元 1 年至 9999 年的范围",
    )
