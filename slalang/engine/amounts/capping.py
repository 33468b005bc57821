"""Ledger lines in the order in which they arose go in; each held under the caps over several postings comes out, and what is carried on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.amounts.occasions import Occasion, reading
from slalang.engine.amounts.rounding import as_number
from slalang.engine.metrics.spans import counted_periods, schedule_periods
from slalang.engine.reasons import say
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.outcome.records import CapUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.metrics.spans import PeriodList
    from slalang.engine.world import World
    from slalang.ir.amounts import Cap
    from slalang.outcome.records import LedgerLine, Period
    from slalang.outcome.trace import Value

COUNTS = frozenset({"posted", "claimed", "claimable", "provisional", "paid_out"})


@dataclass(slots=True)
class Used:
    """What has been posted under one cap in one period; `known` while nothing undetermined came before."""

    amount: Fraction = field(default_factory=Fraction)
    known: bool = True


class Meter:
    """One cap of one version."""

    def __init__(self, world: World, cap: Cap) -> None:
        """Compile the limit."""
        self.world = world
        self.cap = cap
        self.limit = world.compiler.expr(cap.limit)
        self._periods: dict[str, PeriodList] = {}
        self._after: dict[tuple[str, str], Period | None] = {}

    def begin(self) -> None:
        """Forget the periods up to another as-of instant."""
        self._periods, self._after = {}, {}

    def periods(self, agreement: str) -> PeriodList | None:
        """The cap's periods; None where it counts in total."""
        if self.cap.over is None:
            return None
        if agreement not in self._periods:
            results = self.world.results
            self._periods[agreement] = schedule_periods(
                self.world, self.cap.over, agreement, results.first(agreement), results.as_of
            )
        return self._periods[agreement]

    def span(self, line: LedgerLine) -> list[Period | None]:
        """The period that a line falls into (last), and those before it; one None where the cap counts in total."""
        listed = self.periods(line.agreement)
        if listed is None:
            return [None]
        ends = self.world.results.as_of if line.at is None else line.at
        at = ends if line.period is None else max(line.period.start, min(ends, line.period.end - 1))
        own = listed.at(at)
        if own is None:
            raise Undetermined(say("no_metric", name=self.cap.name, period="-"))
        return [*listed.periods[: listed.by_label[own.label]], own]

    def after(self, agreement: str, period: Period) -> Period | None:
        """The period after another, cut by the term; None where the term is over."""
        place = (agreement, period.label)
        if place not in self._after:
            assert self.cap.over is not None
            _, term_end = self.world.term(agreement)
            found = None
            if period.end < term_end:
                whole = counted_periods(self.world, self.cap.over, agreement).holding(period.end)
                found = replace(whole, start=period.end, end=min(whole.end, term_end))
            self._after[place] = found
        return self._after[place]

    def of(self, line: LedgerLine, period: Period | None, told: list[Value] | None = None) -> Fraction:
        """The limit for a period; where `told` is a list, how it came about is put into it."""
        env = self.world.env
        with reading(env, Occasion(line.agreement, (), period)):
            env.record = None if told is None else []
            limit = as_number(self.limit(env), line.unit)
            if told is not None:
                told += (env.record or [])[-1:]
        return limit

    def use(
        self, line: LedgerLine, used: dict[tuple[str, str, str], Used], told: list[Value] | None
    ) -> tuple[Used, Period | None, Fraction, Fraction]:
        """What was used in the line's period, the period, its limit, and what earlier periods left over."""
        spans = self.span(line)
        now = spans[-1]
        label = now.label if now is not None else ""
        own = used.setdefault((self.cap.name, line.agreement, label), Used())
        carried = Fraction(0)
        if self.cap.carried:
            for one in spans[:-1]:
                before = used.get((self.cap.name, line.agreement, one.label if one else ""), Used())
                own.known = own.known and before.known
                carried += self.of(line, one) - before.amount
        return own, now, self.of(line, now, told), carried


class Caps:
    """The caps of all versions, and what of them has been used up."""

    def __init__(self, worlds: Sequence[World]) -> None:
        """Compile them."""
        self.meters = {
            world.program.version: [
                Meter(world, cap) for cap in world.program.caps if world.applies(cap.under)
            ]
            for world in worlds
        }
        self.used: dict[tuple[str, str, str], Used] = {}

    def begin(self) -> None:
        """Nothing is used."""
        self.used = {}
        for meter in self.all():
            meter.begin()

    def all(self) -> Iterable[Meter]:
        """Every cap of every version."""
        return [meter for meters in self.meters.values() for meter in meters]

    def hold(self, line: LedgerLine, amount: AmountOf) -> tuple[LedgerLine, list[LedgerLine]]:
        """The line, at most what the caps over it leave, and what of it goes over to a later period.

        Lines that lapsed or were displaced use nothing. After one that is undetermined nobody can say what a cap leaves.
        """
        bearing = [meter for meter in self.meters[line.version] if line.rule in meter.cap.rules]
        if not bearing or (line.status not in COUNTS and line.amount is not None):
            return line, []
        return _held(line, bearing, self.used, amount)


def _held(
    line: LedgerLine, bearing: list[Meter], used: dict[tuple[str, str, str], Used], amount: AmountOf
) -> tuple[LedgerLine, list[LedgerLine]]:
    taken: list[Used] = []
    caps: list[CapUse] = []
    over: list[LedgerLine] = []
    exact = line.exact
    told: dict[str, list[Value]] = {}
    traced = amount.is_traced(line)
    for meter in bearing:
        name = meter.cap.name
        try:
            own, now, limit, carried = meter.use(line, used, told.setdefault(name, []) if traced else None)
        except (Undetermined, Nothing) as unknown:
            return _unknown(line, str(unknown)), []
        taken.append(own)
        if exact is None:
            continue
        if not own.known:
            for one in taken:
                one.known = False
            return _unknown(line, say("cap_unknown", name=name)), []
        room = max(limit + carried - own.amount, Fraction(0))
        if exact > room:
            label = now.label if now is not None else ""
            goes_on = meter.cap.excess and now is not None
            caps.append(
                CapUse(
                    name, meter.cap.about.clause, label, limit, carried, own.amount, room, exact, room,
                    carries=goes_on,
                )
            )  # fmt: skip
            if goes_on and now is not None:
                over.append(_carried(line, amount, exact - room, now, meter.after(line.agreement, now)))
            exact = room
    if exact is None:
        for one in taken:
            one.known = False
        return line, []
    if traced:
        amount.tell(line, tuple((name, one) for name, found in told.items() for one in found))
    value = amount.rounded(exact) if caps or line.carried_from else line.amount
    for one in taken:
        one.amount += value or Fraction(0)
    if caps or line.carried_from:
        line = replace(line, exact=exact, amount=value, caps=tuple(caps))
    return line, over


def _carried(
    line: LedgerLine, amount: AmountOf, excess: Fraction, now: Period, after: Period | None
) -> LedgerLine:
    """What a cap cut off, as a line of the next period of the cap; where there is none, it lapses. What is tried again is rounded, and
    gets its posting, when it is known how much of it has room."""
    made = replace(
        line, exact=excess, amount=excess, carried_from=now.label, caps=(), days=(), settlements=(), claim_until=None,
    )  # fmt: skip
    if after is None:
        reason = say("no_period_to_carry_to", period=now.label)
        value = amount.rounded(excess)
        return replace(made, amount=value, status="lapsed", posted_period="", due=None, reason=reason)
    if after.start > amount.results.as_of:
        value = amount.rounded(excess)
        return replace(
            made,
            amount=value,
            period=after,
            at=after.start,
            status="provisional",
            final=False,
            posted_period="",
            due=None,
        )
    return replace(made, period=after, at=after.start)


def _unknown(line: LedgerLine, reason: str) -> LedgerLine:
    return replace(line, status="undetermined", amount=None, exact=None, final=False, reason=reason)
