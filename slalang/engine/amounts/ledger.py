"""The amount rules of all versions go in; their lines, made, chosen among and capped in the order in which they arise, come out, also while it is being made."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from slalang.engine.amounts.capping import COUNTS, Caps
from slalang.engine.amounts.choosing import chosen
from slalang.engine.amounts.clusters import clusters, ranks
from slalang.engine.amounts.occasions import Occasion, reading
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import LedgerLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule
    from slalang.outcome.records import Period

FAR = 1 << 80
ALL = (FAR + 1,)
Place = tuple[int, int]  # when a line arises, and its rank among those of one instant


@dataclass(slots=True)
class Cluster:
    """Amounts that bear on one another through caps and groups, while their lines are made in order.

    `at_once`: one of them is for something that happens and shares a group, whose choice needs every line there is.
    """

    rules: tuple[str, ...]
    at_once: bool
    heap: list[tuple[Any, ...]] = field(default_factory=list)
    begun: bool = False
    busy: bool = False
    done: list[LedgerLine] = field(default_factory=list)
    by_rule: dict[tuple[str, str], list[LedgerLine]] = field(default_factory=dict)
    by_label: dict[tuple[str, str, str], list[LedgerLine]] = field(default_factory=dict)

    def take(self, line: LedgerLine) -> None:
        """A finished line; what was carried over belongs to the instant from which it counts, not to a measured period."""
        self.done.append(line)
        if line.carried_from and line.status in {"lapsed", "provisional"}:
            return  # nothing is posted of it, or not yet
        self.by_rule.setdefault((line.rule, line.agreement), []).append(line)
        label = line.period.label if line.period is not None and not line.carried_from else ""
        self.by_label.setdefault((line.rule, line.agreement, label), []).append(line)

    def arisen(self, rule: str, agreement: str, period: Period, as_of: int) -> Iterator[LedgerLine]:
        """The lines of a rule that arose in a period; one that still grows counts at the as-of instant. They were finished in that order."""
        found = self.by_rule.get((rule, agreement), [])
        first = bisect_left(found, period.start, key=_at)
        yield from found[first : bisect_left(found, period.end, key=_at)]
        if period.start <= as_of < period.end:
            yield from found[bisect_left(found, FAR, key=_at) :]

    def of_period(self, rule: str, agreement: str, period: Period) -> Iterator[LedgerLine]:
        """The lines of a rule for a measured period, and what was carried over into it."""
        yield from self.by_label.get((rule, agreement, period.label), ())
        for line in self.by_label.get((rule, agreement, ""), ()):
            if line.carried_from and period.start <= _at(line) < period.end:
                yield line


def _at(line: LedgerLine) -> int:
    return FAR if line.at is None else line.at


class Ledger:
    """The ledger of one run: what is asked of it is made first, and each line once."""

    def __init__(self, worlds: Sequence[World]) -> None:
        """Compile the caps; find which amounts hang together."""
        self.worlds = worlds
        self.caps = Caps(worlds)
        self.rank = ranks(worlds)
        self.begin()

    def begin(self) -> None:
        """Nothing is made; for another as-of instant."""
        self.caps.begin()
        amounts = [one for world in self.worlds for one in world.results.amounts.values()]
        self.rules: dict[tuple[str, str], AmountRule] = {
            (one.world.program.version, one.ir.name): one.ir for one in amounts
        }
        self.order = {place: i for i, place in enumerate(self.rules)}
        self.amounts: dict[str, list[AmountOf]] = {}
        for one in amounts:
            self.amounts.setdefault(one.ir.name, []).append(one)
        found = [Cluster(names, at_once) for names, at_once in clusters(self.worlds)]
        self.cluster_of = {name: one for one in found for name in one.rules}

    def lines(self) -> list[LedgerLine]:
        """Every line up to the as-of instant."""
        found = []
        for cluster in dict.fromkeys(id(one) for one in self.cluster_of.values()):
            own = next(one for one in self.cluster_of.values() if id(one) == cluster)
            self._advance(own, ALL)
            found += own.done
        return found

    # -- read by other rules -----------------------------------------------------------------------------------------

    def read(
        self, amount: AmountOf, agreement: str, key: dict[str, str], period: Period, back: int, span: int
    ) -> Any:
        """What is posted of an amount in a period, or in a span of earlier ones: after caps and choice among amounts, rounded as posted.

        0 where the rule does not apply, and for lines that lapsed or were displaced. Of an amount for something that happens: of
        what arose in the period.

        Raises:
            Undetermined: an amount that is read is, or there is no such period.
        """
        total = Fraction(0)
        for one in self._periods(amount, agreement, period, back, span):
            if one is None:
                total += amount.before_first(period, back)
                continue
            for line in self._of(amount, agreement, key, one):
                if line.status == "undetermined":
                    raise Undetermined(line.reason)
                if line.status in COUNTS:
                    total += line.amount or Fraction(0)
        return total

    def is_final(
        self, amount: AmountOf, agreement: str, key: dict[str, str], period: Period, back: int, span: int
    ) -> bool:
        """Whether everything that `read` adds up is final."""
        return all(
            line.final
            for one in self._periods(amount, agreement, period, back, span)
            if one is not None
            for line in self._of(amount, agreement, key, one)
        )

    def _periods(
        self, amount: AmountOf, agreement: str, period: Period, back: int, span: int
    ) -> list[Period | None]:
        """The periods that are read; None stands for one before the first."""
        if not back and amount.happens:
            return [period]
        listed = amount.periods(agreement)
        own = listed.by_label.get(period.label)
        if own is None:
            inside: list[Period | None] = [
                one for one in listed.periods if period.start <= one.start < period.end
            ]
            if not back and inside:
                return inside
            holding = listed.at(period.start)
            if holding is None:
                raise Undetermined(say("no_metric", name=amount.ir.name, period=period.label))
            own = listed.by_label[holding.label]
        if not back:
            return [listed.periods[own]]
        return [_step_back(amount, agreement, i) for i in range(own - back, own - back - span, -1)]

    def _of(
        self, amount: AmountOf, agreement: str, key: dict[str, str], period: Period
    ) -> Iterator[LedgerLine]:
        """The finished lines of a period and a key, with what was carried into it."""
        name = amount.ir.name
        cluster = self.cluster_of[name]
        self._advance(cluster, (period.end, self.rank[name]))
        mine = {(one, key[one]) for one in amount.dimensions.by if one in key}
        if amount.happens:
            found = cluster.arisen(name, agreement, period, amount.results.as_of)
        else:
            found = cluster.of_period(name, agreement, period)
        return (line for line in found if mine <= set(line.key))

    # -- making lines ------------------------------------------------------------------------------------------------

    def _advance(self, cluster: Cluster, until: Any) -> None:
        """Make the lines that arise up to a place, in order; those of one instant and rank are chosen among before they are capped."""
        with self._undisturbed():
            if not cluster.begun:
                cluster.begun = True
                cluster.busy = True
                cluster.heap = self._begin(cluster)
                cluster.busy = False
            if cluster.at_once:
                until = ALL
            while cluster.heap and cluster.heap[0][:2] <= until:
                if cluster.busy:
                    raise Undetermined(say("circle", names=", ".join(cluster.rules)))
                cluster.busy = cluster.at_once
                self._make(cluster, ALL if cluster.at_once else cluster.heap[0][:2])
                cluster.busy = False

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Lines are made as if nobody were asking: the environments are as they were afterwards."""
        with ExitStack() as kept:
            for world in self.worlds:
                kept.enter_context(reading(world.env, Occasion("")))
            yield

    def _begin(self, cluster: Cluster) -> list[tuple[Any, ...]]:
        heap = []
        number = 0
        for name in cluster.rules:
            for amount in self.amounts.get(name, ()):
                place = self.order[amount.world.program.version, name]
                for due in amount.pending():
                    subject, instance = due.occasion.named
                    since = FAR if due.since is None else due.since.at
                    number += 1
                    heap.append(
                        (
                            since,
                            self.rank[name],
                            place,
                            due.occasion.key,
                            subject,
                            instance,
                            number,
                            amount,
                            due,
                        )
                    )
        heapify(heap)
        return heap

    def _make(self, cluster: Cluster, until: Any) -> None:
        batch: list[tuple[LedgerLine, AmountOf]] = []
        while cluster.heap and cluster.heap[0][:2] <= until:
            *_, amount, due = heappop(cluster.heap)
            line = due if isinstance(due, LedgerLine) else amount.line(due)
            if line is not None:
                batch.append((line, amount))
        fresh = [i for i, (line, _) in enumerate(batch) if not line.carried_from]
        for i, line in zip(fresh, chosen([batch[i][0] for i in fresh], self.rules), strict=True):
            batch[i] = line, batch[i][1]
        waiting = (
            [(self._when(line), i, line, amount) for i, (line, amount) in enumerate(batch)]
            if cluster.at_once
            else []
        )
        if cluster.at_once:
            heapify(waiting)
            while waiting:
                _, _, line, amount = heappop(waiting)
                for more in self._hold(cluster, line, amount):
                    heappush(waiting, (self._when(more), len(batch) + len(cluster.done), more, amount))
            return
        for line, amount in batch:
            for more in self._hold(cluster, line, amount):
                heappush(cluster.heap, (*self._when(more), len(cluster.done), amount, more))

    def _hold(self, cluster: Cluster, line: LedgerLine, amount: AmountOf) -> list[LedgerLine]:
        """Hold a line under its caps and finish it; what is to be tried again in a later period."""
        held, over = self.caps.hold(line, amount)
        if not held.carried_from:
            cluster.take(held)
        elif held.amount != 0:
            cluster.take(
                held if held.at is None or held.amount is None else amount.posting.again(held, held.at)
            )
        again = []
        for one in over:
            if one.period is not None and one.status != "lapsed" and one.period.start <= amount.results.as_of:
                again.append(one)
                continue
            if amount.is_traced(one):
                amount.tell(one, ())
            cluster.take(one)
        return again

    def _when(self, line: LedgerLine) -> tuple[Any, ...]:
        """What was carried over comes before what arises at the same instant."""
        rank = -1 if line.carried_from else self.rank[line.rule]
        since = FAR if line.at is None else line.at
        return (since, rank, self.order[line.version, line.rule], line.key, line.subject, line.instance)


def _step_back(amount: AmountOf, agreement: str, at: int) -> Period | None:
    """The period at a place of an amount's list; what lies before its beginning was posted under an earlier version."""
    while at < 0:
        earlier = amount.results.earlier()
        before = None if earlier is None else earlier.amounts.get(amount.ir.name)
        if before is None:
            return None
        amount, at = before, at + len(before.periods(agreement).periods)
    return amount.periods(agreement).periods[at]
