"""A field of money may hold an amount in capital numerals, of its own currency and written by the rules."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slalang.events.scalars import converter
from slalang.events.unfit import Unfit

READ = converter("amount:CNY", {}, is_text=False)


def test_capital_numerals_are_the_amount_that_they_say():
    assert READ("人民币壹拾万柒仟元零伍角叁分", "paid") == Fraction("107000.53")
    assert READ(" 伍分 ", "paid") == Fraction("0.05")


@pytest.mark.parametrize("text", ["壹仟伍元整", "叁仟元", "港币壹佰元整", "三千元整"])
def test_what_is_not_written_by_the_rules_or_in_another_currency_is_unfit(text):
    with pytest.raises(Unfit) as caught:
        READ(text, "paid")
    assert "CNY" in caught.value.fields["wanted"].en
