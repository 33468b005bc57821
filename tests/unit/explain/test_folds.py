"""A count, sum, mean, percentile or extreme lists what it is made of, and how that comes to its value."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from in_process import called

from slalang.explain.recounting import folds
from slalang.explain.tree import node
from slalang.outcome.records import Quantity

CONTRACT = """contract "Sales" version "1"
use std.plain
time zone UTC
currency CNY
conventions std.plain

party Provider
party Customer

entity sale
event sale.made
  field units : integer
  field price : money

entity job
event job.given
event job.done

clause 1 "Sales"
  metric Many each month
    = count of sale.made where units > 1

  metric Units each month
    = sum of (units of made)

  metric Turnover each month
    = sum of (price × units) over sale.made

  metric Mean each month
    = mean of (units of made)
    when none : undetermined

  metric Most each month
    = largest of (units of made)
    when none : undetermined

  metric Ranked each month
    = percentile 50 of (units of made)
    when none : undetermined

  metric Between each month
    = percentile 50 interpolated of (units of made)
    when none : undetermined

  metric TooFew each month
    = mean of (units of made)
    minimum sample 5
    when none : 0

clause 2 "Jobs"
  obligation Job
    for each job
    Provider owes Customer
    from given until done
    clock always
    within <= 1 h
    second trigger : ignored

  metric Times each month
    = sum of measure of Job
    counted by : start
"""
# units 1, 2, 3, 5 at 10 CNY each; jobs of 10 and 30 minutes
EVENTS = [
    *(
        {"id": f"s{n}", "type": "sale.made", "subject": f"S-{n}", "time": f"2026-03-0{n}T10:00:00Z", "data": {"units": units, "price": "10 CNY"}}
        for n, units in enumerate((3, 1, 5, 2), 1)
    ),
    {"id": "a", "type": "job.given", "subject": "J-1", "time": "2026-03-02T09:00:00Z"},
    {"id": "b", "type": "job.done", "subject": "J-1", "time": "2026-03-02T09:10:00Z"},
    {"id": "c", "type": "job.given", "subject": "J-2", "time": "2026-03-02T09:00:00Z"},
    {"id": "d", "type": "job.done", "subject": "J-2", "time": "2026-03-02T09:30:00Z"},
    {"id": "z", "type": "sale.made", "subject": "S-9", "time": "2026-04-01T10:00:00Z", "data": {"units": 99, "price": "10 CNY"}},
]  # fmt: skip


@pytest.fixture(scope="module")
def explained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sales")
    (folder / "c.sla").write_text(CONTRACT, encoding="utf-8")
    (folder / "e.jsonl").write_text("".join(json.dumps(one) + "\n" for one in EVENTS), encoding="utf-8")

    def explain(rule, language="en"):
        code, out, said = called(
            "explain", folder / "c.sla", "--events", folder / "e.jsonl", "--rule", rule,
            "--period", "2026-03", "--as-of", "2026-05-01", "--lang", language,
        )  # fmt: skip
        assert code == 0, said
        return out

    return explain


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("Many", "events counted: 3", "计入事件 3 件"),
        ("Units", "1 + 2 + 3 + 5 = 11", "1 + 2 + 3 + 5 = 11"),
        ("Turnover", "10.00 CNY + 20.00 CNY + 30.00 CNY + 50.00 CNY = 110.00 CNY", "= 110.00 CNY"),
        ("Mean", "mean of 4 events: 11 ÷ 4 = 2.75", "4 个事件的平均：11 ÷ 4 = 2.75"),
        ("Most", "the largest of 4: 5", "4 项中的最大值：5"),
        ("Ranked", "50 % of 4 is 2, so number 2 in ascending order: 2", "故取升序第 2 项：2"),
        ("Between", "number 1 + 50 % × 3 = 2.5 in ascending order: 2 + 0.5 × (3 − 2) = 2.5", "2 + 0.5 ×（3 − 2）= 2.5"),
        ("TooFew", "4, and fewer than 5 are as good as none; for that the contract gives 0", "不足 5 项视同没有"),
        ("Times", "10 min + 30 min = 40 min", "10 分钟 + 30 分钟 = 40 分钟"),
    ],
)  # fmt: skip
def test_the_arithmetic_is_told_in_both_languages(explained, rule, english, chinese):
    assert english in explained(rule)
    assert chinese in explained(rule, "zh")


def test_each_event_of_the_period_stands_there_with_its_value_and_no_other(explained):
    rows = [line.split() for line in explained("Units").splitlines() if " sale made " in line]
    assert [(row[-3], row[-2], row[-1]) for row in rows] == [
        ("S-1", "3", "s1"), ("S-2", "1", "s2"), ("S-3", "5", "s3"), ("S-4", "2", "s4"),
    ]  # fmt: skip
    assert [line.split()[-1] for line in explained("Many").splitlines() if " sale made " in line] == [
        "s1",
        "s3",
        "s4",
    ]


def test_a_figure_that_does_not_come_out_is_found():
    def number(value):
        return Quantity("number", Fraction(value))

    between = node("fold.between", percent=Quantity("ratio", Fraction(1, 2)), less=3, rank=number(2.5), low=number(2), high=number(3), part=number(0.5), value=number(2.5))  # fmt: skip
    assert list(folds(between)) == []
    wrong = node("fold.between", percent=Quantity("ratio", Fraction(1, 2)), less=3, rank=number(2.5), low=number(2), high=number(3), part=number(0.5), value=number(3))  # fmt: skip
    assert len(list(folds(wrong))) == 1
    ranked = node(
        "fold.rank",
        percent=Quantity("ratio", Fraction(1, 2)),
        count=4,
        exact=number(2),
        rank=3,
        value=number(2),
    )
    assert len(list(folds(ranked))) == 1
    added = node("fold.sum", sum=None, value=number(4), parts=(number(1), number(2)))
    assert len(list(folds(added))) == 1
    right = node("fold.sum", sum=None, value=number(3), parts=(number(1), number(2)))
    assert list(folds(right)) == []
