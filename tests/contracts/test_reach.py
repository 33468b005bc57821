"""What readings move is worked out with less of the program and fewer scenarios; the answer is that of the whole program and every scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import evaluated, tried
from slalang.scenarios.reach import Reach

CONTRACTS = Path(__file__).parents[2] / "contracts"


def moves(checked, results):
    return [(reading.name, moved) for reading, moved in covered(checked, results).readings]


@pytest.mark.parametrize("name", ["quality-assurance", "quality-inspection", "cloud-sla-chain"])
def test_the_short_way_and_the_long_way_agree(name, monkeypatch):
    checked = program_of(str(CONTRACTS / name / "contract.sla"))
    results = list(tried(checked))
    short = moves(checked, results)
    monkeypatch.setattr(Reach, "can_move", lambda *_: True)
    monkeypatch.setattr(Reach, "reached", lambda self, _: self._program)
    assert short == moves(checked, results)
    assert any(scenarios.scenarios for _, moved in short for scenarios in moved)


def test_the_part_that_a_scenario_reaches_gives_the_same_outcome():
    checked = program_of(str(CONTRACTS / "retail-supply" / "contract.sla"))
    reach = Reach(checked.program)
    smaller = 0
    for scenario in checked.scenarios[::12]:
        part = reach.reached(scenario)
        smaller += len(part.obligations) < len(checked.program.obligations)
        whole, less = evaluated(checked.program, scenario), evaluated(part, scenario)
        for what in ("verdicts", "metrics", "ledger", "rights", "notices"):
            assert getattr(less, what) == getattr(whole, what), (scenario.title, what)
    assert smaller >= 5


DESK = """
contract "Desk" version "1.0"
time zone UTC
currency CNY
party A
party B
entity job
event job.opened
event job.done
entity bill
  refers to job by job
event bill.sent
  field job : text, optional
event bill.paid
event bill.lost
reading who "Who may answer?"
  option a "one"
  option b "two"
  chosen a because "so"
reading when_lost "From when?"
  option early "early"
  option late "late"
  chosen early because "so"
clause 1
  obligation Answer
    under who is a
    for each job
    A owes B
    from opened until done
    clock always
    within <= 1 h
    second trigger : ignored
  obligation Answer
    under who is b
    for each job
    A owes B
    from opened until done
    clock always
    within <= 2 h
    second trigger : ignored
  obligation Pay
    for each bill
    B owes A
    from sent until paid
    clock always
    within <= 1 h
    second trigger : ignored
  penalty Found for each breach of Answer
    A owes B
    amount = 1 CNY
    rounding : half up
{more}
scenario "only a bill"
  given
    2026-01-01 09:00 bill B sent
  as of 2026-01-02
  expect Pay B is overdue
scenario "a job"
  given
    2026-01-01 09:00 job J opened
  as of 2026-01-02
  expect Answer J is overdue
"""


def reached(more=""):
    from slalang.diagnostics.as_text import messages
    from slalang.diagnostics.collector import Collector
    from slalang.pipeline.journey import check
    from slalang.source.text import SourceFile

    collector = Collector()
    checked = check(SourceFile("desk.sla", DESK.format(more=more)), collector, proofs=False)
    assert checked is not None, messages(collector)[:3000]
    reach = Reach(checked.program)
    return [reach.can_move("who", scenario) for scenario in checked.scenarios]


def test_a_rule_that_no_fact_opens_is_not_reached():
    assert reached() == [False, True]


@pytest.mark.parametrize(
    "more",
    [
        # an amount of each month, a metric and a rule without an event of its own are there whatever happens
        "  metric M each month\n    = count of Answer\n    counted by : start\n    counts as met : met\n    counts as not met : late, overdue, broken",
        (
            "  obligation Late\n    for each bill\n    A owes B\n    from bill.sent or Answer.breached until paid\n"
            "    clock always\n    within <= 1 h\n    second trigger : ignored"
        ),
    ],
)
def test_what_stands_open_by_itself_or_by_a_bill_is_reached(more):
    assert reached(more) == [True, True]
