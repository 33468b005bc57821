"""Contracts H (a chain of agreements): scenarios, chains, offers, and a quarter of events against plain arithmetic."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from contract_runs import CONTRACTS, findings, slalang

from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import tried

HERE = CONTRACTS / "cloud-sla-chain"
CONTRACT = HERE / "contract.sla"
EVENTS = HERE / "events.jsonl"


@pytest.mark.parametrize("name", ["network", "cloud", "contract"])
def test_every_scenario_holds_and_nothing_is_missing(name):
    checked = program_of(str(HERE / f"{name}.sla"))
    assert {one.scenario.title: one.missed for one in tried(checked) if one.missed} == {}
    found = covered(checked)
    assert (found.missing, found.unlisted, found.half_shown, found.idle) == ((), (), (), ())


def test_each_need_of_an_agreement_is_met():
    assert all(names for _, names in covered(program_of(str(CONTRACT))).needs)


def test_the_chains():
    done = slalang("show", "chains", CONTRACT)
    assert done.returncode == 0
    # Gold promises most: 99.8 % against 99.9 % bought; and 4 h, the shortest, against 4 h.
    assert "100% - (0.1%) = 99.9% >= 99.8%" in done.stdout
    assert "4 h = 4 h <= 4 h" in done.stdout
    # 100 - (0.05 + 0.1) = 99.85 against 99.9; 2 h + 4 h = 6 h against 5 h.
    told = findings(HERE / "faithful.sla")
    assert {one for one in told if one[0] == "SLA-E0451"} == {
        ("SLA-E0451", "chain Service"),
        ("SLA-E0451", "chain Repair"),
    }
    shown = slalang("show", "chains", HERE / "faithful.sla")
    assert "100% - (0.05% + 0.1%) = 99.85% < 99.9%" in shown.stdout
    assert "2 h + 4 h = 6 h > 5 h" in shown.stdout


PRICES = {
    "gold": (Fraction("0.998"), 20000, Fraction(20, 100), Fraction(1), Fraction(2, 100)),
    "silver": (Fraction("0.995"), 12000, Fraction(15, 100), Fraction(9, 10), Fraction(2, 100)),
    "bronze": (Fraction("0.99"), 8000, Fraction(10, 100), Fraction(8, 10), Fraction(0)),
}


def test_offers_against_plain_arithmetic():
    files = [HERE / "offers" / f"{name}.values" for name in PRICES]
    done = slalang(
        "offer",
        CONTRACT,
        *files,
        "--events",
        EVENTS,
        "--as-of",
        "2026-07-01T00:00:00+08:00",
        "--format",
        "json",
    )
    assert done.returncode == 0
    events = [json.loads(line) for line in EVENTS.read_text("utf-8").splitlines()]
    begun = {
        one["subject"]: datetime.fromisoformat(one["time"])
        for one in events
        if one["type"] == "outage.started"
    }
    runs = [
        (begun[one["subject"]], datetime.fromisoformat(one["time"]))
        for one in events
        if one["type"] == "outage.ended"
    ]
    months = [datetime.fromisoformat(f"2026-{month:02}-01T00:00:00+08:00") for month in (3, 4, 5, 6, 7)]
    for (name, (level, price, share, kept, reward)), found in zip(
        PRICES.items(), json.loads(done.stdout), strict=True
    ):
        paid = back = Fraction(0)
        for start, end in itertools.pairwise(months):
            lost = sum((max(min(b, end) - max(a, start), timedelta()) for a, b in runs), timedelta())
            available = 1 - Fraction(lost // timedelta(seconds=1), (end - start) // timedelta(seconds=1))
            paid += price * kept + (price * reward if available > level + (1 - level) / 2 else 0)
            back += price * share if available < level else 0
        owed = {(one["debtor"], one["creditor"]): Fraction(one["amount"]) for one in found["owed"]}
        assert (name, owed["User", "Provider"], owed.get(("Provider", "User"), 0)) == (name, paid, back)


def test_the_other_reading_of_a_violation():
    arguments = [
        "run",
        CONTRACT,
        "--values",
        HERE / "offers/silver.values",
        "--events",
        EVENTS,
        "--as-of",
        "2026-07-01T00:00:00+08:00",
        "--format",
        "json",
    ]

    def counted(*more):
        found = json.loads(slalang(*arguments, *more).stdout)["metrics"]
        return {one["period"]: one["value"] for one in found if one["rule"] == "Violations"}

    # All four last longer than 30 min; the user found the first and the third.
    assert counted() == {"2026-03": "0", "2026-04": "1", "2026-05": "1", "2026-06": "2", "2026-07": "0"}
    assert counted("--reading", "found_first=user_only") == {
        "2026-03": "0",
        "2026-04": "1",
        "2026-05": "0",
        "2026-06": "1",
        "2026-07": "0",
    }
