"""Whatever is put into a calendar's dictionary, the answer is a calendar or a `CalendarError`, soon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from slalang import Calendar, CalendarError

times = st.sampled_from(
    [
        "00:00",
        "09:00",
        "24:00",
        "24:00+1",
        "06:00+1",
        "25:00",
        "9:5",
        "",
        "٠٩:٠٠",
        "23:59:59.999999",
        "00:00+9",
    ]
)
dates = st.sampled_from(
    [
        "0001-01-01",
        "9999-12-31",
        "2026-02-29",
        "2026-03-02",
        "2026-3-2",
        "1582-10-10",
        "",
        date.min,
        date.max,
        20260302,
    ]
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | times | dates,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | dates, inner, max_size=3)
    ),
    max_leaves=8,
)
rows = (
    st.lists(st.lists(times, min_size=2, max_size=2) | junk, max_size=3)
    | st.just([["09:00", "17:00"]])
    | junk
)
weekdays = st.sampled_from(["mon", "Sun", "周三", "monday", "x", "fri"])
calendars = st.fixed_dictionaries(
    {"zone": st.sampled_from(["UTC", "Asia/Shanghai", "Pacific/Apia", "+14:00", "-23:59", "nowhere"]) | junk},
    optional={
        "weekly": st.dictionaries(weekdays, rows, max_size=4) | junk,
        "holidays": st.lists(dates, max_size=4) | junk,
        "overrides": st.dictionaries(dates, rows, max_size=3) | junk,
        "breaks": st.dictionaries(dates, rows, max_size=3) | junk,
        "valid_from": dates | junk,
        "valid_to": dates | junk,
        "years": st.lists(st.integers(-1, 10_001), max_size=3) | junk,
    },
)
moments = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)]
)


def answer_of(ask):
    """What was answered, or the refusal; any other exception fails the test."""
    try:
        return ask()
    except CalendarError as refused:
        return refused


@settings(max_examples=300)
@given(
    calendars | junk,
    moments,
    moments,
    st.timedeltas() | st.timedeltas(timedelta(days=-9), timedelta(days=9)),
    st.sampled_from(
        [
            {},
            {"at_close": "next_opening", "zero": "next_opening"},
            {"clock_change": "wall"},
            {"overnight": "clock_date"},
        ]
    ),
)
def test_a_calendar_or_a_refusal(given_, one: datetime, other: datetime, amount: timedelta, options) -> None:
    calendar = answer_of(lambda: Calendar.from_dict(given_, **options))
    if not isinstance(calendar, Calendar):
        assert calendar.en
        assert calendar.zh
        return
    for ask in (
        lambda: calendar.is_open(one),
        lambda: calendar.elapsed(one, other, [(other, None)]),
        lambda: calendar.deadline(one, amount),
        lambda: calendar.deadline(one, amount, [(one, other)] if one <= other else []),
        lambda: calendar.next_open(one),
        lambda: calendar.previous_open(one),
        lambda: calendar.next_close(one),
        lambda: calendar.add_working_days(one.date(), 3),
        lambda: calendar.add_working_days(one, -3, time="keep_then_open"),
        lambda: calendar.add_working_days(one, 1, time="end_of_day"),
        lambda: calendar.working_days_between(
            one.date(), one.date() - timedelta(days=min(9, one.toordinal() - 1))
        ),
    ):
        answer = answer_of(ask)
        assert not isinstance(answer, CalendarError) or answer.code.startswith("SLA-E08")
