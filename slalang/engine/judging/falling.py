"""A recurring rule that others wait for goes in; breach, discharge and expiry of its occurrences come out as events at their instants."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.facts.derived import Derived, carried
from slalang.engine.metrics.spans import schedule_periods
from slalang.engine.timers import AFTER, BEFORE

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.judging.recurring import Report, Reports, Slot
    from slalang.engine.world import World
    from slalang.ir.facts import Derivation


class Falling:
    """The occurrences of one rule as they fall due, by agreement. The subject of their events is the agreement.

    What fell due before anything was known of an agreement falls due when it becomes known.
    """

    def __init__(self, world: World, rule: Rule, reports: Reports) -> None:
        """Hear of each report as it is made."""
        self.world = world
        self.rule = rule
        self.reports = reports
        self.slots: dict[str, list[Slot]] = {}
        reports.heard = self._reported

    def known(self, agreement: str, first: int | None, at: int) -> None:
        """An agreement is known from now on: its occurrences fall due by the clock."""
        if agreement in self.slots:
            return
        world, env = self.world, self.world.env
        kept = (env.agreement, env.period, env.event, env.subject, env.case)
        found = schedule_periods(world, self.reports.schedule, agreement, first, world.settings.as_of)
        slots = self.slots[agreement] = [self.reports.slot(agreement, period) for period in found.periods]
        env.agreement, env.period, env.event, env.subject, env.case = kept
        for report in self.reports.found.get(agreement, ()):
            self._matched(agreement, report)
        for slot in slots:
            if not slot.unknown:
                phase = BEFORE if slot.strict and slot.due >= at else AFTER
                world.timers.push(max(slot.due, at), phase, partial(self._due, agreement, slot))

    def _reported(self, agreement: str, report: Report) -> None:
        if agreement in self.slots:
            self._matched(agreement, report)

    def _matched(self, agreement: str, report: Report) -> None:
        slot = self.reports.slot_for(self.slots[agreement], report)
        if slot is None:
            return
        slot.report = report
        if not self.rule.prohibits:
            self._tell(agreement, slot, "discharge", report.at)
        elif report.at < slot.due and not self.reports.excused_at(agreement, slot, report.at):
            self._tell(agreement, slot, "breach", report.at)

    def _due(self, agreement: str, slot: Slot, at: int) -> None:
        """The limit of an occurrence has passed."""
        if slot.report is not None:
            return
        self._tell(agreement, slot, "expiry", at)
        if not self.rule.prohibits and not self.reports.excused_at(agreement, slot, at):
            self._tell(agreement, slot, "breach", at)

    def _tell(self, agreement: str, slot: Slot, what: Derivation, at: int) -> None:
        label = slot.period.label
        subject = self.world.subject("", agreement)
        late = not self.rule.prohibits and (at > slot.due or (at == slot.due and slot.strict))
        data = carried({"period": label}, late=late or what == "expiry")
        made = Derived(self.rule.ir.name, what, subject, agreement, label, data)
        made.ends_day = what == "expiry" and slot.strict and self.world.zone.begins_day(at)
        made.causes = (slot.report.event,) if slot.report is not None else ()
        self.world.timers.derive(made, self.rule.ir.shape.stratum, at)
