"""Amounts are read as they are posted: circles through groups and caps are refused, and where."""

from __future__ import annotations

import pytest

from semantics.checking import HEAD, made, told

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


BASE = FEE.format("Base", "5 CNY") + "  due within 10 days after period end\n"
GROWING = (
    "interest Late for each debt of Base\n  Customer owes Provider\n  amount per day late = unpaid of Base × 1%\n"
    "  days late : days begun\n  rounding of days : in total\n"
)
COUNTED = HEAD.replace("conventions", "counting calendar_days\nconventions")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(BASE + GROWING + "  at most 5 CNY each year\n", ("SLA-E0469", 6), id="a cap over several postings"),
        pytest.param(BASE + GROWING + FEE.format("More", "Late × 2"), ("SLA-E0469", 6), id="read by another amount"),
        pytest.param(
            BASE + GROWING + "  due within 3 days after period end\n" + GROWING.replace("Late", "Again").replace("debt of Base", "debt of Late").replace("unpaid of Base", "5 CNY"),
            ("SLA-E0469", 6), id="interest on interest",
        ),
        pytest.param(
            FEE.format("Base", "5 CNY") + GROWING, ("SLA-E0468", 5), id="a debt that is never due"
        ),
        pytest.param(
            BASE + GROWING.replace(" per day late", "").replace("unpaid of Base", "5 CNY"), ("SLA-E0468", 6), id="not by the day"
        ),
        pytest.param(BASE + FEE.format("More", "unpaid of Base × 2"), ("SLA-E0511", 8), id="unpaid in an amount of a period"),
    ],
)  # fmt: skip
def test_what_is_unpaid_is_known_only_after_payments(text, found):
    assert [(code, at) for code, at, _ in told(text, COUNTED)] == [found]
