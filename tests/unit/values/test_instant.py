from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from slalang.values import instant as instants
from slalang.values.time_error import TimeError
from slalang.values.zone import END, FIRST

SECOND = 1_000_000
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1969-12-31T23:59:59Z", -SECOND),
        ("1970-01-01T08:00:00+08:00", 0),
        ("1970-01-01t00:00:00z", 0),
        ("1970-01-01 00:00:00-00:00", 0),
        ("1970-01-02T00:00:00.5Z", 86_400 * SECOND + 500_000),
        ("1970-01-01T00:00:00.1234560000Z", 123_456),
        ("1970-01-01T00:00:00.100000Z", 100_000),
        ("0001-01-01T00:00:00Z", FIRST),
        ("9999-12-31T23:59:59.999999Z", END - 1),
        ("0001-01-01T00:00:00-05:00", FIRST + 5 * 3600 * SECOND),
    ],
)
def test_rfc_3339_text_is_an_exact_instant(text: str, expected: int) -> None:
    assert instants.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026-03-02T09:15:00",
        "2026-03-02T09:15Z",
        "2026-02-29T09:15:00Z",
        "2026-13-01T00:00:00Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T09:60:00Z",
        "2026-03-02T09:15:00,5Z",
        "2026-03-02T09:15:00.Z",
        "2026-03-02T09:15:00+24:00",
        "2026-03-02T09:15:00+0800",
        "20260302T091500Z",
        "2026-W10-1T09:15:00Z",
        "２０２６-03-02T09:15:00Z",
        " 2026-03-02T09:15:00Z",
        "2026-03-02T09:15:00Z\n",
        "",
        "x" * 10_000,
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(TimeError) as caught:
        instants.parse(text)
    assert caught.value.code == "SLA-E0820"
    assert len(str(caught.value)) < 300


def test_a_leap_second_and_a_nanosecond_are_refused_each_with_its_reason() -> None:
    with pytest.raises(TimeError, match="leap second") as caught:
        instants.parse("2016-12-31T23:59:60Z")
    assert "闰秒" in caught.value.zh
    with pytest.raises(TimeError, match="finer than a microsecond") as caught:
        instants.parse("2026-03-02T09:15:00." + "1" * 100_000 + "Z")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"])
def test_an_instant_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(TimeError) as caught:
        instants.parse(text)
    assert caught.value.code == "SLA-E0824"


def test_text_of_an_instant_has_as_many_digits_as_it_needs() -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    at = instants.parse("2026-03-02T09:15:00+08:00")
    assert instants.format(at, shanghai) == "2026-03-02T09:15:00+08:00"
    assert instants.format(at + 250_000, shanghai) == "2026-03-02T09:15:00.250+08:00"
    assert instants.format(at + 1) == "2026-03-02T01:15:00.000001Z"
    assert instants.format(at, ZoneInfo("Europe/London")) == "2026-03-02T01:15:00+00:00"


def test_an_offset_with_seconds_is_written_in_utc_since_the_format_cannot_say_it() -> None:
    # Shanghai kept local mean time, 8 h 5 min 43 s ahead, until the end of 1900.
    at = instants.from_local(datetime(1900, 6, 1, 12, 0, 0), ZoneInfo("Asia/Shanghai"))  # noqa: DTZ001
    assert instants.format(at, ZoneInfo("Asia/Shanghai")) == "1900-06-01T03:54:17Z"


def test_a_skipped_local_time_is_refused_shifted_or_the_next() -> None:
    skipped = datetime(2026, 3, 8, 2, 30)  # noqa: DTZ001
    with pytest.raises(TimeError) as caught:
        instants.from_local(skipped, NEW_YORK)
    assert caught.value.code == "SLA-E0821"
    assert instants.from_local(skipped, NEW_YORK, gap="shift") == instants.parse("2026-03-08T03:30:00-04:00")
    assert instants.from_local(skipped, NEW_YORK, gap="next") == instants.parse("2026-03-08T03:00:00-04:00")


def test_a_local_time_shown_twice_is_refused_or_the_first_or_the_second() -> None:
    twice = datetime(2026, 11, 1, 1, 30)  # noqa: DTZ001
    with pytest.raises(TimeError) as caught:
        instants.from_local(twice, NEW_YORK)
    assert caught.value.code == "SLA-E0822"
    assert instants.from_local(twice, NEW_YORK, overlap="first") == instants.parse(
        "2026-11-01T01:30:00-04:00"
    )
    assert instants.from_local(twice, NEW_YORK, overlap="second") == instants.parse(
        "2026-11-01T01:30:00-05:00"
    )


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Asia/Shanghai", date(2026, 1, 1), "2025-12-31T16:00:00Z"),
        # Midnight does not exist: the day begins at 01:00.
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00:00Z"),
        ("Asia/Beirut", date(2026, 3, 29), "2026-03-28T22:00:00Z"),
        # 24:00 of Saturday goes back to 23:00: Sunday begins after the second time.
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T03:00:00Z"),
        # 01:00 of Sunday goes back to 00:00 of Sunday: it begins the first time.
        ("America/Havana", date(2020, 11, 1), "2020-11-01T04:00:00Z"),
        # 00:01 of Sunday goes back to 23:01 of Saturday: Saturday is over only at the second midnight.
        ("America/Goose_Bay", date(2010, 11, 7), "2010-11-07T04:00:00Z"),
        # The date that was left out begins where the next one does.
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00:00Z"),
    ],
)
def test_a_day_begins_where_its_date_is_first_there_to_stay(zone: str, day: date, expected: str) -> None:
    assert instants.day_start(day, ZoneInfo(zone)) == instants.parse(expected)


def test_datetimes_are_read_with_their_offset_and_fold() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    assert instants.from_datetime(first.replace(fold=1)) - instants.from_datetime(first) == 3600 * SECOND
    odd = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30, seconds=7)))
    assert instants.from_datetime(odd) == -(5 * 3600 + 30 * 60 + 7) * SECOND


@pytest.mark.parametrize("value", [datetime(2026, 1, 1), date(2026, 1, 1), "2026-01-01T00:00:00Z", 0, None])  # noqa: DTZ001
def test_what_is_not_an_instant_is_refused(value: object) -> None:
    with pytest.raises(TimeError) as caught:
        instants.from_datetime(value, "start")  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.place) == ("SLA-E0810", "start")


def test_a_datetime_keeps_every_microsecond_both_ways() -> None:
    for at in (FIRST, -1, 0, 1, 253_402_300_799_999_999, END - 1):
        assert instants.from_datetime(instants.as_datetime(at, UTC)) == at


@pytest.mark.parametrize(
    ("text", "end", "shown"),
    [
        ("2009-03-10T16:00:00Z", False, "2009-03-11 00:00"),
        ("2009-03-10T16:00:00Z", True, "2009-03-10 24:00"),
        ("2009-03-10T16:05:00Z", True, "2009-03-11 00:05"),
        ("2009-03-10T16:00:01Z", True, "2009-03-11 00:00:01"),
        ("2009-03-10T16:00:00.000001Z", True, "2009-03-11 00:00:00.000001"),
    ],
)
def test_an_instant_as_the_clock_on_the_wall_shows_it(text, end, shown):
    # Shanghai is eight hours ahead; an end at midnight is the end of the day before.
    assert instants.local(instants.parse(text), ZoneInfo("Asia/Shanghai"), end=end) == shown
