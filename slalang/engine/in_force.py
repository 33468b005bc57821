"""A version and the time in which it is in force go in; which cases it judges, answers for, or hands over comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from slalang.engine.clock.dates import zone_of
from slalang.engine.settings import FOREVER
from slalang.events.registers import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.engine.cases.case import Case
    from slalang.engine.settings import Version
    from slalang.events.registers import Registers


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


class Turn(NamedTuple):
    """From one instant on, an agreement is under a version of this name."""

    since: int
    version: str


def turns(registers: Registers, as_of: int) -> dict[str, tuple[Turn, ...]]:
    """The agreements whose register entry says under which version they are, with the instants from which they are."""
    found: dict[str, tuple[Turn, ...]] = {}
    for agreement, entries in registers.entries.get("agreement", {}).items():
        own = [
            Turn(since, str(attributes[VERSION]))
            for since, attributes in entries
            if attributes.get(VERSION) is not None and since <= as_of
        ]
        if own:
            found[agreement] = tuple(own)
    return found


def spans_of(own: tuple[Turn, ...], version: str) -> tuple[tuple[int, int], ...]:
    """The stretches in which an agreement is under a version."""
    ends = [later.since for _, later in pairwise(own)] + [FOREVER]
    return tuple((one.since, end) for one, end in zip(own, ends, strict=True) if one.version == version)


class InForce:
    """When a version is in force, for each agreement; the last version before a gap answers for what falls into the gap.

    `own` has the stretches of those agreements whose register entry names their version; for all others the dates of the versions decide.
    `splits` are the instants at which a version that splits periods begins.
    """

    __slots__ = (
        "_first",
        "_splits",
        "_taken",
        "begin",
        "choice",
        "end",
        "own",
        "reaches",
        "taken_over",
        "version",
    )

    def __init__(
        self,
        version: Version,
        begin: int,
        end: int,
        first: int,
        own: Mapping[str, tuple[tuple[int, int], ...]] | None = None,
        firsts: Mapping[str, int] | None = None,
        splits: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        """`begin` and `end` bound the cases that this version judges or answers for; `first`: when any version begins; `firsts` and
        `splits` by agreement, those under "" for every agreement that has none of its own."""
        self.version = version
        self.begin = begin
        self.end = end
        self.own = {} if own is None else own
        self._first: Mapping[str, int] = {"": first, **(firsts or {})}
        self._splits: Mapping[str, tuple[int, ...]] = splits or {}
        self.taken_over = False
        self._taken: dict[str, int] = {}
        self.choice = "new_cases"
        self.reaches: dict[
            str, str
        ] = {}  # what the next version's rules say of cases that are open when it begins

    @property
    def unbounded(self) -> bool:
        """Whether the one version of the contract is in force at every instant, for every agreement."""
        version = self.version
        return version.in_force_from_us <= -FOREVER and version.in_force_until_us >= FOREVER and not self.own

    def first(self, agreement: str) -> int:
        """When the first version of the contract begins for an agreement."""
        return self._first.get(agreement, self._first[""])

    def splits(self, agreement: str) -> tuple[int, ...]:
        """The instants at which periods are split for an agreement."""
        return self._splits.get(agreement, self._splits.get("", ()))

    def holds(self, at: int, agreement: str) -> bool:
        """Whether a case triggered then is this version's to judge, or to answer for."""
        own = self.own.get(agreement)
        if own is None:
            return self.begin <= at < self.end
        return any(begin <= at < end for begin, end in own)

    def in_force(self, at: int, agreement: str) -> bool:
        """Whether the version is in force then."""
        own = self.own.get(agreement)
        if own is None:
            return self.version.in_force_from_us <= at < self.version.in_force_until_us
        return any(begin <= at < end for begin, end in own)

    def taken_from(self, agreement: str) -> int | None:
        """From when on it has judged the cases that the version before left open; None where it takes none over."""
        if not self.taken_over:
            return None
        if agreement not in self.own:
            return self.version.in_force_from_us
        return self._taken.get(agreement)

    def turns(self) -> list[int]:
        """The instants at which it takes open cases over, of any agreement."""
        return sorted({self.version.in_force_from_us, *self._taken.values()})

    def dropped(self, case: Case) -> bool:
        """Whether the next version has taken an open case over, or a case was closed before this one could take it."""
        ended = case.done_at if case.done_at is not None else case.void_at
        taken = self.taken_from(case.agreement)
        if taken is not None and case.trigger_at < taken:
            return ended is not None and ended < taken
        end = self._end(case.agreement)
        if case.rule.ir.name not in self.reaches or case.trigger_at >= end or end >= FOREVER:
            return False
        return ended is None or ended >= end

    def reaching_back(self, choice: str, before: InForce) -> InForce:
        """The same version, judging also the cases that were open when it began."""
        reached = {
            agreement: ((before.own[agreement][0][0], spans[0][1]), *spans[1:])
            for agreement, spans in self.own.items()
            if spans and before.own.get(agreement)
        }
        made = InForce(
            self.version,
            before.begin,
            self.end,
            self._first[""],
            {**self.own, **reached},
            self._first,
            self._splits,
        )
        made._taken = {agreement: self.own[agreement][0][0] for agreement in reached}
        made.reaches, made.taken_over, made.choice = self.reaches, True, choice
        return made

    def _end(self, agreement: str) -> int:
        own = self.own.get(agreement)
        return self.end if own is None else own[-1][1] if own else FOREVER


def in_force_of(ordered: Sequence[Version], registers: Registers, as_of: int) -> list[InForce]:
    """Each version, in order, with the time in which it is in force."""
    own = turns(registers, as_of)
    firsts = {agreement: found[0].since for agreement, found in own.items()}
    splitting = {one.program.version for one in ordered if one.program.validity.splits_periods}
    splits = {
        agreement: tuple(one.since for one in found if one.version in splitting)
        for agreement, found in own.items()
    }
    splits[""] = tuple(one.in_force_from_us for one in ordered[1:] if one.program.version in splitting)
    made = []
    for i, version in enumerate(ordered):
        begin = -FOREVER if i == 0 else version.in_force_from_us
        end = FOREVER if i == len(ordered) - 1 else ordered[i + 1].in_force_from_us
        spans = {agreement: spans_of(found, version.program.version) for agreement, found in own.items()}
        made.append(InForce(version, begin, end, ordered[0].in_force_from_us, spans, firsts, splits))
    return made
