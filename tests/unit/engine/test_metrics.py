"""Metrics: shares and their pooling, folds over cases and events, time of signals, keys, periods, look-back, finality."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_programs import (
    HOUR,
    MINUTE,
    SECOND,
    at,
    duty,
    event,
    is_,
    metric,
    number,
    on,
    op,
    program,
    run,
    share,
    sig,
    text,
)  # fmt: skip

from slalang.engine.reasons import in_chinese
from slalang.events.registers import Registers
from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru

FIRST = duty("FirstResponse", on("opened"), on("responded", pick="first"), "<= 1 h")
SECOND_RULE = duty("Resolution")


def ticket(name, opened, responded=None, resolved=None, **data):
    facts = [event(opened, "opened", name, **data)]
    facts += [event(responded, "responded", name)] if responded else []
    facts += [event(resolved, "resolved", name)] if resolved else []
    return facts


# T-1 meets both, T-2 misses the first, T-3 misses both.
THREE = [
    *ticket("T-1", "2026-03-02 09:00", "2026-03-02 09:30", "2026-03-02 12:00", priority="High"),
    *ticket("T-2", "2026-03-02 09:00", "2026-03-02 10:30", "2026-03-02 12:00", priority="High"),
    *ticket("T-3", "2026-03-02 09:00", "2026-03-02 11:00", "2026-03-02 18:00", priority="Low"),
]
BOTH = ("FirstResponse", "Resolution")


def values(prog, facts, as_of, name="Attainment", **more):
    return {
        (one.period.label, *(value for _, value in one.key)): one
        for one in run(prog, facts, as_of, **more).metrics
        if one.rule == name
    }


@pytest.mark.parametrize(
    ("pooling", "numerator", "denominator"),
    [("verdicts_pooled", 3, 6), ("cases_meet_all", 1, 3), ("shares_averaged", 1, 2)],
)
def test_pooling(pooling, numerator, denominator):
    # Pooled: 1 of 3 first responses and 2 of 3 resolutions, 3 of 6. Whole cases: T-1 only. Averaged: (1/3 + 2/3) / 2.
    found = values(program(FIRST, SECOND_RULE, share(rules=BOTH, pooling=pooling)), THREE, "2026-04-02")
    (march, april) = found.values()
    assert march.value.value == Fraction(numerator, denominator)
    if pooling != "shares_averaged":
        assert (march.numerator, march.denominator) == (numerator, denominator)
    assert april.value.value == 1  # `when none`


def test_statuses_in_neither_list_are_left_out():
    metric_ = share(rules=("Resolution",), met=("met",), not_met=("overdue",))
    march = values(program(SECOND_RULE, metric_), THREE, "2026-04-02")["2026-03",]
    assert (march.numerator, march.denominator) == (2, 2)


def test_an_undetermined_case_makes_a_range():
    prog = program(duty(within=_by_priority()), share())
    facts = [
        *ticket("T-1", "2026-03-02 09:00", None, "2026-03-02 10:00", priority="High"),
        *ticket("T-2", "2026-03-02 09:00"),
    ]
    (march,) = [one for one in values(prog, facts, "2026-03-20").values() if one.period.label == "2026-03"]
    # T-2 has no limit, so no deadline: it counts in the month of its start rather than nowhere.
    assert (march.value, march.low, march.high) == (None, Fraction(1, 2), Fraction(1))
    by_start = values(program(duty(within=_by_priority()), share(counted_by="start")), facts, "2026-03-20")[
        "2026-03",
    ]
    assert (by_start.value, by_start.low, by_start.high) == (None, Fraction(1, 2), Fraction(1))
    assert "undetermined" in by_start.reason


def _by_priority():
    from small_programs import target

    return target("resolve")


def test_a_case_counts_in_the_month_of_its_deadline_start_or_end():
    # Opened 31 March 22:00; the deadline is 1 April 02:00, resolved 1 May 01:00.
    facts = [*ticket("T-0", "2026-03-01 00:00"), *ticket("T-1", "2026-03-31 22:00", None, "2026-05-01 01:00")]
    for how, label in (("start", "2026-03"), ("deadline", "2026-04"), ("end", "2026-05")):
        found = values(
            program(SECOND_RULE, share(counted_by=how, met=("met", "late"), not_met=())), facts, "2026-05-02"
        )
        assert [one.period.label for one in found.values() if one.numerator == 1] == [label], how


def test_keys_seen_or_from_the_levels():
    seen = program(SECOND_RULE, share(by=("priority",)))
    assert {key: one.value.value for key, one in values(seen, THREE, "2026-03-20").items()} == {
        ("2026-03", "High"): 1,
        ("2026-03", "Low"): 0,
    }
    register = program(SECOND_RULE, share(by=("priority",), groups="register"))
    assert [key[1] for key in values(register, THREE, "2026-03-20")] == ["Critical", "High", "Low", "Medium"]


def test_cases_left_out():
    out = am.LeaveOut("NotCounted", op("==", sig("cause", "text", "latest"), text("customer")))
    facts = [*THREE, event("2026-03-02 17:00", "cause_found", "T-3", cause="customer")]
    march = values(program(SECOND_RULE, share(left_out=(out,))), facts, "2026-04-02")["2026-03",]
    assert (march.value.value, march.left_out) == (1, 1)


def test_folds_over_cases():
    def fold(how, value=None, percent="", statuses=("met", "late")):
        form = am.CaseFold(how, ("Resolution",), value, statuses, percent)
        return values(program(SECOND_RULE, metric("M", form, "duration")), THREE, "2026-03-20", "M")[
            "2026-03",
        ].value.value

    measure = ex.CaseValue("measure", "duration", "Resolution")
    # 3 h, 3 h, 9 h.
    assert fold("count") == 3
    assert fold("sum", measure) == 15 * HOUR
    assert fold("mean", measure) == 5 * HOUR
    assert fold("percentile", measure, "50") == 3 * HOUR
    assert fold("percentile", measure, "67") == 9 * HOUR
    assert fold("largest", measure) == 9 * HOUR
    assert fold("smallest", ex.CaseValue("margin", "duration", "Resolution")) == -5 * HOUR
    assert fold("count", statuses=("late",)) == 1


def test_folds_over_events():
    form = am.EventFold("count", on("opened"), None)
    prog = program(SECOND_RULE, metric("Opened", form, "integer", by=("priority",)))
    assert {key: one.value.value for key, one in values(prog, THREE, "2026-03-20", "Opened").items()} == {
        ("2026-03", "High"): 2, ("2026-03", "Low"): 1,
    }  # fmt: skip
    size = am.EventFold("mean", on("assigned"), ex.Field("size", "number", "event"))
    facts = [
        event("2026-03-02 09:00", "assigned", size=Fraction(3)),
        event("2026-03-03 09:00", "assigned", size=Fraction(4)),
    ]
    found = values(program(metric("Size", size, "number", when_none=number(0))), facts, "2026-04-20", "Size")
    assert [one.value.value for one in found.values()] == [Fraction(7, 2), 0]


def test_a_mean_of_nothing_without_a_value_is_undetermined():
    form = am.CaseFold("mean", ("Resolution",), ex.CaseValue("measure", "duration", "Resolution"), ("met",))
    found = values(program(SECOND_RULE, metric("M", form, "duration")), THREE, "2026-04-20", "M")["2026-04",]
    assert (found.value, found.reason.split("`")[1]) == (None, "M")


OUTAGES = (
    fa.EventType(
        "outage.started", "outage", (fa.FieldType("service", "text"), fa.FieldType("cause", "text", True)), 1
    ),
    fa.EventType("outage.ended", "outage", (), 0),
)
OUTAGE = fa.Entity("outage", (fa.Reference("service", "service"), fa.Reference("agreement", "agreement")))


def o(kind, where=None):
    return fa.Pattern((fa.EventMatch(f"outage.{kind}", where),))


DOWN = fa.Signal("down", "outage", "bool", fa.Between(o("started"), o("ended")))
OUT = fa.Signal("out", "service", "bool", fa.MemberFold("any", "down", "outage", "service"))
OWN = fa.Signal("own", "outage", "bool", fa.Between(o("started", is_("cause", "disk")), o("ended")))
OWN_OUT = fa.Signal("own_out", "service", "bool", fa.MemberFold("any", "own", "outage", "service"))
ALL_OUT = fa.Signal("all_out", "", "bool", fa.MemberFold("any", "down", "outage", "agreement"))


def outage(name, start, end, service="db", **data):
    return [event(start, "outage.started", name, service=service, **data), event(end, "outage.ended", name)]


def timed(*metrics):
    return program(*metrics, signals=(DOWN, OUT, OWN, OWN_OUT, ALL_OUT), events=OUTAGES, entities=(OUTAGE,))


def time_of(signal="out", entity="service", by=("service",), **more):
    return metric("Downtime", am.TimeOf(sig(signal), entity, **more), "duration", by=by)


OVERLAP = [
    *outage("O-1", "2026-03-10 08:00", "2026-03-10 09:00"), *outage("O-2", "2026-03-10 08:30", "2026-03-10 10:00"),
    *outage("O-3", "2026-03-31 23:30", "2026-04-01 00:30"), *outage("O-4", "2026-03-12 08:00", "2026-03-12 08:10", "web"),
]  # fmt: skip


def downtime(prog, facts, as_of="2026-05-01"):
    return {key: one.value.value for key, one in values(prog, facts, as_of, "Downtime").items()}


def test_time_of_a_signal_is_a_union_split_at_the_border():
    found = downtime(timed(time_of()), OVERLAP)
    assert found["2026-03", "db"] == 150 * MINUTE
    assert found["2026-04", "db"] == 30 * MINUTE
    assert found["2026-03", "web"] == 10 * MINUTE
    together = downtime(timed(time_of("all_out", "", ())), OVERLAP)
    assert together["2026-03",] == 160 * MINUTE


def test_exclusions_bins_minimum_runs_and_rounding_in_order():
    def march(**more):
        return downtime(timed(time_of(**more)), facts)["2026-03", "db"]

    facts = [
        *outage("O-1", "2026-03-10 08:00", "2026-03-10 08:09:30"), *outage("O-2", "2026-03-11 08:02", "2026-03-11 08:03"),
    ]  # fmt: skip
    assert march() == 10 * MINUTE + 30 * SECOND
    assert march(minimum_run_us=5 * MINUTE) == 9 * MINUTE + 30 * SECOND
    assert march(minimum_run_us=9 * MINUTE + 30 * SECOND) == 9 * MINUTE + 30 * SECOND
    assert march(minimum_run_us=9 * MINUTE + 30 * SECOND, minimum_strict=True) == 0
    assert march(bin_us=5 * MINUTE) == 15 * MINUTE  # 08:00–08:10 and 08:00–08:05
    assert march(round_us=MINUTE, round_mode="nearest", round_what="total") == 11 * MINUTE  # 10.5 goes up
    assert march(round_us=MINUTE, round_mode="down", round_what="each") == 10 * MINUTE
    assert march(round_us=MINUTE, round_mode="up", round_what="each") == 11 * MINUTE
    excluded = am.LeaveOut("NotOurs", op("not", sig("own_out")))
    ours = [*facts, *outage("O-3", "2026-03-12 08:00", "2026-03-12 08:20", cause="disk")]
    assert downtime(timed(time_of(exclusions=(excluded,))), ours)["2026-03", "db"] == 20 * MINUTE


def test_a_run_over_the_border_has_its_whole_length():
    # 12 minutes, six on each side: long enough as one run.
    facts = outage("O-1", "2026-03-31 23:54", "2026-04-01 00:06")
    found = downtime(timed(time_of(minimum_run_us=10 * MINUTE)), facts)
    assert (found["2026-03", "db"], found["2026-04", "db"]) == (6 * MINUTE, 6 * MINUTE)


def test_availability_keeps_numerator_and_denominator():
    whole = metric("Whole", am.TimeIn("always"), "duration", by=("service",))
    left = op("-", ex.MetricRef("Whole", "duration"), ex.MetricRef("Downtime", "duration"), type_="duration")
    uptime = metric(
        "Uptime", am.Formula(op("/", left, ex.MetricRef("Whole", "duration"), type_="ratio")), by=("service",)
    )
    whole = metric("Whole", am.TimeIn("always"), "duration")
    found = values(timed(time_of(), whole, uptime), OVERLAP, "2026-05-01", "Uptime")["2026-03", "db"]
    month = 31 * 24 * 60
    assert found.value.value == Fraction(month - 150, month)
    assert (found.numerator, found.denominator) == ((month - 150) * MINUTE, month * MINUTE)
    assert found.final


def test_look_back_reads_finished_periods_and_a_declared_opening():
    count = metric("Opened", am.EventFold("count", on("opened"), None), "integer")
    grown = op(
        "-", ex.MetricRef("Opened", "integer"), ex.MetricRef("Opened", "integer", back=1), type_="integer"
    )
    facts = [
        *ticket("T-1", "2026-03-02 09:00"),
        *ticket("T-2", "2026-04-02 09:00"),
        *ticket("T-3", "2026-04-03 09:00"),
    ]
    found = values(
        program(count, metric("Growth", am.Formula(grown), "integer")), facts, "2026-04-20", "Growth"
    )
    assert found["2026-03",].value is None
    assert "before" in found["2026-03",].reason
    assert found["2026-04",].value.value == 1
    opened = metric(
        "Opened", am.EventFold("count", on("opened"), None), "integer", opening=number(5, "integer")
    )
    found = values(
        program(opened, metric("Growth", am.Formula(grown), "integer")), facts, "2026-04-20", "Growth"
    )
    assert found["2026-03",].value.value == -4


def test_reading_across_keys_needs_a_way_to_join():
    base = time_of()
    joined = metric("All", am.Formula(ex.MetricRef("Downtime", "duration", across="sum")), "duration")
    silent = metric("Silent", am.Formula(ex.MetricRef("Downtime", "duration")), "duration")
    prog = timed(base, joined, silent)
    assert values(prog, OVERLAP, "2026-05-01", "All")["2026-03",].value.value == 160 * MINUTE
    assert values(prog, OVERLAP, "2026-05-01", "Silent")["2026-03",].value is None


def test_a_metric_of_several_keys_read_without_a_key_is_named_with_them():
    # Two services, `db` and `web`: one value each, and no way to join them.
    silent = metric("Silent", am.Formula(ex.MetricRef("Downtime", "duration")), "duration")
    found = values(timed(time_of(), silent), OVERLAP, "2026-05-01", "Silent")["2026-03",]
    assert (found.value, found.reason) == (
        None,
        "`Downtime` has 2 values for one reader (db, web), and the rule does not say how to join them",
    )
    assert in_chinese(found.reason) == "`Downtime` 对应 2 个取值（db, web），规则没有说明如何合并"


def test_bins_of_samples():
    sampled = fa.EventType(
        "probe.sampled", "service", (fa.FieldType("requests", "integer"), fa.FieldType("errors", "integer"))
    )

    def probe(when, requests, errors):
        return event(when, "probe.sampled", "db", requests=Fraction(requests), errors=Fraction(errors))

    facts = [
        probe("2026-03-02 09:00", 100, 0),
        probe("2026-03-02 09:03", 100, 10),
        probe("2026-03-02 09:06", 100, 2),
        probe("2026-03-02 09:11", 0, 0),
    ]
    pattern = fa.Pattern((fa.EventMatch("probe.sampled"),))
    sides = (ex.Field("errors", "integer", "event"), ex.Field("requests", "integer", "event"))

    def rate(fold, empty, bound=None):
        form = am.BinRatio(pattern, *sides, 5 * MINUTE, fold, empty, bound)
        prog = program(metric("Errors", form), events=(sampled,))
        return values(prog, facts, "2026-04-02", "Errors")["2026-03",].value.value

    # Bins: 10/200 and 2/100; the third has no request.
    assert rate("mean", "absent") == (Fraction(1, 20) + Fraction(1, 50)) / 2
    assert rate("share_of_bins", "absent", number("3/100", "ratio")) == Fraction(1, 2)
    bins = 31 * 24 * 12
    assert rate("share_of_bins", "up", number("3/100", "ratio")) == Fraction(bins - 1, bins)


def test_a_metric_is_final_when_nothing_more_can_fall_into_it():
    prog = program(SECOND_RULE, share())
    done = values(prog, THREE, "2026-04-02")["2026-03",]
    assert done.final
    open_ = values(prog, [*THREE, *ticket("T-9", "2026-03-20 09:00")], "2026-04-02")["2026-03",]
    assert not open_.final  # T-9 is overdue: its discharge will make it late
    assert not values(prog, THREE, "2026-03-20")["2026-03",].final


def test_a_value_outside_its_domain_is_refused():
    wild = metric("Wild", am.Formula(number(2)), domain=("0", "1"))
    found = values(program(SECOND_RULE, wild), THREE, "2026-03-20", "Wild")["2026-03",]
    assert found.value is None
    assert "domain" in found.reason


def test_groups_of_the_register():
    registers = Registers()
    registers.add("service", "db", {})
    registers.add("service", "idle", {})
    grouped = metric(
        "Downtime", am.TimeOf(sig("out"), "service"), "duration", by=("service",), groups="register"
    )
    found = values(timed(grouped), OVERLAP, "2026-03-31", "Downtime", registers=registers)
    assert {key[1]: one.value.value for key, one in found.items()} == {"db": 120 * MINUTE, "idle": 0}
    assert ru.About().clause == ""
    assert at("2026-03-02")
