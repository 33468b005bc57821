"""`slalang status`: open cases, what is due next, figures so far, rights and claims that can be used, notices for a mailer."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from made_desk import CONTRACT, event, ticket

from slalang.outcome.present.as_json import notice_schema, schema

# As of 2 March 10:30. T-1 answered after 30 minutes; T-2 opened at 9:00 and never answered: due at 10:00, 30 minutes overdue.
# T-3 opened at 9:40: 50 of 60 minutes used, due at 10:40. T-4 opened at 10:20: 10 of 60 minutes.
EVENTS = [
    *ticket(1),
    *ticket(2, minutes=None),
    event("o3", "ticket.opened", "T-3", "2026-03-02T09:40:00+08:00", priority="High"),
    event("o4", "ticket.opened", "T-4", "2026-03-02T10:20:00+08:00", priority="Low"),
    event("x4", "ticket.closed", "T-4", "2026-03-02T10:25:00+08:00"),
]
AS_OF = "2026-03-02T10:30:00+08:00"


def options(*more):
    return (
        "status",
        "desk.sla",
        "--events",
        "e.jsonl",
        "--set",
        "monthly_fee=10000 CNY",
        "--as-of",
        AS_OF,
        *more,
    )


def data(desk, *more):
    desk.write("e.jsonl", *EVENTS)
    code, out, err = desk.call(*options("--format", "json", *more))
    assert code == 0, err
    found = json.loads(out)
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    return found


def test_open_cases_with_age_share_used_and_time_left(desk):
    found = data(desk)
    rows = [
        (
            one["verdict"]["subject"],
            one["verdict"]["status"],
            one["age"],
            one["used"],
            one["left"],
            one["at_risk"],
        )
        for one in found["open"]
    ]
    assert rows == [
        ("T-2", "overdue", "PT1H30M", "1.5", "-PT30M", False),
        ("T-3", "pending", "PT50M", "5/6", "PT10M", True),  # 83.3 % is more than 80 %
        ("T-4", "pending", "PT10M", "1/6", "PT50M", False),
    ]
    assert [one["at_risk"] for one in data(desk, "--at-risk", "90%")["open"]] == [False, False, False]
    assert [one["at_risk"] for one in data(desk, "--at-risk", "10 %")["open"]] == [False, True, True]


def test_what_is_due_next_in_order_of_time(desk):
    due = [(one["at"][11:16], one["sort"], one["subject"]) for one in data(desk)["due"]]
    # 80 % of an hour is 48 minutes: T-4's notice at 11:08. T-3's was sent at 10:28.
    assert due == [("10:40", "deadline", "T-3"), ("11:08", "notice", "T-4"), ("11:20", "deadline", "T-4")]


def test_figures_so_far_and_what_the_open_cases_can_make_of_them(desk):
    [one] = data(desk)["running"]
    # T-1 met, T-2 not: 1 of 2. T-3 and T-4 are open: 3 of 4, or 1 of 4.
    assert (one["metric"]["value"], one["open"], one["if_met"], one["if_missed"]) == (
        "0.5",
        2,
        "0.75",
        "0.25",
    )


def test_subjects_by_state_and_faults(desk):
    found = data(desk)
    # Only a resolved ticket can be closed: the closing is a fault, and T-4 stays open.
    assert [(one["entity"], one["state"], one["subjects"]) for one in found["states"]] == [
        ("ticket", "open", ["T-1", "T-2", "T-3", "T-4"])
    ]
    assert [(one["code"], one["event"]) for one in found["faults"]] == [("SLA-E0701", "x4")]


def test_exit_codes(desk):
    desk.write("e.jsonl", *EVENTS)
    assert desk.call(*options())[0] == 0
    for what in ("overdue", "risk", "fault"):
        assert desk.call(*options("--fail-on", what))[0] == 1
    assert desk.call(*options("--at-risk", "99%", "--fail-on", "risk"))[0] == 0
    code, _, err = desk.call(*options("--at-risk", "0.8"))
    assert code == 2
    assert "write 80%" in err


def test_for_people_in_both_languages(desk):
    desk.write("e.jsonl", *EVENTS)
    _, out, _ = desk.call(*options("--next", "1"))
    assert "Open: 3, of them 1 overdue, 1 at risk (80 % of the limit used or more), 0 standing still" in out
    assert "Next: 1 of 3" in out
    assert "Attainment 2026-03: 50 %; 2 open: 75 % if all are met, 25 % if none is" in out
    _, out, _ = desk.call(*options("--lang", "zh"))
    assert "未结 3 件：逾期 1，有风险（已用限期 80% 以上）1，停计 0" in out


def test_a_mailer_sends_each_notice_once(desk):
    desk.write("e.jsonl", *EVENTS)
    _, out, _ = desk.call(*options("--format", "jsonl"))
    before = [json.loads(line) for line in out.splitlines()]
    for one in before:
        jsonschema.validate(one, notice_schema(), cls=jsonschema.Draft202012Validator)
    # 80 % of an hour after 9:00, 9:40 and 10:20; T-1 was answered before.
    assert [(one["subject"], one["at"][11:16], one["status"]) for one in before] == [
        ("T-2", "09:48", "sent"), ("T-3", "10:28", "sent"), ("T-4", "11:08", "scheduled")
    ]  # fmt: skip
    assert len({one["id"] for one in before}) == 3
    # An hour later everything is sent, under the same ids, whatever happened since.
    desk.write(
        "e.jsonl",
        *reversed(EVENTS),
        event("o5", "ticket.opened", "T-5", "2026-03-02T08:00:00+08:00", priority="Low"),
    )
    later = (*options("--format", "jsonl"), "--as-of", "2026-03-02T11:30:00+08:00")
    _, out, _ = desk.call(*later)
    after = {one["id"]: one for one in map(json.loads, out.splitlines())}
    assert all(after[one["id"]]["status"] == "sent" for one in before)
    assert [after[one["id"]]["at"] for one in before] == [one["at"] for one in before]
    assert sorted(one["subject"] for one in after.values()) == ["T-2", "T-3", "T-4", "T-5"]
    # Beside the view in a file, or in its place.
    code, shown, _ = desk.call(*options("--notices", "notices.jsonl"))
    assert code == 0
    assert "Open:" in shown
    _, out, _ = desk.call(*options("--notices", "-"))
    assert out == Path("notices.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["status", "notice", "restatement", "outcome"])
def test_the_published_schemas_are_schemas(name):
    path = Path(__file__).resolve().parents[3] / "docs" / "schema" / f"{name}.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


STILL = """
  exception Waiting to Answer
    clock stands still while awaiting_customer
"""


def test_a_standing_clock_has_no_deadline(desk):
    text = CONTRACT.replace('\nclause 2 "Credit"', STILL + '\nclause 2 "Credit"')
    Path("desk.sla").write_text(text, encoding="utf-8")
    desk.write(
        "e.jsonl",
        *ticket(2, minutes=None),
        event("o3", "ticket.opened", "T-3", "2026-03-02T09:40:00+08:00", priority="High"),
        event("w3", "ticket.waiting", "T-3", "2026-03-02T10:00:00+08:00", on="customer"),
    )
    code, out, err = desk.call(*options("--format", "json"))
    assert code == 0, err
    found = json.loads(out)
    [still] = [one for one in found["open"] if one["still"]]
    # 20 of 60 minutes are used; resumed at 10:30 the other 40 end at 11:10.
    assert (still["verdict"]["subject"], still["used"], still["left"]) == ("T-3", "1/3", "PT40M")
    assert still["verdict"]["deadline"] is None
    assert still["verdict"]["deadline_if_resumed_now"] == "2026-03-02T11:10:00+08:00"
    assert [one["sort"] for one in found["due"]] == []


RIGHTS = """
entity letter
event letter.sent
  field kind : text

clause 3 "Ending"
  right Terminate of Customer
    against Provider
    from letter.sent where kind is "demand"
    exercise window within <= 30 days
    exercised by letter.sent where kind is "end"
"""


def test_rights_and_claims_that_can_be_used_and_until_when(desk):
    claimed = CONTRACT.replace(
        "    no next period : paid out\n",
        '    no next period : paid out\n    claim by letter.sent where kind is "claim" within 30 days after period end\n',
    )
    Path("desk.sla").write_text(claimed + RIGHTS, encoding="utf-8")
    late = [
        line
        for number in range(10)
        for line in ticket(number, day=2 + number, minutes=61 if number == 3 else 30)
    ]
    desk.write("e.jsonl", *late, event("d", "letter.sent", "L-1", "2026-04-01T10:00:00+08:00", kind="demand"))
    code, out, err = desk.call(*options("--format", "json", "--as-of", "2026-04-10"))
    assert code == 0, err
    found = json.loads(out)
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    # Thirty days after 1 April, that day not counted: to the end of 1 May.
    [right] = found["rights"]
    assert (right["rule"], right["holder"], right["until"]) == (
        "Terminate",
        "Customer",
        "2026-05-02T00:00:00+08:00",
    )
    # 9 of 10 in time is 90 %: 1,000. Thirty days after the end of March, whose last day is not counted: to the end of 30 April.
    [claim] = found["claims"]
    assert (claim["amount"], claim["claim_until"]) == ("1000", "2026-05-01T00:00:00+08:00")
    ends = [
        (one["at"][:10], one["sort"]) for one in found["due"] if one["sort"] in {"right_ends", "claim_ends"}
    ]
    assert ends == [("2026-05-01", "claim_ends"), ("2026-05-02", "right_ends")]
    _, out, _ = desk.call(*options("--as-of", "2026-04-10"))
    assert "Rights that can be used now" in out
    assert "Customer: Terminate, until " in out
    assert "Customer: claim 1,000.00 CNY from Provider (MonthCredit 2026-03), until " in out


def test_the_end_of_the_term_and_its_renewal_are_ahead(desk):
    desk.write("e.jsonl", *EVENTS)
    renews = CONTRACT.replace("conventions std.plain\n", "conventions std.plain\nterm from 2026-01-01 until 2026-12-31\nrenews for 1 year, at most 2 times\n", 1)  # fmt: skip
    for text, sort in ((renews, "term_renews"), (renews.replace("renews for 1 year, at most 2 times\n", ""), "term_ends")):  # fmt: skip
        Path("desk.sla").write_text(text, encoding="utf-8")
        [one] = [one for one in data(desk)["due"] if one["sort"].startswith("term")]
        assert (one["sort"], one["at"]) == (sort, "2027-01-01T00:00:00+08:00")
