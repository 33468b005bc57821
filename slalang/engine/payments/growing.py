"""An amount that grows by the day on what is unpaid goes in; how much of it there is at an instant, given what has been paid so far, comes out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.amounts.occasions import Occasion, Since, reading
from slalang.engine.amounts.pending import pending
from slalang.engine.payments.debts import FAR, Debt, is_owed
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import LedgerLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.engine.amounts.amount import AmountOf, Sum
    from slalang.engine.amounts.daily import Late
    from slalang.engine.amounts.pending import Pending


@dataclass(slots=True, eq=False)
class Principal:
    """The debts of the rules that an amount by the day may read: those of the same subject, else of the same period, else all."""

    debts: Sequence[Debt]
    subject: str
    period: str

    def of(self, name: str) -> list[Debt]:
        """Those of one rule."""
        same = [debt for debt in self.debts if debt.line.rule == name]
        own = [debt for debt in same if self.subject and debt.line.subject == self.subject]
        if own or (self.subject and any(debt.line.subject for debt in same)):
            return own
        of_period = [
            debt for debt in same if debt.line.period is not None and debt.line.period.label == self.period
        ]
        return of_period if self.period and not self.subject else same

    def unpaid(self, name: str, at: int) -> Fraction:
        """What is owed of a rule at an instant, less what has been settled by then, that instant included."""
        return sum((debt.unpaid(at) for debt in self.of(name)), Fraction(0))

    def points(self) -> set[int]:
        """The instants at which something was settled or came to be owed."""
        settled = {one.at for debt in self.debts for one in debt.settled}
        return settled | {debt.begins for debt in self.debts if debt.begins < FAR}

    def version(self) -> int:
        """Changes whenever something is settled."""
        return sum(len(debt.settled) for debt in self.debts)


@dataclass(slots=True, eq=False)
class Growing(Debt):
    """A debt whose amount is only known as payments come in; `late`: the dates that may count."""

    amount: AmountOf = field(kw_only=True)
    occasion: Occasion = field(kw_only=True)
    late: Late = field(kw_only=True)
    ended: int | None = field(kw_only=True, default=None)  # of a breach: when the last of its days counted
    _known: dict[tuple[object, int], Fraction] = field(default_factory=dict)

    @property
    def since(self) -> int | None:
        """When its first day begins."""
        return self.begins

    @property
    def begins(self) -> int:
        """When its first day begins."""
        return self.zone.start_of(self.late.first)

    def owed(self, at: int) -> Fraction:
        """The days so far, each on what was unpaid as it began."""
        assert self.amount.daily is not None
        assert self.occasion.principal is not None
        late = self.amount.daily.so_far(self.late, at)
        closed = self.closed(at)
        if closed is not None:  # of full days, the one in which it was paid up is none
            late = replace(late, last=min(late.last, self.amount.daily.until(closed)))
        place = (late.last, self.occasion.principal.version())
        if late.last < late.first:
            return Fraction(0)
        if place not in self._known:
            made = self.amount.sum_for(replace(self.occasion, late=late), told=False)
            value = None if not made.applies else made.amount
            self._known[place] = Fraction(0) if value is None else self.amount.rounded(value)
        return self._known[place]

    def closed(self, at: int) -> int | None:
        """When the debt that it grows on was paid up, by an instant; None where it is for a breach, which has an end of its own."""
        if self.occasion.verdict is not None or self.occasion.principal is None:
            return None
        (debt,) = self.occasion.principal.debts
        if debt.unpaid(at) or not is_owed(debt.line):
            return None
        return max((one.at for one in debt.settled if one.at <= at), default=debt.line.at)

    def whole(self) -> tuple[Sum, Occasion]:
        """All of it, once everything is paid that has been paid."""
        occasion = replace(self.occasion, late=self.late)
        return self.amount.sum_for(occasion), occasion


def growing(amounts: Sequence[AmountOf], debts: dict[str, list[Debt]], as_of: int) -> Iterator[Growing]:
    """What grows on the debts that there are: for each breach, or for each line that is not paid when due."""
    for number, amount in enumerate(amounts):
        if not amount.ir.on_unpaid or amount.daily is None:
            continue
        if amount.ir.for_each_debt:
            for agreement, own in debts.items():
                for debt in own:
                    if debt.line.rule == amount.ir.for_each_debt and debt.line.due is not None:
                        yield from _of_debt(amount, agreement, debt, number, as_of)
            continue
        for due in pending(amount):
            late = due.occasion.late
            if late is not None and late.first <= late.last:
                own = debts.get(due.occasion.agreement, [])
                yield _of_breach(amount, own, due, number)


def _of_debt(amount: AmountOf, agreement: str, debt: Debt, number: int, as_of: int) -> Iterator[Growing]:
    assert amount.daily is not None
    assert debt.line.due is not None
    late = amount.daily.between(debt.line.due, as_of)
    if late.first > late.last:
        return
    line = debt.line
    subject = amount.world.subject(amount.entity, line.subject) if amount.entity and line.subject else None
    principal = Principal([debt], line.subject, line.period.label if line.period is not None else "")
    occasion = Occasion(
        agreement,
        line.key,
        line.period,
        subject,
        principal=principal,
        debt=(line.subject, line.instance),
        late=late,
    )
    yield _made(amount, occasion, late, (debt.name,), number)


def _of_breach(amount: AmountOf, debts: Sequence[Debt], due: Pending, number: int) -> Growing:
    occasion = due.occasion
    late = occasion.late
    assert late is not None
    period = (
        occasion.verdict.period.label
        if occasion.verdict is not None and occasion.verdict.period is not None
        else ""
    )
    subject = occasion.verdict.subject if occasion.verdict is not None else ""
    occasion = replace(occasion, principal=Principal(debts, subject, period))
    made = _made(amount, occasion, late, due.because, number)
    made.ended = None if due.since is None else due.since.at
    return made


def _made(amount: AmountOf, occasion: Occasion, late: Late, because: tuple[str, ...], number: int) -> Growing:
    rule = amount.ir
    subject, instance = occasion.named
    line = LedgerLine(
        rule=rule.name, clause=rule.about.clause, agreement=occasion.agreement, period=occasion.period,
        posted_period="", debtor=rule.debtor, creditor=rule.creditor, amount=None, unit=rule.unit,
        status="provisional", final=False, due=None, claim_until=None, because=because, key=occasion.key,
        version=amount.world.program.version, subject=subject, instance=instance,
    )  # fmt: skip
    return Growing(line, rule, number, amount.world.zone, None, amount=amount, occasion=occasion, late=late)


def finished(one: Growing, as_of: int) -> LedgerLine | None:
    """The line of a debt that has grown as far as it does by now; None where no day counts."""
    assert one.amount.daily is not None
    assert one.occasion.principal is not None
    done, final = _ended(one, as_of)
    if done is not None and one.occasion.verdict is None:
        due = one.occasion.principal.debts[0].line.due
        one.late = one.amount.daily.between(due if due is not None else done, done)
        if one.late.last < one.late.first:
            return None
    listed = one.amount.periods(one.occasion.agreement)
    current = listed.at(as_of if done is None else done) if one.amount.ir.for_each_debt else None
    if current is not None and one.line.subject:  # a debt of a period keeps that period's name
        one.occasion = replace(one.occasion, period=current)
    with reading(one.amount.world.env, Occasion(one.occasion.agreement)):
        made, occasion = one.whole()
        if not made.applies:
            return None
        since = None if done is None else Since(done)
        line = one.amount.posting.line(made, occasion, one.line.because, since, final=final)
        return (
            line if current is None or not line.posted_period else replace(line, posted_period=current.label)
        )


def _ended(one: Growing, as_of: int) -> tuple[int | None, bool]:
    """When it ceased to grow (None: it still does), and whether that is final."""
    assert one.occasion.principal is not None
    verdict = one.occasion.verdict
    if verdict is not None:
        return one.ended, verdict.final
    done = one.closed(as_of)
    return done, done is not None and one.occasion.principal.debts[0].line.final


__all__ = ["Growing", "Principal", "Undetermined", "finished", "growing"]
