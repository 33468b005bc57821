"""Versions by date, the term, many agreements of one contract, parameters, readings, rights, derived events, data faults."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_programs import (
    HOUR,
    MINUTE,
    RECEIPT,
    at,
    credit,
    duty,
    event,
    focus,
    limit,
    metric,
    number,
    on,
    only,
    op,
    program,
    run,
    settings,
    share,
    sig,
)  # fmt: skip

from slalang.engine.run import Run
from slalang.engine.settings import FOREVER, Version
from slalang.engine.undetermined import ProgramError
from slalang.events.registers import Registers
from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.ir.program import Parameter, Reading, Validity

APRIL = at("2026-04-01 00:00")
OLD = program(duty(within="<= 4 h"), share(), version="1.0")
NEW = program(duty(within="<= 1 h"), share(), version="2.0")
TWO = [Version(OLD, -FOREVER, APRIL), Version(NEW, APRIL, FOREVER)]


def opened_and_resolved(day, hours, name):
    start = at(f"{day} 09:00")
    return [event(start, "opened", name), event(start + hours * HOUR, "resolved", name)]


def test_a_case_belongs_to_the_version_in_force_at_its_trigger():
    facts = [*opened_and_resolved("2026-03-31", 2, "T-1"), *opened_and_resolved("2026-04-01", 2, "T-2")]
    found = [(one.subject, one.version, one.status) for one in run(TWO, facts, "2026-05-01").verdicts]
    assert found == [("T-1", "1.0", "met"), ("T-2", "2.0", "late")]


def test_a_metric_period_belongs_to_the_version_at_its_start():
    facts = [*opened_and_resolved("2026-03-31", 2, "T-1"), *opened_and_resolved("2026-04-01", 2, "T-2")]
    found = [
        (one.period.label, one.version, one.value.value) for one in run(TWO, facts, "2026-04-20").metrics
    ]
    assert found == [("2026-03", "1.0", 1), ("2026-04", "2.0", 0)]


def test_a_case_open_at_the_amendment_stays_or_is_taken_over():
    taking = replace(
        NEW, obligations=(duty(within="<= 1 h", policies={"amendment_reaches": "open_cases_from_start"}),)
    )
    facts = [event("2026-03-31 23:00", "opened", "T-1"), event("2026-04-01 01:00", "resolved", "T-1"),
             event("2026-03-31 20:00", "opened", "T-0"), event("2026-03-31 22:00", "resolved", "T-0")]  # fmt: skip
    stays = {one.subject: (one.version, one.status) for one in run(TWO, facts, "2026-05-01").verdicts}
    assert stays == {"T-0": ("1.0", "met"), "T-1": ("1.0", "met")}
    taken = [TWO[0], Version(taking, APRIL, FOREVER)]
    found = {one.subject: (one.version, one.status) for one in run(taken, facts, "2026-05-01").verdicts}
    assert found == {"T-0": ("1.0", "met"), "T-1": ("2.0", "late")}


def test_between_versions_nothing_is_in_force_and_the_last_version_is_named():
    gap = [Version(OLD, -FOREVER, at("2026-03-01")), Version(NEW, APRIL, FOREVER)]
    found = only(gap, opened_and_resolved("2026-03-15", 2, "T-1"), "2026-05-01")
    assert found.status == "undetermined"
    assert "`1.0`" in found.reason
    (fault,) = run(gap, opened_and_resolved("2026-03-15", 2, "T-1"), "2026-05-01").faults
    assert (fault.code, fault.at) == ("SLA-E0704", at("2026-03-15 09:00"))


def test_outside_the_term_is_void():
    term = Validity(term_from=ex.Const("date", "2026-03-02"), term_until=ex.Const("date", "2026-03-31"))
    prog = replace(OLD, validity=term)
    facts = [
        *opened_and_resolved("2026-03-01", 2, "T-1"),
        *opened_and_resolved("2026-03-31", 2, "T-2"),
        *opened_and_resolved("2026-04-01", 2, "T-3"),
    ]
    assert [one.status for one in run(prog, facts, "2026-05-01").verdicts] == ["void", "met", "void"]


AGREED = (fa.Entity("customer", (fa.Reference("agreement", "agreement"),)),)


def agreements():
    """Tickets refer to customers, customers (in the register) to agreements, which carry the hours and the fee."""
    limit_ = ru.Within(ex.Op("<=", (ex.Param("hours", "duration"),), "limit"))
    fee = op(
        "*",
        ex.Param("fee", "amount:CNY"),
        op("-", number(1, "ratio"), ex.MetricRef("Attainment", "ratio"), type_="ratio"),
        type_="amount:CNY",
    )
    prog = program(
        duty(within=limit_), share(), credit("Credit", fee), entities=AGREED,
        parameters=(Parameter("fee", "amount:CNY"), Parameter("hours", "duration")),
    )  # fmt: skip
    ticket = fa.Entity("ticket", (fa.Reference("customer", "customer"),))
    return replace(prog, entities=(ticket, *prog.entities[1:]))


def registers():
    from fractions import Fraction

    found = Registers()
    found.add("agreement", "A-1", {"fee": Fraction(1000), "hours": 1 * HOUR})
    found.add("agreement", "A-2", {"hours": 4 * HOUR})
    found.add("customer", "C-1", {"agreement": "A-1"})
    found.add("customer", "C-2", {"agreement": "A-2"})
    return found


def test_many_agreements_of_one_contract():
    facts = []
    for n, customer in enumerate(("C-1", "C-2")):
        facts += [
            event("2026-03-02 09:00", "opened", f"T-{n}", customer=customer),
            event("2026-03-02 11:00", "resolved", f"T-{n}"),
        ]
    out = run(agreements(), facts, "2026-03-31", registers())
    assert [(one.agreement, one.status) for one in out.verdicts] == [("A-1", "late"), ("A-2", "met")]
    assert [(one.agreement, one.value.value) for one in out.metrics] == [("A-1", 0), ("A-2", 1)]
    # A-1 has a fee of its own, A-2 takes the run's 10,000.
    assert [(one.agreement, one.amount) for one in out.ledger] == [("A-1", 1000), ("A-2", 0)]


def test_a_parameter_without_a_value_is_named():
    facts = [event("2026-03-02 09:00", "opened", "T-9", customer="C-9")]
    (found,) = run(agreements(), facts, "2026-03-31", registers()).verdicts
    assert (found.status, found.agreement) == ("undetermined", "")
    assert "`hours`" in found.reason


def test_open_words_and_readings_are_listed_with_the_verdict():
    word = Parameter("promptly", "duration", value=ex.Const("duration", str(HOUR)), open_word=True)
    under = (ru.Under("which", "a"),)
    prog = program(
        duty(within=ru.Within(ex.Op("<=", (ex.Param("promptly", "duration"),), "limit")), under=under),
        duty(within="<= 9 h", under=(ru.Under("which", "b"),)),
        parameters=(word,), readings=(Reading("which", ("a", "b"), "a", because="it is plain"),),
    )  # fmt: skip
    facts = opened_and_resolved("2026-03-02", 2, "T-1")
    found = only(prog, facts, "2026-03-03")
    assert found.status == "late"
    assert [(one.sort, one.name, one.value, one.reason) for one in found.assumptions] == [
        ("reading", "which", "a", "it is plain"), ("open_word", "promptly", "PT1H", ""),
    ]  # fmt: skip
    assert only(prog, facts, "2026-03-03", readings={"which": "b"}).status == "met"


def test_a_breach_may_trigger_another_duty_at_its_instant():
    escalate = duty(
        "Escalate", on(derived=(("Resolution", "breach"),)), on("assigned"), "<= 30 min", stratum=1
    )
    prog = program(duty(), escalate)
    facts = [event("2026-03-02 09:00", "opened"), event("2026-03-02 13:20", "assigned")]
    found = only(prog, facts, "2026-03-03", "Escalate")
    assert (found.start, found.status, found.measure.value) == (at("2026-03-02 13:00"), "met", 20 * MINUTE)
    late = only(prog, facts[:1], "2026-03-02 13:31", "Escalate")
    assert (late.status, late.breached_at) == ("overdue", at("2026-03-02 13:30"))
    assert [one.rule for one in run(prog, facts[:1], "2026-03-02 13:00").verdicts] == ["Resolution"]


def test_a_pause_moves_a_breach_that_another_rule_waits_for():
    escalate = duty(
        "Escalate", on(derived=(("Resolution", "breach"),)), on("assigned"), "<= 30 min", stratum=1
    )
    prog = program(duty(standstills=(ru.Standstill("D", sig("awaiting")),)), escalate)
    facts = [
        event("2026-03-02 09:00", "opened"),
        event("2026-03-02 10:00", "waiting", on="customer"),
        event("2026-03-02 16:00", "resumed"),
    ]
    assert only(prog, facts, "2026-03-03", "Escalate").start == at("2026-03-02 19:00")
    assert [one.rule for one in run(prog, facts, "2026-03-02 18:59").verdicts] == ["Resolution"]


def test_a_discharge_may_trigger_the_next_duty():
    confirm = duty("Confirm", on(derived=(("Resolution", "discharge"),)), on("closed"), "<= 1 h", stratum=1)
    facts = [*opened_and_resolved("2026-03-02", 2, "T-1"), event("2026-03-02 11:30", "closed")]
    found = only(program(duty(), confirm), facts, "2026-03-03", "Confirm")
    assert (found.start, found.status) == (at("2026-03-02 11:00"), "met")


def test_impossible_steps_are_faults_and_evaluation_goes_on():
    from small_programs import LIFE

    facts = [event("2026-03-02 09:00", "opened", "T-1"), event("2026-03-02 09:30", "reopened", "T-1", id_="x"),
             event("2026-03-02 09:30", "resolved", "T-2", id_="y"), event("2026-03-02 10:00", "opened", "T-2")]  # fmt: skip
    out = run(program(duty(), lives=(LIFE,)), facts, "2026-03-02 11:00")
    assert [(one.code, one.event, one.subject) for one in out.faults] == [
        ("SLA-E0701", "x", "T-1"),
        ("SLA-E0701", "y", "T-2"),
    ]
    assert "`T-2`" in out.faults[1].text_zh
    assert [one.status for one in out.verdicts] == ["pending", "pending"]


def test_with_a_life_a_closed_ticket_that_cannot_be_reopened_is_final():
    from small_programs import LIFE

    prog = program(duty(reopen=on("reopened")), lives=(LIFE,))
    facts = opened_and_resolved("2026-03-02", 2, "T-1")
    assert not only(prog, facts, "2026-03-03").final
    assert only(prog, [*facts, event("2026-03-02 12:00", "closed")], "2026-03-03").final


SIGNED = (fa.EventType("contract.ended", "contract"), fa.EventType("contract.cancelled", "contract"))


def right(**more):
    pattern = fa.Pattern((fa.EventMatch("contract.cancelled"),))
    condition = op("<", ex.MetricRef("Attainment", "ratio"), number("1/2", "ratio"))
    made = am.Right(
        "Terminate", ru.About("9"), "Customer", "Provider", "once", more.pop("condition", None),
        fa.Pattern((fa.EventMatch("contract.ended"),)), ru.Within(limit("<= 30 days")), pattern, "terminate", (), (),
        ru.Shape((), 0, (), ()),
    )  # fmt: skip
    assert condition
    return program(
        duty(), share(), made, events=SIGNED, entities=(fa.Entity("contract"),), counting="calendar_days"
    )


def test_a_right_is_exercised_inside_its_window_only():
    ended = event("2026-03-02 09:00", "contract.ended", "K")

    def state(*more, as_of):
        out = run(right(), [ended, *more], as_of)
        (one,) = out.rights
        return one.status, [fault.code for fault in out.faults]

    assert state(as_of="2026-03-20") == ("exercisable", [])
    assert state(event("2026-04-01 23:00", "contract.cancelled", "K"), as_of="2026-05-01") == (
        "exercised",
        [],
    )
    assert state(event("2026-04-02 00:00", "contract.cancelled", "K"), as_of="2026-05-01") == (
        "ineffective",
        ["SLA-E0703"],
    )
    assert state(as_of="2026-05-01") == ("lapsed", [])


def test_the_trace_tells_the_whole_life_of_a_case():
    prog = program(
        duty(
            within=__import__("small_programs").target("resolve"),
            standstills=(ru.Standstill("Delay", sig("awaiting"), ru.About("4.3")),),
        )
    )
    facts = [
        event("2026-03-02 09:00", "opened", id_="a", priority="High"), event("2026-03-02 10:00", "waiting", id_="b", on="customer"),
        event("2026-03-02 12:00", "resumed", id_="c"), event("2026-03-02 13:00", "priority_changed", id_="d", priority="Critical"),
        event("2026-03-02 14:00", "resolved", id_="e"),
    ]  # fmt: skip
    out = run(prog, facts, "2026-03-03", trace=focus("Resolution", subject="T-1"))
    (trace,) = out.case_traces
    assert [(one.event, one.role) for one in trace.roles] == [
        ("a", "trigger"), ("b", "standstill"), ("c", "standstill"), ("d", "change"), ("e", "discharge"),
    ]  # fmt: skip
    assert [(one.at, one.limit.value, one.policy) for one in trace.limits] == [
        (at("2026-03-02 09:00"), 8 * HOUR, ""), (at("2026-03-02 13:00"), 4 * HOUR, "from_the_start"),
    ]  # fmt: skip
    assert [(one.state, one.counted, one.reason) for one in trace.clock] == [
        ("counted", HOUR, ""), ("standstill", 0, "Delay"), ("counted", 2 * HOUR, ""),
    ]  # fmt: skip
    assert trace.limits[1].value.row.row == 1
    assert out.verdicts[0].status == "met"


def test_the_trace_of_a_metric_names_its_members():
    facts = [*opened_and_resolved("2026-03-02", 2, "T-1"), *opened_and_resolved("2026-03-02", 6, "T-2")]
    (trace,) = run(
        program(duty(), share()), facts, "2026-03-20", trace=focus("Attainment", period="2026-03")
    ).metric_traces
    assert trace.counts == (("late", 1), ("met", 1))
    assert [one[1] for one in trace.members] == ["T-1", "T-2"]


def test_events_out_of_order_are_refused():
    steps = Run([Version(OLD)], Registers(), settings("2026-05-01"))
    late, early = event("2026-03-02 10:00", "opened"), event("2026-03-02 09:00", "opened")
    with pytest.raises(ValueError, match="before one that was played"):
        steps.feed([late, early])
    with pytest.raises(ValueError, match="before an event"):
        steps.outcome(RECEIPT, at("2026-03-02 09:30"))


def test_a_rule_without_a_policy_that_it_needs_is_refused_by_name():
    bare = replace(duty(within=__import__("small_programs").target("resolve")), policies=())
    facts = [
        event("2026-03-02 09:00", "opened", priority="Low"),
        event("2026-03-02 10:00", "priority_changed", priority="High"),
    ]
    with pytest.raises(ProgramError, match="`Resolution` needs the policy `on_change`"):
        run(program(bare), facts, "2026-03-03")
    assert metric
