"""Settled ledger lines go in; what each party owes each other, by unit and period, comes out: posted, paid, set off, open."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.payments.debts import is_owed
from slalang.outcome.records import Balance

if TYPE_CHECKING:
    from slalang.outcome.records import Held, LedgerLine

Key = tuple[str, str, str, str, str]


def balances(lines: Iterable[LedgerLine], held: Iterable[Held]) -> list[Balance]:
    """One balance for each agreement, debtor, creditor, unit and posting period.

    In each, and over all of them, `posted + accrued − paid − set off = open`. A payment that found no debt yet stands
    without a period, as paid and with a negative open amount.
    """
    groups: dict[Key, list[LedgerLine]] = {}
    for line in lines:
        if is_owed(line) or line.amount is None:
            period = line.posted_period or (line.period.label if line.period is not None else "")
            groups.setdefault((line.agreement, line.debtor, line.creditor, line.unit, period), []).append(
                line
            )
    found = [_of(key, members) for key, members in groups.items()]
    waits: dict[Key, Fraction] = {}
    for one in held:
        key = (one.agreement, one.debtor, one.creditor, one.unit, "")
        waits[key] = waits.get(key, Fraction(0)) + one.amount
    none = Fraction(0)
    found += [
        Balance(
            *key,
            posted=none,
            accrued=none,
            paid=amount,
            set_off=none,
            open=-amount,
            unknown=0,
            final=True,
            held=True,
        )
        for key, amount in waits.items()
    ]
    return sorted(
        found, key=lambda one: (one.agreement, one.debtor, one.creditor, one.unit, one.period, one.held)
    )


def _of(key: Key, lines: list[LedgerLine]) -> Balance:
    known = [line for line in lines if line.amount is not None]
    accruing = [line for line in known if line.status == "provisional"]
    posted = sum((line.amount or Fraction(0) for line in known if line.status != "provisional"), Fraction(0))
    accrued = sum((line.amount or Fraction(0) for line in accruing), Fraction(0))
    paid = sum((line.paid for line in known), Fraction(0))
    set_off = sum((line.set_off for line in known), Fraction(0))
    return Balance(
        *key, posted=posted, accrued=accrued, paid=paid, set_off=set_off, open=posted + accrued - paid - set_off,
        unknown=len(lines) - len(known), final=all(line.final for line in lines),
    )  # fmt: skip
