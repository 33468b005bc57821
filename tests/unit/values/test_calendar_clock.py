"""Facts worked out by hand: 2026-03-02 is a Monday, 2026-02-13 a Friday, 2026-01-01 a Thursday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from slalang import Calendar, CalendarError

SHANGHAI = ZoneInfo("Asia/Shanghai")
US = timedelta(microseconds=1)
TWO_SHIFTS = [["09:00", "12:00"], ["13:00", "17:30"]]
ISSUE = {
    "zone": "Asia/Shanghai",
    "weekly": {
        **dict.fromkeys(("mon", "tue", "wed", "thu"), TWO_SHIFTS),
        "fri": [["22:00", "06:00+1"]],
    },
    "holidays": ["2026-01-01"],
    "overrides": {"2026-02-14": [["09:00", "17:30"]]},
    "breaks": {"2026-03-02": [["10:00", "10:30"]]},
}
# Office hours as most help desks write them.
DESK = {"zone": "UTC", "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}


def at(text: str, zone=SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def utc(text: str) -> datetime:
    return at(text, UTC)


def hours(count: float) -> timedelta:
    return timedelta(minutes=round(count * 60))


def test_open_hours_are_half_open() -> None:
    calendar = Calendar.from_dict(ISSUE)
    wanted = {
        "2026-03-03 08:59:59.999999": False,
        "2026-03-03 09:00": True,
        "2026-03-03 11:59:59.999999": True,
        "2026-03-03 12:00": False,
        "2026-03-03 13:00": True,
        "2026-03-03 17:30": False,
    }
    assert {text: calendar.is_open(at(text)) for text in wanted} == wanted


def test_a_holiday_closes_and_an_override_opens() -> None:
    calendar = Calendar.from_dict(ISSUE)
    assert not calendar.is_open(at("2026-01-01 10:00"))
    # A Saturday with hours of its own; the Friday night shift before it still ends at 06:00.
    assert calendar.elapsed(at("2026-02-14 00:00"), at("2026-02-15 00:00")) == hours(6 + 8.5)
    both = Calendar.from_dict({**ISSUE, "overrides": {"2026-01-01": [["10:00", "11:00"]], "2026-03-03": []}})
    assert both.elapsed(at("2026-01-01 00:00"), at("2026-01-02 00:00")) == hours(1)
    assert both.elapsed(at("2026-03-03 00:00"), at("2026-03-04 00:00")) == hours(0)


def test_a_break_is_taken_from_whatever_is_open() -> None:
    calendar = Calendar.from_dict(ISSUE)
    assert calendar.elapsed(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == hours(7)
    # In an override, and in the part of a night shift that lies on the next date.
    twice = Calendar.from_dict(
        {**ISSUE, "breaks": {"2026-02-14": [["05:00", "10:00"]], "2026-03-02": [["23:00", "09:30+1"]]}}
    )
    assert twice.elapsed(at("2026-02-13 12:00"), at("2026-02-15 00:00")) == hours(7 + 7.5)
    assert twice.elapsed(at("2026-03-03 00:00"), at("2026-03-03 12:00")) == hours(2.5)


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    saturday_off = Calendar.from_dict({**ISSUE, "overrides": {}, "holidays": ["2026-02-14"]})
    assert saturday_off.elapsed(at("2026-02-13 20:00"), at("2026-02-15 00:00")) == hours(8)
    friday_off = Calendar.from_dict({**ISSUE, "overrides": {}, "holidays": ["2026-02-13"]})
    assert friday_off.elapsed(at("2026-02-13 20:00"), at("2026-02-15 00:00")) == hours(0)


def test_each_hour_may_instead_belong_to_the_date_on_the_clock() -> None:
    def between(**changes: object) -> timedelta:
        calendar = Calendar.from_dict({**ISSUE, "overrides": {}, **changes}, overnight="clock_date")
        return calendar.elapsed(at("2026-02-13 20:00"), at("2026-02-15 00:00"))

    assert between() == hours(8)
    assert between(holidays=["2026-02-14"]) == hours(2)
    assert between(holidays=["2026-02-13"]) == hours(6)
    assert between(overrides={"2026-02-14": [["09:00", "10:00"]]}) == hours(2 + 1)
    assert between(holidays=["2026-02-14"], overrides={"2026-02-13": [["23:00", "01:00+1"]]}) == hours(1 + 1)


def test_the_hours_of_a_shift_may_begin_after_midnight() -> None:
    broken = {"zone": "UTC", "weekly": {"fri": [["22:00", "01:00+1"], ["02:00+1", "06:00+1"]]}}
    calendar = Calendar.from_dict(broken)
    assert calendar.elapsed(utc("2026-02-13 00:00"), utc("2026-02-15 00:00")) == hours(3 + 4)
    weekend = Calendar.from_dict({"zone": "UTC", "weekly": {"fri": [["18:00", "08:00+3"]]}})
    assert weekend.elapsed(utc("2026-02-13 00:00"), utc("2026-02-20 00:00")) == hours(6 + 48 + 8)


def test_a_deadline_runs_over_nights_and_weekends() -> None:
    desk = Calendar.from_dict(DESK)
    assert desk.deadline(utc("2026-03-06 16:00"), hours(3)) == utc("2026-03-09 11:00")
    assert desk.deadline(utc("2026-03-07 12:00"), hours(1)) == utc("2026-03-09 10:00")
    assert desk.deadline(utc("2026-03-02 08:00"), US) == utc("2026-03-02 09:00") + US
    # 40 hours are the week's work: from Monday opening they end at Friday's closing.
    assert desk.deadline(utc("2026-03-02 09:00"), hours(40)) == utc("2026-03-06 17:00")
    assert desk.deadline(utc("2026-03-02 09:00"), hours(40) + US) == utc("2026-03-09 09:00") + US


def test_exactly_at_closing_time_is_the_closing_or_the_next_opening() -> None:
    closing = Calendar.from_dict(DESK)
    opening = Calendar.from_dict(DESK, at_close="next_opening")
    assert closing.deadline(utc("2026-03-02 09:00"), hours(8)) == utc("2026-03-02 17:00")
    assert opening.deadline(utc("2026-03-02 09:00"), hours(8)) == utc("2026-03-03 09:00")
    assert opening.deadline(utc("2026-03-06 16:00"), hours(1)) == utc("2026-03-09 09:00")
    assert opening.deadline(utc("2026-03-02 09:00"), hours(8) - US) == utc("2026-03-02 17:00") - US


def test_counting_backward_mirrors_counting_forward() -> None:
    near = Calendar.from_dict(DESK)
    far = Calendar.from_dict(DESK, at_close="next_opening")
    assert near.deadline(utc("2026-03-09 10:00"), -hours(2)) == utc("2026-03-06 16:00")
    assert near.deadline(utc("2026-03-08 12:00"), -hours(1)) == utc("2026-03-06 16:00")
    assert near.deadline(utc("2026-03-02 17:00"), -hours(8)) == utc("2026-03-02 09:00")
    assert far.deadline(utc("2026-03-03 17:00"), -hours(8)) == utc("2026-03-02 17:00")
    assert far.deadline(utc("2026-03-02 10:00"), -hours(1)) == utc("2026-02-27 17:00")


def test_no_time_at_all_stays_or_moves_to_the_next_opening() -> None:
    stay = Calendar.from_dict(DESK, at_close="next_opening")
    move = Calendar.from_dict(DESK, zero="next_opening")
    none = timedelta(0)
    assert stay.deadline(utc("2026-03-07 12:00"), none) == utc("2026-03-07 12:00")
    assert stay.deadline(utc("2026-03-02 17:00"), none) == utc("2026-03-02 17:00")
    assert move.deadline(utc("2026-03-07 12:00"), none) == utc("2026-03-09 09:00")
    assert move.deadline(utc("2026-03-02 17:00"), none) == utc("2026-03-03 09:00")
    assert move.deadline(utc("2026-03-02 12:00"), none) == utc("2026-03-02 12:00")
    paused = [(utc("2026-03-02 11:00"), utc("2026-03-02 13:00"))]
    assert move.deadline(utc("2026-03-02 12:00"), none, paused) == utc("2026-03-02 13:00")
    assert stay.deadline(utc("2026-03-02 12:00"), none, paused) == utc("2026-03-02 12:00")


def test_elapsed_from_later_to_earlier_is_zero_signed_or_refused() -> None:
    late, early = utc("2026-03-03 10:00"), utc("2026-03-02 16:00")
    assert Calendar.from_dict(DESK).elapsed(late, early) == timedelta(0)
    assert Calendar.from_dict(DESK, reversed="signed").elapsed(late, early) == -hours(2)
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(DESK, reversed="error").elapsed(late, early)
    assert caught.value.code == "SLA-E0813"
    assert Calendar.from_dict(DESK, reversed="error").elapsed(late, late) == timedelta(0)


def test_pauses_stop_the_clock_however_they_are_given() -> None:
    desk = Calendar.from_dict(DESK)
    monday = utc("2026-03-02 09:00")
    pauses = [
        (utc("2026-03-02 15:00"), utc("2026-03-03 10:00")),  # over night: 2 h + 1 h
        (utc("2026-03-02 10:00"), utc("2026-03-02 11:00")),  # an hour
        (utc("2026-03-02 10:30"), utc("2026-03-02 11:30")),  # half an hour more
        (utc("2026-03-07 10:00"), utc("2026-03-07 11:30")),  # while closed
        (utc("2026-03-02 12:00"), utc("2026-03-02 12:00")),  # nothing
    ]
    assert desk.elapsed(monday, utc("2026-03-03 17:00"), pauses) == hours(16 - 4.5)
    assert desk.elapsed(monday, utc("2026-03-03 17:00"), iter(pauses)) == hours(16 - 4.5)
    assert desk.deadline(monday, hours(4.5), pauses) == utc("2026-03-02 15:00")
    assert desk.deadline(monday, hours(4.5) + US, pauses) == utc("2026-03-03 10:00") + US
    # As at closing time, a limit used up where the clock stops falls where it runs again, if so chosen.
    assert Calendar.from_dict(DESK, at_close="next_opening").deadline(monday, hours(4.5), pauses) == utc(
        "2026-03-03 10:00"
    )
    assert desk.deadline(utc("2026-03-03 11:00"), -hours(1), pauses) == utc("2026-03-03 10:00")
    assert desk.deadline(utc("2026-03-03 11:00"), -hours(2), pauses) == utc("2026-03-02 14:00")


def test_a_pause_may_still_be_open() -> None:
    desk = Calendar.from_dict(DESK)
    open_pause = [(utc("2026-03-02 11:00"), None)]
    assert desk.elapsed(utc("2026-03-02 09:00"), utc("2026-03-06 17:00"), open_pause) == hours(2)
    assert desk.deadline(utc("2026-03-02 09:00"), hours(2), open_pause) == utc("2026-03-02 11:00")
    with pytest.raises(CalendarError, match="stood still since 2026-03-02T11:00:00Z") as caught:
        desk.deadline(utc("2026-03-02 09:00"), hours(2) + US, open_pause)
    assert caught.value.code == "SLA-E0809"


@pytest.mark.parametrize(
    ("pause", "code", "place"),
    [
        ((utc("2026-03-02 11:00"), utc("2026-03-02 10:00")), "SLA-E0812", "pauses[0]"),
        ((utc("2026-03-02 11:00"),), "SLA-E0812", "pauses[0]"),
        ("ab", "SLA-E0812", "pauses[0]"),
        ((None, utc("2026-03-02 10:00")), "SLA-E0810", "pauses[0][0]"),
        ((utc("2026-03-02 09:00"), datetime(2026, 3, 2, 10)), "SLA-E0810", "pauses[0][1]"),  # noqa: DTZ001
    ],
)
def test_a_malformed_pause_is_refused(pause, code: str, place: str) -> None:
    desk = Calendar.from_dict(DESK)
    with pytest.raises(CalendarError) as caught:
        desk.elapsed(utc("2026-03-02 09:00"), utc("2026-03-02 17:00"), [pause])
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.parametrize("ask", ["is_open", "elapsed", "deadline"])
def test_an_instant_without_a_zone_is_refused_with_the_fix(ask: str) -> None:
    desk = Calendar.from_dict(DESK)
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    calls = {
        "is_open": lambda: desk.is_open(naive),
        "elapsed": lambda: desk.elapsed(utc("2026-03-02 09:00"), naive),
        "deadline": lambda: desk.deadline(naive, hours(1)),
    }
    with pytest.raises(CalendarError) as caught:
        calls[ask]()
    assert caught.value.code == "SLA-E0810"
    assert "tzinfo" in caught.value.fix_en


def test_a_duration_must_be_one() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_dict(DESK).deadline(utc("2026-03-02 09:00"), 3600)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.place) == ("SLA-E0810", "duration")


def test_answers_are_in_the_calendars_local_time_whatever_the_question_was_in() -> None:
    calendar = Calendar.from_dict(ISSUE)
    start = at("2026-03-03 09:00")
    assert calendar.deadline(start, hours(1)).tzinfo is SHANGHAI
    for other in (UTC, timezone(timedelta(hours=-5)), ZoneInfo("America/New_York")):
        found = calendar.deadline(start.astimezone(other), hours(1))
        assert found.isoformat() == "2026-03-03T10:00:00+08:00"
        assert found == at("2026-03-03 10:00")


def test_the_always_open_calendar_is_plain_time() -> None:
    always = Calendar.always("Asia/Shanghai")
    start = at("2026-03-01 05:00")
    assert always.deadline(start, timedelta(days=3, microseconds=1)) == start + timedelta(
        days=3, microseconds=1
    )
    assert always.elapsed(start, start + hours(1), [(start, start + hours(0.5))]) == hours(0.5)
    assert always.is_working_day(start.date())
    written = Calendar.from_dict(
        {
            "zone": "UTC",
            "weekly": {
                key: [["00:00", "24:00"]] for key in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            },
        },
        at_close="next_opening",
    )
    assert written.deadline(utc("2026-03-02 00:00"), hours(24)) == utc("2026-03-03 00:00")


def test_midnight_between_two_full_days_is_no_closing() -> None:
    days = Calendar.from_dict(
        {"zone": "UTC", "weekly": {"mon": [["00:00", "24:00"]], "tue": [["00:00", "12:00"]]}},
        at_close="next_opening",
    )
    assert days.deadline(utc("2026-03-02 00:00"), hours(24)) == utc("2026-03-03 00:00")
    assert days.next_close(utc("2026-03-02 10:00")) == utc("2026-03-03 12:00")
    # The same over New Year, where years are compiled one by one: 2026-12-31 is a Thursday.
    year = Calendar.from_dict(
        {"zone": "UTC", "weekly": {"thu": [["00:00", "24:00"]], "fri": [["00:00", "12:00"]]}}
    )
    assert year.next_close(utc("2026-12-31 10:00")) == utc("2027-01-01 12:00")
    assert year.deadline(utc("2026-12-31 00:00"), hours(24)) == utc("2027-01-01 00:00")


def test_next_and_previous_openings_and_closings() -> None:
    desk = Calendar.from_dict(DESK)
    assert desk.next_open(utc("2026-03-06 17:00")) == utc("2026-03-09 09:00")
    assert desk.next_open(utc("2026-03-06 16:00")) == utc("2026-03-06 16:00")
    assert desk.next_close(utc("2026-03-06 16:00")) == utc("2026-03-06 17:00")
    assert desk.next_close(utc("2026-03-06 17:00")) == utc("2026-03-09 17:00")
    assert desk.previous_open(utc("2026-03-09 08:00")) == utc("2026-03-06 17:00")
    assert desk.previous_open(utc("2026-03-09 09:00")) == utc("2026-03-06 17:00")
    assert desk.previous_open(utc("2026-03-09 10:00")) == utc("2026-03-09 10:00")


def test_calendars_are_joined() -> None:
    shanghai = Calendar.from_dict({"zone": "Asia/Shanghai", "weekly": {"mon": [["09:00", "17:00"]]}})
    london = Calendar.from_dict(
        {"zone": "Europe/London", "weekly": {"mon": [["08:00", "12:00"]], "tue": [["08:00", "09:00"]]}}
    )
    start, end = utc("2026-03-02 00:00"), utc("2026-03-03 00:00")
    # Monday 01:00-09:00 and 08:00-12:00 in UTC.
    assert shanghai.union(london).elapsed(start, end) == hours(11)
    both = shanghai.intersection(london)
    assert both.elapsed(start, end) == hours(1)
    assert both.deadline(start, hours(1)).isoformat() == "2026-03-02T17:00:00+08:00"
    assert both.is_working_day(start.date())
    assert not both.is_working_day(end.date())
    with pytest.raises(CalendarError) as caught:
        shanghai.intersection(Calendar.from_dict({"zone": "UTC", "weekly": {"wed": [["09:00", "10:00"]]}}))
    assert caught.value.code == "SLA-E0807"


def test_a_joined_calendar_is_known_only_where_all_parts_are() -> None:
    year = Calendar.from_dict({**DESK, "years": [2026]})
    joined = Calendar.from_dict(DESK).union(year)
    assert joined.is_open(utc("2026-03-02 10:00"))
    with pytest.raises(CalendarError) as caught:
        joined.is_open(utc("2027-03-01 10:00"))
    assert caught.value.code == "SLA-E0808"


def test_microseconds_are_the_same_clock() -> None:
    desk = Calendar.from_dict(DESK)
    start = int(utc("2026-03-02 16:59:59").timestamp()) * 10**6
    assert desk.deadline_us(start, 1_000_001) == int(utc("2026-03-03 09:00").timestamp()) * 10**6 + 1
    assert desk.elapsed_us(start, start + 10**9) == 10**6
    assert desk.elapsed_us(start, start + 10**9, [(start + 1, start + 3)]) == 10**6 - 2
    assert desk.is_open_us(start)
    assert not desk.is_open_us(start + 10**6)
    assert desk.next_open_us(start + 10**6) == start + 10**6 + 16 * 3600 * 10**6
    assert desk.next_close_us(start) == start + 10**6
    assert desk.open_intervals(start, start + 10**9) == [(start, start + 10**6)]
    assert desk.open_intervals(start, start) == []
