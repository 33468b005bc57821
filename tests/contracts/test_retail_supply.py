"""The retail supply contract: its scenarios, its tables of 2009 against plain arithmetic, each reading the other way, the paper's own defects."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from contract_runs import CONTRACTS, findings, slalang
from days_of_2009 import DAY, days_after, is_working, working_days_after

from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import tried

HERE = CONTRACTS / "retail-supply"
CONTRACT = HERE / "contract.sla"
BOOKS = HERE / "2009"
AS_OF = datetime(2009, 7, 31)  # noqa: DTZ001  the books are kept in local time
STATUTORY = {date(2009, 4, 4), date(2009, 5, 1), date(2009, 5, 28)}


def rows(name: str) -> list[dict[str, str]]:
    """One of the books."""
    with (BOOKS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(text: str) -> datetime | None:
    """An instant of the books; blank is none."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M") if text else None  # noqa: DTZ007


def month_ends(day: date) -> bool:
    """Whether it is the last day of its month."""
    return (day + DAY).day == 1


def settlement_day(day: date, days: str) -> date:
    """The day itself or the next on which the retailer pays; then the law's own rest days."""
    while month_ends(day) or (day in STATUTORY if days == "any_day" else not 5 <= day.day <= 10):
        day += DAY
    return days_after(day, 0)


def status(done: datetime | None, last: date) -> str:
    """How a duty with a last day stands on the day of the question."""
    if done and done <= AS_OF:
        return "met" if done.date() <= last else "late"
    return "overdue" if AS_OF.date() > last else "pending"


def books() -> list[str]:
    """The options that name the tables."""
    return [part for file in sorted(BOOKS.glob("*.csv")) for part in ("--events", str(file))]


@cache
def outcome(*readings: str) -> dict[str, Any]:
    """The whole outcome of the books at the end of July, under these readings."""
    options = [part for one in readings for part in ("--reading", one)]
    done = slalang(
        "run", CONTRACT, *books(), "--bindings", HERE / "bindings.toml", "--values", HERE / "agreed.values",
        "--as-of", "2009-07-31", "--format", "json", *options,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr + done.stdout
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def statuses(rule: str, *readings: str) -> dict[str, str]:
    """How each case of a rule stands."""
    return {one["subject"]: one["status"] for one in outcome(*readings)["verdicts"] if one["rule"] == rule}


def last_days(rule: str, *readings: str) -> dict[str, date]:
    """The last day of each case of a rule: a deadline at midnight ends the day before."""
    return {
        one["subject"]: (datetime.fromisoformat(one["deadline"]) - timedelta(microseconds=1)).date()
        for one in outcome(*readings)["verdicts"]
        if one["rule"] == rule and one["deadline"]
    }


def money(rule: str, *readings: str) -> dict[str, Decimal]:
    """What is posted, by what it is for."""
    return {
        one["subject"]: Decimal(one["amount"]) for one in outcome(*readings)["ledger"] if one["rule"] == rule
    }


@cache
def payments(credit_from: str, days: str, *, invoice: bool = True) -> dict[str, tuple[date, str]]:
    """The last day for paying each lot, and how that stands: 45 days, then 7 working days from the last of three (or two) things."""
    found = {}
    lots = {row["LOT"]: row for row in rows("lots")}
    issued = {row["LOT"]: at(row["ISSUED"]) for row in rows("invoices")}
    for row in rows("settlements"):
        lot = row["LOT"]
        begun, confirmed, paid = at(lots[lot][credit_from]), at(row["CONFIRMED"]), at(row["PAID"])
        assert begun
        assert confirmed
        credit = days_after(begun.date(), 45)
        needed = [credit, confirmed.date()]
        if invoice:
            bill = issued[lot]
            if bill is None or bill > AS_OF:
                continue
            needed.append(bill.date())
        if paid and paid.date() <= credit:
            continue
        last = settlement_day(working_days_after(max(needed), 7), days)
        found[lot] = (last, status(paid, last))
    return found


@pytest.fixture(scope="module")
def checked():
    return program_of(str(CONTRACT))


@pytest.fixture(scope="module")
def results(checked):
    return list(tried(checked))


def test_every_scenario_holds(results):
    assert {one.scenario.title: one.missed for one in results if one.missed} == {}


def test_no_article_is_missing_and_every_rule_is_shown_kept_and_broken(checked, results):
    found = covered(checked, results, every=False)
    assert (found.missing, found.unlisted, found.half_shown, found.idle) == ((), (), (), ())


def test_orders_are_answered_and_delivered_as_the_order_book_says():
    arrived = {row["ORDER"]: at(row["ENTERED"]) for row in rows("lots")}
    answered, delivered = {}, {}
    for row in rows("orders"):
        placed = at(row["PLACED"])
        assert placed
        answered[row["ORDER"]] = status(at(row["ANSWERED"]), days_after(placed.date(), 1))
        wanted = date.fromisoformat(row["DELIVER_ON"])
        gone = at(row["WITHDRAWN"])
        in_time = gone is not None and gone.date() <= wanted - DAY
        delivered[row["ORDER"]] = "void" if in_time else status(arrived.get(row["ORDER"]), wanted)
    assert statuses("Answer") == answered
    assert statuses("Delivery") == delivered
    assert set(answered.values()) == {"met", "late", "overdue"}
    assert set(delivered.values()) == {"met", "late", "void"}


@pytest.mark.parametrize(
    ("readings", "credit_from", "days"),
    [
        ((), "ACCEPTED", "any_day"),
        (("credit_start=entry",), "ENTERED", "any_day"),
        (("settlement_day=reconciliation_days",), "ACCEPTED", "reconciliation_days"),
    ],
)
def test_payment_falls_due_on_the_day_that_plain_arithmetic_finds(readings, credit_from, days):
    expected = payments(credit_from, days)
    assert last_days("Payment", *readings) == {lot: last for lot, (last, _) in expected.items()}
    assert statuses("Payment", *readings) == {lot: word for lot, (_, word) in expected.items()}
    assert len(expected) == 14  # I-11 was denied, I-17 comes in August


def test_the_readings_of_credit_and_settlement_day_part_the_parties():
    chosen = payments("ACCEPTED", "any_day")
    assert [lot for lot, found in payments("ENTERED", "any_day").items() if found[0] != chosen[lot][0]] != []
    # Days 5 to 10 only: later days, and never more delays.
    other = payments("ACCEPTED", "reconciliation_days")
    assert all(other[lot][0] >= chosen[lot][0] for lot in chosen)
    assert sum(word == "late" for _, word in other.values()) < sum(
        word == "late" for _, word in chosen.values()
    )


def test_without_the_invoice_first_two_more_payments_are_judged():
    two = {lot: last for lot, (last, _) in payments("ACCEPTED", "any_day", invoice=False).items()}
    assert set(statuses("Payment", "invoice_order=together")) == set(two)
    # An invoice that came before the end of the credit changes nothing: the same last day.
    issued = {row["LOT"]: at(row["ISSUED"]) for row in rows("invoices")}
    accepted = {row["LOT"]: at(row["ACCEPTED"]) for row in rows("lots")}
    early = {
        lot
        for lot, bill in issued.items()
        if bill and (begun := accepted[lot]) and bill.date() <= days_after(begun.date(), 45)
    }
    found = last_days("Payment", "invoice_order=together")
    assert {lot: found[lot] for lot in early if lot in two} == {lot: two[lot] for lot in early if lot in two}
    assert len(early & set(two)) >= 5


def in_stock(lot: str, when: datetime) -> int:
    """What of a lot is not sold at an instant."""
    came = next(int(row["QUANTITY"]) for row in rows("lots") if row["LOT"] == lot)
    left = [
        int(row["QUANTITY"]) for row in rows("sales") if row["LOT"] == lot and (at(row["AT"]) or when) < when
    ]
    return came - sum(left)


def test_price_protection_is_the_difference_on_what_is_unsold_or_was_bought():
    unsold, bought = {}, {}
    for row in rows("price-cuts"):
        fall = Decimal(row["BEFORE"]) - Decimal(row["NOW"])
        when = at(row["AT"])
        assert when
        unsold[row["CUT"]] = fall * in_stock(row["LOT"], when)
        bought[row["CUT"]] = fall * in_stock(row["LOT"], datetime(2009, 3, 1))  # noqa: DTZ001
    assert money("PriceProtection") == unsold
    assert money("PriceProtection", "protected_quantity=purchased") == bought
    assert sum(unsold.values()) < sum(bought.values())


def test_a_denied_and_an_invalid_invoice_cost_the_value_of_the_goods():
    # I-03 (1,400.00) is found invalid on 15 July; I-11 (8,000.00) is denied.
    assert money("InvalidInvoice") == {"I-03": Decimal(1400), "I-11": Decimal(8000)}


@pytest.mark.parametrize("reading", ["calendar_days", "working_days"])
def test_late_deliveries_cost_five_per_mille_for_each_day(reading):
    orders = {row["ORDER"]: row for row in rows("orders")}
    expected = {}
    for row in rows("lots"):
        order, came = orders[row["ORDER"]], at(row["ENTERED"])
        assert came
        wanted = date.fromisoformat(order["DELIVER_ON"])
        late = [wanted + n * DAY for n in range(1, (came.date() - wanted).days + 1)]
        if late:
            days = len(late) if reading == "calendar_days" else sum(is_working(day) for day in late)
            expected[row["ORDER"]] = Decimal(order["VALUE"]) * days * 5 / 1000
    assert money("LateDelivery", f"late_days={reading}") == expected
    # O-02: 18 to 23 March, of which the 21st and 22nd are a weekend: 2,400 × 0.5 % × 5, or × 3.
    assert expected["O-02"] == (60 if reading == "calendar_days" else 36)


def test_the_unconditional_rebate_is_three_per_cent_of_what_came_in_each_month():
    came: dict[str, Decimal] = {}
    for row in rows("lots"):
        month = row["ENTERED"][:7]
        came[month] = came.get(month, Decimal(0)) + int(row["QUANTITY"]) * Decimal(row["UNIT_PRICE"])
    found = {
        one["period"]: Decimal(one["amount"]) for one in outcome()["ledger"] if one["rule"] == "Unconditional"
    }
    assert found == {month: value * 3 / 100 for month, value in came.items()}
    assert found["2009-03"] == 378  # 6,400 + 2,400 + 1,400 + 2,400 = 12,600


def test_what_is_open_in_all_is_confirmed_less_paid_less_set_off():
    confirmed = sum(Decimal(row["VALUE"]) for row in rows("settlements"))
    paid = sum(Decimal(row["PAID_VALUE"] or 0) for row in rows("settlements"))
    cut = sum(money("PriceProtection").values())
    balances = [one for one in outcome()["balances"] if one["debtor"] == "Retailer"]
    assert sum(Decimal(one["open"]) for one in balances) == confirmed - paid - cut
    assert money("GoodsPrice") == {row["SETTLEMENT"]: Decimal(row["VALUE"]) for row in rows("settlements")}


def test_reconciliation_falls_into_its_window():
    found = {one["period"]: one["status"] for one in outcome()["verdicts"] if one["rule"] == "Reconciliation"}
    # March on the 9th, April on the 10th, May on the 11th, June on the 5th; July on the 3rd is too early and counts for nothing.
    assert found == {
        "2009-03": "met",
        "2009-04": "met",
        "2009-05": "late",
        "2009-06": "met",
        "2009-07": "overdue",
    }
    assert [fault["code"] for fault in outcome()["faults"]] == ["SLA-E0702"]


def test_slow_stock_is_stock_that_thirty_days_did_not_sell():
    slow = set()
    for row in rows("lots"):
        begun = at(row["ENTERED"])
        assert begun
        end = days_after(begun.date(), 30) + DAY
        if in_stock(row["LOT"], datetime(end.year, end.month, end.day)) > 0:  # noqa: DTZ001
            slow.add(row["LOT"])
    assert {lot for lot, word in statuses("Sold").items() if word in {"late", "overdue"}} == slow
    told = {row["LOT"] for row in rows("complaints") if row["ABOUT"] == "slow"}
    assert set(statuses("SlowCured")) == told & slow == told


def test_options_that_were_not_ticked_are_said_to_be_dead():
    done = slalang(
        "run", CONTRACT, *books(), "--bindings", HERE / "bindings.toml", "--values", HERE / "agreed.values",
        "--as-of", "2009-07-31",
    )  # fmt: skip
    for rule in ("AnswerUnderSeal", "SlowTakenBack", "SlowExchanged", "SlowOnOffer", "SamplePrice"):
        assert rule in done.stderr
        assert statuses(rule) == {}


def test_the_ceiling_of_the_price_is_another_under_each_article(tmp_path):
    events = [
        ("lot.entered", "L-1", "2009-03-02T10:00:00+08:00", {"quantity": 1, "unit_price": "100 CNY"}),
        ("price.compared", "P-1", "2009-03-03T10:00:00+08:00",
         {"lot": "L-1", "paid": "100 CNY", "other": "90 CNY", "same_place": True, "same_volume": False}),
    ]  # fmt: skip
    file = tmp_path / "events.jsonl"
    lines = [
        json.dumps({"id": str(n), "type": kind, "subject": subject, "time": time, "data": data})
        for n, (kind, subject, time, data) in enumerate(events)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {}
    for option in ("lowest_local", "same_volume", "best_in_market"):
        done = slalang(
            "run", CONTRACT, "--events", file, "--values", HERE / "agreed.values", "--as-of", "2010-01-02",
            "--reading", f"price_standard={option}", "--format", "json",
        )  # fmt: skip
        verdicts = json.loads(done.stdout)["verdicts"]
        found[option] = next(one["status"] for one in verdicts if one["rule"] == "SupplyPrice")
    assert found == {"lowest_local": "broken", "same_volume": "met", "best_in_market": "broken"}


def test_the_papers_own_clashes_are_found():
    assert findings(HERE / "faithful.sla") == {
        ("SLA-E0202", "prohibition SupplyPrice"),  # articles 17 and 23 after 4
        ("SLA-E0202", "measured CreditTerm"),  # article 27 after 12
        ("SLA-E0209", "roll to the next open day of SettlementDays, not the last day of a month"),
        ("SLA-E0202", "obligation Payment"),  # article 33 after 29
    }


def test_definitions_that_no_article_uses_are_found():
    done = slalang("check", HERE / "definitions.sla", "--format", "json")
    lines = (HERE / "definitions.sla").read_text(encoding="utf-8").split("\n")
    found = {
        (item["code"], lines[item["at"]["line"] - 1].split()[1])
        for item in json.loads(done.stdout)["diagnostics"]
    }
    names = ("special_supply_price", "credit_limit", "cash_on_delivery", "money_received", "exclusive_models")
    assert found == {("SLA-L0201", name) for name in names}
