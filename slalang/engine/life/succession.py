"""What an outcome tells of debtors and creditors goes in; it comes out with the party that stands in the place of each, where that is another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.life.parties import Parties
    from slalang.engine.world import World
    from slalang.outcome.records import Balance, LedgerLine, Verdict

    Owed = TypeVar("Owed", Verdict, LedgerLine, Balance)


class Succession:
    """The parties of all versions by date. Who owes is asked at the instant of which a record speaks."""

    def __init__(self, worlds: Iterable[World], as_of: int) -> None:
        """Take the parties of each version."""
        self.as_of = as_of
        self.by_version: dict[str, Parties] = {one.program.version: one.parties for one in worlds}
        self.last = list(self.by_version.values())[-1]
        self.plain = all(one.plain for one in self.by_version.values())

    def verdicts(self, found: Iterable[Verdict]) -> list[Verdict]:
        """Open and overdue: who owes now; else who owed when it was done, or broken, or its time ran out."""
        return [self._told(one, self._of_verdict(one), one.version) for one in found]

    def _of_verdict(self, one: Verdict) -> int:
        if one.discharged_at is not None:
            return one.discharged_at
        if one.status in {"pending", "overdue"}:
            return self.as_of
        at = one.breached_at if one.breached_at is not None else one.deadline
        return self.as_of if at is None else at - 1 if one.period is not None and at == one.period.end else at

    def lines(self, found: Iterable[LedgerLine]) -> list[LedgerLine]:
        """Who owed when the line arose; what a period measured arose with its last instant."""
        return [
            self._told(
                one,
                self.as_of if one.at is None else one.at - (one.period is not None and not one.subject),
                one.version,
            )
            for one in found
        ]

    def balances(self, found: Iterable[Balance]) -> list[Balance]:
        """Who owes what is open now."""
        return [self._told(one, self.as_of, "") for one in found]

    def _told(self, one: Owed, at: int, version: str) -> Owed:
        if self.plain:
            return one
        parties = self.by_version.get(version, self.last)
        at = min(at, self.as_of)
        debtor, creditor = (_other(parties, name, at) for name in (one.debtor, one.creditor))
        return replace(one, debtor_party=debtor, creditor_party=creditor) if debtor or creditor else one


def _other(parties: Parties, name: str, at: int) -> str:
    """Who stands in a party's place then, if that is another one."""
    found = parties.in_place(name, at) if name else ""
    return found if found != name else ""
