"""Plain arithmetic for tickets, written from the paper contract and sharing no line with slalang's engine.

In: the events of one ticket as tuples (µs, verb, data). Out: status and deadline of a target, by walking through the intervals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Same order at one instant as in the library: what the ticket is, what stops waiting, what is done, what ends it.
ORDER = [
    "opened",
    "priority_changed",
    "assigned",
    "resumed",
    "responded",
    "waiting",
    "cause_found",
    "resolved",
    "closed",
    "reopened",
    "cancelled",
]

Happening = tuple[int, str, dict[str, Any]]


@dataclass
class Ticket:
    """A ticket and what happened to it."""

    id: str
    happenings: list[Happening] = field(default_factory=list)

    def ordered(self) -> list[Happening]:
        """In the total order of the vocabulary."""
        return sorted(self.happenings, key=lambda item: (item[0], ORDER.index(item[1])))


@dataclass(frozen=True)
class Judged:
    """What plain arithmetic says of one target of one ticket."""

    status: str
    deadline: int | None
    measure: int | None


@dataclass
class Walk:
    """A stopwatch: stretches of real time in which it ran."""

    stretches: list[tuple[int, int]] = field(default_factory=list)

    def shown(self) -> int:
        """What the stopwatch shows."""
        return sum(end - start for start, end in self.stretches)

    def when(self, reading: int) -> int | None:
        """The first instant at which it showed so much; None if it never did."""
        before = 0
        for start, end in self.stretches:
            if before + end - start >= reading:
                return start + reading - before
            before += end - start
        return None


def judge(
    ticket: Ticket,
    limits: dict[str, int],
    done_by: str,
    as_of: int,
    *,
    reopens: bool,
    excused_causes: tuple[str, ...] = ("aws_platform", "force_majeure"),
) -> Judged | None:
    """Walk from event to event: the limit counts from the opening, a breach stands, the watch is off while somebody else is
    waited for and while the ticket is solved, and reaching the limit is still in time."""
    watch = Walk()
    now = limit = 0
    opened = paused = breached = False
    done: int | None = None
    cause = ""
    for at, verb, data in [*(item for item in ticket.ordered() if item[0] <= as_of), (as_of, "end", {})]:
        if opened and done is None and not paused and at > now:
            watch.stretches.append((now, at))
            breached = breached or watch.shown() > limit
        now = at
        if verb == "opened":
            opened, limit = True, limits[data["priority"]]
        elif verb == "priority_changed":
            if done is None:
                new = limits[data["priority"]]
                limit = (
                    limit if breached and new > limit else new
                )  # a breach stands, and is told by the limit of its time
                breached = breached or watch.shown() > limit
        elif verb == "waiting":
            paused = data["on"] in {"customer", "third_party"}
        elif verb == "cause_found":
            cause = data["cause"]
        elif verb == "cancelled" and done is None:
            return Judged("void", None, None)
        elif verb == "reopened" and reopens:
            done = None
        if verb == done_by and done is None:
            done = at
        if verb in {"resumed", "resolved", "closed"}:
            paused = False
    if not opened:
        return None
    shown = watch.shown()
    if breached:
        status = "excused" if cause in excused_causes else ("overdue" if done is None else "late")
    else:
        status = "pending" if done is None else "met"
    deadline = watch.when(limit)
    if deadline is None and done is not None:
        deadline = done + limit - shown
    return Judged(status, deadline, shown)
