"""Every sentence and every word in English and in Chinese: the same tree, and each text formatted gives the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text, shape
from slalang.syntax.grammar.words import words
from slalang.syntax.parse import parse
from slalang.syntax.sentences import SENTENCES

FOLDER = Path(__file__).parents[2] / "cases/syntax/good/both_surfaces_say_the_same"
ENGLISH = (FOLDER / "english.sla").read_text("utf-8")
CHINESE = (FOLDER / "chinese.sla").read_text("utf-8")


def read(text, name="contract.sla"):
    collector = Collector()
    document = parse(SourceFile(name, text), collector)
    assert messages(collector) == ""
    return document


def every(sentences):
    for sentence in sentences:
        yield sentence
        yield from every(sentence.children)


def kinds(sentence):
    """The tokens' types; `5 CNY` and `5 元` are an amount each, one with a code, one with a unit."""
    return [token.type.replace("CURRENCY_CODE", "MONEY_UNIT") for token in sentence.tokens]


LINES = [
    pytest.param(english, chinese, id=f"line {number}")
    for number, (english, chinese) in enumerate(
        zip(every(read(ENGLISH).sentences), every(read(CHINESE).sentences), strict=True)
    )
]


def test_the_two_files_have_the_same_tree():
    assert list(shape(read(ENGLISH))) == list(shape(read(CHINESE)))


@pytest.mark.parametrize(("english", "chinese"), LINES)
def test_a_line_is_the_same_sentence_in_both_languages(english, chinese):
    assert kinds(english) == kinds(chinese)
    assert english.kind == chinese.kind


def test_the_files_hold_every_kind_of_sentence():
    assert set(SENTENCES) - {sentence.kind for sentence in every(read(ENGLISH).sentences)} == set()


def test_the_files_hold_every_word():
    used = {token.type for sentence in every(read(ENGLISH).sentences) for token in sentence.tokens}
    money = {word.id for word in words().values() if word.group == "money"}
    assert set(words()) - money - used == set()


def test_every_part_of_a_sentence_is_one_that_the_table_names():
    for sentence in every(read(ENGLISH).sentences):
        assert list(sentence.parts) == list(SENTENCES[sentence.kind][1]), sentence.kind


def test_formatting_to_the_other_language_gives_the_other_file():
    assert format_text(ENGLISH, "zh") == CHINESE
    assert format_text(CHINESE, "en") == ENGLISH


def test_both_files_are_written_the_one_way():
    assert format_text(ENGLISH) == ENGLISH
    assert format_text(CHINESE) == CHINESE
    assert format_text(ENGLISH, "en") == ENGLISH
    assert format_text(CHINESE, "zh") == CHINESE


TWINS = [
    ("let a = min(1, 2) + max(3, abs(4))", "定义 a = 较小(1，2) + 较大(3，绝对值(4))"),
    ("let b = round_nearest(round_up(x, 1 s), 2 s)", "定义 b = 舍入(进位(x，1 秒)，2 秒)"),
    ('let c = from_capitals("壹元整")', "定义 c = 读大写(「壹元整」)"),
    ("let d = 3 ten thousand CNY + 0.5 hundred million CNY", "定义 d = 3 万元 + 0.5 亿元"),
    ("let e = 3 USD + 4 HKD + 5 EUR + 6 JPY + 7 GBP", "定义 e = 3 美元 + 4 港元 + 5 欧元 + 6 日元 + 7 英镑"),
    ("let f = 2 ten thousand + 1 hundred million", "定义 f = 2 万 + 1 亿"),
    ("let g = ¥3 ten thousand + ¥3,000 + $5 hundred million", "定义 g = ¥3万 + ¥3,000 + $5亿"),
    ("let h = 3 SGD", "定义 h = 3 SGD"),  # a currency without a Chinese unit of ours
    ("ends on agreement.suspended", "终止于 协议.中止"),
]


@pytest.mark.parametrize(("english", "chinese"), TWINS)
def test_the_names_that_the_language_gives_are_switched_too(english, chinese):
    assert format_text(english, "zh") == chinese + "\n"
    assert format_text(chinese, "en") == english + "\n"
    assert list(shape(read(english))) == list(shape(read(chinese)))
    assert format_text(english) == english + "\n"
    assert format_text(chinese) == chinese + "\n"


RULE = """
{declared}obligation Pay
  for each bill
  from {what} until settled
"""


@pytest.mark.parametrize(
    ("declared", "english", "chinese"),
    [
        ("signal high\n  = true\n", "high.crossed", "high.成立"),
        ("obligation Bill\n", "Bill.breached where late", "Bill.违约 其中 迟延"),
        ("obligation Bill\n", "Bill.discharged", "Bill.履行"),
        ("right Leave of A\n", "Leave.exercised", "Leave.行使"),
        ("obligation Bill\n", "Bill.expired", "Bill.届满"),
        # what the contract declares itself keeps its name
        ("event bill.breached\n", "bill.breached", "bill.breached"),
        ("event agreement.ended\n", "agreement.ended", "agreement.ended"),
        ("event bill.paid\n  field late : bool\n", "bill.paid where late", "bill.paid 其中 late"),
        ("table crossed\n", "unknown.crossed", "unknown.crossed"),
    ],
)
def test_derived_events_are_switched_and_the_contracts_own_are_not(declared, english, chinese):
    text = RULE.format(declared=declared, what=english).lstrip()
    over = format_text(text, "zh")
    assert f"自 {chinese} 至 settled" in over
    assert format_text(over, "en") == format_text(text, "en")


def test_a_signal_of_a_library_is_switched_with_the_library_at_hand():
    library = read("library std.x\nsignal high\n  = true\n")
    text = "use std.x\n" + RULE.format(declared="", what="high.crossed")
    assert "high.crossed" in format_text(text, "zh")
    over = format_text(text, "zh", load=lambda name: library if name == "std.x" else None)
    assert "high.成立" in over
    assert "high.crossed" in format_text(over, "en", load=lambda _: library)
