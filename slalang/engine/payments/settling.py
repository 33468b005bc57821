"""The ledger and the payments go in; the same ledger comes out with what was paid and set off, and the payments that wait for a debt."""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.payments.debts import FAR, Debt, is_owed
from slalang.engine.payments.growing import Growing, finished, growing
from slalang.outcome.records import Held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.engine.payments.receipts import Receipt
    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule, Payments
    from slalang.outcome.records import LedgerLine


_FIRST = {"cost": 0, "interest": 1}  # the order of the PRC Civil Code, art. 561: costs, interest, principal


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
    more: dict[str, list[Growing]] = {}
    of_agreement = {agreement: [debt for _, debt in own] for agreement, own in debts.items()}
    amounts = [one for world in worlds for one in world.results.amounts.values()]
    for made in growing(amounts, of_agreement, as_of):
        more.setdefault(made.line.agreement, []).append(made)
    for world in worlds:
        for one in world.results.receipts:
            for receipt in one.found:
                if receipt.at <= as_of:
                    purses.setdefault(receipt.agreement, []).append(Purse(one.ir, receipt, receipt.amount))
    found = list(lines)
    held: list[Held] = []
    for agreement in sorted({*debts, *purses, *more}):
        own = [*(debt for _, debt in debts.get(agreement, ())), *more.get(agreement, ())]
        paying = sorted(purses.get(agreement, ()), key=lambda one: (one.receipt.at, one.receipt.event))
        if paying or any(debt.rule.set_off_rules for debt in own):
            _play(own, paying, as_of)
        for grown in more.get(agreement, ()):
            made_line = finished(grown, as_of)
            found += [] if made_line is None else [replace(made_line, settlements=tuple(grown.settled))]
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
    """Every instant at which something arises or is paid, and the as-of instant.

    What has not arisen yet, and what is settled, is not looked at; what waits is tried on what is new. So a long ledger stays cheap.
    """
    arising = deque(sorted(debts, key=lambda debt: (debt.begins, *_age(debt))))
    coming = deque(purses)
    instants = {
        at for at in (*(debt.begins for debt in debts), *(one.receipt.at for one in purses)) if at <= as_of
    }
    alive: list[Debt] = []
    counter: list[Debt] = []  # credits that wait for something to be set off against
    waiting: list[Purse] = []
    for at in sorted(instants | {as_of}):
        last = at == as_of
        touched: dict[Debt, None] = {}
        fresh = []
        while arising and arising[0].begins <= at:
            fresh.append(arising.popleft())
        for debt in fresh:
            insort(alive, debt, key=_age)
        fresh.sort(key=_age)
        own = [debt for debt in fresh if debt.rule.set_off_rules]
        for credit in counter:
            touched |= _set_off(credit, alive if last else fresh, at)
        for credit in own:
            touched |= _set_off(credit, alive, at)
        counter = [credit for credit in (*counter, *own) if credit.open(as_of)]
        for purse in waiting:
            touched |= _pay(purse, alive if last else fresh, at)
        paying = []
        while coming and coming[0].receipt.at <= at:
            paying.append(coming.popleft())
        for purse in paying:
            touched |= _pay(purse, alive, at)
        waiting = [purse for purse in (*waiting, *paying) if purse.left]
        for debt in [debt for debt in touched if not debt.open(as_of)]:
            alive.remove(debt)


def _set_off(credit: Debt, debts: list[Debt], at: int) -> dict[Debt, None]:
    """Against the oldest open amounts that the other side owes, of the rules that the credit names; what was touched."""
    line = credit.line
    touched: dict[Debt, None] = {}
    for debt in debts:
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
            touched |= {credit: None, debt: None}
        if not credit.open(at):
            break
    return touched


def _pay(purse: Purse, debts: list[Debt], at: int) -> dict[Debt, None]:
    """The debts come with the oldest first; those that the rule or the payment puts before them come before; what was touched."""
    rule, named = purse.rule, purse.receipt.named
    if rule.order == "named" and named:
        debts = sorted(debts, key=lambda debt: not debt.is_named(named))
    elif rule.order == "interest":
        debts = sorted(debts, key=lambda debt: debt.rule.sort != "interest")
    elif rule.order == "costs":
        debts = sorted(debts, key=lambda debt: _FIRST.get(debt.rule.sort, len(_FIRST)))
    touched: dict[Debt, None] = {}
    for debt in debts:
        if not purse.left:
            break
        if debt.line.rule not in rule.settles or debt.line.unit != rule.unit:
            continue
        amount = min(purse.left, debt.open(at))
        if amount:
            purse.left -= amount
            debt.settle("payment", at, purse.receipt.event, amount)
            touched[debt] = None
    return touched


def _age(debt: Debt) -> tuple[object, ...]:
    """The oldest first: by its due date, else by when it arose; of equals the one declared first."""
    line = debt.line
    since = FAR if debt.since is None else debt.since
    return (since if line.due is None else line.due, since, debt.order, line.key, line.subject, line.instance)
