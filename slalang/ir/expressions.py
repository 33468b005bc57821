"""Expressions of the IR: pure values over constants, parameters, facts, signals and results, as plain data.

A type is a short text (`Ty`): `number`, `integer`, `ratio`, `points`, `duration` (exact), `civil` (days, months, years),
`workdays`, `limit`, `date`, `instant`, `text`, `bool`, `amount:CNY` (any unit after the colon), `levels:priority`.
A constant's value is canonical text, so that the IR hashes and serialises without loss:
ratio/number/integer `p/q` or `p`; amount `p/q`; duration microseconds; civil `months,days`; workdays `n` or `n@Calendar`;
date `2026-03-02`; instant microseconds since the epoch, UTC; bool `true|false`; limit `<=|<` + space + type + space + value.
A limit whose length is not fixed is `Op("<=" | "<", (length,), "limit")`, with one argument.
Inside tables and definitions a signal is read `now`: at the instant at which the rule that reads the table or definition reads.
`via` lists reference fields, from the subject on; `("agreement",)` leads to the agreement of the case from any subject, or from none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Ty: TypeAlias = str
At = Literal["now", "trigger", "deadline", "discharge", "period_end", "latest"]
Operator = Literal[
    "+", "-", "*", "/", "neg", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not",
    "min", "max", "abs", "round_down", "round_up", "round_nearest",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: `value` is canonical text as the module says."""

    type: Ty
    value: str
    kind: Literal["const"] = "const"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter or an open word, looked up by the agreement of the case; an open word is reported with the verdict."""

    name: str
    type: Ty
    kind: Literal["param"] = "param"


@dataclass(frozen=True, slots=True)
class Named:
    """A definition (`let`) of the program, by name."""

    name: str
    type: Ty
    kind: Literal["named"] = "named"


@dataclass(frozen=True, slots=True)
class Field:
    """A data field: of the event being matched (`event`), of the trigger or discharge, or an attribute of the subject's
    register entry (`register`), reached over `via` references; or `start` and `end` of the measured `period` (dates of its first and last day,
    or as instants its first and the 24:00 that ends it). `time`, `subject`, `id`, `type`, `recordedtime`, `by` and `to` are fields of every event."""

    name: str
    type: Ty
    of: Literal["event", "trigger", "discharge", "register", "period"]
    via: tuple[str, ...] = ()
    kind: Literal["field"] = "field"


@dataclass(frozen=True, slots=True)
class SignalAt:
    """The value of a signal at a named instant, of the case's subject, or of an entity reached over `via` references."""

    signal: str
    type: Ty
    at: At
    via: tuple[str, ...] = ()
    kind: Literal["signal"] = "signal"


@dataclass(frozen=True, slots=True)
class MetricRef:
    """A metric's value for the key of the reading rule; `back` periods earlier (0 = the same); `across` says how other keys are joined.
    `joined`: how the shorter periods inside the reader's are joined. `within`: the sum over the earlier periods of the same calendar year, or of the same year of the contract."""

    name: str
    type: Ty
    back: int = 0
    span: int = 1
    across: Literal["", "sum", "lowest", "highest", "mean"] = ""
    within: Literal["", "year", "contract"] = ""
    joined: Literal["", "sum", "lowest", "highest", "mean"] = ""
    kind: Literal["metric"] = "metric"


@dataclass(frozen=True, slots=True)
class CaseValue:
    """A measured value of the verdict that a per-breach amount or a case condition is about (`days_late`: civil days begun)."""

    what: Literal[
        "measure",
        "limit",
        "margin",
        "lateness",
        "days_late",
        "workdays_late",
        "status",
        "start",
        "deadline",
        "discharged_at",
        "breached_at",
    ]
    type: Ty
    rule: str = ""
    kind: Literal["case"] = "case"


@dataclass(frozen=True, slots=True)
class AmountRef:
    """What is posted of another amount rule for the same key, `back` periods earlier; `unpaid`: what is still owed of it at the instant that
    is read, for the same subject or period (in amounts by the day only)."""

    name: str
    type: Ty
    back: int = 0
    span: int = 1
    unpaid: bool = False
    kind: Literal["amount"] = "amount"


@dataclass(frozen=True, slots=True)
class Op:
    """An operator over its arguments."""

    op: Operator
    args: tuple[Expr, ...]
    type: Ty
    kind: Literal["op"] = "op"


@dataclass(frozen=True, slots=True)
class If:
    """A choice."""

    condition: Expr
    then: Expr
    orelse: Expr
    type: Ty
    kind: Literal["if"] = "if"


@dataclass(frozen=True, slots=True)
class TableLookup:
    """The result column of a table for the current values of its inputs; a gap or overlap met makes the reader undetermined."""

    table: str
    column: str
    type: Ty
    kind: Literal["lookup"] = "lookup"


@dataclass(frozen=True, slots=True)
class Override:
    """An exception that gives another value when `when` holds; it may itself be overridden (default logic, model §7)."""

    name: str
    clause: str
    when: Expr
    value: Expr
    overrides: tuple[Override, ...] = ()
    under: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Default:
    """A base value with the exceptions that displace it; two of equal rank that apply and disagree are a conflict."""

    label: str
    clause: str
    base: Expr
    overrides: tuple[Override, ...]
    type: Ty
    kind: Literal["default"] = "default"


@dataclass(frozen=True, slots=True)
class Builtin:
    """A call through the one door to Python (`slalang.builtins`), by name."""

    name: str
    args: tuple[Expr, ...]
    type: Ty
    kind: Literal["builtin"] = "builtin"


@dataclass(frozen=True, slots=True)
class TermEdge:
    """The first or the last day of the running term of the agreement, at the instant at which it is read (a date; both belong to the term)."""

    which: Literal["start", "end"]
    type: Ty = "date"
    kind: Literal["term"] = "term"


Expr: TypeAlias = (
    Const
    | Param
    | Named
    | Field
    | SignalAt
    | MetricRef
    | CaseValue
    | AmountRef
    | Op
    | If
    | TableLookup
    | Default
    | Builtin
    | TermEdge
)
TRUE = Const("bool", "true")
FALSE = Const("bool", "false")
