"""Recurring duties, standing duties, prohibitions and targets."""

from __future__ import annotations

from small_programs import HOUR, MINUTE, at, duty, event, metric, number, on, op, program, run, sig

from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.ir.program import Validity

SENT = fa.EventType(
    "report.sent", "report", (fa.FieldType("kind", "text"), fa.FieldType("period", "text", True)), 20
)
REPORT = fa.Entity("report")
START = event("2026-03-02 09:00", "opened", id_="first")  # Monday


def recurring(schedule, limit, matched="oldest_open", window="period_start", **more):
    rule = duty(
        "Report", None, fa.Pattern((fa.EventMatch("report.sent"),)), limit, scope=ru.Scope("recurring", schedule=schedule),
        policies={"report_matched_by": matched}, window_from=window, **more,
    )  # fmt: skip
    return program(rule, events=(SENT,), entities=(REPORT,))


def reports(*whens, **data):
    return [event(when, "report.sent", f"R-{n}", id_=f"r{n}", **data) for n, when in enumerate(whens)]


def told(prog, facts, as_of):
    return {one.period.label: one.status for one in run(prog, [START, *facts], as_of).verdicts}


END = ru.ByPoint("day", 0, 0, "day", inclusive=True)


def test_each_working_day():
    prog = recurring(ru.Schedule("working_day", calendar="Office"), END)
    facts = reports("2026-03-02 18:00", "2026-03-04 08:00", "2026-03-04 18:00")
    # The report of the 4th 08:00 is for the oldest open one, the 3rd; that of 18:00 for the 4th.
    assert told(prog, facts, "2026-03-09 00:00") == {
        "2026-03-02": "met", "2026-03-03": "late", "2026-03-04": "met", "2026-03-05": "overdue",
        "2026-03-06": "overdue", "2026-03-09": "pending",
    }  # fmt: skip


def test_one_report_does_not_discharge_two():
    prog = recurring(ru.Schedule("day"), END)
    assert list(told(prog, reports("2026-03-03 12:00"), "2026-03-04").values()) == [
        "late",
        "overdue",
        "pending",
    ]


def test_a_report_that_names_its_period():
    prog = recurring(ru.Schedule("day"), END, matched="period_field", period_field="period")
    facts = reports("2026-03-03 12:00", period="2026-03-03")
    assert told(prog, facts, "2026-03-04 01:00") == {
        "2026-03-02": "overdue",
        "2026-03-03": "met",
        "2026-03-04": "pending",
    }


def test_the_month_before_the_fifth_of_the_next_and_a_report_before_any_window():
    prog = recurring(
        ru.Schedule("month"), ru.ByPoint("month", 1, 5, "day", inclusive=False), window="period_end"
    )
    early = reports("2026-03-20 12:00")
    found = run(prog, [START, *early], "2026-04-05 00:00")
    assert [(one.period.label, one.status) for one in found.verdicts] == [
        ("2026-03", "overdue"),
        ("2026-04", "pending"),
    ]
    assert [(one.code, one.event) for one in found.faults] == [("SLA-E0702", "r0")]
    last = reports(at("2026-04-05 00:00") - 1)
    assert told(prog, last, "2026-04-06")["2026-03"] == "met"


def test_mondays_quarters_and_ten_minutes():
    monday = recurring(ru.Schedule("week", weekdays=(0,)), END)
    assert list(told(monday, [], "2026-03-17")) == ["2026-03-02", "2026-03-09", "2026-03-16"]
    quarter = recurring(ru.Schedule("quarter"), ru.ByPoint("quarter", 0, 0, "day", inclusive=True))
    assert list(told(quarter, [], "2026-07-02")) == ["2026-Q1", "2026-Q2", "2026-Q3"]
    polls = recurring(ru.Schedule("minute", 10), None)
    found = told(polls, reports("2026-03-02 09:05", "2026-03-02 09:10"), "2026-03-02 09:30")
    assert list(found.values()) == ["met", "met", "overdue", "pending"]


def test_occurrences_lie_inside_the_term():
    prog = recurring(ru.Schedule("month"), ru.ByPoint("month", 0, 0, "day", inclusive=True))
    from dataclasses import replace

    validity = Validity(term_from=ex.Const("date", "2026-01-15"), term_until=ex.Const("date", "2026-03-10"))
    found = run(replace(prog, validity=validity), [START], "2026-06-01").verdicts
    assert [(one.period.label, one.period.start, one.period.end) for one in found] == [
        ("2026-01", at("2026-01-15"), at("2026-02-01")),
        ("2026-02", at("2026-02-01"), at("2026-03-01")),
        ("2026-03", at("2026-03-01"), at("2026-03-11")),
    ]


SHIFT = fa.Signal(
    "on_shift",
    "shift",
    "bool",
    fa.Between(fa.Pattern((fa.EventMatch("shift.started"),)), fa.Pattern((fa.EventMatch("shift.ended"),))),
)
SOMEONE = fa.Signal("someone", "", "bool", fa.MemberFold("any", "on_shift", "shift", "agreement"))
SHIFTS = (fa.EventType("shift.started", "shift", (), 0), fa.EventType("shift.ended", "shift", (), 1))


def on_call(**more):
    rule = duty(
        "OnCall",
        None,
        None,
        None,
        scope=ru.Scope("recurring", schedule=ru.Schedule("month")),
        modality="standing",
        holds=sig("someone"),
    )
    return program(
        rule,
        signals=(SHIFT, SOMEONE),
        events=SHIFTS,
        entities=(fa.Entity("shift", (fa.Reference("agreement", "agreement"),)),),
        **more,
    )


def test_a_standing_duty_names_the_exact_gaps():
    facts = [
        event("2026-02-27 08:00", "shift.started", "S-1"), event("2026-03-02 09:00", "shift.ended", "S-1", id_="end"),
        event("2026-03-02 09:30", "shift.started", "S-2", id_="next"),
    ]  # fmt: skip
    feb, mar = run(on_call(), facts, "2026-04-01").verdicts[:2]
    assert (feb.period.label, feb.status) == ("2026-02", "met")
    assert (mar.status, mar.breached_at, mar.measure.value) == ("broken", at("2026-03-02 09:00"), 30 * MINUTE)
    (gap,) = mar.gaps
    assert (gap.start, gap.end, gap.events) == (
        at("2026-03-02 09:00"),
        at("2026-03-02 09:30"),
        ("end", "next"),
    )


def test_shifts_that_meet_leave_no_gap_and_an_open_month_is_pending():
    facts = [
        event("2026-03-01 00:00", "shift.started", "S-1"), event("2026-03-15 08:00", "shift.started", "S-2"),
        event("2026-03-15 08:00", "shift.ended", "S-1"),
    ]  # fmt: skip
    assert [one.status for one in run(on_call(), facts, "2026-04-02").verdicts] == ["met", "pending"]


def test_a_prohibition_is_broken_by_the_act_and_met_at_its_expiry():
    rule = program(duty("Quiet", on("opened"), on("assigned"), "<= 4 h", modality="prohibition"))
    opened = event("2026-03-02 09:00", "opened")

    def found(*more, as_of="2026-03-02 20:00"):
        (one,) = run(rule, [opened, *more], as_of).verdicts
        return one.status, one.breached_at, one.final

    assert found() == ("met", None, True)
    assert found(as_of="2026-03-02 10:00") == ("pending", None, False)
    assert found(event("2026-03-02 10:00", "assigned")) == ("broken", at("2026-03-02 10:00"), True)
    assert found(event("2026-03-02 14:00", "assigned")) == ("met", None, True)  # no longer forbidden


def test_a_target_is_met_or_broken_when_its_month_is_over():
    share = metric("Share", am.ShareMet(("Resolution",), "verdicts_pooled", ("met",), ("late", "overdue")))
    target = duty(
        "Target", None, None, None, scope=ru.Scope("recurring", schedule=ru.Schedule("month")), modality="target",
        holds=op(">=", ex.MetricRef("Share", "ratio"), number("1/2", "ratio")),
    )  # fmt: skip
    prog = program(duty(), share, target)
    facts = [
        event("2026-03-02 09:00", "opened", "T-1"), event("2026-03-02 10:00", "resolved", "T-1"),
        event("2026-03-02 09:00", "opened", "T-2"), event("2026-03-02 20:00", "resolved", "T-2"),
        event("2026-03-02 09:00", "opened", "T-3"),
    ]  # fmt: skip

    def found(events, as_of):
        return next(one for one in run(prog, events, as_of).verdicts if one.rule == "Target")

    assert found(facts, "2026-03-20").status == "pending"
    third = found(facts, "2026-04-01")  # 1 of 3
    assert (third.status, third.breached_at, third.final) == ("broken", at("2026-04-01"), False)
    half = found(facts[:4], "2026-04-01")
    assert (half.status, half.margin.value, half.final) == ("met", 0, True)
    empty = found(facts[:1], "2026-03-02 09:30")
    assert empty.status == "undetermined"
    assert HOUR
