"""RFC 3339 text and local date-times go in; instants come out as integer microseconds since the epoch, and back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from slalang.values.time_error import TimeError
from slalang.values.zone import DAY, END, EPOCH, EPOCH_ORDINAL, FIRST, SECOND, change_between

Gap = Literal["refuse", "shift", "next"]
Overlap = Literal["refuse", "first", "second"]

_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.([0-9]+))?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_LEAP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:60")


def parse(text: str) -> int:
    """The instant of an RFC 3339 text, in µs since the epoch.

    The offset (or `Z`) is required. A fraction may have any number of digits so long as those after the sixth are
    zeros: finer time is refused, never cut off.

    Raises:
        TimeError: `SLA-E0820` not such a text, a day that does not exist, a leap second or finer than a microsecond;
            `SLA-E0824` outside the years 0001 to 9999.
    """
    shape = _RFC3339.fullmatch(text)
    if shape is None:
        raise _unreadable(text)
    fraction = shape[1]
    exact = text
    if fraction is not None and len(fraction) != 6:
        if fraction[6:].strip("0"):
            raise TimeError(
                "SLA-E0820",
                f"`{_short(text)}` is finer than a microsecond",
                f"`{_short(text)}` 的精度超过了微秒",
                fix_en="give at most six digits after the point",
                fix_zh="小数点后最多写六位",
            )
        exact = text.replace("." + fraction, "." + fraction[:6].ljust(6, "0"), 1)
    try:
        moment = datetime.fromisoformat(exact.upper())
    except ValueError:
        raise _unreadable(text) from None
    if 1 < moment.year < 9999:
        return microseconds(moment - EPOCH)
    instant = naive_us(moment) - microseconds(moment.utcoffset() or timedelta(0))
    if not FIRST <= instant < END:
        raise outside(_short(text))
    return instant


def format(instant: int, zone: tzinfo = UTC) -> str:  # noqa: A001 - the pair of `parse`
    """The RFC 3339 text of an instant in a zone: no fraction, or three or six digits of it; `Z` in UTC.

    Where the zone's offset then was not a whole minute (old local mean time), which RFC 3339 cannot say, the text is
    in UTC.
    """
    moment = as_datetime(instant, zone)
    offset = moment.utcoffset() or timedelta(0)
    if offset.seconds % 60 or offset.microseconds:
        moment = as_datetime(instant, UTC)
    if moment.tzname() == "UTC":
        return _with_fraction(moment) + "Z"
    return _with_fraction(moment) + moment.isoformat(timespec="seconds")[19:]


def _with_fraction(moment: datetime) -> str:
    finest = "seconds"
    if moment.microsecond:
        finest = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.replace(tzinfo=None).isoformat(timespec=finest)


def as_datetime(instant: int, zone: tzinfo = UTC) -> datetime:
    """The instant as an aware datetime in the zone.

    Raises:
        TimeError: `SLA-E0824`, the local time is outside the years 0001 to 9999.
    """
    try:
        return (EPOCH + timedelta(microseconds=instant)).astimezone(zone)
    except OverflowError:
        raise outside(f"{instant} µs") from None


def local(instant: int, zone: tzinfo, *, end: bool = False) -> str:
    """Microseconds since the epoch as the clock in `zone` shows them, for people: 2009-03-10 16:05; as an `end`, midnight is 24:00 of the day before."""
    moment = as_datetime(instant, zone).replace(tzinfo=None)
    if end and moment.time() == time.min:
        return f"{(moment - timedelta(days=1)).date()} 24:00"
    exact = "minutes" if not (moment.second or moment.microsecond) else "auto"
    return moment.isoformat(sep=" ", timespec=exact)


def from_datetime(moment: datetime, place: str = "") -> int:
    """The instant of an aware datetime, in µs since the epoch.

    A local time in a repeated hour is told apart by its `fold`, one that the clock skipped is read with the offset
    before the change, as Python reads it.

    Raises:
        TimeError: `SLA-E0810`, not a datetime, or one without an offset; `SLA-E0824`, outside the years 0001 to 9999.
    """
    if not isinstance(moment, datetime):
        raise TimeError(
            "SLA-E0810",
            f"expected a date and time with a zone, found {_kind(moment)}",
            f"此处需要带时区的日期时间，得到的是{_kind_zh(moment)}",
            fix_en="pass a `datetime` with a `tzinfo`",
            fix_zh="请传入带 `tzinfo` 的 `datetime`",
            place=place,
        )
    offset = moment.utcoffset()
    if offset is None:
        raise TimeError(
            "SLA-E0810",
            f"`{moment.isoformat()}` has no time zone, so it is not an instant",
            f"`{moment.isoformat()}` 没有时区，不能确定是哪一刻",
            fix_en="add one, for example `moment.replace(tzinfo=ZoneInfo('Asia/Shanghai'))`",
            fix_zh="请加上时区，例如 `moment.replace(tzinfo=ZoneInfo('Asia/Shanghai'))`",
            place=place,
        )
    instant = naive_us(moment) - microseconds(offset)
    if not FIRST <= instant < END:
        raise outside(moment.isoformat())
    return instant


def naive_us(moment: datetime) -> int:
    """The reading of a datetime's wall clock in µs since 1970-01-01 00:00 on that wall; its zone is not looked at."""
    days = moment.toordinal() - EPOCH_ORDINAL
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return days * DAY + seconds * SECOND + moment.microsecond


def microseconds(span: timedelta) -> int:
    """A timedelta as an exact number of µs."""
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def from_local(naive: datetime, zone: tzinfo, *, gap: Gap = "refuse", overlap: Overlap = "refuse") -> int:
    """The instant at which the zone's clocks show a local date and time.

    Args:
        naive: the local date and time, without a zone.
        zone: whose clocks.
        gap: a time that the clocks skip: `refuse` it, `shift` it on by the length of the gap (02:30 is 03:30), or take
            the `next` instant that exists (03:00).
        overlap: a time that the clocks show twice: `refuse` it, or take the `first` or the `second`.

    Raises:
        TimeError: `SLA-E0821` skipped, `SLA-E0822` shown twice, `SLA-E0824` outside the years 0001 to 9999.
    """
    reading = naive_us(naive)
    first, second = (
        microseconds(naive.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)) for fold in (0, 1)
    )
    early, late = reading - first, reading - second
    if first == second:
        instant = early
    elif first < second:
        if gap == "refuse":
            raise _skipped(naive, zone)
        # Read with the offset before the change, a skipped time lies after the change by as much as it was skipped.
        instant = early if gap == "shift" else change_between(zone, late - 1, early, first)
    else:
        if overlap == "refuse":
            raise _twice(naive, zone)
        instant = early if overlap == "first" else late
    if not FIRST <= instant < END:
        raise outside(naive.isoformat())
    return instant


def day_start(day: date, zone: tzinfo) -> int:
    """The instant from which on the zone's local date is `day` or later; the `24:00` of the day before.

    Where midnight is skipped it is the change itself; where the clocks go back over midnight, so that the day before
    begins to end twice, it is the second end.

    Raises:
        TimeError: `SLA-E0824`, outside the years 0001 to 9999.
    """
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall reading
    first = from_local(midnight, zone, gap="next", overlap="first")
    second = from_local(midnight, zone, gap="next", overlap="second")
    if first == second:
        return first
    offset = naive_us(midnight) - first
    change = change_between(zone, first, second, offset)
    after = change + naive_us(midnight) - second
    return second if after < naive_us(midnight) else first


def outside(what: str) -> TimeError:
    """The refusal of a time that no calendar date can hold."""
    return TimeError(
        "SLA-E0824",
        f"`{what}` lies outside the years 0001 to 9999",
        f"`{what}` 超出公元 1 年至 9999 年的范围",
    )


def _unreadable(text: str) -> TimeError:
    shown = _short(text)
    if _LEAP.match(text):
        return TimeError(
            "SLA-E0820",
            f"`{shown}` is a leap second, which has no number of its own",
            f"`{shown}` 是闰秒，没有自己的时刻编号",
            fix_en="write second 59, or the first second of the next minute",
            fix_zh="请写第 59 秒，或下一分钟的第 0 秒",
        )
    return TimeError(
        "SLA-E0820",
        f"`{shown}` is not a date and time with an offset",
        f"`{shown}` 不是带偏移量的日期时间",
        fix_en="write it like `2026-03-02T09:15:00+08:00` or `2026-03-02T01:15:00Z`",
        fix_zh="请写成 `2026-03-02T09:15:00+08:00` 或 `2026-03-02T01:15:00Z`",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def _skipped(naive: datetime, zone: tzinfo) -> TimeError:
    return TimeError(
        "SLA-E0821",
        f"the clocks of `{zone}` skip `{naive.isoformat(' ')}`",
        f"`{zone}` 的时钟跳过了 `{naive.isoformat(' ')}`",
        fix_en="write a time that exists, or give the offset",
        fix_zh="请写一个存在的时刻，或写出偏移量",
    )


def _twice(naive: datetime, zone: tzinfo) -> TimeError:
    return TimeError(
        "SLA-E0822",
        f"the clocks of `{zone}` show `{naive.isoformat(' ')}` twice",
        f"`{zone}` 的时钟会两次显示 `{naive.isoformat(' ')}`",
        fix_en="give the offset, or say whether the first or the second is meant",
        fix_zh="请写出偏移量，或说明是第一次还是第二次",
    )


def _kind(value: object) -> str:
    return {"str": "a text", "int": "a number", "float": "a number", "date": "a date without a time"}.get(
        type(value).__name__, f"`{type(value).__name__}`"
    )


def _kind_zh(value: object) -> str:
    return {"str": "文本", "int": "数字", "float": "数字", "date": "没有时间的日期"}.get(
        type(value).__name__, f" `{type(value).__name__}`"
    )


def with_offset(moment: datetime, offset: timedelta) -> datetime:
    """The same instant with a plain offset in place of a zone, the zone's abbreviation kept."""
    name = moment.tzname() or ""
    return moment.replace(tzinfo=timezone(offset, name) if name else timezone(offset), fold=0)
