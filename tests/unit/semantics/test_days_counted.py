"""Numbers of days: what they are, and that nothing but dates is taken."""

from __future__ import annotations

from datetime import date

import pytest

from semantics.checking import told
from slalang.builtins.functions import FUNCTIONS

FEE = "fee F each month\n  Customer owes Provider\n  amount = {0} × 1 CNY\n  posted : same period\n"


@pytest.mark.parametrize(
    ("name", "dates", "days"),
    [
        ("days_from", (date(2024, 2, 28), date(2024, 3, 1)), 3),
        ("days_from", (date(2024, 3, 1), date(2024, 3, 1)), 1),
        ("days_from", (date(2024, 3, 2), date(2024, 3, 1)), 0),
        ("days_in_month", (date(2024, 2, 9),), 29),
        ("days_in_month", (date(2100, 2, 9),), 28),
        ("days_in_year", (date(2024, 12, 31),), 366),
        ("days_in_year", (date(1900, 1, 1),), 365),
    ],
)
def test_days_are_counted(name, dates, days):
    assert FUNCTIONS[name](*dates) == days


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("days_from(period start, 5 CNY)", "SLA-E0302", 36),
        ("days_in_month(3)", "SLA-E0302", 26),
        ("days_from(period start)", "SLA-E0201", 12),
        ("days_in_year(period start, period end)", "SLA-E0201", 12),
    ],
)
def test_nothing_but_dates_is_taken(text, code, column):
    assert told(FEE.format(text)) == [(code, 3, column)]
