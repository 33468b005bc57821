from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.outcome.as_csv import as_csv
from slalang.outcome.as_json import as_json, number
from slalang.outcome.records import (
    Assumption,
    Fault,
    LedgerLine,
    MetricValue,
    Notice,
    Period,
    Quantity,
    Receipt,
    RightState,
    Stretch,
    Verdict,
)
from slalang.outcome.schema import columns, schema
from slalang.outcome.whole import Outcome

ROOT = Path(__file__).resolve().parents[3]
MINUTE = 60_000_000
NINE = 1_772_413_200_000_000  # 2026-03-02T09:00:00+08:00: 1 772 413 200 s = 20 514 days and 1 h in UTC
MARCH = Period("2026-03", 1_772_294_400_000_000, 1_774_972_800_000_000)
VERDICT = Verdict(
    rule="FirstResponse",
    clause="3.1",
    agreement="A-1",
    subject="T-1",
    instance="e1",
    period=None,
    status="late",
    final=True,
    debtor="Provider",
    creditor="Customer",
    measure=Quantity("duration", Fraction(16 * MINUTE)),
    limit=Quantity("duration", Fraction(15 * MINUTE)),
    limit_strict=False,
    margin=Quantity("duration", Fraction(-MINUTE)),
    start=NINE,
    deadline=NINE + 15 * MINUTE,
    deadline_if_resumed_now=None,
    discharged_at=NINE + 16 * MINUTE,
    breached_at=NINE + 15 * MINUTE,
    standstill=(Stretch(NINE, None, "等待客户", "3.4", ("e2",)),),
    assumptions=(Assumption("open word", "promptly", "30 min"),),
    evidence=("e1", "e3"),
    key=(("priority", "High"),),
)
METRIC = MetricValue(
    rule="Attainment",
    clause="4",
    agreement="A-1",
    key=(),
    period=MARCH,
    value=Quantity("ratio", Fraction(2, 3)),
    numerator=Fraction(2),
    denominator=Fraction(3),
    final=False,
)
LINE = LedgerLine(
    rule="SlaCredit",
    clause="5",
    agreement="A-1",
    period=MARCH,
    posted_period="2026-04",
    debtor="Provider",
    creditor="Customer",
    amount=Fraction(100025, 100),
    unit="CNY",
    status="claimable",
    final=True,
    due=None,
    claim_until=MARCH.end,
    because=("Attainment 2026-03",),
    exact=Fraction(100025, 100),
)
OUTCOME = Outcome(
    contract="支持服务",
    version="1.0",
    zone="Asia/Shanghai",
    as_of=NINE + 1,
    receipt=Receipt(
        contract=(("1.0", "sha256:aa"),),
        calendars="",
        inputs=(("events.jsonl", "sha256:bb"),),
        bindings="",
        parameters=(("fee", "10000 CNY"),),
        readings=(),
        software="0.1.0",
        events_read=3,
        events_ignored=(("x.y", 2),),
        duplicates=0,
        rejected=0,
        after_as_of=1,
    ),
    verdicts=(VERDICT, replace(VERDICT, subject='T,"2"', margin=None)),
    metrics=(METRIC,),
    ledger=(LINE,),
    rights=(RightState("Terminate", "9", "A-1", "A-1", "Customer", "not_yet", False, None, None, None),),
    notices=(Notice("FirstResponse", "3.1", "A-1", "T-1", "Provider", "80 %", NINE, "sent"),),
    faults=(Fault("SLA-E0701", "A-1", "T-1", "e9", NINE, "resumed while running", "计时中恢复"),),
)


def data():
    return json.loads("".join(as_json(OUTCOME)))


def test_the_published_schema_fits_what_is_written():
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(data(), schema(), cls=jsonschema.Draft202012Validator)


def test_the_schema_is_not_so_wide_that_anything_fits():
    broken = data()
    broken["verdicts"][0]["deadline"] = "2026-03-02 09:15"
    broken["verdicts"][1]["surprise"] = 1
    del broken["ledger"][0]["unit"]
    errors = list(jsonschema.Draft202012Validator(schema()).iter_errors(broken))
    assert len(errors) == 3


def test_the_copy_in_the_docs_is_the_schema():
    assert json.loads((ROOT / "docs/schema/outcome.json").read_text("utf-8")) == schema()


def test_times_amounts_and_absence_are_written_as_published():
    first = data()["verdicts"][0]
    assert first["start"] == "2026-03-02T09:00:00+08:00"
    assert first["deadline"] == "2026-03-02T09:15:00+08:00"
    assert (first["measure"], first["limit"], first["margin"]) == ("PT16M", "PT15M", "-PT1M")
    assert first["limit_kind"] == "duration"
    assert first["deadline_if_resumed_now"] is None
    assert first["period"] is None
    assert first["reason"] is None
    assert first["standstill"][0] == {
        "start": "2026-03-02T09:00:00+08:00",
        "end": None,
        "reason": "等待客户",
        "clause": "3.4",
        "events": ["e2"],
    }
    assert data()["as_of"] == "2026-03-02T09:00:00.000001+08:00"
    metric = data()["metrics"][0]
    assert (metric["value"], metric["numerator"], metric["denominator"]) == ("2/3", "2", "3")
    assert (metric["period"], metric["period_end"]) == ("2026-03", "2026-04-01T00:00:00+08:00")
    assert data()["ledger"][0]["amount"] == "1000.25"


def test_an_outcome_without_records_is_whole_too():
    empty = replace(OUTCOME, verdicts=(), metrics=(), ledger=(), rights=(), notices=(), faults=())
    text = "".join(as_json(empty))
    assert text.endswith('"faults": []\n}\n')
    jsonschema.validate(json.loads(text), schema(), cls=jsonschema.Draft202012Validator)


def test_records_are_streamed_one_a_piece():
    pieces = list(as_json(OUTCOME))
    assert sum('"rule": "FirstResponse", "clause": "3.1", "agreement"' in piece for piece in pieces) == 3


@pytest.mark.parametrize(
    "table", ["verdicts", "metrics", "ledger", "balances", "rights", "notices", "faults"]
)
def test_csv_has_the_same_names_and_texts(table):
    rows = list(csv.DictReader(StringIO("".join(as_csv(OUTCOME, table)))))
    records = data()[table]
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        assert tuple(row) == columns(table)
        # Who stands in a party's place is told only where somebody does.
        assert tuple(name for name in row if name in record or not name.endswith("_party")) == tuple(record)
        for name, value in record.items():
            if isinstance(value, str):
                assert row[name] == value
            elif value is None:
                assert row[name] == ""


def test_quotes_and_commas_survive_in_csv():
    rows = list(csv.DictReader(StringIO("".join(as_csv(OUTCOME)))))
    assert rows[1]["subject"] == 'T,"2"'
    assert rows[1]["margin"] == ""
    assert json.loads(rows[0]["evidence"]) == ["e1", "e3"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 6), "-7/6"),
        (Fraction(999, 1000), "0.999"),
        (Fraction(1200), "1200"),
        (Fraction(1, 100), "0.01"),
    ],
)
def test_a_number_is_a_decimal_where_it_ends(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("duration", Fraction(-90_000_000), "-PT1M30S"),
        ("civil", Fraction(-3), "-P3D"),
        ("workdays", Fraction(5), "P5D"),
        ("months", Fraction(2), "P2M"),
        ("bool", Fraction(1), "true"),
        ("amount:CNY", Fraction(25, 2), "12.5 CNY"),
        ("ratio", Fraction(2, 3), "2/3"),
        ("instant", Fraction(NINE), "2026-03-02T09:00:00+08:00"),
    ],
)
def test_each_kind_of_quantity_has_its_text(kind, value, text):
    verdict = replace(VERDICT, measure=Quantity(kind, value))
    told = json.loads("".join(as_json(replace(OUTCOME, verdicts=(verdict,)))))
    assert told["verdicts"][0]["measure"] == text
    jsonschema.validate(told, schema(), cls=jsonschema.Draft202012Validator)


@given(st.fractions(max_denominator=10**6))
def test_a_number_is_never_rounded(value):
    assert Fraction(number(value)) == value
