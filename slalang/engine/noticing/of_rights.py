"""Rights whose ground is a figure go in; looked at when a period of the figure ends, a notice where the right is there then comes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.metrics.spans import schedule_periods
from slalang.engine.noticing.made import notice_of
from slalang.engine.rights.states import known as exist
from slalang.engine.rights.states import subject_of
from slalang.engine.timers import BEFORE
from slalang.engine.undetermined import Undetermined
from slalang.ir.expressions import MetricRef

if TYPE_CHECKING:
    from slalang.engine.metrics.metric import MetricRule
    from slalang.engine.rights.right import RightOf
    from slalang.engine.rights.standing import Standing
    from slalang.outcome.records import Notice


class Grounded:
    """Tells of a right once it is there when a period of a figure that it hangs on ends, and anew after it was not there at such an end."""

    def __init__(self, right: RightOf) -> None:
        """Nothing is known yet."""
        self.right = right
        self.world = right.world
        self._known: set[str] = set()
        self._there: dict[tuple[str, str, str], bool] = {}
        self.found: list[tuple[str, str, str, int]] = []

    def _metric(self) -> MetricRule | None:
        for node in self.world.nodes([self.right.ir.condition]):
            rule = self.world.results.metric_rule(node.name) if isinstance(node, MetricRef) else None
            if rule is not None:
                return rule
        return None

    def knows(self, agreement: str) -> bool:
        """Whether the periods of an agreement are planned."""
        return agreement in self._known

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known from now on: periods end by the clock."""
        del at
        self._known.add(agreement)
        metric = self._metric()
        if metric is None:
            return
        as_of, first = self.world.settings.as_of, self.world.results.first(agreement)
        for period in schedule_periods(self.world, metric.ir.period, agreement, first, as_of).periods:
            if period.end <= as_of:
                self.world.timers.push(max(period.end, begin), BEFORE, partial(self._look, agreement))

    def _look(self, agreement: str, at: int) -> None:
        exist(self.right)
        for (owner, _), group in self.right.found.items():
            for one in group if owner == agreement else ():
                key = (agreement, one.subject, one.instance)
                there = self._is_there(one, at)
                if there and not self._there.get(key):
                    self.found.append((*key, at))
                self._there[key] = there

    def _is_there(self, one: Standing, at: int) -> bool:
        right, last = self.right, at - 1  # the last instant of the period, in which its figure is read
        if one.unknown or one.exercised_at is not None or last < max(one.opens, one.given) or one.over(last):
            return False
        if right.outside(one.agreement, last):
            return False
        if right.ir.cure is not None:
            arises = one.arises()
            if arises is None or last < arises:
                return False
        try:
            return right.holds(one, subject_of(right, one), last)
        except Undetermined:
            return False

    def notices(self) -> list[Notice]:
        """Those sent so far."""
        as_of = self.world.results.as_of
        return [
            notice_of(self.right.ir, line, agreement, subject, at, as_of, instance)
            for agreement, subject, instance, at in self.found
            for line in self.right.ir.notices
            if line.on == "right"
        ]
