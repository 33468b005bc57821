"""Checks of public status pages, data that the project does not hold: downtime reckoned here, published by the pages, and judged."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.running import Asked, Run

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT.parent / "shared/data/upptime/checks.csv.gz"
CONTRACT = ROOT / "contracts/upptime"
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/upptime is not there")

AS_OF = datetime(2026, 8, 23, tzinfo=UTC)  # the last check is of 22 August 2026, 23:12:42
TORO = "TORO-Server/upptime"
# What the page of TORO-Server published on 19 June 2026, 11:26:54 UTC (history/summary.json at its commit 571da23d): minutes
# down by day since 7 March, and the shares of the day, week, month and year before.
PUBLISHED_AT = datetime(2026, 6, 19, 11, 26, 54, tzinfo=UTC)
PUBLISHED_DAYS = {
    ("TORO Dynmap", "2026-03-07"): 55,
    ("TORO Dynmap", "2026-03-08"): 56,
    ("TORO Dynmap", "2026-03-21"): 57,
    ("TORO Dynmap", "2026-03-22"): 0,
    ("TORO Dynmap", "2026-04-10"): 115,
    ("TORO Dynmap", "2026-04-11"): 58,
    ("TORO Dynmap", "2026-06-18"): 146,
    ("TORO Minecraft Server", "2026-04-10"): 193,
    ("TORO Minecraft Server", "2026-04-11"): 300,
    ("TORO Pass API", "2026-06-18"): 146,
}
MONTH_BEFORE = datetime(2026, 5, 19, 11, 26, 54, tzinfo=UTC)  # a calendar month back: 31 days
PUBLISHED_SHARES = {
    ("TORO Dynmap", PUBLISHED_AT - timedelta(days=1)): "89.85",
    ("TORO Dynmap", PUBLISHED_AT - timedelta(days=7)): "98.55",
    ("TORO Dynmap", MONTH_BEFORE): "99.67",
    ("TORO Pass API", PUBLISHED_AT - timedelta(days=1)): "89.86",
    ("TORO Pass API", PUBLISHED_AT - timedelta(days=7)): "98.55",
    ("TORO Minecraft Server", MONTH_BEFORE): "100.00",
}


@cache
def checks():
    """The checks of each page and site, in order."""
    found = defaultdict(list)
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["committed_at"])
            found[f"{row['repo']}: {row['site']}"].append((at, row["status"]))
    return {site: sorted(rows, key=lambda row: row[0]) for site, rows in found.items()}


@cache
def outages(site):
    """From the first check that is down to the next that is up; one that nothing ends lasts until the instant of the run."""
    found, since = [], None
    for at, status in checks()[site]:
        if status == "down":
            since = since or at
        elif since is not None:
            found.append((since, at))
            since = None
    return [*found, (since, AS_OF)] if since is not None else found


def seconds(spans, start, end):
    """Whole seconds of the spans that lie between two instants."""
    cut = (max(timedelta(0), min(end, b) - max(start, a)) for a, b in spans)
    return sum(int(each.total_seconds()) for each in cut)


def months(site):
    """The months from that of a site's first check on; before it, nobody had spoken of the site."""
    first = checks()[site][0][0]
    year, month = first.year, first.month
    while (start := datetime(year, month, 1, tzinfo=UTC)) < AS_OF:
        year, month = year + month // 12, month % 12 + 1
        yield start.strftime("%Y-%m"), start, min(datetime(year, month, 1, tzinfo=UTC), AS_OF)


def test_the_table_is_the_one_that_the_figures_are_of():
    assert sum(len(rows) for rows in checks().values()) == 25_198
    assert Counter(status for rows in checks().values() for _, status in rows) == {
        "up": 22_242,
        "down": 2_956,
    }
    assert max(rows[-1][0] for rows in checks().values()) < AS_OF


@pytest.mark.parametrize(("site", "day"), PUBLISHED_DAYS)
def test_minutes_down_of_a_day_are_those_that_the_page_publishes(site, day):
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    found = Fraction(seconds(outages(f"{TORO}: {site}"), start, start + timedelta(days=1)), 60)
    assert round(found) == PUBLISHED_DAYS[site, day]


@pytest.mark.parametrize(("site", "since"), PUBLISHED_SHARES)
def test_shares_are_those_that_the_page_publishes(site, since):
    down = seconds(outages(f"{TORO}: {site}"), since, PUBLISHED_AT)
    share = 100 - Fraction(100 * down, int((PUBLISHED_AT - since).total_seconds()))
    assert f"{float(round(share, 2)):.2f}" == PUBLISHED_SHARES[site, since]


# --- the contract


@cache
def outcome():
    asked = Asked(
        contracts=(str(CONTRACT / "contract.sla"),),
        events=(str(TABLE),),
        bindings=str(CONTRACT / "bindings.toml"),
        settings=("monthly_fee=1000 USD",),
        as_of=AS_OF.isoformat(),
    )
    collector = Collector()
    with Run(asked, collector) as run:
        found = run.outcome()
    assert not collector.has_errors
    return found


def metric(name):
    """Values by site and month; a duration in seconds."""
    found = {}
    for item in outcome().metrics:
        if item.rule == name:
            value = item.value.value
            found[item.agreement, item.period.label] = (
                value / 1_000_000 if item.value.type == "duration" else value
            )
    return found


@pytest.mark.slow
def test_the_contract_finds_the_same_seconds_down_in_every_month_of_every_site():
    seen, counted, agreed = metric("Seen"), metric("Downtime"), metric("Agreed")
    assert {site for site, _ in seen} == set(checks())
    compared = 0
    for site, rows in checks().items():
        long = [(a, b) for a, b in outages(site) if b - a >= timedelta(minutes=5)]
        for label, start, end in months(site):
            assert seen[site, label] == seconds(outages(site), start, end)
            assert counted[site, label] == seconds(long, start, end)
            assert agreed[site, label] == seconds([(rows[0][0], AS_OF)], start, end)
            compared += seen[site, label] > 0
    assert compared > 200


@pytest.mark.slow
def test_the_contract_agrees_with_the_published_days_of_april():
    """Each published day is rounded to the minute: two days may be a minute off in all."""
    seen = metric("Seen")
    assert abs(seen[f"{TORO}: TORO Dynmap", "2026-04"] - (115 + 58) * 60) <= 60
    assert abs(seen[f"{TORO}: TORO Minecraft Server", "2026-04"] - (193 + 300) * 60) <= 60
    assert abs(seen[f"{TORO}: TORO Dynmap", "2026-06"] - 146 * 60) <= 30


@pytest.mark.slow
def test_promises_and_credits_follow_from_the_seconds():
    kept = {(item.agreement, item.period.label): item.status for item in outcome().verdicts}
    paid = {(item.agreement, item.period.label): item.amount for item in outcome().ledger}
    assert min(label for _, label in kept) == "2021-05"
    bands = Counter()
    for site, rows in checks().items():
        long = [(a, b) for a, b in outages(site) if b - a >= timedelta(minutes=5)]
        for label, start, end in months(site):
            if end == AS_OF:
                continue  # the month is not over
            share = 1 - Fraction(seconds(long, start, end), seconds([(rows[0][0], AS_OF)], start, end))
            assert kept[site, label] == ("met" if share >= Fraction(995, 1000) else "broken")
            due = 0 if share >= Fraction(995, 1000) else 100 if share >= Fraction(99, 100) else 250
            due = 1000 if share < Fraction(95, 100) else due
            assert paid[site, label] == due
            bands[due] += 1
    # All four bands occur, and there are no other months than these and the one that is not over.
    assert bands == {0: 3_036, 100: 27, 250: 38, 1000: 1_056}
    assert len(kept) == bands.total() + len(checks())
