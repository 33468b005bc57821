"""A version and the time in which it is in force go in; which cases it judges, answers for, or hands over comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from slalang.engine.clock.dates import zone_of
from slalang.engine.settings import FOREVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.engine.cases.case import Case
    from slalang.engine.settings import Version


def known(versions: Sequence[Version], as_of: int) -> list[Version]:
    """The versions that had been made known by an instant, in order; the last of them is in force until a later one is known.

    One that nobody has published yet governs nothing, whatever date it names.
    """
    ordered = sorted(versions, key=lambda one: one.in_force_from_us)
    found = [one for one in ordered if _published(one) <= as_of] or ordered[:1]
    return [
        replace(one, in_force_until_us=later.in_force_from_us if later is not None else FOREVER)
        if len(found) < len(ordered)
        else one
        for one, later in zip(found, [*found[1:], None], strict=True)
    ]


def _published(version: Version) -> int:
    program = version.program
    if not program.validity.known_from:
        return -FOREVER
    return zone_of(program.zone).start_of(date.fromisoformat(program.validity.known_from))


class InForce:
    """When a version is in force; the last version before a gap answers for what falls into the gap."""

    __slots__ = ("begin", "choice", "end", "first", "reaches", "taken_from", "version")

    def __init__(self, version: Version, begin: int, end: int, first: int) -> None:
        """`begin` and `end` bound the cases that this version judges or answers for; `first`: when any version begins."""
        self.version = version
        self.begin = begin
        self.end = end
        self.first = first
        self.taken_from: int | None = None
        self.choice = "new_cases"
        self.reaches: dict[
            str, str
        ] = {}  # what the next version's rules say of cases that are open when it begins

    @property
    def unbounded(self) -> bool:
        """Whether the one version of the contract is in force at every instant."""
        version = self.version
        return version.in_force_from_us <= -FOREVER and version.in_force_until_us >= FOREVER

    def holds(self, at: int) -> bool:
        """Whether a case triggered then is this version's to judge, or to answer for."""
        return self.begin <= at < self.end

    def dropped(self, case: Case) -> bool:
        """Whether the next version has taken an open case over, or a case was closed before this one could take it."""
        if self.taken_from is not None and case.trigger_at < self.taken_from:
            ended = case.done_at if case.done_at is not None else case.void_at
            return ended is not None and ended < self.taken_from
        if case.rule.ir.name not in self.reaches or case.trigger_at >= self.end:
            return False
        ended = case.done_at if case.done_at is not None else case.void_at
        return ended is None or ended >= self.end

    def reaching_back(self, choice: str, before: InForce) -> InForce:
        """The same version, judging also the cases that were open when it began."""
        made = InForce(self.version, before.begin, self.end, self.first)
        made.reaches, made.taken_from, made.choice = self.reaches, self.begin, choice
        return made

    def in_force(self, at: int) -> bool:
        """Whether the version is in force then."""
        return self.version.in_force_from_us <= at < self.version.in_force_until_us
