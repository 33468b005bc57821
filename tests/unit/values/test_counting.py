"""Limits by hand; 2026 in China: 1 to 7 October are off (3, 4 Saturday, Sunday), 10 October is worked, 4 and 5 April too are off."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from slalang import Calendar
from slalang.values.civil import Span
from slalang.values.counting import (
    CONVENTIONS,
    EXACT,
    PRC_CIVIL_CODE,
    PRC_GPCL_1986,
    US_FEDERAL,
    Convention,
    Hours,
    Terms,
    WorkingDays,
    date_limit,
    deadline_for,
    own_roll,
)
from slalang.values.instant import format as shown
from slalang.values.instant import parse
from slalang.values.time_error import TimeError

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3_600_000_000
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
CHINA = Calendar.for_country("CN", zone="Asia/Shanghai", weekly=WEEK, make_up_hours=[["09:00", "17:00"]])
FEDERAL = Calendar.for_country("US", zone="America/New_York", weekly=WEEK)


def prc(start: str, length, convention: Convention = PRC_CIVIL_CODE, terms: Terms | None = None):
    return deadline_for(convention, parse(start + "+08:00"), length, CHINA, SHANGHAI, terms=terms)


@pytest.mark.parametrize(
    ("start", "length", "last_day"),
    [
        # The day of the trigger is not counted: day one is 3 March.
        ("2026-03-02T09:15:00", Span(days=15), "2026-03-17"),
        ("2026-03-02T00:00:00", Span(days=1), "2026-03-03"),
        ("2026-03-02T23:59:59", Span(days=1), "2026-03-03"),
        # Ends on Saturday 14 March: Monday.
        ("2026-03-04T10:00:00", Span(days=10), "2026-03-16"),
        # Ends on 1 October: the holiday ends with the 7th.
        ("2026-09-21T10:00:00", Span(days=10), "2026-10-08"),
        # Ends on Saturday 10 October, which is worked: no roll.
        ("2026-09-30T10:00:00", Span(days=10), "2026-10-10"),
        # Corresponding days, and the last day of a month that lacks one; 28 February 2026 is a worked Saturday.
        ("2026-01-15T10:00:00", Span(months=2), "2026-03-16"),
        ("2026-01-31T10:00:00", Span(months=1), "2026-02-28"),
        ("2025-02-28T10:00:00", Span(months=1), "2025-03-28"),
        ("2024-02-29T10:00:00", Span(years=1), "2025-02-28"),
        # Two months from 31 July end on 30 September.
        ("2026-07-31T10:00:00", Span(months=2), "2026-09-30"),
    ],
)
def test_the_prc_civil_code(start: str, length: Span, last_day: str) -> None:
    limit = prc(start, length)
    assert limit.last_day.isoformat() == last_day
    next_midnight = parse(last_day + "T00:00:00+08:00") + 24 * HOUR
    assert (limit.end, limit.end_included) == (next_midnight, False)


def test_hours_under_the_civil_code_run_from_the_trigger_through_rest_days_and_say_so() -> None:
    limit = prc("2026-09-30T20:00:00", Hours(48 * HOUR))
    assert shown(limit.end, SHANGHAI) == "2026-10-02T20:00:00+08:00"
    assert limit.end_included
    assert (limit.steps[0].what, limit.steps[0].cite) == ("start_assumed", "PRC Civil Code, art. 201")


def test_the_steps_tell_the_counting_with_its_articles() -> None:
    limit = prc("2026-01-31T10:00:00", Span(months=1, days=21))
    assert [(step.what, step.day, step.cite[-8:]) for step in limit.steps] == [
        ("start", date(2026, 1, 31), ""),
        ("first_day", date(2026, 2, 1), "art. 201"),
        ("month_rounded", date(2026, 2, 28), "art. 202"),
        ("counted", date(2026, 3, 21), "art. 202"),
        ("rest_day", date(2026, 3, 23), "art. 203"),
        ("closes", date(2026, 3, 23), "art. 203"),
    ]


def test_the_last_day_may_end_where_business_stops() -> None:
    limit = prc("2026-03-04T10:00:00", Span(days=10), terms=Terms(closes="business"))
    assert shown(limit.end, SHANGHAI) == "2026-03-16T17:00:00+08:00"


def test_counted_backward_the_anchor_is_not_counted_and_nothing_rolls() -> None:
    # Ten days before Wednesday 25 March: the end of Sunday the 15th.
    limit = prc("2026-03-25T10:00:00", Span(days=-10))
    assert limit.last_day == date(2026, 3, 15)
    assert shown(limit.end, SHANGHAI) == "2026-03-16T00:00:00+08:00"
    limit = prc("2026-03-31T10:00:00", Span(months=-1))
    assert limit.last_day == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("start", "length", "last_day"),
    [
        # Not from the first day of a month: 30 days, 11 January to 9 February 2026 (a Monday).
        ("2026-01-10T10:00:00", Span(months=1), "2026-02-09"),
        # From the first of a month: the month itself. 31 March 2026 is a Tuesday.
        ("2026-02-28T10:00:00", Span(months=1), "2026-03-31"),
        # 365 days from 11 January 2024 in a leap year: 9 January 2025; as years it would be the 10th.
        ("2024-01-10T10:00:00", Span(years=1), "2025-01-09"),
        ("2024-12-31T10:00:00", Span(years=1), "2025-12-31"),
    ],
)
def test_the_general_principles_of_1986_count_months_loosely(start: str, length: Span, last_day: str) -> None:
    found = prc(start, length, PRC_GPCL_1986)
    unrolled = next(step.day for step in found.steps if step.what == "counted")
    assert unrolled == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("start", "length", "last_day"),
    [
        # Working days are counted as the calendar has them: 8, 9, 10 October after the holiday.
        ("2026-09-30T10:00:00", WorkingDays(3), "2026-10-10"),
        # 14 February is worked, 15 to 23 are off.
        ("2026-02-13T10:00:00", WorkingDays(2), "2026-02-24"),
        ("2026-10-08T10:00:00", WorkingDays(-1), "2026-09-30"),
        ("2026-03-07T10:00:00", WorkingDays(1), "2026-03-09"),
    ],
)
def test_working_days(start: str, length: WorkingDays, last_day: str) -> None:
    assert prc(start, length).last_day.isoformat() == last_day


def test_where_a_closed_or_late_start_counts_is_the_contracts_to_say() -> None:
    saturday, evening = "2026-03-07T10:00:00", "2026-03-02T16:00:01"
    assert prc(saturday, WorkingDays(1), terms=Terms(closed_start="next")).last_day == date(2026, 3, 10)
    assert prc(evening, WorkingDays(1), terms=Terms(cutoff="16:00")).last_day == date(2026, 3, 4)
    assert prc("2026-03-02T16:00:00", WorkingDays(1), terms=Terms(cutoff="16:00")).last_day == date(
        2026, 3, 3
    )
    with pytest.raises(TimeError) as caught:
        prc(evening, WorkingDays(1), terms=Terms(cutoff="four"))
    assert caught.value.code == "SLA-E0840"


def test_the_contracts_roll_comes_before_the_conventions() -> None:
    # Sunday 15 March moved back by the contract is Friday the 13th, a working day: the code's roll has nothing to do.
    limit = prc("2026-03-05T10:00:00", Span(days=10), terms=Terms(roll="previous"))
    assert limit.last_day == date(2026, 3, 13)
    assert [step.what for step in limit.steps if step.what in {"contract_roll", "rest_day"}] == [
        "contract_roll"
    ]
    weekly = Calendar.from_days("Asia/Shanghai")
    # By a calendar that knows no holidays 1 October is no rest day; by the code it is.
    limit = prc("2026-09-21T10:00:00", Span(days=10), terms=Terms(roll="next", roll_calendar=weekly))
    assert limit.last_day == date(2026, 10, 8)


def frcp(start: str, length, terms: Terms | None = None):
    return deadline_for(US_FEDERAL, parse(start), length, FEDERAL, NEW_YORK, terms=terms)


@pytest.mark.parametrize(
    ("start", "length", "last_day"),
    [
        # 14 days from Friday 19 June 2026 are Friday 3 July, the day observed for the 4th: Monday the 6th.
        ("2026-06-19T15:00:00-04:00", Span(days=14), "2026-07-06"),
        ("2026-03-02T15:00:00-05:00", Span(days=21), "2026-03-23"),
        # 30 days from 26 November are Saturday 26 December.
        ("2026-11-26T15:00:00-05:00", Span(days=30), "2026-12-28"),
        # Backward 14 days from 18 January 2027 is Monday the 4th; from the 15th, Friday 1 January: Thursday 31 December.
        ("2027-01-18T15:00:00-05:00", Span(days=-14), "2027-01-04"),
        ("2027-01-15T15:00:00-05:00", Span(days=-14), "2026-12-31"),
    ],
)
def test_us_federal_rule_6a(start: str, length: Span, last_day: str) -> None:
    assert frcp(start, length).last_day.isoformat() == last_day


def test_us_federal_hours_that_end_on_a_rest_day_run_to_the_same_time_of_the_next() -> None:
    # 72 hours from Friday 09:23 end on Monday; 24 hours end on Saturday and run on to Monday 09:23.
    assert (
        shown(frcp("2026-03-13T09:23:00-04:00", Hours(72 * HOUR)).end, NEW_YORK)
        == "2026-03-16T09:23:00-04:00"
    )
    assert (
        shown(frcp("2026-03-13T09:23:00-04:00", Hours(24 * HOUR)).end, NEW_YORK)
        == "2026-03-16T09:23:00-04:00"
    )
    # Elapsed hours over the change of the clocks: 24 hours from Saturday 09:00 EST are Sunday 10:00 EDT, so Monday 10:00.
    assert (
        shown(frcp("2026-03-07T09:00:00-05:00", Hours(24 * HOUR)).end, NEW_YORK)
        == "2026-03-09T10:00:00-04:00"
    )


def test_exact_days_are_24_hours_and_months_have_no_length() -> None:
    start = parse("2026-03-07T12:00:00-05:00")
    limit = deadline_for(EXACT, start, Span(weeks=1, days=1), None, NEW_YORK)
    assert (limit.end, limit.end_included) == (start + 8 * 24 * HOUR, True)
    assert shown(limit.end, NEW_YORK) == "2026-03-15T13:00:00-04:00"
    with pytest.raises(TimeError) as caught:
        deadline_for(EXACT, start, Span(months=1), None, NEW_YORK)
    assert caught.value.code == "SLA-E0840"


def test_by_a_day_includes_it_and_before_a_day_does_not() -> None:
    day = date(2026, 3, 5)
    assert date_limit(day, "by", SHANGHAI).end == parse("2026-03-06T00:00:00+08:00")
    assert date_limit(day, "before", SHANGHAI).end == parse("2026-03-05T00:00:00+08:00")
    assert date_limit(day, "before", SHANGHAI).last_day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("start", "months", "last_day"),
    [
        ("2026-03-15", 1, "2026-04-14"),
        ("2026-03-01", 1, "2026-03-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", -1, "2026-03-01"),
    ],
)
def test_a_convention_may_count_the_first_day(start: str, months: int, last_day: str) -> None:
    inclusive = Convention(name="inclusive", counts_first_day=True)
    limit = deadline_for(inclusive, parse(start + "T10:00:00Z"), Span(months=months), None, ZoneInfo("UTC"))
    assert limit.last_day.isoformat() == last_day


def test_a_limit_that_needs_a_calendar_asks_for_it() -> None:
    for length in (WorkingDays(1), Span(days=1)):
        with pytest.raises(TimeError) as caught:
            deadline_for(PRC_CIVIL_CODE, parse("2026-03-02T10:00:00+08:00"), length, None, SHANGHAI)
        assert caught.value.code == "SLA-E0840"


def test_a_roll_into_a_year_without_data_is_refused() -> None:
    # 31 December 2026 is a Thursday; one day more and the holidays of 2027 are not known.
    assert prc("2026-12-30T10:00:00", Span(days=1)).last_day == date(2026, 12, 31)
    with pytest.raises(TimeError) as caught:
        prc("2026-12-31T10:00:00", Span(days=1))
    assert caught.value.code == "SLA-E0808"


def test_conventions_have_names() -> None:
    assert set(CONVENTIONS) >= {"prc_civil_code", "prc_gpcl_1986", "exact", "us_federal"}
    assert all(name == one.name for name, one in CONVENTIONS.items())


WEEKDAYS = Calendar.from_days("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "how", "month_end", "expected"),
    [
        # 31 March 2026 is a Tuesday: open, and the last of its month.
        ("2026-03-31", "next", False, "2026-03-31"),
        ("2026-03-31", "next", True, "2026-04-01"),
        ("2026-03-31", "previous", True, "2026-03-30"),
        # 31 January 2026 is a Saturday: on to Monday 2 February, back to Friday the 30th.
        ("2026-01-31", "next", True, "2026-02-02"),
        ("2026-01-31", "previous", True, "2026-01-30"),
        # 28 February 2026 is the last day and a Saturday; 27 February a Friday.
        ("2026-02-28", "previous", True, "2026-02-27"),
        # Back from Sunday 1 November is Friday 30 October; forward Monday the 2nd.
        ("2026-11-01", "previous", True, "2026-10-30"),
        ("2026-11-01", "next", True, "2026-11-02"),
        # Back from Sunday 1 February 2026 is Friday 30 January. Back from Monday 1 June by a calendar of Sundays: 31 May is
        # the last of May, so the 24th.
        ("2026-02-01", "previous", True, "2026-01-30"),
    ],
)
def test_a_contracts_own_roll_may_shun_the_last_day_of_a_month(day, how, month_end, expected) -> None:
    found = own_roll(date.fromisoformat(day), WEEKDAYS, how, not_last_of_month=month_end)
    assert found == date.fromisoformat(expected)


def test_a_roll_that_meets_the_last_day_of_a_month_goes_on() -> None:
    sundays = Calendar.from_days("Asia/Shanghai", ["sun"])
    assert own_roll(date(2026, 6, 1), sundays, "previous", not_last_of_month=True) == date(2026, 5, 24)
    assert own_roll(date(2026, 5, 25), sundays, "next", not_last_of_month=True) == date(2026, 6, 7)


def test_business_may_stop_in_another_calendar_than_that_of_the_rest_days() -> None:
    shop = Calendar.from_dict({"zone": "Asia/Shanghai", "weekly": {"mon": [["10:00", "16:00"]]}})
    # Ten days from 4 March end on Saturday the 14th; by the rest days of China on Monday the 16th; the shop closes at 16:00.
    limit = prc("2026-03-04T10:00:00", Span(days=10), terms=Terms(closes="business", closing_calendar=shop))
    assert shown(limit.end, SHANGHAI) == "2026-03-16T16:00:00+08:00"
