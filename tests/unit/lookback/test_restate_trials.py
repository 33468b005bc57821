"""What a restatement tries again, and that it compares balances, notices and data faults: counted and worked out by hand."""

from __future__ import annotations

import jsonschema
from made_desk import event, ticket

from slalang.outcome.changes.schema import schema
from slalang.pipeline.restating.again import Again

TEN = [line for number in range(10) for line in ticket(number, day=2 + number)]


def ids(change):
    return [cause["event"] or cause["sort"] for cause in change["causes"]]


def of(found, table, rule, **wanted):
    [one] = [
        one for one in found[table]
        if one["rule"] == rule and all(one[name] == value for name, value in wanted.items())
    ]  # fmt: skip
    return one


def of_customers(*lines):
    """Each line's ticket belongs to the customer whose number is its own modulo five."""
    named = []
    for line in lines:
        number = int(line["subject"].removeprefix("T-"))
        data = {
            **line.get("data", {}),
            **({"agreement": f"A-{number % 5}"} if "opened" in line["type"] else {}),
        }
        named.append({**line, "data": data} if data else line)
    return named


def test_only_the_agreements_that_a_fact_speaks_of_are_evaluated_again(desk, monkeypatch):
    """Five customers with two tickets each; one answer of each customer comes late. Attribution is that of trying each over all."""
    whole, parts = [], []
    tables, part = Again.tables, Again.part

    def count_whole(self, events, *rest):
        whole.append(len(list(events)))
        return tables(self, events, *rest)

    def count_part(self, islands, events, *rest):
        parts.append(len(list(events)))
        return part(self, islands, events, *rest)

    monkeypatch.setattr(Again, "tables", count_whole)
    monkeypatch.setattr(Again, "part", count_part)
    before = of_customers(*TEN)
    desk.old(before)
    late = [
        event(f"c{n}", "ticket.responded", f"T-{n}", f"2026-03-{2 + n:02d}T10:05:00+08:00", corrects=f"r{n}", recorded="2026-04-12T09:00:00+08:00")
        for n in (5, 6, 7, 8, 9)
    ]  # fmt: skip
    _, found = desk.restate([*before, *late])
    assert (found["tried"], found["needless"], found["grouped"]) == (5, 0, 0)
    for n in (5, 6, 7, 8, 9):
        assert ids(of(found, "verdicts", "Answer", subject=f"T-{n}")) == [f"c{n}"]
        # One of two tickets late is 50 %: below 90 %, and 15 % of 10,000.
        line = of(found, "ledger", "MonthCredit", agreement=f"A-{n % 5}", period="2026-03")
        assert (line["after"]["amount"], ids(line)) == ("1500", [f"c{n}"])
        balance = of(found, "balances", None, agreement=f"A-{n % 5}", period="2026-04")
        assert (balance["restates"], ids(balance)) == (True, [f"c{n}"])
    # The facts of then, as of then and as of now, and no more; five customers proved to stand alone (four events each
    # and a correction: five), and one evaluation without each one's correction: twenty events.
    assert whole == [20, 20]
    assert sorted(parts) == [5, 5, 5, 5, 5, 20]
    # A fact of a customer of whom nothing changed is not tried: T-4's answer is corrected to what it was.
    same = event("c4", "ticket.responded", "T-4", "2026-03-06T09:30:00+08:00", corrects="r4", recorded="2026-04-12T09:00:00+08:00")  # fmt: skip
    _, found = desk.restate([*before, late[0], same])
    assert (found["facts"], found["tried"], found["needless"]) == ({"correction": 2}, 1, 1)


def test_a_fact_that_moves_where_all_facts_begin_is_tried_over_all(desk):
    before = of_customers(*TEN)
    desk.old(before)
    first = {**event("e0", "ticket.opened", "T-100", "2026-02-10T09:00:00+08:00", recorded="2026-04-12T09:00:00+08:00", priority="High", agreement="A-0")}  # fmt: skip
    _, found = desk.restate([*before, first])
    # A-0 is known since February now, the others are not: each begins with its own first event.
    appeared = {one["agreement"] for one in found["metrics"] if one["period"] == "2026-02"}
    assert appeared == {"A-0"}
    assert ids(of(found, "verdicts", "Answer", subject="T-100")) == ["e0"]


# --- balances, notices, data faults


def test_balances_notices_and_data_faults_are_compared(desk):
    never = [one for one in TEN if one["id"] != "r3"]
    desk.old(never)
    # T-3 was said to be unanswered: a notice went out at 80 % of the hour, 9:48 on the 5th. It had been answered at 9:30.
    answer = event("r3", "ticket.responded", "T-3", "2026-03-05T09:30:00+08:00", recorded="2026-04-10T09:00:00+08:00")  # fmt: skip
    _, found = desk.restate([*never, answer])
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    [notice] = found["notices"]
    assert (notice["kind"], notice["restates"], notice["before"]["at"], ids(notice)) == ("gone", True, "2026-03-05T09:48:00+08:00", ["r3"])  # fmt: skip
    # 9 of 10 took 1,000; all ten take nothing. It was posted in April.
    [balance] = [one for one in found["balances"] if one["period"] == "2026-04"]
    assert {one["name"]: (one["before"], one["after"]) for one in balance["fields"]} == {
        "posted": ("1000", "0"),
        "open": ("1000", "0"),
        "final": (False, True),
    }
    # An answer that is still wanting can come: the thousand was not final, and this is no restatement.
    assert (balance["restates"], ids(balance)) == (False, ["r3"])
    assert found["faults"] == []
    desk.write("new.jsonl", *never, answer)
    options = ("restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", "monthly_fee=10000 CNY", "--as-of", "2026-05-02")  # fmt: skip
    _, out, _ = desk.call(*options)
    assert "Notices: 1\n  Answer T-3 → Provider: the answer is nearly due: is there no more; at was Thu 2026-03-05 09:48; status was sent" in out  # fmt: skip
    assert "posted 1,000.00 CNY → 0.00 CNY" in out
    _, out, _ = desk.call(*options, "--lang", "zh")
    assert "通知：1 项" in out


def test_a_late_event_that_cannot_be_is_a_new_data_fault(desk):
    desk.old(TEN)
    # Answered before it was opened: nothing to answer then.
    early = event("x9", "ticket.closed", "T-77", "2026-03-20T08:00:00+08:00", recorded="2026-04-10T09:00:00+08:00")  # fmt: skip
    _, found = desk.restate([*TEN, early])
    [fault] = found["faults"]
    assert (fault["kind"], fault["restates"], fault["after"]["code"], fault["after"]["event"], ids(fault)) == ("appeared", True, "SLA-E0701", "x9", ["x9"])  # fmt: skip


def test_a_scheduled_notice_that_is_sent_at_its_time_is_no_change(desk):
    opened = ticket(1, minutes=None)
    desk.old(opened, as_of="2026-03-02T09:10:00+08:00")
    _, found = desk.restate(opened, as_of="2026-03-02T09:50:00+08:00")
    assert found["notices"] == []
    assert found["confirmed"] >= 1


def test_islands_give_what_trying_over_all_facts_gives(desk, monkeypatch):
    """Corrections, retractions, late and new events of five customers; each cause is the one that whole evaluations find."""
    before = of_customers(*TEN)
    desk.old(before)
    known = "2026-04-12T09:00:00+08:00"
    facts = [
        event("c5", "ticket.responded", "T-5", "2026-03-07T10:05:00+08:00", corrects="r5", recorded=known),
        event("c0", "ticket.responded", "T-0", "2026-03-02T10:20:00+08:00", corrects="r0", recorded=known),
        event("x6", "ticket.opened", "T-6", "2026-03-08T09:00:00+08:00", retracts="o6", recorded=known),
        event("y6", "ticket.responded", "T-6", "2026-03-08T09:30:00+08:00", retracts="r6", recorded=known),
        event("l1", "ticket.opened", "T-21", "2026-03-20T09:00:00+08:00", recorded=known, priority="High", agreement="A-1"),
        event("l2", "ticket.closed", "T-2", "2026-03-04T09:01:00+08:00", recorded=known),
        event("n3", "ticket.opened", "T-33", "2026-04-20T09:00:00+08:00", priority="Low", agreement="A-3"),
        event("n4", "ticket.opened", "T-34", "2026-04-21T09:00:00+08:00", priority="Low", agreement="A-9"),
    ]  # fmt: skip
    _, by_islands = desk.restate([*before, *facts])
    monkeypatch.setattr(Again, "islands", lambda *_: None)
    _, over_all = desk.restate([*before, *facts])
    for found in (by_islands, over_all):
        found["tried"] += found.pop("needless")
    assert by_islands == over_all
    causes = {id_ for table in ("verdicts", "ledger") for one in by_islands[table] for id_ in ids(one)}
    assert {"c5", "c0", "x6", "l1", "n3", "n4"} <= causes
