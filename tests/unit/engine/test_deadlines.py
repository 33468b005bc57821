"""Deadlines of cases whose limit changed under way: in time, at the deadline itself, late and overdue, each worked out by hand."""

from __future__ import annotations

import pytest
from small_programs import HOUR, MINUTE, at, duty, event, on, only, program, sig, still, target

from slalang.ir import facts as fa

OFFICE_8_18 = fa.CalendarSpec(
    "Office8",
    '{"zone": "Asia/Shanghai", "weekly": {"mon": [["08:00", "18:00"]], "tue": [["08:00", "18:00"]], '
    '"wed": [["08:00", "18:00"]], "thu": [["08:00", "18:00"]], "fri": [["08:00", "18:00"]]}}',
)


def rule(column="respond", calendar="always", **chosen):
    return program(
        duty(
            within=target(column),
            calendar=calendar,
            reopen=on("reopened"),
            standstills=(still("Delay", sig("awaiting")),),
            policies=chosen,
        ),
        calendars=(OFFICE_8_18,),
    )


def opened(level, when="2026-03-02 09:00"):
    return event(when, "opened", id_="a", priority=level)


def changed(when, level):
    return event(when, "priority_changed", id_="c" + level, priority=level)


def done(when):
    return event(when, "resolved", id_="z")


# Critical answers in 15 min, High in 1 h. At 09:06 six of 15 min are used, 40 %; 60 % of 1 h are 36 min: 09:42.
CRITICAL_TO_HIGH = [opened("Critical"), changed("2026-03-02 09:06", "High")]


@pytest.mark.parametrize(
    ("act", "status", "margin"),
    [
        ("2026-03-02 09:30", "met", 12 * MINUTE),
        ("2026-03-02 09:42", "met", 0),
        ("2026-03-02 09:50", "late", -8 * MINUTE),
    ],
)
def test_a_remaining_share_keeps_its_deadline_whenever_the_act_comes(act, status, margin):
    found = only(rule(on_change="remaining_share"), [*CRITICAL_TO_HIGH, done(act)], "2026-03-03")
    assert (found.status, found.deadline) == (status, at("2026-03-02 09:42"))
    assert found.margin.value == margin
    assert found.measure.value == 60 * MINUTE - margin
    assert found.breached_at == (at("2026-03-02 09:42") if status == "late" else None)


def test_a_remaining_share_that_nobody_acts_on_is_overdue_since_its_deadline():
    found = only(rule(on_change="remaining_share"), CRITICAL_TO_HIGH, "2026-03-02 10:42")
    assert (found.status, found.deadline) == ("overdue", at("2026-03-02 09:42"))
    assert (found.breached_at, found.margin.value) == (at("2026-03-02 09:42"), -HOUR)


def test_a_remaining_share_of_a_shorter_limit():
    # High for six of 60 min is 10 %; 90 % of 15 min are 13 min 30 s: 09:19:30.
    facts = [opened("High"), changed("2026-03-02 09:06", "Critical"), done("2026-03-02 09:20")]
    found = only(rule(on_change="remaining_share"), facts, "2026-03-03")
    assert (found.status, found.deadline) == ("late", at("2026-03-02 09:19:30"))
    assert found.margin.value == -MINUTE // 2


def test_a_share_carried_over_twice():
    # 40 % at 09:06; High until 09:18 uses 12 of 60 min, 60 % in all; 40 % of Medium's 4 h are 96 min: 10:54.
    facts = [*CRITICAL_TO_HIGH, changed("2026-03-02 09:18", "Medium"), done("2026-03-02 11:00")]
    found = only(rule(on_change="remaining_share"), facts, "2026-03-03")
    assert (found.status, found.deadline, found.margin.value) == (
        "late",
        at("2026-03-02 10:54"),
        -6 * MINUTE,
    )


def test_a_share_with_office_hours_and_a_standstill():
    # Resolution, High 8 h on 08:00 to 18:00: 08:00 to 09:00 is 1 h; waiting until 11:00, in which it becomes Critical at
    # 10:00: 12.5 % used, 87.5 % of 4 h are 3 h 30 min from 11:00: 14:30.
    facts = [
        opened("High", "2026-03-02 08:00"), event("2026-03-02 09:00", "waiting", on="customer"),
        changed("2026-03-02 10:00", "Critical"), event("2026-03-02 11:00", "resumed"),
    ]  # fmt: skip
    chosen = rule("resolve", "Office8", on_change="remaining_share")
    for act, status in (("14:00", "met"), ("14:30", "met"), ("15:30", "late")):
        found = only(chosen, [*facts, done(f"2026-03-02 {act}")], "2026-03-03")
        assert (found.status, found.deadline) == (status, at("2026-03-02 14:30"))
    # In the standstill nobody knows the deadline; if it ended at 10:30, 3 h 30 min from there are 14:00.
    held = only(chosen, facts[:3], "2026-03-02 10:30")
    assert (held.deadline, held.deadline_if_resumed_now) == (None, at("2026-03-02 14:00"))


def test_a_share_over_night():
    # Medium 24 h on 08:00 to 18:00 from Wednesday 09:00; at 12:00 3 of 24 h are used, 12.5 %; 87.5 % of 8 h are 7 h: 6 h
    # until 18:00 and one the next morning: 09:00.
    facts = [opened("Medium", "2026-03-04 09:00"), changed("2026-03-04 12:00", "High")]
    for act, status in (("2026-03-05 08:48", "met"), ("2026-03-05 09:20", "late")):
        found = only(
            rule("resolve", "Office8", on_change="remaining_share"), [*facts, done(act)], "2026-03-08"
        )
        assert (found.status, found.deadline) == (status, at("2026-03-05 09:00"))


@pytest.mark.parametrize("relaxed", ["breach_stands", "judged_anew"])
def test_where_nothing_remains_no_share_of_it_does(relaxed):
    # 15 min are over at 09:15; High at 09:20 comes too late: 100 % were used. Done at 09:25, ten minutes late.
    facts = [opened("Critical"), changed("2026-03-02 09:20", "High"), done("2026-03-02 09:25")]
    found = only(rule(on_change="remaining_share", after_relaxed_limit=relaxed), facts, "2026-03-03")
    assert (found.status, found.deadline, found.breached_at) == (
        "late",
        at("2026-03-02 09:15"),
        at("2026-03-02 09:15"),
    )
    assert (found.limit.value, found.measure.value, found.margin.value) == (
        15 * MINUTE,
        25 * MINUTE,
        -10 * MINUTE,
    )


@pytest.mark.parametrize(
    ("act", "status", "margin"),
    [
        ("18:30", "met", HOUR // 2),
        ("19:00", "met", 0),
        ("20:00", "late", -HOUR),
    ],
)
def test_from_the_change_the_deadline_is_that_of_the_new_clock(act, status, margin):
    # High (8 h) at 09:00, Critical (4 h) from 15:00: 19:00.
    facts = [opened("High"), changed("2026-03-02 15:00", "Critical"), done(f"2026-03-02 {act}")]
    found = only(rule("resolve", on_change="from_the_change"), facts, "2026-03-03")
    assert (found.status, found.deadline, found.margin.value) == (status, at("2026-03-02 19:00"), margin)


@pytest.mark.parametrize("level", ["Critical", "Low"])
def test_a_breach_that_stands_is_told_by_its_own_limit_whatever_new_clock_follows(level):
    # 8 h are over at 17:00; a new clock of 4 h or of 72 h from 18:00 undoes nothing: at 19:00 two hours late.
    facts = [opened("High"), changed("2026-03-02 18:00", level), done("2026-03-02 19:00")]
    found = only(rule("resolve", on_change="from_the_change"), facts, "2026-03-03")
    assert (found.status, found.deadline, found.margin.value) == (
        "late",
        at("2026-03-02 17:00"),
        -2 * HOUR,
    )
    anew = only(
        rule("resolve", on_change="from_the_change", after_relaxed_limit="judged_anew"), facts, "2026-03-03"
    )
    hours = {"Critical": 4, "Low": 72}[level]
    assert (anew.status, anew.deadline) == ("met", at("2026-03-02 18:00") + hours * HOUR)


def test_from_the_start_relaxed_and_tightened():
    # High to Low at 16:00: 72 h from 09:00. High to Critical at 11:00: 13:00, and at 14:00: already 13:00.
    relaxed = [opened("High"), changed("2026-03-02 16:00", "Low"), done("2026-03-05 10:00")]
    found = only(rule("resolve"), relaxed, "2026-03-06")
    assert (found.status, found.deadline, found.margin.value) == ("late", at("2026-03-05 09:00"), -HOUR)
    for when, breach in (("11:00", "13:00"), ("14:00", "14:00")):
        facts = [opened("High"), changed(f"2026-03-02 {when}", "Critical"), done("2026-03-02 15:00")]
        found = only(rule("resolve"), facts, "2026-03-03")
        assert (found.status, found.deadline) == ("late", at("2026-03-02 13:00"))
        assert (found.breached_at, found.margin.value) == (at(f"2026-03-02 {breach}"), -2 * HOUR)


def test_a_case_done_while_it_waits_has_the_deadline_it_would_have_had():
    # Two of 4 h by 11:00; waiting from there, done at 12:00: the other two hours would have ended at 14:00.
    facts = [
        opened("Critical"),
        event("2026-03-02 11:00", "waiting", on="customer"),
        done("2026-03-02 12:00"),
    ]
    found = only(rule("resolve"), facts, "2026-03-03")
    assert (found.status, found.deadline, found.measure.value) == ("met", at("2026-03-02 14:00"), 2 * HOUR)
