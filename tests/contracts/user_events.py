"""Makes the events of contract D: a seed goes in; a quarter of bills and shifts and a month of users come out, as JSON Lines.

    python tests/contracts/user_events.py > contracts/user-lifecycle/events.jsonl

Nothing is drawn at run time but from the seed, by a generator that is written out here, so that every Python gives the same file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

SEED = 20260301
USERS = 200
CHANNELS = ("search", "ads", "friends", "store")
SHANGHAI = timezone(timedelta(hours=8))
Row = tuple[datetime, str, str, dict[str, Any]]


class Draw:
    """Whole numbers one after another (Lehmer, modulus 2^31 - 1, multiplier 48271)."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        """The next number from 0 to n - 1."""
        self.state = self.state * 48271 % 2147483647
        return self.state % n

    def chance(self, per_cent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < per_cent


def rows() -> list[Row]:
    """Everything that happened, in order of time."""
    draw = Draw(SEED)
    found: list[Row] = []
    for number in range(1, USERS + 1):
        found += user(draw, f"U-{number:03}")
    for day in range(1, 32):
        cents = 15000 + draw.below(8001)
        amount = f"{cents // 100}.{cents % 100:02} CNY"
        found.append((at(3, day, 22 * 60), "campaign.spent", f"K-{day:02}", {"amount": amount}))
    found += [*shifts(), *digests(), *bills()]
    return sorted(found, key=lambda row: (row[0], row[1], row[2]))


def at(month: int, day: int, minute: int) -> datetime:
    """A minute of a day of 2026, in Shanghai; days beyond the month's go on into the next."""
    return datetime(2026, month, 1, tzinfo=SHANGHAI) + timedelta(days=day - 1, minutes=minute)


def user(draw: Draw, name: str) -> Iterator[Row]:
    """What one user does after registering on some day of March."""
    day, minute = 1 + draw.below(31), 1 + draw.below(1300)
    yield at(3, day, minute), "user.registered", name, {"channel": CHANNELS[draw.below(4)]}
    stays = 2 + draw.below(45) if draw.chance(80) else 0  # days until nothing is seen of them any more
    if draw.chance(85):
        yield at(3, day, minute + 5), "user.active", name, {}
    if draw.chance(75):
        yield at(3, day + draw.below(10), minute + 30), "user.activated", name, {}
    for later in range(1, stays):
        if draw.chance(45):
            yield at(3, day + later, 1 + draw.below(1400)), "user.active", name, {}
    if draw.chance(18):
        paid = 1 + draw.below(40)
        yield at(3, day + paid, 700), "user.paid", name, {}
        if draw.chance(50):
            yield at(3, day + paid + 30, 700), "user.paid", name, {}
    if stays < 20 and draw.chance(70):
        gone = day + stays + 3
        yield at(3, gone, 180), "user.churned", name, {}
        if draw.chance(30):
            yield at(3, gone + 1 + draw.below(40), 900), "user.returned", name, {}


def shifts() -> Iterator[Row]:
    """A person on duty from 1 January to 30 April, by the week; on 18 March a hand-over is 20 minutes late."""
    start, number = at(1, 1, 0), 0
    end = at(5, 1, 0)
    while start < end:
        until = min(start + timedelta(days=7), end)
        number += 1
        late = timedelta(minutes=20 if start.date().isoformat() == "2026-03-19" else 0)
        yield (
            start + late,
            "shift.started",
            f"S-{number:02}",
            {"engineer": f"E-{number % 4}", "qualified": True},
        )
        yield until, "shift.ended", f"S-{number:02}", {}
        start = until


def digests() -> Iterator[Row]:
    """The reports on four weeks of March; that on the third has no figure for retention."""
    figures = {"activation": "0.6", "retention": "0.2", "conversion": "0.1", "win_back": "0.2"}
    for number, week in enumerate(("2026-W10", "2026-W11", "2026-W12", "2026-W13")):
        data: dict[str, Any] = {"week": week, "acquired": 45 + number, **figures}
        if number == 2:
            del data["retention"]
        yield at(3, 10 + 7 * number, 600), "digest.sent", f"D-{number + 10}", data


def bills() -> Iterator[Row]:
    """Three bills: paid in time, paid late in two parts, not paid."""
    for number, last in ((1, "2026-01-31"), (2, "2026-02-28"), (3, "2026-03-31")):
        end = datetime.fromisoformat(last).replace(tzinfo=SHANGHAI)
        yield end.replace(hour=18), "bill.issued", f"B-0{number}", {"month_end": last, "value": "36000 CNY"}
    yield at(2, 9, 600), "bill.paid", "B-01", {"value": "36000 CNY"}
    yield at(3, 16, 900), "bill.paid", "B-02", {"value": "16000 CNY"}
    yield at(3, 27, 900), "bill.paid", "B-02", {"value": "20000 CNY"}


def lines() -> str:
    """The file's text."""
    return "".join(
        json.dumps(
            {"id": f"e{n:04}", "type": kind, "subject": subject, "time": time.isoformat(), "data": data}
        )
        + "\n"
        for n, (time, kind, subject, data) in enumerate(rows(), start=1)
    )


if __name__ == "__main__":
    sys.stdout.write(lines())
