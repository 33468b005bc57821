"""Contract C (product operations): its scenarios, its blanks, and a quarter of events against plain arithmetic."""

from __future__ import annotations

import json
from datetime import datetime
from fractions import Fraction

import pytest
from contract_runs import CONTRACTS, findings, slalang

from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import tried

HERE = CONTRACTS / "product-operations"
CONTRACT = HERE / "contract.sla"
EVENTS = HERE / "events.jsonl"


@pytest.fixture(scope="module")
def checked():
    return program_of(str(CONTRACT))


@pytest.fixture
def call():
    def run(*arguments):
        done = slalang(*arguments)
        return done.returncode, done.stdout, done.stderr

    return run


def test_every_scenario_holds(checked):
    assert {one.scenario.title: one.missed for one in tried(checked) if one.missed} == {}


@pytest.mark.slow
def test_nothing_of_the_paper_is_missing(checked):
    found = covered(checked)
    assert (found.missing, found.unlisted, found.half_shown, found.idle) == ((), (), (), ())


def test_check_finds_what_the_paper_leaves_undone():
    assert findings(HERE / "faithful.sla") == {
        ("SLA-E0223", "points to 1.2.4"),
        ("SLA-E0501", "target AvailabilityKept"),  # of no period
        ("SLA-E0441", 'reading objectors "Is the objection of one party enough?"'),
        ("SLA-E0201", "amount = monthly_fee"),  # only a total is named
    }
    # A holiday from Monday to Friday stands in the row of the weekdays and in that of the holidays.
    assert {one for one in findings(HERE / "hours-as-written.sla") if one[0].startswith("SLA-E")} == {
        ("SLA-E0402", "| any | true | false |")
    }


def test_the_bare_template_is_sound_and_each_open_blank_is_named(call, checked):
    assert call("check", CONTRACT)[0] == 0
    code, _, err = call("run", CONTRACT, "--events", EVENTS)
    names = [one.name for one in checked.program.parameters if one.value is None]
    assert code == 2
    assert (
        len(names) == 38 + 2 - 2
    )  # two are no blanks; two brackets make one blank, one is cut off with its clause... see README
    assert all(f"`{name}`" in err for name in names)


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ('fee_in_words="人民币壹拾贰万圆整"', ""),
        ('fee_in_words="壹拾贰万元"', "FeeAgrees"),  # without 整 something could be written behind it
        ('fee_in_words="壹拾贰万零壹元整"', "FeeAgrees"),  # one yuan more
        ('fee_in_words="壹拾贰万壹元整"', "FeeAgrees"),  # 零 is missing: no amount at all
        ("end_date=2027-01-01", "TermAgrees"),  # from 1 January 2026 a year runs until 31 December
        ("years=2", "TermAgrees"),
    ],
)
def test_figures_that_must_agree(call, tmp_path, setting, rule):
    name = setting.partition("=")[0]
    lines = (HERE / "example.values").read_text("utf-8").splitlines()
    values = tmp_path / "v.values"
    values.write_text("\n".join(line for line in lines if not line.startswith(f"{name} =")), "utf-8")
    code, _, err = call(
        "run", CONTRACT, "--values", values, "--set", setting, "--events", EVENTS, "--as-of", "2026-04-10"
    )
    assert (code == 2) == bool(rule)
    assert rule in err


def test_a_quarter_against_plain_arithmetic(call):
    arguments = [
        "run",
        CONTRACT,
        "--values",
        HERE / "example.values",
        "--events",
        EVENTS,
        "--as-of",
        "2026-04-10",
        "--format",
        "json",
    ]
    _, out, _ = call(*arguments)
    found = json.loads(out)
    events = [json.loads(line) for line in EVENTS.read_text("utf-8").splitlines()]

    def at(kind, subject):
        return next(
            datetime.fromisoformat(one["time"])
            for one in events
            if (one["type"], one["subject"]) == (kind, subject)
        )

    # Faults reported in standard time, worked out from the calendar by hand: F-1, F-2 (January), F-3 (February), F-6 (March).
    # F-4 came on Saturday 14 February 22:00; F-5 on Saturday 7 March.
    for month, faults in (("2026-01", ["F-1", "F-2"]), ("2026-02", ["F-3"]), ("2026-03", ["F-6"])):
        for name, end in (("MeanResponse", "fault.responded"), ("MeanResolution", "fault.resolved")):
            took = [at(end, one) - at("fault.reported", one) for one in faults]
            value = next(one for one in found["metrics"] if (one["rule"], one["period"]) == (name, month))
            seconds = Fraction(sum(one.total_seconds() for one in took)) / len(took)
            assert Fraction(value["numerator"]) / Fraction(value["denominator"]) == seconds * 1_000_000
    # 40 min of January (44,640) are below one in a thousand, 75 min of February (40,320) above: 5 % of 120,000 / 12.
    credited = [
        (one["period"], one["amount"]) for one in found["ledger"] if one["rule"] == "AvailabilityCredit"
    ]
    assert credited == [("2026-02", "500")]
    fees = {one["period"]: one["amount"] for one in found["ledger"] if one["rule"] == "MonthlyFee"}
    assert {label: fees[label] for label in ("2026-01", "2026-02", "2026-03")} == dict.fromkeys(
        ("2026-01", "2026-02", "2026-03"), "10000"
    )
    status = {(one["rule"], one["subject"] or one["period"]): one["status"] for one in found["verdicts"]}
    # Five working days after January: 2 to 6 February, paid on the 5th. After February: 2 to 6 March, paid on the 9th.
    assert status["MonthlyPayment", "2026-01"] == "met"
    assert status["MonthlyPayment", "2026-02"] == "late"
    # I-1: paid 5 February, five working days before are 4, 3, 2 February, 30, 29 January: issued on the 29th. I-2: paid 9 March, so
    # 6, 5, 4, 3, 2 March; issued 26 February.
    assert (status["InvoiceFirst", "I-1"], status["InvoiceFirst", "I-2"]) == ("met", "met")
    assert status["ClientApproves", "N-4"] == "broken"
    assert (status["EmergencyPlan", "F-3"], status["EmergencyPlan", "F-5"]) == ("met", "overdue")
    # Outside: F-4 Serious 8 h, answered after 7 h; F-5 Major 2 h, after 2.5 h.
    assert (status["ResponseOutside", "F-4"], status["ResponseOutside", "F-5"]) == ("met", "late")
    assert status["Backup", "2026-02-17"] == "overdue"
    assert (status["Scan", "2026-02"], status["Scan", "2026-03"]) == ("met", "overdue")
