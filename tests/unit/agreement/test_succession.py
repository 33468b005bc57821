"""Who owes after another party took the debtor's place: in verdicts, amounts, balances, explanations, reports and published outcomes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "semantics"))

from checking import checked

from slalang.outcome.against_schema import misfit
from slalang.outcome.as_csv import as_csv
from slalang.outcome.as_json import as_json
from slalang.outcome.schema import schema
from slalang.pipeline.scenarios import tried
from slalang.report.human import human

TEXT = """\
contract "Assigned" version "1.0"
use std.plain
conventions std.plain
time zone Asia/Shanghai
currency CNY
party Provider "P"
party Customer "C"
party Heir "H" succeeds Customer from 2026-07-01
entity bill
event bill.sent
event bill.paid
obligation Payment
  for each bill
  Customer owes Provider
  from sent until paid
  clock always
  within <= 240 h
  second trigger : ignored
penalty Late for each breach of Payment
  Customer owes Provider
  amount = 100 CNY
fee Monthly each month
  Customer owes Provider
  amount = 7 CNY
  posted : same period
scenario "x"
  given
    2026-06-01 09:00 bill B-1 sent
    2026-06-02 09:00 bill B-1 paid by "Customer"
    2026-06-05 09:00 bill B-2 sent
    2026-06-25 09:00 bill B-3 sent
    2026-07-02 09:00 bill B-2 paid by "Heir"
  as of {as_of} 00:00
"""


def outcome(as_of):
    found, _ = checked(TEXT.format(as_of=as_of))
    return next(tried(found)).outcome


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        # Before July nobody has taken anybody's place; ten days of B-2 end on 15 June.
        ("2026-06-20", {"B-1": "", "B-2": ""}),
        # B-1 was paid by the customer itself; B-2 by the heir; B-3 is owed by the heir now.
        ("2026-07-15", {"B-1": "", "B-2": "Heir", "B-3": "Heir"}),
    ],
)
def test_a_verdict_names_who_owes(as_of, expected):
    told = {one.subject: one.debtor_party for one in outcome(as_of).verdicts}
    assert told == expected
    assert {one.debtor for one in outcome(as_of).verdicts} == {"Customer"}
    assert {one.creditor_party for one in outcome(as_of).verdicts} == {""}


def test_an_amount_names_who_owed_when_it_arose():
    """B-2 was breached on 15 June, B-3 on 5 July; June's fee arose with the end of June."""
    lines = {
        (one.rule, one.subject or one.period.label): one.debtor_party for one in outcome("2026-08-02").ledger
    }
    assert lines["Late", "B-2"] == ""
    assert lines["Late", "B-3"] == "Heir"
    assert lines["Monthly", "2026-06"] == ""
    assert lines["Monthly", "2026-07"] == "Heir"


def test_a_balance_names_who_owes_now_and_reports_name_both():
    found = outcome("2026-08-02")
    assert {one.debtor_party for one in found.balances} == {"Heir"}
    said = human(found)
    # June: 100 for B-2 and 7; July: 100 for B-3 and 7.
    assert "Customer owes Provider: 107.00 CNY posted" in said
    assert "Heir (Customer) owes Provider: 107.00 CNY posted" in said


def test_the_published_forms_say_it_and_fit_the_schema():
    found = outcome("2026-08-02")
    data = json.loads("".join(as_json(found)))
    assert misfit(data, schema()) is None
    assert [one.get("debtor_party") for one in data["verdicts"]] == [None, "Heir", "Heir"]
    head, *rows = ("".join(as_csv(found, "verdicts"))).splitlines()
    at = head.split(",").index("debtor_party")
    assert [row.split(",")[at] for row in rows] == ["", "Heir", "Heir"]
