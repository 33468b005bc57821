"""Figures with which nothing can be reckoned are refused where they stand; a choice that is asked for is also accepted."""

from __future__ import annotations

import pytest

from tests.unit.semantics.checking import DUTY, HEAD, told

TERM = HEAD.replace("currency CNY\n", "currency CNY\ncounting calendar_days\n")
LATE = """\
entity order
event order.placed
  field price : money
event order.made
signal price for each order
  latest price of placed
obligation Delivery
  for each order
  Provider owes Customer
  from placed until made
  clock always
  within <= 240 h
  second trigger : ignored
penalty Late for each breach of Delivery
  Provider owes Customer
  amount per day late = price × 1%
  days late : days begun
  rounding of days : in total
  at most price × 5%
"""


@pytest.mark.parametrize("choice", ["trigger", "deadline", "discharge", "period end", "latest"])
def test_the_cap_of_a_daily_amount_takes_the_choice_that_it_asks_for(choice):
    assert told(f"{LATE}  read at : {choice}\n") == []


def test_the_cap_of_a_daily_amount_asks_when_its_signal_is_read():
    assert told(LATE) == [("SLA-E0431", 14, 9)]


@pytest.mark.parametrize("length", ["0 days", "0 months", "-1 year"])
def test_a_renewal_of_no_length_is_refused(length):
    text = f"term from 2026-01-01 until 2026-12-31\nrenews for {length}, without limit\n"
    assert told(text, TERM) == [("SLA-E0308", 2, 12)]


def test_a_negative_cap_over_several_is_refused():
    text = f"{DUTY}penalty P for each breach of Answer\n  Provider owes Customer\n  amount = 5 CNY\n"
    assert told(text + "cap C for P\n  at most -5 CNY each year\n") == [("SLA-E0308", 12, 11)]
    assert told(text + "cap C for P\n  at most 5 CNY each year\n") == []


def test_a_day_beside_the_ends_of_the_calendar_is_refused():
    assert told("term from 0001-01-01 until 9999-12-31\n", TERM) == [
        ("SLA-E0507", 1, 11),
        ("SLA-E0507", 1, 28),
    ]
    assert told("term from 1900-01-01 until 2999-12-31\n", TERM) == []


def test_a_limit_of_less_than_nothing_is_refused_where_it_stands():
    assert told(DUTY.replace("<= 1 h", "<= -3 days"), TERM)[:1] == [("SLA-E0308", 5, 13)]
