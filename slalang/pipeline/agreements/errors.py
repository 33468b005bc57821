"""Diagnostics of facts that belong to no agreement while there are several."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class BelongsNowhere(Diagnostic):
    """A run knows several agreements, and nothing leads from a subject to one of them.

    Where a run knows one agreement, whatever names none belongs to it. Where there are several, nobody can tell: the case would be
    judged, and paid for, under no agreement at all.
    """

    code = "SLA-E0737"
    title = Text(en="belongs to none of several agreements", zh="不属于任何一份协议")
    label = Text(
        en="nothing leads from {subjects} to one of the agreements {agreements}",
        zh="{subjects} 无从归入协议 {agreements} 中的任何一份",
    )
    hint = Text(
        en="name it: the field `agreement` of an event, or an attribute of the register",
        zh="请指明：在事件的 `agreement` 字段，或登记册的属性中",
    )
    page_zh = "一次运行涉及多份协议，而某主体无从归入其中任何一份。\n\n只有一份协议时，未指明协议的均归于该协议；有多份时则无从判断：该情形会被判定、计价，却不属于任何协议。"

    subjects: tuple[str, ...]
    agreements: tuple[str, ...]


class JudgedApart(BelongsNowhere):
    """With `--lenient`: a subject that belongs to none of several agreements is judged apart, under none."""

    code = "SLA-E0738"
    severity = "warning"
    title = Text(en="judged under no agreement", zh="不归入任何协议而单独判定")
    page_zh = "使用 `--lenient` 时：不属于任何一份协议的主体单独判定，不归入任何协议。"

    subjects: tuple[str, ...]
    agreements: tuple[str, ...]


CODES = (BelongsNowhere, JudgedApart)
