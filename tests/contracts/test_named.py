"""The Chinese-named editions of contracts A and B: current, lossless, complete, and of the same verdicts, metrics, money and rights."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from contract_runs import A, B, run, slalang

RUNS = {
    A: (
        "2026-04-06T00:00:00+08:00",
        {
            "monthly_fee": "10000 CNY",
            "start_date": "2026-03-01",
            "end_date": "2027-02-28",
            "years": "1",
            "effective_date": "2026-03-01",
        },
    ),
    B: ("2026-06-15T00:00:00-04:00", {"plan": "Enterprise", "monthly_fee": "1200 USD"}),
}
# What of a record is compared as it is, and what through the table.
SAME = {
    "verdicts": [
        "clause",
        "subject",
        "period",
        "status",
        "start",
        "deadline",
        "discharged_at",
        "breached_at",
        "measure",
        "limit",
        "margin",
        "standstill",
        "gaps",
        "final",
        "evidence",
    ],
    "metrics": [
        "clause",
        "key",
        "period",
        "value",
        "numerator",
        "denominator",
        "low",
        "high",
        "final",
        "left_out",
    ],
    "ledger": [
        "clause",
        "subject",
        "period",
        "posted_period",
        "amount",
        "exact",
        "unit",
        "status",
        "due",
        "claim_until",
        "claimed_at",
        "at",
        "final",
    ],
    "rights": [
        "clause",
        "subject",
        "status",
        "since",
        "until",
        "exercised_at",
        "effective_at",
        "final",
        "evidence",
    ],
    "notices": ["clause", "subject", "at", "status"],
}
NAMED = ("rule", "debtor", "creditor", "holder", "against", "to")
folders = pytest.mark.parametrize("folder", RUNS, ids=lambda folder: folder.name)


def table(folder: Path, sort: str) -> dict[str, str]:
    """One part of the table of names, read by plain means."""
    found: dict[str, str] = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))[sort]
    return found


@folders
def test_it_is_current_complete_and_can_be_turned_back(folder: Path, tmp_path: Path) -> None:
    names, english, chinese = folder / "names.toml", folder / "contract.sla", folder / "contract.cn.sla"
    checked = slalang("fmt", "--names", names, "--to", "zh", "--check", "-o", chinese, english)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    back = tmp_path / "back.sla"
    assert slalang("fmt", "--names", names, "--to", "en", "-o", back, chinese).returncode == 0
    assert back.read_bytes() == english.read_bytes()


@folders
def test_it_is_clean_and_its_scenarios_hold(folder: Path) -> None:
    counted = []
    for name in ("contract.sla", "contract.cn.sla"):
        assert slalang("check", folder / name).returncode == 0
        tested = slalang("test", folder / name)
        assert tested.returncode == 0, tested.stdout
        counted.append(tested.stdout.strip().rpartition("\n")[2])
    assert counted[0] == counted[1]


def translated(value: Any, names: dict[str, str]) -> Any:
    """Data under the other names, to any depth: priorities, parties and rules are words of the contract."""
    if isinstance(value, dict):
        return {key: translated(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [translated(item, names) for item in value]
    if isinstance(value, str):
        head, dot, rest = value.partition(
            "."
        )  # `DemandEscalation.exercise:e-1` is an event that follows from a rule
        return names.get(head, head) + dot + rest
    return value


def rows(outcome: dict[str, Any], part: str, names: dict[str, str]) -> list[str]:
    """The records of a part of an outcome in an order of their own, rules and parties under the other names."""
    return sorted(
        json.dumps(
            [
                *(names.get(row.get(key), row.get(key)) for key in NAMED),
                *(translated(row[key], names) for key in SAME[part]),
            ],
            ensure_ascii=False,
        )
        for row in outcome[part]
    )


@folders
def test_both_editions_judge_the_same(folder: Path, tmp_path: Path) -> None:
    names = table(folder, "names")
    as_of, settings = RUNS[folder]
    events = tmp_path / "events.jsonl"
    with events.open("w", encoding="utf-8") as file:
        for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            event["data"] = translated(event["data"], names)
            file.write(json.dumps(event, ensure_ascii=False) + "\n")
    one = run(
        folder / "contract.sla", folder / "events.jsonl", as_of, *(f"{k}={v}" for k, v in settings.items())
    )
    other = run(
        folder / "contract.cn.sla",
        events,
        as_of,
        *(f"{names[k]}={names.get(v, v)}" for k, v in settings.items()),
    )
    for part in SAME:
        theirs = rows(other, part, {})
        assert rows(one, part, names) == theirs, part
        assert theirs or part == "rights"
    # Nothing of the rules is left under an English name.
    assert {row["rule"] for row in other["verdicts"]}.isdisjoint(names)
    assert not other["faults"]


@folders
def test_both_editions_move_together_under_another_reading(folder: Path) -> None:
    """Each reading is shown to move a scenario by `coverage`; the counts must be those of the English edition."""
    told = []
    for name in ("contract.sla", "contract.cn.sla"):
        done = slalang("coverage", "--strict", folder / name)
        assert done.returncode == 0, done.stdout
        told.append([line.split(":")[1] for line in done.stdout.splitlines() if "end otherwise" in line])
    assert told[0] == told[1]
    assert len(told[0]) >= 7
