"""Clocks: pauses and their union, calendars, closing time, null deadlines, and what other subjects stop."""

from __future__ import annotations

from small_programs import HOUR, MINUTE, at, duty, event, on, only, op, program, run, sig, still, target

from slalang.ir import expressions as ex
from slalang.ir import facts as fa

DELAY = still("CustomerDelay", sig("awaiting"))
PAUSED = program(duty(standstills=(DELAY,)))
WAITING = [
    event("2026-03-02 09:00", "opened", id_="a"),
    event("2026-03-02 10:00", "waiting", id_="b", on="customer"),
]


def test_waiting_moves_the_deadline_and_yields_met():
    # 1 h, five hours of waiting, 3 h left: 18:00.
    facts = [
        *WAITING,
        event("2026-03-02 15:00", "resumed", id_="c"),
        event("2026-03-02 18:00", "resolved", id_="d"),
    ]
    found = only(PAUSED, facts, "2026-03-03")
    assert (found.status, found.margin.value, found.deadline) == ("met", 0, at("2026-03-02 18:00"))
    (stand,) = found.standstill
    assert (stand.start, stand.end, stand.reason, stand.clause) == (
        at("2026-03-02 10:00"), at("2026-03-02 15:00"), "CustomerDelay", "4.3",
    )  # fmt: skip
    assert stand.events == ("b", "c")
    assert found.evidence == ("a", "b", "c", "d")


def test_while_events_hold_the_clock_there_is_no_deadline_but_one_if_resumed_now():
    found = only(PAUSED, WAITING, "2026-03-02 14:00")
    assert (found.status, found.deadline) == ("pending", None)
    assert found.deadline_if_resumed_now == at("2026-03-02 17:00")  # three hours are left
    assert found.standstill[0].end is None


def test_discharged_while_waiting_the_pause_is_taken_as_ended_then():
    facts = [*WAITING, event("2026-03-02 14:00", "resolved")]
    found = only(PAUSED, facts, "2026-03-03")
    assert (found.status, found.measure.value, found.deadline) == ("met", HOUR, at("2026-03-02 17:00"))


def test_a_pause_that_begins_when_the_clock_reaches_the_limit_comes_too_late():
    facts = [event("2026-03-02 09:00", "opened"), event("2026-03-02 13:00", "waiting", on="customer")]
    found = only(PAUSED, facts, "2026-03-03")
    assert (found.status, found.breached_at) == ("overdue", at("2026-03-02 13:00"))


def test_overlapping_standstills_are_a_union():
    platform = fa.Signal(
        "platform", "ticket", "bool",
        fa.Between(fa.Pattern((fa.EventMatch("ticket.assigned"),)), fa.Pattern((fa.EventMatch("ticket.closed"),))),
    )  # fmt: skip
    rule = program(duty(standstills=(DELAY, still("Platform", sig("platform")))), signals=(platform,))
    facts = [
        *WAITING, event("2026-03-02 11:00", "assigned"), event("2026-03-02 12:00", "resumed"),
        event("2026-03-02 14:00", "closed"), event("2026-03-02 15:00", "resolved"),
    ]  # fmt: skip
    # 09–10, then waiting 10–12 and platform 11–14 are one stretch 10–14, then 14–15.
    found = only(rule, facts, "2026-03-03")
    assert found.measure.value == 2 * HOUR
    assert [(one.reason, one.start, one.end) for one in found.standstill] == [
        ("CustomerDelay", at("2026-03-02 10:00"), at("2026-03-02 12:00")),
        ("Platform", at("2026-03-02 11:00"), at("2026-03-02 14:00")),
    ]


def test_a_clock_in_office_hours():
    # Friday 16:00: 1 h 30 min that day, 2 h 30 min on Monday from 09:00: 11:30.
    rule = program(duty(calendar="Office"))
    found = only(rule, [event("2026-03-06 16:00", "opened")], "2026-03-06 17:00")
    assert found.deadline == at("2026-03-09 11:30")
    assert found.measure.value == HOUR


def test_a_limit_reached_at_closing_time_is_the_closing_or_the_next_opening():
    # Friday 13:30 to 17:30 are the four hours.
    facts = [event("2026-03-06 13:30", "opened"), event("2026-03-06 20:00", "resolved")]
    closing = only(program(duty(calendar="Office")), facts, "2026-03-10")
    assert (closing.status, closing.deadline, closing.breached_at) == (
        "late", at("2026-03-06 17:30"), at("2026-03-06 17:30"),
    )  # fmt: skip
    opening = program(duty(calendar="Office", policies={"at_closing_time": "next_opening"}))
    found = only(opening, facts, "2026-03-10")
    assert (found.status, found.deadline) == ("met", at("2026-03-09 09:00"))
    never = only(opening, facts[:1], "2026-03-10")
    assert (never.status, never.breached_at) == ("overdue", at("2026-03-09 09:00"))
    assert only(opening, facts[:1], "2026-03-08").status == "pending"


SERVICE_EVENTS = (
    fa.EventType("maintenance.announced", "maintenance", (fa.FieldType("starts", "instant"), fa.FieldType("ends", "instant"), fa.FieldType("service", "text", True))),
    fa.EventType("maintenance.started", "maintenance", (fa.FieldType("service", "text", True),)),
    fa.EventType("maintenance.ended", "maintenance"),
)  # fmt: skip
MAINTENANCE = fa.Entity(
    "maintenance", (fa.Reference("service", "service"), fa.Reference("agreement", "agreement"))
)


def m(kind):
    return fa.Pattern((fa.EventMatch(f"maintenance.{kind}"),))


UNDER_WAY = fa.Signal("under_way", "maintenance", "bool", fa.Between(m("started"), m("ended")))
WINDOW = fa.Signal(
    "window", "maintenance", "bool",
    fa.Spans((fa.EventMatch("maintenance.announced", op("<=", ex.Field("time", "instant", "event"), op("-", ex.Field("starts", "instant", "event"), ex.Const("duration", str(48 * HOUR)), type_="instant"))),), "starts", "ends"),
)  # fmt: skip
IN_WORK = fa.Signal("in_work", "service", "bool", fa.MemberFold("any", "under_way", "maintenance", "service"))
IN_WINDOW = fa.Signal(
    "in_window", "service", "bool", fa.MemberFold("any", "window", "maintenance", "service")
)


def serviced(signal):
    rule = duty(standstills=(still("Planned", sig(signal, via=("service",))),))
    return program(
        rule, signals=(UNDER_WAY, WINDOW, IN_WORK, IN_WINDOW), events=SERVICE_EVENTS, entities=(MAINTENANCE,)
    )


def test_work_on_the_service_of_the_ticket_stops_its_clock():
    facts = [
        event("2026-03-02 09:00", "opened", "T-1", service="db"),
        event("2026-03-02 09:00", "opened", "T-2", service="web"),
        event("2026-03-02 10:00", "maintenance.started", "M-1", id_="m1", service="db"),
        event("2026-03-02 12:00", "maintenance.ended", "M-1", id_="m2"),
        event("2026-03-02 11:00", "maintenance.started", "M-2", id_="m3", service="db"),
        event("2026-03-02 13:00", "maintenance.ended", "M-2", id_="m4"),
        event("2026-03-02 15:00", "resolved", "T-1"),
        event("2026-03-02 15:00", "resolved", "T-2"),
    ]
    found = {one.subject: one for one in run(serviced("in_work"), facts, "2026-03-03").verdicts}
    # T-1: 09–10 and 13–15. T-2: six hours of four.
    assert (found["T-1"].status, found["T-1"].measure.value) == ("met", 3 * HOUR)
    assert (found["T-2"].status, found["T-2"].breached_at) == ("late", at("2026-03-02 13:00"))
    (stand,) = found["T-1"].standstill
    assert (stand.start, stand.end, stand.events) == (
        at("2026-03-02 10:00"),
        at("2026-03-02 13:00"),
        ("m1", "m4"),
    )


def test_a_window_announced_in_time_stops_the_clock_by_itself():
    def announced(when):
        return event(
            when,
            "maintenance.announced",
            "M-1",
            starts=at("2026-03-04 02:00"),
            ends=at("2026-03-04 04:00"),
            service="db",
        )

    facts = [event("2026-03-04 01:00", "opened", service="db"), event("2026-03-04 06:30", "resolved")]
    # 01–02 and 04–06:30 are 3 h 30 min; announced too late, 5 h 30 min.
    early = only(serviced("in_window"), [announced("2026-03-02 02:00"), *facts], "2026-03-05")
    late = only(serviced("in_window"), [announced("2026-03-02 03:00"), *facts], "2026-03-05")
    assert (early.status, early.measure.value) == ("met", 210 * MINUTE)
    assert (late.status, late.measure.value) == ("late", 330 * MINUTE)


def test_a_standstill_that_a_calendar_makes_lets_the_deadline_be_told():
    # The clock is `always`, but stands still while the office is closed: the same as a clock in the office.
    working = fa.Signal("working", "ticket", "bool", fa.OpenIn("Office"))
    rule = program(duty(standstills=(still("Night", op("not", sig("working"))),)), signals=(working,))
    found = only(rule, [event("2026-03-06 16:00", "opened")], "2026-03-06 17:00")
    assert (found.status, found.measure.value) == ("pending", HOUR)
    later = only(rule, [event("2026-03-06 16:00", "opened")], "2026-03-09 12:00")
    assert (later.status, later.breached_at) == ("overdue", at("2026-03-09 11:30"))


def test_a_global_signal_stops_every_clock():
    war = fa.Signal(
        "war",
        "",
        "bool",
        fa.Between(fa.Pattern((fa.EventMatch("war.began"),)), fa.Pattern((fa.EventMatch("war.ceased"),))),
    )
    rule = program(
        duty(standstills=(still("War", sig("war")),)), signals=(war,),
        events=(fa.EventType("war.began", "war"), fa.EventType("war.ceased", "war")), entities=(fa.Entity("war"),),
    )  # fmt: skip
    facts = [
        event("2026-03-02 09:00", "opened"), event("2026-03-02 10:00", "war.began", "W"),
        event("2026-03-02 20:00", "war.ceased", "W"), event("2026-03-02 22:00", "resolved"),
    ]  # fmt: skip
    assert only(rule, facts, "2026-03-03").measure.value == 3 * HOUR


def test_a_limit_follows_a_level_of_another_subject():
    plan = fa.Signal("plan", "service", "text", fa.Latest((fa.EventMatch("service.planned"),), "plan"))
    limit = ex.If(op("==", sig("plan", "text", via=("service",)), ex.Const("text", "gold")), ex.Const("limit", f"<= duration {2 * HOUR}"), ex.Const("limit", f"<= duration {6 * HOUR}"), "limit")  # fmt: skip
    from dataclasses import replace

    from slalang.ir.rules import Within

    rule = replace(duty(within=Within(limit)), changes=("plan",))
    prog = program(
        rule,
        signals=(plan,),
        events=(fa.EventType("service.planned", "service", (fa.FieldType("plan", "text"),)),),
    )
    facts = [
        event("2026-03-01 09:00", "service.planned", "db", plan="silver"), event("2026-03-02 09:00", "opened", service="db"),
        event("2026-03-02 12:00", "service.planned", "db", plan="gold"),
    ]  # fmt: skip
    # Silver allows 6 h; at 12:00 it becomes gold, 2 h from the start: breached at the change, deadline 11:00.
    found = only(prog, facts, "2026-03-02 13:00")
    assert (found.status, found.breached_at, found.deadline) == (
        "overdue",
        at("2026-03-02 12:00"),
        at("2026-03-02 11:00"),
    )
    assert target("resolve").kind == "within"
    assert on("opened").pick == "any"
