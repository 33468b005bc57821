"""What has happened to a right of one subject: what gave it, its window, cures, attempts and the exercise, as plain state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slalang.engine.reasons import in_chinese
from slalang.engine.settings import FOREVER
from slalang.outcome.records import Fault

if TYPE_CHECKING:
    from slalang.events.event import Event


@dataclass(slots=True)
class Demand:
    """A demand for cure: until when it may be cured, and the event that did."""

    at: int
    event: str
    until: int
    strict: bool
    cured_by: str = ""
    cured_at: int | None = None

    def in_time(self, at: int) -> bool:
        """Whether a cure then is in time."""
        return at < self.until or (at == self.until and not self.strict)


@dataclass(slots=True)
class Attempt:
    """An exercise that had no effect, and why (a key of `engine.reasons` and its parts, as text)."""

    at: int
    event: str
    reason: str


@dataclass(slots=True)
class Standing:
    """A right of one subject since something gave it, or in one stretch of the term.

    `opens` is the first instant of its window, `until` the last (or the 24:00 that ends it, where `strict`).
    """

    agreement: str
    subject: str
    given: int
    evidence: list[str]
    instance: str = ""
    opens: int = -FOREVER
    until: int | None = None
    strict: bool = False
    unknown: str = ""
    demands: list[Demand] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    exercised_at: int | None = None
    exercised_by: str = ""
    effective_at: int | None = None
    ended_by: str = ""  # what ended it for good before it was used
    term_end: int = FOREVER  # of the stretch of the term that it belongs to, where it does

    def over(self, at: int) -> bool:
        """Whether its window, or its stretch of the term, has passed."""
        if at >= self.term_end:
            return True
        return self.until is not None and (at > self.until or (at == self.until and self.strict))

    def spent(self, at: int, *, curable: bool) -> bool:
        """Whether nothing can bring it back: it was used, or its window has passed and no new demand can open another."""
        if self.exercised_at is not None or self.ended_by:
            return True
        if self.until is None or not (at > self.until or (at == self.until and self.strict)):
            return False
        return not curable or (bool(self.demands) and self.cured() is None)

    def end(self, event: Event) -> None:
        """It is over for good, if it was neither used nor over before."""
        if self.exercised_at is None and not self.ended_by and not self.over(event.time):
            self.until, self.strict, self.ended_by = event.time, True, event.id
            self.evidence.append(event.id)

    def cured(self) -> Demand | None:
        """The last demand, where it was cured."""
        last = self.demands[-1] if self.demands else None
        return last if last is not None and last.cured_at is not None else None

    def arises(self) -> int | None:
        """From when no time for a cure protects the other side; None where nobody has demanded yet, or all was cured."""
        failed = [one for one in self.demands if one.cured_at is None]
        if not failed:
            return None
        # An act at an inclusive limit is still a cure: the right arises after it.
        return failed[0].until if failed[0].strict else failed[0].until + 1


def in_vain(name: str, agreement: str, event: Event, why: str) -> Fault:
    """The report of an exercise that had no effect."""
    return Fault(
        "SLA-E0703", agreement, event.subject, event.id, event.time,
        f"the exercise of `{name}` has no effect: {why}",
        f"`{name}` 的行使不生效力：{in_chinese(why)}",
    )  # fmt: skip
