"""Frames for expressions, conditions, limits and table rows: one template per kind, English beside Chinese."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text


def _same(template: str) -> Text:
    return Text(template, template)


FRAMES: dict[str, Text] = {
    "x.value": _same("{value}"),
    "x.paren": _same("({inner})"),
    "x.list": _same("{items}"),
    "x.at": Text("{name} {at}", "{at}的 {name}"),
    "x.latest": Text("the latest {name}", "最新的 {name}"),
    "x.via": Text("{name} of {via}", "{via} 的 {name}"),
    "x.unpaid": Text("what is unpaid of {name}", "{name} 未付的部分"),
    "x.back": Text("{name} of the previous {span} periods", "前 {span} 期的 {name}"),
    "x.previous": Text("{name} of the previous period", "上期的 {name}"),
    "x.+": _same("{a} + {b}"),
    "x.-": _same("{a} − {b}"),
    "x.*": _same("{a} × {b}"),
    "x./": _same("{a} ÷ {b}"),
    "x.neg": _same("−{a}"),
    "x.<": Text("{a} is less than {b}", "{a} 小于 {b}"),
    "x.<=": Text("{a} is at most {b}", "{a} 不大于 {b}"),
    "x.>": Text("{a} is more than {b}", "{a} 大于 {b}"),
    "x.>=": Text("{a} is at least {b}", "{a} 不小于 {b}"),
    "x.==": Text("{a} is {b}", "{a} 为 {b}"),
    "x.!=": Text("{a} is not {b}", "{a} 不为 {b}"),
    "x.and": Text("{a} and {b}", "{a} 且 {b}"),
    "x.or": Text("{a} or {b}", "{a} 或 {b}"),
    "x.not": Text("not {a}", "并非 {a}"),
    "x.call": _same("{name}({args})"),
    "x.period.start": Text("the start of the period", "期初"),
    "x.period.end": Text("the end of the period", "期末"),
    "x.term.start": Text("the first day of the term", "期限首日"),
    "x.term.end": Text("the last day of the term", "期限末日"),
    "x.if": Text("{then} if {condition}, else {orelse}", "若 {condition} 则 {then}，否则 {orelse}"),
    "x.lookup": Text("{column} of table {table}", "表 {table} 的 {column}"),
    "x.lookup.own": Text("the table of {rule}", "{rule} 的表"),
    "form.share": Text("share met of {rules}", "{rules} 的达标占比"),
    "form.cases": Text("{fold} over {rules}", "{rules} 的{fold}"),
    "form.events": Text("{fold} over {events}", "{events} 的{fold}"),
    "form.time": Text("time of {signal}", "{signal} 的时间"),
    "form.open": Text("time in {calendar}", "{calendar} 的时间"),
    "form.bins.mean": Text(
        "mean of the ratios of {top} to {bottom} in bins of {length}",
        "每段 {length} 内 {top} 与 {bottom} 之比的均值",
    ),
    "form.bins.share": Text(
        "share of bins of {length} in which the ratio of {top} to {bottom} {test}",
        "每段 {length} 中 {top} 与 {bottom} 之比{test}者所占比例",
    ),
    "piece.ratio": Text("the ratio of {top} to {bottom}", "{top} 与 {bottom} 之比"),
    "piece.sum": Text("the sum of {top}", "{top} 的合计"),
    "piece.mean": Text("the mean of {top}", "{top} 的均值"),
    "piece.largest": Text("the largest {top}", "最大的 {top}"),
    "piece.smallest": Text("the smallest {top}", "最小的 {top}"),
    "piece.percentile": Text("percentile {percent} of {top}", "{top} 的第 {percent} 百分位数"),
    "piece.interpolated_percentile": Text(
        "interpolated percentile {percent} of {top}", "{top} 的第 {percent} 插值百分位数"
    ),
    "form.pieces.interpolated_percentile": Text(
        "{value}, interpolated percentile {percent} of the bins of {length}",
        "每段 {length} 内{value}，取第 {percent} 插值百分位数",
    ),
    "form.pieces.mean": Text(
        "mean of {value}, bin by bin of {length}", "每段 {length} 内{value}，取各段均值"
    ),
    "form.pieces.largest": Text(
        "{value}, the largest of the bins of {length}", "每段 {length} 内{value}，取最大"
    ),
    "form.pieces.smallest": Text(
        "{value}, the smallest of the bins of {length}", "每段 {length} 内{value}，取最小"
    ),
    "form.pieces.percentile": Text(
        "{value}, percentile {percent} of the bins of {length}",
        "每段 {length} 内{value}，取第 {percent} 百分位数",
    ),
    "form.pieces.share": Text(
        "share of bins of {length} in which {value} {test}", "每段 {length} 中{value}{test}者所占比例"
    ),
    "form.pieces.time": Text(
        "time of the bins of {length} in which {value} {test}", "每段 {length} 中{value}{test}者的时长"
    ),
    "bin.<": Text("is below {value}", "小于 {value}"),
    "bin.<=": Text("is at most {value}", "不大于 {value}"),
    "bin.>": Text("is above {value}", "大于 {value}"),
    "bin.>=": Text("is at least {value}", "不小于 {value}"),
    "x.earlier.sum": Text("the sum of {name} over the previous {span} periods", "前 {span} 期 {name} 的合计"),
    "x.earlier.lowest": Text(
        "the lowest {name} of the previous {span} periods", "前 {span} 期 {name} 中的最低者"
    ),
    "x.earlier.highest": Text(
        "the highest {name} of the previous {span} periods", "前 {span} 期 {name} 中的最高者"
    ),
    "x.earlier.mean": Text(
        "the mean of {name} over the previous {span} periods", "前 {span} 期 {name} 的平均"
    ),
    "x.joined.sum": Text("the sum of {name} over the periods in this one", "本期内各期 {name} 的合计"),
    "x.joined.lowest": Text("the lowest {name} of the periods in this one", "本期内各期 {name} 中的最低者"),
    "x.joined.highest": Text("the highest {name} of the periods in this one", "本期内各期 {name} 中的最高者"),
    "x.joined.mean": Text("the mean of {name} over the periods in this one", "本期内各期 {name} 的平均"),
    "x.within.year": Text("{name} earlier this year", "本年此前的 {name}"),
    "x.within.contract": Text("{name} earlier in the contract year", "本合同年此前的 {name}"),
    "x.across.sum": Text("the sum of {name} over its groups", "{name} 各组的合计"),
    "x.across.lowest": Text("the lowest {name} of its groups", "{name} 各组中的最低者"),
    "x.across.highest": Text("the highest {name} of its groups", "{name} 各组中的最高者"),
    "x.across.mean": Text("the mean of {name} over its groups", "{name} 各组的平均"),
    "x.default": _same("{name}"),
    "limit.<=": Text("at most {value}", "至多 {value}"),
    "limit.ahead": Text("at least {value} before", "至少提前 {value}"),
    "limit.ahead_more": Text("more than {value} before", "提前多于 {value}"),
    "limit.for": Text("forbidden for {value}, its end included", "禁止 {value}，含末刻"),
    "limit.for_less": Text("forbidden for {value}, its end not included", "禁止 {value}，不含末刻"),
    "limit.<": Text("less than {value}", "少于 {value}"),
    "limit.ahead.<=": Text("at least {value}", "至少 {value}"),
    "limit.ahead.<": Text("more than {value}", "超过 {value}"),
    "limit.days": _same("{days}"),
    "limit.civil": _same("[[{months}]][[ {days}]]"),
    "limit.workdays": Text("{days}[[ of {calendar}]]", "{days}[[（{calendar}）]]"),
    "limit.date": Text("{bound} {value}", "{value} {bound}"),
    "limit.point": Text("{bound} {day} {nth} of the {offset}{unit}", "{offset}{unit}第 {nth} {day}{bound}"),
    "limit.from_end": Text(
        "{bound} {day} {nth} from the end of the {offset}{unit}", "{offset}{unit}倒数第 {nth} {day}{bound}"
    ),
    "limit.point.later": Text(
        "{bound} {day} {nth} of the {unit} {offset} {more} later",
        "当{unit}之后第 {offset} {more}的第 {nth} {day}{bound}",
    ),
    "limit.from_end.later": Text(
        "{bound} {day} {nth} from the end of the {unit} {offset} {more} later",
        "当{unit}之后第 {offset} {more}的倒数第 {nth} {day}{bound}",
    ),
    "limit.end.later": Text(
        "{bound} the end of the {unit} {offset} {more} later", "当{unit}之后第 {offset} {more}结束{bound}"
    ),
    "limit.period_end": Text("{bound} the end of the period", "本期结束{bound}"),
    "limit.end": Text("{bound} the end of the {offset}{unit}", "{offset}{unit}结束{bound}"),
    "limit.last_day": Text("the last day", "末日"),
    "limit.next_open": Text(
        "{limit}, moved on to the next open day of {calendar}",
        "{limit}，遇 {calendar} 关闭则顺延至下一开放日",
    ),
    "limit.next_open.month": Text(
        "{limit}, moved on to the next open day of {calendar} that is not the last of a month",
        "{limit}，遇 {calendar} 关闭或月末日则顺延至下一开放日",
    ),
    "limit.previous_open": Text(
        "{limit}, moved back to the last open day of {calendar}",
        "{limit}，遇 {calendar} 关闭则提前至上一开放日",
    ),
    "limit.previous_open.month": Text(
        "{limit}, moved back to the last open day of {calendar} that is not the last of a month",
        "{limit}，遇 {calendar} 关闭或月末日则提前至上一开放日",
    ),
    "limit.closes": Text(
        "{limit}, its last day ending when {calendar} closes", "{limit}，末日止于 {calendar} 收工时"
    ),
    "cell.any": Text("any {name}", "任意 {name}"),
    "cell.is": Text("{name} is {values}", "{name} 为 {values}"),
    "cell.and": Text("{a}; {b}", "{a}；{b}"),
    "cell.range": Text("{name} in {open}{low}, {high}{close}", "{name} 在 {open}{low}, {high}{close}"),
    "cell.<": Text("{name} less than {value}", "{name} 小于 {value}"),
    "cell.<=": Text("{name} at most {value}", "{name} 不大于 {value}"),
    "cell.>": Text("{name} more than {value}", "{name} 大于 {value}"),
    "cell.>=": Text("{name} at least {value}", "{name} 不小于 {value}"),
    "cell.otherwise": Text("any other case", "其余情形"),
    "row.content": _same("{conditions} → {results}"),
    "row.result": _same("[[{name} ]]{value}"),
    "pattern.one": _same("{type}"),
    "pattern.where": Text("{type} where {condition}", "{type}（其中 {condition}）"),
    "pattern.first": Text("the first {events}", "首次 {events}"),
    "pattern.last": Text("the last {events}", "末次 {events}"),
    "signal.is": Text("{name}: {value}", "{name}：{value}"),
    "signal.count": Text(
        "{name}: how many times {events} so far[[, less {less}]][[, anew from {reset}]][[, in the last {window}]]",
        "{name}：至今 {events} 的次数[[，减 {less}]][[，清零于 {reset}]][[，近 {window}]]",
    ),
    "signal.sum": Text(
        "{name}: the sum of {value} of {events} so far[[, less {less}]][[, anew from {reset}]][[, in the last {window}]]",
        "{name}：至今 {events} 的 {value} 之和[[，减 {less}]][[，清零于 {reset}]][[，近 {window}]]",
    ),
    "signal.longer": Text(
        "{name}: {signal} has held for more than {bound} in all[[, counted anew {period}]]",
        "{name}：{signal} 累计成立超过 {bound}[[，{period}重新累计]]",
    ),
    "signal.as_long": Text(
        "{name}: {signal} has held for at least {bound} in all[[, counted anew {period}]]",
        "{name}：{signal} 累计成立达到 {bound}[[，{period}重新累计]]",
    ),
    "signal.late": Text(
        "{name}: the days begun by now after the deadlines of {rules}, in cases that are open",
        "{name}：{rules} 在办案件到期日之后至今已开始的天数",
    ),
    "signal.late.closed": Text(
        "{name}: the days begun by now after the deadlines of {rules}, in cases that are open or were discharged late",
        "{name}：{rules} 在办及迟延后已履行的案件到期日之后已开始的天数",
    ),
    "each.day": Text("each day", "每日"),
    "each.week": Text("each week", "每周"),
    "each.month": Text("each month", "每月"),
    "each.quarter": Text("each quarter", "每季"),
    "each.year": Text("each year", "每年"),
    "each.period": Text("in each period that the rule names", "每个所定期间"),
    "pattern.rule": Text("{what} of {rule}[[ where {where}]]", "{rule} 的{what}[[（其中 {where}）]]"),
    "pattern.crossing": Text(
        "the moment {rule} becomes true[[ where {where}]]", "{rule} 转为成立之时[[（其中 {where}）]]"
    ),
    "pattern.together": Text(
        "the last of these, once all have happened: {events}", "以下各项齐备之时：{events}"
    ),
}
