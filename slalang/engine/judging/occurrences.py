"""A recurring, standing or target rule goes in; one verdict for each occurrence up to the as-of instant comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.judging.recurring import Reports
from slalang.engine.judging.standing import gaps_of
from slalang.engine.judging.targets import target_verdict
from slalang.engine.metrics.spans import PeriodList, schedule_periods
from slalang.engine.noticing import of_reports, of_standing, of_targets
from slalang.ir.expressions import MetricRef
from slalang.ir.rules import Schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.engine.cases.rule import Rule
    from slalang.engine.judging.following.missed import Missed
    from slalang.engine.world import World
    from slalang.outcome.records import Notice, Period, Verdict


class Occurrences:
    """The occurrences of one rule."""

    def __init__(self, world: World, rule: Rule) -> None:
        """Prepare what must be collected while events happen."""
        self.world = world
        self.rule = rule
        scope = rule.ir.scope
        self.schedule = scope.schedule if scope.schedule is not None else Schedule("term")
        self.reports = (
            Reports(world, rule, self.schedule)
            if rule.ir.modality in {"duty", "prohibition", "measured"}
            else None
        )
        self.standing = gaps_of(world, rule) if rule.ir.modality == "standing" else None
        self.missed: Missed | None = None  # of a target whose breach is waited for: when it was told
        self._lists: dict[str, PeriodList] = {}

    def begin(self) -> None:
        """Forget the periods of another as-of instant."""
        self._lists = {}

    def periods(self, agreement: str) -> PeriodList:
        """The occurrences of an agreement."""
        results = self.world.results
        if agreement not in self._lists:
            listed = schedule_periods(
                self.world, self.schedule, agreement, results.first(agreement), results.as_of
            )
            self._lists[agreement] = self._chosen(agreement, listed)
        return self._lists[agreement]

    def verdicts(self) -> list[Verdict]:
        """One verdict an occurrence, by agreement and subject."""
        found: list[Verdict] = []
        for agreement in self._agreements():
            periods = self.periods(agreement).periods
            if self.reports is not None:
                found += self.reports.verdicts(agreement, periods)
                continue
            for period in periods:
                found += self.of_period(agreement, period)
        return found

    def notices(self) -> list[Notice]:
        """The notices of recurring duties, standing duties and targets."""
        found: list[Notice] = [] if self.missed is None else of_targets.notices(self.missed)
        if not self.rule.ir.notices or self.missed is not None:
            return found
        for agreement in self._agreements():
            periods = self.periods(agreement).periods
            if self.reports is not None:
                found += of_reports.notices(self.reports, agreement, periods)
            elif self.standing is not None:
                for period in periods:
                    found += of_standing.notices(self.standing, agreement, period)
        return found

    def _agreements(self) -> Sequence[str]:
        """Those that have chosen the rule, now or before."""
        known = self.world.results.agreements()
        if not self.rule.optional:
            return known
        agreed = self.world.agreed
        return [one for one in known if agreed.changes(one) or agreed.chooses(self.rule.ir, one)]

    def _chosen(self, agreement: str, listed: PeriodList) -> PeriodList:
        """The periods at whose end an agreement has the rule among its options: a register entry may change them on some day."""
        agreed = self.world.agreed
        if not self.rule.optional or not agreed.changes(agreement):
            return listed
        as_of, rule = self.world.results.as_of, self.rule.ir
        return PeriodList(
            [one for one in listed.periods if agreed.chooses(rule, agreement, min(one.end - 1, as_of))]
        )

    def of_period(self, agreement: str, period: Period) -> list[Verdict]:
        """The verdicts of a standing duty or a target for a period."""
        if self.standing is not None:
            return self.standing.verdicts(agreement, period)
        return [target_verdict(self.world, self.rule, agreement, key, period) for key in self.keys(agreement)]

    def keys(self, agreement: str) -> list[Any]:
        """The keys of the metrics that a target reads."""
        results = self.world.results
        for name in self._metrics():
            metric = results.metric_rule(name)
            if metric is not None and metric.dimensions.by:
                return metric.keys(agreement)
        return [()]

    def _metrics(self) -> list[str]:
        """The metrics that are read for a group of their own, not joined over their groups."""
        nodes = self.world.nodes([self.rule.ir.holds])
        return [node.name for node in nodes if isinstance(node, MetricRef) and not node.across]
