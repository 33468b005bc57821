"""The outcome of a run: every record, sorted, with its receipt."""

from __future__ import annotations

from dataclasses import dataclass

from slalang.outcome.records import (
    Balance,
    ConstraintState,
    Fault,
    LedgerLine,
    MetricValue,
    Notice,
    Receipt,
    RightState,
    Verdict,
)
from slalang.outcome.trace import AmountTrace, CaseTrace, MetricTrace


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one evaluation says as of an instant; traces only where they were asked for."""

    contract: str
    version: str
    zone: str
    as_of: int
    receipt: Receipt
    verdicts: tuple[Verdict, ...]
    metrics: tuple[MetricValue, ...]
    ledger: tuple[LedgerLine, ...]
    rights: tuple[RightState, ...]
    notices: tuple[Notice, ...]
    faults: tuple[Fault, ...]
    balances: tuple[Balance, ...] = ()
    case_traces: tuple[CaseTrace, ...] = ()
    metric_traces: tuple[MetricTrace, ...] = ()
    amount_traces: tuple[AmountTrace, ...] = ()
    constraints: tuple[
        ConstraintState, ...
    ] = ()  # decided before anything runs; a run begins only when all are true
