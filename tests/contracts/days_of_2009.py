"""A day goes in; whether it was worked in 2009, and where limits in days and in working days end, come out by plain counting."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)
# The State Council's days off of March to August 2009 that are weekdays, and the Sunday that is worked for Friday 29 May.
OFF = {date(2009, 4, 6), date(2009, 5, 1), date(2009, 5, 28), date(2009, 5, 29)}
WORKED = {date(2009, 5, 31)}


def is_working(day: date) -> bool:
    """Whether it is no rest day."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def days_after(start: date, days: int) -> date:
    """The last day of a period in days by the law: one that ends on a rest day ends on the next working day."""
    end = start + days * DAY
    while not is_working(end):
        end += DAY
    return end


def working_days_after(start: date, count: int) -> date:
    """The last of so many working days after a day."""
    while count:
        start += DAY
        count -= is_working(start)
    return start
