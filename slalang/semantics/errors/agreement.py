"""Messages about the agreement itself: its term, its versions, what must be true of its values."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class TermMissing(Diagnostic):
    """Something hangs on the term (`term start`, `term end`, a renewal), and the contract states none."""

    code = "SLA-E0531"
    page_zh = "某处依赖期限（`期限首日`、`期限末日`、续期），而合同没有写明期限"
    title = Text(en="contract without a term", zh="合同没有期限")
    label = Text(
        en="this hangs on the term, and there is no `term` line", zh="此处依赖期限，而没有 `期限` 一行"
    )
    hint = Text(
        en="add `term from … until …` at the top or in a clause", zh="在开头或条款中加入 `期限 自 … 至 …`"
    )
    bad = "renews for 1 years, without limit"
    good = "term from 2026-01-01 until 2026-12-31\nrenews for 1 years, without limit"


class CountingOfLife(Diagnostic):
    """A line of the contract's life counts days, and the contract names no counting convention."""

    code = "SLA-E0532"
    page_zh = "关于合同存续的一行以日计算，而合同没有写明计期方法"
    title = Text(en="counting convention missing", zh="缺少计期方法")
    label = Text(en="how are these days counted?", zh="这些天数如何计算？")
    hint = Text(
        en="add a line such as `counting prc_civil_code` at the top",
        zh="在开头加入一行，如 `计期 prc_civil_code`",
    )


class RetroactiveUnsaid(Diagnostic):
    """A version governs time before it was known, and does not say that it is meant to: retroactive effect is explicit."""

    code = "SLA-E0533"
    page_zh = "版本适用于其公布之前的时间，而没有写明溯及既往：溯及力须明示"
    title = Text(en="retroactive version", zh="版本溯及既往")
    label = Text(
        en="it governs from {effective}, and was known only from {known}",
        zh="自 {effective} 起适用，而 {known} 才公布",
    )
    hint = Text(en='if that is meant, add `retroactive "why"`', zh="若确有此意，加入 `溯及既往 「理由」`")
    bad = "effective from 2026-01-01\nknown from 2026-03-01"
    good = 'effective from 2026-01-01\nknown from 2026-03-01\nretroactive "both parties agreed to it"'
    effective: str
    known: str


CODES = (TermMissing, CountingOfLife, RetroactiveUnsaid)
