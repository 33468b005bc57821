"""Numbers as a person with a pencil writes them; every expectation worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slalang.explain.wording import numbers
from slalang.outcome.records import Quantity
from slalang.values.instant import parse

MIN = 60_000_000


@pytest.mark.parametrize(
    ("us", "en", "zh"),
    [
        (252 * MIN, "4 h 12 min", "4 小时 12 分钟"),
        (-12 * MIN, "−12 min", "−12 分钟"),
        (0, "0 min", "0 分钟"),
        (500_000, "0.5 s", "0.5 秒"),
        (1, "0.000001 s", "0.000001 秒"),
        (72 * 60 * MIN, "72 h", "72 小时"),
        (60 * MIN + 1_000_000, "1 h 1 s", "1 小时 1 秒"),
    ],
)
def test_a_duration_is_written_in_hours_minutes_and_seconds(us, en, zh):
    assert numbers.duration(us, "en") == en
    assert numbers.duration(us, "zh") == zh


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (Fraction(949, 1000), "94.9 %"),
        (Fraction(149, 157), "≈ 94.904 %"),  # 149 / 157 = 0.949044…
        (Fraction(1, 3), "≈ 33.33 %"),
        (Fraction(999_999, 1_000_000), "99.9999 %"),
        (Fraction(94_999_999_999, 100_000_000_000), "94.999999999 %"),
        (1 - Fraction(1, 3 * 10**7), "≈ 99.999997 %"),  # never 100 %: 1/3 of 10⁻⁷ is 0.0000033… of a percent
        (Fraction(1), "100 %"),
    ],
)
def test_a_ratio_is_never_rounded_onto_a_bound(ratio, shown):
    assert numbers.percent(ratio, "en") == shown


def test_units_are_worded_in_both_languages():
    cases = [
        (Quantity("amount:CNY", Fraction(10_000)), "10,000.00 CNY", "10,000.00 CNY"),
        (Quantity("amount:JPY", Fraction(500)), "500 JPY", "500 JPY"),
        (Quantity("amount:CNY", Fraction(1, 3)), "≈ 0.33 CNY", "≈ 0.33 CNY"),
        (Quantity("points", Fraction(-1, 1000)), "−0.1 percentage points", "−0.1 个百分点"),
        (Quantity("points", Fraction(1, 100)), "1 percentage point", "1 个百分点"),
        (Quantity("civil", Fraction(15)), "15 days", "15 天"),
        (Quantity("workdays", Fraction(1)), "1 working day", "1 个工作日"),
        (Quantity("ratio", Fraction(1, 20)), "5 %", "5%"),
        (Quantity("number", Fraction(-1234567, 100)), "−12,345.67", "−12,345.67"),
    ]
    for value, en, zh in cases:
        assert numbers.quantity(value, "en") == en
        assert numbers.quantity(value, "zh") == zh


def test_a_moment_is_local_and_a_time_shown_twice_carries_its_offset():
    first = parse("2026-03-02T09:15:00+08:00")
    assert numbers.instant(first, "Asia/Shanghai", "en") == "Mon 2026-03-02 09:15"
    assert numbers.instant(first, "Asia/Shanghai", "zh") == "2026-03-02 周一 09:15"
    assert numbers.instant(first + 30_500_000, "Asia/Shanghai", "en", day=False) == "09:15:30.5"
    # 2026-11-01 01:30 happens twice in New York: first in daylight time (−04:00), then in standard time (−05:00).
    early, late = parse("2026-11-01T01:30:00-04:00"), parse("2026-11-01T01:30:00-05:00")
    assert numbers.instant(early, "America/New_York", "en") == "Sun 2026-11-01 01:30-04:00"
    assert numbers.instant(late, "America/New_York", "en") == "Sun 2026-11-01 01:30-05:00"
