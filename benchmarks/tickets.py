"""A seed and a size in; a month of realistic ticket events out, as CloudEvents JSON Lines. Integers only: no float touches a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
TERM = {"start_date": "2026-03-01", "end_date": "2027-02-28", "years": 1, "effective_date": "2026-03-01"}
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
            {
                "entity": "agreement",
                "id": f"A-{number:03}",
                "attributes": {"monthly_fee": f"{fee} CNY", **TERM},
            }
        )


def lines(month: Month) -> Iterator[str]:
    """The events, ticket by ticket (not in time order: a loader must sort anyway)."""
    random = Random(month.seed)
    for number in range(1, month.tickets + 1):
        yield from _ticket(random, month, number)


def _ticket(random: Random, month: Month, number: int) -> Iterator[str]:
    opened = _arrival(random, month)
    place = _pick(random, [share for _, share, _, _ in PRIORITIES])
    name, _, respond, resolve = PRIORITIES[place]
    agreement = f"A-{1 + min(random.randrange(month.agreements), random.randrange(month.agreements)):03}"
    told: list[tuple[datetime, str, dict[str, str]]] = [
        (
            opened,
            "ticket.opened",
            {"priority": name, "customer": f"C-{agreement[2:]}", "agreement": agreement},
        ),
        (opened + _spread(random, 5 * MINUTE, late_percent=1), "ticket.confirmed", {}),
    ]

    def changed(at: datetime, verb: str, **data: str) -> None:
        """A change of the ticket, of which the customer is told in half an hour, nearly always."""
        told.append((at, f"ticket.{verb}", data))
        if random.randrange(300):
            told.append(
                (at + _spread(random, 30 * MINUTE, late_percent=1), "ticket.notified", {"about": verb})
            )

    changed(opened + _seconds(random, 5, 60), "assigned")
    at = opened + _spread(random, respond, late_percent=2)
    told.append((at, "ticket.responded", {}))
    if random.randrange(100) < 12:
        name, _, _, resolve = PRIORITIES[min(3, max(0, place + random.choice((-1, 1))))]
        at += _seconds(random, 30, 1800)
        changed(at, "priority_changed", priority=name)
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        at += _seconds(random, 120, 3600)
        changed(at, "waiting", on="customer" if random.randrange(4) else "third_party")
        at += _seconds(random, 600, 6 * 3600)
        changed(at, "resumed")
    if random.randrange(100) < 8:
        at += _seconds(random, 10, 600)
        told.append((at, "ticket.cause_found", {"cause": CAUSES[_pick(random, [35, 45, 12, 8])]}))
    resolved = at + _spread(random, resolve, late_percent=2)
    report = opened + _seconds(random, 22 * 3600, 24 * 3600)
    while report < resolved:
        told.append((report, "ticket.progress_reported", {}))
        report += _seconds(random, 20 * 3600, 24 * 3600)
    changed(resolved, "resolved")
    told.append(
        (resolved + _spread(random, 30 * MINUTE, late_percent=1), "ticket.confirmation_requested", {})
    )
    yield from _written(f"T-{number:06}", told)


def shifts(month: Month) -> Iterator[str]:
    """Three shifts a day that overlap by ten minutes; one hand-over of the month fails for an agreement in four."""
    random = Random(month.seed + 1)
    for number in range(1, month.agreements + 1):
        agreement = f"A-{number:03}"
        missed = random.randrange(1, month.days * 3) if number % 4 == 0 else -1
        for place in range(month.days * 3):
            start = month.first + timedelta(hours=8 * place)
            late = timedelta(minutes=25) if place == missed else timedelta()
            data = {"engineer": f"E-{place % 9}", "qualified": True, "agreement": agreement}
            told: list[tuple[datetime, str, dict[str, object]]] = [
                (start + late, "shift.started", data),
                (start + timedelta(hours=8, minutes=10), "shift.ended", {}),
            ]
            yield from _written(f"S-{number:03}-{place:03}", told)


def reports(month: Month) -> Iterator[str]:
    """Daily on working days, weekly on Mondays, monthly on the 3rd; a daily one in fifty is forgotten."""
    random = Random(month.seed + 2)
    for number in range(1, month.agreements + 1):
        agreement = f"A-{number:03}"
        for place in range(month.days):
            day = month.first + timedelta(days=place, hours=18)
            kinds = (
                [("daily", day.strftime("%Y-%m-%d"))] if day.weekday() < 5 and random.randrange(50) else []
            )
            kinds += [("weekly", day.strftime("%G-W%V"))] if day.weekday() == 0 else []
            for kind, period in kinds:
                data = {"kind": kind, "period": period, "agreement": agreement}
                yield from _written(f"R-{number:03}-{kind}-{place:02}", [(day, "report.sent", data)])
        sent = month.first + timedelta(days=month.days + 2, hours=10)
        data = {"kind": "monthly", "period": month.first.strftime("%Y-%m"), "agreement": agreement}
        yield from _written(f"R-{number:03}-monthly", [(sent, "report.sent", data)])


def _written(subject: str, told: Sequence[tuple[datetime, str, Mapping[str, object]]]) -> Iterator[str]:
    for position, (when, kind, data) in enumerate(told, start=1):
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
