"""What an amount comes to goes in; the ledger line with its posting period, claim window and due date comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.engine.amounts.occasions import Since
from slalang.engine.amounts.rounding import posted
from slalang.engine.metrics.spans import counted_periods
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.rules import ByPoint, Schedule
from slalang.outcome.records import LedgerLine

if TYPE_CHECKING:
    from slalang.engine.amounts.amount import AmountOf, Sum
    from slalang.engine.amounts.occasions import Occasion
    from slalang.ir.rules import Limit
    from slalang.outcome.records import Period


class Posting:
    """The posting of one amount rule.

    A line's status: `undetermined` (no amount can be given, nothing is posted), `provisional` (its period is not over),
    `claimable`, `claimed` or `lapsed` where a claim is needed, `paid_out` or `lapsed` where there is no next period to
    post to, else `posted`.
    """

    def __init__(self, amount: AmountOf) -> None:
        """Take the rule."""
        self.amount = amount

    def line(
        self, made: Sum, occasion: Occasion, because: tuple[str, ...], since: Since | None, *, final: bool
    ) -> LedgerLine:
        """One line; claim and payment are counted from `since` (the end of the measured period, the breach, the event)."""
        rule = self.amount.ir
        as_of = self.amount.results.as_of
        agreement, period = occasion.agreement, occasion.period
        exact = made.amount
        value = None if exact is None else posted(exact, rule.unit, rule.rounding, rule.places)
        label, next_exists = self._posted_to(agreement, period)
        subject, instance = occasion.named
        line = LedgerLine(
            rule=rule.name,
            clause=rule.about.clause,
            agreement=agreement,
            period=period,
            posted_period=label,
            debtor=rule.debtor,
            creditor=rule.creditor,
            amount=value,
            unit=rule.unit,
            status="posted",
            final=final and value is not None,
            due=self._limit(rule.due, agreement, since),
            claim_until=None,
            because=because,
            exact=exact,
            reason=made.reason,
            key=occasion.key,
            version=self.amount.world.program.version,
            subject=subject,
            instance=instance,
            at=None if since is None else since.at,
            days=made.days,
        )
        if value is None:
            return replace(line, status="undetermined", posted_period="", due=None)
        if since is None or since.at > as_of:
            return replace(line, status="provisional")
        if rule.claim is not None and value:
            line = self._claimed(line, agreement, since)
            if line.status != "claimed":
                return line
        if not next_exists:
            status = "paid_out" if rule.no_next_period == "paid_out" else "lapsed"
            return replace(line, status=status if value else "posted")
        return line

    def again(self, line: LedgerLine, since: int) -> LedgerLine:
        """A line that was carried on, posted to the period that has begun; a payment is counted from there."""
        rule, world = self.amount.ir, self.amount.world
        schedule = (
            rule.period if rule.period is not None and rule.period.before is None else Schedule("month")
        )
        label = counted_periods(world, schedule, line.agreement).holding(since).label
        return replace(line, posted_period=label, due=self._limit(rule.due, line.agreement, Since(since)))

    def _posted_to(self, agreement: str, period: Period | None) -> tuple[str, bool]:
        """The period that the line is posted to, and whether there is one inside the term."""
        rule, world = self.amount.ir, self.amount.world
        if period is None:
            return "", True
        if rule.posted == "same_period":
            return period.label, True
        schedule = rule.period or Schedule("month")
        _, term_end = world.term(agreement)
        if period.end >= term_end:
            return "", False
        return counted_periods(world, schedule, agreement).holding(period.end).label, True

    def _claimed(self, line: LedgerLine, agreement: str, since: Since) -> LedgerLine:
        amount, as_of = self.amount, self.amount.results.as_of
        claim = amount.ir.claim
        assert claim is not None
        assert amount.claims is not None
        found = self._fixed(claim.limit, agreement, since)
        if found is None:
            return replace(line, status="undetermined", amount=None)
        until, strict = found
        taken = amount.claims.take(
            agreement, line.period, line.key, since.at, until,
            strict=strict, as_of=as_of, subject=line.subject,
        )  # fmt: skip
        # A limit that ends with a day is shown as the 24:00 that ends it.
        line = replace(line, claim_until=until)
        if taken is not None:
            return replace(line, status="claimed", because=(*line.because, taken.event), claimed_at=taken.at)
        over = until < as_of or (until == as_of and strict)
        return replace(line, status="lapsed" if over else "claimable", final=line.final and over)

    def _limit(self, limit: Limit | None, agreement: str, since: Since | None) -> int | None:
        if limit is None or since is None:
            return None
        found = self._fixed(limit, agreement, since)
        return None if found is None else found[0]

    def _fixed(self, limit: Limit, agreement: str, since: Since) -> tuple[int, bool] | None:
        """A limit counted from the end of a period starts from its last date, one from an instant on that instant's (model §2)."""
        env = self.amount.world.env
        outer, env.agreement = env.agreement, agreement
        try:
            # A point of a period is looked for in the period that ends, a length is counted from its last date.
            start = since.at - 1 if since.ends_day and isinstance(limit, ByPoint) else since.at
            due, strict, _ = self.amount.days.fixed(limit, None, env, start, ends=since.ends_day)
        except (Undetermined, Nothing):
            return None
        finally:
            env.agreement = outer
        return due, strict
