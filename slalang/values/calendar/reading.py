"""A calendar's dictionary goes in; its zone and timetable come out, or the first thing in it that cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from difflib import get_close_matches
from typing import Literal

from slalang.values.calendar import errors
from slalang.values.calendar.timetable import END_DAY, FIRST_DAY, Timetable
from slalang.values.interval import Interval, intersect, union
from slalang.values.time_error import TimeError
from slalang.values.zone import DAY, HOUR, MINUTE, SECOND, load

KEYS = ("zone", "weekly", "holidays", "overrides", "breaks", "valid_from", "valid_to", "years")
_NAMES = (
    ("mon", "monday", "周一", "星期一"),
    ("tue", "tuesday", "周二", "星期二"),
    ("wed", "wednesday", "周三", "星期三"),
    ("thu", "thursday", "周四", "星期四"),
    ("fri", "friday", "周五", "星期五"),
    ("sat", "saturday", "周六", "星期六"),
    ("sun", "sunday", "周日", "星期日", "周天", "星期天"),
)
WEEKDAYS = {name: number for number, names in enumerate(_NAMES) for name in names}
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?(?:\+([0-7]))?")
_MOST_A_DAY = 1440  # one for each minute: more is a mistake, and years of it would fill the memory
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Read:
    """What a dictionary said."""

    zone: tzinfo
    table: Timetable


def from_dict(given: Mapping[str, object]) -> Read:
    """Read a calendar's dictionary (see `Calendar.from_dict` for its keys).

    Raises:
        CalendarError: a key, weekday, time, interval, date, year or zone that cannot be taken, with its place.
    """
    if not isinstance(given, Mapping):
        raise errors.bad_shape("a calendar is a dictionary", "日历应为字典", "")
    for key in given:
        if key not in KEYS:
            close = get_close_matches(str(key), KEYS, n=1)
            raise errors.unknown_key(key, KEYS, close[0] if close else None)
    if "zone" not in given:
        raise errors.bad_shape("a calendar needs its time zone", "日历需要写明时区", "zone")
    return Read(
        zone=zone_of(given["zone"]),
        table=Timetable(
            weekly=_weekly(given.get("weekly", {})),
            holidays=_holidays(given.get("holidays", ())),
            overrides=_dated_hours(given.get("overrides", {}), "overrides"),
            breaks=_dated_hours(given.get("breaks", {}), "breaks"),
            known=_known(given),
        ),
    )


def joined(given: Mapping[str, object]) -> Literal["union", "intersection"] | None:
    """How a calendar is put together of others; None where it states hours of its own.

    Raises:
        CalendarError: it is no dictionary.
    """
    if not isinstance(given, Mapping):
        raise errors.bad_shape("a calendar is a dictionary", "日历应为字典", "")
    return "union" if "union" in given else "intersection" if "intersection" in given else None


def parts(given: Mapping[str, object], how: str) -> list[Mapping[str, object]]:
    """The dictionaries of the calendars that one is put together of.

    Raises:
        CalendarError: there are none, or something else stands beside them than the zone.
    """
    for key in given:
        if key not in {"zone", how}:
            raise errors.unknown_key(key, ("zone", how), None)
    if "zone" not in given:
        raise errors.bad_shape("a calendar needs its time zone", "日历需要写明时区", "zone")
    found = given[how]
    if not isinstance(found, Sequence) or not found or not all(isinstance(one, Mapping) for one in found):
        raise errors.bad_shape("expected a list of calendars", "此处应为日历列表", how)
    return list(found)


def zone_of(name: object) -> tzinfo:
    """The zone of a name or an offset.

    Raises:
        CalendarError: `SLA-E0805`.
    """
    try:
        return load(name)
    except TimeError as bad:
        raise errors.as_calendar_error(bad) from None


def _weekly(given: object) -> tuple[tuple[Interval, ...], ...]:
    days: dict[int, tuple[Interval, ...]] = {}
    for name, hours in _mapping(given, "weekly").items():
        weekday = WEEKDAYS.get(name.strip().lower()) if isinstance(name, str) else None
        if weekday is None:
            raise errors.bad_weekday(name, f"weekly.{name}")
        if weekday in days:
            raise errors.twice(name, f"weekly.{name}")
        days[weekday] = _hours(hours, f"weekly.{name}")
    return tuple(days.get(weekday, ()) for weekday in range(7))


def _holidays(given: object) -> frozenset[int]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise errors.bad_shape("expected a list of dates", "此处应为日期列表", "holidays")
    days: set[int] = set()
    for number, value in enumerate(given):
        place = f"holidays[{number}]"
        day = _date(value, place).toordinal()
        if day in days:
            raise errors.twice(value, place)
        days.add(day)
    return frozenset(days)


def _dated_hours(given: object, key: str) -> dict[int, tuple[Interval, ...]]:
    days: dict[int, tuple[Interval, ...]] = {}
    for value, hours in _mapping(given, key).items():
        place = f"{key}.{value}"
        day = _date(value, place).toordinal()
        if day in days:
            raise errors.twice(value, place)
        days[day] = _hours(hours, place)
    return days


def _known(given: Mapping[str, object]) -> tuple[Interval, ...]:
    """The ranges of dates that are both within the validity and in the years known."""
    first = _date(given["valid_from"], "valid_from").toordinal() if "valid_from" in given else FIRST_DAY
    last = _date(given["valid_to"], "valid_to").toordinal() if "valid_to" in given else END_DAY - 1
    if last < first:
        raise errors.bad_shape(
            "`valid_to` lies before `valid_from`", "`valid_to` 早于 `valid_from`", "valid_to"
        )
    known = [(first, last + 1)]
    if "years" in given:
        known = intersect(known, _years(given["years"]))
        if not known:
            raise errors.bad_shape(
                "no date is both valid and in `years`", "没有既有效又在 `years` 内的日期", "years"
            )
    return tuple(known)


def _years(given: object) -> list[Interval]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise errors.bad_shape("expected a list of years", "此处应为年份列表", "years")
    found: set[int] = set()
    for number, year in enumerate(given):
        place = f"years[{number}]"
        if not isinstance(year, int) or isinstance(year, bool) or not 1 <= year <= 9999:
            raise errors.bad_shape(f"`{year}` is not a year", f"`{year}` 不是年份", place)
        if year in found:
            raise errors.twice(year, place)
        found.add(year)
    return union((date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1) for year in found)


def _hours(given: object, place: str) -> tuple[Interval, ...]:
    """The hours of a day as a union: they may be written overlapping, touching, or in any order."""
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise errors.bad_shape(
            'expected a list of hours such as [["09:00", "17:00"]]',
            '此处应为时段列表，例如 [["09:00", "17:00"]]',
            place,
        )
    hours = tuple(union(_interval(pair, f"{place}[{number}]") for number, pair in enumerate(given)))
    if len(hours) > _MOST_A_DAY:
        raise errors.bad_shape(
            f"a day has {len(hours)} separate intervals; at most {_MOST_A_DAY} are taken",
            f"一天有 {len(hours)} 个互不相连的时段，最多 {_MOST_A_DAY} 个",
            place,
        )
    return hours


def _interval(pair: object, place: str) -> Interval:
    if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
        raise errors.bad_shape(
            'hours are a start and an end, such as ["09:00", "17:00"]',
            '时段应有开始和结束，例如 ["09:00", "17:00"]',
            place,
        )
    start, end = time_of_day(pair[0], f"{place}[0]"), time_of_day(pair[1], f"{place}[1]")
    if start % DAY == 0 and isinstance(pair[0], str) and pair[0].startswith("24"):
        raise errors.bad_time(pair[0], f"{place}[0]")
    if end <= start:
        raise errors.bad_interval(str(pair[0]), str(pair[1]), place)
    return start, end


def time_of_day(value: object, place: str) -> int:
    """The µs from midnight of `09:00`, `09:00:30.5`, `24:00`, `06:00+1` (that many dates later), or a `time`.

    Raises:
        CalendarError: `SLA-E0802`.
    """
    if isinstance(value, time) and value.tzinfo is None:
        return value.hour * HOUR + value.minute * MINUTE + value.second * SECOND + value.microsecond
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise errors.bad_time(value, place)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    fraction = int((found[4] or "").ljust(6, "0"))
    of_day = hour * HOUR + minute * MINUTE + second * SECOND + fraction
    if minute > 59 or second > 59 or of_day > DAY:
        raise errors.bad_time(value, place)
    return of_day + int(found[5] or 0) * DAY


def _date(value: object, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise errors.bad_date(value, place)


def _mapping(given: object, key: str) -> Mapping[object, object]:
    if not isinstance(given, Mapping):
        raise errors.bad_shape("expected a dictionary", "此处应为字典", key)
    return given
