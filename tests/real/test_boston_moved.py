"""The targets of the ten steady kinds that do not follow from opening and limit: what each of them is."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

from boston_table import (
    AS_OF,
    CALENDAR_DAYS,
    CITY_HOURS,
    TEN,
    WORKING_DAYS,
    ZONE,
    far,
    local,
    needed,
    reckoned,
    rows,
)  # fmt: skip

from slalang import Calendar

pytestmark = needed
CITY = Calendar.from_dict(CITY_HOURS, at_close="next_opening")
SHORT = timedelta(minutes=20)
OPENING = (8, 30)


@cache
def moved():
    """Requests whose target lies more than ten minutes from where it should: kind, opened, target, closed, reckoned."""
    found = []
    for row in rows():
        kind, target = row["TYPE"], local(row["TARGET_DT"])
        if target is not None and kind in {**WORKING_DAYS, **CALENDAR_DAYS}:
            opened = local(row["OPEN_DT"])
            expected = reckoned(kind, opened, CITY)
            if far(expected, target) > TEN:
                found.append((kind, opened, target, local(row["CLOSED_DT"]), expected))
    return found


def clock_starts(kind, target):
    """From when the limit gives this target: an instant or, where it is an opening, the time since the closing before."""
    day, left = target.date(), WORKING_DAYS[kind]
    while left:
        day -= timedelta(days=1)
        left -= CITY.is_working_day(day)
    last = datetime.combine(day, target.time(), tzinfo=ZONE)
    if reckoned(kind, last, CITY) != target:
        return None
    if (target.hour, target.minute) != OPENING:
        return last, last
    day -= timedelta(days=1)
    while not CITY.is_working_day(day):
        day -= timedelta(days=1)
    return datetime(day.year, day.month, day.day, 17, tzinfo=ZONE), last


def sort_of(kind, opened, target, closed, expected):
    if far(target, opened) <= timedelta(minutes=5):
        return "at the opening itself"
    starts = clock_starts(kind, target)
    if starts is not None:
        first, last = starts
        if first == last and timedelta(0) < opened - first <= timedelta(minutes=45):
            return "from shortly before the opening"
        if closed and first <= closed <= last + SHORT and last >= opened:
            return "from shortly before the closing"
    minutes = (target.hour - expected.hour) * 60 + target.minute - expected.minute
    if abs(minutes) <= 10:
        same = (target.month, target.day) == (expected.month, expected.day)
        return "same date of another year" if same else "same time of another date"
    if starts is not None and opened <= starts[0] <= (closed or AS_OF):
        return "from some time while it was open"
    return "none of these"


SORTS = {
    "at the opening itself": 10,
    "from shortly before the opening": 8,
    "from shortly before the closing": 21,
    "from some time while it was open": 30,
    "same date of another year": 5,
    "same time of another date": 47,
}


def test_each_moved_target_is_of_one_of_six_sorts():
    assert Counter(sort_of(*each) for each in moved()) == SORTS
    assert sum(SORTS.values()) == 121


def test_107_of_them_lie_on_another_date():
    other = Counter(sort_of(*each) for each in moved() if each[2].date() != each[4].date())
    assert sum(other.values()) == 107
    # The other 14 lie on the right date: reckoned anew within the hours, or from a few minutes before the opening.
    assert Counter(SORTS) - other == {
        "from shortly before the opening": 6,
        "from shortly before the closing": 7,
        "from some time while it was open": 1,
    }


def test_no_calendar_cut_off_or_changed_limit_explains_them():
    """Whatever held on a day would hold for all: on every day but one, others of the same kind got the target reckoned."""
    usual = {
        (row["TYPE"], local(row["OPEN_DT"]).date())
        for row in rows()
        if row["TARGET_DT"]
        and row["TYPE"] in {**WORKING_DAYS, **CALENDAR_DAYS}
        and far(reckoned(row["TYPE"], local(row["OPEN_DT"]), CITY), local(row["TARGET_DT"])) <= TEN
    }
    alone = [(kind, opened.date()) for kind, opened, *_ in moved() if (kind, opened.date()) not in usual]
    assert alone == [("Street Light Outages", date(2015, 1, 27))]


def test_they_are_of_the_kinds_that_count_working_days():
    assert {each[0] for each in moved()} <= set(WORKING_DAYS)


def test_four_old_street_lights_were_reckoned_anew_within_one_afternoon():
    """Ten working days before 24 August 2015, at the same time of day: Monday 10 August, from 12:55 to 14:13."""
    starts = sorted(
        clock_starts(kind, target)[0]
        for kind, _, target, _, _ in moved()
        if target.date() == date(2015, 8, 24)
    )
    assert [start.strftime("%m-%d %H:%M") for start in starts] == [
        "08-10 12:55", "08-10 13:47", "08-10 14:10", "08-10 14:13"
    ]  # fmt: skip


def test_dates_put_in_by_hand_fall_on_days_of_rest_too():
    by_hand = [each for each in moved() if sort_of(*each) == "same time of another date"]
    assert sum(not CITY.is_working_day(target.date()) for _, _, target, _, _ in by_hand) == 15
    assert sum(target.day == expected.day for _, _, target, _, expected in by_hand) == 19  # a later month
