"""Speed of the reference evaluator on a contract's two ticket clauses: against a bare loop and a hand-coded automaton, in one run.

Run: `python benchmarks/engine_speed.py [TICKETS]`. Process time is measured, so that neighbours on the machine matter less;
what counts are the ratios within one run.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "unit" / "engine"))

from small_programs import (
    HOUR,
    MINUTE,
    RECEIPT,
    SECOND,
    at,
    credit,
    duty,
    number,
    on,
    op,
    program,
    settings,
    share,
    sig,
    still,
    target,
)  # fmt: skip

from slalang.engine.evaluate import evaluate
from slalang.engine.settings import Version
from slalang.events.event import Event
from slalang.events.registers import Registers
from slalang.ir import expressions as ex

RESPOND = {"Critical": 15 * MINUTE, "High": HOUR, "Medium": 4 * HOUR, "Low": 24 * HOUR}
RESOLVE = {"Critical": 4 * HOUR, "High": 8 * HOUR, "Medium": 24 * HOUR, "Low": 72 * HOUR}
LEVELS = tuple(RESPOND)


def told(name: str, when: int, kind: str, rank: int, number_: int, **data: str) -> Event:
    """One event of a ticket."""
    return Event(f"{name}-{number_}", f"ticket.{kind}", name, when, data, rank=rank)


def stream(tickets: int) -> list[Event]:
    """Tickets of half a year: opened, answered, none to two waits, now and then another priority, resolved."""
    chance = random.Random(20260302)
    found = []
    for n in range(tickets):
        name, when = f"T-{n}", at("2026-01-05 00:00") + chance.randrange(0, 180 * 86_400) * SECOND

        found.append(
            told(name, when, "opened", 0, len(found), priority=chance.choice(LEVELS), customer="C-1")
        )
        when += chance.randrange(1, 3600) * SECOND
        found.append(told(name, when, "responded", 4, len(found)))
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            when += chance.randrange(1, 7200) * SECOND
            found.append(told(name, when, "waiting", 5, len(found), on="customer"))
            when += chance.randrange(1, 7200) * SECOND
            found.append(told(name, when, "resumed", 3, len(found)))
        if chance.random() < 0.2:
            when += chance.randrange(1, 7200) * SECOND
            found.append(
                told(name, when, "priority_changed", 1, len(found), priority=chance.choice(LEVELS[:2]))
            )
        when += chance.randrange(1, 20_000) * SECOND
        found.append(told(name, when, "resolved", 7, len(found)))
    found.sort(key=lambda one: one.order)
    return found


def bare(events: list[Event]) -> int:
    """A loop that only looks at each event."""
    count = 0
    for event in events:
        if event.time and event.type:
            count += 1
    return count


class Ticket:
    """The state of the hand-coded automaton."""

    __slots__ = (
        "answered",
        "answered_late",
        "elapsed",
        "last",
        "late",
        "level",
        "opened",
        "resolved",
        "waiting",
    )

    def __init__(self, when, level):
        self.opened = self.last = when
        self.level = level
        self.elapsed = 0
        self.waiting = self.late = self.answered_late = False
        self.answered = self.resolved = None


def by_hand(events: list[Event]) -> Counter:
    """What somebody would write for these two clauses alone: no tables, calendars, traces, deadlines or reasons."""
    tickets: dict[str, Ticket] = {}
    for event in events:
        kind, when = event.type, event.time
        if kind == "ticket.opened":
            tickets[event.subject] = Ticket(when, event.data["priority"])
            continue
        ticket = tickets[event.subject]
        if ticket.resolved is None and not ticket.waiting:
            ticket.elapsed += when - ticket.last
            if ticket.elapsed > RESOLVE[ticket.level]:
                ticket.late = True
            if ticket.answered is None and ticket.elapsed > RESPOND[ticket.level]:
                ticket.answered_late = True
        ticket.last = when
        if kind == "ticket.responded":
            ticket.answered = ticket.answered or when
        elif kind == "ticket.waiting":
            ticket.waiting = event.data["on"] == "customer"
        elif kind == "ticket.resumed":
            ticket.waiting = False
        elif kind == "ticket.priority_changed":
            ticket.level = event.data["priority"]
            ticket.late = ticket.late or ticket.elapsed > RESOLVE[ticket.level]
        elif kind == "ticket.resolved":
            ticket.resolved = when
    found: Counter = Counter()
    for ticket in tickets.values():
        found["FirstResponse", "late" if ticket.answered_late else "met"] += 1
        found["Resolution", "late" if ticket.late else "met"] += 1
    return found


def two_clauses(calendar: str):
    """First response and resolution from a table of targets, the clock standing still while the customer is waited for."""
    delay = (still("CustomerDelay", sig("awaiting")),)
    first = duty(
        "FirstResponse", on("opened"), on("responded", pick="first"), target("respond"), calendar=calendar,
        standstills=delay, void=on("cancelled"),
    )  # fmt: skip
    second = duty(
        "Resolution", on("opened"), on("resolved"), target("resolve"), calendar=calendar, standstills=delay,
        void=on("cancelled"), reopen=on("reopened"),
    )  # fmt: skip
    return first, second


def contract():
    """Something of the size of contract A: six duties, four metrics, two credits."""
    rules = two_clauses("always")
    more = (
        duty("Assignment", on("opened"), on("assigned", "responded", pick="first"), "<= 5 h", void=on("cancelled")),
        duty("Confirmation", on("opened"), on("responded", pick="first"), "<= 1 h"),
        duty(
            "StatusNotice", on("waiting", "resumed", "priority_changed", "resolved"), on("responded", "resumed", "resolved"), "<= 2 h",
            policies={"second_trigger": "opens_another"},
        ),
        duty("Progress", on("opened", "responded"), on("responded", "resolved"), "<= 24 h",
             policies={"second_trigger": "opens_another", "discharge_ends": "all"}),
    )  # fmt: skip
    both = ("FirstResponse", "Resolution")
    metrics = (
        share("Attainment", both), share("Whole", both, pooling="cases_meet_all"), share("ByPriority", both, by=("priority",)),
        share("Notices", ("StatusNotice",)),
    )  # fmt: skip
    part = op("-", number(1, "ratio"), ex.MetricRef("Attainment", "ratio"), type_="ratio")
    money = credit("Credit", op("*", ex.Param("fee", "amount:CNY"), part, type_="amount:CNY"))
    return program(*rules, *more, *metrics, money)


def timed(work):
    """Result and process time of a call, the best of two."""
    best, result = None, None
    for _ in range(2):
        gc.collect()
        begun = time.process_time()
        result = work()
        spent = time.process_time() - begun
        best = spent if best is None else min(best, spent)
    return result, best


def judged(prog, events):
    """The outcome of a program at the end of the year."""
    return evaluate([Version(prog)], events, Registers(), settings("2027-01-01"), RECEIPT)


def main() -> None:
    """Print the table; the two-clause run must agree with the automaton case by case in its totals."""
    events = stream(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000)
    count = len(events)
    _, loop = timed(lambda: bare(events))
    totals, hand = timed(lambda: by_hand(events))
    print(f"{count:,} events; process time, best of two")
    print(f"{'':38}{'s':>8}{'events/s':>12}{'x bare':>8}{'x hand':>8}")
    rows = [("bare loop", loop), ("hand-coded automaton, two clauses", hand)]
    named = {
        "two clauses, always": program(*two_clauses("always")),
        "two clauses, business calendar": program(*two_clauses("Office")),
    }
    for name, prog in {**named, "a contract of the size of A": contract()}.items():
        outcome, spent = timed(lambda prog=prog: judged(prog, events))
        rows.append((name, spent))
        if name == "two clauses, always":
            assert Counter((one.rule, one.status) for one in outcome.verdicts) == totals
    for name, spent in rows:
        print(f"{name:38}{spent:8.2f}{count / spent:12,.0f}{spent / loop:8.1f}{spent / hand:8.1f}")


if __name__ == "__main__":
    main()
