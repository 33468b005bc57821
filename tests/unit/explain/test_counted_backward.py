"""An act that must come so many days, working days or months before another one: its explanation counts backward, and adds up."""

from __future__ import annotations

import json

import in_process
import pytest

TEXT = """\
contract "Ahead" version "1"
use std.plain, std.maintenance
time zone Asia/Shanghai
counting calendar_days
conventions std.plain
party P
party C
calendar W
  mon to fri 09:00 to 18:00
obligation Told
  for each maintenance
  P owes C
  clock in W
  at closing time : closing
  announced at least {limit} before started
"""
# Announced on Tuesday 10 March 2026, begun on Wednesday 25 March: 15 days; working days 11, 12, 13, 16 … 20, 23, 24, 25 March: 11.
FACTS = [
    {"id": "1", "type": "maintenance.announced", "subject": "M", "time": "2026-03-10T17:00:00+08:00",
     "data": {"starts": "2026-03-25T10:00:00+08:00", "ends": "2026-03-25T12:00:00+08:00"}},
    {"id": "2", "type": "maintenance.started", "subject": "M", "time": "2026-03-25T10:00:00+08:00"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "language", "lines"),
    [
        (
            "10 days",
            "en",
            [
                "2026-03-15  counted backward, the anchor's day left out  10 days",
                "margin: measured 15 days − required 10 days = 5 days",
            ],
        ),
        (
            "10 days",
            "zh",
            ["2026-03-15  向前倒计，基准日不计  10 天", "余量：实测 15 天 − 要求 10 天 = 5 天"],
        ),
        (
            "5 business days",
            "en",
            # 24, 23, 20, 19, 18 March.
            [
                "2026-03-18  counted backward, the anchor's day left out  5 working days",
                "margin: measured 11 working days − required 5 working days = 6 working days",
            ],
        ),
        (
            "3 months",
            "en",
            # From 25 December: 6 + 31 + 28 + 25 = 90 days.
            [
                "2025-12-25  counted backward, the anchor's day left out  3 months",
                "the days to the last day: from 2026-03-25, not counted, to 2025-12-25: 90 days",
                "margin: measured 15 days − required 90 days = −75 days",
            ],
        ),
    ],
)
def test_the_days_are_counted_backward_and_only_so(tmp_path, limit, language, lines):
    contract, facts = tmp_path / "ahead.sla", tmp_path / "facts.jsonl"
    contract.write_text(TEXT.format(limit=limit), "utf-8")
    facts.write_text("".join(json.dumps(one) + "\n" for one in FACTS), "utf-8")
    code, out, err = in_process.called(
        "explain", contract, "--rule", "Told", "--events", facts, "--as-of", "2026-04-01", "--lang", language
    )
    assert code == 0, err
    told = [line.strip() for line in out.splitlines()]
    assert [line for line in lines if line not in told] == []
    assert not any(
        "2026-04-0" in line for line in told if line.startswith("2026-04-0")
    )  # nothing is counted forward
