"""Findings about chains: promises that are not covered by what is bought (SLA-E0451 and on)."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class NotCovered(Diagnostic):
    """More is promised than the promises bought for it guarantee together: in series their shortfalls add, and limits add."""

    code = "SLA-E0451"
    page_zh = "所承诺者多于所购各项合起来所能保证的：串联时各项不足相加，期限相加"
    title = Text(en="promised more than is bought", zh="承诺多于所购")
    label = Text(
        en="{promised} is promised, {guaranteed} is guaranteed by what is bought",
        zh="承诺 {promised}，所购只保证 {guaranteed}",
    )
    why = Text(en="{sum}", zh="{sum}")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="promise {guaranteed} instead, or buy better", zh="改为承诺 {guaranteed}，或采购更高的水平"
    )
    promised: str
    guaranteed: str
    sum: str
    witness: Text | None = None


class HoursNotCovered(Diagnostic):
    """The clock of a promise runs at an instant at which the clock of what is bought stands still."""

    code = "SLA-E0452"
    page_zh = "承诺的时钟在走，而所购者的时钟停着"
    title = Text(en="hours that are not bought", zh="未采购的时段")
    label = Text(
        en="the promise runs at {first}, `{name}` does not",
        zh="{first} 承诺计时，而 `{name}` 不计时",
    )
    why = Text(
        en="limits add only on the same clock: what is bought need not be done then",
        zh="只有同一时钟上的期限才能相加：所购者此时无须履行",
    )
    name: str
    first: str


class NothingShown(Diagnostic):
    """What is promised and what is bought cannot be compared, or the comparison proves less than it seems to."""

    code = "SLA-L0405"
    severity = "warning"
    page_zh = "所承诺者与所购者无法比较，或者比较所证明的少于表面"
    title = Text(en="a chain that is not proved", zh="链条未得证明")
    label = Text(en="{obstacle}", zh="{obstacle}")
    obstacle: Text


class BoughtUnknown(Diagnostic):
    """The contract bought has no obligation or target of that name."""

    code = "SLA-E0453"
    page_zh = "所购合同中没有该名称的义务或目标"
    title = Text(en="nothing of that name is bought", zh="所购合同没有这一项")
    label = Text(en="`{file}` has no obligation `{name}`", zh="`{file}` 没有义务 `{name}`")
    hint = Text(en="it has {near}", zh="现有 {near}")
    name: str
    file: str
    near: tuple[str, ...]


class BoughtUnsound(Diagnostic):
    """The contract bought cannot be read, or has mistakes of its own."""

    code = "SLA-E0454"
    page_zh = "所购合同无法读取，或自身有错误"
    title = Text(en="the contract bought cannot be used", zh="所购合同无法使用")
    label = Text(en="`{file}`: {problem}", zh="`{file}`：{problem}")
    hint = Text(en="`slalang check {file}` says more", zh="`slalang check {file}` 给出详情")
    file: str
    problem: Text


CODES = (NotCovered, HoursNotCovered, NothingShown, BoughtUnknown, BoughtUnsound)
