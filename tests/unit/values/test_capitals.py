"""Capital numerals (大写) against the rules of 支付结算办法, annex 1, by hand; the five amounts marked * are the annex's own examples."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.builtins.functions import FUNCTIONS
from slalang.values.capitals import MOST, CapitalError, as_text, from_text

# Amount, as it is written here, and the other ways in which it may be written.
TABLE = [
    ("0", "零元整", ("零圆整", "零元正")),
    ("0.01", "壹分", ("零元零壹分",)),
    ("0.05", "伍分", ()),
    ("0.10", "壹角", ("壹角整", "零元壹角", "零元壹角整")),
    ("0.55", "伍角伍分", ("零元伍角伍分",)),
    ("1", "壹元整", ("壹圆整", "壹圓整", "壹元正")),
    ("1.01", "壹元零壹分", ()),
    ("1.10", "壹元壹角", ("壹元壹角整",)),
    ("10", "壹拾元整", ("拾元整",)),
    ("10.05", "壹拾元零伍分", ("拾元零伍分",)),
    ("10.50", "壹拾元零伍角", ("壹拾元伍角", "拾元伍角整")),
    ("11", "壹拾壹元整", ("拾壹元整",)),
    ("20", "贰拾元整", ("貳拾元整",)),
    ("100", "壹佰元整", ()),
    ("101", "壹佰零壹元整", ()),
    ("110", "壹佰壹拾元整", ()),
    ("111.11", "壹佰壹拾壹元壹角壹分", ()),
    ("200.07", "贰佰元零柒分", ()),
    ("325.04", "叁佰贰拾伍元零肆分", ()),  # *
    ("1000", "壹仟元整", ()),
    ("1001", "壹仟零壹元整", ()),
    ("1010", "壹仟零壹拾元整", ()),
    ("1010.50", "壹仟零壹拾元零伍角", ("壹仟零壹拾元伍角",)),
    ("1100", "壹仟壹佰元整", ()),
    ("1409.50", "壹仟肆佰零玖元伍角", ()),  # *
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分", ("壹仟陆佰捌拾元叁角贰分",)),  # * both forms
    ("3000", "叁仟元整", ("人民币叁仟元整", "人民币：叁仟元整", "人民币（大写）：叁仟元整", "叄仟圓整")),
    ("6007.14", "陆仟零柒元壹角肆分", ()),  # *
    ("10000", "壹万元整", ("壹萬圓整",)),
    ("10001", "壹万零壹元整", ()),
    ("10100", "壹万零壹佰元整", ()),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分", ()),  # *
    ("20000.20", "贰万元零贰角", ("贰万元贰角",)),
    ("100000", "壹拾万元整", ("拾万元整",)),
    ("105000", "壹拾万伍仟元整", ("壹拾万零伍仟元整", "拾万零伍仟元整")),
    ("107000.53", "壹拾万柒仟元零伍角叁分", (  # * the annex has the first two of these
        "壹拾万零柒仟元伍角叁分", "壹拾万零柒仟元零伍角叁分", "壹拾万柒仟元伍角叁分",
    )),
    ("110000", "壹拾壹万元整", ()),
    ("1000000.01", "壹佰万元零壹分", ()),
    ("1001000", "壹佰万零壹仟元整", ("壹佰万壹仟元整",)),
    ("10000001", "壹仟万零壹元整", ()),
    ("10010000", "壹仟零壹万元整", ()),
    ("100000000", "壹亿元整", ("壹億元整",)),
    ("100000001", "壹亿零壹元整", ()),
    ("100010000", "壹亿零壹万元整", ()),
    ("100005000", "壹亿零伍仟元整", ("壹亿伍仟元整",)),
    ("100050005", "壹亿零伍万零伍元整", ()),
    ("123456789.01", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分", ()),
    ("150000000", "壹亿伍仟万元整", ()),
    ("1050000000", "壹拾亿伍仟万元整", ("壹拾亿零伍仟万元整",)),
    ("1000000000000", "壹万亿元整", ()),
    ("100000000000000.10", "壹佰万亿元零壹角", ("壹佰万亿元壹角",)),
    ("-3000", "负叁仟元整", ("人民币负叁仟元整",)),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "usual", "others"), TABLE, ids=[row[0] for row in TABLE])
def test_every_rule_about_zeros_by_hand(amount: str, usual: str, others: tuple[str, ...]) -> None:
    assert as_text(Fraction(amount)) == usual
    for text in (usual, *others):
        assert from_text(text).value == Fraction(amount), text


REFUSED = [
    # text, the character at fault (from 0), a word of the reason, what is to be written
    ("", 0, "no amount", ""),
    ("人民币", 3, "no amount", ""),
    ("叁仟", 2, "no 元", ""),
    ("叁仟元", 3, "ends in `整`", "叁仟元整"),
    ("零元", 2, "ends in `整`", "零元整"),
    ("壹元伍分整", 4, "after 分", ""),  # a 零 is missing too: told first or second, it is refused
    ("伍分整", 2, "after 分", "伍分"),
    ("叁仟零零伍元整", 3, "`零`", "叁仟零伍元整"),
    ("壹仟伍元整", 2, "`零` is missing", "壹仟零伍元整"),
    ("壹仟伍拾元整", 2, "`零` is missing", "壹仟零伍拾元整"),
    ("壹佰元伍分", 3, "`零` is missing", "壹佰元零伍分"),
    ("壹万佰元整", 2, "no digit", ""),
    ("叁佰佰元整", 2, "no digit", ""),
    ("壹贰元整", 0, "the unit is missing", ""),
    ("壹零贰元整", 0, "the unit is missing", ""),
    ("壹佰拾元整", 2, "`壹拾`", "壹佰壹拾元整"),
    ("壹万零拾元整", 3, "`壹拾`", "壹万零壹拾元整"),
    ("壹佰零元整", 2, "where none may", "壹佰元整"),
    ("零壹佰元整", 0, "where none may", "壹佰元整"),
    ("壹佰贰拾伍元零肆角", 6, "where none may", "壹佰贰拾伍元肆角"),
    ("壹佰零贰拾元整", 2, "where none may", "壹佰贰拾元整"),
    ("壹万壹万元整", 0, "in order", ""),
    ("壹亿壹亿元整", 0, "in order", ""),
    ("壹拾壹佰元整", 0, "in order", ""),
    ("壹元壹元整", 0, "in order", ""),
    ("壹分壹角", 0, "in order", ""),
    ("壹元整伍角", 0, "in order", ""),
    ("元整", 0, "in order", ""),
    ("三千元整", 0, "write `叁`", ""),
    ("叁千元整", 1, "write `仟`", ""),
    ("叁仟〇伍元整", 2, "write `零`", ""),
    ("壹元伍毛", 3, "write `角`", ""),
    ("壹块整", 1, "write `元`", ""),
    ("3000元整", 0, "no capital numeral", ""),
    ("叁仟元整。", 4, "no capital numeral", ""),
    ("负零元整", 0, "no sign", "零元整"),
]


@pytest.mark.parametrize(("text", "at", "reason", "fix"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_not_written_by_the_rules_is_refused(text: str, at: int, reason: str, fix: str) -> None:
    with pytest.raises(CapitalError) as caught:
        from_text(text)
    if text != "壹元伍分整":
        assert (caught.value.at, caught.value.fix) == (at, fix)
        assert reason in caught.value.en
    assert caught.value.zh


def test_the_place_and_the_fix_count_from_what_was_typed() -> None:
    with pytest.raises(CapitalError) as caught:
        from_text("人民币壹仟伍元整")
    assert (caught.value.at, caught.value.fix) == (5, "人民币壹仟零伍元整")


@given(st.integers(-MOST * 100 + 1, MOST * 100 - 1) | st.integers(-(10**7), 10**7))
def test_what_is_written_reads_as_the_same_amount(cents: int) -> None:
    assert from_text(as_text(Fraction(cents, 100))).value == Fraction(cents, 100)


@given(st.integers(1, 10**14), st.integers(0, 30), st.sampled_from("零壹拾佰仟万亿元角分整"))
def test_an_amount_with_a_character_more_or_less_never_reads_as_another_amount_by_accident(
    cents: int, at: int, extra: str
) -> None:
    """Whatever reads at all reads as what its canonical text says: there is one amount for a text."""
    text = as_text(Fraction(cents, 100))
    for changed in (text[:at] + text[at + 1 :], text[:at] + extra + text[at:]):
        try:
            found = from_text(changed).value
        except CapitalError:
            continue
        again = as_text(found)
        # What may differ from the usual form is a 零, the first 壹 or the last 整, and nothing else.
        loose = changed.replace("零", "").removesuffix("整")
        assert (
            loose
            in {again.replace("零", "").removesuffix("整"), again.replace("零", "").removesuffix("整")[1:]}
            or not found
        )


def test_currencies() -> None:
    assert from_text("港币壹佰元整").currency == from_text("港元壹佰元整").currency == "HKD"
    assert from_text("美元壹佰元整").currency == "USD"
    assert as_text(100, "USD") == "美元壹佰元整"
    with pytest.raises(CapitalError):
        as_text(100, "JPY")


@pytest.mark.parametrize("amount", [Fraction("0.001"), Fraction(1, 3), Fraction(MOST), -Fraction(MOST)])
def test_an_amount_without_capital_numerals_is_refused(amount: Fraction) -> None:
    with pytest.raises(CapitalError):
        as_text(amount)


def test_the_functions_of_the_language() -> None:
    assert FUNCTIONS["in_capitals"](Fraction("10.05"), "CNY") == "壹拾元零伍分"
    assert FUNCTIONS["from_capitals"]("拾元零伍分", "CNY") == Fraction("10.05")
    with pytest.raises(CapitalError) as caught:
        FUNCTIONS["from_capitals"]("港币壹佰元整", "CNY")
    assert "HKD" in caught.value.en
