"""What a figure can be, and whether more of it is better: published agreements must check clean, and slips in them must not."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

HEAD = """\
contract "T" version "1"
use std.plain, std.outages
time zone UTC
currency USD
counting calendar_days
conventions std.plain
party P
party C
parameter fee : money, at least 0 USD
entity line
  refers to agreement by agreement
event line.counted
  field sent : integer, at least 0
  field lost : integer, at least 0
event line.mended
  field affected : number, from 0 to 1
  field weight : number
event line.broken
signal out
  any down over outage by agreement
measured Broken
  for each line
  from broken until mended
  clock always
  within <= 1 h
metric Down each month
  = time of out
metric Sent each month
  = sum of sent of counted
metric Lost each month
  = sum of lost of counted
metric Loss each month
  = Lost / Sent
  when none : 0%
metric Rate each month
  = (time in always - Down) / time in always
"""


def codes(body: str) -> list[str]:
    collector = Collector()
    check(SourceFile("t.sla", HEAD + body), collector)
    return [one.code for one in collector.sorted() if one.code[4:8] in {"E040", "L040"}]


def credit(amount: str, more: str = "") -> str:
    return f"credit Back each month\n  P owes C\n  amount = {amount}\n{more}  posted : same period\n"


def tiers(*rows: str, figure: str = "Loss") -> str:
    lines = "".join(f"    | {row} |\n" for row in rows)
    return (
        f"credit Back each month\n  P owes C\n  amount\n    | {figure} | = fee × |\n{lines}"
        "  posted : same period\n"
    )


# More loss costs more: nothing is swapped. 10 %, 25 %, then 5 % is.
def test_a_credit_that_grows_with_a_share_of_losses_is_no_slip_but_one_that_also_falls_is():
    assert codes(tiers("<= 0.1% | 0%", "(0.1%, 1%] | 10%", "> 1% | 25%")) == []
    assert codes(tiers("<= 0.1% | 10%", "(0.1%, 1%] | 25%", "> 1% | 5%")) == ["SLA-L0408"]


@pytest.mark.parametrize(
    ("formula", "slips"),
    [
        ("100% - Loss", True),  # what is taken off a whole went wrong: the rest is good
        ("1 - Down / time in always", True),
        ("Rate", True),
        ("100% - Rate", False),
        ("min(100% - Loss, 99%)", True),
        ("max(Loss, 1%)", False),
        ("Lost / (Sent + 1)", False),
        ("ratio of lost to sent over counted in bins of 5 min, share of bins where ratio < 5%", True),
        ("ratio of lost to sent over counted in bins of 5 min, share of bins where ratio > 5%", False),
        ("ratio of lost to sent over counted in bins of 5 min, mean of bins", False),
    ],
)
def test_whether_more_is_better_follows_from_how_the_share_is_worked_out(formula, slips):
    choices = "  empty bins : absent\n  missing data : absent\n" if "bins" in formula else ""
    none = "  when none : 100%\n" if "bins" in formula or "Sent" in formula else ""
    metric = f"metric M each month\n  = {formula}\n{choices}{none}"
    assert ("SLA-L0402" in codes(metric + tiers("< 50% | 5%", ">= 50% | 10%", figure="M"))) is slips


@pytest.mark.parametrize(
    ("formula", "amount", "said"),
    [
        # ten whole hours at most are ten thirtieths of the fee; eleven of ten are too many
        ("min(round_down(Down, 1 h), 10 h)", "fee × (M / 1 h) / 30", []),
        ("min(round_down(Down, 1 h), 10 h)", "fee × (M / 1 h) / 9", ["SLA-E0406"]),
        ("round_up(Down, 1 h)", "fee × (M / 1 h) / 30", ["SLA-E0406"]),
        ("Down - 1 h", "fee × (M / 1 h) / 30", ["SLA-E0405", "SLA-E0406"]),
        ("max(Down - 1 h, 0 min)", "min(fee × (M / 1 h) / 30, fee)", []),
        # time that is left of the whole is not below nothing; the sum of two is more than the whole
        ("time in always - Down", "min(fee × (M / 1 h) / 30, fee)", []),
        ("time in always - Down - Down", "min(fee × (M / 1 h) / 30, fee)", ["SLA-E0405"]),
        ("if Down > 1 h then 2 h else 1 h", "fee × (M / 1 h) / 2", []),
        ("previous 3 Down + abs(Down - 2 h)", "min(fee × (M / 1 h) / 30, fee)", []),
    ],
)
def test_the_sign_of_an_amount_follows_from_what_its_figure_is_made_of(formula, amount, said):
    assert codes(f"metric M each month\n  = {formula}\n" + credit(amount)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("mended.affected", []),  # from 0 to 1
        ("mended.weight", ["SLA-E0405"]),  # any number
        ("mended.affected × mended.affected", []),
    ],
)
def test_fields_count_with_the_domain_that_they_state(value, said):
    metric = f"metric M each month\n  = sum of (measure of Broken × {value})\n  counted by : end\n"
    assert codes(metric + credit("min(fee × (M / 1 h), fee)")) == said


# What stands for none need not lie where the counted values do.
def test_what_stands_for_none_is_in_the_range():
    metric = "metric M each month\n  = Down / (Down + Down)\n  when none : {}\n"
    assert codes(metric.format("0%") + credit("min(fee × M, fee)")) == []
    assert codes(metric.format("-5%") + credit("min(fee × M, fee)")) == ["SLA-E0405"]
