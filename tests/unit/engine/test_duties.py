"""Duties per ticket: statuses, instants, strict and inclusive limits, voids. Figures are worked out in the comments."""

from __future__ import annotations

from fractions import Fraction

from small_programs import HOUR, MINUTE, at, duty, event, on, only, program, run, target

FOUR_HOURS = program(duty())


def test_met_inside_the_limit():
    # 09:00 to 11:30 is 2 h 30 min; 1 h 30 min are left of 4 h.
    found = only(
        FOUR_HOURS, [event("2026-03-02 09:00", "opened"), event("2026-03-02 11:30", "resolved")], "2026-03-03"
    )
    assert found.status == "met"
    assert found.measure.value == 150 * MINUTE
    assert found.margin.value == 90 * MINUTE
    assert found.deadline == at("2026-03-02 13:00")
    assert found.discharged_at == at("2026-03-02 11:30")
    assert found.breached_at is None
    assert found.final


def test_an_inclusive_limit_includes_its_instant_and_a_strict_one_does_not():
    facts = [event("2026-03-02 09:00", "opened"), event("2026-03-02 13:00", "resolved")]
    assert only(FOUR_HOURS, facts, "2026-03-03").status == "met"
    strict = only(program(duty(within="< 4 h")), facts, "2026-03-03")
    assert (strict.status, strict.breached_at) == ("late", at("2026-03-02 13:00"))
    assert strict.margin.value == 0


def test_a_microsecond_later_is_late():
    late = [event("2026-03-02 09:00", "opened"), event(at("2026-03-02 13:00") + 1, "resolved")]
    found = only(FOUR_HOURS, late, "2026-03-03")
    assert (found.status, found.breached_at, found.margin.value) == (
        "late",
        at("2026-03-02 13:00"),
        Fraction(-1),
    )


def test_at_the_as_of_instant_an_inclusive_limit_is_pending_and_a_strict_one_has_expired():
    facts = [event("2026-03-02 09:00", "opened")]
    assert only(FOUR_HOURS, facts, "2026-03-02 13:00").status == "pending"
    assert only(FOUR_HOURS, facts, at("2026-03-02 13:00") + 1).status == "overdue"
    assert only(program(duty(within="< 4 h")), facts, "2026-03-02 13:00").status == "overdue"
    assert only(program(duty(within="< 4 h")), facts, at("2026-03-02 13:00") - 1).status == "pending"


def test_nobody_is_needed_to_pass_a_deadline():
    found = only(FOUR_HOURS, [event("2026-03-02 09:00", "opened")], "2026-04-01")
    assert (found.status, found.breached_at, found.discharged_at) == ("overdue", at("2026-03-02 13:00"), None)
    assert not found.final
    assert found.deadline == at("2026-03-02 13:00")


def test_void_when_cancelled_even_after_the_deadline_but_not_after_the_discharge():
    rule = program(duty(void=on("cancelled")))
    opened = event("2026-03-02 09:00", "opened")
    assert only(rule, [opened, event("2026-03-02 10:00", "cancelled")], "2026-03-03").status == "void"
    assert only(rule, [opened, event("2026-03-02 20:00", "cancelled")], "2026-03-03").status == "void"
    done = [opened, event("2026-03-02 14:00", "resolved"), event("2026-03-02 15:00", "cancelled")]
    assert only(rule, done, "2026-03-03").status == "late"


def test_the_limit_comes_from_the_row_of_the_priority():
    prog = program(duty("FirstResponse", on("opened"), on("responded", pick="first"), target("respond")))
    facts = [
        event("2026-03-02 09:00", "opened", "T-1", priority="Critical"),
        event("2026-03-02 09:00", "opened", "T-2", priority="High"),
        event("2026-03-02 09:30", "responded", "T-1"),
        event("2026-03-02 09:30", "responded", "T-2"),
    ]
    statuses = {one.subject: (one.status, one.limit.value) for one in run(prog, facts, "2026-03-03").verdicts}
    assert statuses == {"T-1": ("late", 15 * MINUTE), "T-2": ("met", HOUR)}


def test_without_a_priority_the_case_is_undetermined_and_says_why():
    prog = program(duty(within=target("resolve")))
    found = only(prog, [event("2026-03-02 09:00", "opened")], "2026-03-03")
    assert found.status == "undetermined"
    assert "priority" in found.reason


def test_a_priority_outside_the_table_is_a_gap_with_its_witness():
    prog = program(duty(within=target("resolve")))
    found = only(prog, [event("2026-03-02 09:00", "opened", priority="Urgent")], "2026-03-03")
    assert found.status == "undetermined"
    assert "targets" in found.reason
    assert "Urgent" in found.reason


def test_an_act_by_the_other_party_discharges_nothing():
    facts = [event("2026-03-02 09:00", "opened"), event("2026-03-02 10:00", "resolved", by="Customer")]
    assert only(FOUR_HOURS, facts, "2026-03-02 12:00").status == "pending"
    ours = [event("2026-03-02 09:00", "opened"), event("2026-03-02 10:00", "resolved", by="Provider")]
    assert only(FOUR_HOURS, ours, "2026-03-02 12:00").status == "met"
