"""`slalang restate`: what changed since an earlier run, because of which events, and what is posted for it."""

from __future__ import annotations

import csv
import io
import itertools
import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from made_desk import event, ticket

from slalang.outcome.changes.schema import schema

TEN = [line for number in range(10) for line in ticket(number, day=2 + number)]
# T-3 was opened on the 5th; its answer came 61 minutes later, which became known on 10 April.
CORRECTED = event("c3", "ticket.responded", "T-3", "2026-03-05T10:01:00+08:00", corrects="r3", recorded="2026-04-10T09:00:00+08:00")  # fmt: skip
APRIL = [
    event("o20", "ticket.opened", "T-20", "2026-04-05T09:00:00+08:00", priority="Low"),
    event("r20", "ticket.responded", "T-20", "2026-04-05T09:10:00+08:00"),
]


def ids(change):
    return [cause["event"] or cause["sort"] for cause in change["causes"]]


def of(found, table, rule, **wanted):
    [one] = [
        one for one in found[table]
        if one["rule"] == rule and all(one[name] == value for name, value in wanted.items())
    ]  # fmt: skip
    return one


def test_nothing_has_changed_when_the_inputs_are_equal(desk):
    desk.old(TEN)
    code, found = desk.restate(TEN, as_of=None)
    assert code == 0
    assert (
        found["as_of"] == "2026-04-02T00:00:00+08:00"
    )  # that of the earlier run, which is after the last event
    for table in ("verdicts", "metrics", "ledger", "rights", "money", "adjustments"):
        assert found[table] == []
    assert (found["before"]["reproduced"], found["facts"], found["other_inputs"]) == (True, {}, [])
    code, out, _ = desk.call(
        "restate", "old.json", "desk.sla", "--events", "old.jsonl", "--set", "monthly_fee=10000 CNY"
    )
    assert code == 0
    assert "Nothing has changed." in out


def test_a_correction_moves_verdict_metric_and_money_and_is_named_alone(desk):
    desk.old(TEN)
    code, found = desk.restate([*TEN, CORRECTED, *APRIL])
    assert code == 1
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    verdict = of(found, "verdicts", "Answer", subject="T-3")
    fields = {one["name"]: (one["before"], one["after"]) for one in verdict["fields"]}
    assert fields["status"] == ("met", "late")
    assert fields["margin"] == ("PT30M", "-PT1M")  # 60 − 30; 60 − 61
    assert (verdict["restates"], ids(verdict)) == (True, ["c3"])
    assert verdict["causes"][0]["sort"] == "correction"
    # 10 of 10 before, 9 of 10 now.
    metric = of(found, "metrics", "Attainment", period="2026-03")
    fields = {one["name"]: (one["before"], one["after"]) for one in metric["fields"]}
    assert fields["value"] == ("1", "0.9")
    assert (metric["restates"], ids(metric)) == (True, ["c3"])
    # Exactly 90 % takes 10 % of 10,000.
    line = of(found, "ledger", "MonthCredit", period="2026-03")
    fields = {one["name"]: (one["before"], one["after"]) for one in line["fields"]}
    assert fields["amount"] == ("0", "1000")
    assert (line["restates"], ids(line)) == (True, ["c3"])
    # The ticket of April is progress, and its own two events move it; the answer alone does not make a case.
    fresh = of(found, "verdicts", "Answer", subject="T-20")
    assert (fresh["kind"], fresh["restates"], ids(fresh)) == ("appeared", False, ["o20", "r20"])
    assert found["facts"] == {"correction": 1, "new": 2}
    assert found["tried"] == 3
    [money] = [one for one in found["money"] if one["period"] == "2026-03"]
    assert (money["before"], money["after"], money["difference"], money["status"]) == (
        "0",
        "1000",
        "1000",
        "owed",
    )


def test_a_closed_period_is_adjusted_in_the_open_one_and_never_rewritten(desk):
    desk.old(TEN)
    _, found = desk.restate([*TEN, CORRECTED])
    [line] = found["adjustments"]
    assert line["amount"] == "1000"
    assert (line["period"], line["posted_period"]) == ("2026-03", "2026-05")  # as of 2 May, May is open
    assert line["corrects"] == {"posted_period": "2026-04", "amount": "0", "status": "posted"}
    assert ids(line) == ["c3"]
    # What was posted and what is posted now make what the ledger comes to.
    old = json.loads(Path("old.json").read_text(encoding="utf-8"))
    before = sum(Fraction(one["amount"]) for one in old["ledger"] if one["period"] == "2026-03")
    assert before + Fraction(line["amount"]) == 1000


def test_money_comes_back_where_too_much_was_posted(desk):
    late = [
        line
        for number in range(10)
        for line in ticket(number, day=2 + number, minutes=61 if number == 3 else 30)
    ]
    desk.old(late)  # 9 of 10: 1,000
    back = event("c3", "ticket.responded", "T-3", "2026-03-05T10:00:00+08:00", corrects="r3", recorded="2026-04-10T09:00:00+08:00")  # fmt: skip
    _, found = desk.restate([*late, back])
    [line] = found["adjustments"]
    assert line["amount"] == "-1000"
    desk.write("new.jsonl", *late, back)
    _, out, _ = desk.call("restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", "monthly_fee=10000 CNY", "--as-of", "2026-05-02")  # fmt: skip
    assert (
        "Customer returns 1,000.00 CNY to Provider, in 2026-05; corrects 2026-03, where 1,000.00 CNY stood"
        in out
    )
    _, out, _ = desk.call("restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", "monthly_fee=10000 CNY", "--as-of", "2026-05-02", "--lang", "zh")  # fmt: skip
    assert "Customer 退还 Provider 1,000.00 CNY，入 2026-05；更正 2026-03（当时为 1,000.00 CNY）" in out


def test_three_of_which_two_would_do_are_all_named(desk):
    desk.old(TEN)
    corrections = [
        event(f"c{n}", "ticket.responded", f"T-{n}", f"2026-03-{2 + n:02d}T10:05:00+08:00", corrects=f"r{n}", recorded=f"2026-04-1{n}T09:00:00+08:00")
        for n in (3, 4, 5)
    ]  # fmt: skip
    _, found = desk.restate([*TEN, *corrections])
    # 7 of 10 is below 90 %: 1,500. Without any one of them it is 8 of 10: still 1,500. Each by itself moves 0 to 1,000.
    line = of(found, "ledger", "MonthCredit", period="2026-03")
    assert line["after"]["amount"] == "1500"
    assert sorted(ids(line)) == ["c3", "c4", "c5"]
    assert ids(of(found, "verdicts", "Answer", subject="T-4")) == ["c4"]


def test_order_and_number_of_files_do_not_matter(desk):
    desk.old(TEN)
    extra = [CORRECTED, *APRIL]
    _, found = desk.restate([*TEN, *extra])
    for order in itertools.islice(itertools.permutations(range(3)), 1, 6, 2):
        desk.write("more.jsonl", *(extra[place] for place in order))
        _, again = desk.restate(list(reversed(TEN)), "--events", "more.jsonl")
        assert again == found


def test_an_event_that_bears_no_recordedtime_is_found_by_trying(desk):
    known = [one for one in TEN if one["id"] != "r3"]
    desk.old(known)  # T-3 was overdue: 9 of 10
    code, found = desk.restate(TEN, as_of=None)
    assert code == 1
    assert found["before"]["reproduced"]
    verdict = of(found, "verdicts", "Answer", subject="T-3")
    assert [cause["sort"] for cause in verdict["causes"]] == ["late"]
    assert ids(verdict) == ["r3"]
    assert ids(of(found, "ledger", "MonthCredit", period="2026-03")) == ["r3"]


def test_time_alone_makes_a_pending_case_overdue(desk):
    events = ticket(1, minutes=None, day=2)
    desk.old(events, as_of="2026-03-02T09:30:00+08:00")
    _, found = desk.restate(events, as_of="2026-03-02T11:00:00+08:00")
    verdict = of(found, "verdicts", "Answer", subject="T-1")
    assert ({one["name"]: one["after"] for one in verdict["fields"]}["status"], verdict["restates"]) == (
        "overdue",
        False,
    )
    assert ids(verdict) == ["time"]
    # From overdue to overdue only the time used goes on: that is no change.
    desk.old(events, as_of="2026-03-02T11:00:00+08:00")
    code, found = desk.restate(events, as_of="2026-03-02T12:00:00+08:00")
    assert (code, found["verdicts"], found["ran_on"]) == (0, [], 1)


def test_a_retracted_ticket_is_gone(desk):
    desk.old(TEN)
    gone = event("x1", "ticket.opened", "T-1", "2026-03-03T09:00:00+08:00", retracts="o1", recorded="2026-04-10T09:00:00+08:00", priority="High")  # fmt: skip
    _, found = desk.restate([*TEN, gone])
    verdict = of(found, "verdicts", "Answer", subject="T-1")
    assert (verdict["kind"], verdict["restates"], ids(verdict)) == ("gone", True, ["x1"])
    # 9 of 9 is 100 %, as 10 of 10 was: the share is what it was, its parts are not, and no money moves.
    fields = {
        one["name"]: (one["before"], one["after"])
        for one in of(found, "metrics", "Attainment", period="2026-03")["fields"]
    }
    assert fields == {"numerator": ("10", "9"), "denominator": ("10", "9")}
    assert [one for one in found["money"] if one["period"] == "2026-03"] == []
    assert found["adjustments"] == []


def test_a_corrected_opening_is_the_same_case(desk):
    desk.old(TEN)
    earlier = event("c1", "ticket.opened", "T-1", "2026-03-03T08:25:00+08:00", corrects="o1", recorded="2026-04-10T09:00:00+08:00", priority="High")  # fmt: skip
    _, found = desk.restate([*TEN, earlier])
    verdict = of(found, "verdicts", "Answer", subject="T-1")
    fields = {one["name"]: (one["before"], one["after"]) for one in verdict["fields"]}
    assert verdict["kind"] == "changed"
    assert fields["instance"] == ("o1", "c1")
    assert fields["measure"] == ("PT30M", "PT1H5M")  # 08:25 to 09:30


def test_another_parameter_is_told_as_such_and_not_laid_on_an_event(desk):
    late = [
        line
        for number in range(10)
        for line in ticket(number, day=2 + number, minutes=61 if number == 3 else 30)
    ]
    desk.old(late)
    _, found = desk.restate(late, as_of=None, fee="20000 CNY")
    assert found["other_inputs"] == [
        {"name": "parameters monthly_fee", "before": "10000 CNY", "after": "20000 CNY"}
    ]
    line = of(found, "ledger", "MonthCredit", period="2026-03")
    assert line["after"]["amount"] == "2000"
    assert [cause["sort"] for cause in line["causes"]] == ["inputs"]
    assert not found["before"]["reproduced"]


def test_a_record_that_was_edited_or_taken_away_is_named_where_the_earlier_input_is_given(desk):
    desk.old(TEN)
    edited = [
        {**one, "time": "2026-03-05T10:30:00+08:00"} if one["id"] == "r3" else one
        for one in TEN
        if one["id"] != "r4"
    ]
    _, found = desk.restate(edited, "--before", "old.jsonl", as_of=None)
    assert found["facts"] == {"edited": 1, "missing": 1}
    assert ids(of(found, "verdicts", "Answer", subject="T-3")) == ["r3"]
    assert ids(of(found, "verdicts", "Answer", subject="T-4")) == ["r4"]


def test_tables_as_csv(desk):
    desk.old(TEN)
    desk.write("new.jsonl", *TEN, CORRECTED)
    options = ("restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", "monthly_fee=10000 CNY", "--as-of", "2026-05-02", "--format", "csv")  # fmt: skip
    _, out, _ = desk.call(*options)
    rows = list(csv.DictReader(io.StringIO(out)))
    [row] = [
        one
        for one in rows
        if one["table"] == "verdicts" and one["subject"] == "T-3" and one["field"] == "status"
    ]
    assert (row["before"], row["after"], row["causes"], row["restates"]) == ("met", "late", "c3", "true")
    _, out, _ = desk.call(*options, "--table", "adjustments")
    [row] = csv.DictReader(io.StringIO(out))
    assert (row["amount"], row["posted_period"]) == ("1000", "2026-05")
    _, out, _ = desk.call(*options, "--table", "money")
    assert "2026-03" in [one["period"] for one in csv.DictReader(io.StringIO(out))]


def _cut(text):
    return text[: len(text) // 2]


def _nan(text):
    return text.replace('"final": true', '"final": NaN', 1)


def _twice(text):
    return text.replace('"as_of":', '"format": "x",\n"as_of":', 1)


def _other(text):
    return text.replace('"title": "Desk"', '"title": "Other"', 1)


def _schema(text):
    return text.replace("slalang-outcome/1", "slalang-outcome/2", 1)


def _status(text):
    return text.replace('"status": "met"', '"status": "fine"', 1)


def _number(text):
    return text.replace('"amount": "0"', '"amount": "1/0"', 1)


def _instant(text):
    return text.replace("2026-03-02T09:00:00", "2026-02-30T09:00:00", 1)


@pytest.mark.parametrize(
    ("spoil", "code", "place"),
    [
        (_cut, "SLA-E0741", "old.json:"),
        (_nan, "SLA-E0741", "`NaN` may not stand in it"),
        (_twice, "SLA-E0741", "`format` may not stand in it"),
        (lambda _: "\ufeff", "SLA-E0741", "old.json:1"),
        (lambda _: "[" * 100_000, "SLA-E0741", "old.json"),
        (lambda _: "[]", "SLA-E0742", "`(whole)`"),
        (_schema, "SLA-E0742", "`format`"),
        (_status, "SLA-E0742", "`verdicts[0].status`"),
        (_number, "SLA-E0742", "].amount`"),
        (_instant, "SLA-E0742", "`verdicts[0].start`"),
        (_other, "SLA-E0743", "`contract.title` is `Other` there and `Desk` here"),
    ],
)
def test_an_earlier_outcome_that_is_none_is_refused_with_code_and_place(desk, spoil, code, place):
    desk.old(TEN)
    path = Path("old.json")
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    exit_, out, err = desk.call("restate", "old.json", "desk.sla", "--events", "old.jsonl", "--set", "monthly_fee=1 CNY", "-o", "out.json")  # fmt: skip
    assert (exit_, out) == (2, "")
    assert f"error[{code}]" in err
    assert place in err
    assert not Path("out.json").exists()


def test_an_instant_before_the_earlier_run_is_refused(desk):
    desk.old(TEN)
    exit_, _, err = desk.call("restate", "old.json", "desk.sla", "--events", "old.jsonl", "--set", "monthly_fee=1 CNY", "--as-of", "2026-03-20")  # fmt: skip
    assert exit_ == 2
    assert "error[SLA-E0744]" in err
    assert "2026-04-02" in err


def test_a_file_that_is_not_there_is_told(desk):
    exit_, _, err = desk.call("restate", "none.json", "desk.sla", "--events", "old.jsonl")
    assert exit_ == 2
    assert "error[SLA-E0741]" in err


def test_a_bound_on_what_is_tried_is_told(desk, monkeypatch):
    # Twenty-seven events stand: four facts are tried by themselves (the fewest), the other three together.
    monkeypatch.setattr("slalang.pipeline.restating.causes.MOST_WORK", 100)
    desk.old(TEN)
    answered = [line for number in range(20, 23) for line in ticket(number, day=number)]
    fresh = [{**one, "time": one["time"].replace("-03-", "-04-")} for one in answered]
    _, found = desk.restate([*TEN, CORRECTED, *fresh])
    assert found["facts"] == {"correction": 1, "new": 6}
    assert (found["tried"], found["grouped"], found["needless"]) == (4, 3, 0)
    # What goes back on the past is tried first.
    assert ids(of(found, "verdicts", "Answer", subject="T-3")) == ["c3"]
    # The correction and three events of T-20 and T-21 were tried; T-21's answer and T-22 were taken out together.
    assert ids(of(found, "verdicts", "Answer", subject="T-20")) == ["o20", "r20"]
    assert ids(of(found, "verdicts", "Answer", subject="T-22")) == ["group"]
    desk.write("new.jsonl", *TEN, CORRECTED, *fresh)
    _, out, _ = desk.call("restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", "monthly_fee=10000 CNY", "--as-of", "2026-05-02")  # fmt: skip
    assert "3 were only taken out all together: each by itself would take too long" in out
    assert "because of 3 facts together that were not tried one by one" in out
