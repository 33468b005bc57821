"""Exact quantities and instants go in; numbers as a person with a pencil writes them come out, in English or Chinese."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.values import instant as moments
from slalang.values.zone import HOUR, MINUTE, SECOND, load, offset_at

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import Quantity

WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
WHOLE_UNITS = {"JPY", "KRW", "VND", "CLP", "ISK"}  # currencies without a minor unit (ISO 4217)
CURRENCY = 3  # letters of an ISO 4217 code: other units (vouchers, goods) are counted as they are
FEWEST, MOST = 2, 9  # digits after the point of a number that does not end
MINUS = "−"


def quantity(value: Quantity, language: Language) -> str:
    """A quantity in its own unit: `4 h 12 min`, `94.9 %`, `10,000.00 CNY`, `3 working days`; `≈` where digits were cut."""
    sort, _, unit = value.type.partition(":")
    number = value.value
    match sort:
        case "duration":
            return (
                duration(int(number), language) if number.denominator == 1 else _parts_of_us(number, language)
            )
        case "ratio":
            return percent(number, language)
        case "points":
            word = (
                "个百分点"
                if language == "zh"
                else "percentage point"
                if abs(number) == Fraction(1, 100)
                else "percentage points"
            )
            return f"{decimal(number * 100)} {word}"
        case "amount" if unit == "hours":
            return f"{decimal(value.value)} {'小时' if language == 'zh' else 'h'}"
        case "amount" if unit in {"days", "working days"}:
            return days(number, "civil" if unit == "days" else "workdays", language)
        case "amount":
            return money(number, unit)
        case "civil" | "workdays":
            return days(number, sort, language)
        case "months":
            word = "个月" if language == "zh" else "month" if abs(number) == 1 else "months"
            return f"{decimal(number)} {word}"
        case "bool":
            return ("是" if number else "否") if language == "zh" else ("yes" if number else "no")
        case _:
            return decimal(number)


def signed(value: Quantity, language: Language) -> str:
    """The quantity with `+` before a positive number."""
    text = quantity(value, language)
    return f"+{text}" if value.value > 0 else text


def duration(us: int, language: Language) -> str:
    """An exact duration in hours, minutes and seconds: `26 h 0.5 s`, `4 小时 12 分钟`. Never days: a day is not always 24 h."""
    hours, left = divmod(abs(us), HOUR)
    minutes, left = divmod(left, MINUTE)
    units = ("h", "min", "s") if language == "en" else ("小时", "分钟", "秒")
    seconds = decimal(Fraction(left, SECOND))
    pieces = [f"{_grouped(str(hours))} {units[0]}"] if hours else []
    pieces += [f"{minutes} {units[1]}"] if minutes else []
    if left:
        pieces.append(f"{seconds} {units[2]}")
    if not pieces:
        return f"0 {units[1]}"
    return (MINUS if us < 0 else "") + " ".join(pieces)


def days(number: Fraction, sort: str, language: Language) -> str:
    """Civil or working days."""
    amount = decimal(number)
    if language == "zh":
        return f"{amount} {'个工作日' if sort == 'workdays' else '天'}"
    unit = "day" if abs(number) == 1 else "days"
    return f"{amount} {'working ' if sort == 'workdays' else ''}{unit}"


def percent(number: Fraction, language: Language) -> str:
    """A ratio as a percentage, `94.9 %` (`94.9%` in Chinese); one that does not end is marked: `≈ 94.904 %`."""
    return f"{decimal(number * 100)}{'' if language == 'zh' else ' '}%"


def money(number: Fraction, unit: str) -> str:
    """An amount in its unit, currencies to the minor place and further where the exact amount goes further."""
    fewest = 0 if len(unit) != CURRENCY or unit in WHOLE_UNITS else 2
    return f"{decimal(number, fewest)} {unit}".strip()


def decimal(number: Fraction, fewest: int = 0) -> str:
    """A number in digits with thousands commas, exact where it ends within nine places.

    Else cut with `≈` at the first place, from the second on, whose digit is not zero: 95 % is never shown for 94.9999 %.
    """
    for places in range(fewest, MOST + 1):
        if (number * 10**places).denominator == 1:
            return _digits(number, places)
    places = FEWEST
    while _rounded(number, places) % 10 == 0 and places < 3 * MOST:
        places += 1
    return f"≈ {_digits(number, places)}"


def instant(us: int, zone: str, language: Language, *, day: bool = True) -> str:
    """A moment in a zone: `Mon 2026-03-02 09:15`, `2026-03-02 周一 09:15`; seconds where they are not zero.

    A local time that the clocks show twice carries its offset. `day=False` leaves the date out.
    """
    where = load(zone)
    local = moments.as_datetime(us, where)
    clock = f"{local:%H:%M}"
    if local.second or local.microsecond:
        clock += f":{local:%S}" + (f".{local.microsecond:06d}".rstrip("0") if local.microsecond else "")
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        clock += f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5]
    if not day:
        return clock
    name = WEEKDAYS[language][local.weekday()]
    date = f"{local.year:04d}-{local:%m-%d}"
    return f"{name} {date} {clock}" if language == "en" else f"{date} {name} {clock}"


def deadline(us: int, zone: str, language: Language) -> str:
    """A moment until which something can be done: as `instant`, but a midnight is the end of the day before it."""
    where = load(zone)
    last = moments.as_datetime(us - 1, where).date()
    if (
        moments.as_datetime(us, where).date() == last
        or moments.day_start(last + timedelta(days=1), where) != us
    ):
        return instant(us, zone, language)
    name = WEEKDAYS[language][last.weekday()]
    return f"the end of {name} {last.isoformat()}" if language == "en" else f"{last.isoformat()} {name} 24:00"


def clocks_changed(start: int, end: int, zone: str, language: Language) -> str:
    """How the zone's clocks were changed between two moments: `clocks went forward 1 h`; empty where they were not."""
    where = load(zone)
    moved = offset_at(where, end) - offset_at(where, start)
    if not moved:
        return ""
    size = duration(abs(moved), language)
    if language == "zh":
        return f"时钟拨{'快' if moved > 0 else '慢'} {size}"
    return f"clocks went {'forward' if moved > 0 else 'back'} {size}"


def _rounded(number: Fraction, places: int) -> int:
    """The number times 10^places, to the nearest integer, half away from zero."""
    scaled = abs(number) * 10**places
    whole: int = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -whole if number < 0 else whole


def _digits(number: Fraction, places: int) -> str:
    whole = _rounded(number, places)
    digits = str(abs(whole)).rjust(places + 1, "0")
    text = _grouped(digits[: len(digits) - places])
    if places:
        text += "." + digits[len(digits) - places :]
    return (MINUS if whole < 0 else "") + text


def _grouped(digits: str) -> str:
    return f"{int(digits):,}"


def _parts_of_us(number: Fraction, language: Language) -> str:
    """A mean duration that is no whole number of µs, in seconds with the mark of a cut number."""
    whole = _rounded(number, 0)
    return f"≈ {duration(whole, language)}"
