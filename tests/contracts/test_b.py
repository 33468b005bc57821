"""Contract B (managed hosting) against plain arithmetic: random outages and maintenance, the credit formulas, answers in and out of hours."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from contract_runs import B, findings, micros, run, slalang, stamp, write

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = B / "contract.sla"
NEW_YORK = ZoneInfo("America/New_York")
MINUTE = 60_000_000
HOUR = 60 * MINUTE
EXCLUDED = (
    "beyond_control",
    "maintenance",
    "emergency_maintenance",
    "dns",
    "client",
    "dns_propagation",
    "internet",
    "mail_client",
)
# The federal holidays of 2026 as the Office of Personnel Management lists them; 4 July falls on a Saturday.
HOLIDAYS = {
    date(2026, month, day)
    for month, day in (
        (1, 1),
        (1, 19),
        (2, 16),
        (5, 25),
        (6, 19),
        (7, 3),
        (9, 7),
        (10, 12),
        (11, 11),
        (11, 26),
        (12, 25),
    )
}
Interval = tuple[int, int]
Told = tuple[int, str, str, dict[str, Any]]


def at(text: str) -> int:
    """Local time in New York as microseconds since the epoch."""
    moment = datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def minutes_of(intervals: list[Interval], start: int, end: int) -> int:
    """The measure of a union inside a window, by sweeping its ends, in microseconds."""
    total = 0
    reached = start
    for low, high in sorted(intervals):
        first, last = max(low, reached), min(high, end)
        if last > first:
            total += last - first
            reached = last
    return total


def without(intervals: list[Interval], holes: list[Interval]) -> list[Interval]:
    """Intervals less the union of some others."""
    left = list(intervals)
    for low, high in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[1] > piece[0]
        ]
    return left


def nearest_minute(time: int) -> int:
    """Whole minutes, a half rounded up."""
    return (time + MINUTE // 2) // MINUTE


def credit(plan: str, uptime: Fraction, fee: int) -> Decimal | None:
    """The chosen readings of clause 7: 0.9 as divisor, Enterprise against its own level."""
    level, floor = (
        (Fraction("0.995"), Fraction("0.985"))
        if plan == "Enterprise"
        else (Fraction("0.99"), Fraction("0.98"))
    )
    if uptime >= level:
        return None
    share = Fraction(1) if uptime < floor else (level - uptime) / Fraction("0.009") / 2
    exact = share * fee
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def of_month(rows: list[dict[str, Any]], rule: str, label: str) -> list[dict[str, Any]]:
    """The rows of a rule for a month."""
    return [row for row in rows if row["rule"] == rule and row["period"] == label]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("plan", ["Enterprise", "Basic"])
def test_random_months_agree_with_plain_arithmetic(plan: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    begin, end = at("2026-03-01T00:00"), at("2026-06-01T00:00")
    own: list[Interval] = []
    repair: list[Interval] = []
    events: list[Told] = []
    for number in range(40):
        low = begin + rng.randrange(end - begin)
        high = low + rng.randrange(1, rng.choice([MINUTE, HOUR, 5 * HOUR]))
        kind = rng.randrange(4)
        if kind == 3:
            repair.append((low, high))
            events += [
                (low, "maintenance.started", f"M-{number}", {}),
                (high, "maintenance.ended", f"M-{number}", {}),
            ]
            continue
        cause = rng.choice(EXCLUDED) if kind == 2 else "disk"
        own += [(low, high)] if kind < 2 else []
        data = {"service": "web"} | ({"cause": cause} if rng.random() < 0.8 or kind == 2 else {})
        events += [(low, "outage.started", f"O-{number}", data), (high, "outage.ended", f"O-{number}", {})]
    for month in (4, 5, 6):
        events.append((at(f"2026-{month:02}-05T12:00"), "credit.claimed", f"K-{month}", {}))
    rng.shuffle(events)
    outcome = run(
        CONTRACT,
        write(tmp_path / "e.jsonl", events),
        "2026-08-01T00:00:00-04:00",
        f"plan={plan}",
        "monthly_fee=1000 USD",
    )
    for month in (3, 4, 5):
        start, stop = at(f"2026-{month:02}-01T00:00"), at(f"2026-{month + 1:02}-01T00:00")
        down = nearest_minute(minutes_of(without(own, repair), start, stop))
        whole = (stop - start) // MINUTE
        uptime = Fraction(whole - down, whole)
        (row,) = of_month(outcome["metrics"], "Uptime", f"2026-{month:02}")
        assert Fraction(row["numerator"]) / Fraction(row["denominator"]) == uptime
        lines = of_month(outcome["ledger"], "UptimeCredit", f"2026-{month:02}")
        expected = credit(plan, uptime, 1000)
        assert [Decimal(line["amount"]) for line in lines] == ([] if expected is None else [expected])
        assert all(line["status"] == "claimed" for line in lines)


@pytest.mark.parametrize(
    ("claimed", "status"),
    [
        ("2026-05-01T00:00:00-04:00", "claimed"),
        ("2026-05-30T23:59:59.999999-04:00", "claimed"),  # the thirtieth day after the end of April
        ("2026-05-31T00:00:00-04:00", "lapsed"),
        (None, "lapsed"),
    ],
)
def test_a_credit_must_be_claimed_within_thirty_days(
    claimed: str | None, status: str, tmp_path: Path
) -> None:
    events: list[Told] = [
        (at("2026-04-10T00:00"), "outage.started", "O-1", {}),
        (at("2026-04-10T05:24"), "outage.ended", "O-1", {}),
    ]
    if claimed:
        events.append((micros(claimed) or 0, "credit.claimed", "K-1", {}))
    path = write(tmp_path / "e.jsonl", events)
    outcome = run(CONTRACT, path, "2026-06-15T00:00:00-04:00", "plan=Enterprise", "monthly_fee=1000 USD")
    (line,) = of_month(outcome["ledger"], "UptimeCredit", "2026-04")
    assert line["status"] == status
    assert Decimal(line["amount"]) == Decimal("138.89")
    early = run(
        CONTRACT,
        write(tmp_path / "f.jsonl", events[:2]),
        "2026-05-15T00:00:00-04:00",
        "plan=Enterprise",
        "monthly_fee=1000 USD",
    )
    (line,) = of_month(early["ledger"], "UptimeCredit", "2026-04")
    assert line["status"] == "claimable"
    assert micros(line["claim_until"]) == at("2026-05-31T00:00")


@pytest.mark.parametrize(
    ("named", "statuses"),
    [("2026-01", ("claimed", "lapsed")), ("2026-02", ("lapsed", "claimed")), (None, ("claimed", "lapsed"))],
)
def test_one_claim_is_for_one_month(named: str | None, statuses: tuple[str, str], tmp_path: Path) -> None:
    """On 1 March both January (until 2 March) and February can be claimed; a claim that names none takes the older."""
    events: list[Told] = [
        (at("2026-03-01T12:00"), "credit.claimed", "K-1", {"period": named} if named else {})
    ]
    for month in ("01", "02"):
        events.append((at(f"2026-{month}-10T00:00"), "outage.started", f"O-{month}", {}))
        events.append((at(f"2026-{month}-11T00:00"), "outage.ended", f"O-{month}", {}))
    outcome = run(
        CONTRACT,
        write(tmp_path / "e.jsonl", events),
        "2026-06-15T00:00:00-04:00",
        "plan=Basic",
        "monthly_fee=1000 USD",
    )
    found = tuple(
        of_month(outcome["ledger"], "UptimeCredit", f"2026-{month}")[0]["status"] for month in ("01", "02")
    )
    assert found == statuses


@pytest.mark.parametrize(
    "field", [{"evidence_given": False}, {"dates_given": False}, {"subject_line_given": False}]
)
def test_a_claim_without_its_form_claims_nothing(field: dict[str, Any], tmp_path: Path) -> None:
    events: list[Told] = [
        (at("2026-04-10T00:00"), "outage.started", "O-1", {}),
        (at("2026-04-10T05:24"), "outage.ended", "O-1", {}),
        (at("2026-05-10T00:00"), "credit.claimed", "K-1", field),
    ]
    outcome = run(
        CONTRACT,
        write(tmp_path / "e.jsonl", events),
        "2026-06-15T00:00:00-04:00",
        "plan=Enterprise",
        "monthly_fee=1000 USD",
    )
    (line,) = of_month(outcome["ledger"], "UptimeCredit", "2026-04")
    assert line["status"] == "lapsed"


def is_open(when: int) -> bool:
    """Monday to Friday nine to five on the clocks of New York, not on federal holidays."""
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=when)).astimezone(NEW_YORK)
    return local.weekday() < 5 and local.date() not in HOLIDAYS and 9 <= local.hour < 17


def deadline(priority: str, channel: str, asked: int) -> int:
    """The chosen readings of clauses 8 and 10: the first instant that is too late."""
    office = channel == "email" or priority == "Minor"
    in_hours = is_open(asked) or channel == "email"
    left = {"Critical": (3, 1), "Major": (6, 3), "Minor": (24, 24)}[priority][in_hours] * HOUR
    now = asked
    while True:
        after = (now // HOUR + 1) * HOUR
        counts = after - now if not office or is_open(now) else 0
        if counts >= left:
            return now + left
        now, left = after, left - counts


@pytest.mark.parametrize("begin", ["2026-03-02", "2026-06-29", "2026-10-26"])
def test_random_answers_agree_with_plain_arithmetic(begin: str, tmp_path: Path) -> None:
    """Two weeks each: over the spring and autumn change of the clocks, and over the Fourth of July."""
    rng = random.Random(begin)
    events: list[Told] = []
    expected: dict[str, tuple[str, int]] = {}
    as_of = at(f"{begin}T00:00") + 13 * 24 * HOUR
    for number in range(200):
        asked = at(f"{begin}T00:00") + rng.randrange(13 * 24 * 60) * MINUTE
        priority, channel = (
            rng.choice(["Critical", "Major", "Minor"]),
            rng.choice(["phone", "helpdesk", "email"]),
        )
        due = deadline(priority, channel, asked)
        answered = max(
            asked,
            rng.choice(
                [due, due - 1, due + 1, due - HOUR, due + HOUR, asked + (due - asked) // 2, as_of + 1]
            ),
        )
        subject = f"T-{number}"
        events += [
            (asked, "ticket.opened", subject, {"priority": priority, "channel": channel}),
            (answered, "ticket.responded", subject, {}),
        ]
        if answered <= as_of:
            expected[subject] = ("met" if answered < due else "late", due)
        else:
            expected[subject] = ("pending" if as_of < due else "overdue", due)
    outcome = run(
        CONTRACT, write(tmp_path / "e.jsonl", events), stamp(as_of), "plan=Basic", "monthly_fee=1 USD"
    )
    found = {
        row["subject"]: (row["status"], micros(row["deadline"]))
        for row in outcome["verdicts"]
        if row["rule"] == "Response"
    }
    assert found == expected
    assert {status for status, _ in found.values()} == {"met", "late", "overdue", "pending"}


def test_the_sample_month() -> None:
    """April 2026. O-1 105 min 20 s; O-2 is the list's; O-3 04:00 to 05:41 less maintenance until 05:20: 21 min; O-4 and O-5 together 10:00 to
    13:05: 185 min; O-6 from 23:40: 20 min. 331 min 20 s, so 331: 42,869 of 43,200. 115 / 43,200 / 0.009 / 2 of 1,200 = 177.469."""
    outcome = run(
        CONTRACT, B / "events.jsonl", "2026-06-15T00:00:00-04:00", "plan=Enterprise", "monthly_fee=1200 USD"
    )
    (row,) = of_month(outcome["metrics"], "Uptime", "2026-04")
    assert Fraction(row["numerator"]) / Fraction(row["denominator"]) == Fraction(42_869, 43_200)
    (line,) = of_month(outcome["ledger"], "UptimeCredit", "2026-04")
    assert (Decimal(line["amount"]), line["unit"], line["status"]) == (Decimal("177.47"), "USD", "claimed")
    # B10: a job on Saturday the 11th and one after five on the 21st; that of Tuesday the 14th at eleven is within the hours.
    jobs = {
        row["because"][0]: Decimal(row["amount"])
        for row in of_month(outcome["ledger"], "EmergencyWork", "2026-04")
    }
    assert sorted(jobs.values()) == [Decimal("95.50"), Decimal("180.00")]
    # B11: staff joined two hours after each Critical request, but nine after T-7; access took nine hours; both may take eight.
    late = {
        (row["rule"], row["subject"])
        for row in outcome["verdicts"]
        if row["debtor"] == "Client" and row["status"] == "late"
    }
    assert late == {("ClientStaff", "T-7"), ("AccessGiven", "X-1")}
    # B9: T-30 (Critical, asked 11:31, answered 13:11) had no answer within the hour: the client might have climbed at once.
    free = {
        row["subject"]
        for row in outcome["rights"]
        if row["rule"] == "AskTier3" and row["status"] == "exercisable"
    }
    assert free == {"T-30"}


def test_the_contract_is_clean_and_its_scenarios_hold() -> None:
    checked = slalang("check", CONTRACT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    tested = slalang("test", CONTRACT)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_check_finds_the_defects_of_the_paper() -> None:
    """B5 negative between 99 % and 99.5 %, B4 jump at 98 %, B8 no limit for Minor out of hours: each at its row or table."""
    basic = "| Basic, Professional | [98%, 99%) | (99% - Uptime) / 0.9% × 50% |"
    enterprise = "| Enterprise | [98.5%, 99.5%) | (99% - Uptime) / 0.9% × 50% |"
    assert findings(B / "faithful.sla") == {
        ("SLA-E0405", enterprise),
        ("SLA-L0401", enterprise),
        ("SLA-L0401", basic),
        ("SLA-E0401", "table response_limits"),
    }


def test_each_month_is_judged_by_the_version_in_force(tmp_path: Path) -> None:
    """B12: a revision from 1 May 2026 promises Enterprise 99.9 %. 100 min down each: 99.768 % of April, 99.776 % of May."""
    whole = CONTRACT.read_text(encoding="utf-8")
    for old, new in (
        ('version "1.1"', 'version "1.2"'),
        ("effective from 2020-03-06", 'effective from 2026-05-01\nsupersedes "1.1"'),
        (
            "| Enterprise          | 99.5%                  |",
            "| Enterprise          | 99.9%                  |",
        ),
    ):
        assert whole.count(old) == 1
        whole = whole.replace(old, new, 1)
    revision = tmp_path / "revision.sla"
    revision.write_text(whole, encoding="utf-8")
    events: list[Told] = [
        (at("2026-04-10T00:00"), "outage.started", "O-1", {}),
        (at("2026-04-10T01:40"), "outage.ended", "O-1", {}),
        (at("2026-05-10T00:00"), "outage.started", "O-2", {}),
        (at("2026-05-10T01:40"), "outage.ended", "O-2", {}),
    ]
    path = write(tmp_path / "e.jsonl", events)
    outcome = run(
        CONTRACT,
        path,
        "2026-06-15T00:00:00-04:00",
        "plan=Enterprise",
        "monthly_fee=1000 USD",
        contracts=(revision,),
    )
    found = {row["period"]: row["status"] for row in outcome["verdicts"] if row["rule"] == "UptimeGuarantee"}
    assert (found["2026-04"], found["2026-05"]) == ("met", "broken")
