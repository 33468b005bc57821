"""Where the first day counts, an explanation says so, and its figures add up with that day among them."""

from __future__ import annotations

import json

from in_process import called

CONTRACT = """contract "T" version "1"
use std.plain, std.tickets
time zone UTC
currency CNY
counting ours
conventions std.plain

counting convention ours
  same as prc_civil_code
  the first day counts
  a last day of rest stays

counting convention strict
  same as calendar_days
  a missing day is an error

party Provider
party Customer

levels priority = High

clause 1 "Answers"
  obligation Five
    for each ticket
    Provider owes Customer
    from opened until first responded
    within <= 5 days
    on reopening : frozen

  obligation Month
    for each ticket
    Provider owes Customer
    from opened until first responded
    within <= 1 month
    on reopening : frozen

  obligation Strict
    for each ticket
    Provider owes Customer
    from opened until first responded
    within <= 1 month
    counting strict
    on reopening : frozen
"""
EVENTS = [
    {"id": "1", "type": "ticket.opened", "subject": "T-1", "time": "2026-01-31T09:00:00Z", "data": {"priority": "High"}},
    {"id": "2", "type": "ticket.responded", "subject": "T-1", "time": "2026-02-02T10:00:00Z"},
]  # fmt: skip


def explained(tmp_path, rule, language):
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "e.jsonl").write_text("".join(json.dumps(one) + "\n" for one in EVENTS), encoding="utf-8")
    code, out, said = called(
        "explain", tmp_path / "c.sla", "--events", tmp_path / "e.jsonl", "--rule", rule,
        "--as-of", "2026-03-01", "--lang", language,
    )  # fmt: skip
    assert code in {0, 1}, said
    return out


def test_the_first_day_counted_is_among_those_used(tmp_path):
    # 31 January, 1 and 2 February are three of the five days.
    english, chinese = explained(tmp_path, "Five", "en"), explained(tmp_path, "Five", "zh")
    assert "the start, a day that is counted" in english
    assert "limit 5 days − measured 3 days = 2 days" in english
    assert "not counted" not in english
    assert "起算日，计入" in chinese
    # What the contract answers itself rests on no article.
    assert "art. 201" not in english
    assert "art. 203" not in english.partition("closes")[0].partition("to its 24:00")[0]


def test_a_month_with_its_first_day_is_counted_to_its_last(tmp_path):
    # 31 January to 28 February, both counted: 29 days, of which three are used.
    english = explained(tmp_path, "Month", "en")
    assert "from 2026-01-31, the first of them, to 2026-02-28: 29 days" in english
    assert "limit 29 days − measured 3 days = 26 days" in english


def test_a_day_that_the_month_lacks_is_told_by_the_convention(tmp_path):
    assert "counting convention `strict`: 2026-02 has no day 31" in explained(tmp_path, "Strict", "en")
    assert "计期方法 `strict`：2026-02 没有与 2026-01-31 对应的 31 日" in explained(tmp_path, "Strict", "zh")
