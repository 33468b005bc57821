"""Dates go in; numbers of days come out, as fees that are apportioned by days need them."""

from __future__ import annotations

from calendar import isleap, monthrange
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def days_from(first: date, last: date) -> Fraction:
    """The days from one date to another, both included; 0 where the last comes before the first."""
    return Fraction(max((last - first).days + 1, 0))


def days_in_month(day: date) -> Fraction:
    """The days of the calendar month that holds a date: 28 to 31."""
    return Fraction(monthrange(day.year, day.month)[1])


def days_in_year(day: date) -> Fraction:
    """The days of the calendar year that holds a date: 365 or 366."""
    return Fraction(366 if isleap(day.year) else 365)
