"""Periods and look-backs across versions of a contract, and agreements that are under versions of their own: worked out by hand."""

from __future__ import annotations

import json

import in_process
import pytest

TEXT = """\
contract "Care" version "{version}"
use std.plain, std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
{lines}party P
party C

entity line
  refers to agreement by agreement
event line.down
  field agreement : text, optional
event line.up
signal out for each line
  from down until up
signal broken
  any out over line by agreement

metric Down each month
  = time of broken

metric Before each month
  = previous Down

metric ThisYear each month
  = earlier this year Down

metric Faults each month
  = count of line.down

target Up
  each month
  P owes C
  holds Down <= {limit}

credit Back each month
  P owes C
  when Down > {limit}
  amount = {amount}
  posted : same period

credit Again each month
  P owes C
  when previous Back > 0 CNY
  amount = previous Back
  posted : same period

obligation Mended
  for each line
  P owes C
  from down until up
  clock always
  within <= {limit}
  second trigger : opens another
  amendment reaches : {reaches}
"""
FACTS = [  # line, from, until: five hours on 10 March, five on 20 March, five on 10 April
    ("2026-03-10T00:00:00+08:00", "2026-03-10T05:00:00+08:00"),
    ("2026-03-20T00:00:00+08:00", "2026-03-20T05:00:00+08:00"),
    ("2026-04-10T00:00:00+08:00", "2026-04-10T05:00:00+08:00"),
]


def events(*agreements):
    lines = []
    for agreement in agreements:
        for n, (down, up) in enumerate(FACTS):
            who = {"data": {"agreement": agreement}} if agreement else {}
            subject = f"L{agreement}"
            lines += [
                {"id": f"{agreement}d{n}", "type": "line.down", "subject": subject, "time": down, **who},
                {"id": f"{agreement}u{n}", "type": "line.up", "subject": subject, "time": up},
            ]
    return lines


@pytest.fixture
def run(tmp_path):
    def run(*versions, facts=None, register=(), as_of="2026-05-01"):
        files = []
        for version, lines, limit, amount, *reaches in versions:
            path = tmp_path / f"v{version}.sla"
            text = TEXT.format(
                version=version, lines=lines, limit=limit, amount=amount, reaches=(*reaches, "new cases")[0]
            )
            path.write_text(text, "utf-8")
            files.append(path)
        path = tmp_path / "facts.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in facts or events("")), "utf-8")
        given = ["--events", path]
        if register:
            book = tmp_path / "register.jsonl"
            book.write_text("".join(json.dumps(one) + "\n" for one in register), "utf-8")
            given += ["--events", book]
        code, out, err = in_process.called("run", *files, *given, "--as-of", as_of, "--format", "json")
        return (json.loads(out), err) if out else (code, err)

    return run


def told(outcome, rule, table="metrics", what="value"):
    return [
        (one["agreement"] or "", one["period"], one[what], one["version"])
        for one in outcome[table]
        if one["rule"] == rule
    ]


ONE = ("1", "", "10 h", "100 CNY")
TWO = ("2", 'supersedes "1"\neffective from 2026-03-16\n', "2 h", "300 CNY")
SPLIT = ("2", 'supersedes "1"\neffective from 2026-03-16\nsplits periods\n', "2 h", "300 CNY")


def test_a_month_is_judged_by_the_version_at_its_start_and_looks_back_into_the_version_before(run):
    found, _ = run(ONE, TWO)
    # Ten hours in March are not more than ten; five in April are more than two.
    assert told(found, "Down")[:2] == [("", "2026-03", "PT10H", "1"), ("", "2026-04", "PT5H", "2")]
    assert told(found, "Up", "verdicts", "status")[:2] == [
        ("", "2026-03", "met", "1"),
        ("", "2026-04", "broken", "2"),
    ]
    assert told(found, "Before")[1:] == [("", "2026-04", "PT10H", "2"), ("", "2026-05", "PT5H", "2")]
    assert told(found, "ThisYear") == [
        ("", "2026-03", "PT0S", "1"), ("", "2026-04", "PT10H", "2"), ("", "2026-05", "PT15H", "2"),
    ]  # fmt: skip


def test_a_version_that_splits_periods_judges_its_own_part(run):
    found, _ = run(ONE, SPLIT)
    # 1 to 15 March: five hours, within ten. 16 to 31 March: five hours, more than two. And each part has the fault that lies in it.
    assert told(found, "Up", "verdicts", "status")[:3] == [
        ("", "2026-03", "met", "1"), ("", "2026-03-16", "broken", "2"), ("", "2026-04", "broken", "2"),
    ]  # fmt: skip
    assert [value for _, _, value, _ in told(found, "Down")] == ["PT5H", "PT5H", "PT5H", "PT0S"]
    assert [value for _, _, value, _ in told(found, "Faults")] == ["1", "1", "1", "0"]
    assert told(found, "Before")[1] == ("", "2026-03-16", "PT5H", "2")
    lines = [(one["rule"], one["period"], one["amount"]) for one in found["ledger"] if one["rule"] == "Back"]
    assert lines == [("Back", "2026-03-16", "300"), ("Back", "2026-04", "300")]


def test_an_amount_looks_back_into_the_version_before(run):
    found, _ = run(
        ("1", "", "2 h", "100 CNY"), ("2", 'supersedes "1"\neffective from 2026-04-01\n', "2 h", "300 CNY")
    )
    # March: 10 h, 100 CNY under version 1; so that Again in April is 100, and in May 300.
    lines = [
        (one["period"], one["amount"], one["version"]) for one in found["ledger"] if one["rule"] == "Again"
    ]
    # Before March there is nothing to look back to.
    assert lines == [("2026-03", None, "1"), ("2026-04", "100", "2"), ("2026-05", "300", "2")]


def test_the_first_period_begins_where_the_first_version_does(run):
    found, _ = run(("1", "effective from 2026-03-16\n", "10 h", "100 CNY"))
    assert told(found, "Down")[0] == ("", "2026-03", "PT5H", "1")  # without the five hours of the 10th
    assert told(found, "Faults")[0] == ("", "2026-03", "1", "1")


REGISTER = [
    {"entity": "agreement", "id": "A-1", "attributes": {"version": "1"}},
    {"entity": "agreement", "id": "A-2", "attributes": {"version": "1"}},
    {"entity": "agreement", "id": "A-2", "from": "2026-03-18", "attributes": {"version": "2"}},
    {"entity": "agreement", "id": "A-3"},
]


@pytest.mark.parametrize(
    ("second", "parts"),
    [
        # A-1 never left version 1. A-2 is under version 2 from 18 March, A-3 by the date of that version, 16 March.
        (TWO, {"A-1": ["2026-03 1", "2026-04 1"], "A-2": ["2026-03 1", "2026-04 2"], "A-3": ["2026-03 1", "2026-04 2"]}),
        (SPLIT, {"A-1": ["2026-03 1", "2026-04 1"], "A-2": ["2026-03 1", "2026-03-18 2"], "A-3": ["2026-03 1", "2026-03-16 2"]}),
    ],
)  # fmt: skip
def test_an_agreement_is_under_the_version_that_its_register_entry_names(run, second, parts):
    found, _ = run(ONE, second, facts=events("A-1", "A-2", "A-3"), register=REGISTER)
    judged = {
        name: [
            f"{period} {version}"
            for agreement, period, _, version in told(found, "Down")
            if agreement == name
        ][:2]
        for name in parts
    }
    assert judged == parts
    # The line that was down for five hours on 20 March: ten hours are allowed by version 1, two by version 2.
    at = "2026-03-20T00:00:00.000000+08:00"
    status = {
        one["agreement"]: one["status"]
        for one in found["verdicts"]
        if one["rule"] == "Mended" and one["start"][:10] in {at[:10], "2026-03-19"}
    }
    assert status == {"A-1": "met", "A-2": "late", "A-3": "late"}


@pytest.mark.parametrize(
    ("reaches", "status"),
    [
        # Down from 17 March 22:00 for five hours, until 03:00. Version 2 (two hours) begins for A-2 on the 18th at 00:00.
        ("new cases", {"A-1": "met", "A-2": "met"}),
        ("open cases from their start", {"A-1": "met", "A-2": "late"}),  # five hours of two
        ("open cases from the change", {"A-1": "met", "A-2": "late"}),  # three hours of two
    ],
)
def test_open_cases_are_reached_from_the_agreements_own_day(run, reaches, status):
    facts = [
        {"id": f"{name}{what}", "type": f"line.{what}", "subject": f"L{name}", "time": at, "data": {"agreement": name} if what == "down" else {}}
        for name in ("A-1", "A-2")
        for what, at in (("down", "2026-03-17T22:00:00+08:00"), ("up", "2026-03-18T03:00:00+08:00"))
    ]  # fmt: skip
    found, _ = run(ONE, (*TWO, reaches), facts=facts, register=REGISTER)
    assert {one["agreement"]: one["status"] for one in found["verdicts"] if one["rule"] == "Mended"} == status


def test_a_version_that_was_not_given_is_named(run):
    code, err = run(TWO, facts=events("A-1"), register=REGISTER[:1])
    assert code == 2
    assert "SLA-E0746" in err
    assert "`A-1`" in err
