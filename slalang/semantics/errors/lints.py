"""Warnings of the checker (SLA-Lxxxx): what is declared and never used, what needs a second look."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class Unused(Diagnostic):
    """A parameter, an open word, a definition, a table, a signal or a calendar of the contract is read by no rule: a figure in the text that changes nothing."""

    code = "SLA-L0201"
    severity = "warning"
    page_zh = "合同中的参数、开放词、定义、表格、信号或日历没有被任何规则读取：写在文本中却不起作用的数字"
    title = Text(en="declared and never used", zh="声明后从未使用")
    label = Text(en="no rule reads `{name}`", zh="没有规则读取 `{name}`")
    hint = Text(en="use it in a rule, or remove it", zh="在规则中使用它，或将其删去")
    bad = "let half = 50%"
    good = "let half = 50%\ncredit C each month\n  Provider owes Customer\n  amount = monthly_fee × half"
    name: str


class Undated(Diagnostic):
    """A limit in months or years starts from events of any date: for starts on the 29th to 31st its end depends on the convention."""

    code = "SLA-L0301"
    severity = "warning"
    page_zh = "以月或年计的期限可能从任何日期起算：自 29 日至 31 日起算时，其末日取决于惯例"
    title = Text(en="end of the month decides", zh="末日取决于月末规则")
    label = Text(
        en="for a start on the 29th to 31st, the counting convention `{counting}` fixes the last day",
        zh="自 29 日至 31 日起算时，末日由计期惯例 `{counting}` 确定",
    )
    counting: str


class LevelsOpen(Diagnostic):
    """A library leaves the values of some levels to the contract, which does not give them: every event with such a level will be refused."""

    code = "SLA-L0202"
    severity = "warning"
    page_zh = "库把某些等级的值留给合同规定，而合同没有写明：带有该等级的事件都将被拒绝"
    title = Text(en="levels without values", zh="等级没有值")
    label = Text(en="`{name}` has no values", zh="`{name}` 没有值")
    hint = Text(
        en="add a line `{line}` with the contract's own values, highest first",
        zh="加入一行 `{line}`，写合同自己的值，由高到低",
    )
    name: str
    line: str


CODES = (Unused, Undated, LevelsOpen)
