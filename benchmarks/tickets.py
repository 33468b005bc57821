"""A seed and a size in; a month of realistic ticket events out, as CloudEvents JSON Lines. Integers only: no float touches a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = 60
# Share of tickets in percent; targets (seconds) for first response and resolution, as clause 2.1 has them.
PRIORITIES = (
    ("Critical", 4, 15 * MINUTE, 4 * 3600),
    ("High", 16, 3600, 8 * 3600),
    ("Medium", 45, 4 * 3600, 24 * 3600),
    ("Low", 35, 24 * 3600, 72 * 3600),
)
# Arrivals by local hour, relative: an office day with a lunch dip.
BY_HOUR = (2, 1, 1, 1, 1, 2, 3, 6, 12, 20, 22, 18, 10, 15, 20, 19, 17, 14, 9, 7, 6, 5, 4, 3)
CAUSES = ("customer", "provider", "aws_platform", "third_party")


@dataclass(frozen=True)
class Month:
    """What to generate: local first day, days, tickets, agreements."""

    first: datetime
    days: int
    tickets: int
    agreements: int
    seed: int = 20260301


def registers(month: Month) -> Iterator[str]:
    """One agreement a customer, each with its own monthly fee."""
    for number in range(1, month.agreements + 1):
        fee = 8000 + 500 * (number % 13)
        yield json.dumps(
            {"entity": "agreement", "id": f"A-{number:03}", "attributes": {"monthly_fee": f"{fee} CNY"}}
        )


def lines(month: Month) -> Iterator[str]:
    """The events, ticket by ticket (not in time order: a loader must sort anyway)."""
    random = Random(month.seed)
    for number in range(1, month.tickets + 1):
        yield from _ticket(random, month, number)


def _ticket(random: Random, month: Month, number: int) -> Iterator[str]:
    opened = _arrival(random, month)
    name, _, respond, resolve = PRIORITIES[_pick(random, [share for _, share, _, _ in PRIORITIES])]
    agreement = f"A-{1 + min(random.randrange(month.agreements), random.randrange(month.agreements)):03}"
    subject = f"T-{number:06}"
    events: list[tuple[datetime, str, dict[str, str]]] = [
        (
            opened,
            "ticket.opened",
            {"priority": name, "customer": f"C-{agreement[2:]}", "agreement": agreement},
        )
    ]
    events.append((opened + _seconds(random, 5, 60), "ticket.assigned", {}))
    responded = opened + _spread(random, respond, late_percent=3)
    events.append((responded, "ticket.responded", {}))
    at = responded
    if random.randrange(100) < 12:
        other = PRIORITIES[
            min(3, max(0, [row[0] for row in PRIORITIES].index(name) + random.choice((-1, 1))))
        ]
        at += _seconds(random, 30, 1800)
        events.append((at, "ticket.priority_changed", {"priority": other[0]}))
        resolve = other[3]
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        at += _seconds(random, 120, 3600)
        events.append((at, "ticket.waiting", {"on": "customer" if random.randrange(4) else "vendor"}))
        at += _seconds(random, 600, 6 * 3600)
        events.append((at, "ticket.resumed", {}))
    if random.randrange(100) < 8:
        at += _seconds(random, 10, 600)
        events.append((at, "ticket.cause_found", {"cause": CAUSES[_pick(random, [35, 45, 12, 8])]}))
    resolved = at + _spread(random, resolve, late_percent=5)
    events.append((resolved, "ticket.resolved", {}))
    if random.randrange(100) < 4:
        again = resolved + _seconds(random, 600, 20 * 3600)
        events.append((again, "ticket.reopened", {}))
        resolved = again + _seconds(random, 600, 4 * 3600)
        events.append((resolved, "ticket.resolved", {}))
    events.append((resolved + _seconds(random, 60, 3 * 86400), "ticket.closed", {}))
    for position, (when, kind, data) in enumerate(events, start=1):
        yield json.dumps(
            {
                "id": f"{subject}-{position}",
                "type": kind,
                "subject": subject,
                "time": when.isoformat(),
                "data": data,
            },
            separators=(",", ":"),
        )


def _arrival(random: Random, month: Month) -> datetime:
    while True:
        day = month.first + timedelta(days=random.randrange(month.days))
        if day.weekday() < 5 or random.randrange(4) == 0:
            break
    local = day + timedelta(hours=_pick(random, BY_HOUR), seconds=random.randrange(3600))
    return local.astimezone(UTC).astimezone(ZONE)


def _spread(random: Random, target: int, late_percent: int) -> timedelta:
    """Mostly well inside the target, a few on the edge, some late."""
    roll = random.randrange(1000)
    if roll < late_percent * 10:
        return timedelta(seconds=target + random.randrange(1, max(2, target // 2)))
    if roll < late_percent * 10 + 5:
        return timedelta(seconds=target)
    share = min(random.randrange(1, 96), random.randrange(1, 96))
    return timedelta(seconds=max(1, target * share // 100))


def _seconds(random: Random, low: int, high: int) -> timedelta:
    return timedelta(seconds=random.randrange(low, high))


def _pick(random: Random, weights: tuple[int, ...] | list[int]) -> int:
    roll = random.randrange(sum(weights))
    for index, weight in enumerate(weights):
        roll -= weight
        if roll < 0:
            return index
    raise AssertionError("weights are positive")
