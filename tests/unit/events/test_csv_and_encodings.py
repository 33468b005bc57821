from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from facts_desk import PROGRAM, ids, opened, responded

from slalang.diagnostics.diagnostic import Stop
from slalang.ir.program import Parameter

HEAD = "id,type,subject,time,priority,customer,fee,vip\n"
ROW = "e1,ticket.opened,T-1,2026-03-02T09:00:00+08:00,High,C-1,12.50,true\n"


def test_a_csv_event_equals_the_json_one(desk):
    (event,) = desk.load(("a.csv", HEAD + ROW)).events
    line = opened(data={"customer": "C-1", "fee": "12.5", "vip": True})
    (same,) = desk.load([line]).events
    assert (event.id, event.type, event.subject, event.time, event.data) == (
        same.id, same.type, same.subject, same.time, same.data
    )  # fmt: skip
    assert event.data["fee"] == Fraction(25, 2)
    assert event.origin[1] == 2
    both = desk.load(("a.csv", HEAD + ROW), ("b.jsonl", [line]))
    assert (ids(both), both.counts.duplicates) == (["e1"], 1)


def test_blank_cells_are_absent(desk):
    row = "e2,ticket.responded,T-1,2026-03-02T09:15:00+08:00,,,,\n"
    first, second = desk.load(("a.csv", HEAD + ROW + row)).events
    assert second.data == {}
    assert first.data["priority"] == "High"
    assert desk.said() == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_head(desk, delimiter):
    text = (HEAD + ROW).replace(",", delimiter)
    assert ids(desk.load(("a.csv", text))) == ["e1"]
    assert ids(desk.load(("a.txt", text))) == ["e1"]
    assert ids(desk.load(("a.csv.gz", gzip.compress(text.encode())))) == ["e1"]


def test_columns_for_every_attribute_and_prefixed_fields(desk):
    head = "id,type,subject,time,source,sequence,recordedtime,corrects,by,to,data.priority\n"
    row = "c1,ticket.opened,T-1,2026-03-02T09:00:00Z,desk,4,2026-03-03T00:00:00Z,e1,A,B,Low\n"
    (event,) = desk.load(("a.csv", head + row), [opened()]).events
    assert (event.id, event.corrects, event.sequence, event.by, event.to) == ("c1", "e1", 4, "A", "B")
    assert event.data == {"priority": "Low"}


def test_full_width_heads_and_quoted_line_ends(desk):
    text = 'ｉｄ,type,subject,time,priority,customer\r\ne1,ticket.opened,"T\n""1""",2026-03-02T09:00:00Z,High,x\r\ne2,bad\r\n'
    assert desk.refused(("a.csv", text)) == [("SLA-E0600", None), ("SLA-E0611", 4)]
    (event,) = desk.load(("a.csv", text[: text.index("e2")])).events
    assert event.subject == 'T\n"1"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + ROW + "e2,ticket.responded,T-1\n", [("SLA-E0600", None), ("SLA-E0611", 3)]),
        (HEAD + ROW[:-1] + ",extra\n", [("SLA-E0600", None), ("SLA-E0611", 2)]),
        (HEAD + 'e1,"ticket.opened,T-1\n', [("SLA-E0600", None), ("SLA-E0612", 2)]),
        (HEAD + 'e1,"a"b,T-1\n', [("SLA-E0600", None), ("SLA-E0612", 2)]),
        (HEAD + ROW.replace("High", ""), [("SLA-E0600", None), ("SLA-E0623", 2)]),
        (HEAD + ROW.replace("true", "maybe"), [("SLA-E0600", None), ("SLA-E0624", 2)]),
        (HEAD + ROW.replace("12.50", "12,50".replace(",", "x")), [("SLA-E0600", None), ("SLA-E0624", 2)]),
        (HEAD + ROW.replace("+08:00", ""), [("SLA-E0600", None), ("SLA-E0622", 2)]),
        (HEAD + "\n" + ROW.replace("e1", ""), [("SLA-E0600", None), ("SLA-E0620", 3)]),
        ("id,type,subject\nx,y,z\n", [("SLA-E0610", 1)]),
        ("id,type,subject,time,time\n", [("SLA-E0609", 1)]),
        ("id,type,subject,time,data.x,x\n", [("SLA-E0609", 1)]),
        (HEAD + "x" * 1_000_001 + "\n", [("SLA-E0600", None), ("SLA-E0604", 2)]),
        ("no table at all", [("SLA-E0610", 1)]),
    ],
)
def test_unfit_tables_are_refused_with_their_place(desk, text, found):
    assert desk.refused(("a.csv", text)) == found


def test_rows_that_end_in_empty_cells_are_fine(desk):
    assert ids(desk.load(("a.csv", HEAD + ROW[:-1] + ",,,\n"))) == ["e1"]


def test_a_quote_that_is_never_closed_stops_at_a_megabyte(desk):
    text = HEAD + '"' + ("x" * 99 + "\n") * 20_000
    found = desk.refused(("a.csv", text))
    assert found[1] == ("SLA-E0612", 2)


# --- encodings

CHINESE = json.dumps(opened(subject="工单一"), ensure_ascii=False) + "\n"


def test_utf8_with_and_without_a_mark(desk):
    for data in (CHINESE.encode(), CHINESE.encode("utf-8-sig")):
        (event,) = desk.load(("a.jsonl", data)).events
        assert event.subject == "工单一"
        assert desk.said() == []
    assert ids(desk.load(("a.csv", (HEAD + ROW).encode("utf-8-sig")))) == ["e1"]


def test_gb18030_is_read_and_said(desk):
    (event,) = desk.load(("a.jsonl", CHINESE.encode("gb18030"))).events
    assert event.subject == "工单一"
    (note,) = desk.collector.sorted()
    assert (note.code, note.severity, note.line) == ("SLA-E0606", "note", 1)
    table = (HEAD + ROW + ROW.replace("e1", "e2").replace("C-1", "客户")).encode("gb18030")
    _, second = desk.load(("a.csv", table)).events
    assert second.data["customer"] == "客户"
    assert desk.collector.sorted()[0].line == 3


def test_a_cut_character_at_a_chunk_border_is_no_mistake(desk):
    pad = json.dumps(responded("e2", source="x" * 900_000)) + "\n"
    for shift in range(3):
        text = " " * shift + pad + json.dumps(opened(subject="单" * 50_000), ensure_ascii=False) + "\n"
        assert ids(desk.load(("a.jsonl", text.encode()))) == ["e1", "e2"]
        assert ids(desk.load(("a.jsonl", text.encode("gb18030")))) == ["e1", "e2"]


def test_bytes_that_are_neither_are_refused_with_the_line(desk):
    good = json.dumps(opened()).encode() + b"\n"
    assert desk.refused(("a.jsonl", good + b'{"id": "\xff\xff"}\n')) == [("SLA-E0605", 2)]
    damaged = (CHINESE * 3).encode() + b"\xe5\xb7\n"  # plainly UTF-8, then half a character
    assert desk.refused(("a.jsonl", damaged)) == [("SLA-E0605", 4)]
    assert desk.refused(("a.csv", b"\x00\x81\x01" * 50)) == [("SLA-E0605", 1)]


# --- setting aside


def test_lenient_sets_aside_with_reasons_and_goes_on(desk, tmp_path):
    target = tmp_path / "rejected.jsonl"
    lines = [opened(), "{broken", responded(), opened("e9", data={"priority": "x"}), responded("e1")]
    loaded = desk.load(lines, lenient=True, rejects=target)
    assert ids(loaded) == ["e2"]
    assert loaded.counts.rejected == 4  # two lines, and both contents of e1
    (warning,) = desk.collector.sorted()
    assert (warning.code, warning.unfit) == ("SLA-E0601", 4)
    assert not desk.collector.has_errors
    rejected = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [(each["line"], each["code"]) for each in rejected] == [
        (2, "SLA-E0602"),
        (4, "SLA-E0625"),
        (1, "SLA-E0630"),
        (5, "SLA-E0630"),
    ]
    assert rejected[0]["text"] == "{broken"
    assert "`x`" in rejected[1]["reason"]["en"]
    assert "不是 `priority` 的值" in rejected[1]["reason"]["zh"]


def test_a_run_that_stops_leaves_no_reject_file(desk, tmp_path):
    target = tmp_path / "out" / "rejected.jsonl"
    assert desk.refused([opened()], lenient=True, rejects=target) == [("SLA-E0613", None)]
    target.parent.mkdir()
    desk.write("bad.jsonl", "x\n")
    assert desk.refused(("a.jsonl", "x\n"), ("b.jsonl", b"\xff\xff"), lenient=True, rejects=target) == [
        ("SLA-E0605", 1)
    ]
    assert list(target.parent.iterdir()) == []


def test_half_surrogates_can_be_set_aside(desk, tmp_path):
    target = tmp_path / "rejected.jsonl"
    line = json.dumps(opened(data={"priority": "\ud800"}))
    loaded = desk.load([line], lenient=True, rejects=target)
    assert loaded.counts.rejected == 1
    assert json.loads(target.read_text("utf-8"))["code"] == "SLA-E0602"


# --- registers


def test_registers_hold_dated_attributes(desk):
    lines = [
        {"entity": "agreement", "id": "A-1", "from": "2026-02-01", "attributes": {"fee": "9000"}},
        {"entity": "agreement", "id": "A-1", "attributes": {"fee": "8000.50", "since": "2025-12-31"}},
        {"entity": "ticket", "id": "T-1", "attributes": {"agreement": "A-1"}},
        {"entity": "ticket", "id": "T-1", "attributes": {"agreement": "A-1"}},
        {"entity": "printer", "id": "P"},
    ]
    loaded = desk.load(lines)
    registers = loaded.registers
    february = 1_769_875_200_000_000  # 2026-02-01T00:00+08:00 = 2026-01-31T16:00Z = day 20 484, 16 h
    assert registers.at("agreement", "A-1", february - 1) == {
        "fee": Fraction(16001, 2),
        "since": "2025-12-31",
    }
    assert registers.at("agreement", "A-1", february)["fee"] == 9000
    assert registers.ids("ticket") == ["T-1"]
    assert (loaded.counts.entries, loaded.counts.duplicates) == (3, 1)
    assert loaded.counts.ignored == {"register printer": 1}
    table = "entity,id,from,fee\nagreement,A-1,,8000\nagreement,A-1,2026-02-01T00:00:00+08:00,9000\n"
    registers = desk.load(("register.csv", table)).registers
    assert registers.at("agreement", "A-1", february)["fee"] == 9000
    assert registers.at("agreement", "A-1", february - 1)["fee"] == 8000


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"entity": "agreement", "attributes": {}}, "SLA-E0620"),
        ({"entity": "agreement", "id": "A", "form": "2026-01-01"}, "SLA-E0620"),
        ({"entity": "agreement", "id": 5}, "SLA-E0621"),
        ({"entity": "agreement", "id": "A", "attributes": []}, "SLA-E0621"),
        ({"entity": "agreement", "id": "A", "from": "2026-02-30"}, "SLA-E0622"),
        ({"entity": "agreement", "id": "A", "from": "1.2.2026"}, "SLA-E0622"),
        ({"entity": "agreement", "id": "A", "attributes": {"fee": "x"}}, "SLA-E0624"),
        ({"entity": "agreement", "id": "A-1", "attributes": {"fee": "1"}}, "SLA-E0634"),
    ],
)
def test_unfit_entries_are_refused(desk, line, code):
    first = {"entity": "agreement", "id": "A-1", "attributes": {"fee": "2"}}
    assert desk.refused([first, line]) == [("SLA-E0600", None), (code, 2)]


def test_an_agreement_may_bind_parameters_within_their_domain(desk):
    program = replace(
        PROGRAM,
        entities=(),
        parameters=(
            Parameter("monthly_fee", "amount:CNY", low="0", high="20000", high_in=False),
            Parameter("plan", "text", one_of=("basic", "gold")),
            Parameter("promptly", "duration", open_word=True),
        ),
    )

    def bind(**attributes):
        return [{"entity": "agreement", "id": "A-1", "attributes": attributes}]

    loaded = desk.load(bind(monthly_fee="10000 CNY", plan="gold"), program=program)
    assert loaded.registers.at("agreement", "A-1", 0) == {"monthly_fee": Fraction(10000), "plan": "gold"}
    assert desk.load(bind(monthly_fee=0), program=program).counts.entries == 1
    for attributes, code in (
        ({"monthly_fee": "-0.01"}, "SLA-E0636"),
        ({"monthly_fee": "20000"}, "SLA-E0636"),
        ({"plan": "silver"}, "SLA-E0636"),
        ({"promptly": "PT30M"}, "SLA-E0635"),
        ({"monthly_fee": "10 USD"}, "SLA-E0624"),
    ):
        assert desk.refused(bind(**attributes), program=program) == [("SLA-E0600", None), (code, 1)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("１２.５０", "12.50"),
        ("12.50元", "12.50"),
        ("￥１２", "12"),
        ("人民币12元", "12"),
        ("12 USD", None),
        ("元", None),
    ],
)
def test_a_figure_written_otherwise_is_shown_plain(desk, written, plain):
    with pytest.raises(Stop) as caught:
        desk.load(("a.csv", HEAD + ROW.replace("12.50", written)))
    wrong = caught.value.diagnostics[1]
    assert wrong.code == "SLA-E0624"
    assert (wrong.remedy.en if wrong.remedy else None) == (plain and f"write the figure alone: `{plain}`")


# --- bytes by chance


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz", "a.txt"])
def test_no_bytes_make_a_traceback(desk, name):
    chance = random.Random(20260302)
    seeds = [json.dumps(opened()).encode() + b"\n", (HEAD + ROW).encode(), CHINESE.encode("gb18030"), b""]
    for _ in range(150):
        data = bytearray(chance.choice(seeds) * chance.randrange(1, 4))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        packed = gzip.compress(bytes(data)) if name.endswith(".gz") and chance.random() < 0.7 else bytes(data)
        try:
            read = ids(desk.load((name, packed)))
        except Stop as stop:
            read = stop.diagnostics
        assert all(read)
