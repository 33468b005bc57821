"""The grammar as it is stored: current, without surprises, and one table for everything bilingual."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from slalang import resources
from slalang.syntax.grammar import compile as compiler
from slalang.syntax.grammar.tables import tables
from slalang.syntax.grammar.words import is_chinese, words
from slalang.syntax.sentences import SENTENCES


@pytest.fixture(scope="module")
def compiled():
    return compiler.build()


def test_the_stored_tables_are_those_of_the_grammar(compiled):
    stored = resources.text("grammar/compiled.json")
    assert compiler.as_json(compiled) == stored, "run `python -m slalang.syntax.grammar.compile`"


def test_every_conflict_is_one_where_the_longer_reading_is_meant(compiled):
    # An operator or a comma after something that could already end goes on with it: `count of a where x is 1 + 2`,
    # `a is one of x, y`, `share met of A, B`, `gaps … to …, … to …`, `responded or assigned`.
    greedy = {
        "PLUS",
        "MINUS",
        "TIMES",
        "DIVIDED",
        "LT",
        "LE",
        "GT",
        "GE",
        "IS",
        "IS_NOT",
        "IS_ONE_OF",
        "IN",
        "AND",
        "OR",
        "OVER",  # `sum of largest of x over y`: of the inner one
        "IN_BINS_OF",  # `sum of largest of x over y in bins of 5 min`: of the inner one
    }
    lists = {"names", "operands", "check"}
    for conflict in compiled.conflicts:
        terminal, rule = re.fullmatch(r"_?(\w+) after <(\w+) : .*>", conflict).groups()
        assert terminal in greedy or (terminal == "COMMA" and rule in lists), conflict


def test_the_grammar_has_a_rule_for_every_kind_of_sentence():
    other_names = {"until_only": "from_until", "claim_through": "claim", "cal_every_day": "cal_week"}
    assert {other_names.get(kind, kind) for kind in tables().begins} == set(SENTENCES)


def test_a_spelling_that_stands_for_two_words_at_one_place_is_refused():
    known = {"FROM": [["from"], ["自"], "", "rules"], "ALSO_FROM": [["from"], ["由"], "", "rules"]}
    with pytest.raises(compiler.CannotCompile, match="`from` stands for each of"):
        compiler._unambiguous(known, ['{"FROM": 1, "ALSO_FROM": 2}'])
    assert compiler._unambiguous(known, ['{"FROM": 1}', '{"ALSO_FROM": 2}']) == known


@pytest.mark.parametrize(
    "word", [word for word in words().values() if word.group != "money"], ids=lambda word: word.id
)
def test_a_word_has_spellings_in_both_languages(word):
    assert word.en
    assert word.zh
    assert all(spelling.isascii() for spelling in word.en)
    assert all(is_chinese(spelling.lstrip("，")[0]) for spelling in word.zh)
    assert word.en[0].startswith(",") == word.zh[0].startswith("，")


def test_spellings_are_listed_once():
    for word in words().values():
        assert len({*word.en, *word.zh}) == len(word.en) + len(word.zh), word


def test_parsing_needs_no_lark_and_no_pydantic():
    code = (
        "import sys, slalang.syntax.parse as p, slalang.syntax.format as f;"
        "f.format_text('let a = 1\\n', 'zh');"
        "print([name for name in ('lark', 'pydantic', 'click', 'tomllib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
