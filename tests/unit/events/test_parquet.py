"""Facts as Parquet: the same events, registers and bound tables as from CSV; exact values; what cannot be read is told."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from in_process import called

CONTRACT = """contract "Parcels" version "1"
use std.plain
time zone Asia/Shanghai
currency CNY
conventions std.plain

party Courier
party Shop

entity parcel
event parcel.sent
  field worth : money
  field weight : number
  field pieces : integer
  field fragile : bool
  field packed : date
  field handled : duration, optional
event parcel.arrived

clause 1 "Two hours"
  obligation Delivery
    for each parcel
    Courier owes Shop
    from sent until arrived
    clock always
    within <= 2 h
    second trigger : ignored

clause 2 "What was sent"
  metric Worth each month
    = sum of (worth of sent)

  metric Weight each month
    = sum of (weight of sent)

  metric Pieces each month
    = count of sent where fragile and pieces is 3 and packed is 2026-03-01 and handled >= 90 s
"""
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def arrow():
    return pytest.importorskip("pyarrow")


@pytest.fixture
def written(arrow, tmp_path):
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")

    def write(name, **columns):
        from pyarrow import parquet

        parquet.write_table(arrow.table(columns), tmp_path / name)
        return tmp_path / name

    return write


def ran(tmp_path, *arguments):
    code, out, said = called(
        "run", tmp_path / "c.sla", *arguments, "--as-of", "2026-04-01", "--format", "json", "--lang", "en"
    )
    return code, json.loads(out) if code in {0, 1} else out, said


def test_events_with_data_fields_as_columns(arrow, written, tmp_path):
    at = [datetime(2026, 3, 2, 1, 0, tzinfo=UTC), datetime(2026, 3, 2, 3, 0, 0, 1, tzinfo=UTC)]
    events = written(
        "e.parquet",
        id=["1", "2"],
        type=arrow.array(["parcel.sent", "parcel.arrived"]).dictionary_encode(),
        subject=["P-1", "P-1"],
        time=arrow.array(at, arrow.timestamp("ns", "Asia/Shanghai")),
        worth=arrow.array([Decimal("1234.50"), None], arrow.decimal128(12, 2)),
        weight=arrow.array([0.1, float("nan")], arrow.float64()),
        pieces=arrow.array([3.0, None], arrow.float64()),
        fragile=[True, None],
        packed=[date(2026, 3, 1), None],
        handled=arrow.array([timedelta(seconds=90), None], arrow.duration("us")),
    )
    code, outcome, said = ran(tmp_path, "--events", events)
    assert code == 0, said
    verdict = outcome["verdicts"][0]
    # One microsecond more than two hours is too late; 0.1 is a tenth and not the binary number next to it.
    assert (verdict["status"], verdict["margin"]) == ("late", "-PT0.000001S")
    values = {one["rule"]: one["value"] for one in outcome["metrics"] if one["period"] == "2026-03"}
    assert values == {"Worth": "1234.5 CNY", "Weight": "0.1", "Pieces": "1"}


def test_it_says_what_the_same_csv_says(arrow, written, tmp_path):
    columns = {
        "id": ["1", "2"], "type": ["parcel.sent", "parcel.arrived"], "subject": ["P-1", "P-1"],
        "time": ["2026-03-02T09:00:00+08:00", "2026-03-02T11:00:00+08:00"], "worth": ["9.99 CNY", None],
        "weight": ["1.5", None], "pieces": ["2", None], "fragile": ["false", None], "packed": ["2026-03-01", None],
    }  # fmt: skip
    rows = [
        ",".join(columns),
        *(",".join(cell or "" for cell in row) for row in zip(*columns.values(), strict=True)),
    ]
    (tmp_path / "e.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    typed = {
        **columns,
        "pieces": arrow.array([2, None], arrow.int64()),
        "fragile": [False, None],
        "packed": [date(2026, 3, 1), None],
    }
    one, other = (
        ran(tmp_path, "--events", written("e.parquet", **typed)),
        ran(tmp_path, "--events", tmp_path / "e.csv"),
    )
    assert one[0] == other[0] == 0
    for outcome in (one[1], other[1]):
        outcome.pop("receipt")
    assert one[1] == other[1]


def test_a_bound_table_and_a_register(arrow, written, tmp_path):
    table = written(
        "t.parquet",
        NR=arrow.array([7], arrow.int32()),
        SENT=arrow.array([datetime(2026, 3, 2, 9, 0)], arrow.timestamp("ms")),  # noqa: DTZ001 - the binding names the zone
        ARRIVED=arrow.array([datetime(2026, 3, 2, 10, 0)], arrow.timestamp("ms")),  # noqa: DTZ001
        WORTH=arrow.array([0.1], arrow.float32()),
    )
    (tmp_path / "b.toml").write_text(
        '[[table]]\nfile = "t.parquet"\nsubject = "P-{NR}"\nzone = "Asia/Shanghai"\ntime_format = "%Y-%m-%dT%H:%M:%S"\n'
        '[[table.event]]\ntype = "parcel.sent"\ntime = "SENT"\nfields = { worth = "WORTH", weight = { value = "1" },'
        ' pieces = { value = "1" }, fragile = { value = "false" }, packed = { value = "2026-03-01" } }\n'
        '[[table.event]]\ntype = "parcel.arrived"\ntime = "ARRIVED"\n',
        encoding="utf-8",
    )
    code, outcome, said = ran(tmp_path, "--events", table, "--bindings", tmp_path / "b.toml")
    assert code == 0, said
    assert [(one["subject"], one["status"], one["margin"]) for one in outcome["verdicts"]] == [
        ("P-7", "met", "PT1H")
    ]


def test_a_time_without_a_zone_or_finer_than_a_microsecond_is_unfit(arrow, written, tmp_path):
    def refused(times):
        events = written("e.parquet", id=["1"], type=["parcel.arrived"], subject=["P"], time=times)
        code, _, said = ran(tmp_path, "--events", events)
        return code, said

    naive = arrow.array([datetime(2026, 3, 2, 9, 0)], arrow.timestamp("us"))  # noqa: DTZ001 - that is the point
    fine = arrow.array([1_772_413_200_000_000_001], arrow.timestamp("ns", "UTC"))
    for times in (naive, fine):
        code, said = refused(times)
        assert code == 2
        assert "SLA-E0621" in said or "SLA-E0622" in said or "SLA-E0624" in said, said
        assert "e.parquet:1" in said


def test_what_cannot_be_read_is_told(written, tmp_path):
    nested = written(
        "n.parquet",
        id=["1"],
        type=["parcel.arrived"],
        subject=["P"],
        time=["2026-03-02T09:00:00Z"],
        more=[[1, 2]],
    )
    code, _, said = ran(tmp_path, "--events", nested)
    assert code == 2
    assert "SLA-E0617" in said
    assert "`more`" in said
    whole = written(
        "w.parquet", id=["1"], type=["parcel.arrived"], subject=["P"], time=["2026-03-02T09:00:00Z"]
    )
    (tmp_path / "cut.parquet").write_bytes(whole.read_bytes()[:-20])
    code, _, said = ran(tmp_path, "--events", tmp_path / "cut.parquet")
    assert code == 2
    assert "SLA-E0616" in said


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "e.parquet").write_bytes(b"PAR1" + bytes(40))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    code, _, said = ran(tmp_path, "--events", tmp_path / "e.parquet")
    assert code == 2
    assert "SLA-E0615" in said
    assert "slalang[parquet]" in said
