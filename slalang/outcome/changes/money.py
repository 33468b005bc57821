"""The ledgers of two outcomes go in; the difference for each pair of parties, unit and period, and the adjusting lines, come out."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.outcome.changes.records import Adjustment, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slalang.outcome.changes.records import Change, Published

OWED: Final = frozenset({"posted", "claimed", "paid_out"})
NOTHING: Final = frozenset({"lapsed", "undetermined"})


def differences(before: Iterable[Published], after: Iterable[Published]) -> tuple[Difference, ...]:
    """Sums that are not what they were; lines that lapsed or that nobody can tell are no money."""
    sums: dict[tuple[str, str, str, str, str, str], list[Fraction]] = defaultdict(
        lambda: [Fraction(0), Fraction(0)]
    )
    for side, lines in enumerate((before, after)):
        for line in lines:
            if line["status"] in NOTHING or line["amount"] is None:
                continue
            status = "owed" if line["status"] in OWED else line["status"]
            who = (line["agreement"] or "", line["debtor"], line["creditor"])
            sums[*who, line["unit"], line["period"] or "", status][side] += Fraction(line["amount"])
    return tuple(
        Difference(agreement, debtor, creditor, unit, period, status, one, other)
        for (agreement, debtor, creditor, unit, period, status), (one, other) in sorted(sums.items())
        if one != other
    )


def adjustments(changes: Iterable[Change], open_period: Callable[[Published], str]) -> tuple[Adjustment, ...]:
    """A line for each closed line of the ledger that came out wrong; the closed line itself stays what it was.

    A line of which only the status or a date changed needs none: no money moves. `open_period` gives, for a line, the
    label of the period of its rule that is open now (empty: none).
    """
    found = []
    for change in changes:
        if change.table != "ledger" or not change.restates:
            continue
        before, after = _owed(change.before), _owed(change.after)
        if before is not None and before == after:
            continue
        amount = None if before is None or after is None else after - before
        found.append(
            Adjustment(amount, open_period(change.record), change.before, change.after, change.causes)
        )
    return tuple(found)


def _owed(line: Published | None) -> Fraction | None:
    """What a line comes to: nothing where there is none, or where it is not (or no more) owed; None where nobody can tell."""
    if line is None:
        return Fraction(0)
    if line["amount"] is None:
        return None
    return Fraction(line["amount"]) if line["status"] in OWED else Fraction(0)
