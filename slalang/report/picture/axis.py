"""A span of time and a zone go in; sensible ticks at local wall times and the local days of the span come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from slalang.explain.wording.numbers import WEEKDAYS
from slalang.values import instant as moments
from slalang.values.zone import DAY, HOUR, MINUTE, SECOND, load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from slalang.diagnostics.diagnostic import Language

STEPS = (
    *(n * SECOND for n in (1, 2, 5, 10, 15, 30)),
    *(n * MINUTE for n in (1, 2, 5, 10, 15, 30)),
    *(n * HOUR for n in (1, 2, 3, 6, 12)),
    *(n * DAY for n in (1, 2, 7, 14, 28, 91, 182, 364)),
)
MOST = 9  # ticks that a picture has room for
LONGEST = 20_000  # local days a picture may span before it is refused


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """The part of a local day inside the span, with its long and its short name."""

    start: int
    end: int
    long: str
    short: str


def step_of(stretches: Sequence[tuple[int, int]]) -> int:
    """The distance of ticks in µs: the smallest round one that gives at most nine over the stretches."""
    length = sum(end - start for start, end in stretches)
    return next((item for item in STEPS if length // item <= MOST - 1), STEPS[-1])


def ticks(stretches: Sequence[tuple[int, int]], zone: str, language: Language) -> list[Tick]:
    """Marks at round local times within the stretches; dates when they stand a day or more apart."""
    where = load(zone)
    step = step_of(stretches)
    found: dict[int, Tick] = {}
    for start, end in stretches:
        for wall in _walls(start, end, step, where):
            at = moments.from_local(wall, where, gap="next", overlap="first")
            if start <= at <= end:
                found.setdefault(at, Tick(at, _name(wall, step, language)))
    return [found[at] for at in sorted(found)]


def days(start: int, end: int, zone: str, language: Language) -> list[Day]:
    """The local days that the span touches, cut to it; empty when there are more than forty."""
    where = load(zone)
    if end - start > 40 * DAY:
        return []
    day = moments.as_datetime(start, where).date()
    last = moments.as_datetime(end, where).date()
    found = []
    while day <= last:
        opens, closes = moments.day_start(day, where), moments.day_start(day + timedelta(days=1), where)
        left, right = max(opens, start), min(closes, end)
        if right > left:
            found.append(Day(left, right, _long(day, language), f"{day:%m-%d}"))
        day += timedelta(days=1)
    return found


def _walls(start: int, end: int, step: int, where: tzinfo) -> list[datetime]:
    """Local wall times that are multiples of the step: of the day, or of days counted from a Monday."""
    first = moments.as_datetime(start, where).replace(tzinfo=None)
    last = moments.as_datetime(end, where).replace(tzinfo=None)
    if step >= DAY:
        whole = step // DAY
        ordinal = first.toordinal() - (first.toordinal() - 1) % whole
        return [
            datetime.fromordinal(number)
            for number in range(ordinal, min(last.toordinal() + 1, ordinal + LONGEST), whole)
        ]
    day = first.replace(hour=0, minute=0, second=0, microsecond=0)
    into = moments.naive_us(first) - moments.naive_us(day)
    wall = day + timedelta(microseconds=into - into % step)
    found: list[datetime] = []
    while wall <= last and len(found) <= 4 * MOST:
        found.append(wall)
        wall += timedelta(microseconds=step)
    return found


def _name(wall: datetime, step: int, language: Language) -> str:
    if step >= DAY:
        return f"{WEEKDAYS[language][wall.weekday()]} {wall:%m-%d}" if step < 28 * DAY else f"{wall:%Y-%m-%d}"
    return f"{wall:%H:%M:%S}" if step < MINUTE else f"{wall:%H:%M}"


def _long(day: date, language: Language) -> str:
    name = WEEKDAYS[language][day.weekday()]
    return f"{name} {day:%Y-%m-%d}" if language == "en" else f"{day:%Y-%m-%d} {name}"
