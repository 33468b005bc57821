"""The calendar against a second, slow calendar that looks at each minute on the zone's own wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from slalang import Calendar, CalendarError

MINUTE = timedelta(minutes=1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Places and dates where the clocks did something: at 02:00, at midnight, over midnight by a minute, a day left out,
# half an hour, back and forth around Ramadan; and one where nothing happens.
SCENES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2025, 10, 26)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2025, 10, 31)),
    ("America/Havana", date(2020, 11, 1)),
    ("America/Goose_Bay", date(2010, 11, 7)),
    ("America/Goose_Bay", date(2010, 3, 14)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Shanghai", date(2026, 1, 1)),
]


def minutes_of(text: str) -> int:
    clock, _, later = text.partition("+")
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute) + 1440 * int(later or 0)


class Slow:
    """Knows nothing but what one minute of the wall clock looks like."""

    def __init__(self, given: dict) -> None:
        self.given = given
        self.zone = ZoneInfo(given["zone"])
        self.faces: dict[date, list[bool]] = {}

    def hours(self, day: date) -> list[list[str]]:
        key = day.isoformat()
        if key in self.given["overrides"]:
            return self.given["overrides"][key]
        if key in self.given["holidays"]:
            return []
        return self.given["weekly"].get(NAMES[day.weekday()], [])

    def covered(self, rows, day: date) -> list[bool]:
        """Which minutes of the date's 24 hours lie in the rows of that date or run over from the two before."""
        covered = [False] * 1440
        for back in (0, 1, 2):
            for start, end in rows(day - timedelta(days=back)):
                first, stop = minutes_of(start) - 1440 * back, minutes_of(end) - 1440 * back
                for minute in range(max(first, 0), min(stop, 1440)):
                    covered[minute] = True
        return covered

    def face(self, day: date) -> list[bool]:
        if day not in self.faces:
            breaks = self.covered(lambda one: self.given["breaks"].get(one.isoformat(), []), day)
            hours = self.covered(self.hours, day)
            self.faces[day] = [open_ and not taken for open_, taken in zip(hours, breaks, strict=True)]
        return self.faces[day]

    def is_open(self, instant: datetime) -> bool:
        local = instant.astimezone(self.zone)
        return self.face(local.date())[local.hour * 60 + local.minute]


@st.composite
def hours(draw) -> list[list[str]]:
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, 95)) * 15
        end = start + draw(st.integers(1, 100)) * 15
        rows.append([clock(start), clock(end)])
    return rows


def clock(minute: int) -> str:
    if minute == 1440:
        return "24:00"
    later, rest = divmod(minute, 1440)
    return f"{rest // 60:02}:{rest % 60:02}" + (f"+{later}" if later else "")


@st.composite
def calendars(draw) -> tuple[dict, datetime]:
    zone, around = draw(st.sampled_from(SCENES))
    near = st.integers(-3, 3).map(lambda n: (around + timedelta(days=n)).isoformat())
    given = {
        "zone": zone,
        "weekly": {name: draw(hours()) for name in NAMES if draw(st.integers(0, 4))},
        "holidays": sorted(draw(st.sets(near, max_size=2))),
        "overrides": draw(st.dictionaries(near, hours(), max_size=2)),
        "breaks": draw(st.dictionaries(near, hours(), max_size=2)),
    }
    midnight = datetime(around.year, around.month, around.day, tzinfo=UTC)
    return given, midnight - timedelta(
        days=1, hours=draw(st.integers(0, 12)), minutes=draw(st.integers(0, 59))
    )


@settings(max_examples=80)
@given(calendars(), st.data())
def test_every_minute_every_sum_and_every_deadline_agree_with_the_slow_calendar(made, data) -> None:
    given_, first = made
    far = data.draw(st.sampled_from(["closing", "next_opening"]))
    try:
        calendar = Calendar.from_dict(given_, at_close=far, zero="next_opening")
    except CalendarError as refused:
        assert refused.code == "SLA-E0807"  # noqa: PT017 - the only way this dictionary can be refused
        assert not any(given_["weekly"].values()), "a calendar with weekly hours is not for ever closed"
        return
    slow = Slow(given_)
    length = 60 * 60
    instants = [first + n * MINUTE for n in range(length + 1)]
    is_open = [slow.is_open(at) for at in instants]
    assert [calendar.is_open(at) for at in instants] == is_open

    a, b = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    pause_a, pause_b = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    pauses = [(instants[pause_a], instants[pause_b])] if data.draw(st.booleans()) else []
    runs = [open_ and not (pauses and pause_a <= n < pause_b) for n, open_ in enumerate(is_open)]
    assert calendar.elapsed(instants[a], instants[b], pauses) == sum(runs[a:b]) * MINUTE

    left = [n for n in range(a, length) if runs[n]]
    amount = data.draw(st.integers(0, max(len(left) - 1, 0)))
    if left:
        if amount and far == "closing":
            expected = instants[left[amount - 1]] + MINUTE
        else:
            expected = instants[left[amount]]
        assert calendar.deadline(instants[a], amount * MINUTE, pauses) == expected
    before = [n for n in range(b - 1, -1, -1) if runs[n]]
    if len(before) > 1:
        amount = data.draw(st.integers(1, len(before) - 1))
        expected = instants[before[amount - 1]] if far == "closing" else instants[before[amount]] + MINUTE
        assert calendar.deadline(instants[b], -amount * MINUTE, pauses) == expected
