"""Claims go in as they are made; which ledger line each is for, and what became of the line, come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.amounts import Claim


@dataclass(slots=True)
class Claimed:
    """A claim as it was made; `period` where it names one."""

    at: int
    event: str
    period: str
    subject: str
    key: Key = ()
    used: bool = False


class Claims:
    """The claims for one amount rule, by agreement."""

    def __init__(self, world: World, claim: Claim, groups: tuple[str, ...]) -> None:
        """Compile the pattern and its further condition; a claim may name a group by a field of the group's name."""
        self.groups = groups
        self.world = world
        self.conditions = conditions(world, claim.pattern)
        self.where = world.compiler.condition(claim.where)
        self.found: dict[str, list[Claimed]] = {}

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world = self.world

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not condition(world.env) or (self.where is not None and not self.where(world.env)):
                    return
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
                return
            named = event.data.get("period")
            period = str(named) if named is not None else ""
            key = tuple(
                (name, str(event.data[name])) for name in self.groups if event.data.get(name) is not None
            )
            claim = Claimed(event.time, event.id, period, event.subject, key)
            self.found.setdefault(subject.agreement or "", []).append(claim)

        return collect

    def begin(self) -> None:
        """No claim has been used."""
        for claims in self.found.values():
            for claim in claims:
                claim.used = False

    def take(
        self, agreement: str, label: str, key: Key, opens: int, until: int, *, strict: bool, as_of: int
    ) -> Claimed | None:
        """The first unused claim in the window that names the period and the group, or names none: one claim is for one line."""
        for claim in self.found.get(agreement, ()):
            if claim.used or claim.at > as_of or claim.period not in {"", label}:
                continue
            if not set(claim.key) <= set(key):
                continue
            if opens <= claim.at < until or (claim.at == until and not strict):
                claim.used = True
                return claim
        return None
