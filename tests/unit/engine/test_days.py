"""Limits in days, points of periods, dates, and acts that must come before an anchor."""

from __future__ import annotations

import json

import pytest
from small_programs import (
    DAY,
    HOUR,
    MINUTE,
    ZONE,
    at,
    duty,
    event,
    focus,
    number,
    on,
    only,
    program,
    run,
    sig,
    still,
)

from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru


def days_policy(policy, within="<= 3 days", **more):
    rule = duty(
        within=within,
        standstills=(still("Delay", sig("awaiting")),),
        policies={"standstill_of_days": policy},
        **more,
    )
    return program(rule, counting="calendar_days")


def test_days_do_not_count_the_first_one_and_end_at_midnight():
    # Opened on Monday the 2nd at 09:00: days 3, 4, 5; the 24:00 of the 5th is the next day.
    rule = program(duty(within="<= 3 days"), counting="calendar_days")
    opened = event("2026-03-02 09:00", "opened")
    met = only(rule, [opened, event(at("2026-03-06 00:00") - 1, "resolved")], "2026-03-10")
    assert (met.status, met.deadline, met.margin.value) == ("met", at("2026-03-06 00:00"), 0)
    assert (met.measure.value, met.limit.value) == (3, 3)
    late = only(rule, [opened, event("2026-03-06 00:00", "resolved")], "2026-03-10")
    assert (late.status, late.breached_at, late.margin.value) == ("late", at("2026-03-06 00:00"), -1)


def test_the_civil_code_moves_a_last_day_of_rest_to_the_next_working_day():
    # Wednesday the 4th + 3 days is Saturday the 7th: it ends with Monday the 9th (the contract's only calendar says so).
    rule = program(duty(within="<= 3 days"))
    assert only(rule, [event("2026-03-04 09:00", "opened")], "2026-03-05").deadline == at("2026-03-10 00:00")


def test_a_month_ends_with_the_corresponding_day_or_the_last_of_the_month():
    rule = program(duty(within="<= 1 months"), counting="calendar_days")
    assert only(rule, [event("2026-01-31 09:00", "opened")], "2026-02-01").deadline == at("2026-03-01 00:00")


def test_working_days_of_a_calendar():
    # From Friday the 6th: Monday, Tuesday, Wednesday.
    rule = program(duty(within="<= 3 workdays@Office"), counting="calendar_days")
    found = only(
        rule, [event("2026-03-06 09:00", "opened"), event("2026-03-10 12:00", "resolved")], "2026-03-20"
    )
    assert (found.status, found.deadline) == ("met", at("2026-03-12 00:00"))
    assert (found.measure.value, found.margin.value) == (2, 1)


def test_exact_days_are_24_hours():
    rule = program(duty(within="<= 2 days"), counting="exact")
    assert only(rule, [event("2026-03-06 09:00", "opened")], "2026-03-07").deadline == at("2026-03-08 09:00")


@pytest.mark.parametrize(
    ("policy", "deadline"),
    [
        ("nothing", "2026-03-06 00:00"),
        ("exact_time", "2026-03-07 06:00"),  # 30 h of waiting
        ("calendar_time", "2026-03-07 06:00"),  # on a clock that never closes, all of it
        ("each_day_touched", "2026-03-08 00:00"),  # the 3rd and the 4th
    ],
)
def test_what_a_standstill_does_to_a_limit_in_days(policy, deadline):
    facts = [
        event("2026-03-02 09:00", "opened"), event("2026-03-03 10:00", "waiting", on="customer"),
        event("2026-03-04 16:00", "resumed"),
    ]  # fmt: skip
    found = only(days_policy(policy), facts, "2026-03-05")
    assert (found.status, found.deadline) == ("pending", at(deadline))
    assert only(days_policy(policy), facts, at(deadline)).status == "overdue"


EIGHT_TO_SIX = fa.CalendarSpec(
    "Office8",
    json.dumps(
        {"zone": ZONE, "weekly": {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
    ),
)


def standing(policy, within="<= 2 days", calendar="Office8"):
    return program(
        duty(
            within=within, calendar=calendar, policies={"standstill_of_days": policy},
            standstills=(ru.Standstill("Delay", sig("awaiting")),),
        ),
        calendars=(EIGHT_TO_SIX,), counting="calendar_days",
    )  # fmt: skip


def waiting(*spans):
    facts = [event("2026-03-03 09:00", "opened")]
    for start, end in spans:
        facts += [
            event(f"2026-03-{start}", "waiting", on="customer"),
            event(f"2026-03-{end}", "resumed"),
        ]
    return facts


@pytest.mark.parametrize(
    ("start", "end", "deadline"),
    [
        ("03 17:00", "03 17:30", "2026-03-06 00:30"),  # half an hour of it open
        ("03 17:00", "04 11:00", "2026-03-06 04:00"),  # 17:00 to 18:00 and 08:00 to 11:00
        ("03 10:00", "04 17:00", "2026-03-06 17:00"),  # 10:00 to 18:00 and 08:00 to 17:00
        ("03 19:00", "04 07:00", "2026-03-06 00:00"),  # nothing
    ],
)
def test_calendar_time_is_the_open_part_of_a_standstill(start, end, deadline):
    # 2 days from the 3rd end with the 5th: 63 h from 09:00.
    done = event("2026-03-09 09:00", "resolved")
    found = only(standing("calendar_time"), [*waiting((start, end)), done], "2026-03-20")
    assert (found.status, found.deadline, found.breached_at) == ("late", at(deadline), at(deadline))
    assert found.limit.value == 63 * HOUR
    assert found.margin.value == at(deadline) - done.time
    assert found.measure.value == 63 * HOUR - found.margin.value


def test_exact_time_leaves_what_the_clock_has_not_counted():
    # 18 h of waiting: the 5th's 24:00 becomes the 6th's 18:00. Counted to 13:00 are 76 − 18 = 58 of 63 h.
    facts = [*waiting(("03 17:00", "04 11:00")), event("2026-03-06 13:00", "resolved")]
    found = only(standing("exact_time"), facts, "2026-03-20")
    assert (found.status, found.deadline) == ("met", at("2026-03-06 18:00"))
    assert [one.value for one in (found.limit, found.measure, found.margin)] == [
        63 * HOUR,
        58 * HOUR,
        5 * HOUR,
    ]
    (trace,) = run(standing("exact_time"), facts, "2026-03-20", trace=focus("Resolution")).case_traces
    assert sum(one.counted for one in trace.clock) == 58 * HOUR


def test_a_day_touched_twice_is_one_day():
    # Two waits on the 4th and none other: one day, so the 5th becomes the 6th. Resolved on the 5th: one day is left.
    facts = waiting(("04 09:00", "04 10:00"), ("04 15:00", "04 16:00"))
    found = only(standing("each_day_touched"), [*facts, event("2026-03-05 12:00", "resolved")], "2026-03-20")
    assert (found.status, found.deadline) == ("met", at("2026-03-07 00:00"))
    # 2 days and one more, less the two from the 3rd to the 5th.
    assert [one.value for one in (found.limit, found.measure, found.margin)] == [3, 2, 1]


def test_a_standstill_counts_that_begins_in_the_time_that_another_has_added():
    # The first moves the end of the 5th to that of the 6th; the second, on the 6th, is before that: the 7th.
    facts = waiting(("04 09:00", "04 10:00"), ("06 09:00", "06 10:00"))
    found = only(standing("each_day_touched"), facts, "2026-03-07 12:00")
    assert (found.status, found.deadline) == ("pending", at("2026-03-08 00:00"))
    # On the 9th it would be too late to move anything.
    more = [*facts, event("2026-03-09 09:00", "waiting", on="customer"), event("2026-03-09 10:00", "resumed")]
    late = only(standing("each_day_touched"), more, "2026-03-20")
    assert (late.status, late.deadline) == ("overdue", at("2026-03-08 00:00"))


def test_working_days_are_moved_by_the_working_days_touched():
    # 2 working days from Thursday the 5th end with Monday the 9th; waiting Friday to Sunday touches one working day: Tuesday.
    facts = [
        event("2026-03-05 09:00", "opened"), event("2026-03-06 12:00", "waiting", on="customer"),
        event("2026-03-08 12:00", "resumed"), event("2026-03-10 12:00", "resolved"),
    ]  # fmt: skip
    found = only(standing("each_day_touched", "<= 2 workdays@Office8"), facts, "2026-03-20")
    assert (found.status, found.deadline) == ("met", at("2026-03-11 00:00"))
    # 2 and one more, less Friday, Monday, Tuesday.
    assert [one.value for one in (found.limit, found.measure, found.margin)] == [3, 3, 0]


def test_while_a_limit_in_days_stands_still_it_has_no_deadline():
    facts = [event("2026-03-02 09:00", "opened"), event("2026-03-03 10:00", "waiting", on="customer")]
    found = only(days_policy("exact_time"), facts, "2026-03-20")
    assert (found.status, found.deadline) == ("pending", None)
    # 72 h are left from the 3rd 10:00 to the 6th 00:00 less ten hours: 62 h from now.
    assert found.deadline_if_resumed_now == at("2026-03-20") + 62 * HOUR


def test_by_and_before_a_day_of_the_next_month():
    def due(limit):
        return only(program(duty(within=limit)), [event("2026-03-17 09:00", "opened")], "2026-03-18").deadline

    assert due(ru.ByPoint("month", 1, 5, "day", inclusive=True)) == at("2026-04-06 00:00")
    assert due(ru.ByPoint("month", 1, 5, "day", inclusive=False)) == at("2026-04-05 00:00")
    assert due(ru.ByPoint("month", 0, 0, "day", inclusive=True)) == at("2026-04-01 00:00")
    assert due(ru.ByPoint("quarter", 1, -1, "day", inclusive=True)) == at("2026-07-01 00:00")
    # April 2026 begins on a Wednesday: its third working day is Friday the 3rd.
    assert due(ru.ByPoint("month", 1, 3, "working_day", inclusive=True, calendar="Office")) == at(
        "2026-04-04 00:00"
    )


def test_by_a_date_of_the_trigger():
    limit = ru.ByDate(ex.Field("promised", "date", "trigger"), inclusive=True)
    rule = program(duty(within=limit))
    opened = event("2026-03-02 09:00", "opened", promised="2026-03-05")
    assert only(rule, [opened, event("2026-03-05 23:59", "resolved")], "2026-03-10").status == "met"
    assert only(rule, [opened, event("2026-03-06 00:00", "resolved")], "2026-03-10").status == "late"


EVENTS = (fa.EventType("work.announced", "work"), fa.EventType("work.started", "work"))


def before(limit):
    rule = duty(
        "Announced", fa.Pattern((fa.EventMatch("work.started"),)), fa.Pattern((fa.EventMatch("work.announced"),)),
        ru.Within(limit, "before"), scope=ru.Scope("each", "work"),
    )  # fmt: skip
    return program(rule, events=EVENTS, entities=(fa.Entity("work"),), counting="calendar_days")


def test_an_act_48_hours_before_an_anchor():
    rule = before(ex.Const("limit", f"<= duration {48 * HOUR}"))
    start = event("2026-03-04 02:00", "work.started", "W")
    in_time = only(rule, [event("2026-03-02 02:00", "work.announced", "W"), start], "2026-03-05", "Announced")
    assert (in_time.status, in_time.margin.value, in_time.deadline) == ("met", 0, at("2026-03-02 02:00"))
    late = only(rule, [event("2026-03-02 02:01", "work.announced", "W"), start], "2026-03-05", "Announced")
    assert (late.status, late.breached_at, late.margin.value) == ("broken", at("2026-03-04 02:00"), -MINUTE)
    never = only(rule, [start], "2026-03-05", "Announced")
    assert (never.status, never.discharged_at, never.final) == ("broken", None, True)


def test_the_notice_itself_plays_its_part_in_the_trace_and_is_evidence():
    # 71 h before is too late and 73 h early enough; of two notices the first that is early enough counts.
    rule = before(ex.Const("limit", f"<= duration {72 * HOUR}"))
    start = event("2026-03-05 12:00", "work.started", "W", "s")
    for when, status in (("2026-03-02 13:00", "broken"), ("2026-03-02 11:00", "met")):
        facts = [
            event(when, "work.announced", "W", "n"),
            event("2026-03-05 11:00", "work.announced", "W", "m"),
            start,
        ]
        out = run(rule, facts, "2026-03-06", trace=focus("Announced"))
        (found,) = out.verdicts
        assert (found.status, found.discharged_at, set(found.evidence)) == (status, at(when), {"n", "s"})
        (trace,) = out.case_traces
        assert {(one.event, one.role) for one in trace.roles} == {
            ("s", "trigger"), ("n", "discharge"), ("m", "ignored"),
        }  # fmt: skip


def test_days_counted_backward_end_with_the_day_before():
    # Ten days before the 20th: the anchor's day is not counted, so the end of the 10th.
    rule = before(ex.Const("limit", "<= civil 0,10"))
    start = event("2026-03-20 12:00", "work.started", "W")
    assert (
        only(
            rule, [event("2026-03-10 23:59", "work.announced", "W"), start], "2026-03-21", "Announced"
        ).status
        == "met"
    )
    assert (
        only(
            rule, [event("2026-03-11 00:00", "work.announced", "W"), start], "2026-03-21", "Announced"
        ).status
        == "broken"
    )


def test_a_limit_that_no_convention_can_count_is_undetermined():
    # Months have no length under `exact`.
    found = only(
        program(duty(within="<= 1 months"), counting="exact"),
        [event("2026-03-02 09:00", "opened")],
        "2026-04-05",
    )
    assert found.status == "undetermined"
    assert "months" in found.reason
    assert DAY == 24 * HOUR
    assert on("opened").any_of
    assert number(1).value == "1"
