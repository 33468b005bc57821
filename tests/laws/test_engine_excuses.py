"""A law of excuses: one that extends the limit moves the deadline and the breach exactly as a standstill does."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit" / "engine"))

from small_programs import MINUTE, at, duty, event, on, only, program, sig, still, target

from slalang.ir import rules as ru

ORIGIN = at("2026-03-06 09:00")  # a Friday
KINDS = ("waiting", "resumed", "to Critical", "to High", "to Medium", "resolved", "reopened")


def facts_of(steps, until):
    facts = [event(ORIGIN, "opened", id_="a", priority="High")]
    for number, (minute, what) in enumerate(sorted(steps)):
        if minute > until:
            continue
        data = {"on": "customer"} if what == "waiting" else {}
        verb = what
        if what.startswith("to "):
            verb, data = "priority_changed", {"priority": what[3:]}
        facts.append(event(ORIGIN + minute * MINUTE, verb, id_=f"b{number:03d}", **data))
    return facts


@given(
    steps=st.lists(st.tuples(st.integers(0, 5 * 24 * 60), st.sampled_from(KINDS)), max_size=10),
    until=st.integers(1, 7 * 24 * 60),
    office=st.booleans(),
    days=st.booleans(),
    change=st.sampled_from(["from_the_start", "from_the_change", "remaining_share"]),
    relaxed=st.sampled_from(["breach_stands", "judged_anew"]),
)
def test_an_excuse_that_extends_moves_the_deadline_as_a_standstill_does(
    steps, until, office, days, change, relaxed
):
    policies = {
        "on_change": change, "after_relaxed_limit": relaxed, "on_reopening": "continues",
        "standstill_of_days": "exact_time",
    }  # fmt: skip
    shared = {
        "within": "<= 2 days" if days else target("resolve"),
        "calendar": "Office" if office else "always",
        "reopen": on("reopened"),
    }
    stops = program(
        duty(**shared, standstills=(still("Delay", sig("awaiting")),), policies=policies),
        counting="calendar_days",
    )
    excuse = ru.Excuse("Delay", sig("awaiting"), "extend", "latest")
    extends = program(
        duty(**shared, excuses=(excuse,), policies={**policies, "standstill_of_days": "nothing"}),
        counting="calendar_days",
    )
    facts, as_of = facts_of(steps, until), ORIGIN + until * MINUTE
    stopped, extended = only(stops, facts, as_of), only(extends, facts, as_of)
    assert (extended.deadline, extended.deadline_if_resumed_now) == (
        stopped.deadline,
        stopped.deadline_if_resumed_now,
    )
    assert extended.breached_at == stopped.breached_at
    assert extended.status == stopped.status or (extended.status, stopped.status) == ("excused", "met")
    if extended.breached_at is None and extended.margin.type == stopped.margin.type:
        assert extended.margin.value == stopped.margin.value
    if extended.limit is not None and extended.limit.type == extended.margin.type == "duration":
        assert extended.limit.value - extended.measure.value == extended.margin.value
    if extended.status in {"late", "overdue"} and extended.margin.type == "duration":
        assert extended.margin.value <= 0
