"""Retail supply, articles 34 to 71: the tables of service, penalties and rebates against plain arithmetic, and the paper's clashes."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest
from contract_runs import CONTRACTS, findings, slalang
from days_of_2009 import DAY, days_after, is_working, working_days_after

HERE = CONTRACTS / "retail-supply"
CONTRACT = HERE / "contract.sla"
BOOKS = HERE / "service"
AS_OF = datetime(2009, 7, 31, 12)  # noqa: DTZ001  the books are kept in local time
CENT = Decimal("0.01")


def rows(name: str) -> list[dict[str, str]]:
    """One of the books."""
    with (BOOKS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def on(text: str) -> date | None:
    """The day of an entry; blank is none."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").date() if text else None  # noqa: DTZ007


def status(done: date | None, last: date) -> str:
    """How a duty with a last day stands."""
    if done is None:
        return "overdue" if last < AS_OF.date() else "pending"
    return "met" if done <= last else "late"


@cache
def outcome(*readings: str) -> dict[str, Any]:
    """The whole outcome of the books, under these readings."""
    options = [part for one in readings for part in ("--reading", one)]
    options += [part for file in sorted(BOOKS.glob("*.csv")) for part in ("--events", str(file))]
    done = slalang(
        "run", CONTRACT, "--bindings", HERE / "service.toml", "--values", HERE / "agreed.values",
        "--as-of", "2009-07-31 12:00", "--format", "json", *options,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def statuses(rule: str, *readings: str) -> dict[str, str]:
    """How each case of a rule stands."""
    return {one["subject"]: one["status"] for one in outcome(*readings)["verdicts"] if one["rule"] == rule}


def money(rule: str, *readings: str, by: str = "subject") -> dict[str, tuple[Decimal, str]]:
    """What each line of a rule comes to, and what became of it."""
    return {
        one[by]: (Decimal(one["amount"]), one["status"])
        for one in outcome(*readings)["ledger"]
        if one["rule"] == rule
    }


@cache
def service(exchange_days: int) -> dict[str, dict[str, str]]:
    """Fetching, exchange and repair of each piece that was noticed in its seven or fifteen days, or in its warranty."""
    found: dict[str, dict[str, str]] = {"Collection": {}, "ExchangeInTime": {}, "RepairInTime": {}}
    for row in rows("pieces"):
        sold, noticed, done = on(row["SOLD"]), on(row["NOTICED"]), on(row["DONE_AT"])
        window = {"refund": 7, "exchange": 15, "repair": 360}.get(row["REMEDY"])
        if noticed is None or window is None or sold is None or noticed > days_after(sold, window):
            continue
        found["Collection"][row["PIECE"]] = status(on(row["COLLECTED"]), days_after(noticed, 2))
        if row["REMEDY"] == "exchange":
            found["ExchangeInTime"][row["PIECE"]] = status(done, days_after(noticed, exchange_days))
        if row["REMEDY"] == "repair":
            found["RepairInTime"][row["PIECE"]] = status(done, days_after(noticed, 5))
    return found


@pytest.mark.parametrize(("readings", "days"), [((), 2), (("exchange_time=five_days",), 5)])
def test_service_is_in_time_as_the_days_say(readings, days):
    for rule, expected in service(days).items():
        assert statuses(rule, *readings) == expected
    assert {word for found in service(days).values() for word in found.values()} == {"met", "late", "overdue"}


def test_each_failure_costs_a_thousand_or_each_piece_does():
    failed = {
        rule: {piece for piece, word in found.items() if word in {"late", "overdue"}}
        for rule, found in service(2).items()
    }
    sums = {"Collection": "NotFetched", "ExchangeInTime": "NotExchanged", "RepairInTime": "NotRepaired"}
    for rule, amount in sums.items():
        assert money(amount) == {piece: (Decimal(1000), "posted") for piece in failed[rule]}
    posted = [
        piece
        for amount in sums.values()
        for piece, (_, word) in money(amount, "failures=each_piece").items()
        if word == "posted"
    ]
    assert sorted(posted) == sorted(set().union(*failed.values()))
    assert len(posted) < sum(len(found) for found in failed.values())


MULTIPLES = {
    "TenTimes": (10, {"false_claim", "infringement", "suspected"}),
    "ThirtyTimes": (30, {"counterfeit", "grey_import", "infringement"}),
    "TwentyTimes": (20, {"used", "defective", "incomplete"}),
}


@pytest.mark.parametrize(
    "readings", [(), ("overlap=both",), ("defect_penalty=every_defect",), ("damages_base=lot",)]
)
def test_findings_cost_multiples_of_the_end_price(readings):
    lots = {row["LOT"]: int(row["QUANTITY"]) for row in rows("lots")}
    for rule, (multiple, kinds) in MULTIPLES.items():
        expected = {}
        for row in rows("findings"):
            told, cured = on(row["TOLD"]), on(row["TAKEN_BACK"]) or on(row["EXCHANGED"])
            assert told
            cures = rule == "TwentyTimes" and "defect_penalty=every_defect" not in readings
            if row["KIND"] not in kinds or (cures and status(cured, days_after(told, 5)) == "met"):
                continue
            pieces = lots[row["LOT"]] if "damages_base=lot" in readings else int(row["PIECES"])
            displaced = (
                rule == "TenTimes" and row["KIND"] == "infringement" and "overlap=both" not in readings
            )
            sum_ = Decimal(row["END_PRICE"]) * multiple * pieces
            expected[row["FINDING"]] = (sum_, "displaced" if displaced else "posted")
        assert money(rule, *readings) == expected


@pytest.mark.parametrize("working", [False, True])
def test_late_orders_cost_five_per_mille_a_day_and_five_per_cent(working):
    late, five, cancelled = {}, {}, set()
    for row in rows("orders"):
        wanted, value = date.fromisoformat(row["DELIVER_ON"]), Decimal(row["VALUE"])
        done = on(row["ARRIVED"]) or on(row["CANCELLED"])
        end = done or AS_OF.date()
        days = [wanted + n * DAY for n in range(1, (end - wanted).days + 1)]
        counted = [day for day in days if is_working(day) or not working]
        if counted:
            late[row["ORDER"]] = (
                value * len(counted) * Decimal("0.005"),
                "posted" if done else "provisional",
            )
        if end > working_days_after(wanted, 5):
            five[row["ORDER"]] = (value * Decimal("0.05"), "posted")
            cancelled |= {row["ORDER"]} if row["CANCELLED"] else set()
    readings = ("late_days=working_days",) if working else ()
    assert money("LateDelivery", *readings) == late
    assert money("FivePerCent", *readings) == five
    used = {
        one["subject"]: one["status"] for one in outcome(*readings)["rights"] if one["rule"] == "CancelOrder"
    }
    assert used == {order: "exercised" if order in cancelled else "exercisable" for order in five}


def test_penalties_are_paid_by_58_or_by_61():
    special: dict[str, dict[str, str]] = {"GoodNamePaid": {}, "PenaltyPaid": {}}
    general = {}
    for row in rows("notes"):
        issued, received, paid = on(row["ISSUED"]), on(row["RECEIVED"]), on(row["PAID"])
        assert issued
        assert received
        general[row["NOTE"]] = status(paid, days_after(received, 5))
        if row["KIND"] == "good_name":
            special["GoodNamePaid"][row["NOTE"]] = status(paid, days_after(issued, 10))
        else:
            special["PenaltyPaid"][row["NOTE"]] = general[row["NOTE"]]
    for rule, expected in special.items():
        assert statuses(rule) == expected
    assert statuses("PenaltyPaid", "penalty_days=general") == general
    assert general["P-2"] != special["GoodNamePaid"]["P-2"]


def tier(sales: Decimal, how: str) -> Decimal:
    """The rebate of a month by its sales: the highest rate on all, each rate on its slice, or every rate reached on all."""
    steps = [(100_000, 2), (300_000, 3), (500_000, 5)]
    reached = [(low, rate) for low, rate in steps if sales >= low]
    if how == "flat":
        return sales * (reached[-1][1] if reached else 0) / 100
    if how == "added":
        return sales * sum(rate for _, rate in reached) / 100
    ends = [low for low, _ in steps[1:]] + [10**12]
    return sum(
        (min(sales, Decimal(end)) - low) * rate / 100
        for (low, rate), end in zip(steps, ends, strict=True)
        if sales >= low
    ) or Decimal(0)


@pytest.mark.parametrize("how", ["flat", "sliced", "added"])
def test_rebates_follow_the_purchases(how):
    sales: dict[str, Decimal] = {}
    moved: dict[str, Decimal] = {}
    for row in rows("lots"):
        month = row["ENTERED"][:7]
        sales[month] = sales.get(month, Decimal(0)) + int(row["QUANTITY"]) * Decimal(row["UNIT_PRICE"])
    for row in rows("transfers"):
        moved[row["MADE"][:7]] = moved.get(row["MADE"][:7], Decimal(0)) + Decimal(row["VALUE"])

    def cents(found: dict[str, Decimal]) -> dict[str, Decimal]:
        return {month: one.quantize(CENT, ROUND_HALF_UP) for month, one in found.items() if one}

    readings = (f"tiers={how}",)
    lines = {
        rule: {month: amount for month, (amount, _) in money(rule, *readings, by="period").items()}
        for rule in ("BySales", "Unconditional", "Distribution")
    }
    assert lines["BySales"] == cents({month: tier(one, how) for month, one in sales.items()})
    assert lines["Unconditional"] == cents({month: one * 3 / 100 for month, one in sales.items()})
    assert lines["Distribution"] == cents({month: one * 3 / 100 for month, one in moved.items()})


def test_the_paper_as_written_clashes_where_it_does():
    """Rules of one name with two limits (45 and 47, 58 and 61), figures for capitals (40), two terms (69), rows that contradict (34 and 35, 52)."""
    assert findings(HERE / "penalties-as-written.sla") == {
        ("SLA-E0311", 'amount = from_capitals("人民币3000元整")'),
        ("SLA-E0202", "obligation Exchange"),
        ("SLA-E0202", "obligation PenaltyPaid"),
        ("SLA-E0506", "term from signed until 2009-12-31"),
    }
    assert findings(HERE / "tables-as-written.sla") == {
        ("SLA-E0402", "| Infringement, NotGenuine | 30 |"),
        ("SLA-E0402", "| >= 300000 CNY | 3% |"),
        ("SLA-E0402", "| >= 500000 CNY | 5% |"),
    }
