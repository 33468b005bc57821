"""An amount goes in and its Chinese capital numerals come out, or a text in them goes in and the amount comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.values import capitals

if TYPE_CHECKING:
    from fractions import Fraction


def in_capitals(value: Fraction, currency: str) -> str:
    """`壹万元整` for 10000 in CNY.

    Raises:
        CapitalError: the amount or its currency has no capital numerals.
    """
    return capitals.as_text(value, currency)


def from_capitals(text: str, currency: str) -> Fraction:
    """10000 for `壹万元整`, of the currency in which the amount is needed.

    Raises:
        CapitalError: the text is no amount by the rules, or one in another currency.
    """
    found = capitals.from_text(text)
    if found.currency != currency:
        raise capitals.CapitalError(
            f"it is an amount in {found.currency}, not in {currency}",
            f"这是 {found.currency} 的金额，不是 {currency} 的金额",
        )
    return found.value
