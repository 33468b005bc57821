"""Laws of the clock to the microsecond, on random calendars in zones that change their clocks."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from slalang import Calendar, CalendarError
from slalang.values import interval

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "UTC-05:30",
)
DAY = 86_400_000_000
SPRING = 20_520 * DAY  # early in March 2026

instants = st.integers(SPRING, SPRING + 60 * DAY)
amounts = st.integers(1, 5 * DAY)
pauses = st.lists(st.tuples(instants, instants).map(sorted).map(tuple), max_size=4)


def moment(us: int) -> str:
    clock = f"{us // 3_600_000_000 % 24:02}:{us // 60_000_000 % 60:02}:{us // 1_000_000 % 60:02}.{us % 1_000_000:06}"
    return "24:00" if us == DAY else clock + (f"+{us // DAY}" if us >= DAY else "")


@st.composite
def rows(draw) -> list[list[str]]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, DAY - 1))
        found.append([moment(start), moment(start + draw(st.integers(1, DAY)))])
    return found


@st.composite
def calendars(draw, **fixed) -> Calendar:
    dates = st.dates(date(2026, 3, 1), date(2026, 5, 31)).map(date.isoformat)
    options = {"at_close": draw(st.sampled_from(["closing", "next_opening"])), **fixed}
    given_ = {
        "zone": draw(st.sampled_from(ZONES)),
        # Six hours a week at least, so that every limit below is reached within a year.
        "weekly": {name: draw(rows()) for name in draw(st.sets(st.sampled_from(NAMES)))}
        | {"wed": [["10:00", "16:00"], *draw(rows())]},
        "holidays": draw(st.sets(dates, max_size=3)),
        "overrides": draw(st.dictionaries(dates, rows(), max_size=2)),
        "breaks": draw(st.dictionaries(dates, rows(), max_size=2)),
    }
    return Calendar.from_dict(given_, **options)


@settings(max_examples=60)
@given(calendars(), st.lists(instants, min_size=3, max_size=3), pauses)
def test_elapsed_time_adds_up(calendar: Calendar, three, stood) -> None:
    a, b, c = sorted(three)
    assert calendar.elapsed_us(a, b, stood) + calendar.elapsed_us(b, c, stood) == calendar.elapsed_us(
        a, c, stood
    )
    assert 0 <= calendar.elapsed_us(a, c, stood) <= c - a


@given(calendars(reversed="signed"), st.lists(instants, min_size=3, max_size=3), pauses)
def test_signed_time_adds_up_in_any_order(calendar: Calendar, three, stood) -> None:
    a, b, c = three
    assert calendar.elapsed_us(a, b, stood) + calendar.elapsed_us(b, c, stood) == calendar.elapsed_us(
        a, c, stood
    )


@settings(max_examples=60)
@given(calendars(), instants, amounts, pauses)
def test_a_deadline_is_the_inverse_of_elapsed_time(calendar: Calendar, start, amount, stood) -> None:
    end = calendar.deadline_us(start, amount, stood)
    assert calendar.elapsed_us(start, end, stood) == amount
    begin = calendar.deadline_us(start, -amount, stood)
    assert calendar.elapsed_us(begin, start, stood) == amount


@given(calendars(at_close="closing"), instants, amounts, pauses)
def test_it_is_the_first_such_instant_and_backward_the_last(calendar: Calendar, start, amount, stood) -> None:
    assert calendar.elapsed_us(start, calendar.deadline_us(start, amount, stood) - 1, stood) == amount - 1
    assert calendar.elapsed_us(calendar.deadline_us(start, -amount, stood) + 1, start, stood) == amount - 1


@given(calendars(at_close="next_opening"), instants, amounts, pauses)
def test_at_the_next_opening_the_clock_runs_again(calendar: Calendar, start, amount, stood) -> None:
    end = calendar.deadline_us(start, amount, stood)
    assert calendar.is_open_us(end)
    assert calendar.elapsed_us(start, end + 1, stood) == amount + 1
    begin = calendar.deadline_us(start, -amount, stood)
    assert calendar.elapsed_us(begin - 1, start, stood) == amount + 1


@settings(max_examples=60)
@given(calendars(), instants, amounts, amounts, pauses)
def test_a_longer_limit_and_a_later_start_never_end_sooner(
    calendar: Calendar, start, one, other, stood
) -> None:
    short, long = sorted((one, other))
    assert calendar.deadline_us(start, short, stood) <= calendar.deadline_us(start, long, stood)
    assert calendar.deadline_us(start, one, stood) <= calendar.deadline_us(start + other, one, stood)
    assert calendar.deadline_us(start, -long, stood) <= calendar.deadline_us(start, -short, stood)


@settings(max_examples=60)
@given(calendars(), instants, amounts)
def test_open_intervals_are_the_open_instants(calendar: Calendar, start, length) -> None:
    found = calendar.open_intervals(start, start + length)
    assert interval.union(found) == found
    assert interval.total(found) == calendar.elapsed_us(start, start + length)
    for a, b in found:
        assert calendar.is_open_us(a)
        assert calendar.is_open_us(b - 1)
        assert b == start + length or not calendar.is_open_us(b)
        assert a == start or not calendar.is_open_us(a - 1)
        assert calendar.next_open_us(a) == a
        assert calendar.next_close_us(a) >= b


@settings(max_examples=60)
@given(calendars(), instants, amounts, pauses)
def test_pauses_subtract_their_union(calendar: Calendar, start, length, stood) -> None:
    end = start + length
    within = interval.intersect(interval.union(stood), calendar.open_intervals(start, end))
    assert calendar.elapsed_us(start, end, stood) == calendar.elapsed_us(start, end) - interval.total(within)
    assert calendar.elapsed_us(start, end, [(start, None)]) == 0


@settings(max_examples=30)
@given(calendars(), calendars(), instants, amounts)
def test_joined_calendars_are_joined_sets(one: Calendar, other: Calendar, start, length) -> None:
    end = start + length
    left, right = one.open_intervals(start, end), other.open_intervals(start, end)
    assert one.union(other).open_intervals(start, end) == interval.union(left, right)
    # Both are open on Wednesdays, but in zones half a day apart their hours may never meet.
    try:
        both = one.intersection(other)
    except CalendarError:
        assert not interval.intersect(left, right)
        return
    assert both.open_intervals(start, end) == interval.intersect(left, right)


@settings(max_examples=12)
@given(calendars(), instants, instants, amounts)
def test_the_window_of_years_never_shows(calendar: Calendar, start, far, amount) -> None:
    """Whatever was asked before, an answer is the same."""
    expected = calendar.deadline_us(start, amount), calendar.elapsed_us(start, start + amount)
    calendar.elapsed_us(far, far + 40 * 366 * DAY)
    calendar.is_open_us(far - 300 * 366 * DAY)
    calendar.deadline_us(far, -900 * DAY // 7)
    assert (calendar.deadline_us(start, amount), calendar.elapsed_us(start, start + amount)) == expected
