from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from slalang.values import zone
from slalang.values.time_error import TimeError

HOUR = 3_600_000_000
# Changes close together: Ramadan, war time, two rules in a fortnight, seconds in the offset, a day left out.
BUSY = [
    ("Africa/Casablanca", 2026),
    ("Africa/Freetown", 1939),
    ("America/Recife", 2000),
    ("Asia/Gaza", 2040),
    ("Europe/Vienna", 1945),
    ("Asia/Shanghai", 1901),
    ("Pacific/Apia", 2011),
    ("Europe/Amsterdam", 1937),
    ("Australia/Lord_Howe", 2026),
    ("America/New_York", 2999),
    ("Africa/Casablanca", 3000),
]


def looked_up(name: str, at: int) -> int:
    moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(ZoneInfo(name))
    return (moment.utcoffset() or timedelta(0)) // timedelta(microseconds=1)


@pytest.mark.parametrize(("name", "year"), BUSY)
def test_the_offsets_of_a_year_are_those_that_python_gives_hour_by_hour_and_at_each_change(
    name: str, year: int
) -> None:
    table = zone.offsets(ZoneInfo(name), year)
    starts = [start for start, _ in table]
    at, end = zone.year_start(year), zone.year_start(year + 1)
    assert starts[0] == at
    held = dict(table)
    current = held[at]
    for hour in range(at, end, HOUR):
        current = held.get(max(start for start in starts if start <= hour))
        assert current == looked_up(name, hour)
    for start in starts[1:]:
        assert looked_up(name, start - 1) != looked_up(name, start) == held[start]


def test_any_zone_in_any_year_agrees_at_random_instants() -> None:
    chance = random.Random(20260301)
    names = sorted(available_timezones() - {"localtime"})
    for _ in range(300):
        name, year = chance.choice(names), chance.randint(1850, 2500)
        table = zone.offsets(ZoneInfo(name), year)
        for _ in range(10):
            at = chance.randrange(zone.year_start(year), zone.year_start(year + 1))
            assert max((start, offset) for start, offset in table if start <= at)[1] == looked_up(name, at), (
                name,
                at,
            )


def test_a_fixed_offset_is_a_zone() -> None:
    assert zone.offset_at(zone.load("UTC-05:00"), 0) == -5 * HOUR
    assert zone.offset_at(zone.load("+08:00"), 0) == 8 * HOUR


@pytest.mark.parametrize(
    "name",
    ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "America", "+25:00", 8, None, "Asia/Shanghai\0"],
)
def test_what_is_no_zone_is_refused(name: object) -> None:
    with pytest.raises(TimeError) as caught:
        zone.load(name)
    assert caught.value.code == "SLA-E0805"


def test_far_years_repeat_with_the_weekday_of_new_year() -> None:
    new_york = ZoneInfo("America/New_York")
    # 2999 begins on a Tuesday and is no leap year; its clocks go forward on the second Sunday of March, the 10th.
    (_, _), (spring, _), (autumn, _) = zone.offsets(new_york, 2999)
    assert spring == (datetime(2999, 3, 10, 7, tzinfo=UTC) - zone.EPOCH) // timedelta(microseconds=1)
    assert autumn == (datetime(2999, 11, 3, 6, tzinfo=UTC) - zone.EPOCH) // timedelta(microseconds=1)
