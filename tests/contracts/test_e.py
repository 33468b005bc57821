"""Contract E (after-sales network): its scenarios, half a year of events against plain arithmetic, and what the paper leaves open."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from contract_runs import CONTRACTS, run, slalang

from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import tried

HERE = CONTRACTS / "after-sales-network"
CONTRACT = HERE / "contract.sla"
EVENTS = HERE / "events.jsonl"
AS_OF = "2025-08-05"
VALUES = [
    line
    for line in (HERE / "example.values").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PRICES = {"Board": 85, "Part": 40, "Adjustment": 15}


@pytest.fixture(scope="module")
def checked():
    return program_of(str(CONTRACT))


@pytest.fixture(scope="module")
def told():
    return run(CONTRACT, EVENTS, AS_OF, *VALUES)


def events(kind):
    found = [json.loads(line) for line in EVENTS.read_text("utf-8").splitlines()]
    return [
        (one["subject"], date.fromisoformat(one["time"][:10]), one["data"])
        for one in found
        if one["type"] == kind
    ]


def quarter(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def late_lots():
    """Filed later than three days after receipt; none of these third days is a rest day (16 January, 20 February, 24 March, 15 May 2025)."""
    filed = {lot: day for lot, day, _ in events("lot.serials_filed")}
    return {lot for lot, day, _ in events("lot.entered") if (filed[lot] - day).days > 3}


def fees(forfeited):
    """Repairs at the prices of the tariff by quarter, those of forfeited lots left out."""
    lot_of = {unit: data["lot"] for unit, _, data in events("unit.sold")}
    found = Counter()
    for _, day, data in events("job.done"):
        if not forfeited(lot_of[data["unit"]], day):
            found[quarter(day)] += PRICES[data["work"]]
    return found


def metric(found, name):
    values = {one["period"]: one for one in found["metrics"] if one["rule"] == name}
    return {label: Decimal(one["value"].partition(" ")[0]) for label, one in values.items()}


def ledger(found):
    return [(one["rule"], one["period"], Decimal(one["amount"]), one["unit"]) for one in found["ledger"]]


def test_every_scenario_holds(checked):
    assert {one.scenario.title: one.missed for one in tried(checked) if one.missed} == {}


@pytest.mark.slow
def test_nothing_of_the_paper_is_missing(checked):
    found = covered(checked)
    assert (found.missing, found.unlisted, found.half_shown, found.idle) == ((), (), (), ())


def test_half_a_year_against_plain_arithmetic(told):
    late = late_lots()
    assert late == {"L-2"}
    expected = fees(lambda lot, _: lot in late)
    assert metric(told, "RepairFees") == {
        label: expected[label] for label in ("2025-Q1", "2025-Q2", "2025-Q3")
    }
    parts = Counter()
    for _, day, data in events("parcel.supplied"):
        parts[quarter(day)] += Decimal(data["cost"].split()[0])
    balance = {label: expected[label] - parts[label] for label in ("2025-Q1", "2025-Q2", "2025-Q3")}
    assert metric(told, "Balance") == balance
    # Goods are asked for on 20 June: the first quarter is paid in money, the second in whole products of 120 and the rest in money.
    pieces = balance["2025-Q2"] // 120
    assert sorted(line for line in ledger(told) if line[1] != "2025-Q3") == [
        ("BalanceInGoods", "2025-Q2", pieces, "product"),
        ("BalanceInMoney", "2025-Q1", balance["2025-Q1"], "CNY"),
        ("RestInMoney", "2025-Q2", balance["2025-Q2"] - 120 * pieces, "CNY"),
    ]
    assert told["faults"] == []


def test_who_was_late(told):
    status = {
        (one["rule"], one["subject"] or one["period"]): one["status"]
        for one in told["verdicts"]
        if one["rule"] != "Warranty"
    }
    breached = {key for key, value in status.items() if value in {"late", "overdue", "broken"}}
    assert breached == {
        ("BalanceSettled", "2025-Q2"),  # 4 August; July was the month after
        ("ChangeFiled", "V-2"),  # 24 June; a week from 16 June is 23 June
        ("Exchanged", "L-2-03"),  # 12 March; three days from 5 March are 8 March, a Saturday: 10 March
        ("NetworkFiled", "N-1"),  # 8 May; four months from 6 January are 6 May
        ("ProvincialHotline", "2025-03"),  # 11 March, 02:00 to 04:30
        ("RepairReport", "2025-03"),  # 14 April
        ("SerialsFiled", "L-2"),  # 21 February; three days from 17 February are 20 February
    }


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("forfeit_reaches=every_lot", fees(lambda _, day: day >= date(2025, 2, 21))),
        ("hundred_units=condition", fees(lambda lot, _: lot == "L-2")),
    ],
)
def test_the_other_side_of_the_dispute(reading, expected):
    # Whoever says that one late lot costs every right counts from 21 February. With L-2 the 100 units are reached: 60 + 40.
    found = run(CONTRACT, EVENTS, AS_OF, *VALUES, reading=reading)
    assert metric(found, "RepairFees") == {
        label: expected[label] for label in ("2025-Q1", "2025-Q2", "2025-Q3")
    }


def test_what_the_paper_cannot_say():
    done = slalang("check", HERE / "faithful.sla", "--format", "json")
    lines = (HERE / "faithful.sla").read_text("utf-8").splitlines()
    found = [
        (one["code"], lines[one["at"]["line"] - 1].split()[0])
        for one in json.loads(done.stdout)["diagnostics"]
        if one["severity"] == "error"
    ]
    assert found == [
        ("SLA-E0201", "amount"),  # the tariff is not there
        ("SLA-E0441", "reading"),  # the bracket
        ("SLA-E0431", "obligation"),  # which report is for which month
        ("SLA-E0501", "rebate"),  # an award without an amount
    ]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("rule", "of", "lines"),
    [
        # A year and the three dates of the repair: 18 January 2026 becomes the 21st, 368 days after 18 January 2025.
        ("Warranty", ("--subject", "L-1-01"), ["from 2026-01-18 to 2026-01-21", "368 days"]),
        ("ProvincialHotline", ("--period", "2025-03"), ["provincial_line_if_due = no (fact)", "2 h 30 min"]),
        ("BalanceInGoods", ("--period", "2025-Q2"), ["1.79 product becomes 1 product"]),
    ],
)
def test_what_is_explained_adds_up(rule, of, lines):
    sets = [part for one in VALUES for part in ("--set", one)]
    done = slalang(
        "explain", CONTRACT, "--events", EVENTS, "--as-of", AS_OF, "--rule", rule, *of, *sets, "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in lines if line not in done.stdout] == []
