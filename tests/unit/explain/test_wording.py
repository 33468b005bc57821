"""Every kind of node has words, in both languages, with the same values in them."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

import slalang.explain
from slalang.explain.tree import Node, Word, node
from slalang.explain.wording.events import EVENT
from slalang.explain.wording.lexicon import GROUPS, word
from slalang.explain.wording.say import FRAMES, HEADS, ROWS, Voice, say

FOLDER = Path(slalang.explain.__file__).parent
EN, ZH = Voice("en", "Asia/Shanghai"), Voice("zh", "Asia/Shanghai")


def names(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def literal_kinds():
    """The kinds that the sources name in `node("…")` and `worded("…")`."""
    found = {}
    for path in FOLDER.rglob("*.py"):
        for item in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(item, ast.Call) and isinstance(item.func, ast.Name)):
                continue
            if item.func.id not in {"node", "worded", "_told"} or not item.args:
                continue
            first = item.args[0]
            choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            for choice in choices:
                if isinstance(choice, ast.Constant):
                    found.setdefault(choice.value, path.name)
    return found


def test_kinds_are_found_at_all():
    assert {"verdict", "stretch", "margin.name", "flip.none"} <= set(literal_kinds())


@pytest.mark.parametrize("kind", sorted(literal_kinds()))
def test_a_kind_that_is_made_has_words(kind):
    assert kind in FRAMES or kind in ROWS


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_both_languages_say_the_same_values(kind):
    frame = FRAMES[kind]
    assert names(frame.en) == names(frame.zh)
    assert frame.en.count("[[") == frame.zh.count("[[") == frame.zh.count("]]")


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_rows_say_the_same_values_in_both_languages(kind):
    for cell in ROWS[kind]:
        assert names(cell.en) == names(cell.zh)


def test_heads_stand_over_as_many_cells():
    for kind, row in (("events", "event"), ("clock", "stretch"), ("time", "stretch"), ("gaps", "gap"), ("dates", "date"),
                      ("counts", "count"), ("members", "member"), ("left_out", "out")):  # fmt: skip
        assert len(HEADS[kind]) == len(ROWS[row])


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_words_are_said_in_both_languages(group):
    for key, said in GROUPS[group].items():
        assert said.en
        assert any("\u4e00" <= char <= "\u9fff" for char in said.zh), key


def test_a_contracts_own_event_is_said_without_its_dot():
    assert (
        word("order.really_paid", "event", "en")
        == word("order.really_paid", "event", "zh")
        == "order really paid"
    )
    assert word("线路.恢复", "event", "zh") == "线路恢复"
    assert word("线路.恢复", "event", "en") == "线路 恢复"


@pytest.mark.parametrize(
    ("id_", "beside", "alone", "chinese"),
    [
        ("e-1", "e-1", "e-1", "e-1"),
        ("Sold.expiry:e-1", "from e-1", "end of the limit of Sold (e-1)", "Sold 期满（e-1）"),
        (
            "A.discharge:B.breach:e:1",
            "from breach of B (e:1)",
            "discharge of A (breach of B (e:1))",
            "A 履行（B 违约（e:1））",
        ),
        (
            "all_paid.crossing:B-1#2",
            "B-1, time 2",
            "all_paid became true (B-1, time 2)",
            "all_paid 转为成立（B-1，第 2 次）",
        ),
        ("all_paid.crossing:#1", "time 1", "all_paid became true (time 1)", "all_paid 转为成立（第 1 次）"),
        (
            "agreement.ended:A:2009-12-31",
            "A 2009-12-31",
            "the agreement ended (A 2009-12-31)",
            "合同终止（A 2009-12-31）",
        ),
    ],
)
def test_the_id_of_what_followed_is_said_by_what_it_rests_on(id_, beside, alone, chinese):
    assert word(id_, "id", "en") == beside
    assert word(id_, "id_alone", "en") == alone
    assert word(id_, "id_alone", "zh") == chinese


def test_every_event_of_the_standard_library_has_words():
    declared = {
        line.removeprefix("event ").strip()
        for path in (Path(__file__).parents[3] / "stdlib").glob("*.sla")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("event ")
    }
    assert len(declared) > 80
    assert declared - set(EVENT) == set()
    assert not [one for one in EVENT.values() if one.zh.isascii() or "." in one.en + one.zh]


def test_a_contracts_own_word_stands_as_it_is_written():
    assert word("some_choice", "choice", "en") == "some choice"


def test_a_part_whose_value_is_missing_is_left_out():
    assert say(node("is.met"), EN) == "met"
    assert say(node("rule", clause="2.1"), ZH) == "规则：条款 2.1"


def test_what_a_value_says_is_never_taken_for_a_template():
    assert say(node("rule.text", text="{clause} [[x]]"), EN) == 'it says in short: "{clause} [[x]]"'


def test_a_list_is_said_with_the_languages_comma():
    found = Node("evidence", (("ids", ("e-1", "e-2")),))
    assert say(found, EN) == "Events it rests on: e-1, e-2"
    assert say(found, ZH) == "依据的事件：e-1、e-2"
    assert say(node("row.input", name="x", value=Word("true", "said")), ZH) == "x = 是"


def test_every_step_of_counting_days_has_words():
    from typing import get_args

    from slalang.explain.wording.lexicon import DATE
    from slalang.values.counting import What

    # `counted` is told as `civil` or `working_days`, backward as `backward`; its own words serve the rest.
    assert set(get_args(What)) <= set(DATE)
