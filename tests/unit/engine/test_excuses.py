"""Excuses that release or extend, what they require, and notices that are sent or scheduled."""

from __future__ import annotations

from small_programs import HOUR, MINUTE, at, duty, event, focus, number, on, only, op, program, run, sig, text

from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru


def cause_is(value, at_="latest"):
    return op("==", sig("cause", "text", at_), text(value))


def released(at_="latest", **more):
    return ru.Excuse("PlatformFault", cause_is("aws", at_), "release", at_, ru.About("4.3"), (), **more)


OPENED = event("2026-03-02 09:00", "opened", id_="a")
LATE = event("2026-03-02 15:00", "resolved", id_="z")
FOUND = event("2026-03-02 14:00", "cause_found", id_="c", cause="aws")


def test_an_excuse_releases_what_would_have_been_late():
    rule = program(duty(excuses=(released(),)))
    found = only(rule, [OPENED, FOUND, LATE], "2026-03-03")
    assert (found.status, found.breached_at) == ("excused", at("2026-03-02 13:00"))
    (stretch,) = found.excuses
    assert (stretch.reason, stretch.clause) == ("PlatformFault", "4.3")
    other = event("2026-03-02 14:00", "cause_found", cause="disk")
    assert only(rule, [OPENED, other, LATE], "2026-03-03").status == "late"


def test_nothing_is_excused_that_is_not_breached():
    rule = program(duty(excuses=(released(),)))
    found = only(
        rule,
        [
            OPENED,
            event("2026-03-02 10:00", "cause_found", cause="aws"),
            event("2026-03-02 11:00", "resolved"),
        ],
        "2026-03-03",
    )
    assert (found.status, found.excuses) == ("met", ())


def test_an_excuse_reads_its_condition_at_its_instant():
    after = event("2026-03-02 16:00", "cause_found", cause="aws")
    facts = [OPENED, LATE, after]
    assert only(program(duty(excuses=(released("latest"),))), facts, "2026-03-03").status == "excused"
    assert only(program(duty(excuses=(released("discharge"),))), facts, "2026-03-03").status == "late"
    before = [OPENED, FOUND, LATE]
    assert only(program(duty(excuses=(released("discharge"),))), before, "2026-03-03").status == "excused"
    # At the deadline, 13:00, the cause was not yet found.
    assert only(program(duty(excuses=(released("deadline"),))), before, "2026-03-03").status == "late"


def test_a_breach_that_a_later_fact_could_excuse_is_provisional():
    rule = program(duty(excuses=(released("latest"),)))
    assert not only(rule, [OPENED, LATE], "2026-03-03").final
    assert only(program(duty(excuses=(released("discharge"),))), [OPENED, LATE], "2026-03-03").final


def test_an_excuse_that_extends_by_its_length():
    # Waiting 10:00 to 12:00 extends 13:00 to 15:00.
    extending = ru.Excuse("Delay", sig("awaiting"), "extend", "latest", ru.About("4.3"))
    rule = program(duty(excuses=(extending,)))
    waits = [
        event("2026-03-02 10:00", "waiting", id_="w", on="customer"),
        event("2026-03-02 12:00", "resumed", id_="r"),
    ]
    found = only(rule, [OPENED, *waits, LATE], "2026-03-03")
    assert (found.status, found.deadline) == ("excused", at("2026-03-02 15:00"))
    (stretch,) = found.excuses
    assert (stretch.start, stretch.end) == (at("2026-03-02 10:00"), at("2026-03-02 12:00"))
    later = only(rule, [OPENED, *waits, event(at("2026-03-02 15:00") + 1, "resolved")], "2026-03-03")
    assert (later.status, later.deadline) == ("late", at("2026-03-02 15:00"))
    assert only(rule, [OPENED, *waits, event("2026-03-02 12:30", "resolved")], "2026-03-03").status == "met"


WAIT = [
    event("2026-03-02 10:00", "waiting", id_="w", on="customer"),
    event("2026-03-02 12:00", "resumed", id_="r"),
]


def extended(**more):
    extending = ru.Excuse("Delay", sig("awaiting"), "extend", "latest", ru.About("4.3"))
    return program(duty(excuses=(extending,), **more))


def figures(found):
    return (found.limit.value, found.measure.value, found.margin.value)


def test_an_extended_limit_is_4_h_and_the_2_h_of_the_excuse():
    # 13:00 and two hours are 15:00; what is measured runs on from 09:00.
    early = only(extended(), [OPENED, *WAIT, event("2026-03-02 12:30", "resolved")], "2026-03-03")
    assert (early.status, early.deadline) == ("met", at("2026-03-02 15:00"))
    assert figures(early) == (6 * HOUR, 210 * MINUTE, 150 * MINUTE)
    saved = only(extended(), [OPENED, *WAIT, event("2026-03-02 14:00", "resolved")], "2026-03-03")
    assert (saved.status, saved.deadline, saved.breached_at) == ("excused", at("2026-03-02 15:00"), None)
    assert figures(saved) == (6 * HOUR, 5 * HOUR, HOUR)
    late = only(extended(), [OPENED, *WAIT, event("2026-03-02 16:00", "resolved")], "2026-03-03")
    assert (late.status, late.deadline, late.breached_at) == (
        "late",
        at("2026-03-02 15:00"),
        at("2026-03-02 15:00"),
    )
    assert figures(late) == (6 * HOUR, 7 * HOUR, -HOUR)
    assert [one.reason for one in late.excuses] == ["Delay"]
    assert set(late.evidence) >= {"w", "r"}


def test_the_trace_of_an_extended_limit_agrees_with_its_verdict():
    facts = [OPENED, *WAIT, event("2026-03-02 16:00", "resolved", id_="z")]
    plain = only(extended(), facts, "2026-03-03")
    out = run(extended(), facts, "2026-03-03", trace=focus("Resolution"))
    assert out.verdicts == (plain,)
    (trace,) = out.case_traces
    assert [(one.event, one.role) for one in trace.roles] == [
        ("a", "trigger"), ("w", "excuse"), ("r", "excuse"), ("z", "discharge"),
    ]  # fmt: skip
    assert [(one.name, one.effect, one.applied) for one in trace.considered] == [("Delay", "extend", True)]


def test_an_excuse_in_closed_hours_extends_nothing_and_a_pending_one_moves_on():
    # Office closes 12:00 to 13:00: waiting 11:30 to 12:30 extends by half an hour. From 09:00 4 h end at 14:00, now 14:30.
    waits = [event("2026-03-02 11:30", "waiting", on="customer"), event("2026-03-02 12:30", "resumed")]
    office = extended(calendar="Office")
    assert only(office, [OPENED, *waits], "2026-03-02 14:15").status == "pending"
    found = only(office, [OPENED, *waits], "2026-03-02 15:00")
    assert (found.status, found.deadline, found.margin.value) == (
        "overdue",
        at("2026-03-02 14:30"),
        -30 * MINUTE,
    )
    # While it lasts there is no deadline; if it ended at 11:45, a quarter of an hour later than 14:00.
    open_ = only(office, [OPENED, waits[0]], "2026-03-02 11:45")
    assert (open_.status, open_.deadline, open_.deadline_if_resumed_now) == (
        "pending",
        None,
        at("2026-03-02 14:15"),
    )


def test_an_excuse_after_the_limit_has_passed_extends_nothing():
    # 4 h are over at 13:00; waiting from 14:00 to 15:00 comes too late. At 16:00 three hours late.
    waits = [event("2026-03-02 14:00", "waiting", on="customer"), event("2026-03-02 15:00", "resumed")]
    found = only(extended(), [OPENED, *waits, event("2026-03-02 16:00", "resolved")], "2026-03-03")
    assert (found.status, found.deadline, found.excuses) == ("late", at("2026-03-02 13:00"), ())
    assert figures(found) == (4 * HOUR, 7 * HOUR, -3 * HOUR)


def test_notices_follow_an_extended_limit():
    # 80 % of 4 h is 12:12 and two hours: 14:12; the breach is at 15:00.
    noted = extended(notices=(SHARE, BREACH))
    found = [(one.text, one.at) for one in run(noted, [OPENED, *WAIT], "2026-03-03").notices]
    assert found == [("nearly due", at("2026-03-02 14:12")), ("over", at("2026-03-02 15:00"))]


def test_an_excuse_extends_a_limit_in_days_by_its_exact_length():
    # From the 2nd, 2 days end with the 4th; waiting 10:00 to 12:00 on the 3rd moves that to the 5th 02:00.
    facts = [
        OPENED,
        event("2026-03-03 10:00", "waiting", on="customer"),
        event("2026-03-03 12:00", "resumed"),
    ]
    for act, status in (
        ("2026-03-04 23:00", "met"),
        ("2026-03-05 01:00", "excused"),
        ("2026-03-05 03:00", "late"),
    ):
        found = only(extended(within="<= 2 days"), [*facts, event(act, "resolved")], "2026-03-10")
        assert (found.status, found.deadline) == (status, at("2026-03-05 02:00"))
        # 09:00 of the 2nd to 24:00 of the 4th are 63 h, and two more.
        assert found.limit.value == 65 * HOUR
        assert found.margin.value == at("2026-03-05 02:00") - at(act)


def test_an_excuse_may_require_a_duty_to_be_kept():
    proof = duty("Proof", on("cause_found"), on("assigned"), "<= 24 h")
    rule = program(duty(excuses=(released(requires=("Proof",)),)), proof)
    facts = [OPENED, FOUND, LATE]

    def status(*more, as_of="2026-03-03 10:00"):
        return next(one for one in run(rule, [*facts, *more], as_of).verdicts if one.rule == "Resolution")

    assert (status().status, status().final) == ("excused", False)  # proof may still follow until 14:00
    assert status(event("2026-03-03 09:00", "assigned")).status == "excused"
    assert status(as_of="2026-03-04").status == "late"


def test_near_misses_are_told_in_the_trace():
    rule = program(duty(excuses=(released(),)))
    (trace,) = run(rule, [OPENED, LATE], "2026-03-03", trace=focus("Resolution")).case_traces
    (near,) = trace.considered
    assert (near.name, near.applied, near.condition.value) == ("PlatformFault", False, False)
    assert near.condition.parts[0].value == "unknown"


def test_an_excuse_that_cannot_be_judged_leaves_a_breach_undetermined():
    unknown = fa.Signal(
        "verdict_of_court", "ticket", "text", fa.Latest((fa.EventMatch("ticket.closed"),), "verdict")
    )
    excuse = ru.Excuse(
        "Court", op("==", sig("verdict_of_court", "text", "latest"), text("free")), "release", "latest"
    )
    rule = program(duty(excuses=(excuse,)), signals=(unknown,))
    found = only(rule, [OPENED, LATE], "2026-03-03")
    assert found.status == "undetermined"
    assert "verdict_of_court" in found.reason


SHARE = ru.NoticeRule("Soon", "share_of_limit", "Customer", "nearly due", number("4/5", "ratio"))
BEFORE = ru.NoticeRule(
    "HalfHour", "before_deadline", "Provider", "half an hour left", ex.Const("duration", str(30 * MINUTE))
)
AFTER = ru.NoticeRule("Climb", "after_deadline", "Provider", "an hour over", ex.Const("duration", str(HOUR)))
BREACH = ru.NoticeRule("Gone", "breach", "Provider", "over")
NOTED = program(
    duty(notices=(SHARE, BEFORE, AFTER, BREACH), standstills=(ru.Standstill("D", sig("awaiting")),))
)


def told(facts, as_of):
    return [(one.text, one.at, one.status) for one in run(NOTED, facts, as_of).notices]


def test_notices_around_a_deadline():
    # 80 % of 4 h is 12:12; half an hour before 13:00; an hour after it.
    assert told([OPENED], "2026-03-03") == [
        ("nearly due", at("2026-03-02 12:12"), "sent"), ("half an hour left", at("2026-03-02 12:30"), "sent"),
        ("over", at("2026-03-02 13:00"), "sent"), ("an hour over", at("2026-03-02 14:00"), "sent"),
    ]  # fmt: skip
    assert told([OPENED], "2026-03-02 12:20") == [
        ("nearly due", at("2026-03-02 12:12"), "sent"), ("half an hour left", at("2026-03-02 12:30"), "scheduled"),
        ("over", at("2026-03-02 13:00"), "scheduled"), ("an hour over", at("2026-03-02 14:00"), "scheduled"),
    ]  # fmt: skip


def test_what_was_sent_is_not_unsent_and_what_was_not_due_is_not_sent():
    done = [OPENED, event("2026-03-02 12:20", "resolved")]
    assert told(done, "2026-03-03") == [("nearly due", at("2026-03-02 12:12"), "sent")]


def test_a_pause_moves_what_is_to_come():
    # Held from 12:00 to 14:00: 80 % is reached at 14:12.
    waits = [event("2026-03-02 12:00", "waiting", on="customer"), event("2026-03-02 14:00", "resumed")]
    assert told([OPENED, *waits], "2026-03-02 14:20")[0] == ("nearly due", at("2026-03-02 14:12"), "sent")
    assert told([OPENED, *waits[:1]], "2026-03-02 13:00") == []


def test_the_event_that_decides_an_excuse_is_evidence_and_has_its_role():
    # Found after the fact that AWS caused it (released), or that a disk did (not): either way this event decides.
    for cause, status in (("aws", "excused"), ("disk", "late")):
        facts = [OPENED, LATE, event("2026-03-02 16:00", "cause_found", id_="c", cause=cause)]
        out = run(program(duty(excuses=(released(),))), facts, "2026-03-03", trace=focus("Resolution"))
        (found,) = out.verdicts
        assert (found.status, found.evidence) == (status, ("a", "z", "c"))
        (trace,) = out.case_traces
        assert [(one.event, one.role, one.detail) for one in trace.roles] == [
            ("a", "trigger", ""), ("z", "discharge", ""), ("c", "decides", f"PlatformFault: cause {cause}"),
        ]  # fmt: skip


def test_an_event_after_the_instant_at_which_an_excuse_is_read_decides_nothing():
    after = event("2026-03-02 16:00", "cause_found", id_="c", cause="aws")
    found = only(program(duty(excuses=(released("discharge"),))), [OPENED, LATE, after], "2026-03-03")
    assert (found.status, found.evidence) == ("late", ("a", "z"))
    # Nor is anything decided of a case that needs no excuse.
    kept = [OPENED, FOUND, event("2026-03-02 12:00", "resolved", id_="z")]
    assert only(program(duty(excuses=(released(),))), kept, "2026-03-03").evidence == ("a", "z")


def test_the_event_that_decides_an_excuse_of_an_occurrence_is_evidence():
    # The report of March is due on 5 April; a strike from the 2nd to the 8th lasts over the deadline, one until the 4th does not.
    strike = fa.Signal("strike", "", "bool", fa.Between(on("assigned"), on("responded")))
    excuse = ru.Excuse("Strike", sig("strike", "bool", "deadline"), "release", "deadline", ru.About("9"))
    rule = program(
        duty(
            "Report", discharge=on("closed"), scope=ru.Scope("recurring", schedule=ru.Schedule("month")),
            within=ru.ByPoint("month", 1, 5, "day", inclusive=True), window_from="period_end", excuses=(excuse,),
        ),
        signals=(strike,),
    )  # fmt: skip
    for end, status, decides in (("2026-04-08", "excused", "begin"), ("2026-04-04", "late", "end")):
        facts = [
            event("2026-03-01 00:00", "opened"),
            event("2026-04-02 09:00", "assigned", id_="begin"),
            event(f"{end} 09:00", "responded", id_="end"),
            event("2026-04-10 09:00", "closed", id_="report"),
        ]
        found = {one.instance: one for one in run(rule, facts, "2026-05-01").verdicts}["2026-03"]
        assert (found.status, found.evidence) == (status, ("report", decides))
