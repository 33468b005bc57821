"""Events and rights go in; the occasions on which an amount is owed for each event, or for each exercise of a right, come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from slalang.engine.amounts.occasions import Occasion, reading
from slalang.engine.cases.roles import conditions
from slalang.engine.facts.derived import DerivedEvent
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Event
    from slalang.outcome.records import Verdict

    Collect = Callable[[Subject, Event], None]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that an amount is for, and its subject."""

    subject: Subject
    event: Event


class Happenings:
    """The events of one amount rule's pattern, or those that exercise its right, in the order in which they happen."""

    def __init__(self, amount: AmountOf) -> None:
        """Compile the pattern; signals that the amount reads keep their history, for they are read as of the event."""
        self.amount = amount
        self.world = amount.world
        self.found: list[Happened] = []
        self.right = amount.ir.for_each_exercise
        self.pattern = amount.ir.for_each_event
        if self.right:
            rights = self.world.program.rights
            self.pattern = next((one.exercise for one in rights if one.name == self.right), None)
        self.conditions = conditions(self.world, self.pattern)

    def collectors(self) -> dict[str, Collect]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def derived(self) -> tuple[tuple[str, str], ...]:
        """The events that follow from rules."""
        return () if self.pattern is None else self.pattern.derived

    def _collector(self, condition: Any) -> Collect:
        world = self.world

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not condition(world.env):
                    return
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
                return
            self.happened(subject, event)

        return collect

    def happened(self, subject: Subject, event: Event) -> None:
        """Take an event, if this version of the contract is the one in force for it."""
        world, agreement = self.world, subject.agreement or ""
        if not world.in_force.holds(event.time, agreement):
            return
        outside = world.outside(agreement, event.time, world.in_force, survives=self.amount.ir.survives)
        if outside and not self.right:  # an exercise outside the term is reported with its right
            name = self.amount.ir.name
            world.fault(
                "SLA-E0706", subject, event,
                f"`{name}` is owed for nothing that happens while the contract is not in force; this posts nothing",
                f"合同不在有效期内时发生的事件不产生 `{name}`；不入账",
            )  # fmt: skip
            return
        self.found.append(Happened(subject, event))

    def occasions(self) -> list[Occasion]:
        """Each event with its period and key; of a right's, those that had an effect."""
        if not self.right:
            return [self._occasion(one) for one in self.found]
        effective = {
            (id_, state.exercised_at)
            for state in self.amount.results.right_states()
            if state.rule == self.right and state.status == "exercised"
            for id_ in state.evidence
        }
        return [self._occasion(one) for one in self.found if (one.event.id, one.event.time) in effective]

    def _occasion(self, one: Happened) -> Occasion:
        amount, agreement = self.amount, one.subject.agreement or ""
        period = amount.periods(agreement).at(one.event.time)
        verdict = self._ended(one.event, agreement)
        made = Occasion(agreement, (), period, one.subject, one.event, verdict, at=one.event.time)
        if not amount.dimensions.by:
            return made
        env = self.world.env
        with reading(env, made):
            key = amount.dimensions.key(env)
        return replace(made, key=key)

    def _ended(self, event: Event, agreement: str) -> Verdict | None:
        """The verdict on the case that the event ended (or that it follows from), where the amount reads one."""
        rule = self.amount.case_of
        if not rule:
            return None
        for found, _ in self.amount.results.verdicts(rule):
            if found.agreement != agreement:
                continue
            if isinstance(event, DerivedEvent):
                if event.id.endswith(f":{found.instance}") and event.subject == found.subject:
                    return found
            elif found.discharged_at == event.time and event.id in found.evidence:
                return found
        return None
