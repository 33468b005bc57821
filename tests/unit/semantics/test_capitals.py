"""Amounts in capital numerals in contracts: literals, the two functions, parameters; and commas that may be decimal points."""

from __future__ import annotations

import pytest

from semantics.checking import HEAD, LINES, checked, made
from semantics.checking import told as all_told
from slalang.diagnostics.collector import Collector
from slalang.ir.expressions import Builtin, Const, Param
from slalang.semantics.consequences import own
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse

FEE = "fee F each month\n  Customer owes Provider\n  amount = {0}\n  rounding : half up\n  posted : same period\n"


def told(body: str) -> list[tuple[str, int, int]]:
    """What a person is told, without what merely follows: code, line below the head, column."""
    messages = own(checked(HEAD + body)[1], parse(SourceFile("t.sla", HEAD + body), Collector()))
    return [
        (item.code, item.at.line - LINES, item.at.column) for item in messages if item.severity == "error"
    ]


def amount(text: str, more: str = "") -> object:
    (found,) = made(more + FEE.format(text)).program.amounts
    return found.amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("人民币叁仟元整", "3000"),
        ("叁仟元整", "3000"),
        ("叁仟圓正", "3000"),
        ("壹拾万零柒仟元伍角叁分", "10700053/100"),
        ("伍角", "1/2"),
        ("零元整", "0"),
        ('from_capitals("壹万元整")', "10000"),
        ('读大写("人民币（大写）：壹万元整")', "10000"),
        ("from_capitals(壹万元整)", "10000"),
        ("from_capitals(in_capitals(10.05 CNY))", "201/20"),
    ],
)
def test_an_amount_in_capital_numerals_is_an_amount(text, value):
    assert amount(text) == Const("amount:CNY", value)


def test_capital_numerals_stand_next_to_chinese_words_without_spaces():
    (found,) = made(
        "费用 F 每月\n  Customer 应向 Provider\n  金额 = 如果 fee<叁仟元整 则 壹元整 否则 贰元整\n  舍入 : 四舍五入\n  入账于 : 本期\n"
    ).program.amounts
    assert found.amount.then == Const("amount:CNY", "1")
    assert found.amount.orelse == Const("amount:CNY", "2")


def test_a_text_that_a_run_reads_stays_a_call():
    more = "parameter words : text\n"
    assert amount("from_capitals(words)", more) == Builtin(
        "from_capitals", (Param("words", "text"), Const("text", "CNY")), "amount:CNY"
    )


def test_a_text_may_be_typed_in_capital_numerals_without_quotes():
    body = "parameter words : text\nlet same = if words is 壹万元整 then fee else 2 × fee\n" + FEE.format(
        "same"
    )
    (found,) = [one for one in made(body).program.definitions if one.name == "same"]
    assert found.value.condition.args[1] == Const("text", "壹万元整")


def test_a_name_that_only_begins_like_an_amount_is_a_name():
    body = "parameter 伍元店铺 : money\n" + FEE.format("伍元店铺")
    (found,) = made(body).program.amounts
    assert found.amount == Param("伍元店铺", "amount:CNY")


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("壹仟伍元整", "SLA-E0127", 12),
        ("叁仟元", "SLA-E0127", 12),
        ("伍分整", "SLA-E0127", 12),
        ('from_capitals("壹仟伍元整")', "SLA-E0311", 26),
        ('from_capitals("三千元整")', "SLA-E0311", 26),
        ('from_capitals("港币壹佰元整")', "SLA-E0311", 26),
        ("from_capitals(in_capitals(0.001 CNY))", "SLA-E0311", 38),
        ("from_capitals(fee)", "SLA-E0302", 26),
        ("from_capitals(in_capitals(5%))", "SLA-E0302", 38),
        ("美元壹佰元整", "SLA-E0302", 12),
        ("10 USD", "SLA-E0302", 12),
        ("10 USD + 1 USD", "SLA-E0302", 12),
        ("in_capitals(fee, fee)", "SLA-E0201", 12),
    ],
)
def test_what_is_no_amount_of_the_contract_is_refused(text, code, column):
    assert told(FEE.format(text)) == [(code, 3, column)]


def test_the_fix_is_the_amount_as_it_should_be_written():
    _, messages = checked(HEAD + FEE.format("人民币壹仟伍元整"))
    (found,) = [item for item in messages if item.code == "SLA-E0127"]
    assert found.instead == "人民币壹仟零伍元整"
    assert (found.at.line, found.at.column) == (LINES + 3, 12)


def test_an_amount_in_a_table_in_another_currency_is_refused():
    body = (
        "fee F each month\n  Customer owes Provider\n  amount\n    | fee | = value |\n    | >= 0 CNY | 10 USD |\n"
        "  rounding : half up\n  posted : same period\n"
    )
    assert [code for code, _, _ in told(body)] == ["SLA-E0302"]


@pytest.mark.parametrize("cell", ["99,5%", "99，5%", "1,5", "99,50%"])
def test_a_comma_right_between_digits_of_a_cell_is_asked_about(cell):
    body = f"table t\n  | rate | = v |\n  | {cell} | 1 |\n  otherwise 2\n"
    assert [(code, line, column) for code, line, column in told(body)] == [("SLA-E0128", 3, 5)]


def test_a_list_in_a_cell_has_a_space_after_its_comma():
    body = "table t\n  | priority | = v |\n  | High,Low | 1 |\n  otherwise 2\n"
    assert "SLA-E0128" not in [code for code, _, _ in all_told(body)]
