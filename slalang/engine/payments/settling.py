"""The ledger and the payments go in; the same ledger comes out with what was paid and set off, and the payments that wait for a debt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.payments.debts import Debt, is_owed
from slalang.outcome.records import Held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.engine.payments.receipts import Receipt
    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule, Payments
    from slalang.outcome.records import LedgerLine

FAR = 1 << 80


@dataclass(slots=True)
class Purse:
    """A payment while it is spent."""

    rule: Payments
    receipt: Receipt
    left: Fraction


def settled(
    worlds: Sequence[World],
    lines: Sequence[LedgerLine],
    rules: Mapping[tuple[str, str], AmountRule],
    as_of: int,
) -> tuple[list[LedgerLine], list[Held]]:
    """Go through time once: what comes to be owed, is set off, is paid.

    At one instant debts arise first, then credits are set off against the oldest debts that they name, then payments are
    apportioned; what a payment has left waits for the next debt of its rules. Nothing is used twice.
    """
    by_version = {world.program.version: world for world in worlds}
    order = {place: i for i, place in enumerate(rules)}
    debts: dict[str, list[tuple[int, Debt]]] = {}
    for i, line in enumerate(lines):
        if not is_owed(line):
            continue
        rule, world = rules[line.version, line.rule], by_version[line.version]
        name = rule.per_day.calendar if rule.per_day is not None else ""
        calendar = world.calendar(name) if name not in {"", "always"} else None
        debt = Debt(line, rule, order[line.version, line.rule], world.zone, calendar)
        debts.setdefault(line.agreement, []).append((i, debt))
    purses: dict[str, list[Purse]] = {}
    for world in worlds:
        for one in world.results.receipts:
            for receipt in one.found:
                if receipt.at <= as_of:
                    purses.setdefault(receipt.agreement, []).append(Purse(one.ir, receipt, receipt.amount))
    found = list(lines)
    held: list[Held] = []
    for agreement in sorted({*debts, *purses}):
        own = [debt for _, debt in debts.get(agreement, ())]
        paying = sorted(purses.get(agreement, ()), key=lambda one: (one.receipt.at, one.receipt.event))
        _play(own, paying, as_of)
        for i, debt in debts.get(agreement, ()):
            if debt.settled:
                found[i] = replace(found[i], settlements=tuple(debt.settled))
        held += [
            Held(
                agreement,
                one.rule.debtor,
                one.rule.creditor,
                one.rule.unit,
                one.receipt.event,
                one.receipt.at,
                one.left,
            )
            for one in paying
            if one.left
        ]
    return found, held


def _play(debts: list[Debt], purses: list[Purse], as_of: int) -> None:
    arisen = {debt.since for debt in debts if debt.since is not None}
    instants = sorted({at for at in (*arisen, *(one.receipt.at for one in purses)) if at <= as_of} | {as_of})
    waiting: list[Purse] = []
    coming = list(purses)
    for at in instants:
        for credit in sorted(debts, key=_age):
            if credit.rule.set_off_rules and credit.open(at):
                _set_off(credit, debts, at)
        while coming and coming[0].receipt.at <= at:
            waiting.append(coming.pop(0))
        for purse in waiting:
            _pay(purse, debts, at)
        waiting = [purse for purse in waiting if purse.left]


def _set_off(credit: Debt, debts: list[Debt], at: int) -> None:
    """Against the oldest open amounts that the other side owes, of the rules that the credit names."""
    line = credit.line
    for debt in sorted(debts, key=_age):
        other = debt.line
        if other.rule not in credit.rule.set_off_rules or (other.debtor, other.unit) != (
            line.creditor,
            line.unit,
        ):
            continue
        amount = min(credit.open(at), debt.open(at))
        if amount:
            credit.settle("set_off", at, debt.name, amount)
            debt.settle("set_off", at, credit.name, amount)


def _pay(purse: Purse, debts: list[Debt], at: int) -> None:
    rule = purse.rule
    meant = [debt for debt in debts if debt.line.rule in rule.settles and debt.line.unit == rule.unit]

    def turn(debt: Debt) -> tuple[object, ...]:
        first = True
        if rule.order == "named":
            first = bool(purse.receipt.named) and debt.is_named(purse.receipt.named)
        elif rule.order == "interest":
            first = debt.rule.sort == "interest"
        return (not first, *_age(debt))

    for debt in sorted(meant, key=turn):
        amount = min(purse.left, debt.open(at))
        if amount:
            purse.left -= amount
            debt.settle("payment", at, purse.receipt.event, amount)


def _age(debt: Debt) -> tuple[object, ...]:
    """The oldest first: by its due date, else by when it arose; of equals the one declared first."""
    line = debt.line
    since = FAR if debt.since is None else debt.since
    return (since if line.due is None else line.due, since, debt.order, line.key, line.subject, line.instance)
