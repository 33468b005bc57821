"""Changes of the clocks, by hand: New York springs forward on 2026-03-08 at 02:00 and falls back on 2026-11-01 at 02:00."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slalang import Calendar, CalendarError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def every_day(zone: str, *rows: list[str], **options) -> Calendar:
    return Calendar.from_dict({"zone": zone, "weekly": {key: list(rows) for key in DAYS}}, **options)


def at(text: str, zone: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def hours(count: float) -> timedelta:
    return timedelta(minutes=round(count * 60))


NY = "America/New_York"


def test_a_night_shift_has_its_real_length() -> None:
    nights = every_day(NY, ["22:00", "06:00+1"])
    assert nights.elapsed(at("2026-03-07 12:00", NY), at("2026-03-08 12:00", NY)) == hours(7)
    assert nights.elapsed(at("2026-10-31 12:00", NY), at("2026-11-01 12:00", NY)) == hours(9)
    assert nights.deadline(at("2026-03-07 22:00", NY), hours(7)) == at("2026-03-08 06:00", NY)
    assert nights.deadline(at("2026-10-31 22:00", NY), hours(9)) == at("2026-11-01 06:00", NY)
    assert nights.deadline(at("2026-03-08 06:00", NY), -hours(7)) == at("2026-03-07 22:00", NY)


def test_or_on_request_the_length_that_the_wall_clock_shows() -> None:
    nights = every_day(NY, ["22:00", "06:00+1"], clock_change="wall")
    assert nights.elapsed(at("2026-03-07 12:00", NY), at("2026-03-08 12:00", NY)) == hours(8)
    assert nights.elapsed(at("2026-10-31 12:00", NY), at("2026-11-01 12:00", NY)) == hours(8)
    assert nights.deadline(at("2026-03-07 22:00", NY), hours(8)) == at("2026-03-08 06:00", NY)
    assert nights.deadline(at("2026-10-31 22:00", NY), hours(8)) == at("2026-11-01 06:00", NY)
    assert nights.deadline(at("2026-03-08 06:00", NY), -hours(8)) == at("2026-03-07 22:00", NY)
    assert nights.is_open(at("2026-03-08 03:30", NY))


def test_wall_days_keep_the_time_of_day() -> None:
    wall = every_day(NY, ["00:00", "24:00"], clock_change="wall")
    day = timedelta(days=1)
    assert wall.deadline(at("2026-03-07 12:00", NY), day) == at("2026-03-08 12:00", NY)
    assert wall.deadline(at("2026-10-31 12:00", NY), day) == at("2026-11-01 12:00", NY)
    assert wall.deadline(at("2026-11-01 12:00", NY), -day) == at("2026-10-31 12:00", NY)
    # A reading that the clocks skip is taken with the offset before: 03:30 EDT.
    assert wall.deadline(at("2026-03-07 02:30", NY), day).astimezone(UTC) == datetime(
        2026, 3, 8, 7, 30, tzinfo=UTC
    )
    # Of two equal readings the first that is not before the start.
    first = wall.deadline(at("2026-10-31 01:30", NY), day)
    assert first.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    second = wall.deadline(at("2026-11-01 01:10", NY, fold=1), hours(1 / 3))
    assert second.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert wall.elapsed(at("2026-11-01 01:50", NY), at("2026-11-01 01:10", NY, fold=1)) == timedelta(0)


def test_hours_that_the_clocks_skip_are_not_there() -> None:
    inside = every_day(NY, ["02:15", "02:45"])
    assert inside.elapsed(at("2026-03-08 00:00", NY), at("2026-03-09 00:00", NY)) == timedelta(0)
    into = every_day(NY, ["01:00", "02:30"])
    assert into.elapsed(at("2026-03-08 00:00", NY), at("2026-03-09 00:00", NY)) == hours(1)
    assert into.deadline(at("2026-03-08 00:00", NY), hours(1)).isoformat() == "2026-03-08T03:00:00-04:00"
    out_of = every_day(NY, ["02:30", "04:00"])
    assert out_of.next_open(at("2026-03-08 01:59", NY)).isoformat() == "2026-03-08T03:00:00-04:00"
    assert out_of.elapsed(at("2026-03-08 00:00", NY), at("2026-03-09 00:00", NY)) == hours(1)


def test_hours_that_the_clocks_show_twice_count_twice() -> None:
    half = every_day(NY, ["01:00", "01:30"])
    start, end = at("2026-11-01 00:00", NY), at("2026-11-02 00:00", NY)
    assert half.elapsed(start, end) == hours(1)
    found = half.open_intervals(*(int(one.timestamp()) * 10**6 for one in (start, end)))
    assert [datetime.fromtimestamp(a // 10**6, UTC).hour for a, _ in found] == [5, 6]
    assert half.deadline(start, hours(0.75)).isoformat() == "2026-11-01T01:15:00-05:00"
    assert every_day(NY, ["00:00", "24:00"]).elapsed(start, end) == hours(25)


def test_an_answer_in_a_repeated_hour_equals_the_same_instant_however_written() -> None:
    always = every_day(NY, ["00:00", "24:00"])
    start = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    found = always.deadline(start, hours(2.5))
    assert found == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert found.isoformat() == "2026-11-01T01:30:00-05:00"
    local = always.deadline(start.astimezone(ZoneInfo(NY)), hours(2.5))
    assert (local.isoformat(), local.fold) == ("2026-11-01T01:30:00-05:00", 1)
    assert local.tzinfo is ZoneInfo(NY)


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("America/Sao_Paulo", "2018-11-04", 23),
        ("America/Sao_Paulo", "2018-02-17", 25),
        ("Asia/Beirut", "2026-03-29", 23),
        ("Asia/Beirut", "2025-10-25", 25),
        ("Africa/Cairo", "2026-04-24", 23),
        ("Africa/Cairo", "2025-10-30", 25),
        ("America/Havana", "2020-11-01", 25),
        ("America/Asuncion", "2024-10-06", 23),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Africa/Casablanca", "2026-02-15", 25),
        ("Asia/Shanghai", "2026-03-29", 24),
        ("Asia/Shanghai", "1986-05-04", 23),
        ("America/Goose_Bay", "2010-03-14", 23),
    ],
)
def test_the_day_of_a_change_has_its_real_length(zone: str, day: str, length: float) -> None:
    """Each zone's full day, measured with a calendar that is open on that date only."""
    one = Calendar.from_dict({"zone": zone, "weekly": {}, "overrides": {day: [["00:00", "24:00"]]}})
    noon = at(f"{day} 12:00", zone)
    assert one.elapsed(noon - hours(72), noon + hours(72)) == hours(length)
    # Hours away from the change have their plain length, and at its edge only what the clock showed.
    office = Calendar.from_dict({"zone": zone, "weekly": {}, "overrides": {day: [["09:00", "17:00"]]}})
    assert office.elapsed(noon - hours(72), noon + hours(72)) == hours(8)
    assert office.deadline(noon - hours(72), hours(8)) == at(f"{day} 17:00", zone)


def test_where_midnight_does_not_exist_the_day_opens_at_one() -> None:
    zone = "America/Sao_Paulo"
    early = every_day(zone, ["00:00", "08:00"])
    assert early.next_open(at("2018-11-03 12:00", zone)).isoformat() == "2018-11-04T01:00:00-02:00"
    assert early.elapsed(at("2018-11-03 12:00", zone), at("2018-11-04 12:00", zone)) == hours(7)
    late = Calendar.from_dict({"zone": zone, "weekly": {"sat": [["20:00", "24:00"]]}})
    assert late.next_close(at("2018-11-03 21:00", zone)).isoformat() == "2018-11-04T01:00:00-02:00"
    assert late.elapsed(at("2018-02-17 12:00", zone), at("2018-02-18 12:00", zone)) == hours(5)


def test_where_saturday_ends_twice_its_last_hour_is_open_twice() -> None:
    # In Goose Bay 00:01 of Sunday 2010-11-07 went back to 23:01 of Saturday.
    zone = "America/Goose_Bay"
    saturday = Calendar.from_dict({"zone": zone, "weekly": {"sat": [["23:00", "24:00"]]}})
    assert saturday.elapsed(at("2010-11-06 12:00", zone), at("2010-11-07 12:00", zone)) == timedelta(
        minutes=60 + 59
    )
    sunday = Calendar.from_dict({"zone": zone, "weekly": {"sun": [["00:00", "01:00"]]}})
    assert sunday.elapsed(at("2010-11-06 12:00", zone), at("2010-11-07 12:00", zone)) == timedelta(
        minutes=1 + 60
    )


def test_a_date_that_a_zone_left_out_is_no_day() -> None:
    zone = "Pacific/Apia"
    office = every_day(zone, ["09:00", "17:00"])
    thursday, saturday = at("2011-12-29 00:00", zone), at("2012-01-01 00:00", zone)
    assert office.elapsed(thursday, saturday) == hours(16)
    assert office.deadline(at("2011-12-29 16:00", zone), hours(2)) == at("2011-12-31 10:00", zone)
    assert not office.is_working_day(datetime(2011, 12, 30).date())  # noqa: DTZ001
    assert office.add_working_days(datetime(2011, 12, 29).date(), 1).isoformat() == "2011-12-31"  # noqa: DTZ001
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict({"zone": zone, "weekly": {}, "overrides": {"2011-12-30": [["09:00", "17:00"]]}})
    assert caught.value.code == "SLA-E0807"


def test_offsets_with_seconds_are_exact() -> None:
    # Amsterdam kept +00:19:32 until 1937-07-01, then +00:20; Shanghai +08:05:43 until the end of 1900.
    old = every_day("Asia/Shanghai", ["09:00", "17:00"])
    assert old.next_open(datetime(1900, 6, 1, 0, 0, tzinfo=UTC)).astimezone(UTC) == datetime(
        1900, 6, 1, 0, 54, 17, tzinfo=UTC
    )
    whole = every_day("Asia/Shanghai", ["00:00", "24:00"])
    start, end = datetime(1900, 12, 31, 0, tzinfo=UTC), datetime(1901, 1, 2, 0, tzinfo=UTC)
    assert whole.elapsed(start, end) == end - start
    # The clocks went back by 343 s at the end of 1900: that much of the hours around it is shown twice.
    eve = Calendar.from_dict(
        {"zone": "Asia/Shanghai", "weekly": {}, "overrides": {"1900-12-31": [["23:00", "24:00"]]}}
    )
    assert eve.elapsed(start, end) == timedelta(hours=1, seconds=343)


def test_a_fixed_offset_has_no_summer() -> None:
    est = Calendar.from_dict({"zone": "UTC-05:00", "weekly": {"mon": [["09:00", "17:00"]]}})
    assert est.next_open(datetime(2026, 7, 6, 0, tzinfo=UTC)) == datetime(2026, 7, 6, 14, tzinfo=UTC)
    assert est.next_open(datetime(2026, 1, 5, 0, tzinfo=UTC)) == datetime(2026, 1, 5, 14, tzinfo=UTC)
