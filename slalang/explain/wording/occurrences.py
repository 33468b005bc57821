"""Kinds of nodes about occurrences of recurring, standing and target duties go in; their sentences in two languages come out."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

FRAMES: dict[str, Text] = {
    "occurrence": Text(
        "The occurrence: {period}, from {start} until {end}", "所属期间：{period}，自 {start} 至 {end}"
    ),
    "occurrence.open": Text(
        "The occurrence: {period}, from {start} on; no end is stated",
        "所属期间：{period}，自 {start} 起，未定终止日",
    ),
    "occurrence.window": Text(
        "what is done from {at} on can count for it ({how})", "自 {at} 起的行为可用于本期（{how}）"
    ),
    "occurrence.named": Text(
        "its field {field} names {period}: so it is for this occurrence",
        "其字段 {field} 写明 {period}，故用于本期",
    ),
    "occurrence.oldest": Text(
        "when it came, {period} was the oldest occurrence still open: so it is for this one",
        "其到达时，{period} 是最早的未履行期间，故用于本期",
    ),
    "occurrence.falls_in": Text(
        "it came within {period}: so it is for this occurrence", "其在 {period} 之内到达，故用于本期"
    ),
    "occurrence.gap": Text("what did not hold at {at}", "{at} 时不成立者"),
    "flip.down": Text("{by} less downtime: {now} becomes {then}", "中断减少 {by}：{now} 变为 {then}"),
    "flip.figure": Text("{count} change(s): {now} becomes {then}", "{count} 项改变：{now} 变为 {then}"),
    "flip.without": Text("without {event}[[ of {of}]] (event {id})", "没有 {event}[[（{of}）]]（事件 {id}）"),
    "flip.more_events": Text("{count} more {event}, like event {at}", "另有 {count} 个 {event}，如事件 {at}"),
    "flip.paid": Text("{event} of {value} more, at {at}", "{at} 另有 {event} {value}"),
    "flip.right": Text(
        "evaluated again with this change: {name} stands at: {status}", "按此改变重新评定：{name} 为 {status}"
    ),
    "flip.others": Text("and {count} more", "另有 {count} 项"),
    "flip.all": Text("all of these together", "以下改变合并"),
}

WINDOW: dict[str, Text] = {
    "period_start": Text("the beginning of the period", "期初"),
    "period_end": Text("the end of the period", "期末"),
    "stated": Text("as the rule states", "依规则所定"),
}
