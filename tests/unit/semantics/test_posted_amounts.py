"""Amounts are read as they are posted: circles through groups and caps are refused, and where."""

from __future__ import annotations

import pytest

from semantics.checking import made, told

FEE = "fee {0} each month\n  Customer owes Provider\n  amount = {1}\n  posted : same period\n"
LATE = """\
obligation Answer
  for each ticket
  Provider owes Customer
  from opened until first responded
  within <= 1 h
  on reopening : frozen
  clock always
penalty {0} for each breach of Answer
  Provider owes Customer
  amount = {1}
  one of remedies, the highest
"""
OTHER = "penalty {0} for each breach of Answer\n  Provider owes Customer\n  amount = {1}\n  one of remedies, the highest\n"


def test_an_amount_of_a_group_is_read_after_its_choice():
    made(FEE.format("One", "5 CNY") + "  one of fees, the highest\n" + FEE.format("Two", "One × 2"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            FEE.format("One", "5 CNY") + "  one of fees, the highest\n" + FEE.format("Two", "One × 2") + "  one of fees, the highest\n",
            6, id="a rule of the group that it reads",
        ),
        pytest.param(
            LATE.format("Flat", "5 CNY") + OTHER.format("Half", "Levy") + FEE.format("Levy", "Flat / 2"), 12, id="over another rule"
        ),
        pytest.param(
            FEE.format("One", "5 CNY") + "cap Most for One\n  at most One × 2 each year\n", 1, id="a cap over what it reads",
        ),
    ],
)  # fmt: skip
def test_a_circle_over_what_is_posted_is_refused(text, line):
    assert [(code, at) for code, at, _ in told(text)] == [("SLA-E0502", line)]


def test_an_earlier_period_may_be_read_under_one_cap():
    made(
        FEE.format("Two", "One × 2")
        + "  starts as 1 CNY\n"
        + FEE.format("One", "previous Two + 5 CNY")
        + "  starts as 0 CNY\ncap Most for One, Two\n  at most 100 CNY each year\n"
    )


def test_a_start_value_is_stated():
    text = FEE.format("One", "previous One") + "  starts as Two\n" + FEE.format("Two", "5 CNY")
    assert [(code, line) for code, line, _ in told(text)] == [("SLA-E0511", 5)]
