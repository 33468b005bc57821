"""The city's table goes in; its rows, local times and the targets that limits give come out, reckoned here and not by a contract."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT.parent / "shared/data/boston311/requests_2015_13types.csv.gz"
CONTRACT = ROOT / "contracts/boston-311"
needed = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/boston311 is not there")

ZONE = ZoneInfo("America/New_York")
WORKING_DAYS = {
    "Pick up Dead Animal": 1,
    "CE Collection": 1,
    "Tree Emergencies": 1,
    "Building Inspection Request": 3,
    "Electrical": 5,
    "General Comments For a Program or Policy": 10,
    "Street Light Outages": 10,
}
CALENDAR_DAYS = {
    "Rodent Activity": 30,
    "Heat - Excessive  Insufficient": 30,
    "Unsatisfactory Living Conditions": 120,
}
CITY_HOURS = {
    "zone": "America/New_York",
    "weekly": {day: [["08:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": [
        *("2015-01-01", "2015-01-19", "2015-02-16", "2015-04-20", "2015-05-25", "2015-09-07", "2015-10-12"),
        *("2015-11-11", "2015-11-26", "2015-12-25", "2016-01-01", "2016-01-18"),
    ],
}
AS_OF = datetime(
    2016, 1, 13, tzinfo=ZONE
)  # the extract was made between 2016-01-12 22:53:53 and 2016-01-13 08:02:23
TEN = timedelta(minutes=10)


@cache
def rows():
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def local(text):
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=ZONE) if text else None


def reckoned(kind, opened, calendar):
    """The target from the limit: working time of 8.5 hours a day, or the same wall-clock time some days later."""
    if kind in CALENDAR_DAYS:
        return opened + timedelta(days=CALENDAR_DAYS[kind])  # wall clock: the offset is looked up anew
    return calendar.deadline(opened, WORKING_DAYS[kind] * timedelta(hours=8.5))


def far(a, b):
    """How far two instants lie apart, whatever the clocks do between them."""
    return abs(a.astimezone(UTC) - b.astimezone(UTC))


def from_instant(at):
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
