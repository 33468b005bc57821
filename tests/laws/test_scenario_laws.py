"""The laws of model §1 over every kept scenario: rights, life, running counts, money, payments, forms of metrics, notices of every kind."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.engine.evaluate import evaluate
from slalang.engine.run import Run, belonging
from slalang.engine.settings import Settings
from slalang.events.event import Event
from slalang.outcome.records import Receipt
from slalang.pipeline.journey import check
from slalang.pipeline.running import versions
from slalang.scenarios import facts

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/cases/agreements", "tests/cases/metrics", "tests/cases/policies", "tests/cases/readings", "tests/contracts/counting",
           "tests/contracts/cumulative", "tests/contracts/money", "stdlib/examples")  # fmt: skip
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.sla"))
RECEIPT = Receipt((), "", (), "", (), (), "0", 0, (), 0, 0, 0)
MOST = 12  # scenarios of a file, spread over it


class Case:
    """A scenario's facts, ready to be judged."""

    def __init__(self, program, scenario, belongs):
        self.program = program
        self.versions = versions([program])
        self.registers = facts.registers(scenario)
        self.as_of = facts.as_of(scenario)
        self.events = facts.known(facts.events(scenario, program), self.as_of)
        self.parameters = {"": facts.parameters(scenario)}
        self.readings = dict(scenario.readings)
        self.sole = belongs.sole(self.registers, self.events)

    def settings(self, as_of):
        return Settings(as_of, self.parameters, self.readings, None, self.sole)

    def judged(self, events, as_of=None):
        until = self.as_of if as_of is None else as_of
        ordered = sorted(events, key=lambda event: event.order)
        return evaluate(self.versions, ordered, self.registers, self.settings(until), RECEIPT)

    def middle(self):
        """An instant at which one of the events of the middle happens."""
        return self.events[len(self.events) // 2].time


@cache
def cases(path):
    collector = Collector()
    checked = check(open_source(str(path)), collector, proofs=False)
    assert checked is not None, collector.sorted()
    belongs = belonging(versions([checked.program]), facts.registers(checked.scenarios[0]), Settings(0))
    step = max(1, len(checked.scenarios) // MOST)
    found = [Case(checked.program, one, belongs) for one in checked.scenarios[::step]]
    return [one for one in found if len(one.events) > 1]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def those(request):
    return cases(request.param)


def test_permuting_the_input_changes_nothing(those):
    chance = random.Random(7)
    for case in those:
        mixed = [*case.events]
        chance.shuffle(mixed)
        assert case.judged(mixed) == case.judged(case.events)


def test_an_event_that_no_rule_reads_changes_nothing(those):
    for case in those:
        more = [
            Event(f"zz{n}", "nobody.reads", f"N-{n}", one.time, {}) for n, one in enumerate(case.events[:3])
        ]
        assert case.judged([*case.events, *more]) == case.judged(case.events)


def test_two_steps_equal_one_and_what_was_asked_in_between_changes_nothing(those):
    for case in those:
        middle = case.middle()
        run = Run(case.versions, case.registers, case.settings(case.as_of))
        run.feed([one for one in case.events if one.time <= middle])
        run.outcome(RECEIPT, middle)
        run.feed([one for one in case.events if one.time > middle])
        assert run.outcome(RECEIPT) == case.judged(case.events)


def test_as_of_an_instant_equals_only_what_was_known_then(those):
    for case in those:
        middle = case.middle()
        known = [one for one in case.events if one.time <= middle and (one.recorded or one.time) <= middle]
        assert case.judged(case.events, middle) == case.judged(known, middle)


def test_a_notice_once_sent_is_not_unsent_by_later_events(those):
    for case in those:
        known = [replace(one, recorded=None) for one in case.events]  # late records are for `restate` to tell
        sent = [one for one in case.judged(known, case.middle()).notices if one.status == "sent"]
        later = case.judged(known).notices
        assert [one for one in sent if one not in later] == []


def test_swapping_agreements_permutes_the_results(those):
    """Every agreement that events and register name bears another name: the results are the same under the other names."""
    for case in those:
        names = sorted({one.data["agreement"] for one in case.events if one.data.get("agreement")})
        if (
            not names
            or case.registers.ids("agreement")
            or any("agreement" in one.type for one in case.events)
        ):
            continue
        other = {name: f"{name}~" for name in names}
        swapped = [
            replace(one, data={**one.data, "agreement": other[one.data["agreement"]]}) if one.data.get("agreement") else one
            for one in case.events
        ]  # fmt: skip
        again = Case.__new__(Case)
        for name, value in vars(case).items():
            setattr(again, name, value)
        again.sole = other.get(case.sole, case.sole)
        plain, found = case.judged(case.events), again.judged(swapped)
        for table in ("verdicts", "metrics", "ledger", "rights", "balances"):
            before = [
                replace(one, agreement=other.get(one.agreement, one.agreement))
                for one in getattr(plain, table)
            ]
            assert sorted(map(repr, before)) == sorted(map(repr, getattr(found, table)))


def test_these_scenarios_hold_what_the_laws_are_about():
    """Else a law that holds would say nothing: how much of each there is, and that a missing fact is seen."""
    all_ = [case for path in FILES for case in cases(path)]
    found = [case.judged(case.events) for case in all_]
    counts = {
        name: sum(bool(getattr(one, name)) for one in found)
        for name in ("verdicts", "metrics", "ledger", "rights", "notices", "faults", "balances")
    }
    assert len(all_) > 150
    assert min(counts.values()) >= 10, counts
    changed = sum(case.judged(case.events[1:]) != one for case, one in zip(all_, found, strict=True))
    assert changed > len(all_) * 3 // 4
    sent = [
        one
        for path in FILES
        if path.stem == "notices_of_every_kind"
        for case in cases(path)
        for one in case.judged(case.events, case.middle()).notices
        if one.status == "sent"
    ]
    assert len({one.rule for one in sent}) >= 3
