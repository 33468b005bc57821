"""What would have changed a verdict: found by calculation, then tried with a way to evaluate that is written out here by hand."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from slalang.events.event import Event
from slalang.explain.checking import check
from slalang.explain.counterfactual import substituted, with_flip
from slalang.explain.flips.announcements import latest
from slalang.explain.flips.shares import with_tier
from slalang.explain.flips.tiers import Bound, bounds, more_in_time
from slalang.explain.from_trace import explain_amount, explain_verdict
from slalang.ir.expressions import Const, Field, Op
from slalang.ir.facts import EventMatch, Spans
from slalang.outcome.records import Quantity
from slalang.report.as_text import text

spec = importlib.util.spec_from_file_location("flipped_by_hand", Path(__file__).with_name("made.py"))
assert spec is not None
made = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = made
spec.loader.exec_module(made)
MIN = made.MIN

EVENTS = (
    Event("e-1", "ticket.opened", "T-1", made.at("09:00"), {"priority": "Critical"}),
    Event("e-2", "ticket.waiting", "T-1", made.at("09:05"), {"on": "customer"}),
    Event("e-3", "ticket.resumed", "T-1", made.at("09:15"), {}),
    Event("e-4", "ticket.responded", "T-1", made.at("09:37"), {}),
)


def by_hand(*, strict=False, tried=None, events=EVENTS):
    """15 minutes from `opened` to `responded`, less the time from `waiting` to `resumed`: three subtractions."""

    def reevaluate(changed):
        if tried is not None:
            tried.append(changed)
        at = {event.type: event.time for event in substituted(events, changed)}
        done = at["ticket.responded"]
        waited = max(0, min(at["ticket.resumed"], done) - max(at["ticket.waiting"], at["ticket.opened"]))
        measured = done - at["ticket.opened"] - waited
        late = measured >= 15 * MIN if strict else measured > 15 * MIN
        verdict = dataclasses.replace(
            made.LATE,
            status="late" if late else "met",
            measure=Quantity("duration", Fraction(measured)),
            margin=Quantity("duration", Fraction(15 * MIN - measured)),
            discharged_at=done,
        )
        return dataclasses.replace(made.OUTCOME, verdicts=(verdict,))

    return reevaluate


def said(explanation, language="en"):
    return [line.strip() for line in text(explanation, language).splitlines()]


@pytest.fixture
def late():
    return explain_verdict(made.PROGRAM, made.OUTCOME, made.LATE, made.LATE_TRACE)


def test_a_late_answer_says_how_much_earlier_would_have_done(late):
    tried = []
    lines = said(with_flip(made.PROGRAM, late, EVENTS, by_hand(tried=tried)))
    at = lines.index("response 12 min earlier, at Mon 2026-03-02 09:25 (event e-4)")
    assert lines[at + 1] == "evaluated again with this change: met, with 0 min to spare"
    # The same move a microsecond further is not tried once the first has done it: three changes, all evaluated.
    assert [(change[0].id, change[0].time) for change in tried] == [
        ("e-4", made.at("09:25")),
        ("e-2", made.at("08:53")),
        ("e-3", made.at("09:27")),
    ]


def test_a_change_that_does_not_flip_is_not_shown(late):
    # Waiting from 08:53 would begin before the ticket was opened: only 5 of the 12 minutes would be won.
    lines = said(with_flip(made.PROGRAM, late, EVENTS, by_hand()))
    assert not any("event e-2" in line for line in lines if "earlier" in line)
    assert "resumed 12 min later, at Mon 2026-03-02 09:27 (event e-3)" in lines


def test_a_strict_limit_asks_for_more_than_the_overrun(late):
    lines = said(with_flip(made.PROGRAM, late, EVENTS, by_hand(strict=True)))
    assert "response more than 12 min earlier, before Mon 2026-03-02 09:25 (event e-4)" in lines
    assert "evaluated again with this change: met, with 0.000001 s to spare" in lines


def test_in_chinese_from_the_same_tree(late):
    lines = said(with_flip(made.PROGRAM, late, EVENTS, by_hand()), "zh")
    at = lines.index("响应 提前 12 分钟，于 2026-03-02 周一 09:25（事件 e-4）")
    assert lines[at + 1] == "按此改变重新评定：达标，余量 0 分钟"


def test_an_answer_in_time_says_how_much_later_would_have_been_late():
    events = tuple(
        dataclasses.replace(event, time=made.at("09:22")) if event.id == "e-4" else event for event in EVENTS
    )
    verdict = dataclasses.replace(
        made.LATE,
        status="met",
        measure=made.us(12),
        margin=made.us(3),
        discharged_at=made.at("09:22"),
        breached_at=None,
    )
    trace = dataclasses.replace(
        made.LATE_TRACE,
        clock=(
            *made.LATE_TRACE.clock[:2],
            dataclasses.replace(made.LATE_TRACE.clock[2], end=made.at("09:22"), counted=7 * MIN),
        ),
    )
    explanation = explain_verdict(made.PROGRAM, made.OUTCOME, verdict, trace)
    lines = said(with_flip(made.PROGRAM, explanation, events, by_hand()))
    assert "response more than 3 min later, after Mon 2026-03-02 09:25 (event e-4)" in lines
    assert "evaluated again with this change: late by 0.000001 s" in lines


def test_an_overdue_case_names_the_event_that_was_missing():
    verdict = dataclasses.replace(made.LATE, status="overdue", discharged_at=None, margin=None, measure=None)
    trace = dataclasses.replace(made.LATE_TRACE, roles=made.LATE_TRACE.roles[:3])
    explanation = explain_verdict(made.PROGRAM, made.OUTCOME, verdict, trace)
    lines = said(with_flip(made.PROGRAM, explanation, EVENTS[:3], by_hand(events=EVENTS[:3])))
    assert "response by Mon 2026-03-02 09:25" in lines


def test_where_nothing_helps_it_says_so_and_what_was_tried(late):
    def stubborn(_changed):
        return dataclasses.replace(made.OUTCOME, verdicts=(made.LATE,))

    lines = said(with_flip(made.PROGRAM, late, EVENTS, stubborn))
    assert (
        "none of the single changes examined would change it (doing it earlier, a longer standstill)" in lines
    )


def test_the_latest_time_of_an_announcement():
    """Announced at least 48 h before it starts: for 2026-03-10 00:00 that is 2026-03-08 00:00, strictly a microsecond less."""
    starts = Field("starts", "instant", "event")
    bound = Op("-", (starts, Const("duration", str(48 * 60 * MIN))), "instant")
    event = Event(
        "m-1",
        "maintenance.announced",
        "M-1",
        made.at("12:00", "2026-03-08"),
        {"starts": made.at("00:00", "2026-03-10")},
    )
    time = Field("time", "instant", "event")
    for op, args, expected in (
        ("<=", (time, bound), made.at("00:00", "2026-03-08")),
        ("<", (time, bound), made.at("00:00", "2026-03-08") - 1),
        (">=", (bound, time), made.at("00:00", "2026-03-08")),
    ):
        assert latest(EventMatch("maintenance.announced", Op(op, args, "bool")), event) == expected
    assert latest(EventMatch("maintenance.announced"), event) is None


def test_maintenance_announced_too_late_is_offered_as_the_smaller_change():
    """Maintenance 09:10 to 09:40 stops the clock if announced 48 h before; it was announced an hour too late."""
    field, time = Field("starts", "instant", "event"), Field("time", "instant", "event")
    notice = Op("-", (field, Const("duration", str(48 * 60 * MIN))), "instant")
    spans = Spans((EventMatch("maintenance.announced", Op("<=", (time, notice), "bool")),), "starts", "ends")
    signal = dataclasses.replace(made.PROGRAM.signals[0], form=spans)
    program = dataclasses.replace(made.PROGRAM, signals=(signal,))
    told = made.at("10:10", "2026-02-28")
    announced = Event(
        "m-1", "maintenance.announced", "M-1", told, {"starts": made.at("09:10"), "ends": made.at("09:40")}
    )
    explanation = explain_verdict(
        program, made.OUTCOME, made.LATE, dataclasses.replace(made.LATE_TRACE, clock=())
    )

    def reevaluate(changed):
        met = changed[0].id == "m-1" and changed[0].time <= made.at("09:10", "2026-02-28")
        return dataclasses.replace(
            made.OUTCOME, verdicts=(dataclasses.replace(made.LATE, status="met" if met else "late"),)
        )

    lines = said(with_flip(program, explanation, (*EVENTS, announced), reevaluate))
    assert "maintenance announced 1 h earlier, at Sat 2026-02-28 09:10 (event m-1)" in lines


# --- shares and tiers


def test_the_bounds_are_those_of_the_tables_and_who_owns_them():
    assert bounds(made.PROGRAM, "Attainment") == [
        Bound(Fraction(9, 10), True),
        Bound(Fraction(19, 20), True),
        Bound(Fraction(99, 100), True),
    ]


@pytest.mark.parametrize(
    ("met", "total", "more"),
    [
        (149, 157, 1),  # 150/157 = 95.54 %; 95 % of 157 is 149.15
        (940, 1000, 10),  # exactly 95 % is reached at 950
        (950, 1000, 40),  # 99 % at 990
        (100, 100, None),
    ],
)
def test_how_many_more_in_time_reach_the_next_tier(met, total, more):
    assert more_in_time(met, total, bounds(made.PROGRAM, "Attainment")) == more


def test_a_bound_that_is_not_reached_by_itself_needs_one_more():
    assert more_in_time(940, 1000, [Bound(Fraction(19, 20), False)]) == 11


def test_one_fewer_late_ticket_changes_the_credit():
    verdicts = tuple(
        dataclasses.replace(
            made.LATE, subject=f"T-{n}", instance=f"e-{n}", margin=made.us(-n), evidence=(f"r-{n}",)
        )
        for n in range(1, 8)
    )
    outcome = dataclasses.replace(made.OUTCOME, verdicts=verdicts)
    events = tuple(Event(f"r-{n}", "ticket.responded", f"T-{n}", made.at("09:37"), {}) for n in range(1, 8))
    tried = []

    def reevaluate(changed):
        tried.extend(changed)
        share = dataclasses.replace(
            made.SHARE, value=Quantity("ratio", Fraction(150, 157)), numerator=Fraction(150)
        )
        return dataclasses.replace(
            outcome, metrics=(share,), ledger=(dataclasses.replace(made.LINE, amount=Fraction(500)),)
        )

    explanation = explain_amount(made.PROGRAM, outcome, made.LINE, made.LINE_TRACE)
    flipped = with_tier(
        made.PROGRAM,
        outcome,
        explanation,
        (made.SHARE, made.SHARE_TRACE),
        events=events,
        reevaluate=reevaluate,
    )
    assert [event.id for event in tried] == ["r-1"]  # the narrowest miss: a minute
    lines = said(flipped)
    assert "1 fewer late: 149 of 157 (≈ 94.904 %) becomes 150 of 157 (≈ 95.54 %)" in lines
    assert "evaluated again with this change: Attainment is ≈ 95.54 %" in lines
    assert "SlaCredit would be 500.00 CNY in place of 1,000.00 CNY" in lines
    assert "迟延减少 1 件：157 件中达标 149 件（≈ 94.904%）变为 150 件（≈ 95.54%）" in said(flipped, "zh")
    assert check(flipped) == ()


def test_a_share_that_comes_out_otherwise_is_not_shown():
    verdicts = (dataclasses.replace(made.LATE, evidence=("e-4",)),)
    outcome = dataclasses.replace(made.OUTCOME, verdicts=verdicts)
    trace = dataclasses.replace(made.SHARE_TRACE, members=(("FirstResponse", "T-1", "e-1", "late"),))
    explanation = explain_amount(made.PROGRAM, outcome, made.LINE, made.LINE_TRACE)
    flipped = with_tier(
        made.PROGRAM, outcome, explanation, (made.SHARE, trace), events=EVENTS, reevaluate=lambda _: outcome
    )
    assert any(line.startswith("none of the single changes examined") for line in said(flipped))
