"""Messages as a person sees them; every expected text was laid out by hand, one cell a column."""

from __future__ import annotations

import pytest

from slalang.diagnostics.as_text import message, messages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Diagnostic, Label, Text
from slalang.source.text import SourceFile, Span, Spot


class UnknownPriority(Diagnostic):
    """A target names a priority that the contract does not declare."""

    code = "SLA-E9901"
    title = Text(en="unknown priority", zh="未知的优先级")
    label = Text(en="`{name}` is not declared in `priorities`", zh="`priorities` 中没有声明 `{name}`")
    hint = (
        Text(
            en="write `{nearest}`, or add `{name}` to line {line}",
            zh="改为 `{nearest}`，或在第 {line} 行加入 `{name}`",
        ),
        Text(en="add `{name}` to line {line}", zh="在第 {line} 行加入 `{name}`"),
    )
    places = (Label("declared", en="declared here", zh="在此声明"),)
    name: str
    nearest: str | None
    line: int
    declared: Span


class Odd(Diagnostic):
    """Something is odd."""

    code = "SLA-E9902"
    title = Text(en="odd", zh="奇怪")
    label = Text(en="this", zh="此处")
    why = Text(en="because of {reason}", zh="因为 {reason}")
    reason: str | None = None


class Mild(Odd):
    """Something is a little odd."""

    code = "SLA-L9903"
    severity = "warning"


def find(file: SourceFile, piece: str) -> Span:
    start = file.text.index(piece)
    return file.span(start, start + len(piece))


PRIORITIES = SourceFile(
    "contracts/support_gold/contract.sla",
    "\n\n\npriorities P1, P2, P3\n\n\n\n\n\n\n\n" + '  target "首次响应" for priority P0 within 15 minutes\n',
)


def unknown_priority(nearest: str | None) -> UnknownPriority:
    declared = find(PRIORITIES, "P1, P2, P3")
    return UnknownPriority(find(PRIORITIES, "P0"), name="P0", nearest=nearest, line=4, declared=declared)


def test_the_message_of_the_design_in_both_languages():
    assert message(unknown_priority("P1"), "both") == (
        """\
error[SLA-E9901]: unknown priority
  --> contracts/support_gold/contract.sla:12:30
 4 | priorities P1, P2, P3
   |            ---------- declared here
12 |   target "首次响应" for priority P0 within 15 minutes
   |                                  ^^ `P0` is not declared in `priorities`
   = hint: write `P1`, or add `P0` to line 4

错误[SLA-E9901]: 未知的优先级
  --> contracts/support_gold/contract.sla:12:30
 4 | priorities P1, P2, P3
   |            ---------- 在此声明
12 |   target "首次响应" for priority P0 within 15 minutes
   |                                  ^^ `priorities` 中没有声明 `P0`
   = 建议: 改为 `P1`，或在第 4 行加入 `P0`"""
    )


def test_a_hint_that_lacks_its_name_gives_way_to_the_next():
    assert message(unknown_priority(None)).endswith("   = hint: add `P0` to line 4")


def snippet(text: str, piece: str) -> list[str]:
    """The source line and the line of carets of a message about a piece of a one-line file."""
    file = SourceFile("a.sla", text)
    return message(Odd(find(file, piece)), "zh").splitlines()[2:4]


@pytest.mark.parametrize(
    ("text", "piece", "source", "carets"),
    [
        ("目标 首次响应 在", "首次响应", "1 | 目标 首次响应 在", "  |      ^^^^^^^^ 此处"),
        ("ＡＢ，９５％　内", "９５％", "1 | ＡＢ，９５％　内", "  |       ^^^^^^ 此处"),
        ("a\tb", "b", "1 | a   b", "  |     ^ 此处"),
        ("\t\tx y", "y", "1 |         x y", "  |           ^ 此处"),
        ("响\ty", "y", "1 | 响  y", "  |     ^ 此处"),
        ("a\tb", "\t", "1 | a   b", "  |  ^^^ 此处"),
        ("🎉 P0", "P0", "1 | 🎉 P0", "  |    ^^ 此处"),
        ("👩‍💻 P0", "P0", "1 | 👩‍💻 P0", "  |    ^^ 此处"),
        ("e\u0301te\u0301 P0", "P0", "1 | e\u0301te\u0301 P0", "  |     ^^ 此处"),
        ("ok\x1b[31m P0", "P0", r"1 | ok\x1b[31m P0", "  |            ^^ 此处"),
        ("a\u202eb P0", "P0", r"1 | a\u202eb P0", "  |          ^^ 此处"),
    ],
    ids=[
        *(
            "chinese",
            "full-width",
            "tab",
            "two tabs",
            "tab after chinese",
            "tab itself",
            "emoji",
            "joined emoji",
        ),
        *("combining", "terminal control", "bidirectional control"),
    ],
)
def test_carets_stand_under_the_right_cells(text, piece, source, carets):
    assert snippet(text, piece) == [source, carets]


def test_an_empty_span_still_gets_a_caret():
    file = SourceFile("a.sla", "first\nsecond")
    assert message(Odd(file.span(12, 12))).splitlines() == [
        "error[SLA-E9902]: odd",
        " --> a.sla:2:7",
        "2 | second",
        "  |       ^ this",
    ]


def test_a_span_over_lines_is_marked_at_both_ends():
    file = SourceFile("a.sla", "do {\n  one\n  two\n  end } now")
    assert message(Odd(file.span(3, file.text.index(" now")))).splitlines() == [
        "error[SLA-E9902]: odd",
        " --> a.sla:1:4",
        "1 | do {",
        "  |    ^",
        "4 |   end } now",
        "  |   ^^^^^ this",
    ]


def test_a_span_that_ends_with_its_line_end_stays_on_its_line():
    file = SourceFile("a.sla", "one\r\ntwo\r\n")
    assert message(Odd(file.span(0, 5))).splitlines()[2:] == ["1 | one", "  | ^^^ this"]


def test_two_labels_on_one_line_get_a_row_each():
    file = SourceFile("a.sla", "priority P0 of P1, P2")
    found = UnknownPriority(find(file, "P0"), name="P0", nearest="P1", line=1, declared=find(file, "P1, P2"))
    assert message(found).splitlines()[2:5] == [
        "1 | priority P0 of P1, P2",
        "  |          ^^ `P0` is not declared in `priorities`",
        "  |                ------ declared here",
    ]


def test_a_second_place_in_another_file_is_shown_after_the_first():
    here, there = SourceFile("b.sla", "priority P0"), SourceFile("a.sla", "\n" * 9 + "priorities P1")
    found = UnknownPriority(find(here, "P0"), name="P0", nearest="P1", line=10, declared=find(there, "P1"))
    assert message(found).splitlines() == [
        "error[SLA-E9901]: unknown priority",
        "  --> b.sla:1:10",
        " 1 | priority P0",
        "   |          ^^ `P0` is not declared in `priorities`",
        "  ::: a.sla:10:12",
        "10 | priorities P1",
        "   |            -- declared here",
        "   = hint: write `P1`, or add `P0` to line 10",
    ]


def test_a_long_line_is_cut_around_the_mark():
    file = SourceFile("a.sla", "x" * 1000 + "P0" + "y" * 1000)
    source, carets = message(Odd(find(file, "P0"))).splitlines()[2:4]
    # Sixty cells before the mark, 120 in all, an ellipsis at either end.
    assert source == "1 | …" + "x" * 60 + "P0" + "y" * 58 + "…"
    assert carets == "  | " + " " * 61 + "^^ this"


def test_a_long_line_of_chinese_is_cut_by_cells():
    file = SourceFile("a.sla", "响" * 300 + "P0" + "应" * 300)
    source, carets = message(Odd(find(file, "P0"))).splitlines()[2:4]
    assert source == "1 | …" + "响" * 30 + "P0" + "应" * 29 + "…"
    assert carets == "  | " + " " * 61 + "^^ this"


def test_a_line_of_megabytes_is_shown_at_once():
    file = SourceFile("a.sla", "P0 " + "响" * 4_000_000)
    assert len(message(Odd(find(file, "P0")))) < 500


def test_a_spot_with_its_line_is_shown_like_source():
    at = Spot("events.jsonl", line=31, column=4, length=4, excerpt='{"a":NaN}')
    assert message(Odd(Spot("events.jsonl", 31, 6, 3, '{"a":NaN}'), reason="`NaN`")).splitlines() == [
        "error[SLA-E9902]: odd",
        "  --> events.jsonl:31:6",
        '31 | {"a":NaN}',
        "   |      ^^^ this",
        "   = why: because of `NaN`",
    ]
    assert str(at) == "events.jsonl:31:4"


def test_a_spot_without_a_line_says_its_label_below():
    assert message(Odd(Spot("events.jsonl"))).splitlines() == [
        "error[SLA-E9902]: odd",
        " --> events.jsonl",
        "  = this",
    ]


def test_a_message_about_no_place_needs_none():
    assert message(Odd(None, reason="x"), "zh").splitlines() == [
        "错误[SLA-E9902]: 奇怪",
        "  = 此处",
        "  = 原因: 因为 x",
    ]


def test_values_cannot_drive_the_terminal_and_are_cut():
    said = message(Odd(None, reason="\x1b[2J" + "z" * 500)).splitlines()[-1]
    assert said == r"  = why: because of \x1b[2J" + "z" * 116 + "…"


def test_a_warning_is_called_one():
    assert message(Mild(None), "both").split("\n")[0] == "warning[SLA-L9903]: odd"
    assert "\n\n警告[SLA-L9903]: 奇怪" in message(Mild(None), "both")


def test_twenty_are_shown_errors_first_and_the_rest_counted():
    file = SourceFile("a.sla", "\n" * 40)
    collector = Collector()
    for line in range(15):
        collector.add(Mild(file.span(line, line)))
    for line in range(20, 38):
        collector.add(Odd(file.span(line, line)))
    text = messages(collector, "both")
    assert text.count("error[") == 18
    assert text.count("warning[") == 2
    assert text.endswith("13 more not shown\n\n另有 13 条未显示")
    assert text.index("warning[") < text.index("error["), "by place, not by weight"


def test_nothing_collected_is_an_empty_text():
    assert messages(Collector()) == ""
