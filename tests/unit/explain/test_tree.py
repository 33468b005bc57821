"""Hand-worked explanations in both languages, from hand-made traces."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from slalang.diagnostics.diagnostic import Stop
from slalang.explain.checking import check, ensured
from slalang.explain.from_trace import explain_amount, explain_metric, explain_verdict
from slalang.outcome.trace import ClockStretch, Considered, Step, Value
from slalang.report.as_text import text

spec = importlib.util.spec_from_file_location("explained_by_hand", Path(__file__).with_name("made.py"))
assert spec is not None
made = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = made
spec.loader.exec_module(made)


@pytest.fixture
def late():
    return explain_verdict(made.PROGRAM, made.OUTCOME, made.LATE, made.LATE_TRACE)


def lines(explanation, language):
    return [line.strip() for line in text(explanation, language).splitlines() if line.strip()]


def test_a_late_answer_is_told_from_the_rule_to_the_margin(late):
    said = lines(late, "en")
    for line in (
        "FirstResponse, T-1: late by 12 min [final]",
        'Rule: clause 2.1 "Response times"',
        "Provider (甲方) owes it to Customer (乙方)",
        "from ticket opened until the first response",
        "The limit: at most 15 min",
        "table targets (clause 2.1), row 1 of 2 (line 41): priority at the trigger is Critical → respond at most 15 min",
        "counted in all: 5 min + 22 min = 27 min",
        "the deadline was Mon 2026-03-02 09:25",
        "it was done at Mon 2026-03-02 09:37",
        "margin: limit 15 min − measured 27 min = −12 min",
        "the breach began at Mon 2026-03-02 09:25",
        "not so: cause at the discharge is aws_platform (cause at the discharge was customer)",
        "on reopening: continues (stated by std.plain)",
        "reading customer_delay_scope = both, because: clause 4.3 speaks of everything",
        "Events it rests on: e-1, e-2, e-3, e-4",
    ):
        assert line in said


def test_the_same_tree_is_told_in_chinese(late):
    said = lines(late, "zh")
    for line in (
        "FirstResponse，T-1：迟延 12 分钟 [终局]",
        "自 工单开立 至 首次 响应",
        "限期：至多 15 分钟",
        "合计：5 分钟 + 22 分钟 = 27 分钟",
        "到期时刻：2026-03-02 周一 09:25",
        "余量：限期 15 分钟 − 实测 27 分钟 = −12 分钟",
        "违约始于 2026-03-02 周一 09:25",
        "不成立：履行时的 cause 为 aws_platform（履行时的 cause 为 customer）",
        "重开时：继续（出自 std.plain）",
        "依据的事件：e-1、e-2、e-3、e-4",
    ):
        assert line in said


def test_the_clock_table_is_aligned_by_terminal_cells_in_both_languages(late):
    from wcwidth import wcswidth

    for language, word in (("en", "clock stood still"), ("zh", "停计：")):
        rows = [
            line
            for line in text(late, language).splitlines()
            if "09:15" in line and "min" in line.replace("分钟", "min")
        ]
        table = [row for row in rows if "2026-03-02" in row and row.count("2026-03-02") == 2]
        assert any(word in row for row in table)
        starts = {wcswidth(row[: row.rindex("2026")]) for row in table}
        assert len(starts) == 1


def test_a_share_says_how_many_of_how_many():
    said = lines(explain_metric(made.PROGRAM, made.OUTCOME, made.SHARE, made.SHARE_TRACE), "en")
    assert "149 of 157 ≈ 94.904 %" in said
    assert "counted in all: 159" in said  # 149 + 7 + 1 + 2
    assert "excused  2      in neither" in said


def test_an_amount_shows_formula_row_and_rounding():
    explanation = explain_amount(made.PROGRAM, made.OUTCOME, made.LINE, made.LINE_TRACE)
    said = lines(explanation, "en")
    for line in (
        "SlaCredit, 2026-03: Provider owes Customer 1,000.00 CNY [posted, final]",
        "10,000.00 CNY × 10 % = 1,000.00 CNY",
        "monthly_fee = 10,000.00 CNY (agreed parameter)",
        "table tiers (clause 4.2), row 2 of 3 (line 72): Attainment in [90 %, 95 %) → rate 10 %",
        "rounded (half up): 1,000.00 CNY stays as it is",
        "posted: 1,000.00 CNY, in 2026-04",
    ):
        assert line in said
    assert "SlaCredit，2026-03：Provider 应付 Customer 1,000.00 CNY [已入账，终局]" in lines(
        explanation, "zh"
    )


def test_several_lines_of_one_debtor_are_added_up():
    other = dataclasses.replace(made.LINE, rule="Penalty", amount=Fraction(50, 1))
    outcome = dataclasses.replace(made.OUTCOME, ledger=(made.LINE, other))
    explanation = explain_amount(made.PROGRAM, outcome, made.LINE, made.LINE_TRACE)
    said = lines(explanation, "en")
    assert "Provider owes Customer in all: 1,000.00 CNY + 50.00 CNY = 1,050.00 CNY" in said
    assert check(explanation) == ()


def test_near_misses_come_before_exceptions_that_were_far_off():
    far_condition = Value(
        dataclasses.replace(made.FAULT, op="and", args=(made.FAULT, made.FAULT)),
        "bool",
        False,
        (made.LATE_TRACE.considered[0].condition, made.LATE_TRACE.considered[0].condition),
    )
    far = Considered("force_majeure", "4.3", "release", False, far_condition)
    trace = dataclasses.replace(made.LATE_TRACE, considered=(far, *made.LATE_TRACE.considered))
    said = lines(explain_verdict(made.PROGRAM, made.OUTCOME, made.LATE, trace), "en")
    near = next(index for index, line in enumerate(said) if line.startswith("platform_fault"))
    away = next(index for index, line in enumerate(said) if line.startswith("force_majeure"))
    assert near < away
    assert "2 conditions kept it away" in said[away]


# --- the checker finds what does not come out


def test_right_explanations_pass(late):
    assert ensured(late) is late
    assert check(explain_metric(made.PROGRAM, made.OUTCOME, made.SHARE, made.SHARE_TRACE)) == ()
    assert check(explain_amount(made.PROGRAM, made.OUTCOME, made.LINE, made.LINE_TRACE)) == ()


@pytest.mark.parametrize(
    ("stretch", "what"),
    [
        (
            ClockStretch(made.at("09:15"), made.at("09:37"), 21 * made.MIN, "counted"),
            "FirstResponse: the clock against the measure",
        ),
        (
            ClockStretch(made.at("09:15"), made.at("09:37"), 23 * made.MIN, "counted"),
            "what a stretch counted",
        ),
        (
            ClockStretch(made.at("09:14"), made.at("09:37"), 22 * made.MIN, "counted"),
            "stretches that do not overlap",
        ),
        (
            ClockStretch(made.at("09:15"), made.at("09:37"), 22 * made.MIN, "closed"),
            "what a stretch that stood still counted",
        ),
    ],
)
def test_a_clock_that_does_not_add_up_is_found(stretch, what):
    trace = dataclasses.replace(made.LATE_TRACE, clock=(*made.LATE_TRACE.clock[:2], stretch))
    found = check(explain_verdict(made.PROGRAM, made.OUTCOME, made.LATE, trace))
    assert what in [item.what for item in found]


def test_a_wrong_margin_is_found_and_stops_the_explanation():
    verdict = dataclasses.replace(made.LATE, margin=made.us(-11))
    with pytest.raises(Stop) as stopped:
        ensured(explain_verdict(made.PROGRAM, made.OUTCOME, verdict, made.LATE_TRACE))
    (diagnostic,) = stopped.value.diagnostics
    assert diagnostic.code == "SLA-E0791"
    assert (diagnostic.what, diagnostic.found, diagnostic.expected) == (
        "the margin",
        "−11 min",
        "−12 min",
    )


@pytest.mark.parametrize(
    ("trace", "what"),
    [
        (
            dataclasses.replace(
                made.LINE_TRACE, value=dataclasses.replace(made.AMOUNT_VALUE, value=Fraction(999))
            ),
            "the operation `*`",
        ),
        (
            dataclasses.replace(
                made.LINE_TRACE, steps=(Step("rounding", Fraction(1000), Fraction(1001), "half_up"),)
            ),
            "the rounding",
        ),
        (
            dataclasses.replace(made.LINE_TRACE, steps=(Step("cap", Fraction(2000), Fraction(1000)),)),
            "SlaCredit: a step begins where the last ended",
        ),
        (
            dataclasses.replace(made.LINE_TRACE, steps=(Step("cap", Fraction(1000), Fraction(900)),)),
            "SlaCredit: the posted amount",
        ),
    ],
)
def test_an_amount_that_does_not_come_out_is_found(trace, what):
    found = check(explain_amount(made.PROGRAM, made.OUTCOME, made.LINE, trace))
    assert what in [item.what for item in found]


def test_a_share_that_does_not_come_out_is_found():
    wrong = dataclasses.replace(made.SHARE, numerator=Fraction(148))
    found = check(explain_metric(made.PROGRAM, made.OUTCOME, wrong, made.SHARE_TRACE))
    assert {"the quotient", "Attainment: cases met"} <= {item.what for item in found}
