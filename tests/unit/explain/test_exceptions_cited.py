"""An exception that gives a value is cited with those that it is an exception to, and with those of equal rank that agree."""

from __future__ import annotations

import json

import pytest
from in_process import called

CONTRACT = """contract "Exceptions" version "1"
use std.plain
time zone UTC
currency CNY
conventions std.plain
term from 2026-01-01 until 2026-01-31

party Provider
party Customer

parameter price : money, at least 0 CNY

entity job
event job.done

clause 1 "Penalties"
  penalty P each month
    Provider owes Customer
    amount = price
    posted : same period

clause 2 "Exceptions"
  exception Hundred to P when price > 100 CNY
    amount = 50 CNY

  exception TwoHundred to P when price > 200 CNY
    amount = 50 CNY

clause 3 "An exception to both"
  exception ThreeHundred to Hundred, TwoHundred when price > 300 CNY
    amount = 70 CNY
"""


@pytest.fixture
def explained(tmp_path):
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
    event = {"id": "1", "type": "job.done", "subject": "J", "time": "2026-01-05T00:00:00Z"}
    (tmp_path / "e.jsonl").write_text(json.dumps(event) + "\n", encoding="utf-8")

    def explain(price, language="en"):
        code, out, said = called(
            "explain", tmp_path / "c.sla", "--events", tmp_path / "e.jsonl", "--rule", "P", "--set", f"price={price} CNY",
            "--period", "2026-01", "--as-of", "2026-03-01", "--lang", language,
        )  # fmt: skip
        assert code == 0, said
        return [line.strip() for line in out.splitlines()]

    return explain


def test_the_one_that_applies(explained):
    lines = explained(150)
    assert (
        "exception Hundred (clause 2) gives 50.00 CNY in place of price, since price is more than 100.00 CNY"
        in lines
    )
    assert not any("says the same" in line or "it is an exception" in line for line in lines)


def test_two_that_agree_are_both_cited(explained):
    lines = explained(250)
    assert (
        "exception Hundred (clause 2) gives 50.00 CNY in place of price, since price is more than 100.00 CNY"
        in lines
    )
    assert "exception TwoHundred (clause 2) says the same, since price is more than 200.00 CNY" in lines
    assert "例外 TwoHundred（条款 2） 所定相同，因为 price 大于 200.00 CNY" in explained(250, "zh")


def test_an_exception_to_both_is_the_one_that_gives_the_value(explained):
    lines = explained(350)
    assert (
        "exception ThreeHundred (clause 3) gives 70.00 CNY in place of 50.00 CNY, since price is more than 300.00 CNY"
        in lines
    )
    assert (
        "it is an exception to Hundred (clause 2), which applies since price is more than 100.00 CNY" in lines
    )
    assert (
        "it is an exception to TwoHundred (clause 2), which applies since price is more than 200.00 CNY"
        in lines
    )
    assert not any("says the same" in line for line in lines)


CLASH = """contract "Clash" version "1"
use std.plain
time zone UTC
currency CNY
conventions std.plain
term from 2026-01-01 until 2026-01-31

party Provider
party Customer

entity job
event job.done
  field a : number
  field b : number

clause 1 "Penalties"
  metric As each month
    = sum of (a of done)

  metric Bs each month
    = sum of (b of done)

  penalty P each month
    Provider owes Customer
    amount = 1 CNY
    posted : same period

  exception Product to P when As × Bs > 5
    amount = 2 CNY

  exception Total to P when As + Bs > 5
    amount = 3 CNY
"""


def test_two_that_disagree_are_told_with_what_each_says(tmp_path):
    # 3 × 3 = 9 and 3 + 3 = 6: no proof can see that a product and a sum pass their bounds together.
    (tmp_path / "c.sla").write_text(CLASH, encoding="utf-8")
    event = {
        "id": "1",
        "type": "job.done",
        "subject": "J",
        "time": "2026-01-05T00:00:00Z",
        "data": {"a": 3, "b": 3},
    }
    (tmp_path / "e.jsonl").write_text(json.dumps(event) + "\n", encoding="utf-8")

    def explained(language):
        code, out, said = called(
            "explain", tmp_path / "c.sla", "--events", tmp_path / "e.jsonl", "--rule", "P", "--period", "2026-01",
            "--as-of", "2026-03-01", "--lang", language,
        )  # fmt: skip
        assert code in {0, 1}, said
        return [line.strip() for line in out.splitlines()]

    lines = explained("en")
    assert (
        "exceptions of equal rank apply together and disagree, so nothing takes the place of 1.00 CNY"
        in lines
    )
    assert "exception Product (clause 1) says 2.00 CNY, since As × Bs is more than 5" in lines
    assert "exception Total (clause 1) says 3.00 CNY, since As + Bs is more than 5" in lines
    assert any("`Product` (2 CNY), `Total` (3 CNY)" in line for line in lines)
    assert "例外 Total（条款 1） 定为 3.00 CNY，因为 As + Bs 大于 5" in explained("zh")
