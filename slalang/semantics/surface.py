"""A line's kind and its words go in; the line as a contract would write it comes out, with English or Chinese keywords, for hints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from slalang.syntax.tree import Document

_LINES: Final = {
    "currency": ("currency {0}", "币种 {0}"),
    "zone": ("time zone {0}", "时区 {0}"),
    "contract": ('contract "…" version "1.0"', "合同 「…」 版本 「1.0」"),
    "counting": ("counting {0}", "计期 {0}"),
    "conventions": ("conventions {0}", "惯例 {0}"),
    "owes": ("{0} owes {1}", "{0} 应向 {1}"),
    "from_until": ("from {0} until {1}", "自 {0} 至 {1}"),
    "until": ("until {0}", "至 {0}"),
    "clock_always": ("clock always", "计时 始终"),
    "clock_in": ("clock in {0}", "计时 于 {0}"),
    "within": ("within <= {0}", "限 <= {0}"),
    "for_each": ("for each {0}", "对每个 {0}"),
    "each_month": ("each month", "每月"),
    "holds": ("holds {0}", "保持 {0}"),
    "value": ("= {0}", "= {0}"),
    "amount": ("amount = {0}", "金额 = {0}"),
    "claim": ("claim by … within 30 days after period end", "申领 凭 … 于期末后 30 天内"),
    "claim_of_it": ("claim within … after it by …", "申领于其后 … 之内 凭 …"),
    "cap": ("at most … each year", "至多 … 每年"),
    "pays": ("{0} pays {1}", "{0} 付给 {1}"),
    "paid_by": ("paid by payment.made amount value", "付款 凭 payment.made 金额 value"),
    "settles": ("settles {0}", "抵充 {0}"),
    "debt_named_by": ("debt named by …", "指明于 …"),
    "not_there": ('not there "…"', "原文没有 「…」"),
    "not_judged": ('not judged "…"', "不予判定 「…」"),
    "days_of": ("{0} business days of {1}", "{0} 个工作日 取自 {1}"),
    "of_calendar": ("{0} of {1}", "{0} 取自 {1}"),
    "each_working_day": ("each working day of {0}", "每工作日 取自 {0}"),
    "grouped": ("by {0}", "按 {0}"),
    "exercised_by": ("exercised by {0}", "行使 凭 {0}"),
    "use": ("use {0}", "引用 {0}"),
    "levels": ("levels {0} = {1}", "等级 {0} = {1}"),
    "by": ("by {0}", "按 {0}"),
    "term": ("term from {0} until {1}", "期限 自 {0} 至 {1}"),
    "promises": ("promises {0}", "承诺 {0}"),
    "rests_on": ("rests on {0}, in series", "依赖 {0}，串联"),
}


def line(kind: str, *words: str, chinese: bool) -> str:
    """The line of a kind, filled in."""
    return _LINES[kind][chinese].format(*words)


def is_chinese(document: Document) -> bool:
    """Whether a file writes its keywords in Chinese: decided by the first keyword of its first sentence."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.type not in {"NAME", "STRING", "NUMBER"}:
                return not token.text.isascii()
    return False
