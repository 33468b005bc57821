"""A line, its words or its place that is wrong goes in; the message comes out in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span

TOKENS = Text(en="words and signs", zh="个词和符号")
CHARACTERS = Text(en="characters", zh="个字符")
EXPRESSIONS = Text(en="expressions", zh="层算式")
BLOCKS = Text(en="blocks", zh="层缩进")


class Unexpected(Diagnostic):
    """A line is a sentence with a fixed order of words, and something stands where the sentence needs another word.

    What may stand there is listed; the rest of the line was not read.
    """

    code = "SLA-E0101"
    page_zh = (
        "一行是一个词序固定的句子，而此处出现的内容不符合该句子。消息列出此处可以写什么；该行其余部分未读取"
    )
    title = Text(en="the sentence goes on differently", zh="句子在此处应有不同的写法")
    label = Text(en="expected {expected}", zh="此处应为{expected}")
    hint = (
        Text(en="write `{nearest}`", zh="改为 `{nearest}`"),
        Text(en="separate Chinese words by a space: `{apart}`", zh="中文词语之间加空格: `{apart}`"),
    )
    bad = "party Provider 5"
    good = 'party Provider "甲方"'
    expected: Text
    nearest: str | None = None
    apart: str | None = None


class Unfinished(Diagnostic):
    """A line ends before its sentence does."""

    code = "SLA-E0102"
    page_zh = "句子尚未写完，行就结束了"
    title = Text(en="the sentence is not finished", zh="句子没有写完")
    label = Text(en="expected {expected}", zh="此处应为{expected}")
    hint = Text(en="separate Chinese words by a space: `{apart}`", zh="中文词语之间加空格: `{apart}`")
    bad = "time zone"
    good = "time zone Asia/Shanghai"
    expected: Text
    apart: str | None = None


class UnknownSentence(Diagnostic):
    """A line begins with something that begins no sentence of the language.

    A line starts with a keyword, with a name that `owes` or `at least` follows, with `|` (a table row), `=` (a value),
    a text in quotes (a paraphrase) or a date (a fact of a scenario).
    """

    code = "SLA-E0103"
    page_zh = "此行开头不是任何句子的开头。一行以关键词、后接 `应向` 或 `至少` 的名称、`|`、`=`、引号中的文字或日期开头"
    title = Text(en="no sentence begins like this", zh="没有这样开头的句子")
    label = Text(en="`{found}` begins no sentence", zh="`{found}` 不是句子的开头")
    hint = (
        Text(en="write {near}", zh="可写 {near}"),
        Text(en="below `{parent}` there may be: {possible}", zh="`{parent}` 之下可写: {possible}"),
    )
    bad = 'contrat "Support" version "1.0"'
    good = 'contract "Support" version "1.0"'
    found: str
    near: tuple[str, ...] = ()
    parent: str | None = None
    possible: tuple[str, ...] = ()


class TabInIndentation(Diagnostic):
    """A line is indented with tabs, whose width differs from editor to editor."""

    code = "SLA-E0109"
    page_zh = "行首使用了制表符，其宽度因编辑器而异"
    title = Text(en="tab in the indentation", zh="缩进中有制表符")
    label = (
        Text(en="a tab; {more} more lines have one", zh="这是制表符，另有 {more} 行也有"),
        Text(en="a tab", zh="这是制表符"),
    )
    why = Text(
        en="blocks are made by indentation, and a tab is not equally wide everywhere",
        zh="缩进决定从属关系，而制表符的宽度并不统一",
    )
    hint = Text(en="indent with two spaces a level", zh="每层缩进用两个空格")
    bad = 'clause 1\n\t"Title"'
    good = 'clause 1\n  "Title"'
    more: int | None = None


class Misaligned(Diagnostic):
    """A line is indented less than the lines above it, but not as far as any block that it could continue."""

    code = "SLA-E0110"
    page_zh = "此行的缩进小于上方各行，但与任何可以接续的层次都不对齐"
    title = Text(en="the indentation matches no block above", zh="缩进与上方各层均不对齐")
    label = Text(en="{column} spaces", zh="{column} 个空格")
    hint = Text(en="indent it by {possible}", zh="缩进改为 {possible}")
    bad = 'clause 1\n    "a"\n  "b"'
    good = 'clause 1\n    "a"\n    "b"'
    column: int
    possible: tuple[str, ...]


class WrongPlace(Diagnostic):
    """A sentence is understood, but it does not belong into the block in which it stands."""

    code = "SLA-E0111"
    page_zh = "句子本身可以理解，但不应出现在此处"
    title = Text(en="this sentence does not belong here", zh="此句不应出现在此处")
    label = (
        Text(en="`{word}` does not belong below `{parent}`", zh="`{word}` 不应写在 `{parent}` 之下"),
        Text(en="`{word}` does not stand alone at the edge", zh="`{word}` 不能顶格单独出现"),
    )
    hint = (
        Text(en="align it with line {line}", zh="与第 {line} 行对齐"),
        Text(en="it belongs below {possible}", zh="应写在 {possible} 之下"),
        Text(en="it belongs at the edge of the file", zh="应顶格书写"),
    )
    places = (Label("above", en="in this block", zh="在此块中"),)
    bad = "from opened until responded"
    good = "obligation R\n  from opened until responded"
    word: str
    parent: str | None = None
    line: int | None = None
    possible: tuple[str, ...] = ()
    above: Span | None = None


class TooDeep(Diagnostic):
    """Blocks, parentheses or expressions lie within one another deeper than any contract needs; the rest is not read."""

    code = "SLA-E0112"
    page_zh = "缩进、括号或算式的嵌套超过任何合同所需的深度；其余部分不再读取"
    title = Text(en="nested too deep", zh="嵌套过深")
    label = Text(en="more than {most} {what} within one another", zh="嵌套超过 {most} {what}")
    most: int
    what: Text


class LineTooLong(Diagnostic):
    """A line or a sentence is longer than any that a person writes; it is not read, so that time and memory stay bounded."""

    code = "SLA-E0113"
    page_zh = "行或句子长得不像人写的；为限制时间和内存，不予读取"
    title = Text(en="line too long", zh="行过长")
    label = Text(en="more than {most} {unit}", zh="超过 {most} {unit}")
    most: int
    unit: Text


class ParenthesisNotClosed(Diagnostic):
    """A parenthesis or bracket is open at the end of its sentence."""

    code = "SLA-E0114"
    page_zh = "句子结束时括号仍未关闭"
    title = Text(en="parenthesis without an end", zh="括号没有关闭")
    label = Text(en="this is never closed", zh="此处的括号没有关闭")
    why = Text(
        en="an open parenthesis carries the sentence on over lines that are indented deeper",
        zh="未关闭的括号会让句子延续到缩进更深的行",
    )
    hint = Text(en="close it with `{closing}`", zh="用 `{closing}` 关闭")
    bad = "let a = (1 + 2"
    good = "let a = (1 + 2)"
    closing: str


class ColonMissing(Diagnostic):
    """A policy line is `key : choice`, and its colon is missing."""

    code = "SLA-E0116"
    page_zh = "政策行的写法是 `名称 : 选择`，此处缺少冒号"
    title = Text(en="colon missing", zh="缺少冒号")
    label = Text(en="expected `:` before this", zh="此前应有 `:`")
    hint = Text(en="write `{instead}`", zh="改为 `{instead}`")
    bad = "rounding half up"
    good = "rounding : half up"
    instead: str


class RowNotClosed(Diagnostic):
    """A table row begins and ends with `|`."""

    code = "SLA-E0126"
    page_zh = "表格的行以 `|` 开头并以 `|` 结尾"
    title = Text(en="table row without its last `|`", zh="表格行缺少末尾的 `|`")
    label = Text(en="expected `|` here", zh="此处应有 `|`")
    hint = Text(en="end the row with `|`", zh="行末写 `|`")
    bad = "| Critical | <= 15 min"
    good = "| Critical | <= 15 min |"
