"""Amounts: tables and formulas, caps, rounding at posting, claims, posting periods, breaches and events, look-back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from small_programs import (
    HOUR,
    at,
    credit,
    duty,
    event,
    focus,
    limit,
    metric,
    number,
    on,
    op,
    program,
    run,
    share,
)

from slalang.engine.amounts.rounding import places, posted
from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.ir.program import Validity

FEE = ex.Param("fee", "amount:CNY")
RATE = ex.MetricRef("Attainment", "ratio")
TABLE = am.Table(
    "rates", ru.About("4.2"), "one_applies", (am.Column("Attainment", "ratio", RATE),), (am.Column("share", "ratio"),),
    (
        am.Row((am.RangeCell(number("95/100", "ratio"), False, number(1, "ratio"), True),), (number(0, "ratio"),), 1),
        am.Row((am.RangeCell(number("90/100", "ratio"), True, number("95/100", "ratio"), True),), (number("1/10", "ratio"),), 2),
        am.Row((am.RangeCell(None, False, number("90/100", "ratio"), False),), (number("3/20", "ratio"),), 3),
    ),
)  # fmt: skip


def times(*args):
    return op("*", *args, type_="amount:CNY")


BY_TABLE = times(FEE, ex.TableLookup("rates", "share", "ratio"))


def tickets(met, late, month="2026-03"):
    facts = []
    for n in range(met + late):
        facts.append(event(f"{month}-02 09:00", "opened", f"T-{month}-{n}"))
        facts.append(event(f"{month}-02 {'12' if n < met else '15'}:00", "resolved", f"T-{month}-{n}"))
    return facts


def lines(prog, facts, as_of, **more):
    return run(prog, facts, as_of, **more).ledger


@pytest.mark.parametrize(("met", "late", "amount"), [(20, 0, 0), (19, 1, 1000), (9, 1, 1000), (8, 1, 1500)])
def test_the_row_that_applies_at_its_ends(met, late, amount):
    # 100 %, 95 %, 90 %, 88.9 % of 10,000.
    (line,) = [one for one in lines(program(duty(), share(), TABLE, credit("C", BY_TABLE)), tickets(met, late), "2026-04-01")
               if one.period.label == "2026-03"]  # fmt: skip
    assert (line.amount, line.status, line.unit) == (amount, "posted", "CNY")
    assert line.because == ("Attainment 2026-03",)


def test_an_amount_is_exact_until_posted():
    # A third of 10,000 is 3333.333…; with the cap of 5,000 not reached, the floor neither.
    rule = credit("C", op("/", FEE, number(3), type_="amount:CNY"), at_most=(ex.Const("amount:CNY", "5000"),))
    (line, _) = lines(program(duty(), rule), tickets(1, 0), "2026-04-01")
    assert (line.amount, line.exact) == (Fraction(333333, 100), Fraction(10000, 3))


def test_caps_and_floors_are_compared_unrounded():
    cap = (ex.Const("amount:CNY", "100"), times(FEE, number("1/200", "ratio")))
    capped = credit("C", FEE, at_most=cap)
    floored = credit("F", ex.Const("amount:CNY", "1"), at_least=(ex.Const("amount:CNY", "7/2"),))
    out = run(
        program(duty(), capped, floored), tickets(1, 0), "2026-04-01", trace=focus("C", period="2026-03")
    )
    found = {one.rule: one.amount for one in out.ledger if one.period.label == "2026-03"}
    assert found == {"C": 50, "F": Fraction(7, 2)}
    (trace,) = out.amount_traces
    assert [(one.what, one.before, one.after) for one in trace.steps] == [
        ("cap", 10000, 100), ("cap", 100, 50), ("rounding", 50, 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "amount", "expected"),
    [
        ("half_up", "1.005", "1.01"), ("half_up", "-1.005", "-1.01"), ("half_even", "1.005", "1.00"),
        ("half_even", "1.015", "1.02"), ("down", "1.009", "1.00"), ("up", "1.001", "1.01"), ("up", "1.000", "1.00"),
        ("half_up", "-0.004", "0"),
    ],
)  # fmt: skip
def test_rounding_once_at_posting(mode, amount, expected):
    assert posted(Fraction(amount), "CNY", mode) == Fraction(expected)


def test_minor_places_of_currencies():
    assert [places(unit) for unit in ("CNY", "JPY", "KWD")] == [2, 0, 3]
    assert posted(Fraction("1234.5"), "JPY", "half_up") == 1235


def test_a_condition_that_does_not_hold_posts_nothing():
    rule = credit("C", FEE, when=op("<", RATE, number("1/2", "ratio")))
    assert lines(program(duty(), share(), rule), tickets(1, 0), "2026-04-01") == ()


def test_an_unfinished_month_is_provisional_and_nothing_is_final_before_its_end():
    (line,) = lines(program(duty(), share(), TABLE, credit("C", BY_TABLE)), tickets(1, 1), "2026-03-20")
    assert (line.status, line.final, line.amount) == ("provisional", False, 1500)


def test_an_undetermined_metric_taints_the_amount_and_posts_nothing():
    prog = program(duty(), share(when_none=None), TABLE, credit("C", BY_TABLE))
    facts = [event("2026-03-31 23:00", "opened")]  # due in April: March has no case to count
    (line,) = lines(prog, facts, "2026-03-31 23:30")
    assert (line.amount, line.status, line.posted_period) == (None, "undetermined", "")
    assert "Attainment" in line.reason


def test_a_gap_of_the_table_met_while_running():
    holes = replace(TABLE, rows=TABLE.rows[1:])
    (line, _) = lines(program(duty(), share(), holes, credit("C", BY_TABLE)), tickets(1, 0), "2026-04-01")
    assert line.status == "undetermined"
    assert "no row of table `rates` covers Attainment = 1" in line.reason


def test_rows_that_overlap_and_disagree_are_named_with_the_witness():
    both = am.RangeCell(number("95/100", "ratio"), True, number(1, "ratio"), True)
    doubled = replace(TABLE, rows=(replace(TABLE.rows[0], cells=(both,)), *TABLE.rows[1:]))
    (line, _) = lines(program(duty(), share(), doubled, credit("C", BY_TABLE)), tickets(19, 1), "2026-04-01")
    assert line.reason == "rows 1, 2 of table `rates` all apply to Attainment = 19/20 and disagree"


@pytest.mark.parametrize(
    ("policy", "value"), [("first_applies", 0), ("lowest", 0), ("highest", "1/10"), ("sum", "1/10")]
)
def test_hit_policies(policy, value):
    both = am.RangeCell(number("95/100", "ratio"), True, number(1, "ratio"), True)
    rows = (replace(TABLE.rows[0], cells=(both,)), *TABLE.rows[1:])
    prog = program(duty(), share(), replace(TABLE, rows=rows, rows_policy=policy), credit("C", BY_TABLE))
    (line, _) = lines(prog, tickets(19, 1), "2026-04-01")
    assert line.amount == 10000 * Fraction(value)


def test_exceptions_displace_the_value_and_two_that_disagree_are_a_conflict():
    def default(*overrides):
        return ex.Default("C", "4.2", ex.Const("amount:CNY", "100"), overrides, "amount:CNY")

    def over(name, value, when="true", overrides=()):
        return ex.Override(name, "", ex.Const("bool", when), ex.Const("amount:CNY", value), overrides)

    def first(*overrides):
        return lines(program(duty(), credit("C", default(*overrides))), tickets(1, 0), "2026-04-01")[0]

    assert first().amount == 100
    assert first(over("X", "70")).amount == 70
    assert first(over("X", "70", "false")).amount == 100
    assert first(over("X", "70"), over("Y", "70")).amount == 70
    assert first(over("X", "70", overrides=(over("Z", "60"),))).amount == 60
    clash = first(over("X", "70"), over("Y", "80"))
    assert clash.reason == "exceptions `X` (70 CNY), `Y` (80 CNY) to `C` apply together and disagree"


CLAIMED = (fa.EventType("credit.claimed", "credit", (fa.FieldType("period", "text", True),)),)


def claimable(**more):
    claim = am.Claim(fa.Pattern((fa.EventMatch("credit.claimed"),)), ru.Within(limit("<= 30 days")))
    return program(
        duty(), share(), TABLE, credit("C", BY_TABLE, claim=claim, **more), events=CLAIMED, entities=(fa.Entity("credit"),),
        counting="calendar_days",
    )  # fmt: skip


def test_a_line_is_claimable_claimed_or_lapsed():
    # 30 days after the end of March, which counts from its last date: the 24:00 of 30 April.
    facts = tickets(1, 1)

    def march(*more, as_of):
        return next(
            one for one in lines(claimable(), [*facts, *more], as_of) if one.period.label == "2026-03"
        )

    def claim(when, **data):
        return event(when, "credit.claimed", "K-1", id_="k", **data)

    waiting = march(as_of="2026-04-20")
    assert (waiting.status, waiting.claim_until) == ("claimable", at("2026-05-01"))
    assert march(as_of="2026-05-01").status == "lapsed"
    done = march(claim("2026-04-30 23:59"), as_of="2026-06-01")
    assert (done.status, done.because) == ("claimed", ("Attainment 2026-03", "k"))
    assert march(claim("2026-05-01 00:00"), as_of="2026-06-01").status == "lapsed"
    assert march(claim("2026-04-10", period="2026-02"), as_of="2026-06-01").status == "lapsed"
    assert march(claim("2026-04-10", period="2026-03"), as_of="2026-06-01").status == "claimed"


def test_one_claim_is_for_one_line():
    facts = [
        *tickets(1, 1),
        *tickets(1, 1, "2026-04"),
        event("2026-04-15 10:00", "credit.claimed", "K", id_="k"),
    ]
    found = {one.period.label: one.status for one in lines(claimable(), facts, "2026-07-01")}
    assert (found["2026-03"], found["2026-04"]) == ("claimed", "lapsed")


def test_posted_to_the_next_period_and_what_happens_in_the_last():
    rule = credit("C", BY_TABLE, posted="next_period", no_next_period="paid_out")
    prog = program(duty(), share(), TABLE, rule)
    assert lines(prog, tickets(1, 1), "2026-04-10")[0].posted_period == "2026-04"
    ends = Validity(term_from=ex.Const("date", "2026-01-01"), term_until=ex.Const("date", "2026-03-31"))
    (last,) = [
        one
        for one in lines(replace(prog, validity=ends), tickets(1, 1), "2026-06-01")
        if one.period.label == "2026-03"
    ]
    assert (last.status, last.posted_period, last.amount) == ("paid_out", "", 1500)
    lapsing = program(duty(), share(), TABLE, replace(rule, no_next_period="lapses"), validity=ends)
    assert [
        one.status for one in lines(lapsing, tickets(1, 1), "2026-06-01") if one.period.label == "2026-03"
    ] == ["lapsed"]


def test_due_some_days_after_the_period():
    rule = credit("C", BY_TABLE, due=ru.ByPoint("month", 1, 10, "day", inclusive=True))
    assert lines(program(duty(), share(), TABLE, rule), tickets(1, 1), "2026-04-02")[0].due == at(
        "2026-04-11"
    )


def test_an_amount_for_each_breach_by_the_days_it_is_late():
    # T-1: due the 5th (24:00), done on the 8th: three days begun; T-2 in time; T-3 open as of the 10th: five days.
    per_day = times(ex.Const("amount:CNY", "10"), ex.CaseValue("days_late", "integer"))
    rule = credit("Penalty", per_day, for_each="Resolution", period=None)
    prog = program(duty(within="<= 3 days"), rule, counting="calendar_days")
    facts = [
        event("2026-03-02 09:00", "opened", "T-1", id_="a"), event("2026-03-08 09:00", "resolved", "T-1"),
        event("2026-03-02 09:00", "opened", "T-2", id_="b"), event("2026-03-05 09:00", "resolved", "T-2"),
        event("2026-03-02 09:00", "opened", "T-3", id_="c"),
    ]  # fmt: skip
    found = lines(prog, facts, "2026-03-10 12:00")
    assert [(one.because, one.amount, one.final) for one in found] == [
        (("Resolution T-1 a",), 30, True), (("Resolution T-3 c",), 50, False),
    ]  # fmt: skip


def test_an_amount_for_each_event():
    visits = (fa.EventType("visit.made", "visit", (fa.FieldType("hours", "number"),)),)
    fee = times(ex.Const("amount:CNY", "100"), ex.Field("hours", "number", "trigger"))
    rule = credit("Visits", fee, for_each_event=fa.Pattern((fa.EventMatch("visit.made"),)))
    prog = program(duty(), rule, events=visits, entities=(fa.Entity("visit"),))
    facts = [*tickets(1, 0), event("2026-03-05 10:00", "visit.made", "V", id_="v", hours=Fraction(5, 2))]
    (line,) = lines(prog, facts, "2026-04-02")
    assert (line.amount, line.because, line.period.label) == (250, ("v",), "2026-03")


def test_a_cap_over_the_year_reads_what_was_posted_before():
    # 1,500 each month; never more than 2,000 together with the month before.
    rest = op(
        "-", ex.Const("amount:CNY", "2000"), ex.AmountRef("Base", "amount:CNY", back=1), type_="amount:CNY"
    )
    prog = program(
        duty(), share(), TABLE, credit("Base", BY_TABLE), credit("Capped", BY_TABLE, at_most=(rest,))
    )
    facts = [*tickets(1, 1), *tickets(1, 1, "2026-04")]
    found = {one.period.label: one.amount for one in lines(prog, facts, "2026-05-01") if one.rule == "Capped"}
    assert found == {"2026-03": None, "2026-04": 500, "2026-05": 0}
    assert HOUR
    assert metric
    assert on
