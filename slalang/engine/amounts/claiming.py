"""Claims go in as they are made; which ledger line each is for, and what became of the line, come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.compile.walk import reads_period
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.amounts import AmountRule, Claim
    from slalang.outcome.records import Period


@dataclass(slots=True)
class Claimed:
    """A claim as it was made; `period` where it names one."""

    at: int
    event: str
    period: str
    subject: str
    key: Key = ()
    entity: str = ""
    used: bool = False
    happened: Event | None = None  # kept where only the line's period tells whether the claim is for it
    by: Subject | None = None


def unplaced(amounts: Iterable[AmountOf], as_of: int) -> list[tuple[str, Claimed, str]]:
    """Claims that name a period which no amount has that they could be for: agreement, claim, and a name that there is."""
    placed: set[str] = set()
    lost: dict[str, tuple[str, Claimed, str]] = {}
    for amount in amounts:
        for agreement, claims in amount.claims.found.items() if amount.claims is not None else ():
            labels = amount.periods(agreement).by_label if amount.ir.period is not None else None
            for claim in claims:
                if claim.at > as_of:
                    continue
                if labels is None or not claim.period or claim.period in labels:
                    placed.add(claim.event)
                else:
                    lost[claim.event] = (agreement, claim, next(reversed(labels), ""))
    return [one for event, one in lost.items() if event not in placed]


class Claims:
    """The claims for one amount rule, by agreement."""

    def __init__(
        self, world: World, rule: AmountRule, claim: Claim, groups: tuple[str, ...], entity: str
    ) -> None:
        """Compile the pattern and its further condition; a claim may name a group by a field of the group's name.

        `entity` is the kind of subject that the amount is for, where it is for something that happens to one.
        """
        self.rule = rule
        self.groups = groups
        self.entity = entity
        self.world = world
        self.conditions = conditions(world, claim.pattern)
        self.where = world.compiler.condition(claim.where)
        roots = [*(one.where for one in claim.pattern.any_of), claim.where]
        self.by_period = reads_period(roots, world.program)
        self.found: dict[str, list[Claimed]] = {}

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world = self.world

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not self.by_period and not self._meets(condition):
                    return
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
                return
            if not self._between_them(event):
                rule = self.rule
                world.fault(
                    "SLA-E0712", subject, event,
                    f"`{rule.name}`: only {rule.creditor} claims, and only from {rule.debtor}; this claim has no effect",
                    f"`{rule.name}`：只有 {rule.creditor} 可向 {rule.debtor} 申领；本次申领不生效",
                )  # fmt: skip
                return
            named = event.data.get("period")
            period = str(named) if named is not None else ""
            key = tuple(
                (name, str(event.data[name])) for name in self.groups if event.data.get(name) is not None
            )
            claim = Claimed(event.time, event.id, period, event.subject, key, subject.entity)
            if self.by_period:
                claim.happened, claim.by = event, subject
            self.found.setdefault(subject.agreement or "", []).append(claim)

        return collect

    def _between_them(self, event: Event) -> bool:
        """Whether it is the creditor who claims, and from the debtor (model §3); who is no party acts for whoever sent the event."""
        rule, acts_for = self.rule, self.world.acts_for
        return rule.anyone or (
            (not event.by or acts_for(event.by, (rule.creditor,), event.time))
            and (not event.to or acts_for(event.to, (rule.debtor,), event.time))
        )

    def _meets(self, condition: Any) -> bool:
        env = self.world.env
        return bool(condition(env)) and (self.where is None or bool(self.where(env)))

    def _is_for(self, claim: Claimed, period: Period | None) -> bool:
        """Whether a claim whose condition reads the period is for a line of this one."""
        if claim.happened is None:
            return True
        env = self.world.env
        kept = (env.event, env.subject, env.period)
        env.event, env.subject, env.period = claim.happened, claim.by, period
        try:
            return self._meets(self.conditions[claim.happened.type])
        except Undetermined:
            return False
        finally:
            env.event, env.subject, env.period = kept

    def begin(self) -> None:
        """No claim has been used."""
        for claims in self.found.values():
            for claim in claims:
                claim.used = False

    def take(
        self,
        agreement: str,
        period: Period | None,
        key: Key,
        opens: int,
        until: int,
        *,
        strict: bool,
        as_of: int,
        subject: str = "",
    ) -> Claimed | None:
        """The first unused claim in the window that names the period (or the subject of the line) and the group, or names none.

        One claim is for one line; an event of a subject of the line's own kind claims for that subject only.
        """
        named = {"", subject, period.label if period is not None else ""}
        for claim in self.found.get(agreement, ()):
            if claim.used or claim.at > as_of or claim.period not in named:
                continue
            if subject and claim.entity == self.entity and claim.subject != subject:
                continue
            if not set(claim.key) <= set(key) or not self._is_for(claim, period):
                continue
            if opens <= claim.at < until or (claim.at == until and not strict):
                claim.used = True
                return claim
        return None
