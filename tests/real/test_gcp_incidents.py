"""A cloud provider's published incidents, data that the project does not hold: downtime by product, and closed months restated."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT.parent / "shared/data/gcp_incidents/gcp_incidents_union.json.gz"
CONTRACT = ROOT / "contracts/gcp-incidents"
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/gcp_incidents is not there")

ZONE = ZoneInfo("America/Los_Angeles")
GKE, GCE = "Google Kubernetes Engine", "Google Compute Engine"
READINGS = {"outages": {"high"}, "disruptions": {"high", "medium"}}
LATEST = datetime(2026, 10, 1, tzinfo=ZONE)


@cache
def incidents():
    """Products, severity, begin, end or None, and when it was published."""
    with gzip.open(TABLE, "rt", encoding="utf-8") as file:
        records = json.load(file)
    return [
        (
            frozenset(item["title"].strip() for item in record["affected_products"])
            if "id" in record
            else frozenset({record["service_name"]}),
            record["severity"],
            datetime.fromisoformat(record["begin"]),
            datetime.fromisoformat(record["end"]) if record.get("end") else None,
            datetime.fromisoformat(record["created"]),
        )
        for record in records
    ]


def months(start, end):
    """The months, by Pacific time, that an interval touches: label and bounds in UTC."""
    at = start.astimezone(ZONE).date().replace(day=1)
    while (begin := datetime(at.year, at.month, 1, tzinfo=ZONE).astimezone(UTC)) < end:
        label = at.strftime("%Y-%m")
        at = (at + timedelta(days=31)).replace(day=1)
        yield label, begin, datetime(at.year, at.month, 1, tzinfo=ZONE).astimezone(UTC)


def minutes(as_of, severities):
    """Whole minutes down by product and month, as known at an instant."""
    known = defaultdict(list)
    for products, severity, begin, end, published in incidents():
        if severity in severities and begin <= as_of and published <= as_of:
            for product in products:
                known[product].append((begin, min(end or as_of, as_of)))
    found = defaultdict(int)
    for product, spans in known.items():
        runs: list[list[datetime]] = []
        for begin, end in sorted(spans):
            if runs and begin <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], end)
            else:
                runs.append([begin, end])
        for begin, end in runs:
            for label, first, last in months(begin, end):
                found[product, label] += int((min(end, last) - max(begin, first)).total_seconds()) // 60
    return {place: value for place, value in found.items() if value}


def test_the_list_is_the_one_that_the_figures_are_of():
    assert len(incidents()) == 1_002
    assert sum(end is not None and published > end for *_, end, published in incidents()) == 85
    assert sum(published < begin for *_, begin, _, published in incidents()) == 2
    assert sum(end is None for *_, end, _ in incidents()) == 2


def test_eight_closed_months_were_not_what_they_seemed():
    """What was known at the end of each month of the product's downtime, and what is known now; found here alone."""
    restated, last = [], minutes(LATEST, READINGS["disruptions"])
    for (product, label), now in sorted(last.items(), key=lambda item: (item[0][1], item[0][0])):
        year, month = map(int, label.split("-"))
        closed = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=ZONE)
        then = (
            minutes(closed, READINGS["disruptions"]).get((product, label), 0)
            if late(product, closed)
            else now
        )
        if then != now:
            restated.append((product, label, then, now))
    assert restated == [
        (GKE, "2021-07", 0, 7_200),
        (GCE, "2021-08", 5_642, 5_907),
        (GKE, "2021-08", 775, 44_640),
        ("Google Cloud SQL", "2021-11", 104, 41_507),
        ("Google Cloud Networking", "2022-10", 116, 11_456),
        ("Virtual Private Cloud (VPC)", "2022-10", 0, 11_340),
        ("Cloud Machine Learning", "2024-10", 494, 13_587),
        ("Vertex AI Online Prediction", "2024-10", 0, 13_552),
    ]


def late(product, closed):
    """Whether anything that began before the close of a month was published after it."""
    return any(product in names and begin < closed < told for names, _, begin, _, told in incidents())


# --- the contract


def slalang(*arguments):
    command = [str(Path(sys.executable).parent / "slalang"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout)


def options(table, as_of, reading):
    return (
        *("--events", table, "--bindings", CONTRACT / "bindings.toml", "--set", "monthly_fee=1000 USD"),
        *("--reading", f"downtime={reading}", "--as-of", as_of.isoformat(), "--format", "json"),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reading", "as_of"), [("outages", datetime(2022, 7, 1, tzinfo=ZONE)), ("disruptions", LATEST)]
)
def test_downtime_of_each_product_and_month(reading, as_of):
    found = slalang("run", CONTRACT / "contract.sla", *options(TABLE, as_of, reading))
    down = {
        (item["agreement"], item["period"]): in_minutes(item["value"])
        for item in found["metrics"]
        if item["rule"] == "Downtime"
    }
    expected = minutes(as_of, READINGS[reading])
    assert {place: value for place, value in down.items() if value} == expected
    assert len(expected) > 50
    products = {product for names, *_ in incidents() for product in names}
    assert {product for product, _ in down} == products


def in_minutes(text):
    """Minutes of an ISO 8601 duration of hours and minutes."""
    hours, _, rest = text.removeprefix("PT").rpartition("H")
    return int(hours or 0) * 60 + int((rest.removesuffix("M") if rest.endswith("M") else "") or 0)


def test_a_closed_month_is_restated_when_an_incident_is_published(tmp_path):
    """As of 1 September and 1 October 2021: an incident of GKE since 27 July was published on 23 September."""
    with gzip.open(TABLE, "rt", encoding="utf-8") as file:
        summer = [item for item in json.load(file) if "2021-07-26" <= item["begin"][:10] <= "2021-09-01"]
    table = tmp_path / "gcp_incidents.json"
    table.write_text(json.dumps(summer), encoding="utf-8")
    contract, old = CONTRACT / "contract.sla", tmp_path / "old.json"
    first, later = datetime(2021, 9, 1, tzinfo=ZONE), datetime(2021, 10, 1, tzinfo=ZONE)
    before = slalang("run", contract, *options(table, first, "disruptions"))
    old.write_text(json.dumps(before), encoding="utf-8")
    found = slalang("restate", old, contract, *options(table, later, "disruptions"))
    down = {
        (item["agreement"], item["period"]): tuple(
            in_minutes(field[side])
            for field in item["fields"]
            if field["name"] == "value"
            for side in ("before", "after")
        )
        for item in found["metrics"]
        if item["restates"] and item["rule"] == "Downtime"
    }
    assert down == {
        (GKE, "2021-07"): (0, 7_200),
        (GKE, "2021-08"): (775, 44_640),
        (GCE, "2021-08"): (5_642, 5_907),
    }
    # July: nothing known, then 7,200 of 44,640 min (83.87 %): the whole fee. August: 775 min (98.26 %) were a quarter, then
    # the month is down from end to end. GCE's August stays under 95 %: 5,642 min are 12.6 %, so the fee was due already.
    assert {
        (item["agreement"], item["period"], item["before"], item["after"])
        for item in found["money"]
        if item["period"] < "2021-09"
    } == {(GKE, "2021-07", "0", "1000"), (GKE, "2021-08", "250", "1000")}
    assert [(item["period"], item["posted_period"], item["amount"]) for item in found["adjustments"]] == [
        ("2021-07", "2021-10", "1000"),
        ("2021-08", "2021-10", "750"),
    ]
    causes = {cause["recorded"] for item in found["adjustments"] for cause in item["causes"]}
    assert causes == {"2021-09-23T20:26:12-07:00"}
