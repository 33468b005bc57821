"""An amount rule goes in; the lines that are to be made for it come out: what each is for, and when it arises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slalang.engine.amounts.occasions import Occasion, Since
from slalang.engine.facts.derived import DerivedEvent
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.amounts.daily import Daily
    from slalang.engine.cases.case import Case
    from slalang.outcome.records import Period, Verdict

BREACHED = frozenset({"late", "overdue", "broken"})


@dataclass(frozen=True, slots=True)
class Pending:
    """A line that is not made yet: `since` is when it arises (None: it grows, and nobody has ended it), `because` what caused it (for
    a period: what it reads, told when it is made), `reason` why nobody can say how much it is."""

    occasion: Occasion
    since: Since | None
    because: tuple[str, ...] = ()
    final: bool = True
    reason: str = ""


def pending(amount: AmountOf) -> Iterator[Pending]:
    """Every line of a rule up to the as-of instant; how much each is, is not asked yet."""
    if amount.ir.for_each:
        for verdict, case in amount.results.own(amount.ir.for_each):
            yield from _of_breach(amount, verdict, case)
    elif amount.happenings is not None:
        for occasion in amount.happenings.occasions():
            final = occasion.verdict is None or occasion.verdict.final
            yield Pending(occasion, _happened(occasion), (occasion.named[1],), final=final)
    else:
        yield from _of_periods(amount)


def _of_periods(amount: AmountOf) -> Iterator[Pending]:
    for agreement in amount.results.agreements():
        listed = amount.periods(agreement)
        keys = amount.keys(agreement) if listed.periods else []
        for period in listed.periods:
            for key in keys:
                if listed.concerns(period.label, key):
                    yield Pending(Occasion(agreement, key, period), Since(period.end, ends_day=True))


def _of_breach(amount: AmountOf, verdict: Verdict, case: Case | None) -> Iterator[Pending]:
    period = verdict.period if verdict.period is not None else _period_of(amount, verdict)
    occasion = Occasion(verdict.agreement, verdict.key, period, None, None, verdict, case)
    because = (" ".join(part for part in (verdict.rule, verdict.subject, verdict.instance) if part),)
    since = _since(verdict)
    if verdict.status == "undetermined":
        yield Pending(occasion, since, because, final=False, reason=verdict.reason)
    elif verdict.status in BREACHED and amount.daily is not None:
        yield from _by_days(amount, amount.daily, Pending(occasion, since, because, verdict.final), verdict)
    elif verdict.status in BREACHED:
        yield Pending(occasion, since, because, verdict.final)


def _by_days(amount: AmountOf, daily: Daily, whole: Pending, verdict: Verdict) -> Iterator[Pending]:
    """What a breach costs for its days late: one line, or where the rule names a period one for each that has such days."""
    as_of = amount.results.as_of
    try:
        late = daily.late(verdict, as_of)
    except Undetermined as unknown:
        yield replace(whole, final=False, reason=unknown.reason)
        return
    done = verdict.discharged_at
    listed = amount.periods(verdict.agreement)
    if amount.ir.period is None:
        period = listed.at(as_of if done is None else done)
        since = None if done is None else Since(done)
        yield replace(whole, occasion=replace(whole.occasion, period=period, late=late), since=since)
        return
    for period in listed.periods:
        inside = daily.inside(late, period)
        if inside.first <= inside.last:
            by_period = done is None or period.end < done
            ended = Since(period.end, ends_day=True) if by_period or done is None else Since(done)
            part = replace(whole.occasion, period=period, late=inside)
            yield replace(whole, occasion=part, since=ended)


def _period_of(amount: AmountOf, verdict: Verdict) -> Period | None:
    at = verdict.breached_at if verdict.breached_at is not None else verdict.deadline
    return None if at is None else amount.periods(verdict.agreement).at(at)


def _since(verdict: Verdict) -> Since | None:
    """From when claim and payment are counted: the end of the period that was judged, or the breach, as `from R.breached` counts."""
    if verdict.period is not None:
        return Since(verdict.period.end, ends_day=True)
    at = verdict.breached_at if verdict.breached_at is not None else verdict.deadline
    return None if at is None else Since(at)


def _happened(occasion: Occasion) -> Since | None:
    """The instant of an event; one that is the end of a day by a limit in days or by the term is that day's."""
    if occasion.at is None:
        return None
    return Since(occasion.at, isinstance(occasion.event, DerivedEvent) and occasion.event.ends_day)
