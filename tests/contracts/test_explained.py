"""What scenarios of contracts come to can be explained: each rule with each status, in both languages, and every sum in it adds up."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from contract_runs import CONTRACTS

from slalang.engine.evaluate import evaluate
from slalang.engine.settings import Settings
from slalang.pipeline.explaining import one
from slalang.pipeline.journey import program_of
from slalang.pipeline.running import versions
from slalang.pipeline.scenarios import evaluated
from slalang.report.as_text import text
from slalang.scenarios import facts


@dataclass
class Loaded:
    events: list


class Told:
    """A scenario as a run that can be evaluated again, with a trace or with other facts."""

    def __init__(self, program, scenario):
        self.program, self.scenario, self.versions = program, scenario, versions([program])
        self.as_of = facts.as_of(scenario)
        self.loaded = Loaded(facts.known(facts.events(scenario, program), self.as_of))
        self.whole = evaluated(program, scenario)

    def outcome(self, focus=None, events=None):
        settings = Settings(
            self.as_of, {"": facts.parameters(self.scenario)}, dict(self.scenario.readings), focus
        )
        played = sorted(self.loaded.events if events is None else events, key=lambda event: event.order)
        return evaluate(self.versions, played, facts.registers(self.scenario), settings, self.whole.receipt)


@pytest.mark.parametrize(
    "folder", ["quality-inspection", "quality-assurance", "cloud-sla-chain", "product-operations"]
)
def test_each_rule_with_each_status_is_explained(folder):
    checked = program_of(str(CONTRACTS / folder / "contract.sla"))
    seen, refused = set(), []
    for scenario in checked.scenarios:
        asked = {expected.rule for expected in scenario.expectations}
        told = Told(checked.program, scenario)
        whole = told.whole
        for line in (*whole.verdicts, *whole.metrics, *whole.ledger, *whole.rights):
            key = (line.rule, getattr(line, "status", "metric"))
            if line.rule not in asked or key in seen:
                continue
            seen.add(key)
            # `one` works every explanation out again, and stops where it does not add up (SLA-E0791).
            texts = [
                text(item, language)
                for item in one(told, line, told.loaded.events, whole)
                for language in ("en", "zh")
            ]
            refused += [key] if not texts or not all(line.rule in said for said in texts) else []
    assert refused == []
    assert len(seen) > 10
