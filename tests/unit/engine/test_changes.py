"""Changes while a case is open: limits, breaches under milder limits, reopening, second triggers, leaving the scope."""

from __future__ import annotations

from small_programs import HOUR, MINUTE, at, duty, event, on, only, op, program, run, sig, still, target, text

from slalang.ir import expressions as ex
from slalang.ir import rules as ru

OPENED = event("2026-03-02 09:00", "opened", id_="a", priority="High")  # 8 h


def policies(**chosen):
    return program(duty(within=target("resolve"), reopen=on("reopened"), policies=chosen))


def changed(when, level):
    return event(when, "priority_changed", priority=level)


def test_from_the_start_the_new_limit_counts_from_the_opening():
    # Critical (4 h) from 11:00: due 13:00.
    facts = [OPENED, changed("2026-03-02 11:00", "Critical"), event("2026-03-02 13:00", "resolved")]
    found = only(policies(on_change="from_the_start"), facts, "2026-03-03")
    assert (found.status, found.deadline, found.margin.value) == ("met", at("2026-03-02 13:00"), 0)


def test_shortened_under_way_breaches_at_the_change_while_lateness_counts_from_the_deadline():
    # At 15:00 six hours have passed and four are allowed: breach at 15:00, the deadline was 13:00, 2 h 30 min late at 15:30.
    facts = [OPENED, changed("2026-03-02 15:00", "Critical"), event("2026-03-02 15:30", "resolved")]
    found = only(policies(on_change="from_the_start"), facts, "2026-03-03")
    assert (found.status, found.breached_at) == ("late", at("2026-03-02 15:00"))
    assert found.deadline == at("2026-03-02 13:00")
    assert found.margin.value == -150 * MINUTE


def test_from_the_change_a_new_clock_starts():
    # Critical from 15:00: four hours from there, 19:00.
    facts = [OPENED, changed("2026-03-02 15:00", "Critical"), event("2026-03-02 18:00", "resolved")]
    found = only(policies(on_change="from_the_change"), facts, "2026-03-03")
    assert (found.status, found.deadline) == ("met", at("2026-03-02 19:00"))
    assert found.measure.value == 3 * HOUR


def test_the_remaining_share_carries_over():
    # 6 of 8 h are three quarters; a quarter of 4 h is left: 16:00.
    facts = [OPENED, changed("2026-03-02 15:00", "Critical")]
    found = only(policies(on_change="remaining_share"), facts, "2026-03-02 15:30")
    assert (found.status, found.deadline) == ("pending", at("2026-03-02 16:00"))
    late = only(
        policies(on_change="remaining_share"), [*facts, event("2026-03-02 16:00", "resolved")], "2026-03-03"
    )
    assert (late.status, late.margin.value) == ("met", 0)


def test_a_relaxed_limit_leaves_the_breach_or_judges_anew():
    # Breached at 17:00; Low (72 h) from 18:00.
    facts = [OPENED, changed("2026-03-02 18:00", "Low"), event("2026-03-02 19:00", "resolved")]
    stands = only(policies(after_relaxed_limit="breach_stands"), facts, "2026-03-03")
    anew = only(policies(after_relaxed_limit="judged_anew"), facts, "2026-03-03")
    assert (stands.status, stands.breached_at) == ("late", at("2026-03-02 17:00"))
    assert (anew.status, anew.breached_at) == ("met", None)
    assert anew.deadline == at("2026-03-05 09:00")


def test_events_of_one_instant_come_before_an_inclusive_limit_and_after_a_strict_one():
    # At 17:00, the deadline, the ticket becomes Low: an inclusive limit has not expired yet, a strict one has.
    facts = [OPENED, changed("2026-03-02 17:00", "Low")]
    assert only(policies(), facts, "2026-03-03").status == "pending"
    strict = ru.Within(
        ex.If(
            op("==", sig("priority", "levels:priority"), ex.Const("levels:priority", "Low")),
            ex.Const("limit", f"< duration {72 * HOUR}"), ex.Const("limit", f"< duration {8 * HOUR}"), "limit",
        )
    )  # fmt: skip
    found = only(program(duty(within=strict)), facts, "2026-03-03")
    assert (found.status, found.breached_at) == ("overdue", at("2026-03-02 17:00"))


REOPENED = [
    OPENED, event("2026-03-02 11:00", "resolved", id_="b"), event("2026-03-02 20:00", "reopened", id_="c"),
    event("2026-03-02 23:00", "resolved", id_="d"),
]  # fmt: skip


def test_reopening_continues_the_clock_and_the_time_between_does_not_count():
    # 2 h + 3 h of 8; the deadline lies where the remaining 3 h would have ended after 23:00: 02:00.
    found = only(policies(on_reopening="continues"), REOPENED, "2026-03-03 12:00")
    assert (found.status, found.measure.value) == ("met", 5 * HOUR)
    assert found.deadline == at("2026-03-03 02:00")
    assert [(one.reason, one.start, one.end) for one in found.standstill] == [
        ("discharged", at("2026-03-02 11:00"), at("2026-03-02 20:00"))
    ]
    assert not found.final  # it could be reopened again


def test_reopening_restarts_the_clock():
    found = only(policies(on_reopening="restarts"), REOPENED, "2026-03-03 12:00")
    assert (found.status, found.start, found.measure.value) == ("met", at("2026-03-02 20:00"), 3 * HOUR)


def test_reopening_freezes_the_first_close():
    found = only(policies(on_reopening="frozen"), REOPENED, "2026-03-03 12:00")
    assert (found.discharged_at, found.measure.value, found.final) == (at("2026-03-02 11:00"), 2 * HOUR, True)


def test_reopening_opens_a_new_case():
    found = run(policies(on_reopening="new_case"), REOPENED, "2026-03-03 12:00").verdicts
    assert [(one.instance, one.measure.value) for one in found] == [("a", 2 * HOUR), ("c", 3 * HOUR)]


def test_a_second_trigger_is_ignored_restarts_or_opens_another():
    again = [event("2026-03-02 09:00", "assigned", id_="a"), event("2026-03-02 10:00", "assigned", id_="b")]
    facts = [*again, event("2026-03-02 11:00", "resolved")]

    def verdicts(**chosen):
        rule = program(duty("Resolution", on("assigned"), on("resolved"), "<= 4 h", policies=chosen))
        found = run(rule, facts, "2026-03-03").verdicts
        return [(one.instance, one.start, one.status) for one in found]

    nine, ten = at("2026-03-02 09:00"), at("2026-03-02 10:00")
    assert verdicts(second_trigger="ignored") == [("a", nine, "met")]
    assert verdicts(second_trigger="restarts") == [("a", ten, "met")]
    assert verdicts(second_trigger="opens_another", discharge_ends="all") == [
        ("a", nine, "met"),
        ("b", ten, "met"),
    ]
    oldest = verdicts(second_trigger="opens_another", discharge_ends="oldest")
    assert oldest == [("a", nine, "met"), ("b", ten, "overdue")]


def test_the_named_instance_is_discharged():
    rule = program(
        duty("Resolution", on("assigned"), on("resolved"), "<= 4 h",
             policies={"second_trigger": "opens_another", "discharge_ends": "named"})
    )  # fmt: skip
    facts = [
        event("2026-03-02 09:00", "assigned", id_="a"), event("2026-03-02 10:00", "assigned", id_="b"),
        event("2026-03-02 11:00", "resolved", instance="b"),
    ]  # fmt: skip
    found = {one.instance: one.status for one in run(rule, facts, "2026-03-02 12:00").verdicts}
    assert found == {"a": "pending", "b": "met"}


def test_an_act_may_discharge_one_and_open_the_next():
    # At most 4 h between contacts: 09:00, 12:00, 17:00 and silence until the next day.
    rule = program(
        duty(
            "Contact",
            on("responded"),
            on("responded"),
            "<= 4 h",
            policies={"second_trigger": "opens_another"},
        )
    )
    facts = [event(f"2026-03-02 {hour}:00", "responded", id_=f"c{hour}") for hour in ("09", "12", "17")]
    found = [(one.instance, one.status) for one in run(rule, facts, "2026-03-03").verdicts]
    assert found == [("c09", "met"), ("c12", "late"), ("c17", "overdue")]


def test_a_case_that_leaves_the_scope_is_void_or_stays():
    where = op("==", sig("priority", "levels:priority", "latest"), ex.Const("levels:priority", "High"))
    scope = ru.Scope("each", "ticket", where)
    facts = [OPENED, changed("2026-03-02 10:00", "Low")]
    leaving = program(duty(scope=scope, policies={"leaving_scope": "void"}))
    staying = program(duty(scope=scope, policies={"leaving_scope": "stays"}))
    assert only(leaving, facts, "2026-03-02 11:00").status == "void"
    assert only(staying, facts, "2026-03-02 11:00").status == "pending"
    outside = [event("2026-03-02 09:00", "opened", priority="Low")]
    assert run(leaving, outside, "2026-03-02 11:00").verdicts == ()


def test_the_clock_may_start_before_or_after_the_trigger():
    rule = program(duty("Resolution", on("assigned"), on("resolved"), "<= 4 h", starts=on("opened"),
                        standstills=(still("Delay", sig("awaiting")),)))  # fmt: skip
    before = [
        event("2026-03-02 09:00", "opened"), event("2026-03-02 09:30", "waiting", on="customer"),
        event("2026-03-02 10:00", "resumed"), event("2026-03-02 11:00", "assigned"),
        event("2026-03-02 12:00", "resolved"),
    ]  # fmt: skip
    # 09:00 to 12:00 less the half hour of waiting.
    found = only(rule, before, "2026-03-03")
    assert (found.start, found.measure.value) == (at("2026-03-02 09:00"), 150 * MINUTE)
    after = [
        event("2026-03-02 09:00", "assigned"),
        event("2026-03-02 10:00", "opened"),
        event("2026-03-02 12:00", "resolved"),
    ]
    found = only(rule, after, "2026-03-03")
    assert (found.start, found.measure.value) == (at("2026-03-02 10:00"), 2 * HOUR)
    assert only(rule, after[:1], "2026-03-03").status == "pending"


def test_a_pattern_of_several_first_last_and_all():
    facts = [
        event("2026-03-02 09:00", "opened"),
        event("2026-03-02 10:00", "responded"),
        event("2026-03-02 12:00", "resolved"),
    ]
    both = program(duty("Both", on("opened"), on("responded", "resolved", pick="all"), "<= 4 h"))
    either = program(duty("Either", on("opened"), on("responded", "resolved"), "<= 4 h"))
    last = program(duty("Last", on("opened"), on("responded", "resolved", pick="last"), "<= 4 h"))
    assert only(both, facts, "2026-03-03", "Both").measure.value == 3 * HOUR
    assert only(either, facts, "2026-03-03", "Either").measure.value == 1 * HOUR
    assert only(last, facts, "2026-03-03", "Last").measure.value == 3 * HOUR
    latest = program(duty("Later", on("responded", "assigned", pick="all"), on("resolved"), "<= 4 h"))
    more = [*facts, event("2026-03-02 11:00", "assigned")]
    assert only(latest, more, "2026-03-03", "Later").start == at("2026-03-02 11:00")


def test_conditions_read_the_state_after_the_event_itself():
    # The ticket is opened as Low and becomes High with the very event that the pattern reads.
    where = op("==", sig("priority", "levels:priority"), ex.Const("levels:priority", "High"))
    rule = program(duty("Raised", on("priority_changed", where=where), on("resolved"), "<= 4 h"))
    facts = [event("2026-03-02 09:00", "opened", priority="Low"), changed("2026-03-02 10:00", "High")]
    assert only(rule, facts, "2026-03-02 11:00", "Raised").start == at("2026-03-02 10:00")
    assert text("x").value == "x"
