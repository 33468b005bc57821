"""The bundled tables against what was published: the State Council's notices and 5 U.S.C. 6103, a year written out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from slalang import Calendar, CalendarError
from slalang.values import tables
from slalang.values.time_error import TimeError

WEEK = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def test_the_make_up_days_of_2026_are_those_of_the_notice() -> None:
    found = [day.isoformat() for day in tables.load("CN").years[2026].make_up]
    assert found == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


@pytest.mark.parametrize(
    ("year", "first", "last", "days"),
    [
        (2024, "2024-02-10", "2024-02-17", 8),
        (2025, "2025-01-28", "2025-02-04", 8),
        (2026, "2026-02-15", "2026-02-23", 9),
        (2024, "2024-10-01", "2024-10-07", 7),
        (2025, "2025-10-01", "2025-10-08", 8),
        (2026, "2026-10-01", "2026-10-07", 7),
        (2026, "2026-05-01", "2026-05-05", 5),
        (2026, "2026-01-01", "2026-01-03", 3),
    ],
)
def test_long_holidays_in_china_last_as_announced(year: int, first: str, last: str, days: int) -> None:
    china = Calendar.for_country("CN", zone="Asia/Shanghai", weekly=WEEK, make_up_hours=[["09:00", "18:00"]])
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    assert (end - start).days + 1 == days
    off = [start + timedelta(days=n) for n in range(-1, days + 1)]
    assert [china.is_working_day(day) for day in off] == [True, *[False] * days, True]
    assert start.year == year


def test_the_year_2009_is_that_of_the_notice_of_december_2008() -> None:
    """General Office of the State Council, arrangement for 2009, by hand:

    New Year 1 to 3 January, Sunday the 4th worked. Spring Festival 25 to 31 January, Saturday the 24th and Sunday
    1 February worked. Qingming 4 to 6 April. Labour Day 1 to 3 May. Dragon Boat 28 to 30 May, Sunday the 31st worked.
    National Day and Mid-Autumn 1 to 8 October, Sunday 27 September and Saturday 10 October worked.
    """
    whole = [["00:00", "24:00"]]
    china = Calendar.for_country(
        "CN",
        zone="Asia/Shanghai",
        weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), whole),
        make_up_hours=whole,
        years=[2009],
    )
    off = {(1, n) for n in (*range(1, 4), *range(25, 32))} | {(4, n) for n in range(4, 7)}
    off |= {(5, n) for n in (1, 2, 3, 28, 29, 30)} | {(10, n) for n in range(1, 9)}
    worked = {(1, 4), (1, 24), (2, 1), (5, 31), (9, 27), (10, 10)}
    day = date(2009, 1, 1)
    while day.year == 2009:
        mark = (day.month, day.day)
        expected = mark in worked or (day.weekday() < 5 and mark not in off)
        assert china.is_working_day(day) is expected, day
        day += timedelta(days=1)
    year = tables.load("CN").years[2009]
    # 3 October 2009 is Mid-Autumn and the third day of the National Day at once: so ten dates are statutory holidays, not eleven.
    assert [named.day.strftime("%m%d") for named in year.statutory] == [
        "0101", "0125", "0126", "0127", "0404", "0501", "0528", "1001", "1002", "1003",
    ]  # fmt: skip


def test_the_years_covered_are_those_whose_notices_are_known() -> None:
    assert list(tables.load("CN").years) == list(range(2004, 2027))
    assert list(tables.load("US").years) == list(range(2000, 2031))


def test_a_day_off_for_one_year_alone_is_no_statutory_holiday() -> None:
    # 3 September 2015 (the 70th anniversary) and 31 January to 2 February 2020 (the longer Spring Festival).
    found = {year: [one.day.day for one in lists.special] for year, lists in tables.load("CN").years.items()}
    assert {year: days for year, days in found.items() if days} == {2015: [3], 2020: [31, 1, 2]}


def test_juneteenth_is_a_federal_holiday_since_2021_and_the_rest_since_before_2000() -> None:
    years = tables.load("US").years
    assert [len(year.statutory) for year in years.values()] == [10] * 21 + [11] * 10
    # 10 November 2000 stands for Saturday the 11th; 31 December 2010 for Saturday 1 January 2011.
    assert [one.day.isoformat() for one in years[2000].in_lieu] == ["2000-11-10"]
    assert "2010-12-31" in {one.day.isoformat() for one in years[2010].in_lieu}


def test_kinds_of_days_off_are_kept_apart() -> None:
    year = tables.load("CN").years[2026]
    assert date(2026, 10, 1) in {named.day for named in year.statutory}
    assert date(2026, 10, 5) in {named.day for named in year.in_lieu}
    assert date(2026, 10, 7) in {named.day for named in year.moved_rest}
    statutory_only = Calendar.for_country(
        "CN", zone="Asia/Shanghai", weekly=WEEK, make_up_hours=[], closed=["statutory"], years=[2026]
    )
    assert not statutory_only.is_working_day(date(2026, 10, 1))
    assert statutory_only.is_working_day(date(2026, 10, 7))
    assert not statutory_only.is_working_day(date(2026, 10, 10))


def test_us_federal_holidays_with_the_days_observed_for_them() -> None:
    year = tables.load("US").years[2026]
    assert [named.day.isoformat() for named in year.statutory] == [
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-07-04",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
    ]
    assert [named.day.isoformat() for named in year.in_lieu] == ["2026-07-03"]
    federal = Calendar.for_country("US", zone="America/New_York", weekly=WEEK)
    assert not federal.is_working_day(date(2027, 7, 5))
    assert federal.is_working_day(date(2025, 12, 24))


def test_a_year_that_is_not_published_is_refused_and_never_without_holidays() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.for_country("CN", zone="Asia/Shanghai", weekly=WEEK, make_up_hours=[], years=[2026, 2027])
    assert (caught.value.code, caught.value.place) == ("SLA-E0832", "years")
    assert "2004 to 2026" in caught.value.en
    assert "update slalang" in caught.value.fix_en
    china = Calendar.for_country("CN", zone="Asia/Shanghai", weekly=WEEK, make_up_hours=[])
    for ask in (
        lambda: china.is_open(datetime(2027, 1, 4, 2, tzinfo=UTC)),
        lambda: china.deadline(datetime(2026, 12, 31, 9, tzinfo=UTC), timedelta(hours=2)),
        lambda: china.add_working_days(date(2026, 12, 31), 1),
    ):
        with pytest.raises(CalendarError) as caught:
            ask()
        assert caught.value.code == "SLA-E0808"


def test_hours_of_make_up_days_have_no_default() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.for_country("CN", zone="Asia/Shanghai", weekly=WEEK, years=[2024, 2025, 2026])
    assert (caught.value.code, caught.value.place) == ("SLA-E0833", "make_up_hours")
    assert "19" in caught.value.en  # 8 in 2024, 5 in 2025, 6 in 2026


def test_other_countries_are_not_bundled() -> None:
    with pytest.raises(TimeError) as caught:
        tables.load("FR")
    assert caught.value.code == "SLA-E0831"


def test_each_table_names_its_source() -> None:
    for country in tables.COUNTRIES:
        assert tables.load(country).source.startswith("holidays 0.")
        assert tables.load(country).source.endswith("category public")


def test_the_tables_are_what_the_generator_writes(tmp_path) -> None:
    pytest.importorskip("holidays")
    from slalang.values.tables import generate

    generate.main(tmp_path)
    for country in tables.COUNTRIES:
        fresh = (tmp_path / f"{country}.json").read_text(encoding="utf-8").splitlines()
        kept = (
            (tables.files("slalang.values.tables") / f"{country}.json")
            .read_text(encoding="utf-8")
            .splitlines()
        )
        # The line with the library's version may differ; a date may not.
        assert [line for line in fresh if '"source"' not in line] == [
            line for line in kept if '"source"' not in line
        ]
