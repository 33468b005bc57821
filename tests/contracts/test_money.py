"""Contracts about money: every scenario holds in both languages; the values are worked out beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from in_process import called

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.explain.focus import on_amount
from slalang.explain.from_outcome import explanations
from slalang.explain.wording.numbers import quantity
from slalang.outcome.records import Quantity
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import evaluated, tried
from slalang.report.as_text import text
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

FOLDER = Path(__file__).parent / "money"
CONTRACTS = sorted(FOLDER.glob("*.sla"))


def missed(source):
    collector = Collector()
    checked = check(source, collector)
    assert [(one.code, one.at and one.at.line) for one in collector.sorted()] == []
    results = list(tried(checked))
    assert results
    return [(one.scenario.title, one.missed) for one in results if one.missed]


def explained(path):
    """An explanation of every ledger line of every scenario; `explanations` itself refuses one that does not add up."""
    collector = Collector()
    checked = check(open_source(path), collector)
    for scenario in checked.scenarios:
        for line in evaluated(checked.program, scenario).ledger:
            again = evaluated(checked.program, scenario, on_amount(line))
            (found,) = explanations(checked.program, again, about=line)
            yield line, found


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_every_line_is_explained_in_both_languages_and_adds_up(path):
    for line, explanation in explained(path):
        for language in ("en", "zh"):
            told = text(explanation, language)
            assert line.rule in told
            if line.amount is not None:
                assert quantity(Quantity(f"amount:{line.unit}", line.amount), language) in told


def lines_of(path, title, rule, language="en"):
    return [
        [part.strip() for part in text(explanation, language).splitlines()]
        for line, explanation in explained(path)
        if line.rule == rule and title in {line.subject, line.period and line.period.label}
    ]


def test_what_a_cap_leaves_is_told():
    told = lines_of(FOLDER / "caps.sla", "F-8", "Loss")[0]
    # 150 in all, of which 80 + 20 + 0 + 35 = 135 were posted before; the four of nothing used nothing.
    assert (
        "cap Liability: 150.00 EUR, less 135.00 EUR posted before, leave 15.00 EUR: 40.00 EUR becomes 15.00 EUR"
        in told
    )
    chinese = lines_of(FOLDER / "caps.sla", "2025-07", "Kept", "zh")[0]
    # 4 × 10 are not more than 20 and the 20 left over from April to June.
    assert not any("封顶" in line for line in chinese)


def test_stretches_of_equal_days_are_told():
    (told, *_) = lines_of(FOLDER / "late_interest.sla", "I-1", "LateInterest")
    assert "in all, 41 days late: 139.00 CNY" in told
    assert any(line.split()[:3] == ["2026-04-02", "2026-04-20", "19"] for line in told)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_the_scenarios_hold_in_both_languages(path):
    source = open_source(path)
    assert format_text(source) == source.text
    assert missed(source) == []
    assert missed(SourceFile(path.name, format_text(source, "zh"))) == []


def test_units_do_not_add():
    source = open_source(FOLDER / "units.sla")
    text_of = source.text.replace("amount = gift + hours × voucher", "amount = gift + 5 EUR")
    collector = Collector()
    check(SourceFile("units.sla", text_of), collector)
    line = text_of.splitlines().index("    amount = gift + 5 EUR") + 1
    assert [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"] == [
        ("SLA-E0301", line)
    ]


def test_a_claim_is_told_with_its_date_and_window():
    lapsed, claimed = (lines_of(FOLDER / "claims_by.sla", "2026-01", "Own")[i] for i in range(2))
    assert "nobody claimed it from Sun 2026-02-01 00:00 until the end of Fri 2026-02-20" in lapsed
    assert (
        "claimed Fri 2026-02-20 23:59 by fact-3; it could be claimed from Sun 2026-02-01 00:00 until the end of Fri 2026-02-20"
        in claimed
    )
    assert "the contract says that there is no other remedy" in claimed
    chinese = lines_of(FOLDER / "claims_by.sla", "2026-01", "Own", "zh")[1]
    assert "合同写明别无其他救济" in chinese


def test_a_cap_is_told_with_its_formula():
    """43.33 / 4 + 1 = 11.8325 is less than 21.665."""
    told = lines_of(FOLDER / "read_amounts.sla", "2025-01", "Levy")[0]
    assert "10.8325 EUR + 1.00 EUR = 11.8325 EUR" in told
    assert "at most: 21.665 EUR becomes 11.8325 EUR" in told


def test_what_is_carried_over_is_told_on_both_lines():
    lines = lines_of(FOLDER / "carried_excess.sla", "F-1", "Damages")
    assert "the excess of 150.00 EUR goes over to the next period" in lines[0]
    assert any("carried over from 2025, whose cap cut it off" in line for line in lines[1:])


PAID = """\
id,type,subject,time,value
i1,invoice.issued,I-1,2026-03-01T09:00:00Z,1000
p1,payment.made,P-1,2026-03-15T12:00:00Z,100
p2,payment.made,P-2,2026-03-20T12:00:00Z,1003.60
"""


def test_what_a_payment_a_day_earlier_would_have_changed_is_told(tmp_path):
    """12 to 15 March: 4 × 10 = 40; of the 100 paid then 60 go to the price: 940. 16 to 20 March: 5 × 9.40 = 47. Paid on the 19th: 4 × 9.40 = 37.60."""
    events = tmp_path / "paid.csv"
    events.write_text(PAID, encoding="utf-8")
    contract = str(FOLDER / "unpaid.sla")
    asked = [
        "explain",
        contract,
        "--rule",
        "Late",
        "--subject",
        "I-1",
        "--events",
        str(events),
        "--as-of",
        "2026-03-22",
    ]
    _, told, _ = called(*asked)
    assert "2026-03-16  2026-03-20  5 × 9.40 CNY   47.00 CNY  87.00 CNY" in told
    assert (
        "had p2 come a day earlier, at Thu 2026-03-19 12:00, Late would be 77.60 CNY in place of 87.00 CNY"
        in told
    )
