"""Every message of the checker and the proofs: its wrong snippet yields exactly its code, its right one yields no error."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.prove import errors as proofs
from slalang.semantics import errors as meaning
from slalang.source.text import SourceFile

HEAD = """\
contract "T" version "1"
use std.plain, std.tickets, std.credits, std.outages, std.maintenance
time zone Asia/Shanghai
currency CNY
counting prc_civil_code
conventions here
convention set here
  second trigger : ignored
  on reopening : frozen
  on change of priority : from the start
  after a relaxed limit : the breach stands
  at closing time : closing
  standstill of days : nothing
  read at : latest
  rounding : half up
  posted : same period
party Provider
party Customer
levels priority = Critical > High > Low
parameter monthly_fee : money, at least 0 CNY
calendar Support
  mon to fri 09:00 to 17:00
reading base "the fee with or without tax?"
  option gross "with"
  option net "without"
  chosen gross because "so it is invoiced"
obligation FirstResponse
  for each ticket
  Provider owes Customer
  from opened until first responded
  clock in Support
  within <= 1 h
metric Attainment each month
  = share met of FirstResponse
  counted by : deadline
  counts as met : met
  counts as not met : late, overdue
  when none : 100%
"""
MESSAGES = [*meaning.CODES, *proofs.CODES]


def codes(snippet: str) -> list[str]:
    collector = Collector()
    check(SourceFile("t.sla", HEAD + snippet + "\n"), collector)
    return [item.code for item in collector.sorted()]


def errors(snippet: str) -> set[str]:
    return {code for code in codes(snippet) if code[4] == "E"}


def test_the_head_is_sound():
    assert errors("") == set()


@pytest.mark.parametrize("message", [item for item in MESSAGES if item.bad], ids=lambda item: item.__name__)
def test_the_wrong_snippet_yields_this_code_and_no_other_error(message):
    found = codes(message.bad)
    assert message.code in found
    assert {code for code in found if code[4] == "E"} <= {message.code}


@pytest.mark.parametrize("message", [item for item in MESSAGES if item.good], ids=lambda item: item.__name__)
def test_the_right_snippet_yields_no_error(message):
    found = codes(message.good)
    assert message.code not in found
    assert not {code for code in found if code[4] == "E"}


# Messages that a snippet under this head cannot show, and the test that shows each.
ELSEWHERE = {
    "LibraryCycle": "test_names.py",
    "AmbiguousPath": "test_names.py",
    "NotReached": "test_names.py",
    "GroupNotSaid": "test_one_message.py",
    "NoCurrency": "test_heads.py",
    "CountingOfLife": "test_agreement.py",
    "HeadMissing": "test_heads.py",
    "CountingMissing": "test_heads.py",
    "NotPlaced": "test_limits.py",
    "TooDeep": "test_limits.py",
    "TooLong": "test_limits.py",
    "Undated": "test_limits.py",
    "LevelsOpen": "test_heads.py",
    "ManySubjects": "test_names.py",
    "Jump": "test_sweep.py",
    "Rising": "test_sweep.py",
    "Falling": "test_sweep.py",
    "FallsWhenWorse": "test_sweep.py",
    "Turning": "test_sweep.py",
    "NotProved": "test_sweep.py",
}


def test_every_message_has_a_wrong_snippet_or_a_test_of_its_own():
    assert {item.__name__ for item in MESSAGES if not item.bad} == set(ELSEWHERE)
