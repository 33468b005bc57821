"""A ledger line goes in; what of it is owed at an instant, what has been settled, and what is open come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.amounts.rounding import posted
from slalang.outcome.records import Settlement

if TYPE_CHECKING:
    from slalang.engine.clock.dates import Zone
    from slalang.ir.amounts import AmountRule
    from slalang.outcome.records import LedgerLine
    from slalang.values.calendar import Calendar

FAR = 1 << 80  # later than any instant, µs
OWED = frozenset({"posted", "claimed", "paid_out"})


def is_owed(line: LedgerLine) -> bool:
    """Whether a line is a debt: it is posted, or it grows by the day and has begun to."""
    return line.amount is not None and (
        line.status in OWED or (line.status == "provisional" and bool(line.days))
    )


@dataclass(slots=True, eq=False)
class Debt:
    """A line while payments and set-offs are applied to it."""

    line: LedgerLine
    rule: AmountRule
    order: int
    zone: Zone
    calendar: Calendar | None
    settled: list[Settlement] = field(default_factory=list)
    gone: Fraction = field(default_factory=Fraction)

    @property
    def since(self) -> int | None:
        """When it came to be owed; None where it grows and nobody has ended it."""
        line = self.line
        if line.claimed_at is None or line.at is None:
            return line.claimed_at if line.claimed_at is not None else line.at
        return max(line.claimed_at, line.at)  # what is carried over is owed later than it was claimed

    def owed(self, at: int) -> Fraction:
        """What is owed at an instant: all of it once it has arisen; before that, of one that grows by the day, the days begun."""
        line = self.line
        whole = line.amount or Fraction(0)
        since = self.since
        if since is not None and since <= at:
            return whole
        if not line.days:
            return Fraction(0)
        today = self.zone.date_of(at)
        grown = Fraction(0)
        for run in line.days:
            first, last = date.fromisoformat(run.first), min(date.fromisoformat(run.last), today)
            if first <= last:
                count = (
                    (last - first).days + 1
                    if self.calendar is None
                    else self.calendar.working_days_between(first, last, "both")
                )
                grown += count * run.each
        return min(whole, posted(grown, self.rule.unit, self.rule.rounding, self.rule.places))

    def open(self, at: int) -> Fraction:
        """What of it is open at an instant."""
        return max(self.owed(at) - self.gone, Fraction(0))

    def unpaid(self, at: int) -> Fraction:
        """What of it was owed at an instant, less what had been settled by then."""
        gone = sum((one.amount for one in self.settled if one.at <= at), Fraction(0))
        return max(self.owed(at) - gone, Fraction(0))

    @property
    def begins(self) -> int:
        """When any of it is first owed: it arises, or its first day late begins."""
        since = FAR if self.since is None else self.since
        return min(since, self.line.days[0].start) if self.line.days else since

    def settle(self, sort: str, at: int, by: str, amount: Fraction) -> None:
        """Take a payment or a set-off."""
        self.gone += amount
        self.settled.append(Settlement(sort, at, by, amount))

    @property
    def name(self) -> str:
        """Its name for the line that it is set off against."""
        line = self.line
        period = line.period.label if line.period is not None else ""
        return " ".join(filter(None, (line.rule, line.subject or period, *(value for _, value in line.key))))

    def is_named(self, text: str) -> bool:
        """Whether a payment that names something means this debt: its rule, subject, period, event or a part of its key."""
        line = self.line
        period = line.period.label if line.period is not None else ""
        return text in {line.rule, line.subject, period, line.instance, *(value for _, value in line.key)}
