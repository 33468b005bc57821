"""What a compiled expression reads: the event, subject, case, period and key that it is evaluated for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.payments.growing import Principal
    from slalang.events.event import Event
    from slalang.outcome.records import Period, Verdict
    from slalang.outcome.trace import RowHit, Value


class Env:
    """One mutable environment per version; whoever evaluates sets what the expression may read.

    `at` is None for the present (the state after the current event), else the instant in the past whose state is
    read; `latest` says that a period is read by the latest that is known and not by what stood at its end. `record` is None unless the expression is being traced.
    """

    __slots__ = (
        "agreement",
        "at",
        "case",
        "deadline",
        "event",
        "key",
        "latest",
        "period",
        "principal",
        "record",
        "row",
        "subject",
        "verdict",
        "world_now",
    )

    def __init__(self) -> None:
        """Nothing is set."""
        self.event: Event | None = None
        self.subject: Subject | None = None
        self.case: Case | None = None
        self.verdict: Verdict | None = None
        self.agreement: str = ""
        self.at: int | None = None
        self.deadline: int | None = None
        self.period: Period | None = None
        self.key: dict[str, str] = {}
        self.latest: bool = False
        self.principal: Principal | None = None  # the debts whose unpaid part an amount by the day reads
        self.record: list[Value] | None = None
        self.row: RowHit | None = None
        self.world_now: int = 0


Evaluate = Any  # Callable[[Env], Any]; spelled so because closures of hot loops are called millions of times
