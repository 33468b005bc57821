"""The clock of a ticket held against a simulation that walks minute by minute and shares nothing with the engine."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit" / "engine"))

from small_programs import MINUTE, duty, event, on, only, program, sig, still, target

START = datetime(
    2026, 3, 6, 9, 0, tzinfo=timezone(timedelta(hours=8))
)  # a Friday morning, so that a weekend is near
ORIGIN = int(START.timestamp()) * 1_000_000
RESOLVE = {"Critical": 4 * 60, "High": 8 * 60, "Medium": 24 * 60, "Low": 72 * 60}
KINDS = (
    "waiting",
    "resumed",
    "to Critical",
    "to High",
    "to Medium",
    "to Low",
    "resolved",
    "reopened",
    "noise",
)
ORDER = (
    "opened", "priority_changed", "assigned", "resumed", "responded", "waiting", "cause_found", "resolved", "closed",
    "reopened", "cancelled", "noise",
)  # fmt: skip


def office_open(minute: int) -> bool:
    """Whether the office is open in the minute that begins then: Mon–Fri 09:00–12:00 and 13:00–17:30 at UTC+8."""
    now = START + timedelta(minutes=minute)
    of_day = now.hour * 60 + now.minute
    return now.weekday() < 5 and (540 <= of_day < 720 or 780 <= of_day < 1050)


@dataclass
class Told:
    status: str
    breached: Fraction | int | None
    spent: Fraction


class Walk:
    """The state of one ticket while minutes pass."""

    def __init__(self, strict: bool, change: str, relaxed: str) -> None:
        self.strict, self.change, self.relaxed = strict, change, relaxed
        self.level = "High"
        self.limit = Fraction(RESOLVE["High"])
        self.spent = Fraction(0)
        self.waiting = self.done = False
        self.breached: Fraction | int | None = None

    @property
    def late(self) -> bool:
        return self.spent >= self.limit if self.strict else self.spent > self.limit

    def relevel(self) -> None:
        """The limit of the level that holds now, under the policies."""
        new = Fraction(RESOLVE[self.level])
        if new == self.limit:
            return
        stands = self.breached is not None and self.relaxed == "breach_stands"
        if self.breached is not None and self.change == "remaining_share":
            return  # nothing remains that a share could be taken of
        if stands and (new > self.limit or self.change == "from_the_change"):
            return  # a milder limit, or a new clock, comes too late: the breach is told by the limit of its time
        if self.change == "from_the_change":
            self.spent = Fraction(0)
        elif self.change == "remaining_share":
            self.spent = self.spent * new / self.limit
        self.limit = new
        if self.breached is not None and not self.late and self.relaxed == "judged_anew":
            self.breached = None

    def happen(self, what: str, minute: int) -> None:
        if what in {"waiting", "resumed"}:
            self.waiting = what == "waiting"
        elif what.startswith("to "):
            self.level = what[3:]
            if not self.done:
                self.relevel()
        elif what == "resolved":
            self.waiting = False
            if not self.done:
                self.done = True
                if self.breached is None and self.late:
                    self.breached = minute
        elif what == "reopened" and self.done:
            self.done = False
            self.relevel()  # a level changed while the case was closed counts from the reopening on

    def pass_a_minute(self, minute: int) -> None:
        if self.breached is None and self.spent < self.limit < self.spent + 1:
            self.breached = minute + (
                self.limit - self.spent
            )  # a share carried over may end between two minutes
        self.spent += 1


def simulate(
    steps: list[tuple[int, str]], until: int, *, office: bool, strict: bool, change: str, relaxed: str
) -> Told:
    """Each minute: strict limits expire, events happen, inclusive limits expire, and then a minute passes."""
    walk = Walk(strict, change, relaxed)
    for minute in range(until + 1):
        if strict and walk.late and not walk.done and walk.breached is None:
            walk.breached = minute
        for _, what in [step for step in steps if step[0] == minute]:
            walk.happen(what, minute)
        # At the as-of instant itself an inclusive limit that is just reached is still pending; one that has passed is not.
        expired = walk.spent >= walk.limit if strict or minute < until else walk.late
        if expired and not walk.done and walk.breached is None:
            walk.breached = minute
        if minute < until and not walk.done and not walk.waiting and (not office or office_open(minute)):
            walk.pass_a_minute(minute)
    if walk.breached is None:
        return Told("met" if walk.done else "pending", None, walk.spent)
    return Told("late" if walk.done else "overdue", walk.breached, walk.spent)


@given(
    steps=st.lists(st.tuples(st.integers(0, 6 * 24 * 60), st.sampled_from(KINDS)), max_size=9),
    near=st.lists(
        st.tuples(st.sampled_from([240, 480, 720, 1440, 510, 180]), st.sampled_from(KINDS)), max_size=3
    ),
    until=st.integers(1, 8 * 24 * 60),
    office=st.booleans(),
    strict=st.booleans(),
    change=st.sampled_from(["from_the_start", "from_the_change", "remaining_share"]),
    relaxed=st.sampled_from(["breach_stands", "judged_anew"]),
)
@example([(480, "to Critical"), (480, "resolved")], [], 2000, False, False, "from_the_start", "breach_stands")
@example([(510, "resolved")], [], 900, True, False, "from_the_start", "breach_stands")
@example([(500, "to Low"), (600, "to High")], [], 900, False, True, "remaining_share", "judged_anew")
def test_the_clock_agrees_with_a_walk_minute_by_minute(steps, near, until, office, strict, change, relaxed):
    ordered = sorted(
        (steps + near), key=lambda one: (one[0], ORDER.index(_verb(one[1])), _place(steps + near, one))
    )
    ordered = [one for one in ordered if one[0] <= until]
    facts = [event(ORIGIN, "opened", id_="a", priority="High")]
    for number, (minute, what) in enumerate(ordered):
        data = {"on": "customer"} if what == "waiting" else {}
        if what.startswith("to "):
            data = {"priority": what[3:]}
        facts.append(event(ORIGIN + minute * MINUTE, _verb(what), id_=f"b{number:03d}", **data))
    rule = duty(
        within=_strictly(target("resolve")) if strict else target("resolve"),
        calendar="Office" if office else "always",
        standstills=(still("CustomerDelay", sig("awaiting")),),
        reopen=on("reopened"),
        policies={"on_change": change, "after_relaxed_limit": relaxed, "on_reopening": "continues"},
    )
    found = only(program(rule), facts, ORIGIN + until * MINUTE)
    told = simulate(ordered, until, office=office, strict=strict, change=change, relaxed=relaxed)
    breached = None if told.breached is None else ORIGIN + ceil(told.breached * MINUTE)
    assert (found.status, found.breached_at) == (told.status, breached)
    assert found.measure.value == told.spent * MINUTE
    if breached is not None and change != "from_the_start":
        assert found.deadline == breached  # no limit is ever shortened to less than has passed
    if told.status == "late":
        assert found.margin.value <= 0


def _verb(what: str) -> str:
    return "priority_changed" if what.startswith("to ") else what


def _place(steps, one) -> int:
    return steps.index(one)


def _strictly(limit):
    """The same table read with `<`: its limits less a microsecond would be another rule, so the comparator is changed."""
    from slalang.ir import expressions as ex
    from slalang.ir.rules import Within

    inner = limit.limit
    pairs = [("Critical", "240"), ("High", "480"), ("Medium", "1440"), ("Low", "4320")]
    made: ex.Expr = inner
    for level, minutes in pairs:
        test = ex.Op("==", (sig("priority", "levels:priority"), ex.Const("levels:priority", level)), "bool")
        made = ex.If(test, ex.Const("limit", f"< duration {int(minutes) * MINUTE}"), made, "limit")
    return Within(made)


def test_the_simulation_itself_knows_a_plain_case():
    # Opened 09:00 on a Friday with 8 h in office hours: 7 h 30 min that day, the last half hour on Monday: 09:30.
    told = simulate(
        [], 5 * 24 * 60, office=True, strict=False, change="from_the_start", relaxed="breach_stands"
    )
    assert told.status == "overdue"
    assert START + timedelta(minutes=told.breached) == datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
