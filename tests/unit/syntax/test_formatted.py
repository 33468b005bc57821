"""What the formatter writes, by hand: spaces, blank lines, comments, tables, quotes, names, both languages."""

from __future__ import annotations

import textwrap

import pytest

from slalang.diagnostics.width import cells
from slalang.syntax.format import format_text


def dedented(text):
    return textwrap.dedent(text).lstrip("\n")


def test_spaces_signs_and_spellings():
    untidy = "let   a=min( 1,2 )*3 -  -b÷4\nlet c = x≤15minutes or not( y is one of p、q )\n"
    assert format_text(untidy) == dedented("""
        let a = min(1, 2) × 3 - -b / 4
        let c = x <= 15 min or not (y is one of p，q)
    """)


def test_indentation_is_two_spaces_a_level():
    untidy = 'clause 1\n     obligation R\n             once\n     "text"\n'
    assert format_text(untidy) == 'clause 1\n  obligation R\n    once\n  "text"\n'


def test_blank_lines():
    assert (
        format_text("\n\nlet a = 1\n\n\n\nlet b = 2\nlet c = 3\n\n\n")
        == "let a = 1\n\nlet b = 2\nlet c = 3\n"
    )
    assert format_text("") == ""
    assert format_text("# only a comment") == "# only a comment\n"


def test_comments_stay_where_they_stand():
    untidy = dedented("""
        # top
        clause 1   # first
            # of the rule
            obligation R
                  once# tight
                  # below the last line of the rule
            # below the rule
        # at the edge
        clause 2
    """)
    assert format_text(untidy) == dedented("""
        # top
        clause 1  # first
          # of the rule
          obligation R
            once  # tight
            # below the last line of the rule
          # below the rule
        # at the edge
        clause 2
    """)


def test_lines_within_parentheses_stay_lines():
    untidy = "let a = min( # why\n 1,\n\n   # between\n 2\n)\n"
    assert format_text(untidy) == "let a = min(  # why\n    1,\n    # between\n    2\n)\n"


def test_a_table_lines_up_by_what_a_terminal_shows():
    untidy = dedented("""
        table 目标
          |优先级| =响应|
          # 注释
          |关键,  High|<=15 min|
          |任意||

          | x | 1 |
    """)
    out = format_text(untidy)
    assert out == dedented("""
        table 目标
          | 优先级     | = 响应    |
          # 注释
          | 关键, High | <= 15 min |
          | 任意       |           |

          | x | 1 |
    """)
    table = [line for line in out.splitlines() if line.startswith("  |")][:3]
    assert len({cells(line) for line in table}) == 1


@pytest.mark.parametrize(
    ("typed", "kept", "english", "chinese"),
    [
        ('"a"', '"a"', '"a"', "「a」"),
        ("“a”", '"a"', '"a"', "「a」"),
        ("『a』", "「a」", '"a"', "「a」"),
        ('「a "b"」', '「a "b"」', '"a ""b"""', '「a "b"」'),
        ('"a「b」"', '"a「b」"', '"a「b」"', "『a「b」』"),
        ('"a」b』"', '"a」b』"', '"a」b』"', '"a」b』"'),
    ],
)
def test_quotes(typed, kept, english, chinese):
    assert format_text(f"source {typed}") == f"source {kept}\n"
    assert format_text(f"source {typed}", "en") == f"source {english}\n"
    assert format_text(f"source {typed}", "zh") == f"来源 {chinese}\n"


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("１５　分钟", "15 min", "15 分钟"),
        ("1 day", "1 day", "1 天"),
        ("1 天", "1 day", "1 天"),
        ("2 day", "2 days", "2 天"),
        ("3 working days", "3 business days", "3 个工作日"),
        ("９９．９ ％", "99.9%", "99.9%"),
        ("百分之五", "百分之五", "百分之五"),
        ("￥３，０００", "¥3,000", "¥3,000"),
        ("3万元", "3 ten thousand CNY", "3 万元"),
        ("5000 CNY", "5000 CNY", "5000 元"),
        ("2009年3月1日", "2009年3月1日", "2009年3月1日"),
        ("a in (1, 200]", "a in (1, 200]", "a 属于 (1， 200]"),
        ("f(1，2)", "f(1, 2)", "f(1，2)"),
        ("f(a，b)", "f(a, b)", "f(a，b)"),
    ],
)
def test_values_keep_their_figures(typed, english, chinese):
    assert format_text(f"let x = {typed}", "en") == f"let x = {english}\n"
    assert format_text(f"let x = {typed}", "zh") == f"定义 x = {chinese}\n"


def test_a_mixed_file_keeps_the_language_of_each_word():
    assert format_text("义务 R\n  from a 至 first b\n") == "义务 R\n  from a 至 first b\n"


@pytest.mark.parametrize(
    ("typed", "to", "expected"),
    [
        ("let a = time 取自 opened", "en", "let a = `time` of opened"),
        ("let a = `time` of opened", "zh", "定义 a = time 取自 opened"),
        ("let `a` = `b`", None, "let a = b"),
        ("let a = `true`", "zh", "定义 a = `true`"),
        ("let a = `a b`", None, "let a = `a b`"),
        ("let until = until", None, "let until = until"),
        ("let a = `甲至乙`", None, "let a = 甲至乙"),
        ("from `opened至首次`", None, "from `opened至首次`"),
    ],
)
def test_a_name_has_backticks_exactly_where_it_needs_them(typed, to, expected):
    head, depth = ("obligation R\n", "  ") if typed.startswith("from") else ("", "")
    assert format_text(f"{head}{depth}{typed}\n", to).removeprefix(head) == f"{depth}{expected}\n"


def test_a_literate_file_changes_in_its_blocks_only():
    text = dedented("""
        #  A   contract

        > Quoted   prose
        >
        > ```slalang
        > clause 1
        >      once
        >
        >
        >      # why
        > ```
    """).replace("once", '"text"')
    assert format_text(text, name="a.md") == dedented("""
        #  A   contract

        > Quoted   prose
        >
        > ```slalang
        > clause 1
        >   "text"
        >
        >   # why
        > ```
    """)


def test_line_ends_of_a_plain_file_become_those_of_unix_and_a_byte_order_mark_goes():
    assert format_text('\ufeffclause 1\r\n  "a"\r\n') == 'clause 1\n  "a"\n'
