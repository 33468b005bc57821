"""A time zone's name goes in; out come the zone and its UTC offsets as exact integers over a span of time."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slalang.values.time_error import TimeError

# Names that exist on some machines and mean something else on each, or count leap seconds.
_OF_THE_MACHINE = re.compile(r"(?:localtime|posixrules|Factory)\Z|(?:right|posix)/")
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
# The instants that a datetime can hold in UTC: the first of year 1 up to and without the first of year 10000.
FIRST = (1 - EPOCH_ORDINAL) * DAY
END = (3_652_060 - EPOCH_ORDINAL) * DAY

_FIXED = re.compile(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)\Z")
# Offsets are looked up every two days and the change between two unlike ones is found by halving. The shortest time
# between two changes of offset in the tz database is 95 h 40 min (Africa/Freetown, 1939): no change is stepped over.
_PROBE = 2 * DAY
# Near the ends of the calendar a local time may not fit a datetime; offsets there are those of a day further in.
_SAFE_FIRST = FIRST + DAY
FAR_YEARS = 2400
_SAFE_LAST = END - DAY - 1


def load(name: object, place: str = "zone") -> tzinfo:
    """The zone of an IANA name (`Asia/Shanghai`) or of a fixed offset (`+08:00`, `UTC-05:00`).

    Raises:
        TimeError: `SLA-E0805`, no such zone.
    """
    if isinstance(name, str):
        fixed = _FIXED.match(name)
        if fixed and int(fixed[2]) < 24 and int(fixed[3]) < 60:
            offset = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
            return timezone(offset if fixed[1] == "+" else -offset, name)
        try:
            if not _OF_THE_MACHINE.match(name):
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise TimeError(
        "SLA-E0805",
        f"`{name}` is not a known time zone",
        f"`{name}` 不是已知的时区",
        fix_en="write an IANA name such as `Asia/Shanghai` or `America/New_York`, or an offset such as `+08:00`",
        fix_zh="请写 IANA 时区名，例如 `Asia/Shanghai`、`America/New_York`，或偏移量，例如 `+08:00`",
        place=place,
    )


def offset_at(zone: tzinfo, instant: int) -> int:
    """The offset from UTC in µs that is in force in `zone` at `instant` (µs since the epoch)."""
    held = min(max(instant, _SAFE_FIRST), _SAFE_LAST)
    local = (EPOCH + timedelta(microseconds=held)).astimezone(zone)
    offset = local.utcoffset() or timedelta(0)
    return (offset.days * 86_400 + offset.seconds) * SECOND + offset.microseconds


@lru_cache(maxsize=2048)
def offsets(zone: tzinfo, year: int) -> tuple[tuple[int, int], ...]:
    """The offsets in force in the UTC year: pairs (first instant in µs, offset in µs), the first at the year's start."""
    start, end = year_start(year), year_start(year + 1)
    if isinstance(zone, timezone):
        return ((start, offset_at(zone, start)),)
    like = far_year(year)
    if like != year:
        shift = start - year_start(like)
        return tuple((at + shift, offset) for at, offset in offsets(zone, like))
    offset = offset_at(zone, start)
    found = [(start, offset)]
    probe = start
    while probe < end:
        after = min(probe + _PROBE, end)
        # The year's last instant, not the next year's first, which belongs to the next table.
        latest = offset_at(zone, after - 1 if after == end else after)
        if latest != offset:
            change = change_between(zone, probe, after, offset)
            if change < end:
                found.append((change, latest))
            offset = latest
        probe = after
    return tuple(found)


def far_year(year: int) -> int:
    """A year of 2400 to 2427 that has the same weekdays as a later one, or the year itself when it is earlier.

    The tz database lists changes one by one up to 2087 at most; after that each zone follows one rule for ever, made
    of months, weekdays and times, so years that begin on the same weekday and are both leap or not are alike.
    """
    if year < FAR_YEARS + 28:
        return year
    shape = (date(year, 1, 1).weekday(), isleap(year))
    return next(y for y in range(FAR_YEARS, FAR_YEARS + 28) if (date(y, 1, 1).weekday(), isleap(y)) == shape)


def change_between(zone: tzinfo, low: int, high: int, before: int) -> int:
    """The first whole second in (low, high] at which the offset is no longer `before`."""
    low_s, high_s = low // SECOND, -(-high // SECOND)
    while high_s - low_s > 1:
        middle = (low_s + high_s) // 2
        if offset_at(zone, middle * SECOND) == before:
            low_s = middle
        else:
            high_s = middle
    return high_s * SECOND


def year_start(year: int) -> int:
    """The first instant of a year in UTC, µs since the epoch; year 10000 gives the end of time."""
    if year > 9999:
        return END
    return (datetime(year, 1, 1, tzinfo=UTC).toordinal() - EPOCH_ORDINAL) * DAY


def year_of(instant: int) -> int:
    """The UTC year that holds the instant, which must lie in years 1 to 9999."""
    return datetime.fromordinal(instant // DAY + EPOCH_ORDINAL).year


def as_date(ordinal: int) -> date:
    """The date of a proleptic ordinal, 1 being 0001-01-01."""
    return date.fromordinal(ordinal)
