"""What an amount is for goes in: a period, a breach, an event; the environment in which its expressions are read comes out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.engine.amounts.daily import Late
    from slalang.engine.cases.case import Case
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.payments.growing import Principal
    from slalang.events.event import Event
    from slalang.outcome.records import Period, Verdict

_KEPT = (
    "subject",
    "agreement",
    "period",
    "key",
    "case",
    "verdict",
    "event",
    "record",
    "at",
    "deadline",
    "latest",
    "principal",
)


@dataclass(frozen=True, slots=True)
class Since:
    """From when an amount is due or claimed: an instant; `ends_day` where it is the end of a period or of a limit in days, whose last
    date is then the one that is not counted (model §2)."""

    at: int
    ends_day: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one amount is for. `at` is the instant whose state signals are read at; None: the present. `late`: the dates of an amount by the day."""

    agreement: str
    key: Key = ()
    period: Period | None = None
    subject: Subject | None = None
    event: Event | None = None
    verdict: Verdict | None = None
    case: Case | None = None
    at: int | None = None
    late: Late | None = None
    latest: bool = False  # a period's values are those that are known last, not those of its end
    principal: Principal | None = None
    debt: tuple[str, str] | None = None  # subject and instance of the line that is not paid

    @property
    def named(self) -> tuple[str, str]:
        """Subject and instance, as its line tells them; empty for a period."""
        if self.debt is not None:
            return self.debt
        if self.event is not None:
            return self.event.subject, self.event.id
        return ("", "") if self.verdict is None else (self.verdict.subject, self.verdict.instance)


@contextmanager
def reading(env: Env, occasion: Occasion) -> Iterator[None]:
    """Read an amount's expressions for one occasion; the environment is as it was afterwards."""
    kept = [getattr(env, name) for name in _KEPT]
    env.subject = occasion.subject if occasion.case is None else occasion.case.subject
    env.agreement, env.period, env.key = occasion.agreement, occasion.period, dict(occasion.key)
    env.case, env.verdict, env.event = occasion.case, occasion.verdict, occasion.event
    env.at, env.record, env.latest = occasion.at, None, occasion.latest
    env.principal = occasion.principal
    env.deadline = None if occasion.verdict is None else occasion.verdict.deadline
    try:
        yield
    finally:
        for name, value in zip(_KEPT, kept, strict=True):
            setattr(env, name, value)
