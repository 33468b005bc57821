"""`coverage`, `new` and `offer` on a small contract whose figures are worked out by hand."""

from __future__ import annotations

import json

import pytest

from slalang.cli.main import main

HEAD = """contract "Desk" version "1.0"
use std.plain, std.tickets
time zone UTC
currency CNY
conventions std.plain
{clauses}
party A
party B
levels priority = High > Low
clause 1.1 "Answers"
  parameter answer_time : duration, from 1 h to 8 h, "agreed"
  obligation Answer
    for each ticket
    A owes B
    from opened until first responded
    clock always
    within <= answer_time
    on reopening : frozen
  scenario "in time"
    with answer_time = 2 h, fee = 100 CNY
    given
      2026-03-02 09:00 ticket T-1 opened priority High
      2026-03-02 11:00 ticket T-1 responded
    as of 2026-03-03 00:00
    expect Answer T-1 is met
  scenario "late"
    with answer_time = 2 h, fee = 100 CNY
    given
      2026-03-02 09:00 ticket T-1 opened priority High
      2026-03-02 11:01 ticket T-1 responded
    as of 2026-03-03 00:00
    expect Answer T-1 is late
clause 2 "Money"
  parameter fee : money, at least 0 CNY
  penalty Late for each breach of Answer
    A owes B
    amount = fee × 10%
"""
EVENTS = """{"id":"1","type":"ticket.opened","subject":"T-1","time":"2026-03-02T09:00:00Z","data":{"priority":"High"}}
{"id":"2","type":"ticket.responded","subject":"T-1","time":"2026-03-02T12:00:00Z"}
"""


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        shown = capsys.readouterr()
        return ended.value.code, shown.out, shown.err

    return run


def write(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    return name


@pytest.mark.parametrize(
    ("clauses", "code", "missing", "unlisted"),
    [
        ("clauses 1, 2", 0, [], []),  # a part of clause 1 stands for it
        ("clauses 1.1, 2", 0, [], []),
        ("clauses 1 to 3", 1, ["3"], []),
        ("clauses 1.1 to 1.3, 2", 1, ["1.2", "1.3"], []),
        ("clauses 1", 1, [], ["2"]),
        ("", 0, [], []),
    ],
)
def test_a_clause_that_is_missing_is_a_finding(call, tmp_path, clauses, code, missing, unlisted):
    path = write(tmp_path, "c.sla", HEAD.format(clauses=clauses))
    ended, out, _ = call("coverage", path, "--format", "json")
    (found,) = json.loads(out)
    assert (ended, found["missing"], found["unlisted"]) == (code, missing, unlisted)


def test_what_scenarios_show(call, tmp_path):
    path = write(tmp_path, "c.sla", HEAD.format(clauses="clauses 1, 2"))
    _, out, _ = call("coverage", path, "--format", "json")
    (found,) = json.loads(out)
    answer = next(rule for rule in found["clauses"][0]["rules"] if rule["name"] == "Answer")
    assert (answer["kept"], answer["broken"]) == (["in time"], ["late"])
    assert found["not_shown_both_ways"] == ["Late"]
    assert call("coverage", path, "--strict")[0] == 1


@pytest.mark.parametrize(
    "line", ["clauses 3 to 1", "clauses 1.1 to 2.3", "clauses a to c", "clauses 1 to 5000"]
)
def test_a_range_that_is_none(call, tmp_path, line):
    path = write(tmp_path, "c.sla", HEAD.format(clauses=line))
    code, out, _ = call("check", path, "--format", "json")
    told = [
        (one["code"], one["at"]["line"])
        for one in json.loads(out)["diagnostics"]
        if one["severity"] == "error"
    ]
    assert (code, told) == (1, [("SLA-E0530", 6)])


def test_a_new_contract_with_its_blanks(call, tmp_path):
    path = write(tmp_path, "c.sla", HEAD.format(clauses=""))
    code, out, _ = call("new", "--from", path, "-o", "mine.sla", "--set", "fee=5 CNY")
    assert (code, out.splitlines()[0]) == (0, "mine.sla: the contract")
    assert (tmp_path / "mine.sla").read_text("utf-8") == HEAD.format(clauses="")
    lines = (tmp_path / "mine.values").read_text("utf-8").splitlines()
    assert [line for line in lines if "=" in line and not line.startswith("#")] == [
        "answer_time =",
        "fee = 5 CNY",
    ]
    # Nothing is written over, and a value outside its domain leaves nothing half-written.
    assert "SLA-E0734" in call("new", "--from", path, "-o", "mine.sla")[2]
    code, _, err = call("new", "--from", path, "-o", "other.sla", "--set", "answer_time=9 h")
    assert (code, "SLA-E0308" in err, (tmp_path / "other.sla").exists()) == (2, True, False)
    assert "SLA-E0733" in call("new", "--from", "nothing-of-that-name")[2]


def test_a_blank_is_named_until_it_is_filled(call, tmp_path):
    path = write(tmp_path, "c.sla", HEAD.format(clauses=""))
    events = write(tmp_path, "e.jsonl", EVENTS)
    values = write(tmp_path, "v.values", "answer_time =\nfee = 100 CNY # per month\n")
    code, _, err = call("run", path, "--events", events, "--values", values)
    assert code == 2
    assert "`answer_time` (a duration, clause 1.1) has no value" in err
    assert "`fee`" not in err
    write(tmp_path, "v.values", "answer_time = 2 h\nfee = 100 CNY\n")
    code, out, _ = call("run", path, "--events", events, "--values", values, "--format", "json")
    # Answered after 3 h against 2 h: late, and 10 % of 100 CNY.
    assert [line["amount"] for line in json.loads(out)["ledger"]] == ["10"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("fee 100 CNY\n", "SLA-E0731", "v.values:1:1"),
        ("fee = 1 CNY\nfee = 2 CNY\n", "SLA-E0732", "v.values:2:1"),
    ],
)
def test_a_values_file_that_is_none(call, tmp_path, text, code, place):
    path = write(tmp_path, "c.sla", HEAD.format(clauses=""))
    events, values = write(tmp_path, "e.jsonl", EVENTS), write(tmp_path, "v.values", text)
    ended, _, err = call("run", path, "--events", events, "--values", values)
    assert (ended, code in err, place in err) == (2, True, True)


def test_offers_side_by_side(call, tmp_path):
    path, events = write(tmp_path, "c.sla", HEAD.format(clauses="")), write(tmp_path, "e.jsonl", EVENTS)
    strict = write(tmp_path, "strict.values", "answer_time = 2 h\nfee = 100 CNY\n")
    mild = write(tmp_path, "mild.values", "answer_time = 4 h\nfee = 90 CNY\n")
    code, out, _ = call("offer", path, strict, mild, "--events", events, "--format", "json")
    found = json.loads(out)
    # 3 h: late under 2 h (10 % of 100), met under 4 h.
    assert code == 0
    assert [one["verdicts"]["Answer"] for one in found] == [
        {"breached": 1, "judged": 1},
        {"breached": 0, "judged": 1},
    ]
    assert [[line["amount"] for line in one["owed"]] for one in found] == [["10"], []]
    assert [one["follows"]["Answer"]["value"] for one in found] == [
        "<= duration 7200000000",
        "<= duration 14400000000",
    ]
    # A single offer is told whole, and beside another one it says which blank it leaves open.
    half = write(tmp_path, "half.values", "answer_time = 2 h\n")
    _, alone, _ = call("offer", path, half)
    told = {line.split()[0]: line.split()[1:] for line in alone.splitlines()[2:] if line.startswith("  ")}
    assert told["answer_time"] == ["2", "h"]
    assert told["fee"] == ["left", "open"]
    _, both, _ = call("offer", path, half, strict, "--lang", "zh")
    assert next(line.split() for line in both.splitlines() if line.startswith("  fee")) == [
        "fee",
        "未填",
        "100.00",
        "CNY",
    ]
    bold = write(tmp_path, "bold.values", "answer_time = 9 h\nfee = 1 CNY\n")
    ended, _, err = call("offer", path, bold)
    assert (ended, "SLA-E0308" in err, "bold.values" in err) == (2, True, True)
