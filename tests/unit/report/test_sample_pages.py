"""Every verdict of the sample contracts' own events, as a page and a picture in both languages: none may fail, whatever the case lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.explain.from_outcome import explanations
from slalang.pipeline.running import Asked, Run
from slalang.report.as_html import verdict_page
from slalang.report.timeline import svg

CONTRACTS = Path(__file__).parents[3] / "contracts"


SAMPLES = {
    "aws-managed-support": (
        "monthly_fee=10000 CNY",
        "start_date=2026-03-01",
        "end_date=2027-02-28",
        "years=1",
        "effective_date=2026-03-01",
    ),
    "managed-hosting": ("plan=Enterprise", "monthly_fee=1200 USD"),
}


@pytest.fixture(scope="module", params=SAMPLES)
def told(request):
    """The program, the outcome and the explanation of every verdict, from one traced run a rule."""
    folder = CONTRACTS / request.param
    found = []
    asked = Asked(
        (str(folder / "contract.sla"),), (str(folder / "events.jsonl"),), None, SAMPLES[request.param]
    )
    with Run(asked, Collector()) as run:
        whole = run.outcome()
        for rule in dict.fromkeys(verdict.rule for verdict in whole.verdicts):
            traced = run.outcome(Focus(rule))
            own = [verdict for verdict in traced.verdicts if verdict.rule == rule]
            each = [None] if traced.case_traces else own
            found += [item for about in each for item in explanations(run.program, traced, about=about)]
        return run.program, whole, found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verdict_has_a_page(told, language):
    program, outcome, found = told
    assert len(found) == len(outcome.verdicts) > 0
    for item in found:
        assert "</html>" in verdict_page(program, outcome, item, language)


def test_a_case_whose_clock_never_stood_still_says_so_in_its_picture(told):
    found = [
        item
        for item in told[2]
        if item.trace is not None
        and item.trace.clock
        and not any(stretch.state == "standstill" for stretch in item.trace.clock)
    ]
    assert found
    for item in found:
        assert ">none<" in svg(item, "en")
