"""Where agreements stand in their life, as `slalang status` tells it: instants and last days worked out by hand."""

from __future__ import annotations

import json

import in_process
import pytest

TEXT = """\
contract "Life" version "1"
use std.plain, std.agreements
time zone Asia/Shanghai
counting calendar_days
conventions std.plain
party P
party C
term from signed until term start + 1 year - 1 day
renews for 1 year, at most 1 times
ends on notice.given where kind is "insolvency" after 10 days
suspended from notice.given where kind is "stop" until notice.given where kind is "go on"
"""
# A: signed on 10 January 2026, so until 9 January 2027, renewed once until 9 January 2028; suspended from 2 to 4 March 2026.
# B: signed by both on 20 January 2026; insolvent on 2 March 2026, over with 12 March.
# C: signed by one of the two only.
FACTS = [
    ("agreement.signed", "A", "2026-01-10T09:00", {}),
    ("agreement.signed", "B", "2026-01-20T09:00", {}),
    ("agreement.signed", "C", "2026-01-20T09:00", {"by": "P"}),
    ("notice.given", "N-1", "2026-03-02T09:00", {"agreement": "A", "kind": "stop"}),
    ("notice.given", "N-2", "2026-03-04T09:00", {"agreement": "A", "kind": "go on"}),
    ("notice.given", "N-3", "2026-03-02T09:00", {"agreement": "B", "kind": "insolvency"}),
]


@pytest.fixture
def status(tmp_path):
    contract, facts = tmp_path / "life.sla", tmp_path / "facts.jsonl"
    contract.write_text(TEXT, "utf-8")
    lines = []
    for n, (kind, subject, at, data) in enumerate(FACTS):
        by = {"by": data["by"]} if "by" in data else {}
        rest = {name: value for name, value in data.items() if name != "by"}
        lines.append(
            {"id": str(n), "type": kind, "subject": subject, "time": f"{at}:00+08:00", "data": rest, **by}
        )
    facts.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")

    def told(as_of, *more):
        code, out, err = in_process.called("status", contract, "--events", facts, "--as-of", as_of, *more)
        assert code == 0, err
        return out

    return told


@pytest.mark.parametrize(
    ("as_of", "stages"),
    [
        ("2026-02-01", {"A": "in_force", "B": "in_force", "C": "offered"}),
        ("2026-03-03", {"A": "suspended", "B": "in_force", "C": "offered"}),
        ("2026-03-12", {"A": "in_force", "B": "in_force", "C": "offered"}),
        ("2026-03-13", {"A": "in_force", "B": "terminated", "C": "offered"}),
        ("2027-01-09", {"A": "in_force", "B": "terminated", "C": "offered"}),
        ("2027-01-10", {"A": "renewed", "B": "terminated", "C": "offered"}),
        ("2028-01-09", {"A": "renewed", "B": "terminated", "C": "offered"}),
        ("2028-01-10", {"A": "expired", "B": "terminated", "C": "offered"}),
    ],
)
def test_each_agreement_is_in_one_stage(status, as_of, stages):
    found = json.loads(status(as_of, "--format", "json"))["states"]
    assert {
        name: one["state"] for one in found if one["entity"] == "agreement" for name in one["subjects"]
    } == stages


def test_a_person_reads_it_in_both_languages(status):
    assert "agreements: 1 not yet in force (C), 1 in force (B), 1 suspended (A)" in status(
        "2026-03-03", "--lang", "en"
    )
    assert "协议：1 尚未生效 (C)，1 有效 (A)，1 因行为终止 (B)" in status("2026-03-13", "--lang", "zh")
