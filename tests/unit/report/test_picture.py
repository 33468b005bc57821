"""The parts of a picture: round ticks, lanes that never overlap, a scale that shortens closed hours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slalang.report.picture.axis import MOST, days, step_of, ticks
from slalang.report.picture.labels import GAP, Label, lanes, text_width
from slalang.report.picture.scale import BREAK, scale, to_shorten
from slalang.values.instant import parse
from slalang.values.zone import DAY, HOUR, MINUTE

ZONE = "Asia/Shanghai"


def at(text):
    return parse(f"{text}:00+08:00")


def test_ticks_stand_at_round_local_times():
    start, end = at("2026-03-02T08:58"), at("2026-03-02T09:38")
    assert [tick.text for tick in ticks([(start, end)], ZONE, "en")] == [
        "09:00", "09:05", "09:10", "09:15", "09:20", "09:25", "09:30", "09:35",
    ]  # fmt: skip


def test_long_spans_are_told_in_dates_from_mondays():
    start, end = at("2026-03-01T00:00"), at("2026-04-01T00:00")
    assert [tick.text for tick in ticks([(start, end)], ZONE, "en")] == [
        "Mon 03-02", "Mon 03-09", "Mon 03-16", "Mon 03-23", "Mon 03-30",
    ]  # fmt: skip
    assert ticks([(start, end)], ZONE, "zh")[0].text == "周一 03-02"


def test_a_tick_in_the_hour_that_the_clocks_skip_is_not_drawn_twice():
    # New York, 2026-03-08: 02:00 to 03:00 does not exist. From 00:30 to 06:30 local is five real hours.
    start, end = parse("2026-03-08T00:30:00-05:00"), parse("2026-03-08T06:30:00-04:00")
    found = ticks([(start, end)], "America/New_York", "en")
    places = [tick.at for tick in found]
    assert places == sorted(set(places))
    assert [tick.text for tick in found] == ["01:00", "02:00", "04:00", "05:00", "06:00"]


@given(st.integers(1, 3 * 365 * DAY), st.integers(0, 40 * 365 * DAY))
def test_there_are_never_more_ticks_than_have_room(length, start):
    found = ticks([(start, start + length)], ZONE, "en")
    assert len(found) <= MOST
    assert all(start <= tick.at <= start + length for tick in found)


def test_days_are_cut_to_the_span():
    start, end = at("2026-03-02T22:00"), at("2026-03-04T01:00")
    assert [(day.start, day.end) for day in days(start, end, ZONE, "en")] == [
        (start, at("2026-03-03T00:00")),
        (at("2026-03-03T00:00"), at("2026-03-04T00:00")),
        (at("2026-03-04T00:00"), end),
    ]


@given(st.lists(st.tuples(st.integers(0, 900), st.text("ab优先级", min_size=1, max_size=30)), max_size=12))
def test_no_label_covers_another_nor_the_leader_of_one(pairs):
    labels = [Label(x, text) for x, text in sorted(pairs)]
    found = lanes(labels, 12)
    spans = [(label.x, label.x + text_width(label.text, 12)) for label in labels]
    for i, (left, right) in enumerate(spans):
        for j in range(i + 1, len(spans)):
            same_lane = found[i] == found[j]
            assert not (same_lane and spans[j][0] < right + GAP), "two labels of a lane overlap"
            # The leader of j goes from its own lane down to the picture: it may not pass through label i.
            assert not (left <= spans[j][0] < right and found[j] >= found[i]), "a leader crosses a label"


def test_chinese_takes_two_cells_a_character():
    assert text_width("响应", 10) == text_width("abcd", 10) == 24


def test_a_scale_is_in_proportion():
    made = scale((0, 100), [], 10, 200)
    assert [made.x(at) for at in (-5, 0, 50, 100, 200)] == [10, 10, 110, 210, 210]


def test_a_weekend_is_shortened_and_the_rest_keeps_its_proportion():
    # 2 h open, 64 h closed, 2 h open: the closed stretch takes BREAK pixels, each hour of the rest the same width.
    span = (0, 68 * HOUR)
    short = to_shorten(span, [(2 * HOUR, 66 * HOUR)], [HOUR])
    assert len(short) == 1
    made = scale(span, short, 0, 400 + BREAK)
    assert made.x(span[1]) == 400 + BREAK
    assert abs(made.x(HOUR) * 2 - made.x(2 * HOUR)) <= 2
    assert made.x(short[0][1]) - made.x(short[0][0]) == BREAK
    assert step_of(made.shown()) <= HOUR


def test_a_closed_stretch_in_which_something_happened_is_not_shortened():
    assert to_shorten((0, 68 * HOUR), [(2 * HOUR, 66 * HOUR)], [30 * HOUR]) == []
    assert to_shorten((0, 68 * HOUR), [(2 * HOUR, 2 * HOUR + 5 * MINUTE)], []) == []
