"""Working days by hand: April 2010 has Saturdays on the 3rd, 10th, 17th; 2010-04-09 is a Friday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slalang import Calendar, CalendarError

WEEK = ("mon", "tue", "wed", "thu", "fri")
DESK = Calendar.from_dict(
    {"zone": "UTC", "weekly": {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in WEEK}}
)
FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2010, 4, day) for day in (9, 10, 11, 12, 13))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_start_is_not_counted() -> None:
    assert DESK.add_working_days(FRIDAY, 1) == MONDAY
    assert DESK.add_working_days(FRIDAY, 5) == date(2010, 4, 16)
    assert DESK.add_working_days(MONDAY, -1) == FRIDAY
    assert DESK.add_working_days(MONDAY, 0) == MONDAY
    assert DESK.next_working_day(FRIDAY) == MONDAY
    assert DESK.previous_working_day(MONDAY) == FRIDAY


@pytest.mark.parametrize(
    ("closed_start", "plus", "none", "minus"),
    [
        ("same_day", MONDAY, SATURDAY, FRIDAY),
        ("next", TUESDAY, MONDAY, FRIDAY),
        ("previous", MONDAY, FRIDAY, date(2010, 4, 8)),
        ("onward", TUESDAY, SATURDAY, date(2010, 4, 8)),
        ("next_in_month", TUESDAY, MONDAY, FRIDAY),
        ("previous_in_month", MONDAY, FRIDAY, date(2010, 4, 8)),
    ],
)
def test_a_closed_start_counts_as_declared(closed_start, plus: date, none: date, minus: date) -> None:
    found = [DESK.add_working_days(SATURDAY, count, closed_start=closed_start) for count in (1, 0, -1)]
    assert found == [plus, none, minus]


def test_a_roll_may_be_kept_within_the_month() -> None:
    # 2010-07-31 and 2010-05-01 are Saturdays.
    assert DESK.roll(date(2010, 7, 31), "next") == date(2010, 8, 2)
    assert DESK.roll(date(2010, 7, 31), "next_in_month") == date(2010, 7, 30)
    assert DESK.roll(date(2010, 5, 1), "previous_in_month") == date(2010, 5, 3)
    assert DESK.roll(date(2010, 5, 1), "previous") == date(2010, 4, 30)
    assert DESK.roll(FRIDAY, "next") == FRIDAY


def test_a_closed_start_may_be_an_error() -> None:
    with pytest.raises(CalendarError) as caught:
        DESK.add_working_days(SATURDAY, 1, closed_start="error")
    assert (caught.value.code, caught.value.place) == ("SLA-E0814", "start")
    assert DESK.add_working_days(FRIDAY, 1, closed_start="error") == MONDAY


def test_holidays_and_make_up_days_count_as_what_they_are() -> None:
    china = Calendar.from_days("Asia/Shanghai", holidays=["2026-02-16", "2026-02-17"], working=["2026-02-14"])
    assert china.is_working_day(date(2026, 2, 14))
    assert not china.is_working_day(date(2026, 2, 17))
    assert china.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 18)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("keep", "2010-04-12 16:30"),
        ("keep_then_open", "2010-04-12 16:30"),
        ("opening_if_moved", "2010-04-12 16:30"),
        ("opening", "2010-04-12 09:00"),
        ("closing", "2010-04-12 17:00"),
        ("start_of_day", "2010-04-12 00:00"),
        ("end_of_day", "2010-04-13 00:00"),
    ],
)
def test_the_time_of_day_of_the_result_is_declared(time, expected: str) -> None:
    assert DESK.add_working_days(at("2010-04-09 16:30"), 1, time=time) == at(expected)


def test_a_kept_time_that_is_closed_may_move_to_the_opening() -> None:
    # Friday 20:00 is kept as Monday 20:00, which is closed until Tuesday.
    assert DESK.add_working_days(at("2010-04-09 20:00"), 1, time="keep_then_open") == at("2010-04-13 09:00")
    assert DESK.add_working_days(at("2010-04-09 12:30"), 1, time="keep_then_open") == at("2010-04-12 13:00")
    assert DESK.add_working_days(at("2010-04-12 07:00"), -1, time="keep_then_open") == at("2010-04-08 17:00")


def test_an_instant_after_hours_may_count_as_the_next_day() -> None:
    assert DESK.add_working_days(at("2010-04-08 17:00"), 1, late="next") == at("2010-04-09 17:00")
    assert DESK.add_working_days(at("2010-04-08 17:00:00.000001"), 1, late="next", time="opening") == at(
        "2010-04-12 09:00"
    )
    assert DESK.add_working_days(at("2010-04-08 18:00"), 1, time="opening") == at("2010-04-09 09:00")
    cut = {"late": "next", "cutoff": "16:00", "time": "closing"}
    assert DESK.add_working_days(at("2010-04-08 16:00"), 1, **cut) == at("2010-04-09 17:00")
    assert DESK.add_working_days(at("2010-04-08 16:00:01"), 1, **cut) == at("2010-04-12 17:00")
    # A closed day is judged by `closed_start` alone.
    assert DESK.add_working_days(at("2010-04-10 18:00"), 1, **cut) == at("2010-04-12 17:00")
    assert DESK.add_working_days(
        at("2010-04-10 18:00"), 1, closed_start="next", time="opening_if_moved"
    ) == at("2010-04-13 09:00")


def test_the_date_is_the_one_in_the_calendars_zone() -> None:
    tokyo = Calendar.from_dict({"zone": "Asia/Tokyo", "weekly": {key: [["09:00", "17:00"]] for key in WEEK}})
    # Thursday 21:00 in UTC is Friday 06:00 in Tokyo, so the next working day is Monday.
    found = tokyo.add_working_days(at("1991-11-14 21:00"), 1)
    assert found.isoformat() == "1991-11-18T06:00:00+09:00"
    assert tokyo.working_days_between(at("1991-11-14 21:00"), at("1991-11-17 21:00")) == 1


def test_a_kept_time_that_the_clocks_skip_is_the_first_that_exists() -> None:
    daily = Calendar.from_days("America/New_York", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    new_york = ZoneInfo("America/New_York")
    found = daily.add_working_days(datetime(2026, 3, 7, 2, 30, tzinfo=new_york), 1)
    assert found.isoformat() == "2026-03-08T03:00:00-04:00"
    found = daily.add_working_days(datetime(2026, 10, 31, 1, 30, tzinfo=new_york), 1)
    assert found.isoformat() == "2026-11-01T01:30:00-04:00"
    # No day moved: the instant itself, also the second 01:30.
    second = datetime(2026, 11, 1, 1, 30, tzinfo=new_york, fold=1)
    assert daily.add_working_days(second, 0).astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_days_between_say_which_end_counts() -> None:
    def count(a: date, b: date) -> list[int]:
        return [DESK.working_days_between(a, b, include) for include in ("end", "start", "both", "neither")]

    assert count(FRIDAY, TUESDAY) == [2, 2, 3, 1]
    assert count(SATURDAY, MONDAY) == [1, 0, 1, 0]
    assert count(FRIDAY, SATURDAY) == [0, 1, 1, 0]
    assert count(MONDAY, MONDAY) == [0, 0, 1, 0]
    # The other way round the number is negative and the names stay with their ends.
    assert count(TUESDAY, FRIDAY) == [-2, -2, -3, -1]
    assert count(MONDAY, SATURDAY) == [0, -1, -1, 0]


def test_the_nth_working_day_of_a_period() -> None:
    first, last = date(2010, 5, 1), date(2010, 5, 31)
    assert DESK.nth_working_day(first, last, 1) == date(2010, 5, 3)
    assert DESK.nth_working_day(first, last, -1) == date(2010, 5, 31)
    assert DESK.nth_working_day(first, last, 21) == date(2010, 5, 31)
    for number in (22, -22, 0):
        with pytest.raises(CalendarError) as caught:
            DESK.nth_working_day(first, last, number)
        assert caught.value.code == "SLA-E0814"


def test_opening_and_closing_of_a_date() -> None:
    nights = Calendar.from_dict(
        {"zone": "UTC", "weekly": {"fri": [["22:00", "06:00+1"]], "mon": [["09:00", "17:00"]]}}
    )
    assert nights.opening(FRIDAY) == at("2010-04-09 22:00")
    assert nights.closing(FRIDAY) == at("2010-04-10 06:00")
    assert not nights.is_working_day(SATURDAY)
    with pytest.raises(CalendarError) as caught:
        nights.opening(SATURDAY)
    assert caught.value.code == "SLA-E0814"


def test_a_date_on_which_breaks_leave_nothing_is_no_working_day() -> None:
    shut = Calendar.from_dict(
        {
            "zone": "UTC",
            "weekly": {day: [["09:00", "17:00"]] for day in WEEK},
            "breaks": {"2010-04-12": [["08:00", "18:00"]]},
        }
    )
    assert not shut.is_working_day(MONDAY)
    assert shut.add_working_days(FRIDAY, 1) == TUESDAY


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: DESK.add_working_days(FRIDAY, 1.5), "SLA-E0810"),
        (lambda: DESK.add_working_days(FRIDAY, True), "SLA-E0810"),
        (lambda: DESK.add_working_days("2010-04-09", 1), "SLA-E0810"),
        (lambda: DESK.add_working_days(datetime(2010, 4, 9), 1), "SLA-E0810"),  # noqa: DTZ001
        (lambda: DESK.working_days_between(FRIDAY, datetime(2010, 4, 9)), "SLA-E0810"),  # noqa: DTZ001
        (lambda: DESK.add_working_days(FRIDAY, 1, closed_start="later"), "SLA-E0811"),
        (lambda: DESK.add_working_days(at("2010-04-09 10:00"), 1, time="noon"), "SLA-E0811"),
        (lambda: DESK.add_working_days(at("2010-04-09 10:00"), 1, late="never"), "SLA-E0811"),
        (lambda: DESK.add_working_days(at("2010-04-09 10:00"), 1, late="next", cutoff="4pm"), "SLA-E0802"),
        (lambda: DESK.working_days_between(FRIDAY, MONDAY, "all"), "SLA-E0811"),
        (lambda: DESK.roll(FRIDAY, "forward"), "SLA-E0811"),
        (lambda: DESK.add_working_days(FRIDAY, 10**9), "SLA-E0809"),
        (lambda: DESK.add_working_days(date(9999, 12, 31), 1), "SLA-E0809"),
        (lambda: DESK.add_working_days(date(1, 1, 1), -1), "SLA-E0809"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, code: str) -> None:
    with pytest.raises(CalendarError) as caught:
        ask()
    assert caught.value.code == code


def test_a_count_leaves_no_year_without_data() -> None:
    known = Calendar.from_days("Asia/Shanghai", years=[2026])
    assert known.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(CalendarError) as caught:
        known.add_working_days(date(2026, 12, 31), 1)
    assert caught.value.code == "SLA-E0808"


def test_counting_and_adding_agree() -> None:
    start = date(2010, 4, 1)
    for shift in range(14):
        day = start + timedelta(days=shift)
        for count in range(1, 12):
            assert DESK.working_days_between(day, DESK.add_working_days(day, count)) == count
            assert DESK.working_days_between(day, DESK.add_working_days(day, -count)) == -count
