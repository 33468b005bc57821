"""A recurring rule that others wait for goes in; breach, discharge and expiry of its occurrences come out as events at their instants."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.facts.derived import Derived, carried
from slalang.engine.judging.following.announcing import announce
from slalang.engine.metrics.spans import schedule_periods
from slalang.engine.timers import AFTER, BEFORE

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.judging.recurring import Report, Reports, Slot
    from slalang.engine.life.term import Span, Term
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.facts import Derivation


class Falling:
    """The occurrences of one rule as they fall due, by agreement. The subject of their events is the agreement.

    The term may be prolonged or end sooner than was planned: the occurrences follow it.
    """

    def __init__(self, world: World, rule: Rule, reports: Reports) -> None:
        """Hear of each report as it is made."""
        self.world = world
        self.rule = rule
        self.reports = reports
        self.slots: dict[str, list[Slot]] = {}
        reports.heard = self._reported
        for plan in reports.standstills.sources:
            world.watching.watch(plan, self._stirred)
        world.life.began.append(self._renewed)
        world.timers.listen(("agreement", "ended"), self._ended)

    def knows(self, agreement: str) -> bool:
        """Whether the occurrences of an agreement are planned."""
        return agreement in self.slots

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known from now on: its occurrences fall due by the clock."""
        del at
        self.slots[agreement] = []
        for slot in self._planned(agreement, begin):
            self._await(agreement, slot, begin)

    def _renewed(self, term: Term, span: Span) -> None:
        """The term goes on: there are further occurrences, and the last one so far is no longer cut."""
        del span
        if term.agreement in self.slots:
            self._plan_again(term.agreement, self.world.now)

    def _ended(self, subject: Subject, event: Event) -> None:
        """The term ended, perhaps sooner than was planned: the running occurrence ends with it."""
        del event
        if subject.id in self.slots:
            self._plan_again(subject.id, self.world.now)

    def _plan_again(self, agreement: str, at: int) -> None:
        for slot in self._planned(agreement, at):
            if slot.due <= at and not slot.unknown and not (slot.strict is False and slot.due == at):
                self._due(agreement, slot, at)
            else:
                self._await(agreement, slot, at)

    def _planned(self, agreement: str, at: int) -> list[Slot]:
        """The occurrences by the term as it is known now; those that are new or have changed are given back."""
        world, env = self.world, self.world.env
        before = {slot.period.label: slot for slot in self.slots[agreement]}
        kept = (env.agreement, env.period, env.event, env.subject, env.case)
        first = world.results.first(agreement)
        found = schedule_periods(world, self.reports.schedule, agreement, first, world.settings.as_of)
        slots, changed = [], []
        for period in found.periods:
            old = before.get(period.label)
            slot = old if old is not None and old.period == period else self.reports.slot(agreement, period)
            if old is not None and slot is not old:
                slot.report = old.report
            slots.append(slot)
            if slot is not old:
                changed.append(slot)
        env.agreement, env.period, env.event, env.subject, env.case = kept
        told = [one for one in self.slots[agreement] if one.due < at]  # what fell due is not planned anew
        labels = {one.period.label for one in told}
        self.slots[agreement] = sorted(
            [*told, *(one for one in slots if one.period.label not in labels)],
            key=lambda one: one.period.start,
        )
        return [one for one in changed if one.period.label not in labels]

    def _await(self, agreement: str, slot: Slot, at: int) -> None:
        if not slot.unknown:
            phase = BEFORE if slot.strict and slot.due >= at else AFTER
            self.world.timers.push(max(slot.due, at), phase, partial(self._due, agreement, slot))

    def _reported(self, agreement: str, report: Report) -> None:
        if agreement in self.slots:
            self._matched(agreement, report)

    def _stirred(self, subject: Subject, at: int, event: str) -> None:
        """What occurrences wait for has changed: those that do are looked at after the events of this instant."""
        del subject, event
        for agreement, slots in self.slots.items():
            for slot in slots:
                if slot.waits:
                    self.world.timers.push(at, AFTER, partial(self._due, agreement, slot))

    def _matched(self, agreement: str, report: Report) -> None:
        slot = self.reports.slot_for(self.slots[agreement], report)
        if slot is None:
            return
        slot.report = report
        self.reports.move(agreement, slot, report.at)
        if not self.rule.prohibits:
            self._tell(agreement, slot, "discharge", report.at)
        elif report.at < slot.due and not self.reports.excused_at(agreement, slot, report.at):
            self._tell(agreement, slot, "breach", report.at)

    def _due(self, agreement: str, slot: Slot, at: int) -> None:
        """The limit of an occurrence has passed, if it is still one of those planned."""
        if slot.report is not None or not any(one is slot for one in self.slots[agreement]):
            return
        if slot.told:
            return
        self.reports.move(agreement, slot, at)
        if slot.waits:
            return  # looked at again when what it waits for ends
        if slot.due > at:
            self._await(agreement, slot, at)
            return
        slot.told = True
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
        announce(self.world, made, self.rule.ir.shape.stratum, at)
