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
    assert [token.type for token in english.tokens] == [token.type for token in chinese.tokens]
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
