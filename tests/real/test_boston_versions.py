"""Boston's three kinds whose limits changed in 2015: targets across the changes, reckoned here and by the contract's versions."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import cache

import pytest
from boston_table import (
    AS_OF,
    CITY_HOURS,
    CONTRACT,
    TABLE,
    TEN,
    ZONE,
    far,
    from_instant,
    local,
    needed,
    rows,
)  # fmt: skip

from slalang import Calendar
from slalang.diagnostics.collector import Collector
from slalang.pipeline.running import Asked, Run

pytestmark = needed
CITY = Calendar.from_dict(CITY_HOURS, at_close="next_opening")
VERSIONS = {
    "2015-01": datetime(2015, 1, 1, tzinfo=ZONE),
    "2015-02": datetime(2015, 2, 16, 12, tzinfo=ZONE),
    "2015-03": datetime(2015, 3, 1, tzinfo=ZONE),
}
# Working days; 180 calendar days are told as None.
LIMITS = {
    ("Traffic Signal Repair", "2015-01"): 1,
    ("Traffic Signal Repair", "2015-02"): None,
    ("Traffic Signal Repair", "2015-03"): None,
    ("PWD Graffiti", "2015-01"): 45,
    ("PWD Graffiti", "2015-02"): 45,
    ("PWD Graffiti", "2015-03"): 5,
    ("Abandoned Vehicles", "2015-01"): 20,
    ("Abandoned Vehicles", "2015-02"): 12,
    ("Abandoned Vehicles", "2015-03"): 12,
}
KINDS = {kind for kind, _ in LIMITS}


def version_of(opened):
    return max(name for name, since in VERSIONS.items() if since <= opened)


def reckoned(row):
    opened = local(row["OPEN_DT"])
    days = LIMITS[row["TYPE"], version_of(opened)]
    if days is None:
        return opened + timedelta(days=180)  # wall clock
    return CITY.deadline(opened, days * timedelta(hours=8.5))


def changed():
    return [row for row in rows() if row["TYPE"] in KINDS]


def test_published_targets_follow_from_the_limit_of_their_version():
    seen, follow = Counter(), Counter()
    for row in changed():
        if row["TARGET_DT"]:
            place = row["TYPE"], version_of(local(row["OPEN_DT"]))
            seen[place] += 1
            follow[place] += far(reckoned(row), local(row["TARGET_DT"])) <= TEN
    assert follow.total() == 6_084
    assert seen - follow == {
        ("Traffic Signal Repair", "2015-01"): 1,
        ("Traffic Signal Repair", "2015-03"): 3,
        ("PWD Graffiti", "2015-01"): 5,
        ("PWD Graffiti", "2015-03"): 3,
        ("Abandoned Vehicles", "2015-01"): 1,
        ("Abandoned Vehicles", "2015-03"): 9,
    }


def test_signals_and_vehicles_changed_within_the_holiday_of_16_february():
    """Under the old limits until 11:28:30, under the new ones from 13:25:30 on, without an exception on either side."""
    for row in changed():
        opened, target = local(row["OPEN_DT"]), row["TARGET_DT"] and local(row["TARGET_DT"])
        if row["TYPE"] == "PWD Graffiti" or not datetime(2015, 2, 2, tzinfo=ZONE) <= opened < datetime(
            2015, 3, 1, tzinfo=ZONE
        ):
            continue
        assert (
            not datetime(2015, 2, 16, 11, 28, 31, tzinfo=ZONE)
            <= opened
            < datetime(2015, 2, 16, 13, 25, 30, tzinfo=ZONE)
        )
        old = opened < VERSIONS["2015-02"]
        assert (far(target, opened) > timedelta(days=100)) == (
            row["TYPE"] == "Traffic Signal Repair" and not old
        )
        assert far(reckoned(row), target) <= TEN


def test_graffiti_changed_between_31_january_and_1_march():
    days = [local(row["OPEN_DT"]) for row in changed() if row["TYPE"] == "PWD Graffiti"]
    between = [
        at for at in days if datetime(2015, 2, 1, tzinfo=ZONE) <= at < datetime(2015, 3, 1, tzinfo=ZONE)
    ]
    assert [at.date().isoformat() for at in between] == ["2015-02-09"]


# --- the contract


@cache
def verdicts():
    asked = Asked(
        contracts=tuple(str(CONTRACT / "versions" / f"{name}.sla") for name in VERSIONS),
        events=(str(TABLE),),
        bindings=str(CONTRACT / "bindings.toml"),
        as_of=AS_OF.isoformat(),
    )
    collector = Collector()
    with Run(asked, collector) as run:
        outcome = run.outcome()
    assert not collector.has_errors
    return {(verdict.rule, verdict.subject): verdict for verdict in outcome.verdicts}


@pytest.mark.slow
def test_each_request_is_judged_by_the_version_of_its_opening():
    """To the microsecond for working days; for 180 days the limit ends with the date (24:00) that the target lies on."""
    seen = Counter()
    for row in changed():
        opened, subject = local(row["OPEN_DT"]), row["CASE_ENQUIRY_ID"]
        version = version_of(opened)
        by_days = LIMITS[row["TYPE"], version] is None
        verdict = verdicts()["CalendarDays" if by_days else "WorkingDays", subject]
        assert ("WorkingDays" if by_days else "CalendarDays", subject) not in verdicts()
        assert verdict.version == version
        if by_days:
            day = reckoned(row).date() + timedelta(days=1)
            assert from_instant(verdict.deadline) == datetime(day.year, day.month, day.day, tzinfo=ZONE)
        else:
            assert from_instant(verdict.deadline) == reckoned(row)
        closed = row["CLOSED_DT"] and max(local(row["CLOSED_DT"]), opened)
        deadline = from_instant(verdict.deadline)
        in_time = closed and (closed < deadline if by_days else closed <= deadline)
        # A limit that ends with its date has expired when the date is over; one by the clock may still be met on its instant.
        is_open = deadline > AS_OF if by_days else deadline >= AS_OF
        assert verdict.status == (
            "met" if in_time else "late" if closed else "pending" if is_open else "overdue"
        )
        seen[version] += 1
    assert len(verdicts()) == seen.total() == 6_107
    assert set(seen) == set(VERSIONS)
