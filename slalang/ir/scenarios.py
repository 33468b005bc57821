"""Scenarios as data: given facts, an as-of and expectations; they are the contract's tests and no part of its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from slalang.ir.expressions import Const
from slalang.ir.rules import Place


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as a scenario tells it: instants in microseconds UTC."""

    at: int
    type: str
    subject: str
    fields: tuple[tuple[str, Const], ...]
    recorded: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """An entry of a register with its attributes, and the instant from which they hold (µs UTC; None: from the beginning)."""

    entity: str
    id: str
    attributes: tuple[tuple[str, Const], ...]
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out: `what` is status, margin, deadline, breached, discharged, value, none, gaps, start, assumptions, …; `value` None for bare checks."""

    rule: str
    subject: str
    period: str
    checks: tuple[tuple[str, tuple[Const | str, ...]], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class BalanceExpected:
    """What a debtor must owe a creditor: `open`, `paid`, `set_off`, in a posting period or, where none is named, in all."""

    debtor: str
    creditor: str
    agreement: str
    period: str
    checks: tuple[tuple[str, Const], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class NoticeExpected:
    """A notice of a rule that must have been `sent` or be `scheduled` at an instant (µs), or (`none`) must not be there."""

    rule: str
    subject: str
    to: str
    what: Literal["sent", "scheduled", "none"]
    at: int | None
    place: Place
    period: str = ""


@dataclass(frozen=True, slots=True)
class ReportExpected:
    """Something that must be reported beside the verdicts: the code, and where they are named its subject and instant (µs)."""

    code: str
    subject: str
    at: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario of a contract."""

    title: str
    clause: str
    bindings: tuple[tuple[str, Const], ...]
    readings: tuple[tuple[str, str], ...]
    registers: tuple[RegisterLine, ...]
    facts: tuple[Fact, ...]
    as_of: int | None
    expectations: tuple[Expectation, ...]
    faults: int | None
    place: Place
    balances: tuple[BalanceExpected, ...] = ()
    notices: tuple[NoticeExpected, ...] = ()
    reports: tuple[ReportExpected, ...] = ()
