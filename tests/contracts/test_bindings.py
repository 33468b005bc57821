"""The tables beside the contracts: bound, they give what the same facts give as events."""

from __future__ import annotations

import json
import tomllib

import pytest
from contract_runs import CONTRACTS, slalang

VALUES = {
    "product-operations": "example.values",
    "cloud-sla-chain": "offers/silver.values",
    "user-lifecycle": "example.values",
    "after-sales-network": "example.values",
    "quality-inspection": "example.values",
    "quality-assurance": "example.values",
}
KEPT = ("rule", "subject", "agreement", "period", "status", "measure", "limit", "deadline", "breached_at")


def said(text):
    """What a run says of verdicts, figures and money; ids of events are the table's own."""
    found = json.loads(text)
    verdicts = [[one[key] for key in KEPT] for one in found["verdicts"]]
    metrics = [[one["rule"], one["agreement"], one["period"], one["value"]] for one in found["metrics"]]
    ledger = [
        [one["rule"], one["agreement"], one["period"], one["amount"], one["status"]]
        for one in found["ledger"]
    ]
    return [sorted(map(str, part)) for part in (verdicts, metrics, ledger)]


@pytest.mark.parametrize("name", VALUES)
def test_a_table_says_what_its_events_say(tmp_path, name):
    folder = CONTRACTS / name
    (table,) = tomllib.loads((folder / "bindings.toml").read_text("utf-8"))["table"]
    bound = {one["type"] for one in table["event"]}
    lines = (folder / "events.jsonl").read_text("utf-8").splitlines(keepends=True)
    rest = tmp_path / "rest.jsonl"
    rest.write_text("".join(line for line in lines if json.loads(line)["type"] not in bound), "utf-8")
    run = ["run", folder / "contract.sla", "--values", folder / VALUES[name], "--format", "json"]
    plain = slalang(*run, "--events", folder / "events.jsonl")
    tabled = slalang(
        *run, "--events", folder / table["file"], "--events", rest, "--bindings", folder / "bindings.toml"
    )
    assert tabled.stdout, tabled.stderr
    assert said(tabled.stdout) == said(plain.stdout)
    assert any(json.loads(tabled.stdout)["verdicts"])
