from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.values import civil
from slalang.values.civil import CYCLES, Cycle, Span
from slalang.values.instant import parse
from slalang.values.time_error import TimeError


@pytest.mark.parametrize(
    ("start", "months", "last_day", "first_of_next"),
    [
        ("2026-01-15", 1, "2026-02-15", "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28", "2026-03-01"),
        ("2024-01-30", 1, "2024-02-29", "2024-03-01"),
        ("2026-03-31", -1, "2026-02-28", "2026-03-01"),
        ("2026-01-31", 13, "2027-02-28", "2027-03-01"),
        ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29", "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28", "2027-03-01"),
        ("2026-01-31", -2, "2025-11-30", "2025-12-01"),
        ("2026-08-31", 0, "2026-08-31", "2026-08-31"),
    ],
)
def test_months_lead_to_the_corresponding_day_or_are_rounded_once(
    start, months, last_day, first_of_next
) -> None:
    day = date.fromisoformat(start)
    assert civil.add_months(day, months).isoformat() == last_day
    assert civil.add_months(day, months, "first_of_next").isoformat() == first_of_next
    if last_day == first_of_next:
        assert civil.add_months(day, months, "error").isoformat() == last_day
    else:
        with pytest.raises(TimeError) as caught:
            civil.add_months(day, months, "error")
        assert caught.value.code == "SLA-E0830"


def test_years_and_months_are_rounded_together_and_days_come_after() -> None:
    # 2024-02-29 and 13 months is 2025-03-29; rounding the year first would give 2025-03-28.
    assert civil.add(date(2024, 2, 29), Span(years=1, months=1)) == date(2025, 3, 29)
    assert civil.add(date(2026, 1, 31), Span(months=1, days=1)) == date(2026, 3, 1)
    assert civil.add(date(2026, 3, 1), Span(weeks=-2, days=-1)) == date(2026, 2, 14)
    assert not civil.has_corresponding_day(date(2026, 1, 31), Span(months=1))
    assert civil.has_corresponding_day(date(2026, 1, 28), Span(months=1))


@pytest.mark.parametrize(
    ("start", "span"),
    [
        (date(9999, 12, 31), Span(days=1)),
        (date(9999, 12, 1), Span(months=1)),
        (date(1, 1, 1), Span(months=-1)),
        (date(2026, 1, 1), Span(days=10**12)),
        (date(2026, 1, 1), Span(years=10**12)),
    ],
)
def test_dates_outside_the_calendar_are_refused(start: date, span: Span) -> None:
    with pytest.raises(TimeError) as caught:
        civil.add(start, span)
    assert caught.value.code == "SLA-E0824"


def test_a_length_points_one_way() -> None:
    assert (Span(months=1).sign, (-Span(months=1, days=2)).sign, Span().sign) == (1, -1, 0)
    with pytest.raises(TimeError):
        _ = Span(months=1, days=-1).sign


def test_a_billing_cycle_on_the_31st_keeps_to_the_ends_of_months() -> None:
    cycle = Cycle(date(2026, 1, 31), months=1)
    assert [cycle.start(number).isoformat() for number in range(-1, 4)] == [
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]
    assert cycle.holding(date(2026, 3, 30)) == (date(2026, 2, 28), date(2026, 3, 31))
    assert cycle.holding(date(2026, 2, 28)) == (date(2026, 2, 28), date(2026, 3, 31))
    assert cycle.holding(date(2026, 2, 27)) == (date(2026, 1, 31), date(2026, 2, 28))
    assert list(cycle.starts(date(2026, 2, 1), date(2026, 4, 30))) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


@pytest.mark.parametrize(
    ("unit", "day", "first", "end", "name"),
    [
        ("day", "2026-03-04", "2026-03-04", "2026-03-05", "2026-03-04"),
        ("week", "2026-03-04", "2026-03-02", "2026-03-09", "2026-W10"),
        ("week", "2027-01-03", "2026-12-28", "2027-01-04", "2026-W53"),
        ("month", "2024-02-29", "2024-02-01", "2024-03-01", "2024-02"),
        ("quarter", "2026-06-30", "2026-04-01", "2026-07-01", "2026-Q2"),
        ("quarter", "2026-12-31", "2026-10-01", "2027-01-01", "2026-Q4"),
        ("year", "2026-12-31", "2026-01-01", "2027-01-01", "2026"),
    ],
)
def test_calendar_periods(unit, day: str, first: str, end: str, name: str) -> None:
    found = CYCLES[unit].holding(date.fromisoformat(day))
    assert tuple(one.isoformat() for one in found) == (first, end)
    assert civil.name_of(unit, found[0]) == name


def test_a_period_in_instants_has_the_zones_midnights() -> None:
    cycle = CYCLES["month"]
    march = cycle.instants(cycle.number(date(2026, 3, 1)), ZoneInfo("America/New_York"))
    assert march == (parse("2026-03-01T05:00:00Z"), parse("2026-04-01T04:00:00Z"))


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.one_of(
        st.builds(lambda n: {"months": n}, st.integers(1, 30)),
        st.builds(lambda n: {"days": n}, st.integers(1, 400)),
    ),
    st.sampled_from(["last_day", "first_of_next"]),
)
def test_every_day_lies_in_exactly_one_period(anchor: date, day: date, length, mode) -> None:
    cycle = Cycle(anchor, **length, mode=mode)
    number = cycle.number(day)
    first, end = cycle.period(number)
    assert first <= day < end
    assert cycle.start(number + 1) == end
    assert cycle.start(0) == anchor


@pytest.mark.parametrize("length", [{}, {"months": 1, "days": 1}, {"months": -1}, {"days": -7}])
def test_a_cycle_has_one_length(length) -> None:
    with pytest.raises(TimeError):
        Cycle(date(2026, 1, 1), **length)


def test_days_of_a_period_and_terms() -> None:
    february = (date(2026, 2, 1), date(2026, 3, 1))
    assert civil.nth_day(*february, 1) == date(2026, 2, 1)
    assert civil.nth_day(*february, 5) == date(2026, 2, 5)
    assert civil.nth_day(*february, -1) == date(2026, 2, 28)
    for number in (0, 29, -29):
        with pytest.raises(TimeError) as caught:
            civil.nth_day(*february, number)
        assert caught.value.code == "SLA-E0830"
    shanghai = ZoneInfo("Asia/Shanghai")
    assert civil.term(date(2026, 1, 1), date(2026, 12, 31), shanghai) == (
        parse("2026-01-01T00:00:00+08:00"),
        parse("2027-01-01T00:00:00+08:00"),
    )
    with pytest.raises(TimeError):
        civil.term(date(2026, 1, 2), date(2026, 1, 1), shanghai)


def test_the_last_period_of_time_is_found() -> None:
    assert CYCLES["year"].number(date(9999, 12, 31)) == 9998
    assert CYCLES["month"].number(date(9999, 12, 31)) == 9999 * 12 - 1
    assert CYCLES["month"].number(date(1, 1, 1)) == 0
    assert Cycle(date(2026, 1, 31), months=1).number(date(9999, 12, 30)) == (9999 - 2026) * 12 + 10


@pytest.mark.parametrize(
    ("months", "days", "text"),
    [(0, 7, "P7D"), (3, 0, "P3M"), (1, 15, "P1M15D"), (-2, 0, "-P2M"), (0, -1, "-P1D"), (0, 0, "P0D")],
)
def test_a_length_in_months_and_days_as_text_and_back(months, days, text):
    assert civil.format(months, days) == text
    assert civil.parse(text) == (months, days)


@pytest.mark.parametrize("text", ["P", "-P", "PT1H", "P1Y", "7", "1M", "P1D2M", "P１D", "P1D "])
def test_what_is_no_such_length(text):
    assert civil.parse(text) is None
