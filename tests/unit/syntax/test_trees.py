"""What a line means: names, exact numbers, precedence, patterns and spans, worked out by hand."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse
from slalang.syntax.tree import Binary, DateValue, Interval, Measured, Name, Number

HOUR = 3_600_000_000


def sentences(text, name="contract.sla"):
    collector = Collector()
    document = parse(SourceFile(name, text), collector)
    assert messages(collector) == ""
    return document.sentences


def value(expression):
    return sentences(f"let it = {expression}")[0].parts["value"]


def told(node):
    """An expression as text with every operator in parentheses."""
    match node:
        case Binary(op, left, right):
            return f"({told(left)} {op} {told(right)})"
        case Name(parts):
            return ".".join(parts)
        case Number(number):
            return str(number)
        case _ if hasattr(node, "op"):
            return f"({node.op} {told(node.arg)})"
    return type(node).__name__


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a or b and c", "(a or (b and c))"),
        ("not a and b", "((not a) and b)"),
        ("not a is b", "(not (a is b))"),
        ("a + b × c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b × c", "((a / b) * c)"),
        ("- a × b", "((- a) * b)"),
        ("(a + b) ÷ 2", "((a + b) / 2)"),
        ("a + 1 <= b × 2", "((a + 1) <= (b * 2))"),
        ("a is not b or c", "((a is_not b) or c)"),
        ("a-b - c", "(a-b - c)"),
        ("a ＋ b－ c", "((a + b) - c)"),
    ],
)
def test_operators_bind_as_the_language_page_says(text, expected):
    assert told(value(text)) == expected


@pytest.mark.parametrize(
    ("text", "amount", "unit", "currency"),
    [
        ("15 min", 15, "MINUTE", ""),
        ("15分钟", 15, "MINUTE", ""),
        ("１５　分钟", 15, "MINUTE", ""),
        ("1.5 h", Fraction(3, 2), "HOUR", ""),
        ("500 ms", 500, "MILLISECOND", ""),
        ("2 周", 2, "WEEK", ""),
        ("3 个工作日", 3, "WORKING_DAY", ""),
        ("3 business days", 3, "WORKING_DAY", ""),
        ("99.9%", Fraction(999, 1000), "PERCENT", ""),
        ("９９．９％", Fraction(999, 1000), "PERCENT", ""),
        ("5‰", Fraction(5, 1000), "PERMILLE", ""),
        ("百分之五", Fraction(5, 100), "PERCENT", ""),
        ("百分之九十九点九", Fraction(999, 1000), "PERCENT", ""),
        ("百分之十五", Fraction(15, 100), "PERCENT", ""),
        ("百分之百", 1, "PERCENT", ""),
        ("千分之五", Fraction(5, 1000), "PERMILLE", ""),
        ("万分之一", Fraction(1, 10_000), "PERCENT", ""),
        ("百分之0.5", Fraction(5, 1000), "PERCENT", ""),
        ("2 个百分点", 2, "POINT", ""),
        ("10000 CNY", 10_000, "AMOUNT", "CNY"),
        ("¥3,000", 3000, "AMOUNT", "CNY"),
        ("￥3，000.50", Fraction(300_050, 100), "AMOUNT", "CNY"),
        ("$50", 50, "AMOUNT", "USD"),
        ("3 万元", 30_000, "AMOUNT", "CNY"),
        ("1.2亿元", 120_000_000, "AMOUNT", "CNY"),
        ("¥3万", 30_000, "AMOUNT", "CNY"),
        ("5000 元", 5000, "AMOUNT", "CNY"),
        ("1,234,567 USD", 1_234_567, "AMOUNT", "USD"),
    ],
)
def test_a_literal_is_exact(text, amount, unit, currency):
    found = value(text)
    assert isinstance(found, Measured)
    assert (found.value, found.unit, found.currency) == (amount, unit, currency)


@pytest.mark.parametrize(
    ("text", "number"), [("1,000", 1000), ("100 万", 1_000_000), ("0.1", Fraction(1, 10))]
)
def test_a_bare_number_is_exact(text, number):
    assert value(text).value == number


@pytest.mark.parametrize(
    ("text", "day", "at", "end"),
    [
        ("2026-03-02", date(2026, 3, 2), None, False),
        ("2009年3月1日", date(2009, 3, 1), None, False),
        ("2026-03-02 09:00", date(2026, 3, 2), time(9), False),
        ("2026-03-02 ０９：００", date(2026, 3, 2), time(9), False),
        ("2026-03-02 09:00:30.000001", date(2026, 3, 2), time(9, 0, 30, 1), False),
        ("2026-03-02 24:00", date(2026, 3, 2), time(0), True),
    ],
)
def test_a_date(text, day, at, end):
    found = value(text)
    assert isinstance(found, DateValue)
    assert (found.day, found.at, found.end_of_day) == (day, at, end)


def test_an_interval_says_which_ends_belong_to_it():
    found = value("uptime in (95%, 99%]").interval
    assert isinstance(found, Interval)
    assert (found.low_in, found.high_in) == (False, True)
    assert (found.low.value, found.high.value) == (Fraction(95, 100), Fraction(99, 100))


def test_a_calendar_line_has_days_and_microseconds():
    (calendar,) = sentences("calendar C\n  fri to mon 22:00 to 06:00 next day, 00:00 to 24:00")
    assert calendar.children[0].parts == {
        "days": (4, 5, 6, 0),
        "spans": ((22 * HOUR, 30 * HOUR), (0, 24 * HOUR)),
    }


def test_a_pattern_is_any_of_its_events():
    (duty,) = sentences('obligation R\n  from a or first b until last c where x is "y", d')
    end = duty.children[0].parts["end"]
    assert [(event.name.text, event.pick, event.where is None) for event in end.events] == [
        ("c", "last", False),
        ("d", "", True),
    ]
    assert [event.pick for event in duty.children[0].parts["start"].events] == ["", "first"]


def test_only_until_has_no_start():
    (duty,) = sentences("obligation R\n  until reported")
    assert duty.children[0].parts["start"] is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("by day 5 of the next month", (True, "month", 1, 5, "day")),
        ("before day 5 of the next month", (False, "month", 1, 5, "day")),
        ("by working day 3 of the quarter", (True, "quarter", 0, 3, "working_day")),
        ("by last day of the month", (True, "month", 0, -1, "day")),
        ("by end of the period", (True, "period", 0, 0, "day")),
    ],
)
def test_a_point_of_a_period(line, expected):
    parts = sentences(f"obligation R\n  {line}")[0].children[0].parts
    assert tuple(parts[name] for name in ("inclusive", "unit", "offset", "nth", "day")) == expected
    assert parts["calendar"] is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("each month", ("month", 1, None)),
        ("each Sunday", ("week", 1, 6)),
        ("每周一", ("week", 1, 0)),
        ("每 周一", ("week", 1, 0)),
        ("each 10 min", ("minute", 10, None)),
        ("each 30 s", ("us", 30_000_000, None)),
        ("each working day", ("working_day", 1, None)),
    ],
)
def test_a_schedule(line, expected):
    parts = sentences(f"obligation R\n  {line}")[0].children[0].parts
    assert (parts["unit"], parts["n"], parts["weekday"]) == expected


def test_a_head_cell_has_a_result_and_a_hole():
    (table,) = sentences("table t\n  | level | = respond | = 2 × fee × |\n  | a, b | | any |")
    head, row = (child.parts["cells"] for child in table.children)
    assert [(cell.result, cell.hole) for cell in head] == [(False, ""), (True, ""), (True, "*")]
    assert told(head[2].values[0]) == "(2 * fee)"
    assert [len(cell.values) for cell in row] == [2, 0, 1]


def test_a_help_text_after_the_values_of_a_parameter():
    (parameter,) = sentences('parameter p : text, one of a, b, "which"')
    kinds = [(one[0], len(one) - 1) for one in parameter.parts["domain"]]
    assert kinds == [("one_of", 2), ("help", 1)]


def test_texts_in_any_quotes():
    texts = ['"a ""b"" c"', "“a b”", "「a『b』」", "『a「b」』", "＂a＂"]
    found = [sentences(f"source {text}")[0].parts["text"].value for text in texts]
    assert found == ['a "b" c', "a b", "a『b』", "a「b」", "a"]


def test_a_word_is_a_keyword_only_where_the_grammar_takes_it():
    duty = sentences("obligation until\n  from from until until\n  within limit.within")[0]
    assert duty.parts["name"].text == "until"
    start, end = (duty.children[0].parts[part].events[0].name.text for part in ("start", "end"))
    assert (start, end) == ("from", "until")
    assert duty.children[1].parts["limit"].text == "limit.within"


def test_backticks_make_a_name():
    duty = sentences("obligation R\n  from `first` until `last resolved`")[0]
    start, end = (duty.children[0].parts[part].events[0] for part in ("start", "end"))
    assert (start.name.text, start.pick, end.name.text) == ("first", "", "last resolved")


def test_the_longest_spelling_wins():
    assert [
        one.kind for one in sentences("obligation R\n  by day 5 of the month\n  by `day`\n")[0].children
    ] == [
        "by_point",
        "by_date",
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("自opened至首次responded", ["opened", "responded"]),
        ("自 工单开启 至 首次 响应", ["工单开启", "响应"]),
        ("from opened至首次responded", ["opened", "responded"]),
        ("自SLA达标率开始 until x", ["SLA达标率开始", "x"]),
    ],
)
def test_chinese_words_that_run_into_names(line, names):
    parts = sentences(f"义务 R\n  {line}")[0].children[0].parts
    assert [parts[part].events[0].name.text for part in ("start", "end")] == names


def test_a_chinese_name_is_taken_whole_when_the_sentence_can_be_read_so():
    (duty,) = sentences("义务 限期履行\n  自来水公司 应向 乙方\n  对每个工单")
    assert duty.parts["name"].text == "限期履行"
    assert duty.children[0].parts["debtor"].text == "自来水公司"
    assert duty.children[1].parts["entity"].text == "工单"


def test_spans_are_those_of_the_text_as_typed():
    text = "\ufeff义务　Ｒ１  # 注\n　限＜＝４小时\n"
    (duty,) = sentences(text)
    assert duty.parts["name"].text == "R1"
    assert duty.parts["name"].span.text == "Ｒ１"
    limit = duty.children[0].parts["limit"]
    assert (limit.span.text, limit.span.line, limit.span.column) == ("＜＝４小时", 2, 3)
    assert [token.text for token in duty.children[0].tokens] == ["限", "＜＝", "４", "小时"]


def test_a_parenthesis_carries_a_sentence_on():
    (one, two) = sentences("let a = min(  # first\n    1,\n\n    # between\n    2\n)\nlet b = 3")
    assert len(one.parts["value"].args) == 2
    assert one.comments == ("# first", "# between")
    assert two.parts["name"].text == "b"


def test_comments_go_to_the_sentence_they_stand_above_or_beside():
    (first, second) = sentences("# above\nlet a = 1  # beside\n\n# apart\n\nlet b = 2 # b")
    assert first.comments == ("# above", "# beside")
    assert second.comments == ("# b",)


def test_a_hash_inside_a_text_is_no_comment():
    (one,) = sentences('source "a # b" # c')
    assert (one.parts["text"].value, one.comments) == ("a # b", ("# c",))


def test_only_the_blocks_of_a_markdown_file_are_read():
    text = '# Title\n\n```slalang\nclause 1\n```\n\nlet x = 1\n\n- item\n  ```slalang\n    "text"\n  ```\n'
    (clause,) = sentences(text, "contract.md")
    assert clause.parts["number"].value == "1"
    assert [child.kind for child in clause.children] == ["paraphrase"]
    assert clause.children[0].span.line == 11


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending(ending):
    clause = sentences(ending.join(["clause 1", "  obligation R", "    once", ""]))[0]
    assert clause.children[0].children[0].kind == "once"


@pytest.mark.parametrize("number", ["2.1", "一", "五.1", "1.2.2(3)", "（三）", "A-1"])
def test_a_clause_has_any_number(number):
    assert sentences(f'clause {number} "T"')[0].parts["number"].value == number.replace("（", "(").replace(
        "）", ")"
    )


def test_names_that_look_alike_are_the_same_name():
    composed, decomposed = sentences("party Caf\u00e9")[0], sentences("party Cafe\u0301")[0]
    assert composed.parts["name"].text == decomposed.parts["name"].text == "Caf\u00e9"
