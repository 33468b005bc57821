"""Whose an event is that names no agreement, and from when each agreement is judged: worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.pipeline.running import Asked, Run

CONTRACT = """\
contract "Plans" version "1.0"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
levels priority = High > Low

entity alarm
event alarm.rung
event ticket.taken_over
  field agreement : text

obligation Answer
  for each ticket
  Provider owes Customer
  from opened until first responded
  clock always
  within <= 1 h
  on reopening : frozen

metric Answered each month
  = count of Answer
  counted by : start

metric Answers each month
  = count of Answer
  over all agreements
  counted by : start

metric Alarms each month
  = count of alarm.rung
"""


def opened(number, day, agreement=None, **more):
    data = {"priority": "High"} | ({} if agreement is None else {"agreement": agreement})
    return {"id": f"o{number}", "type": "ticket.opened", "subject": f"T-{number}", "time": f"2026-{day}T09:00:00+08:00", "data": data, **more}  # fmt: skip


def entry(id_, **more):
    return {"entity": "agreement", "id": id_, **more}


@pytest.fixture
def run(tmp_path):
    def of(*lines, lenient=False, as_of="2026-06-01T00:00:00+08:00"):
        (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
        events = tmp_path / "e.jsonl"
        events.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        found = Collector()
        asked = Asked((str(tmp_path / "c.sla"),), (str(events),), as_of=as_of, lenient=lenient)
        with Run(asked, found) as made:
            return made.outcome(), found

    return of


def counts(outcome, rule):
    return {
        (one.agreement, one.period.label): int(one.value.value) for one in outcome.metrics if one.rule == rule
    }


def test_with_one_agreement_whatever_names_none_belongs_to_it(run):
    outcome, _ = run(entry("A-1"), opened(1, "03-02", "A-1"), opened(2, "03-03"), opened(3, "03-04"))
    assert {one.agreement for one in outcome.verdicts} == {"A-1"}
    assert counts(outcome, "Answered")["A-1", "2026-03"] == 3
    assert {one.agreement for one in outcome.metrics if one.rule == "Answered"} == {"A-1"}


def test_the_register_alone_names_it_and_so_does_an_event_alone(run):
    outcome, _ = run(entry("A-1"), opened(2, "03-03"))
    assert [one.agreement for one in outcome.verdicts] == ["A-1"]
    # An alarm can name no agreement at all, and is still the one customer's.
    alarm = {"id": "x", "type": "alarm.rung", "subject": "X", "time": "2026-03-01T00:00:00+08:00"}
    outcome, _ = run(opened(1, "03-02", "A-1"), opened(2, "03-03"), alarm)
    assert [one.agreement for one in outcome.verdicts] == ["A-1", "A-1"]
    assert counts(outcome, "Alarms")["A-1", "2026-03"] == 1


def test_none_named_is_no_agreement(run):
    outcome, _ = run(opened(1, "03-02"), opened(2, "03-03"))
    assert [one.agreement for one in outcome.verdicts] == ["", ""]


def test_with_several_it_must_be_named(run):
    lines = [opened(1, "03-02", "A-1"), opened(2, "03-03"), opened(3, "03-03", "A-2")]
    with pytest.raises(Stop) as stopped:
        run(*lines)
    [found] = stopped.value.diagnostics
    assert (found.code, found.at.line, Path(found.at.name).name) == ("SLA-E0737", 2, "e.jsonl")
    assert (found.subjects, found.agreements) == (("ticket T-2",), ("A-1", "A-2"))
    outcome, told = run(*lines, lenient=True)
    assert [one.code for one in told.shown()[0]] == ["SLA-E0738"]
    assert sorted(one.agreement for one in outcome.verdicts) == ["", "A-1", "A-2"]


def test_the_first_event_of_a_subject_is_enough_and_an_alarm_cannot(run):
    answered = {"id": "r", "type": "ticket.responded", "subject": "T-1", "time": "2026-03-02T09:30:00+08:00"}
    alarm = {"id": "x", "type": "alarm.rung", "subject": "X", "time": "2026-03-01T00:00:00+08:00"}
    outcome, told = run(opened(1, "03-02", "A-1"), answered, opened(3, "03-03", "A-2"), alarm)
    assert not told.has_errors
    assert [(one.agreement, one.status) for one in outcome.verdicts] == [("A-1", "met"), ("A-2", "overdue")]


def test_an_agreement_is_judged_from_its_own_first_event(run):
    outcome, _ = run(opened(1, "01-05", "A-1"), opened(2, "04-20", "A-2"))
    months = {
        one: [label for who, label in counts(outcome, "Answered") if who == one] for one in ("A-1", "A-2")
    }
    five = [f"2026-0{n}" for n in range(1, 7)]  # as of 1 June, 00:00: June has begun
    assert months == {"A-1": five, "A-2": five[3:]}
    # What joins all agreements begins with the first of all.
    assert [label for _, label in counts(outcome, "Answers")] == five


def test_an_agreement_of_the_register_is_there_from_its_date_or_as_long_as_there_are_facts(run):
    lines = [entry("A-1"), entry("A-2", **{"from": "2026-03-10"}), entry("A-3")]
    outcome, _ = run(*lines, opened(1, "02-05", "A-1"), opened(2, "05-20", "A-3"))
    first = {}
    for who, label in counts(outcome, "Answered"):
        first.setdefault(who, label)
    # A-2 was never heard of and is on the register since March; A-3 without a date, as long as there are facts.
    assert first == {"A-1": "2026-02", "A-2": "2026-03", "A-3": "2026-02"}


def test_a_subject_that_names_it_only_later_was_judged_by_no_terms(run):
    joined = {"id": "j", "type": "ticket.taken_over", "subject": "T-1", "time": "2026-04-01T09:00:00+08:00", "data": {"agreement": "A-1"}}  # fmt: skip
    with pytest.raises(Stop) as stopped:
        run(opened(1, "03-02"), joined, opened(2, "05-02", "A-2"))
    [found] = stopped.value.diagnostics
    assert (found.code, found.at.line, found.subjects) == ("SLA-E0737", 1, ("ticket T-1",))
