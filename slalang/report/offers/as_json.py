"""Offers go in; a plain list for JSON comes out: exact values as canonical text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.report.offers.offer import money, provisional, verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.report.offers.offer import Offer


def as_data(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """One object an offer."""
    return [
        {
            "offer": offer.title,
            "bound": {name: {"type": const.type, "value": const.value} for name, const in offer.bound},
            "follows": {one.name: {"type": one.type, "value": one.value} for one in offer.follows},
            "verdicts": {
                rule: {"breached": breached, "judged": judged}
                for rule, (breached, judged) in verdicts(offer).items()
            },
            "provisional_lines_left_out": provisional(offer),
            "owed": [
                {
                    "debtor": debtor,
                    "creditor": creditor,
                    "unit": unit,
                    "amount": None if amount is None else str(amount),
                }
                for (debtor, creditor, unit), amount in money(offer).items()
            ],
        }
        for offer in offers
    ]
