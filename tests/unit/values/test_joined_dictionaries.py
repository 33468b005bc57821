"""Calendars put together in the dictionary form: any of them, or all, and what such a dictionary may not hold."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from slalang import Calendar, CalendarError

MORNING = {"zone": "UTC", "weekly": {"mon": [["09:00", "12:00"]]}}
NOON = {"zone": "UTC", "weekly": {"mon": [["11:00", "15:00"]]}}


def at(text):
    return datetime.fromisoformat(f"2026-03-02T{text}+00:00")


@pytest.mark.parametrize(("how", "hours"), [("union", 6), ("intersection", 1)])
def test_hours_of_any_and_of_all(how, hours):
    joined = Calendar.from_dict({"zone": "UTC", how: [MORNING, NOON]})
    assert joined.elapsed(at("00:00"), at("23:00")) == timedelta(hours=hours)


def test_a_joined_calendar_may_be_a_part_of_another():
    inner = {"zone": "UTC", "intersection": [MORNING, NOON]}
    late = {"zone": "UTC", "weekly": {"mon": [["20:00", "21:00"]]}}
    assert Calendar.from_dict({"zone": "UTC", "union": [inner, late]}).elapsed(
        at("00:00"), at("23:00")
    ) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "SLA-E0815"),
        ({"union": [MORNING]}, "SLA-E0815"),
        ({"zone": "UTC", "union": []}, "SLA-E0815"),
        ({"zone": "UTC", "union": MORNING}, "SLA-E0815"),
        ({"zone": "UTC", "union": [MORNING], "weekly": {}}, "SLA-E0801"),
        ({"zone": "UTC", "union": [MORNING], "intersection": [NOON]}, "SLA-E0801"),
        ({"zone": "Nowhere", "union": [MORNING]}, "SLA-E0805"),
        ({"zone": "UTC", "intersection": [MORNING, {"zone": "UTC", "weekly": {"tue": [["09:00", "10:00"]]}}]}, "SLA-E0807"),
    ],
)  # fmt: skip
def test_what_is_refused(given, code):
    with pytest.raises(CalendarError) as refused:
        Calendar.from_dict(given)
    assert refused.value.code == code
