"""What one offer comes to: the values that it binds, what follows from them, and how given events would have been judged."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.report.summary import BREACHED

if TYPE_CHECKING:
    from slalang.engine.compile.stated import Stated
    from slalang.ir.expressions import Const
    from slalang.outcome.whole import Outcome


@dataclass(frozen=True, slots=True)
class Offer:
    """`outcome` is None where no events were given; `left_open` names the blanks without a value."""

    title: str
    bound: tuple[tuple[str, Const], ...]
    follows: tuple[Stated, ...]
    outcome: Outcome | None
    left_open: tuple[str, ...] = ()


def verdicts(offer: Offer) -> dict[str, tuple[int, int]]:
    """Of each rule: cases breached, and cases judged at all."""
    found: dict[str, tuple[int, int]] = {}
    for verdict in offer.outcome.verdicts if offer.outcome else ():
        breached, cases = found.get(verdict.rule, (0, 0))
        found[verdict.rule] = (breached + (verdict.status in BREACHED), cases + 1)
    return found


def money(offer: Offer) -> dict[tuple[str, str, str], Fraction | None]:
    """What each debtor owes each creditor by unit, lapsed, displaced and provisional lines left out; None where a line is undetermined."""
    found: dict[tuple[str, str, str], Fraction | None] = {}
    for line in offer.outcome.ledger if offer.outcome else ():
        if line.status in {"lapsed", "displaced", "provisional"}:
            continue
        key = (line.debtor, line.creditor, line.unit)
        before = found.get(key, Fraction(0))
        found[key] = None if before is None or line.amount is None else before + line.amount
    return found


def provisional(offer: Offer) -> int:
    """How many lines are left out because their period is not over."""
    return sum(line.status == "provisional" for line in offer.outcome.ledger) if offer.outcome else 0
