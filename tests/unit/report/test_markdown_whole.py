"""Markdown says whatever the tree says: each sentence and each cell, of a verdict, a metric, an amount and a right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.explain.wording.say import Voice, cells, is_row, say
from slalang.pipeline.explaining import explained
from slalang.pipeline.running import Asked, Run
from slalang.report.as_markdown import markdown

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts"
A = CONTRACTS / "aws-managed-support"
RULES = (
    ("FirstResponse", "T-2609", ""),
    ("OnCall", "", "2026-03"),
    ("MonthlyReport", "", "2026-03"),
    ("PlatformAvailable", "", "2026-03"),
    ("Attainment", "", "2026-03"),
    ("SlaCredit", "", "2026-03"),
)


def plain(text):
    """Without what Markdown puts around and before words."""
    return re.sub(r"\\(.)", r"\1", text).replace("**", "").replace("`", "")


@pytest.fixture(scope="module")
def march():
    asked = Asked(
        (str(A / "contract.sla"),),
        (str(A / "events.jsonl"),),
        settings=(
            "monthly_fee=10000 CNY",
            "start_date=2026-03-01",
            "end_date=2027-02-28",
            "years=1",
            "effective_date=2026-03-01",
        ),
        as_of="2026-04-06",
    )
    with Run(asked, Collector()) as run:
        whole = run.outcome()
        yield [
            item
            for rule, subject, period in RULES
            for item in explained(run, Focus(rule, subject, period=period), None, whole).explanations
        ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_and_every_cell_is_there(march, language):
    assert {item.sort for item in march} == {"verdict", "metric", "amount"}
    for item in march:
        shown = plain(markdown(item, language))
        voice = Voice(language, item.zone)
        for node in item.root.walk():
            said = cells(node, voice) if is_row(node) else (say(node, voice),)
            for piece in said:
                assert plain(piece) in shown, (item.rule, node.kind)
