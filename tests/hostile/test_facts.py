"""Files of events, registers and bindings that are broken: told with file and line, and nothing is judged."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

HOSTING = Path(__file__).resolve().parents[2] / "contracts" / "managed-hosting" / "contract.sla"
GOOD = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "desk",
    "type": "ticket.opened",
    "subject": "T-1",
    "time": "2026-04-02T11:00:00-04:00",
    "data": {"priority": "Major", "customer": "CL-7", "channel": "email"},
}
LINE = json.dumps(GOOD)


def but(old, new):
    """The good line with one piece replaced."""
    assert old in LINE
    return LINE.replace(old, new)


def other(**changes):
    return json.dumps({**GOOD, **changes})


def told(**data):
    return other(data={**GOOD["data"], **data})


EVENTS = {
    "half an object": ('{"a": ', "SLA-E0602"),
    "no JSON": ("hello", "SLA-E0602"),
    "a list": ("[1, 2]", "SLA-E0602"),
    "null": ("null", "SLA-E0602"),
    "more after the object": (LINE + "}", "SLA-E0602"),
    "a line cut off": (LINE[:-3], "SLA-E0602"),
    "a key twice": (but('"id": "e-1"', '"id": "e-1", "id": "x"'), "SLA-E0603"),
    "a field twice": (but('"data": {', '"data": {"priority": "Minor", '), "SLA-E0603"),
    "NaN": (but('"Major"', "NaN"), "SLA-E0602"),
    "minus Infinity": (but('"Major"', "-Infinity"), "SLA-E0602"),
    "1e400": (but('"Major"', "1e400"), "SLA-E0626"),
    "1e999999999999": (but('"Major"', "1e999999999999"), "SLA-E0626"),
    "100,000 digits": (but('"Major"', "9" * 100_000), "SLA-E0626"),
    "a list 100,000 deep": (but('"Major"', "[" * 100_000 + "]" * 100_000), "SLA-E0602"),
    "objects 100,000 deep": (but('"Major"', '{"a":' * 100_000 + "1" + "}" * 100_000), "SLA-E0602"),
    "100,000 brackets": ("[" * 100_000, "SLA-E0602"),
    "half a surrogate pair": (but('"Major"', '"\\ud800"'), "SLA-E0602"),
    "ten megabytes in a line": (but('"Major"', '"' + "x" * 10_000_000 + '"'), "SLA-E0604"),
    "NULs": ("\0" * 5000, "SLA-E0602"),
    "year 0000": (but("2026-04", "0000-04"), "SLA-E0622"),
    "year 1": (but("2026-04", "0001-04"), "SLA-E0622"),
    "year 9999": (but("2026-04", "9999-04"), "SLA-E0622"),
    "year 10000": (but("2026-04", "10000-04"), "SLA-E0622"),
    "no offset": (but("-04:00", ""), "SLA-E0622"),
    "an offset of 99 hours": (but("-04:00", "-99:00"), "SLA-E0622"),
    "a leap second": (but("11:00:00", "23:59:60"), "SLA-E0622"),
    "nanoseconds": (but("11:00:00", "11:00:00.123456789"), "SLA-E0622"),
    "a time recorded that is none": (other(recordedtime="x"), "SLA-E0622"),
    "a number for a time": (other(time=5), "SLA-E0621"),
    "a number for a subject": (other(subject=5), "SLA-E0621"),
    "an object for a type": (other(type={}), "SLA-E0621"),
    "a list for the data": (other(data=[1]), "SLA-E0621"),
    "another format": (other(specversion="9.9"), "SLA-E0621"),
    "no subject": (other(subject=None), "SLA-E0620"),
    "an empty subject": (other(subject=""), "SLA-E0620"),
    "no id": (other(id=None), "SLA-E0620"),
    "no data": (other(data={}), "SLA-E0623"),
    "a field that is null": (told(priority=None), "SLA-E0623"),
    "a number for a level": (told(priority=5), "SLA-E0624"),
    "true for a level": (told(priority=True), "SLA-E0624"),
    "an object for a level": (told(priority={"a": 1}), "SLA-E0624"),
    "an unknown level": (told(priority="Nope"), "SLA-E0625"),
    "one id, two contents": (but("Major", "Minor"), "SLA-E0630"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "code"), EVENTS.values(), ids=EVENTS.keys())
def test_a_line_of_events(slalang, judged, tmp_path, line, code):
    path = tmp_path / "e.jsonl"
    path.write_text(f"{LINE}\n\n{line}\n", "utf-8")
    command = [*judged[:3], path, *judged[4:]]
    done = slalang(*command, "--lang", "both", "-o", tmp_path / "out.json")
    assert done.code == 2
    assert code in done.codes
    assert any(place.startswith(f"{path}:3") for place in done.places)
    assert [item.name for item in tmp_path.iterdir()] == ["e.jsonl"]  # nothing was written


def test_lines_that_are_set_aside_are_told_kept_and_counted(slalang, judged, tmp_path):
    path = tmp_path / "e.jsonl"
    path.write_text(f"{LINE}\nhello\n{other(id='e-2', time=5)}\n", "utf-8")
    kept = tmp_path / "aside.jsonl"
    done = slalang(*judged[:3], path, *judged[4:], "--lenient", "--rejects", kept, "--format", "json")
    assert (done.code, done.codes) == (0, {"SLA-E0601"})
    assert json.loads(done.out)["receipt"]["rejected"] == 2
    aside = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [(item["line"], item["code"]) for item in aside] == [(2, "SLA-E0602"), (3, "SLA-E0621")]
    explained = slalang(
        "explain", *judged[1:3], path, *judged[4:], "--rule", "Response", "--lenient", "--rejects", kept
    )
    assert "SLA-E0601" in explained.codes


@pytest.mark.parametrize("command", ["run", "explain"])
def test_places_that_hold_no_events(slalang, judged, tmp_path, command):
    whole = gzip.compress((LINE + "\n").encode() * 200)
    files = {
        "cut.jsonl.gz": (whole[: len(whole) // 2], "SLA-E0607"),
        "plain.jsonl.gz": (LINE.encode(), "SLA-E0607"),
        "packed.jsonl": (whole, "SLA-E0605"),
        "noise.jsonl": (random.Random(1).randbytes(5000), "SLA-E0605"),
        "wide.jsonl": (LINE.encode("utf-16"), "SLA-E0605"),
        "empty.jsonl": (b"", "SLA-E0728"),
        "blank.jsonl": (b"\n\n", "SLA-E0728"),
        "strange.jsonl": (other(type="nothing.known").encode(), "SLA-E0728"),
    }
    rule = ["--rule", "Response"] if command == "explain" else []
    for name, (data, code) in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        done = slalang(command, *judged[1:3], path, *judged[4:], *rule)
        assert (done.code, code in done.codes) == (2, True), name
    for place, code in {
        tmp_path: "SLA-E0002",
        "/dev/zero": "SLA-E0002",
        tmp_path / "none": "SLA-E0001",
        "a\0b": "SLA-E0005",
    }.items():
        done = slalang(command, *judged[1:3], place, *judged[4:], *rule)
        assert (done.code, done.codes) == (2, {code})


def test_nothing_happened_is_an_answer_where_it_is_said_until_when(slalang, judged, tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    assert slalang(*judged[:3], path, *judged[4:], "--as-of", "2026-05-01").code in {0, 1}


ATTRIBUTES = {"plan": "Enterprise", "monthly_fee": "1000 USD"}
REGISTERS = {
    "no id": ({"entity": "agreement", "attributes": ATTRIBUTES}, "SLA-E0620"),
    "a number for an id": ({"id": 5}, "SLA-E0621"),
    "a list of attributes": ({"attributes": []}, "SLA-E0621"),
    "a misspelt key": ({"form": "2026-01-01"}, "SLA-E0620"),
    "30 February": ({"from": "2026-02-30"}, "SLA-E0622"),
    "an unknown level": ({"attributes": {**ATTRIBUTES, "plan": "Nope"}}, "SLA-E0625"),
    "an object for a level": ({"attributes": {**ATTRIBUTES, "plan": {"a": 1}}}, "SLA-E0624"),
}


@pytest.mark.parametrize(("change", "code"), REGISTERS.values(), ids=REGISTERS.keys())
def test_a_line_of_a_register(slalang, judged, tmp_path, change, code):
    path = tmp_path / "register.jsonl"
    entry = (
        change
        if len(change) > 1
        else {"entity": "agreement", "id": "A-1", "attributes": ATTRIBUTES, **change}
    )
    path.write_text(json.dumps(entry), "utf-8")
    done = slalang(*judged[:4], "--events", path)
    assert (done.code, code in done.codes) == (2, True), done.err
    assert any(place.startswith(f"{path}:1") for place in done.places)


# --- bindings and tables

COLUMNS = "CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,TYPE,Source\n"
ROW = "1,01/05/2024 10:00:00 AM,,01/05/2024 11:00:00 AM,Sign Repair,App\n"
BINDINGS = {
    "no text": (lambda _: b"\xff\xfe" + bytes(range(256)), "SLA-E0004", ""),
    "no TOML": (lambda _: b"[[table", "SLA-E0650", ""),
    "nothing": (lambda _: b"", "SLA-E0652", ":1"),
    "deep brackets": (lambda _: b"a=" + b"[" * 100_000, "SLA-E0650", ""),
    "a huge file": (lambda _: b'x = "' + b"y" * 10_000_000 + b'"', "SLA-E0003", ""),
    "an unknown key": (lambda text: text.replace(b'kind = "wide"', b'kind = "wide"\nzzz = 1'), "SLA-E0651", ":8"),
    "an unknown kind": (lambda text: text.replace(b'"wide"', b'"tall"'), "SLA-E0653", ":7"),
    "a number for a kind": (lambda text: text.replace(b'"wide"', b"nan"), "SLA-E0653", ":7"),
    "an unknown zone": (lambda text: text.replace(b"America/New_York", b"Mars/X"), "SLA-E0653", ":9"),
    "the machine's own zone": (lambda text: text.replace(b"America/New_York", b"localtime"), "SLA-E0653", ":9"),
    "an unknown directive": (lambda text: text.replace(b"%m/%d", b"%Q/%d"), "SLA-E0653", ":10"),
    "an unknown overlap": (lambda text: text.replace(b'"first"', b'"third"'), "SLA-E0653", ":11"),
    "an open brace": (lambda text: text.replace(b"{CASE_ENQUIRY_ID}", b"{"), "SLA-E0653", ":8"),
    "a pattern that fits no file": (lambda text: text.replace(b"requests*.csv", b"["), "SLA-E0654", ":5"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "code", "place"), BINDINGS.values(), ids=BINDINGS.keys())
def test_a_binding(slalang, boston, tmp_path, change, code, place):
    table, path = tmp_path / "requests1.csv", tmp_path / "b.toml"
    table.write_text(COLUMNS + ROW, "utf-8")
    path.write_bytes(change((boston / "bindings.toml").read_bytes()))
    done = slalang("run", boston / "contract.sla", "--events", table, "--bindings", path, "--lang", "both")
    assert (done.code, code in done.codes) == (2, True), done.err
    assert any(each.startswith(f"{path}{place}") for each in done.places)


ROWS = {
    "a short row": ("1,01/05/2024\n", "SLA-E0611"),
    "a long row": (ROW.strip() + ",9,9\n", "SLA-E0611"),
    "a quote left open": ('1,"01/05', "SLA-E0612"),
    "month 13": (ROW.replace("01/05/2024 10", "13/45/2024 10"), "SLA-E0658"),
    "a time that the clocks skip": (ROW.replace("01/05/2024 10:00", "03/10/2024 02:30"), "SLA-E0658"),
    "year 9999": (ROW.replace("01/05/2024 10", "01/05/9999 10"), "SLA-E0622"),
    "no subject": (ROW.replace("1,", ",", 1), "SLA-E0657"),
    "a cell of two megabytes": (ROW.replace("App", "x" * 2_000_000), "SLA-E0604"),
}


@pytest.mark.parametrize(("row", "code"), ROWS.values(), ids=ROWS.keys())
def test_a_row_of_a_table(slalang, boston, tmp_path, row, code):
    table = tmp_path / "requests1.csv"
    table.write_text(COLUMNS + row, "utf-8")
    done = slalang("run", boston / "contract.sla", "--events", table, "--bindings", boston / "bindings.toml")
    assert (done.code, code in done.codes) == (2, True), done.err
    assert any(each.startswith(f"{table}:2") for each in done.places)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_a_terminal_would_obey_is_shown_as_an_escape(slalang, judged, tmp_path, form):
    path = tmp_path / "e.jsonl"
    path.write_text(other(subject="T\x00\x1b[31m\u202e-1\nnext"), "utf-8")
    done = slalang("explain", *judged[1:3], path, *judged[4:], "--rule", "Response", "--format", form)
    assert done.code == 0
    assert not set(done.out) & set("\x00\x1b\u202e")
    assert "x1b" in done.out
    assert "\nnext" not in done.out


AMOUNT = """\
contract "T" version "1"
time zone UTC
currency CNY
counting prc_civil_code
use std.plain, std.tickets
conventions std.plain
levels priority = High > Low
party A "a"
party B "b"
{before}clause 1 "x"
  credit K each month
    A owes B
    rounding : half up
    posted : same period
    amount = {amount}
"""
AMOUNTS = {
    "rounded to a step of nought": ("", "round_up(5 CNY, 0 CNY)"),
    "divided by a difference of nought": ("parameter p : number\n", "1 CNY / (p - p)"),
    "squared eight times": (
        "let x0 = 99999999\n" + "".join(f"let x{n} = x{n - 1} × x{n - 1}\n" for n in range(1, 9)),
        "x8 × 1 CNY",
    ),
}


@pytest.mark.parametrize(("before", "amount"), AMOUNTS.values(), ids=AMOUNTS.keys())
def test_an_amount_that_nobody_can_work_out_is_undetermined_and_explained(slalang, tmp_path, before, amount):
    contract, events = tmp_path / "c.sla", tmp_path / "e.jsonl"
    contract.write_text(AMOUNT.format(before=before, amount=amount), "utf-8")
    events.write_text(other(data={"priority": "High", "customer": "C"}), "utf-8")
    asked = [
        contract,
        "--events",
        events,
        "--as-of",
        "2026-05-01",
        *(["--set", "p=5"] if "p :" in before else []),
    ]
    done = slalang("run", *asked, "--format", "json")
    assert done.code == 1  # undetermined lines are findings
    lines = json.loads(done.out)["ledger"]
    assert lines
    assert {(line["status"], line["amount"]) for line in lines} == {("undetermined", None)}
    assert slalang("explain", *asked, "--rule", "K", "--lang", "both").code == 0


def test_a_lenient_run_in_which_every_line_was_set_aside_does_not_look_clean(slalang, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n{"id": 2}\n', encoding="utf-8")
    words = ["run", HOSTING, "--events", tmp_path / "bad.jsonl", "--lenient", "--as-of", "2026-05-01"]
    ended = slalang(
        *words, "--rejects", tmp_path / "out.jsonl", "--set", "plan=Basic", "--set", "monthly_fee=1 USD"
    )
    assert ended.code == 2
    assert "SLA-E0730" in ended.codes
