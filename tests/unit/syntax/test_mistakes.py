"""Mistakes as people make them: one diagnostic each, with the code, the place and the words expected here, by hand."""

from __future__ import annotations

import pytest

from slalang.diagnostics.as_text import message
from slalang.diagnostics.collector import Collector
from slalang.source.text import SourceFile
from slalang.syntax import errors
from slalang.syntax.parse import parse


def found(text, name="contract.sla"):
    collector = Collector()
    parse(SourceFile(name, text), collector)
    return collector.sorted()


def only(text):
    (diagnostic,) = found(text)
    return diagnostic


DUTY = "obligation R\n  "

# text, code, line and column of the first character told about, what is underlined, a piece of the English and of the
# Chinese message
MISTAKES = {
    "a misspelt first word": ('contrat "x" version "1"', "0103", 1, 1, "contrat", "`contract`", "`contract`"),
    "a misspelt first word that could be a name": (
        "metic A each month",
        "0103",
        1,
        1,
        "metic",
        "`metric`",
        "`metric`",
    ),
    "a first word in Chinese": ("条欵 1", "0103", 1, 1, "条欵", "`条款`", "`条款`"),
    "the half of a first word": (
        "standing A",
        "0103",
        1,
        1,
        "standing",
        "`standing duty`",
        "`standing duty`",
    ),
    "nonsense in a block with few sentences": (
        *('reading R "q"\n  blah x', "0103", 2, 3, "blah", "`option`, `chosen`", "`option`、`chosen`"),
    ),
    "a misspelt word": (DUTY + "from a untl b", "0101", 2, 10, "untl", "write `until`", "改为 `until`"),
    "a misspelt Chinese word": (
        "义务 R\n  甲方 应想 乙方",
        "0101",
        2,
        6,
        "应想",
        "write `应向`",
        "改为 `应向`",
    ),
    "a wrong kind of thing": (
        "party P 5",
        "0101",
        1,
        9,
        "5",
        "a text in quotes or the end",
        "引号中的文字或行末",
    ),
    "an equals sign for `is`": (
        DUTY + "for each t where a = b",
        "0101",
        2,
        22,
        "=",
        "write `is`",
        "改为 `is`",
    ),
    "an unfinished line": ("time zone", "0102", 1, 10, "", "a time zone such as", "时区，如"),
    "an unfinished Chinese line": ("时区　", "0102", 1, 3, "", "a time zone such as", "时区，如"),
    "Chinese words run together": (
        *(
            "义务 R\n  工单公布至少 48 小时 早于 开始",
            "0101",
            2,
            10,
            "48",
            "`工单公布 至少`",
            "`工单公布 至少`",
        ),
    ),
    "a text that is not closed": ('source "abc # no comment', "0104", 1, 8, '"abc', 'with `"`', '用 `"`'),
    "a Chinese text that is not closed": ("来源 「甲", "0104", 1, 4, "「甲", "with `」`", "用 `」`"),
    "a name that is not closed": ("party `abc", "0105", 1, 7, "`", "backtick", "反引号"),
    "a stray character": ("party P ~", "0106", 1, 9, "~", "U+007E", "U+007E"),
    "an emoji": ("party 😀", "0106", 1, 7, "😀", "U+1F600", "U+1F600"),
    "an unknown unit": (DUTY + "within <= 5 minuts", "0107", 2, 15, "minuts", "`minutes`", "`minutes`"),
    "an unknown Chinese unit": ("义务 R\n  限 <= 5 分种", "0107", 2, 10, "分种", "`分钟`", "`分钟`"),
    "a unit that is like none": (DUTY + "within <= 5 furlongs", "0107", 2, 15, "furlongs", "`min`", "`min`"),
    "a missing unit": (DUTY + "each 10", "0108", 2, 8, "10", "`min`", "`min`"),
    "a tab": ('clause 1\n\t"text"', "0109", 2, 1, "\t", "a tab", "制表符"),
    "an indentation between two levels": (
        *('clause 1\n    "a"\n  "b"', "0110", 3, 1, "  ", "`0`, `4`", "`0`、`4`"),
    ),
    "a sentence at the edge": ("within <= 4 h", "0111", 1, 1, "within", "`obligation`", "`obligation`"),
    "a Chinese sentence at the edge": ("限 <= 4 小时", "0111", 1, 1, "限", "`义务`", "`义务`"),
    "a sentence in the wrong block": (
        DUTY + 'set off against "a"',
        "0111",
        2,
        3,
        "set off against",
        "`credit`",
        "`credit`",
    ),
    "a sentence one level too deep": (
        *(
            "obligation R\n  once\n    within <= 4 h",
            "0111",
            3,
            5,
            "within",
            "align it with line 2",
            "与第 2 行对齐",
        ),
    ),
    "a heading in a block": (
        "clause 1\n  currency CNY",
        "0111",
        2,
        3,
        "currency",
        "edge of the file",
        "顶格",
    ),
    "a parenthesis that is not closed": ("let a = (1 + 2", "0114", 1, 9, "(", "with `)`", "用 `)`"),
    "a bracket that is not closed": ("let a = b in [1, 2", "0114", 1, 14, "[", "with `]`", "用 `]`"),
    "an equality of programs": (
        DUTY + "for each t where a == b",
        "0115",
        2,
        22,
        "==",
        "write `is`",
        "改为 `is`",
    ),
    "an equality of programs in Chinese": (
        *("义务 R\n  对每个 t 其中 a == b", "0115", 2, 14, "==", "write `为`", "改为 `为`"),
    ),
    "an arrow for a comparison": (DUTY + "holds a => b", "0115", 2, 11, "=>", "write `>=`", "改为 `>=`"),
    "an inequality of programs": (
        DUTY + "holds a != b",
        "0115",
        2,
        11,
        "!=",
        "write `is not`",
        "改为 `is not`",
    ),
    "a policy without its colon": (
        *(
            "metric M each month\n  pooling verdicts pooled",
            "0116",
            2,
            11,
            "verdicts",
            "`pooling : verdicts",
            "`pooling :",
        ),
    ),
    "single quotes": ("source 'abc'", "0117", 1, 8, "'abc'", '`"abc"`', '`"abc"`'),
    "single quotes in Chinese": ("来源 ＇甲＇", "0117", 1, 4, "＇甲＇", "`「甲」`", "`「甲」`"),
    "a date that does not exist": (
        "effective from 2026-02-30",
        "0118",
        1,
        16,
        "2026-02-30",
        "calendar",
        "日历",
    ),
    "a month that does not exist": (
        *('scenario "s"\n  expect R 2026-13 is 1', "0118", 2, 12, "2026-13", "calendar", "日历"),
    ),
    "a time that does not exist": (
        "calendar C\n  mon 09:00 to 25:00",
        "0119",
        2,
        16,
        "25:00",
        "`24:00`",
        "`24:00`",
    ),
    "a limit without a comparator": (DUTY + "within 4 h", "0120", 2, 10, "4 h", "`<= 4 h`", "`<= 4 h`"),
    "a Chinese limit without a comparator": (
        "义务 R\n  限4小时",
        "0120",
        2,
        4,
        "4小时",
        "`<= 4小时`",
        "`<= 4小时`",
    ),
    "a number with too many digits": ("let a = " + "1" * 41, "0121", 1, 9, "1" * 41, "40 digits", "40 位"),
    "numerals that are no number": (
        "let a = 百分之五六",
        "0122",
        1,
        9,
        "百分之五六",
        "no number",
        "不是一个数",
    ),
    "a zeroth day": (DUTY + "by day 0 of the month", "0123", 2, 10, "0", "one", "一"),
    "a minimum from above": (
        *("metric M each month\n  minimum run < 5 min", "0124", 2, 3, "minimum run < 5 min", "lower", "下限"),
    ),
    "an interval without a space": (
        DUTY + "holds a in [1,100)",
        "0125",
        2,
        15,
        "1,100",
        "`1, 100`",
        "`1, 100`",
    ),
    "a row without its end": ("table t\n  | a | b", "0126", 2, 10, "", "`|`", "`|`"),
}


@pytest.mark.parametrize("claim", MISTAKES)
def test_a_mistake_is_told_once_where_it_stands_and_in_both_languages(claim):
    text, code, line, column, underlined, english, chinese = MISTAKES[claim]
    diagnostic = only(text)
    assert diagnostic.code == f"SLA-E{code}"
    assert (diagnostic.at.line, diagnostic.at.column, diagnostic.at.text) == (line, column, underlined)
    assert english in message(diagnostic, "en")
    assert chinese in message(diagnostic, "zh")


def test_three_mistakes_are_three_diagnostics_and_the_lines_between_are_read():
    text = """contract "A" version "1.0"
clause 1 "One"
  obligation First
    for each ticket wher priority is High
    from opened until first responded
    within <= 4 hous
    owes Customer

clause 2 "Two"
  table t
    | a | = b |
    | 1 | 2   |
"""
    collector = Collector()
    document = parse(SourceFile("c.sla", text), collector)
    assert [(one.code, one.at.line) for one in collector.sorted()] == [
        ("SLA-E0101", 4),
        ("SLA-E0107", 6),
        ("SLA-E0103", 7),
    ]
    duty = document.sentences[1].children[0]
    assert [child.kind for child in duty.children] == ["from_until"]
    assert len(document.sentences[2].children[0].children) == 2


def test_lines_below_a_line_that_is_not_understood_are_checked_but_not_for_their_place():
    text = "obligatoin R\n  for each ticket\n  within <= 5 minuts\n  when a\nclause 1"
    assert [(one.code, one.at.line) for one in found(text)] == [("SLA-E0103", 1), ("SLA-E0107", 3)]


def test_an_open_parenthesis_costs_its_own_line_only():
    text = "let a = (1 +\nlet b = 2\nclause 1\n  let c = 3"
    collector = Collector()
    document = parse(SourceFile("c.sla", text), collector)
    assert [one.code for one in collector.sorted()] == ["SLA-E0114"]
    assert [one.kind for one in document.sentences] == ["let", "clause"]


def test_many_tabs_are_one_diagnostic_with_their_number():
    diagnostic = only('clause 1\n\t"a"\n\t"b"\n\tobligation R\n\t\tonce\n')
    assert (diagnostic.code, diagnostic.at.line, diagnostic.more) == ("SLA-E0109", 2, 3)


def test_a_misspelt_word_can_be_mended_by_an_editor():
    diagnostic = only("obligation R\n  from a untl b")
    assert (diagnostic.fix.span.text, diagnostic.fix.text) == ("untl", "until")


def test_mistakes_in_markdown_point_into_the_markdown():
    text = "# Contract\n\n> ```slalang\n> party P 5\n> ```\n"
    (diagnostic,) = found(text, "contract.md")
    assert (diagnostic.code, diagnostic.at.line, diagnostic.at.column) == ("SLA-E0101", 4, 11)


@pytest.mark.parametrize("message_class", errors.CODES, ids=lambda one: one.__name__)
def test_the_examples_of_a_manual_page_do_what_they_claim(message_class):
    if not message_class.bad:
        assert message_class in {errors.TooDeep, errors.LineTooLong, errors.NumberTooLong}
        return
    assert message_class.code in [one.code for one in found(message_class.bad)]
    assert message_class.code not in [one.code for one in found(message_class.good)]


def test_a_misspelt_word_is_found_where_it_stands_though_the_line_breaks_off_after_it():
    text = 'clause 1 "x"\n  obligation A\n    from opened until frist responded\n'
    collector = Collector()
    parse(SourceFile("t.sla", text), collector)
    (found,) = [item for item in collector.sorted() if item.code == "SLA-E0101"]
    assert (found.at.line, found.at.column, found.at.text, found.nearest) == (3, 23, "frist", "first")


@pytest.mark.parametrize(
    ("line", "place", "instead"),
    [
        ("let a = 1.000,50 EUR", "1.000,50", "1,000.50"),
        ("let a = 0,90 EUR", "0,90", "0.90"),
        ("let a = x <= if b then 1 h else 2 h", "if b then 1 h else 2 h", "(if b then 1 h else 2 h)"),
        (
            "let a = x <= if (b) then 1 h else 2 h  # why",
            "if (b) then 1 h else 2 h",
            "(if (b) then 1 h else 2 h)",
        ),
        ("定义 a = 1 + 如果 b 则 2 否则 3", "如果 b 则 2 否则 3", "(如果 b 则 2 否则 3)"),
        ("let a = 5 RMB", "RMB", "CNY"),
    ],
)
def test_a_number_or_a_choice_written_another_way_is_told_how_to_write(line, place, instead):
    (one,) = found(line)
    assert one.at.text == place
    assert one.fix is not None
    assert one.fix.text == instead
    assert not found(line.replace(place, instead))


def test_the_lines_after_a_tab_are_not_told_of_too():
    text = 'scenario "x"\n  given\n    2026-03-02 09:00 ticket T-1 opened\n\t2026-03-02 10:00 ticket T-1 closed\n    2026-03-02 11:00 ticket T-2 opened\n  as of 2026-03-03\n'
    assert [item.code for item in found(text)] == ["SLA-E0109"]
