from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from slalang import Calendar, CalendarError

OFFICE = {"zone": "Asia/Shanghai", "weekly": {"mon": [["09:00", "17:00"]]}}


def but(**changes: object) -> dict[str, object]:
    return {**OFFICE, **changes}


@pytest.mark.parametrize(
    ("given", "code", "place"),
    [
        ({"weekly": {"mon": [["09:00", "17:00"]]}}, "SLA-E0815", "zone"),
        (but(zone="Asia/Shangai"), "SLA-E0805", "zone"),
        (but(holiday=["2026-01-01"]), "SLA-E0801", "holiday"),
        (but(weekly={"mo": [["09:00", "17:00"]]}), "SLA-E0806", "weekly.mo"),
        (but(weekly={"mon": [["09:00", "17:00"]], "Monday": []}), "SLA-E0816", "weekly.Monday"),
        (but(weekly={"mon": [["25:00", "26:00"]]}), "SLA-E0802", "weekly.mon[0][0]"),
        (but(weekly={"mon": [["09:00", "24:01"]]}), "SLA-E0802", "weekly.mon[0][1]"),
        (but(weekly={"mon": [["09:60", "17:00"]]}), "SLA-E0802", "weekly.mon[0][0]"),
        (but(weekly={"mon": [["9", "17"]]}), "SLA-E0802", "weekly.mon[0][0]"),
        (but(weekly={"mon": [["09:00", "5pm"]]}), "SLA-E0802", "weekly.mon[0][1]"),
        (but(weekly={"mon": [["24:00", "06:00+1"]]}), "SLA-E0802", "weekly.mon[0][0]"),
        (but(weekly={"mon": [[9, 17]]}), "SLA-E0802", "weekly.mon[0][0]"),
        (but(weekly={"mon": [["22:00", "06:00"]]}), "SLA-E0803", "weekly.mon[0]"),
        (but(weekly={"mon": [["09:00", "09:00"]]}), "SLA-E0803", "weekly.mon[0]"),
        (but(weekly={"mon": [["09:00"]]}), "SLA-E0815", "weekly.mon[0]"),
        (but(weekly={"mon": ["09:00", "17:00"]}), "SLA-E0815", "weekly.mon[0]"),
        (but(weekly={"mon": "09:00-17:00"}), "SLA-E0815", "weekly.mon"),
        (but(weekly={"mon": None}), "SLA-E0815", "weekly.mon"),
        (but(weekly=[["09:00", "17:00"]]), "SLA-E0815", "weekly"),
        (but(holidays="2026-01-01"), "SLA-E0815", "holidays"),
        (but(holidays=["2026-02-29"]), "SLA-E0804", "holidays[0]"),
        (but(holidays=["2026-01-01", "20260102"]), "SLA-E0804", "holidays[1]"),
        (but(holidays=["2026-01-01", "2026-01-01"]), "SLA-E0816", "holidays[1]"),
        (but(holidays=[datetime(2026, 1, 1)]), "SLA-E0804", "holidays[0]"),  # noqa: DTZ001
        (but(overrides={"2026-13-01": []}), "SLA-E0804", "overrides.2026-13-01"),
        (but(overrides={"2026-02-14": [["17:00", "09:00"]]}), "SLA-E0803", "overrides.2026-02-14[0]"),
        (but(overrides={"2026-02-14": [], date(2026, 2, 14): []}), "SLA-E0816", "overrides.2026-02-14"),
        (but(breaks={"2026-03-02": [["10:00", "10:00"]]}), "SLA-E0803", "breaks.2026-03-02[0]"),
        (but(valid_from="2026-02-01", valid_to="2026-01-31"), "SLA-E0815", "valid_to"),
        (but(valid_from=2026), "SLA-E0804", "valid_from"),
        (but(years=[2026, 2026]), "SLA-E0816", "years[1]"),
        (but(years=["2026"]), "SLA-E0815", "years[0]"),
        (but(years=[10_000]), "SLA-E0815", "years[0]"),
        (but(years=[]), "SLA-E0815", "years"),
        (but(years=[2026], valid_from="2027-01-01"), "SLA-E0815", "years"),
        (but(weekly={}), "SLA-E0807", ""),
        (but(weekly={"sun": []}), "SLA-E0807", ""),
        (but(years=[2026], weekly={}, overrides={"2027-01-04": [["09:00", "17:00"]]}), "SLA-E0807", ""),
        (but(valid_from="2026-03-03", valid_to="2026-03-08"), "SLA-E0807", ""),
        (but(valid_from="2026-03-02", valid_to="2026-03-02", holidays=["2026-03-02"]), "SLA-E0807", ""),
        (
            but(valid_from="2026-03-02", valid_to="2026-03-02", breaks={"2026-03-02": [["08:00", "18:00"]]}),
            "SLA-E0807",
            "",
        ),
        ([("zone", "UTC")], "SLA-E0815", ""),
    ],
)
def test_a_malformed_calendar_is_refused_at_its_place_in_both_languages(given, code: str, place: str) -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(given)
    assert (caught.value.code, caught.value.place) == (code, place)
    assert caught.value.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.zh)
    assert isinstance(caught.value, ValueError)


def test_the_refusal_of_a_night_shift_says_how_to_write_it() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(but(weekly={"mon": [["22:00", "06:00"]]}))
    assert "`06:00+1`" in caught.value.fix_en
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(but(weekly={"mon": [["08:00", "00:00"]]}))
    assert "`24:00`" in caught.value.fix_zh


def test_a_misspelt_key_is_answered_with_the_right_one() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(but(weekely={}))
    assert caught.value.fix_en == "write `weekly`"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("at_close", "open"),
        ("zero", "closing"),
        ("clock_change", "utc"),
        ("reversed", "abs"),
        ("overnight", None),
    ],
)
def test_an_option_that_is_no_choice_is_refused_by_name(option: str, value: object) -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(OFFICE, **{option: value})
    assert (caught.value.code, caught.value.place) == ("SLA-E0811", option)


def test_a_hostile_number_of_intervals_is_refused() -> None:
    rows = [
        [f"{n // 60:02}:{n % 60:02}:{s:02}", f"{n // 60:02}:{n % 60:02}:{s + 1:02}"]
        for n in range(1440)
        for s in (0, 30)
    ]
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(but(weekly={"mon": rows}))
    assert (caught.value.code, caught.value.place) == ("SLA-E0815", "weekly.mon")


@pytest.mark.parametrize("name", ["mon", "Mon", "MONDAY", "周一", "星期一"])
def test_weekdays_have_several_names(name: str) -> None:
    calendar = Calendar.from_dict({"zone": "UTC", "weekly": {name: [["09:00", "10:00"]]}})
    assert calendar.is_open(datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_dates_and_times_may_be_objects_as_a_yaml_reader_gives_them() -> None:
    calendar = Calendar.from_dict(
        {
            "zone": "UTC",
            "weekly": {"mon": ((time(9), time(17, 30, 0, 1)),)},
            "holidays": {date(2026, 3, 9): "a name"},
            "overrides": {date(2026, 3, 16): []},
        }
    )
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert calendar.elapsed(monday, monday + timedelta(days=1)) == timedelta(
        hours=8, minutes=30, microseconds=1
    )
    assert calendar.elapsed(monday + timedelta(days=7), monday + timedelta(days=21)) == timedelta(0)


def test_hours_of_a_day_are_a_union_in_any_order() -> None:
    rows = [
        ["13:00", "17:00"],
        ["09:00", "12:00"],
        ["12:00", "13:00"],
        ["10:00", "14:00"],
        ["09:00", "12:00"],
    ]
    calendar = Calendar.from_dict({"zone": "UTC", "weekly": {"mon": rows}})
    start = datetime(2026, 3, 2, tzinfo=UTC)
    assert calendar.open_intervals(
        *(int(at.timestamp()) * 10**6 for at in (start, start + timedelta(days=1)))
    ) == [(int(start.timestamp() + 9 * 3600) * 10**6, int(start.timestamp() + 17 * 3600) * 10**6)]
