"""Exact durations: integer microseconds to and from ISO 8601 text, and from timedelta."""

from __future__ import annotations

import re

from slalang.values.time_error import TimeError
from slalang.values.zone import HOUR, MINUTE, SECOND

_EXACT = re.compile(
    r"([+-]?)PT(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,]([0-9]+))?S)?", re.ASCII
)
_CIVIL = re.compile(r"[+-]?P[0-9]+[YMWD]", re.ASCII)
_LONGEST_TEXT = 64


def format(amount: int) -> str:  # noqa: A001 - the pair of `parse`
    """The ISO 8601 text of an exact duration in µs: `PT15M`, `PT26H0.5S`, `-PT5M`, `PT0S`.

    Days are never used, since a day is not always 24 hours: hours may pass 24.
    """
    sign, left = ("-", -amount) if amount < 0 else ("", amount)
    hours, left = divmod(left, HOUR)
    minutes, left = divmod(left, MINUTE)
    seconds, fraction = divmod(left, SECOND)
    text = f"{hours}H" if hours else ""
    text += f"{minutes}M" if minutes else ""
    if fraction:
        text += f"{seconds}.{fraction:06d}".rstrip("0") + "S"
    elif seconds or not text:
        text += f"{seconds}S"
    return f"{sign}PT{text}"


def parse(text: str) -> int:
    """The µs of an exact ISO 8601 duration in hours, minutes and seconds (`PT1H30M`, `-PT0.25S`).

    Raises:
        TimeError: `SLA-E0823`, not such a text, finer than a microsecond, or in days, weeks, months or years, whose
            length depends on the calendar.
    """
    found = _EXACT.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if found is None:
        raise _unreadable(text)
    sign, hours, minutes, seconds, fraction = found.groups()
    if fraction and fraction[6:].strip("0"):
        raise TimeError(
            "SLA-E0823",
            f"`{text}` is finer than a microsecond",
            f"`{text}` 的精度超过了微秒",
            fix_en="give at most six digits after the point",
            fix_zh="小数点后最多写六位",
        )
    amount = int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    amount += int((fraction or "")[:6].ljust(6, "0"))
    return -amount if sign == "-" else amount


def _unreadable(text: str) -> TimeError:
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
    if _CIVIL.match(text):
        return TimeError(
            "SLA-E0823",
            f"`{shown}` counts days or longer, which are not an exact length of time",
            f"`{shown}` 以日或更长的单位计，不是确定的时间长度",
            fix_en="write hours, such as `PT24H`, or use a civil duration",
            fix_zh="请写小时，例如 `PT24H`，或使用日历期间",
        )
    return TimeError(
        "SLA-E0823",
        f"`{shown}` is not an exact duration",
        f"`{shown}` 不是确定的时长",
        fix_en="write it like `PT15M`, `PT1H30M` or `-PT0.5S`",
        fix_zh="请写成 `PT15M`、`PT1H30M` 或 `-PT0.5S`",
    )
