"""How other systems count, said with the options; each fact worked out by hand for a Monday-to-Friday 09:00-17:00 desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from slalang import Calendar

DESK = {"zone": "UTC", "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestBusinessHourOffsets:
    """Data frames: an hour used up at closing, or none at all, lands on the next opening; backward on the closing before."""

    desk = Calendar.from_dict(DESK, at_close="next_opening", zero="next_opening")

    @pytest.mark.parametrize(
        ("start", "count", "expected"),
        [
            ("2026-03-02 15:00", 1, "2026-03-02 16:00"),
            ("2026-03-02 16:00", 1, "2026-03-03 09:00"),
            ("2026-03-06 16:15", 1, "2026-03-09 09:15"),
            ("2026-03-07 12:00", 1, "2026-03-09 10:00"),
            ("2026-03-02 10:00", -1, "2026-02-27 17:00"),
            ("2026-03-02 09:15", -1, "2026-02-27 16:15"),
            ("2026-03-07 12:00", 0, "2026-03-09 09:00"),
        ],
    )
    def test_hours(self, start: str, count: int, expected: str) -> None:
        assert self.desk.deadline(at(start), count * HOUR) == at(expected)

    @pytest.mark.parametrize(
        ("count", "expected"), [(1, date(2026, 3, 9)), (2, date(2026, 3, 10)), (-1, date(2026, 3, 6))]
    )
    def test_days_from_a_saturday_count_from_that_day(self, count: int, expected: date) -> None:
        assert self.desk.add_working_days(date(2026, 3, 7), count) == expected


class TestRolledArrays:
    """Array libraries: the start is rolled first, and a count of days includes its first date and not its last."""

    desk = Calendar.from_dict(DESK)

    @pytest.mark.parametrize(
        ("roll", "expected"), [("next", date(2026, 3, 10)), ("previous", date(2026, 3, 9))]
    )
    def test_a_roll_comes_before_the_count(self, roll, expected: date) -> None:
        assert self.desk.add_working_days(date(2026, 3, 7), 1, closed_start=roll) == expected

    def test_a_count_from_monday_to_monday_is_five(self) -> None:
        assert self.desk.working_days_between(date(2026, 3, 2), date(2026, 3, 9), "start") == 5
        assert self.desk.working_days_between(date(2026, 3, 9), date(2026, 3, 2), "start") == -5


class TestRubyHelpers:
    """Helpers on integers: signed elapsed time, a closed start moved the way that is counted, the time of day kept."""

    desk = Calendar.from_dict(DESK, reversed="signed")

    def test_elapsed_time_backward_is_negative(self) -> None:
        assert self.desk.elapsed(at("2026-03-03 10:00"), at("2026-03-02 16:00")) == -2 * HOUR

    def test_a_weekend_moves_the_way_it_is_counted(self) -> None:
        forward = self.desk.add_working_days(at("2026-03-07 11:00"), 1, closed_start="onward")
        back = self.desk.add_working_days(at("2026-03-07 11:00"), -1, closed_start="onward")
        assert (forward, back) == (at("2026-03-10 11:00"), at("2026-03-05 11:00"))

    def test_or_starts_at_the_next_opening(self) -> None:
        moved = self.desk.add_working_days(
            at("2026-03-07 11:00"), 1, closed_start="next", time="opening_if_moved"
        )
        assert moved == at("2026-03-10 09:00")
        late = self.desk.add_working_days(at("2026-03-04 21:54"), 1, time="keep_then_open")
        assert late == at("2026-03-06 09:00")


class TestHelpDesks:
    """Help desks: four working hours from a Friday afternoon, a holiday on Monday, waiting time taken out."""

    desk = Calendar.from_dict({**DESK, "holidays": ["2026-03-09"]})

    def test_over_a_long_weekend(self) -> None:
        assert self.desk.deadline(at("2026-03-06 15:00"), 4 * HOUR) == at("2026-03-10 11:00")

    def test_a_pause_moves_the_deadline_by_what_would_have_counted(self) -> None:
        waiting = [(at("2026-03-06 16:00"), at("2026-03-10 10:00"))]
        # One hour on Friday; two hours of the wait were open; three more from Tuesday 10:00.
        assert self.desk.deadline(at("2026-03-06 15:00"), 4 * HOUR, waiting) == at("2026-03-10 13:00")

    def test_a_ticket_of_the_night_starts_with_the_day(self) -> None:
        assert self.desk.deadline(at("2026-03-02 23:00"), 0.25 * HOUR) == at("2026-03-03 09:15")


class TestCityHall:
    """A city: N working days from the opening where a request comes off hours, at the same time of day."""

    hall = Calendar.from_dict(
        {
            "zone": "America/New_York",
            "weekly": {day: [["08:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        }
    )

    @pytest.mark.parametrize(
        ("opened", "due"),
        [
            ("2026-03-02 10:12:13", "2026-03-05 10:12:13"),
            ("2026-03-02 19:00:00", "2026-03-06 08:30:00"),
            ("2026-03-07 12:00:00", "2026-03-12 08:30:00"),
            ("2026-03-05 06:00:00", "2026-03-10 08:30:00"),
        ],
    )
    def test_three_working_days(self, opened: str, due: str) -> None:
        start = self.hall.next_open(datetime.fromisoformat(opened).replace(tzinfo=self.hall.zone))
        assert self.hall.add_working_days(start, 3) == datetime.fromisoformat(due).replace(
            tzinfo=self.hall.zone
        )
