"""Events per second of the reference evaluator, beside a bare loop over the same events and a hand-written automaton, in one run.

CPU seconds of this process are counted, not wall time, so that a busy machine does not blur the ratios.
"""

from __future__ import annotations

import gc
import json
import tempfile
import time
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.tickets import ZONE, Month, lines, registers, reports, shifts
from slalang.diagnostics.collector import Collector
from slalang.pipeline.running import Asked, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slalang.events.event import Event

HERE = Path(__file__).resolve().parent.parent
WHOLE = HERE / "contracts" / "aws-managed-support" / "contract.sla"
MONTH = Month(datetime(2026, 3, 1, tzinfo=ZONE), 31, 12_000, 12)
HOUR = 3_600_000_000
LIMITS = {
    "Critical": (HOUR // 4, 4 * HOUR),
    "High": (HOUR, 8 * HOUR),
    "Medium": (4 * HOUR, 24 * HOUR),
    "Low": (24 * HOUR, 72 * HOUR),
}
TWO = """\
contract "two clauses" version "1"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
counting exact
conventions std.plain
party Provider
party Customer
levels priority = Critical > High > Medium > Low
clause 2.1 "Response times"
  table targets
    | priority | = respond | = resolve |
    | Critical | <= 15 min | <= 4 h    |
    | High     | <= 1 h    | <= 8 h    |
    | Medium   | <= 4 h    | <= 24 h   |
    | Low      | <= 24 h   | <= 72 h   |
  obligation FirstResponse
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within targets.respond
    on change of priority : from the start
    after a relaxed limit : the breach stands
    on reopening : frozen
  obligation Resolution
    for each ticket
    Provider owes Customer
    from opened until resolved
    clock always, except while awaiting_customer
    within targets.resolve
    on change of priority : from the start
    after a relaxed limit : the breach stands
    on reopening : continues
"""
OFFICE = """\
calendar Office
  mon to fri 09:00 to 12:00, 13:00 to 17:30
"""
READ = frozenset({"opened", "responded", "priority_changed", "waiting", "resumed", "resolved", "reopened"})


def bare(events: Sequence[Event]) -> int:
    """Touch every event once."""
    total = 0
    for event in events:
        total += event.time & 1
    return total


def by_hand(events: Sequence[Event]) -> int:
    """The two clauses as somebody would write them for this one contract: a state a ticket, no calendar, no trace."""
    tickets: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    met = 0
    for event in events:
        kind, subject, at = event.type[7:], event.subject, event.time
        if kind == "opened":
            tickets[subject] = [at, at, 0, 1, 0]  # opened, last, elapsed, running, answered
            names[subject] = str(event.data["priority"])
            continue
        state = tickets.get(subject)
        if state is None:
            continue
        if state[3]:
            state[2] += at - state[1]
        state[1] = at
        if kind == "waiting" and event.data.get("on") == "customer":
            state[3] = 0
        elif kind in ("waiting", "resumed"):
            state[3] = 1
        elif kind == "priority_changed":
            names[subject] = str(event.data["priority"])
        elif kind == "responded" and not state[4]:
            state[4] = 1
            met += at - state[0] <= LIMITS[names[subject]][0]
        elif kind == "resolved":
            met += state[2] <= LIMITS[names[subject]][1]
            state[3] = 0
    return met


def timed(run: Callable[[], object]) -> float:
    """The least CPU time of three runs."""
    found = []
    for _ in range(3):
        gc.collect()  # what the run before left lying about is not this one's
        began = time.process_time()
        run()
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        two, facts, register = (
            Path(folder) / name for name in ("two.sla", "events.jsonl", "agreements.jsonl")
        )
        two.write_text(TWO, encoding="utf-8")
        office = Path(folder) / "office.sla"
        hours = TWO.replace("clause 2.1", OFFICE + "clause 2.1", 1).replace("clock always", "clock in Office")
        office.write_text(hours, encoding="utf-8")
        register.write_text("\n".join(registers(MONTH)) + "\n", encoding="utf-8")
        made = list(chain(lines(MONTH), shifts(MONTH), reports(MONTH)))
        facts.write_text("\n".join(made) + "\n", encoding="utf-8")
        wanted = [line for line in made if json.loads(line)["type"].removeprefix("ticket.") in READ]
        few = Path(folder) / "few.jsonl"
        few.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        print(f"{'what':<40} {'events':>8} {'CPU s':>7} {'events/s':>10} {'× bare':>7} {'× by hand':>10}")
        for name, contract, file in (
            ("two ticket clauses, whole stream", two, facts),
            ("the same, only what they read", two, few),
            ("the same in office hours", office, few),
            ("all of contract A", WHOLE, facts),
        ):
            asked = Asked((str(contract),), (str(register), str(file)), as_of="2026-05-01")
            with Run(asked, Collector()) as run:
                events = list(run.loaded.events)
                least, hand = (
                    timed(lambda events=events: bare(events)),
                    timed(lambda events=events: by_hand(events)),
                )
                ours = timed(lambda run=run, events=events: run.outcome(events=events))
            for told, seconds in (
                (f"{name}: bare loop", least),
                (f"{name}: by hand", hand),
                (f"{name}: slalang", ours),
            ):
                rate = len(events) / seconds
                print(
                    f"{told:<40} {len(events):>8} {seconds:>7.2f} {rate:>10,.0f} {seconds / least:>7.1f} {seconds / hand:>10.1f}"
                )


if __name__ == "__main__":
    main()
