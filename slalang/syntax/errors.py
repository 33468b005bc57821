"""What a parser finds wrong with a line goes in; messages SLA-E01xx in two languages come out."""

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


class TextNotClosed(Diagnostic):
    """A text in quotes has no closing quote on its line; texts do not go over several lines."""

    code = "SLA-E0104"
    page_zh = "引号中的文字在本行没有结束；文字不能跨行"
    title = Text(en="text without a closing quote", zh="文字缺少结束引号")
    label = Text(en="this text is not closed", zh="此处的文字没有结束")
    hint = Text(en="close it with `{closing}`", zh="用 `{closing}` 结束")
    bad = 'source "AWS managed support'
    good = 'source "AWS managed support"'
    closing: str


class NameNotClosed(Diagnostic):
    """A backtick opens a name and no backtick closes it."""

    code = "SLA-E0105"
    page_zh = "反引号开始了一个名称，却没有结束"
    title = Text(en="name without a closing backtick", zh="名称缺少结束的反引号")
    label = Text(en="this backtick opens a name", zh="此反引号开始一个名称")
    hint = Text(
        en="close the name with a backtick, and let it have at least one letter",
        zh="用反引号结束名称，且名称不能为空",
    )
    bad = "party `from"
    good = "party `from`"


class StrayCharacter(Diagnostic):
    """A character stands where it belongs to no word, number or sign of the language."""

    code = "SLA-E0106"
    page_zh = "此字符不属于任何词语、数字或符号"
    title = Text(en="a character with no meaning here", zh="此处的字符没有意义")
    label = Text(
        en="`{character}` ({number}) is no part of the language",
        zh="`{character}`（{number}）不是语言的一部分",
    )
    bad = "party Provider ~"
    good = "party Provider"
    character: str
    number: str


class UnknownUnit(Diagnostic):
    """A number is followed by a word that is no unit."""

    code = "SLA-E0107"
    page_zh = "数字后面的词不是单位"
    title = Text(en="unknown unit", zh="未知的单位")
    label = Text(en="`{found}` is no unit", zh="`{found}` 不是单位")
    hint = (
        Text(en="write {near}", zh="改为 {near}"),
        Text(
            en="units are {possible}, or a currency code such as `CNY`",
            zh="单位有 {possible}，或币种代码如 `CNY`",
        ),
    )
    bad = "bins 5 minuts"
    good = "bins 5 min"
    found: str
    near: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


class UnitMissing(Diagnostic):
    """A number stands where a length of time is needed, and its unit is missing."""

    code = "SLA-E0108"
    page_zh = "此处需要时长，数字却没有单位"
    title = Text(en="a unit is missing", zh="缺少单位")
    label = Text(en="`{number}` of what?", zh="`{number}` 没有单位")
    hint = Text(en="write a unit after it: {possible}", zh="在其后写单位: {possible}")
    bad = "each 10"
    good = "each 10 min"
    number: str
    possible: tuple[str, ...]


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


class WrongSign(Diagnostic):
    """A sign of programming languages or a mistyped one stands where the language has a word or another sign."""

    code = "SLA-E0115"
    page_zh = "使用了编程语言的符号或写错的符号"
    title = Text(en="sign unknown to the language", zh="语言中没有此符号")
    label = Text(en="`{found}` is no sign of the language", zh="语言中没有 `{found}`")
    hint = Text(en="write `{instead}`", zh="改为 `{instead}`")
    bad = "when priority == Critical"
    good = "when priority is Critical"
    found: str
    instead: str


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


class WrongQuote(Diagnostic):
    """A text stands in single quotes; texts stand in double or Chinese quotes."""

    code = "SLA-E0117"
    page_zh = "文字用了单引号；文字应放在双引号或直角引号中"
    title = Text(en="single quotes", zh="使用了单引号")
    label = Text(en="texts stand in double quotes", zh="文字应放在双引号中")
    hint = Text(en="write `{instead}`", zh="改为 `{instead}`")
    bad = "source 'paper'"
    good = 'source "paper"'
    instead: str


class NoSuchDate(Diagnostic):
    """A date is written that no calendar has."""

    code = "SLA-E0118"
    page_zh = "日历中没有此日期"
    title = Text(en="no such date", zh="没有此日期")
    label = Text(en="the calendar does not have this date", zh="日历中没有这一天")
    bad = "effective from 2026-02-30"
    good = "effective from 2026-02-28"


class NoSuchTime(Diagnostic):
    """A time of day goes from `00:00` to `24:00`."""

    code = "SLA-E0119"
    page_zh = "时刻从 `00:00` 到 `24:00`"
    title = Text(en="no such time of day", zh="没有此时刻")
    label = Text(en="a time of day goes from `00:00` to `24:00`", zh="时刻从 `00:00` 到 `24:00`")
    bad = "mon 09:00 to 25:00"
    good = "mon 09:00 to 24:00"


class LimitWithoutSign(Diagnostic):
    """A limit says whether its end still counts as in time: `<=` includes the last instant, `<` excludes it."""

    code = "SLA-E0120"
    page_zh = "期限须写明终点是否仍算按期: `<=` 含终点，`<` 不含"
    title = Text(en="limit without `<=` or `<`", zh="期限缺少 `<=` 或 `<`")
    label = Text(en="is exactly this long still in time?", zh="恰好等于此时长是否仍算按期？")
    why = Text(
        en="whether the last instant counts decides verdicts, so it is never assumed",
        zh="终点是否算按期会改变结论，因此不作默认",
    )
    hint = Text(
        en="write `<= {limit}`, or `< {limit}` to exclude the end",
        zh="写 `<= {limit}`；不含终点则写 `< {limit}`",
    )
    bad = "within 4 h"
    good = "within <= 4 h"
    limit: str


class NumberTooLong(Diagnostic):
    """A number has more digits than any contract needs."""

    code = "SLA-E0121"
    page_zh = "数字的位数超过任何合同所需"
    title = Text(en="number too long", zh="数字过长")
    label = Text(en="more than {most} digits", zh="超过 {most} 位")
    most: int


class NumeralsUnclear(Diagnostic):
    """Chinese numerals do not make a number."""

    code = "SLA-E0122"
    page_zh = "中文数字无法读成一个数"
    title = Text(en="numerals that make no number", zh="中文数字无法识别")
    label = Text(en="this is no number", zh="这不是一个数")
    bad = "let a = 百分之五六"
    good = "let a = 百分之五"


class ZeroStep(Diagnostic):
    """A schedule or a day of a period counts from one."""

    code = "SLA-E0123"
    page_zh = "周期和日序从一开始"
    title = Text(en="counting begins at one", zh="从一开始计数")
    label = Text(en="zero counts nothing", zh="不能为零")
    bad = "each 0 min"
    good = "each 10 min"


class RunBelow(Diagnostic):
    """A minimum run is a lower limit: `> 10 min` or `>= 10 min`, which a bare length means as well."""

    code = "SLA-E0124"
    page_zh = "最短时长是下限: `> 10 分钟` 或 `>= 10 分钟`，不写符号时为后者"
    title = Text(en="a minimum with an upper limit", zh="下限写成了上限")
    label = Text(en="a minimum run is a lower limit", zh="最短时长是下限")
    bad = "minimum run < 10 min"
    good = "minimum run > 10 min"


class CommaInNumber(Diagnostic):
    """A comma followed directly by three digits is a thousands sign, so `[1,100)` is one number and no interval."""

    code = "SLA-E0125"
    page_zh = "逗号后紧跟三位数字时是千位分隔符，因此 `[1,100)` 是一个数，不是区间"
    title = Text(
        en="a thousands comma where two numbers are needed", zh="此处需要两个数，逗号却成了千位分隔符"
    )
    label = Text(en="this is one number", zh="这是一个数")
    hint = Text(en="put a space after the comma: `{instead}`", zh="逗号后加空格: `{instead}`")
    bad = "when a in [1,100)"
    good = "when a in [1, 100)"
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


CODES = (
    Unexpected,
    Unfinished,
    UnknownSentence,
    TextNotClosed,
    NameNotClosed,
    StrayCharacter,
    UnknownUnit,
    UnitMissing,
    TabInIndentation,
    Misaligned,
    WrongPlace,
    TooDeep,
    LineTooLong,
    ParenthesisNotClosed,
    WrongSign,
    ColonMissing,
    WrongQuote,
    NoSuchDate,
    NoSuchTime,
    LimitWithoutSign,
    NumberTooLong,
    NumeralsUnclear,
    ZeroStep,
    RunBelow,
    CommaInNumber,
    RowNotClosed,
)
