"""Ledger lines in the order in which they arose go in; the same lines, held under the caps over several postings, come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.amounts.occasions import Occasion, reading
from slalang.engine.amounts.rounding import posted
from slalang.engine.metrics.spans import schedule_periods
from slalang.engine.reasons import say
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.outcome.records import CapUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.engine.metrics.spans import PeriodList
    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule, Cap
    from slalang.outcome.records import LedgerLine, Period

COUNTS = frozenset({"posted", "claimed", "claimable", "provisional", "paid_out"})
FAR = 1 << 80


def capped(
    worlds: Sequence[World], lines: Sequence[LedgerLine], rules: Mapping[tuple[str, str], AmountRule]
) -> list[LedgerLine]:
    """Each line at most what the caps over it leave; what was posted before, in the order in which lines arose, is used up.

    Lines that lapsed or were displaced use nothing. After one that is undetermined nobody can say what a cap leaves.
    """
    meters = {
        world.program.version: [Meter(world, cap) for cap in world.program.caps if world.applies(cap.under)]
        for world in worlds
    }
    if not any(meters.values()):
        return list(lines)
    order = {place: i for i, place in enumerate(rules)}
    used: dict[tuple[str, str, str], Used] = {}
    found = list(lines)

    def when(i: int) -> Any:
        line = lines[i]
        return (
            FAR if line.at is None else line.at,
            order[line.version, line.rule],
            line.key,
            line.subject,
            line.instance,
        )

    for i in sorted(range(len(lines)), key=when):
        line = lines[i]
        bearing = [meter for meter in meters[line.version] if line.rule in meter.cap.rules]
        if bearing and (line.status in COUNTS or line.amount is None):
            found[i] = _held(line, bearing, used, rules[line.version, line.rule])
    return found


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

    def periods(self, agreement: str) -> PeriodList | None:
        """The cap's periods; None where it counts in total."""
        if self.cap.over is None:
            return None
        if agreement not in self._periods:
            results = self.world.results
            self._periods[agreement] = schedule_periods(
                self.world, self.cap.over, agreement, results.first_seen, results.as_of
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

    def of(self, line: LedgerLine, period: Period | None) -> Fraction:
        """The limit for a period."""
        with reading(self.world.env, Occasion(line.agreement, (), period)):
            return Fraction(self.limit(self.world.env))

    def use(
        self, line: LedgerLine, used: dict[tuple[str, str, str], Used]
    ) -> tuple[Used, str, Fraction, Fraction]:
        """What was used in the line's period, the period's label, its limit, and what earlier periods left over."""
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
        return own, label, self.of(line, now), carried


def _held(
    line: LedgerLine, bearing: list[Meter], used: dict[tuple[str, str, str], Used], rule: AmountRule
) -> LedgerLine:
    taken: list[Used] = []
    caps: list[CapUse] = []
    exact = line.exact
    for meter in bearing:
        name = meter.cap.name
        try:
            own, label, limit, carried = meter.use(line, used)
        except (Undetermined, Nothing) as unknown:
            return _unknown(line, str(unknown))
        taken.append(own)
        if exact is None:
            continue
        if not own.known:
            for one in taken:
                one.known = False
            return _unknown(line, say("cap_unknown", name=name))
        room = max(limit + carried - own.amount, Fraction(0))
        if exact > room:
            caps.append(
                CapUse(name, meter.cap.about.clause, label, limit, carried, own.amount, room, exact, room)
            )
            exact = room
    if exact is None:
        for one in taken:
            one.known = False
        return line
    amount = posted(exact, rule.unit, rule.rounding, rule.places) if caps else line.amount
    for one in taken:
        one.amount += amount or Fraction(0)
    return replace(line, exact=exact, amount=amount, caps=tuple(caps)) if caps else line


def _unknown(line: LedgerLine, reason: str) -> LedgerLine:
    return replace(line, status="undetermined", amount=None, exact=None, final=False, reason=reason)
