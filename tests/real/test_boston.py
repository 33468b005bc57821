"""Boston 311 of 2015, public data that the project does not hold: an independent calculation, then the contract itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from boston_table import (
    AS_OF,
    CALENDAR_DAYS,
    CITY_HOURS,
    CONTRACT,
    TABLE,
    TEN,
    WORKING_DAYS,
    ZONE,
    far,
    from_instant,
    local,
    needed,
    reckoned,
    rows,
)

from slalang import Calendar
from slalang.diagnostics.collector import Collector
from slalang.pipeline.running import Asked, Run

KNOWN = {"met", "late", "overdue", "pending"}
pytestmark = needed

# Requests of the ten kinds whose published target lies on another date than opening and limit give, by kind; what they
# are is found in test_boston_moved.py.
OTHER_DATE = {
    "General Comments For a Program or Policy": 3,
    "Pick up Dead Animal": 2,
    "CE Collection": 9,
    "Street Light Outages": 93,
}
# On the right date, but more than ten minutes away. All others are within ten minutes: the opening
# is often recorded to the minute, or a little before or after the instant from which the target was reckoned.
OTHER_TIME = {"Pick up Dead Animal": 2, "CE Collection": 2, "Street Light Outages": 10}


def status(row):
    target, closed = local(row["TARGET_DT"]), local(row["CLOSED_DT"])
    late = target is not None and (closed or AS_OF).astimezone(UTC) > target.astimezone(UTC)
    return "OVERDUE" if late else "ONTIME"


def test_the_table_is_the_one_that_the_counts_below_are_of():
    assert len(rows()) == len({row["CASE_ENQUIRY_ID"] for row in rows()}) == 39_272
    assert Counter(row["OnTime_Status"] for row in rows()) == {"ONTIME": 25_327, "OVERDUE": 13_811, "": 134}


def test_on_time_is_closed_by_the_target():
    wrong = [row for row in rows() if row["OnTime_Status"] not in {"", status(row)}]
    assert wrong == []


def test_published_targets_of_the_ten_steady_kinds_follow_from_their_limits():
    calendar = Calendar.from_dict(CITY_HOURS, at_close="next_opening")
    seen, other_date, other_time = Counter(), Counter(), Counter()
    for row in rows():
        kind, target = row["TYPE"], local(row["TARGET_DT"])
        if target is None or not (kind in WORKING_DAYS or kind in CALENDAR_DAYS):
            continue
        seen[kind] += 1
        expected = reckoned(kind, local(row["OPEN_DT"]), calendar)
        if expected.date() != target.date():
            other_date[kind] += 1
        elif far(expected, target) > TEN:
            other_time[kind] += 1
    assert seen.total() == 33_163
    assert other_date == OTHER_DATE
    assert other_time == OTHER_TIME


def test_working_days_counted_as_days_give_the_same_targets():
    """The second way: move the start into hours, then count dates and keep the time of day."""
    calendar = Calendar.from_dict(CITY_HOURS, at_close="next_opening")
    for row in rows()[::7]:
        if row["TYPE"] in WORKING_DAYS and row["TARGET_DT"]:
            start = calendar.next_open(local(row["OPEN_DT"]))
            counted = calendar.add_working_days(start, WORKING_DAYS[row["TYPE"]])
            assert counted == reckoned(row["TYPE"], local(row["OPEN_DT"]), calendar)


def test_the_third_of_july_was_a_working_day():
    calendar = Calendar.from_dict(CITY_HOURS)
    assert calendar.is_working_day(date(2015, 7, 3))
    assert not calendar.is_working_day(date(2015, 4, 20))  # Patriots' Day


# --- the contract


@cache
def verdicts():
    asked = Asked(
        contracts=(str(CONTRACT / "contract.sla"),),
        events=(str(TABLE),),
        bindings=str(CONTRACT / "bindings.toml"),
        as_of=AS_OF.isoformat(),
    )
    collector = Collector()
    with Run(asked, collector) as run:
        outcome = run.outcome()
    assert not collector.has_errors
    found = {}
    for verdict in outcome.verdicts:
        assert (verdict.rule, verdict.subject) not in found
        found[verdict.rule, verdict.subject] = verdict
    return found


@pytest.mark.slow
def test_the_contract_gives_the_published_status_of_every_row():
    """`ClosedByTarget` of each request that has a target; one without a target has no case and is on time."""
    wrong, judged = [], 0
    for row in rows():
        verdict = verdicts().get(("ClosedByTarget", row["CASE_ENQUIRY_ID"]))
        assert (verdict is None) == (not row["TARGET_DT"])
        if verdict is not None:
            assert from_instant(verdict.deadline) == local(row["TARGET_DT"])
            assert verdict.breached_at == (
                verdict.deadline if verdict.status in {"late", "overdue"} else None
            )
        if row["OnTime_Status"]:
            judged += 1
            says = "OVERDUE" if verdict is not None and verdict.status in {"late", "overdue"} else "ONTIME"
            if says != row["OnTime_Status"] or (verdict is not None and verdict.status not in KNOWN):
                wrong.append(row["CASE_ENQUIRY_ID"])
    assert wrong == []
    assert judged == 39_138


@pytest.mark.slow
def test_the_contract_reckons_each_target_from_its_limit():
    """To the microsecond for working days; for calendar days the limit ends with the date (24:00) that the target lies on."""
    calendar = Calendar.from_dict(CITY_HOURS, at_close="next_opening")
    seen = Counter()
    for row in rows():
        kind, opened = row["TYPE"], local(row["OPEN_DT"])
        working = verdicts().get(("WorkingDays", row["CASE_ENQUIRY_ID"]))
        counted = verdicts().get(("CalendarDays", row["CASE_ENQUIRY_ID"]))
        assert (working is not None) == (kind in WORKING_DAYS)
        assert (counted is not None) == (kind in CALENDAR_DAYS)
        if working is not None:
            seen["working"] += 1
            assert from_instant(working.deadline) == reckoned(kind, opened, calendar)
        if counted is not None:
            seen["calendar"] += 1
            day = reckoned(kind, opened, calendar).date() + timedelta(days=1)
            assert from_instant(counted.deadline) == datetime(day.year, day.month, day.day, tzinfo=ZONE)
    assert seen == {"working": 27_075, "calendar": 6_090}
