"""Targets go in; looked at when a period ends, a notice for each one that is missed then comes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.metrics.spans import schedule_periods
from slalang.engine.noticing.made import notice_of
from slalang.engine.timers import BEFORE

if TYPE_CHECKING:
    from slalang.engine.judging.occurrences import Occurrences
    from slalang.outcome.records import Notice


class Missed:
    """What is known of a target when a period ends tells whether a notice goes out; it is looked at again when the next ones end.

    A figure may still change after its period, while cases that fall into it are open.
    """

    def __init__(self, occurrences: Occurrences) -> None:
        """Nothing is known yet."""
        self.occurrences = occurrences
        self.world = occurrences.world
        self.found: dict[tuple[str, str, str], int] = {}  # agreement, period, subject: when it was told
        self._known: set[str] = set()

    def knows(self, agreement: str) -> bool:
        """Whether the periods of an agreement are planned."""
        return agreement in self._known

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known from now on: its periods end by the clock."""
        del at
        self._known.add(agreement)
        as_of, first = self.world.settings.as_of, self.world.results.first(agreement)
        for period in schedule_periods(
            self.world, self.occurrences.schedule, agreement, first, as_of
        ).periods:
            if period.end <= as_of:
                self.world.timers.push(max(period.end, begin), BEFORE, partial(self._look, agreement))

    def _look(self, agreement: str, at: int) -> None:
        results = self.world.results
        for one in results.versions:
            one.begin(at)
        for period in self.occurrences.periods(agreement).periods:
            if period.end <= at:
                for verdict in self.occurrences.of_period(agreement, period):
                    if verdict.status == "broken":
                        self.found.setdefault((agreement, period.label, verdict.subject), at)
        for one in results.versions:
            one.begin(at)

    def notices(self) -> list[Notice]:
        """Those sent so far."""
        rule, as_of = self.occurrences.rule, self.world.results.as_of
        return [
            notice_of(rule.ir, line, agreement, subject, at, as_of, period)
            for (agreement, period, subject), at in self.found.items()
            for line in rule.breach_notices
        ]
