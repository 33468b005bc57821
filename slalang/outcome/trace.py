"""What an evaluation can tell of one verdict, metric or amount when asked to trace it: the raw material of an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from slalang.ir.expressions import Expr, Ty
from slalang.outcome.records import Quantity


@dataclass(frozen=True, slots=True)
class Value:
    """An evaluated expression: its value (exact number, text, bool; None = undetermined with `reason`) and its evaluated parts."""

    expr: Expr
    type: Ty
    value: Fraction | int | str | bool | None
    parts: tuple[Value, ...] = ()
    reason: str = ""
    row: RowHit | None = None


@dataclass(frozen=True, slots=True)
class RowHit:
    """The row of a table that applied (1-based), its source line, and the values of the inputs; `rows` lists all that applied."""

    table: str
    clause: str
    row: int
    line: int
    inputs: tuple[tuple[str, Value], ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """An event and what it did for the case: trigger, discharge, reopened, change, void, standstill, ignored."""

    event: str
    type: str
    at: int
    role: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClockStretch:
    """A stretch of the clock: how much of it counted, and if none or not all, why (calendar closed, standstill rule, discharged)."""

    start: int
    end: int
    counted: int
    state: Literal["counted", "closed", "standstill", "excluded"]
    reason: str = ""
    clause: str = ""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitStep:
    """A limit in force from an instant: its value, how it was computed, and the policy that made it count so."""

    at: int
    limit: Quantity
    strict: bool
    value: Value | None
    policy: str = ""
    elapsed_before: int = 0


@dataclass(frozen=True, slots=True)
class Considered:
    """An exception, excuse or reading that was looked at: applied or not, and the condition that decided."""

    name: str
    clause: str
    effect: str
    applied: bool
    condition: Value | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DateStep:
    """A step of counting days: the rule's name (convention, article) and the date it led to (`YYYY-MM-DD`)."""

    rule: str
    date: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A gap of a standing duty, and what it held to be so where the gap began: the condition with the parts that made it false."""

    start: int
    end: int
    holds: Value | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What an occurrence of a recurring, standing or target duty is.

    Attributes:
        period: its label, and its half-open bounds.
        opens: from when an act can be for it; `opens_how`: `period_start`, `period_end`, `stated`. None: no act is asked for.
        matched: how the act that discharged it was found: `period_field` (it names the period), `period_it_falls_in`, `oldest_open`; empty: none was.
        holds: the condition of a target, evaluated.
        gaps: the interruptions of a standing duty.
    """

    period: str
    start: int
    end: int
    opens: int | None = None
    opens_how: str = ""
    matched: str = ""
    holds: Value | None = None
    gaps: tuple[Interruption, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTrace:
    """The whole life of one instance; `occurrence` where it is one of a period."""

    rule: str
    subject: str
    instance: str
    roles: tuple[Role, ...]
    limits: tuple[LimitStep, ...]
    clock: tuple[ClockStretch, ...]
    considered: tuple[Considered, ...]
    dates: tuple[DateStep, ...] = ()
    policies: tuple[tuple[str, str, str], ...] = ()
    agreement: str = ""
    occurrence: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """One event or case that a count, sum, mean or the like is made of: when (an event), its type or rule, and its value (None: it only counts)."""

    at: int | None
    what: str
    subject: str
    id: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class MetricTrace:
    """How a metric came out: the verdicts it counted by status and its arithmetic; `members` names them (rule, subject, instance, status);
    `bins` are those whose numerator was not 0 (start, end, numerator, denominator)."""

    rule: str
    key: tuple[tuple[str, str], ...]
    period: str
    counts: tuple[tuple[str, int], ...]
    members: tuple[tuple[str, str, str, str], ...]
    left_out: tuple[tuple[str, str], ...]
    value: Value | None
    stretches: tuple[ClockStretch, ...] = ()
    bins: tuple[tuple[int, int, Fraction, Fraction], ...] = ()
    agreement: str = ""
    folded: tuple[Folded, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """An arithmetic step of an amount after its formula: cap, floor, rounding, set-off."""

    what: str
    before: Fraction
    after: Fraction
    detail: str = ""
    value: Value | None = None  # how a cap or floor came about


@dataclass(frozen=True, slots=True)
class AmountTrace:
    """How an amount came out; `carried_from`: of what a cap of that period cut off."""

    rule: str
    key: tuple[tuple[str, str], ...]
    period: str
    value: Value | None
    steps: tuple[Step, ...]
    considered: tuple[Considered, ...] = ()
    subject: str = ""
    instance: str = ""
    agreement: str = ""
    daily: tuple[Value, ...] = ()
    caps: tuple[tuple[str, Value], ...] = ()  # how the caps over several postings that bore on it came about
    carried_from: str = ""
