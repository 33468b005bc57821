"""Contract A (AWS managed support) against plain arithmetic: random tickets, the ends of the rows, the sample month, the faithful file."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from contract_runs import A, findings, micros, run, slalang, stamp, write
from ticket_math import HOUR, MINUTE, ORDER, Happening, Ticket, judge

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = A / "contract.sla"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = ("start_date=2026-03-01", "end_date=2027-02-28", "years=1", "effective_date=2026-03-01")
RESPOND = {"Critical": 15 * MINUTE, "High": HOUR, "Medium": 4 * HOUR, "Low": 24 * HOUR}
RESOLVE = {"Critical": 4 * HOUR, "High": 8 * HOUR, "Medium": 24 * HOUR, "Low": 72 * HOUR}


def at(text: str) -> int:
    """Local time in Shanghai as microseconds since the epoch."""
    moment = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def random_ticket(rng: random.Random, number: int) -> Ticket:
    """A ticket with a life that is possible: answers near the limit, waits, changes of priority, reopenings, causes, cancellations."""
    priority = rng.choice(list(RESPOND))
    now = at("2026-03-02T00:00") + rng.randrange(20 * 24 * 60) * MINUTE
    ticket = Ticket(f"T-{number}", [(now, "opened", {"priority": priority, "customer": "C-1"})])

    def step(span: int) -> int:
        return rng.choice([0, span // 3, span // 2, span, span, span + 1, span - 1, span + span // 4])

    def add(verb: str, **data: Any) -> None:
        ticket.happenings.append((now, verb, data))

    if rng.random() < 0.05:
        now += step(RESPOND[priority])
        add("cancelled")
        return ticket
    waiting = False
    for _ in range(rng.randrange(4)):
        now += step(RESPOND[priority]) // rng.choice([1, 2, 4]) + rng.randrange(1, 90_000_000)
        match rng.randrange(3):
            case 0 if not waiting:
                add("waiting", on=rng.choice(["customer", "third_party", "engineer"]))
                waiting = True
            case 1 if waiting:
                add("resumed")
                waiting = False
            case _:
                priority = rng.choice(list(RESPOND))
                add("priority_changed", priority=priority)
    if rng.random() < 0.9:
        now += step(RESPOND[priority])
        add("responded")
    if waiting:
        now += rng.randrange(1, 5 * HOUR)
        add("resumed")
    if rng.random() < 0.2:
        now += rng.randrange(1, HOUR)
        add("cause_found", cause=rng.choice(["aws_platform", "force_majeure", "bug", "misconfiguration"]))
    if rng.random() < 0.9:
        now += step(RESOLVE[priority])
        add("resolved")
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            now += rng.randrange(1, 20 * HOUR)
            add("reopened")
            now += step(RESOLVE[priority]) // 2 + 1
            add("resolved")
        if rng.random() < 0.5:
            now += rng.randrange(1, HOUR)
            add("closed")
    return ticket


def events_of(tickets: list[Ticket]) -> list[tuple[int, str, str, dict[str, Any]]]:
    """All events, in no order that helps."""
    found = [
        (when, f"ticket.{verb}", ticket.id, data)
        for ticket in tickets
        for when, verb, data in ticket.happenings
    ]
    return sorted(found, key=lambda item: (item[2], item[1]))


def credit(rate: Fraction, fee: str) -> Decimal:
    """The chosen reading of 4.2 as one line of arithmetic, in yuan and cents."""
    share = (
        0
        if rate > Fraction(99, 100)
        else 5
        if rate > Fraction(95, 100)
        else 10
        if rate >= Fraction(90, 100)
        else 15
    )
    return (Decimal(fee) * share / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def month_of(when: int) -> str:
    """The month in Shanghai."""
    return (
        (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=when))
        .astimezone(SHANGHAI)
        .strftime("%Y-%m")
    )


def in_month(rows: list[dict[str, Any]], rule: str, label: str) -> dict[str, Any]:
    """The only row of a rule for a month."""
    found = [row for row in rows if row["rule"] == rule and row["period"] == label]
    assert len(found) == 1, (rule, label, found)
    return found[0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_tickets_agree_with_plain_arithmetic(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    tickets = [random_ticket(rng, number) for number in range(250)]
    as_of = at("2026-05-01T00:00")
    outcome = run(
        CONTRACT,
        write(tmp_path / "events.jsonl", events_of(tickets)),
        stamp(as_of),
        "monthly_fee=12345.67 CNY",
        *TERM,
    )
    seen: set[str] = set()
    verdicts = {(row["rule"], row["subject"]): row for row in outcome["verdicts"]}
    counted: dict[str, list[bool]] = {}
    for ticket in tickets:
        for rule, limits, verb, reopens in (
            ("FirstResponse", RESPOND, "responded", False),
            ("Resolution", RESOLVE, "resolved", True),
        ):
            ours = judge(ticket, limits, verb, as_of, reopens=reopens)
            assert ours is not None
            theirs = verdicts[rule, ticket.id]
            assert theirs["status"] == ours.status, (rule, ticket, ours, theirs)
            seen.add(ours.status)
            if ours.status in {"met", "late", "overdue"}:
                assert micros(theirs["deadline"]) == ours.deadline, (rule, ticket, ours, theirs)
                counted.setdefault(month_of(ours.deadline or 0), []).append(ours.status == "met")
    assert seen >= {"met", "late", "overdue", "excused", "void"}
    for month, met in counted.items():
        rate = Fraction(sum(met), len(met))
        row = in_month(outcome["metrics"], "Attainment", month)
        assert Fraction(row["numerator"]) / Fraction(row["denominator"]) == rate
        assert Decimal(in_month(outcome["ledger"], "SlaCredit", month)["amount"]) == credit(rate, "12345.67")


@pytest.mark.parametrize(
    ("tickets", "late", "rate", "upper", "lower"),
    [
        (50, 1, "99/100", "500.00", "0.00"),  # exactly 99 %
        (51, 1, "101/102", "0.00", "0.00"),  # just above
        (49, 1, "97/98", "500.00", "500.00"),  # just below
        (10, 1, "19/20", "1000.00", "500.00"),  # exactly 95 %
        (11, 1, "21/22", "500.00", "500.00"),  # just above
        (9, 1, "17/18", "1000.00", "1000.00"),  # just below
        (5, 1, "9/10", "1000.00", "1000.00"),  # exactly 90 %: named by its row, and not below 90
        (14, 3, "25/28", "1500.00", "1500.00"),  # 89.3 %
        (1, 0, "1", "0.00", "0.00"),
    ],
)
@pytest.mark.parametrize("end", ["upper_end", "lower_end"])
def test_the_ends_of_the_rows(
    tickets: int, late: int, rate: str, upper: str, lower: str, end: str, tmp_path: Path
) -> None:
    made = []
    for number in range(tickets):
        opened = at("2026-03-02T09:00") + number * 10 * HOUR
        answered = opened + 15 * MINUTE + (1 if number < late else 0)
        happenings: list[Happening] = [
            (opened, "opened", {"priority": "Critical"}),
            (answered, "responded", {}),
            (opened + 4 * HOUR, "resolved", {}),
        ]
        made.append(Ticket(f"T-{number}", happenings))
    path = write(tmp_path / "events.jsonl", events_of(made))
    outcome = run(
        CONTRACT, path, "2026-04-02T00:00:00+08:00", "monthly_fee=10000 CNY", *TERM, reading=f"row_ends={end}"
    )
    row = in_month(outcome["metrics"], "Attainment", "2026-03")
    assert Fraction(row["numerator"]) / Fraction(row["denominator"]) == Fraction(rate)
    line = in_month(outcome["ledger"], "SlaCredit", "2026-03")
    assert Decimal(line["amount"]) == Decimal(upper if end == "upper_end" else lower)
    assert line["unit"] == "CNY"
    assert (line["debtor"], line["creditor"]) == ("Provider", "Customer")


def test_the_customer_is_warned_when_four_fifths_of_a_limit_are_used(tmp_path: Path) -> None:
    """Critical at 09:00: 12 of 15 minutes at 09:12, 192 of 240 at 12:12; a wait from 10:00 to 11:00 moves the latter to 13:12."""
    waited = [("waiting", "10:00", {"on": "customer"}), ("resumed", "11:00", {})]
    happenings: list[Happening] = [(at("2026-03-02T09:00"), "opened", {"priority": "Critical"})]
    happenings += [(at(f"2026-03-02T{when}"), verb, data) for verb, when, data in waited]
    path = write(tmp_path / "events.jsonl", events_of([Ticket("T-1", happenings)]))
    outcome = run(CONTRACT, path, "2026-03-02T14:00:00+08:00", "monthly_fee=1 CNY", *TERM)
    notices = {(row["rule"], micros(row["at"])) for row in outcome["notices"] if row["subject"] == "T-1"}
    assert notices == {
        ("FirstResponse", at("2026-03-02T09:12")),
        ("FirstResponse", at("2026-03-02T09:15")),  # A7: the last step of the ladder, at the breach
        ("Resolution", at("2026-03-02T13:12")),
        ("Resolution", at("2026-03-02T14:00")),
    }
    near = sorted(row["to"] for row in outcome["notices"] if micros(row["at"]) == at("2026-03-02T13:12"))
    assert near == ["Customer", "Provider"]


def test_a_case_counts_in_the_month_of_its_deadline(tmp_path: Path) -> None:
    """Opened ten minutes before April: first response due in April, by a quarter past midnight less ten minutes."""
    opened = at("2026-03-31T23:50")
    ticket = Ticket(
        "T-1",
        [
            (opened, "opened", {"priority": "Critical"}),
            (opened + 20 * MINUTE, "responded", {}),
            (opened + HOUR, "resolved", {}),
        ],
    )
    outcome = run(
        CONTRACT,
        write(tmp_path / "events.jsonl", events_of([ticket])),
        "2026-05-02T00:00:00+08:00",
        "monthly_fee=10000 CNY",
        *TERM,
    )
    row = in_month(outcome["metrics"], "Attainment", "2026-04")
    assert (Fraction(row["numerator"]), Fraction(row["denominator"])) == (Fraction(1), Fraction(2))


def test_the_contract_is_clean_and_its_scenarios_hold() -> None:
    checked = slalang("check", CONTRACT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    tested = slalang("test", CONTRACT)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_check_finds_what_the_table_of_4_2_hides() -> None:
    """Both rows that hold at exactly 95 %, and nothing above 99 %: at the table, and nothing else in the whole file."""
    assert findings(A / "faithful.sla") == {
        ("SLA-E0401", "| [95%, 99%] | 5% |"),
        ("SLA-E0402", "| [90%, 95%] | 10% |"),
    }


def test_check_finds_what_the_words_leave_open() -> None:
    """No period, a word without a figure, two times for one thing, two beginnings, and three annexes that are not there."""
    told = findings(A / "words-as-written.sla")
    assert told == {
        ("SLA-E0501", "target PlatformAvailable"),
        ("SLA-E0201", "within <= automatically"),
        ("SLA-E0202", "obligation CaseInStep"),
        ("SLA-E0506", "term from start_date until end_date"),
        ("SLA-E0223", "points to A, B, C"),
    }


def test_the_chinese_contract_means_the_same() -> None:
    english, chinese = (slalang("show", "hash", A / name) for name in ("contract.sla", "contract.zh.sla"))
    assert english.returncode == chinese.returncode == 0, english.stderr + chinese.stderr
    assert english.stdout == chinese.stdout
    assert english.stdout.startswith("sha256:")
    assert slalang("test", A / "contract.zh.sla").returncode == 0


def test_the_sample_month() -> None:
    """March 2026: 28 tickets. T-2609 is late twice; T-2617 is late once and excused, its cause lay in the AWS platform. 53 of 55 = 96.4 %:
    5 %. The shift of the 18th began at 08:20, and M-2 was announced 30 hours ahead."""
    path, as_of = A / "events.jsonl", at("2026-04-06T00:00")
    outcome = run(CONTRACT, path, stamp(as_of), "monthly_fee=10000 CNY", *TERM)
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tickets: dict[str, Ticket] = {}
    for event in told:
        verb = event["type"].removeprefix("ticket.")
        if verb in ORDER and verb != event["type"]:
            ticket = tickets.setdefault(event["subject"], Ticket(event["subject"]))
            ticket.happenings.append((micros(event["time"]) or 0, verb, event["data"]))
    verdicts = {(row["rule"], row["subject"]): row for row in outcome["verdicts"]}
    statuses = []
    for ticket in tickets.values():
        # M-1 stops the clocks of those open on the 12th for two hours, which this arithmetic leaves out: all were in time without it.
        for rule, limits, verb in (
            ("FirstResponse", RESPOND, "responded"),
            ("Resolution", RESOLVE, "resolved"),
        ):
            ours = judge(ticket, limits, verb, as_of, reopens=rule == "Resolution")
            assert ours is not None
            assert verdicts[rule, ticket.id]["status"] == ours.status
            statuses.append(ours.status)
    assert (statuses.count("met"), statuses.count("late"), statuses.count("excused")) == (53, 2, 1)
    assert Decimal(in_month(outcome["ledger"], "SlaCredit", "2026-03")["amount"]) == Decimal(500)
    breached = {
        (row["rule"], row["subject"])
        for row in outcome["verdicts"]
        if row["status"] in {"late", "overdue", "broken"}
    }
    assert breached == {
        ("FirstResponse", "T-2609"),
        ("Resolution", "T-2609"),
        ("MaintenanceNotice", "M-2"),
        ("OnCall", None),
    }
    (gap,) = in_month(outcome["verdicts"], "OnCall", "2026-03")["gaps"]
    assert (micros(gap["start"]), micros(gap["end"])) == (at("2026-03-18T08:00"), at("2026-03-18T08:20"))
    assert outcome["faults"] == []
    # A7: eleven tickets came near their deadline and were escalated; on T-2609 the customer had demanded it 18 minutes before.
    assert [row["status"] for row in outcome["verdicts"] if row["rule"] == "DemandAnswered"] == ["met"]
    # An open word that is a share is told as one.
    near = {
        one["value"] for row in outcome["verdicts"] for one in row["assumptions"] if one["name"] == "near"
    }
    assert near == {"80%"}
    used = [row for row in outcome["rights"] if row["status"] == "exercised"]
    assert [(row["rule"], row["subject"], micros(row["exercised_at"])) for row in used] == [
        ("DemandEscalation", "T-2609", at("2026-03-10T09:40"))
    ]


@pytest.mark.parametrize("changed", ["end_date=2027-03-01", "years=2", "effective_date=2026-03-02"])
def test_a_term_that_does_not_agree_is_refused(changed: str) -> None:
    """A16: from 1 March 2026 one year runs until 28 February 2027, and the paper must have taken effect by the start."""
    name = changed.split("=", maxsplit=1)[0]
    sets = [changed if item.startswith(f"{name}=") else item for item in ("monthly_fee=1 CNY", *TERM)]
    options = [part for item in sets for part in ("--set", item)]
    done = slalang("run", CONTRACT, "--events", A / "events.jsonl", "--as-of", "2026-04-06", *options)
    assert done.returncode == 2
    assert "SLA-E0735" in done.stderr
    assert ("InEffectAtTheStart" if name == "effective_date" else "TermAgrees") in done.stderr


def test_beyond_the_holidays_that_are_known_nothing_is_guessed() -> None:
    """The daily report is due on working days; those of 2027 are not published, so that a run until February 2027 says so."""
    options = [part for item in ("monthly_fee=1 CNY", *TERM) for part in ("--set", item)]
    done = slalang("run", CONTRACT, "--events", A / "events.jsonl", "--as-of", "2027-02-03", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "SLA-E0736" in done.stderr
    assert "2027-01-01" in done.stderr


def test_the_live_view(tmp_path: Path) -> None:
    """Clause 3.1: open tickets, compliance, health, AWS impact. As of 2 March 11:00, by hand.

    T-1 (High) was answered in time and is open: solved by 17:00. T-2 (Critical, 10:50) has used 10 of 15 minutes. H-1 touches
    the customer and is open, H-2 is over.
    """
    monday = "2026-03-02T"
    events = [
        (at(f"{monday}09:00"), "ticket.opened", "T-1", {"priority": "High", "customer": "C-1"}),
        (at(f"{monday}09:30"), "ticket.responded", "T-1", {}),
        (at(f"{monday}10:50"), "ticket.opened", "T-2", {"priority": "Critical", "customer": "C-1"}),
        (at(f"{monday}09:00"), "health_event.published", "H-1", {"affects_customer": True}),
        (at(f"{monday}09:05"), "health_event.ticketed", "H-1", {}),
        (at(f"{monday}09:10"), "health_event.notified", "H-1", {}),
        (at(f"{monday}08:00"), "health_event.published", "H-2", {"affects_customer": False}),
        (at(f"{monday}08:30"), "health_event.ended", "H-2", {}),
    ]
    path = write(tmp_path / "e.jsonl", events)
    sets = [part for item in ("monthly_fee=10000 CNY", *TERM) for part in ("--set", item)]
    options = ("--events", path, "--as-of", f"{monday}11:00", *sets)
    done = slalang("status", CONTRACT, *options, "--format", "json")
    assert done.returncode == 0, done.stderr
    view = json.loads(done.stdout)
    cases = {(one["verdict"]["rule"], one["verdict"]["subject"]): one for one in view["open"]}
    assert cases["FirstResponse", "T-2"]["used"] == "2/3"
    assert cases["FirstResponse", "T-2"]["left"] == "PT5M"
    # 17:00 less 11:00; 2 of 8 hours are used.
    assert (cases["Resolution", "T-1"]["left"], cases["Resolution", "T-1"]["used"]) == ("PT6H", "0.25")
    assert ("FirstResponse", "T-1") not in cases
    assert ("HealthFollowUp", "H-1") in cases or ("HealthAssessment", "H-1") in cases
    states = {(one["entity"], one["state"]): one["subjects"] for one in view["states"]}
    assert states["ticket", "open"] == ["T-1", "T-2"]
    assert states["health_event", "open"] == ["H-1"]
    assert states["health_event", "over"] == ["H-2"]
    attainment = next(one for one in view["running"] if one["metric"]["rule"] == "Attainment")
    # Three verdicts of March are open: T-1's solution, T-2's answer and solution. One is met: 4 of 4, or 1 of 4.
    assert (attainment["metric"]["value"], attainment["open"]) == ("1", 3)
    assert (attainment["if_met"], attainment["if_missed"]) == ("1", "0.25")
    assert [one["to"] for one in view["notices"] if one["status"] == "scheduled"].count("Customer") >= 2
