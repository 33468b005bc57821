from __future__ import annotations

import gzip
import hashlib
import json
from fractions import Fraction

import pytest
from facts_desk import PROGRAM, ids, opened, responded

from slalang.diagnostics.as_text import message
from slalang.diagnostics.diagnostic import Stop
from slalang.events.loading import load
from slalang.events.scalars import converter
from slalang.events.unfit import Unfit

NINE = 1_772_413_200_000_000  # 2026-03-02T09:00:00+08:00 = 2026-03-02T01:00:00Z


def test_an_event_is_read_with_exact_values(desk):
    line = opened(
        data={
            "customer": "客户",
            "due": "2026-03-02T10:00:00.5+08:00",
            "fee": "12.50",
            "wait": "PT1H30M",
            "share": "99.9%",
            "vip": True,
            "count": 3,
            "day": "2026-03-02",
        },
        sequence="7",
        recordedtime="2026-03-03T00:00:00Z",
        by="Provider",
        to="Customer",
        source="desk",
        specversion="1.0",
    )
    (event,) = desk.load([line]).events
    assert (event.id, event.type, event.subject, event.time) == ("e1", "ticket.opened", "T-1", NINE)
    assert event.data == {
        "priority": "High",
        "customer": "客户",
        "due": NINE + 3_600_500_000,
        "fee": Fraction(25, 2),
        "wait": 5_400_000_000,
        "share": Fraction(999, 1000),
        "vip": True,
        "count": Fraction(3),
        "day": "2026-03-02",
    }
    assert (event.sequence, event.by, event.to, event.source) == (7, "Provider", "Customer", "desk")
    assert event.recorded == NINE + (23 * 3600) * 1_000_000
    assert desk.said() == []


def test_numbers_never_pass_through_floats(desk):
    text = (
        json.dumps(opened(data={"share": 1, "fee": 2}))
        .replace('"share": 1', '"share": 0.1')
        .replace('"fee": 2', '"fee": 1e-7')
    )
    (event,) = desk.load([text]).events
    assert event.data["share"] == Fraction(1, 10)
    assert event.data["fee"] == Fraction(1, 10**7)


def without(key):
    return {name: value for name, value in opened().items() if name != key}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[1]", "SLA-E0602"),
        (json.dumps(opened()).replace('"High"', '"High", "x": ' + "[" * 600 + "]" * 600), "SLA-E0602"),
        (
            json.dumps(opened()).replace('"High"', '"High", "x": ' + "[" * 800 + '"\\ud800"' + "]" * 800),
            "SLA-E0602",
        ),
        ("7", "SLA-E0602"),
        ('{"id": "e1"', "SLA-E0602"),
        ('{"id": "e1"} {"id": "e2"}', "SLA-E0602"),
        (json.dumps(opened()).replace('"T-1"', "NaN"), "SLA-E0602"),
        (json.dumps(opened()).replace('"T-1"', "-Infinity"), "SLA-E0602"),
        ('{"id": ' + "[" * 100_000 + "]" * 100_000 + "}", "SLA-E0602"),
        (json.dumps(opened()).replace('"T-1"', '"\\ud800"'), "SLA-E0602"),
        ('{"id": "e1", "id": "e2"}', "SLA-E0603"),
        (json.dumps(opened()).replace('"High"', '"High", "priority": "Low"'), "SLA-E0603"),
        (json.dumps(opened(subject="x" * 1_000_001)), "SLA-E0604"),
        (without("id"), "SLA-E0620"),
        (without("type"), "SLA-E0620"),
        (without("subject"), "SLA-E0620"),
        (without("time"), "SLA-E0620"),
        (opened(subject=""), "SLA-E0620"),
        (opened(corrects="e0"), "SLA-E0620"),
        (opened(recordedTime="2026-03-02T00:00:00Z"), "SLA-E0620"),
        (opened(recorded_time="2026-03-02T00:00:00Z"), "SLA-E0620"),
        (opened(id_=5), "SLA-E0621"),
        (opened(subject=["T"]), "SLA-E0621"),
        (opened(sequence=1.5), "SLA-E0621"),
        (opened(sequence="x"), "SLA-E0621"),
        (opened(by=""), "SLA-E0621"),
        (opened(specversion="0.3"), "SLA-E0621"),
        ({**opened(), "data": [1]}, "SLA-E0621"),
        (opened(corrects="e1", recordedtime="2026-03-02T00:00:00Z"), "SLA-E0621"),
        (opened(time="2026-03-02T09:00:00"), "SLA-E0622"),
        (opened(time="2026-03-02 09:00"), "SLA-E0622"),
        (opened(time="2026-02-29T09:00:00Z"), "SLA-E0622"),
        (opened(time="2026-03-02T09:00:00.1234567Z"), "SLA-E0622"),
        (opened(time="2026-03-02T24:00:00Z"), "SLA-E0622"),
        (opened(time="2026-03-02T09:00:00+08:99"), "SLA-E0622"),
        (opened(time="9999-12-31T23:59:59Z"), "SLA-E0622"),
        (opened(time="10000-01-01T00:00:00Z"), "SLA-E0622"),
        (opened(time="0001-01-01T00:00:00Z"), "SLA-E0622"),
        (opened(data={"due": "9999-12-31T00:00:00Z"}), "SLA-E0622"),
        (opened(data={"wait": "P1D"}), "SLA-E0622"),
        ({**opened(), "data": {}}, "SLA-E0623"),
        (opened(data={"priority": None}), "SLA-E0623"),
        (opened(data={"customer": 5}), "SLA-E0624"),
        (opened(data={"vip": "true"}), "SLA-E0624"),
        (opened(data={"count": "1.5"}), "SLA-E0624"),
        (opened(data={"day": "2026-02-30"}), "SLA-E0624"),
        (opened(data={"fee": "12 USD"}), "SLA-E0624"),
        (opened(data={"fee": {}}), "SLA-E0624"),
        (opened(data={"share": "many"}), "SLA-E0624"),
        (opened(data={"priority": "high"}), "SLA-E0625"),
        (opened(data={"priority": 1}), "SLA-E0624"),
        (opened(data={"size": 0}), "SLA-E0636"),
        (opened(data={"size": 10}), "SLA-E0636"),
        (opened(data={"price": "-0.01 CNY"}), "SLA-E0636"),
        (opened(data={"stay": "PT2H1S"}), "SLA-E0636"),
        (opened(data={"mark": "c"}), "SLA-E0636"),
        (opened(data={"begun": "2025-12-31"}), "SLA-E0636"),
        (opened(data={"fee": 10**61}), "SLA-E0626"),
        (json.dumps(opened(data={"fee": 7})).replace(" 7", " 1e999999999"), "SLA-E0626"),
        (json.dumps(opened(data={"fee": 7})).replace(" 7", " " + "9" * 5000), "SLA-E0626"),
        ({"id": "r", "retracts": "e1", "recordedtime": "x"}, "SLA-E0622"),
        ({"id": "r", "retracts": "e1"}, "SLA-E0620"),
        (opened(corrects="a", retracts="b", recordedtime="2026-03-02T00:00:00Z"), "SLA-E0633"),
    ],
)
def test_an_unfit_line_is_refused_with_its_place(desk, line, code):
    before = responded("ok")
    assert desk.refused([before, line]) == [("SLA-E0600", None), (code, 2)]


def test_messages_can_be_said_in_both_languages(desk):
    desk.refused([opened(data={"priority": "high"})])
    (found,) = desk.collector.sorted()
    assert "`high`" in message(found, "en")
    assert "不是 `priority` 的值" in message(found, "zh")
    assert "`High`" in message(found, "en")


def test_the_caret_stands_under_the_culprit(desk):
    line = json.dumps(opened(data={"priority": "high"}))
    desk.refused([line])
    (found,) = desk.collector.sorted()
    assert line[found.at.column - 1 :][: found.at.length] == '"high"'
    desk.refused([line.replace("+08:00", "")])
    (found,) = desk.collector.sorted()
    assert line[found.at.column - 1 :][: found.at.length] == '"time"'
    desk.refused(['{"id": "a", }'])
    (found,) = desk.collector.sorted()
    assert (found.code, found.at.column) == ("SLA-E0602", 13)


def test_a_refusal_counts_everything_and_shows_twenty(desk):
    lines = [opened(f"e{at}", data={"priority": "x"}) for at in range(50)]
    found = desk.refused(lines)
    assert len(found) == 21
    assert len(desk.collector) == 50
    assert desk.collector.has_errors


def test_undeclared_types_are_ignored_and_counted(desk):
    other = {"id": "x", "type": "meeting.held"}
    loaded = desk.load([opened(), other, {**other, "id": 5}, responded()])
    assert ids(loaded) == ["e1", "e2"]
    assert loaded.counts.ignored == {"meeting.held": 2}
    assert loaded.counts.read == 4


def test_only_undeclared_types_is_worth_a_warning(desk):
    loaded = desk.load([{"id": "x", "type": "meeting.held"}])
    assert ids(loaded) == []
    assert desk.said() == ["SLA-E0641"]


def test_undeclared_fields_are_kept_and_said(desk):
    (event,) = desk.load(
        [opened(data={"colour": "red", "nested": {"b": [1, None], "a": 2}}, extension="x")]
    ).events
    assert event.data["colour"] == "red"
    assert event.data["nested"] == "{'a':2,'b':[1,None]}"
    (note,) = desk.collector.sorted()
    assert note.code == "SLA-E0640"
    assert set(note.fields) == {"ticket.opened.colour × 1", "ticket.opened.nested × 1", "extension × 1"}


def test_hostile_repetition_takes_linear_time(desk):
    many = [opened(subject=f"T-{at}") for at in range(20_000)]
    found = desk.refused(many)
    assert len(found) == 21
    assert len(desk.collector) == 19_999
    wide = ",".join(["id", "type", "subject", "time", *(f"c{at}" for at in range(50_000))])
    assert ids(desk.load(("wide.csv", wide + "\n"))) == []


def test_an_empty_file_is_fine_and_said(desk):
    assert ids(desk.load([])) == []
    assert desk.said() == ["SLA-E0608"]
    assert ids(desk.load(("blank.jsonl", "\n  \n"))) == []
    assert desk.said() == ["SLA-E0608"]


def test_compressed_files_are_read_and_damaged_ones_refused(desk):
    packed = gzip.compress(json.dumps(opened()).encode() + b"\n")
    loaded = desk.load(("a.jsonl.gz", packed))
    assert ids(loaded) == ["e1"]
    assert desk.refused(("a.jsonl.gz", packed[:-9])) == [("SLA-E0607", None)]
    assert desk.refused(("a.jsonl.gz", b"plain")) == [("SLA-E0607", None)]


def test_the_hash_is_that_of_the_stored_bytes(desk):
    loaded = desk.load([opened()])
    ((name, digest),) = loaded.inputs
    assert name == "0.jsonl"
    assert digest == "sha256:" + hashlib.sha256((desk.folder / "0.jsonl").read_bytes()).hexdigest()


def test_a_missing_file_and_a_folder_are_refused(desk):
    for path, code in ((desk.folder / "none.jsonl", "SLA-E0001"), (desk.folder, "SLA-E0002")):
        with pytest.raises(Stop) as caught:
            load([path], PROGRAM, desk.collector)
        assert [item.code for item in caught.value.diagnostics] == [code]


@pytest.mark.parametrize(
    ("type_", "value", "held"),
    [
        ("civil", "P10D", "0,10"),
        ("civil", "P1Y2M3W4D", "14,25"),
        ("civil", 30, "0,30"),
        ("workdays", 5, "5"),
        ("workdays", "05", "5"),
        ("number", "-1.5e2", Fraction(-150)),
        ("ratio", "5‰", Fraction(1, 200)),
        ("ratio", "５%", None),
        ("civil", "P", None),
        ("civil", "PT1H", None),
        ("workdays", -1, None),
        ("workdays", "P1D", None),
        ("bool", 1, None),
        ("integer", True, None),
        ("instant", 1772413200, None),
        ("duration", 15, None),
        ("text", None, None),
    ],
)
def test_a_value_of_each_kind_is_held_exactly_or_refused(type_, value, held):
    convert = converter(type_, {}, is_text=False)
    if held is None:
        with pytest.raises(Unfit):
            convert(value, "field")
    else:
        assert convert(value, "field") == held


def test_the_ends_of_a_domain_belong_to_it(desk):
    inside = {"size": 9, "price": "0 CNY", "stay": "PT2H", "mark": "a", "begun": "2026-01-01"}
    assert desk.refused([opened(data=inside), opened("e2", data={"size": 1, "mark": "d"})]) == [
        ("SLA-E0600", None),
        ("SLA-E0636", 2),
    ]
