"""Messages of the explanations (SLA-E079x): an explanation that does not add up, a subject that has no verdict."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class DoesNotAddUp(Diagnostic):
    """An explanation was worked out again from its own numbers, and a sum came out differently: a bug of the program, not of the contract."""

    code = "SLA-E0791"
    page_zh = "按解释中自身的数字重新验算，某一步结果不一致：这是程序的缺陷，而不是合同的问题"
    title = Text(en="the explanation does not add up", zh="解释中的算式不成立")
    label = Text(
        en="{what}: {found}, worked out again {expected}", zh="{what}：{found}，重新验算为 {expected}"
    )
    why = Text(
        en="a verdict whose own explanation is wrong cannot be relied on",
        zh="解释本身有误的结论不可依据",
    )
    hint = Text(
        en="report this with the contract and the events of the case",
        zh="请附上合同与本案事件报告此问题",
    )
    what: str
    found: str
    expected: str


CODES = (DoesNotAddUp,)
