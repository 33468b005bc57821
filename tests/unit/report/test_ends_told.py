"""A limit in days is told by the day that it ends with, and an instant in local time, in every text for people."""

from __future__ import annotations

import in_process
import pytest

from slalang.engine.compile.constants import as_told
from slalang.values.instant import parse
from slalang.values.zone import load

CONTRACT = """contract "Ends" version "1"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
levels priority = High > Low

obligation Answer
  for each ticket
  Provider owes Customer
  from opened until first responded
  clock always
  within <= 2 days
  on reopening : frozen
right Reopen of Customer
  against Provider
  for each ticket
  from responded
  exercise window within <= 3 days
  exercised by reopened

scenario "a day too early"
  given
    2026-03-02 09:00 ticket T-1 opened priority High
  as of 2026-03-03 00:00
  expect Answer T-1 is pending, deadline 2026-03-03
"""
EVENTS = """{"id":"e1","type":"ticket.opened","subject":"T-1","time":"2026-03-02T09:00:00+08:00","data":{"priority":"High"}}
{"id":"e2","type":"ticket.opened","subject":"T-2","time":"2026-03-02T10:00:00+08:00","data":{"priority":"Low"}}
{"id":"e3","type":"ticket.responded","subject":"T-2","time":"2026-03-03T10:00:00+08:00","data":{}}
"""


@pytest.fixture
def files(tmp_path):
    contract, events = tmp_path / "ends.sla", tmp_path / "events.jsonl"
    contract.write_text(CONTRACT, "utf-8")
    events.write_text(EVENTS, "utf-8")
    return contract, events


@pytest.mark.parametrize(
    ("language", "ends", "right"),
    [
        # Two days after the 2nd: the 4th, a Wednesday. Three after the 3rd: Friday the 6th.
        ("en", "the end of Wed 2026-03-04", "until the end of Fri 2026-03-06"),
        ("zh", "2026-03-04 周三 24:00", "至 2026-03-06 周五 24:00"),
    ],
)
def test_status_tells_the_day_with_which_a_limit_ends(files, language, ends, right):
    contract, events = files
    call = [
        "status",
        contract,
        "--events",
        events,
        "--as-of",
        "2026-03-03T12:00:00+08:00",
        "--lang",
        language,
    ]
    code, told, _ = in_process.called(*call)
    assert code == 0
    (row,) = [line for line in told.splitlines() if line.strip().startswith("Answer")]
    assert row.rstrip().endswith(ends)
    assert right in told
    assert "2026-03-05" not in told


def test_a_scenario_that_fails_tells_days_as_its_author_writes_them(files):
    contract, _ = files
    code, told, errors = in_process.called("test", contract)
    assert code == 1
    assert "expected 2026-03-03 24:00, found 2026-03-04 24:00" in told + errors


def test_a_reason_tells_an_instant_in_local_time(tmp_path):
    table = (
        CONTRACT.partition("scenario")[0]
        + """
table rates
  | opened_at                  | = rate |
  | [2026-03-10 00:00, 2026-03-20 00:00) | 1% |

signal opened_at for each ticket
  latest noted of ticket.noted
event ticket.noted
  field noted : instant
fee Rate for each event ticket.noted
  Customer owes Provider
  amount = rates.rate × 100 CNY
  rounding : half up
"""
    )
    contract = tmp_path / "gap.sla"
    contract.write_text(table, "utf-8")
    checked, told, errors = in_process.called("check", contract)
    assert checked == 1
    # The prover names what no row covers as the contract would write it, in the contract's zone.
    assert "`opened_at` < 2026-03-10 00:00 stands in no row" in told + errors
    assert "`opened_at` 2026-03-20 00:00" in told + errors


def test_a_value_in_a_reason_of_the_engine_is_told_in_local_time_too():
    zone = load("Asia/Shanghai")
    assert as_told("instant", parse("2026-03-05T16:00:00Z"), zone) == "2026-03-06 00:00"
    assert as_told("duration", 3_600_000_000, zone) == "PT1H"
    assert as_told("integer", 7, zone) == "7"
