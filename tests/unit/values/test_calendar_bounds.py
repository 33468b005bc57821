"""Where a calendar's knowledge ends: validity, years without data, the end of time; far questions are still exact."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slalang import Calendar, CalendarError

SHANGHAI = ZoneInfo("Asia/Shanghai")
US = timedelta(microseconds=1)
DESK = {"zone": "UTC", "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}


def at(text: str, zone=SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def utc(text: str) -> datetime:
    return at(text, UTC)


def hours(count: float) -> timedelta:
    return timedelta(minutes=round(count * 60))


def test_dates_outside_the_validity_are_refused_with_what_is_known() -> None:
    calendar = Calendar.from_dict(
        {**DESK, "zone": "Asia/Shanghai", "valid_from": "2026-01-05", "valid_to": "2026-12-31"}
    )
    first, end = at("2026-01-05 00:00"), at("2027-01-01 00:00")
    assert calendar.is_open(at("2026-12-31 16:59:59.999999"))
    assert calendar.elapsed(at("2026-12-31 00:00"), end) == hours(8)
    assert calendar.deadline(at("2026-12-31 09:00"), hours(8)) == at("2026-12-31 17:00")
    refused = [
        lambda: calendar.is_open(end),
        lambda: calendar.is_open(first - US),
        lambda: calendar.elapsed(first, end + US),
        lambda: calendar.elapsed(first - US, end),
        lambda: calendar.deadline(at("2026-12-31 09:00"), hours(8) + US),
        lambda: calendar.deadline(first, -US),
        lambda: calendar.deadline(first - US, hours(0)),
        lambda: calendar.is_working_day(end.date()),
    ]
    for ask in refused:
        with pytest.raises(CalendarError) as caught:
            ask()
        assert caught.value.code == "SLA-E0808"
        assert "2026-01-05 – 2026-12-31" in caught.value.en
        assert "valid_to" in caught.value.fix_en
    with pytest.raises(CalendarError, match="nothing of 2027-01-01"):
        calendar.is_open(end)
    with pytest.raises(CalendarError, match="nothing of 2026-01-04"):
        calendar.deadline(first, -US)


def test_a_year_without_holiday_data_is_not_stepped_over() -> None:
    calendar = Calendar.from_dict({**DESK, "years": [2024, 2026]})
    assert calendar.is_open(utc("2024-12-31 10:00"))
    assert calendar.is_open(utc("2026-01-01 10:00"))
    for ask in (
        lambda: calendar.is_open(utc("2025-06-02 10:00")),
        lambda: calendar.elapsed(utc("2024-12-31 10:00"), utc("2026-01-01 10:00")),
        lambda: calendar.deadline(utc("2024-12-31 10:00"), hours(7) + US),
        lambda: calendar.deadline(utc("2026-01-01 10:00"), -hours(2)),
    ):
        with pytest.raises(CalendarError) as caught:
            ask()
        assert caught.value.code == "SLA-E0808"
    assert calendar.deadline(utc("2026-01-01 10:00"), -hours(1)) == utc("2026-01-01 09:00")


def test_what_can_never_be_reached_is_refused_in_bounded_time() -> None:
    begun = time.process_time()
    once = Calendar.from_dict(
        {"zone": "UTC", "weekly": {}, "overrides": {"2026-03-02": [["09:00", "10:00"]]}}
    )
    assert once.deadline(utc("1990-01-01 00:00"), hours(1)) == utc("2026-03-02 10:00")
    assert once.deadline(utc("2050-01-01 00:00"), -hours(1)) == utc("2026-03-02 09:00")
    desk = Calendar.from_dict(DESK)
    for calendar, start, amount in (
        (once, utc("2026-01-01 00:00"), hours(1) + US),
        (once, utc("2026-03-03 00:00"), US),
        (once, utc("2026-03-02 09:00"), -US),
        (desk, utc("2026-01-01 00:00"), timedelta.max),
        (desk, utc("2026-01-01 00:00"), timedelta.min),
        (desk, utc("9999-12-31 17:00"), US),
        (desk, utc("0001-01-01 09:00"), -US),
        (Calendar.always(), utc("9999-12-31 17:00"), hours(7) + US),
        (Calendar.always(), utc("0001-01-01 00:00"), -US),
    ):
        with pytest.raises(CalendarError) as caught:
            calendar.deadline(start, amount)
        assert caught.value.code == "SLA-E0809"
    assert time.process_time() - begun < 20


@pytest.mark.slow
def test_centuries_are_counted_exactly() -> None:
    desk = Calendar.from_dict(DESK)
    # 400 Gregorian years are 20,871 weeks of 40 hours, whichever they are.
    total = hours(20_871 * 40)
    assert desk.elapsed(utc("2026-03-02 00:00"), utc("2426-03-02 00:00")) == total
    assert desk.elapsed(utc("2026-03-02 00:00"), utc("9226-03-02 00:00")) == 18 * total
    assert desk.deadline(utc("2026-03-02 00:00"), 2 * total + US) == utc("2826-03-02 09:00") + US
    assert desk.deadline(utc("2826-03-02 00:00"), -2 * total) == utc("2026-03-02 09:00")
    # Dates of their own far away are still seen: 5000-01-01 is a Wednesday.
    far = Calendar.from_dict(
        {**DESK, "holidays": ["5000-01-01"], "overrides": {"5000-01-04": [["00:00", "24:00"]]}}
    )
    assert far.elapsed(utc("4999-12-30 00:00"), utc("5000-01-06 00:00")) == hours(8 + 8 + 0 + 8 + 8 + 24)


def test_pauses_beyond_what_is_known_change_nothing_and_blame_nothing() -> None:
    calendar = Calendar.from_dict({**DESK, "valid_from": "2026-01-05", "valid_to": "2026-12-31"})
    after = [(utc("2027-02-01 00:00"), None)]
    before = [(utc("2025-02-01 00:00"), utc("2025-03-01 00:00"))]
    assert calendar.deadline(utc("2026-12-31 09:00"), hours(8), after) == utc("2026-12-31 17:00")
    assert calendar.deadline(utc("2026-01-05 17:00"), -hours(8), before) == utc("2026-01-05 09:00")
    for start, amount, pauses in (
        (utc("2026-12-31 09:00"), hours(9), after),
        (utc("2026-12-31 09:00"), hours(2), [(utc("2026-12-31 10:00"), utc("2027-02-01 00:00"))]),
        (utc("2026-01-05 17:00"), -hours(9), before),
        (utc("2026-01-05 17:00"), -hours(2), [(utc("2025-02-01 00:00"), utc("2026-01-05 16:00"))]),
    ):
        with pytest.raises(CalendarError) as caught:
            calendar.deadline(start, amount, pauses)
        assert caught.value.code == "SLA-E0808"
