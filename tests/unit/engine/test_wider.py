"""Amendments that reach open cases from the change, duties owed once, notices of reports, rights over metrics, unknown dates."""

from __future__ import annotations

import json
from dataclasses import replace

from small_programs import (
    HOUR,
    OFFICE,
    at,
    duty,
    event,
    limit,
    number,
    on,
    only,
    op,
    program,
    run,
    share,
    sig,
)  # fmt: skip

from slalang.engine.settings import FOREVER, Version
from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.ir.program import Validity

APRIL = at("2026-04-01 00:00")


def test_an_amendment_reaches_open_cases_from_the_change():
    old = program(duty(within="<= 4 h"), version="1.0")
    new = program(
        duty(within="<= 1 h", policies={"amendment_reaches": "open_cases_from_change"}), version="2.0"
    )
    versions = [Version(old, -FOREVER, APRIL), Version(new, APRIL, FOREVER)]
    # Opened at 23:00; the new hour counts from midnight: 01:00.
    opened = event("2026-03-31 23:00", "opened", "T-1")
    met = only(versions, [opened, event("2026-04-01 01:00", "resolved", "T-1")], "2026-05-01")
    assert (met.version, met.status, met.start, met.deadline) == ("2.0", "met", APRIL, at("2026-04-01 01:00"))
    late = only(versions, [opened, event("2026-04-01 01:01", "resolved", "T-1")], "2026-05-01")
    assert (late.status, late.breached_at) == ("late", at("2026-04-01 01:00"))
    closed = only(versions, [opened, event("2026-03-31 23:30", "resolved", "T-1")], "2026-05-01")
    assert (closed.version, closed.status) == ("1.0", "met")


FILED = fa.EventType("filing.made", "filing")


def once(limit_):
    rule = duty("Filing", None, fa.Pattern((fa.EventMatch("filing.made"),)), limit_, scope=ru.Scope("once"))
    term = Validity(term_from=ex.Const("date", "2026-03-01"), term_until=ex.Const("date", "2026-12-31"))
    return program(
        rule, events=(FILED,), entities=(fa.Entity("filing"),), validity=term, counting="calendar_days"
    )


def test_a_duty_owed_once_in_the_term():
    # 15 days from 1 March: the 24:00 of the 16th.
    prog = once(ru.Within(limit("<= 15 days")))
    first = event("2026-03-02 09:00", "noise")

    def filed(when, as_of="2026-04-01"):
        found = only(prog, [first, *([event(when, "filing.made", "F")] if when else [])], as_of, "Filing")
        return found.status, found.deadline

    assert filed("2026-03-16 23:59") == ("met", at("2026-03-17"))
    assert filed("2026-03-17 00:00") == ("late", at("2026-03-17"))
    assert filed("") == ("overdue", at("2026-03-17"))
    assert filed("", "2026-03-10") == ("pending", at("2026-03-17"))


def test_a_duty_owed_once_on_an_event_of_the_agreement():
    signed = fa.EventType("paper.signed", "paper")
    rule = duty(
        "Filing", fa.Pattern((fa.EventMatch("paper.signed"),)), fa.Pattern((fa.EventMatch("filing.made"),)), "<= 10 h",
        scope=ru.Scope("once"),
    )  # fmt: skip
    prog = program(rule, events=(FILED, signed), entities=(fa.Entity("filing"), fa.Entity("paper")))
    facts = [event("2026-03-02 09:00", "paper.signed", "P"), event("2026-03-02 12:00", "filing.made", "F")]
    found = only(prog, facts, "2026-03-03", "Filing")
    assert (found.status, found.measure.value) == ("met", 3 * HOUR)


def test_notices_of_a_report():
    warn = ru.NoticeRule(
        "Soon", "before_deadline", "Provider", "two hours left", ex.Const("duration", str(2 * HOUR))
    )
    gone = ru.NoticeRule("Gone", "breach", "Customer", "not filed")
    prog = once(ru.Within(limit("<= 15 days")))
    noted = replace(prog, obligations=(replace(prog.obligations[0], notices=(warn, gone)),))
    first = event("2026-03-02 09:00", "noise")

    def told(facts, as_of):
        return [(one.text, one.at, one.status) for one in run(noted, [first, *facts], as_of).notices]

    assert told([], "2026-03-20") == [
        ("two hours left", at("2026-03-16 22:00"), "sent"), ("not filed", at("2026-03-17"), "sent"),
    ]  # fmt: skip
    assert told([event("2026-03-10 09:00", "filing.made", "F")], "2026-03-20") == []
    assert [one[2] for one in told([], "2026-03-10")] == ["scheduled", "scheduled"]


def test_a_right_whose_condition_reads_a_metric():
    low = op("<", ex.MetricRef("Attainment", "ratio", back=1), number("1/2", "ratio"))
    right = am.Right(
        "Terminate", ru.About("9"), "Customer", "Provider", "once", low, None, None,
        fa.Pattern((fa.EventMatch("contract.cancelled"),)), "terminate", (), (), ru.Shape((), 0, (), ()),
    )  # fmt: skip
    events = (fa.EventType("contract.cancelled", "contract"),)
    prog = program(duty(), share(), right, events=events, entities=(fa.Entity("contract"),))
    bad = [event("2026-03-02 09:00", "opened"), event("2026-03-02 20:00", "resolved")]
    good = [event("2026-03-02 09:00", "opened"), event("2026-03-02 10:00", "resolved")]
    cancelled = event("2026-04-05 09:00", "contract.cancelled", "K")

    def state(facts):
        out = run(prog, facts, "2026-04-20")
        return out.rights[0].status, out.rights[0].exercised_at, [one.code for one in out.faults]

    assert state([*bad, cancelled]) == ("exercised", at("2026-04-05 09:00"), [])
    assert state([*good, cancelled]) == ("ineffective", None, ["SLA-E0703"])
    assert state(bad)[0] == "exercisable"


def test_a_signal_that_begins_with_a_breach():
    overdue = fa.Signal(
        "in_breach", "ticket", "bool", fa.Between(on(derived=(("FirstResponse", "breach"),)), on("closed"))
    )
    first = duty("FirstResponse", on("opened"), on("responded", pick="first"), "<= 1 h")
    stopped = duty(
        "Report", on("opened"), on("assigned"), "<= 4 h", standstills=(ru.Standstill("B", sig("in_breach")),)
    )
    prog = program(first, stopped, signals=(overdue,))
    # The first response is breached at 10:00 and the ticket closed at 15:00: 1 h, then 2 h.
    facts = [
        event("2026-03-02 09:00", "opened"),
        event("2026-03-02 15:00", "closed"),
        event("2026-03-02 17:00", "assigned"),
    ]
    found = only(prog, facts, "2026-03-03", "Report")
    assert (found.status, found.measure.value) == ("met", 3 * HOUR)


def test_a_date_that_a_calendar_does_not_know_leaves_the_case_undetermined():
    known = fa.CalendarSpec("Known", json.dumps({**OFFICE, "years": [2026]}))
    prog = program(duty(calendar="Known"), share(), calendars=(known,))
    facts = [
        event("2026-12-31 16:30", "opened", "T-1"),
        event("2026-03-02 09:00", "opened", "T-2"),
        event("2026-03-02 10:00", "resolved", "T-2"),
    ]
    found = {one.subject: one for one in run(prog, facts, "2027-03-01").verdicts}
    assert found["T-2"].status == "met"
    assert found["T-1"].status == "undetermined"
    assert "Known" in found["T-1"].reason


def test_a_count_that_runs_until_it_is_reset():
    worse = fa.Signal("waits", "ticket", "number", fa.Running("count", on("waiting"), reset=on("closed")))
    many = fa.Signal("too_many", "ticket", "bool", fa.Computed(op(">=", sig("waits", "number"), number(2))))
    rule = duty(standstills=(ru.Standstill("Many", sig("too_many")),))
    prog = program(rule, signals=(worse, many))
    facts = [
        event("2026-03-02 09:00", "opened"), event("2026-03-02 10:00", "waiting", on="x"),
        event("2026-03-02 11:00", "waiting", on="x"), event("2026-03-02 14:00", "closed"),
        event("2026-03-02 15:00", "resolved"),
    ]  # fmt: skip
    # The clock stands from the second wait (11:00) until the reset (14:00).
    assert only(prog, facts, "2026-03-03").measure.value == 3 * HOUR
