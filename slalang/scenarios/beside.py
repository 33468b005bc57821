"""An outcome and what a scenario expects beside its rules' results go in (balances, notices, reports); what does not hold comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.outcome.records import Quantity
from slalang.scenarios.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.ir.rules import Place
    from slalang.ir.scenarios import BalanceExpected, NoticeExpected, ReportExpected, Scenario
    from slalang.outcome.records import Notice
    from slalang.outcome.whole import Outcome

SHOWN = 8  # others that are named where nothing fits


@dataclass(frozen=True, slots=True)
class Missed:
    """An expectation that does not hold: whose, what was checked, expected and found in words, where it stands, and why nobody can tell
    what was to be found."""

    rule: str
    what: str
    expected: str
    found: str
    place: Place
    reason: str = ""


def missed_beside(scenario: Scenario, outcome: Outcome) -> Iterator[Missed]:
    """Balances, notices and reports that are not as the scenario expects."""
    for balance in scenario.balances:
        yield from _balance(balance, outcome)
    for notice in scenario.notices:
        yield from _notice(notice, outcome)
    for report in scenario.reports:
        yield from _report(report, outcome)


def _balance(expected: BalanceExpected, outcome: Outcome) -> Iterator[Missed]:
    """Balances of one posting period; without a period all of them added up, payments that wait among them."""
    named = " ".join(filter(None, (expected.debtor, expected.creditor, expected.agreement, expected.period)))
    for what, wanted in expected.checks:
        unit = wanted.type.partition(":")[2]
        same = [
            one
            for one in outcome.balances
            if (one.debtor, one.creditor, one.unit) == (expected.debtor, expected.creditor, unit)
            and expected.agreement in ("", one.agreement)
            and expected.period in ("", one.period)
        ]
        agreements = sorted({one.agreement for one in same})
        if len(agreements) > 1:
            yield Missed(named, "matches", "one", ", ".join(agreements[:SHOWN]), expected.place)
            continue
        unknown = sum(one.unknown for one in same)
        total = sum((getattr(one, what) for one in same), Fraction(0))
        if unknown or total != Fraction(wanted.value):
            found = shown(Quantity(wanted.type, total), outcome.zone)
            told = f"{found}, {unknown} undetermined" if unknown else found
            yield Missed(named, what, shown(wanted, outcome.zone), told, expected.place)


def _notice(expected: NoticeExpected, outcome: Outcome) -> Iterator[Missed]:
    same = [
        one
        for one in outcome.notices
        if one.rule == expected.rule
        and expected.subject in ("", one.subject, one.instance, one.agreement)
        and expected.period in ("", one.instance)
        and expected.to in ("", one.to)
    ]
    named = " ".join(filter(None, (expected.rule, expected.subject, expected.period, expected.to)))
    told = ", ".join(_said(one, outcome.zone) for one in same[:SHOWN]) or "none"
    told += f" (+{len(same) - SHOWN})" if len(same) > SHOWN else ""
    if expected.what == "none":
        if same:
            yield Missed(named, "notice", "none", told, expected.place)
    elif not any((one.status, one.at) == (expected.what, expected.at) for one in same):
        wanted = f"{expected.what} {shown(expected.at, outcome.zone)}"
        yield Missed(named, "notice", wanted, told, expected.place)


def _said(one: Notice, zone: str) -> str:
    return f"{one.status} {shown(one.at, zone)}"


def _report(expected: ReportExpected, outcome: Outcome) -> Iterator[Missed]:
    fits = any(
        one.code == expected.code
        and expected.subject in ("", one.subject)
        and (expected.at is None or one.at == expected.at)
        for one in outcome.faults
    )
    if not fits:
        found = [f"{one.code} {one.subject} {shown(one.at, outcome.zone)}" for one in outcome.faults]
        told = "; ".join(found[:SHOWN]) or "none"
        told += f" (+{len(found) - SHOWN})" if len(found) > SHOWN else ""
        wanted = " ".join(filter(None, (expected.code, expected.subject)))
        wanted += f" {shown(expected.at, outcome.zone)}" if expected.at is not None else ""
        yield Missed("reported", "is", wanted, told, expected.place)
