"""A text, name, number, unit or sign that is wrong goes in; the message comes out in two languages."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


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


class CapitalsUnclear(Diagnostic):
    """An amount in Chinese capital numerals is not written by the rules: a unit out of order, a `零` missing or too many,
    `整` missing or too many. It is refused, for nobody can be sure which amount was meant.
    """

    code = "SLA-E0127"
    page_zh = (
        "大写金额不合书写规则: 单位次序不对、缺少或多写 `零`、缺少或多写 `整`。无法确知所指金额，故不接受"
    )
    title = Text(en="capital numerals not written by the rules", zh="大写金额书写有误")
    label = Text(en="{fault}", zh="{fault}")
    hint = Text(en="write `{instead}`", zh="改为 `{instead}`")
    bad = "let fee = 壹仟伍元整"
    good = "let fee = 壹仟零伍元整"
    fault: Text
    instead: str | None = None


class DecimalComma(Diagnostic):
    """In a cell a comma stands between two values. Where it stands right between digits it may be meant as a decimal
    point, so it is refused: the contract would say something else than its writer means.
    """

    code = "SLA-E0128"
    page_zh = "表格单元中的逗号分隔两个值；紧贴在数字之间的逗号可能本意是小数点，故不接受"
    title = Text(en="a comma between digits in a cell", zh="单元格中数字之间的逗号")
    label = Text(en="is this one number or two values?", zh="这是一个数，还是两个值？")
    hint = Text(
        en="write `{point}` for one number, `{two}` for two values",
        zh="一个数写 `{point}`，两个值写 `{two}`",
    )
    bad = "table t\n  | rate | = fee |\n  | 99,5% | 1 |"
    good = "table t\n  | rate | = fee |\n  | 99.5% | 1 |"
    found: str
    point: str
    two: str
