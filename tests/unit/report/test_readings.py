"""What hangs on how a contract is read: what each option moves, and the range over all ways, worked out by hand."""

from __future__ import annotations

import json

import pytest
from in_process import called

from slalang.diagnostics.collector import Collector
from slalang.outcome.against_schema import misfit
from slalang.outcome.changes.readings import as_json, schema
from slalang.pipeline.readings import read_otherwise
from slalang.pipeline.running import Asked, Run
from slalang.report.restated.readings import human

# The credit is a share of a base: 10 % or 20 % of 1,000 or of 2,000. Exactly at the bound (one of two is 50 %), the third reading
# decides whether there is one at all. A fourth moves nothing.
CONTRACT = """contract "Four questions" version "1.0"
use std.plain, std.tickets
time zone UTC
currency CNY
conventions std.plain
term from 2026-03-01 until 2026-03-31

party Provider
party Customer

levels priority = High

clause 1 "Answers"
  reading hour "Is the last instant of the hour still in time?"
    option yes
    option no
    chosen yes because "within includes"

  obligation Answer
    for each ticket
    Provider owes Customer
    under hour is yes
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen

  obligation Answer
    for each ticket
    Provider owes Customer
    under hour is no
    from opened until first responded
    clock always
    within < 1 h
    on reopening : frozen

clause 2 "Credits"
  reading share "Which share?"
    option tenth
    option fifth
    chosen tenth because "it stands first"

  reading base "Of which fee?"
    option month
    option two_months
    chosen month because "it stands first"

  reading greeting "Who greets whom?"
    option one
    option other
    chosen one because "nothing hangs on it"

  let part = 10%
    under share is tenth

  let part = 20%
    under share is fifth

  let fee = 1000 CNY
    under base is month

  let fee = 2000 CNY
    under base is two_months

  let word = 1 CNY
    under greeting is one

  let word = 1 CNY
    under greeting is other

  metric OnTime each month
    = share met of Answer
    counted by : start
    when none : 100%

  credit Credit each month
    Provider owes Customer
    when OnTime < 100%
    amount = fee × part
    posted : same period

  fee Word each month
    Customer owes Provider
    amount = word
    posted : same period
"""
# T-1 is answered in exactly one hour, T-2 in two.
EVENTS = [
    {"id": "1", "type": "ticket.opened", "subject": "T-1", "time": "2026-03-02T09:00:00Z", "data": {"priority": "High"}},
    {"id": "2", "type": "ticket.responded", "subject": "T-1", "time": "2026-03-02T10:00:00Z"},
    {"id": "3", "type": "ticket.opened", "subject": "T-2", "time": "2026-03-02T09:00:00Z", "data": {"priority": "High"}},
    {"id": "4", "type": "ticket.responded", "subject": "T-2", "time": "2026-03-02T11:00:00Z"},
]  # fmt: skip


@pytest.fixture
def asked(tmp_path):
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "e.jsonl").write_text("".join(json.dumps(one) + "\n" for one in EVENTS), encoding="utf-8")
    return Asked((str(tmp_path / "c.sla"),), (str(tmp_path / "e.jsonl"),), as_of="2026-05-01")


@pytest.fixture
def found(asked):
    with Run(asked, Collector()) as run:
        return read_otherwise(run)


def test_each_option_by_itself(found):
    moved = {
        one.name: [(change.record["rule"], change.record.get("subject")) for change in one.others[0].changes]
        for one in found.readings
    }
    # T-1 is late instead of met, so the share is 0 instead of 50 %; T-2 is an hour late either way, and the credit is the same.
    assert moved["hour"] == [("Answer", "T-1"), ("OnTime", None)]
    assert moved["share"] == [("Credit", None)]
    assert moved["base"] == [("Credit", None)]
    assert moved["greeting"] == []
    sums = {one.name: [(it.before, it.after) for it in one.others[0].money] for one in found.readings}
    assert sums == {"hour": [], "share": [(100, 200)], "base": [(100, 200)], "greeting": []}


def test_the_range_is_over_all_ways_together(found):
    assert (found.ways, found.possible) == (16, 16)
    spread = {one.record["rule"]: one for one in found.spreads if one.table != "verdicts"}
    # 10 % of 1,000 up to 20 % of 2,000, which no single option comes to
    assert (spread["Credit"].low, spread["Credit"].high) == ("100", "400")
    assert (spread["OnTime"].low, spread["OnTime"].high) == ("0", "0.5")
    assert [(one.record["subject"], one.statuses) for one in found.spreads if one.table == "verdicts"] == [
        ("T-1", ("met", "late"))
    ]
    assert [(one.debtor, one.low, one.high) for one in found.totals] == [("Provider", "100", "400")]


def test_of_too_many_ways_those_are_combined_that_matter(asked, monkeypatch):
    monkeypatch.setattr("slalang.pipeline.readings.MOST_WAYS", 8)
    with Run(asked, Collector()) as run:
        found = read_otherwise(run)
    # three readings matter: eight ways; the fourth is tried by itself
    assert (found.ways, found.possible) == (9, 16)
    assert ("100", "400") in {(one.low, one.high) for one in found.spreads}
    assert (
        "9 of 16 ways: each option by itself, and combined with one another only those of hour, share, base"
        in human(found)
    )
    monkeypatch.setattr("slalang.pipeline.readings.MOST_WAYS", 7)
    with Run(asked, Collector()) as run:
        found = read_otherwise(run)
    assert (found.ways, found.combined) == (5, ())
    assert "too many to be combined" in human(found)
    assert ("100", "200") in {(one.low, one.high) for one in found.spreads}


def test_it_is_published_and_told_in_both_languages(found):
    data = json.loads("".join(as_json(found)))
    assert misfit(data, schema()) is None
    english, chinese = human(found), human(found, "zh")
    assert "Readings that move nothing here: greeting" in english
    assert "Provider owes Customer: 100.00 CNY to 400.00 CNY, owed" in english
    assert "Answer T-1: met or late" in english
    assert "Answer T-1：达标或迟延" in chinese
    assert "在此没有影响的解读：greeting" in chinese


def test_the_command_says_whether_a_reading_matters(asked):
    facts = ("--events", asked.events[0], "--each-reading", "--lang", "en")
    code, out, _ = called("run", asked.contracts[0], *facts, "--as-of", "2026-05-01")
    assert code == 1
    assert "Readings that matter" in out
    code, out, _ = called("run", asked.contracts[0], *facts, "--as-of", "2026-03-01", "--format", "json")
    assert (code, json.loads(out)["ranges"]) == (0, [])
    code, _, said = called("run", asked.contracts[0], *facts, "--as-of", "2026-05-01", "--format", "csv")
    assert code == 2
    assert "--each-reading" in said
