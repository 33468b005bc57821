"""Nothing goes in; the words for points of periods come out: by, before, the same month, two months later."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

LATER = {
    "month": Text("months", "个月"),
    "week": Text("weeks", "周"),
    "quarter": Text("quarters", "个季度"),
    "year": Text("years", "年"),
    "billing_cycle": Text("billing cycles", "个计费周期"),
    "day": Text("days", "日"),
    "working_day": Text("working days", "个工作日"),
    "hour": Text("hours", "个小时"),
    "minute": Text("minutes", "个分钟"),
    "us": Text("microseconds", "个微秒"),
    "term": Text("terms", "个合同期"),
}
BOUND = {
    "by": Text("by", "之前（含当日）"),
    "before": Text("before", "之前（不含当日）"),
    "from": Text("from", "起"),
    "day": Text("day", "日"),
    "working_day": Text("working day", "个工作日"),
    "this": Text("same ", "当"),
    "next": Text("next ", "次"),
    "month": Text("month", "月"),
    "week": Text("week", "周"),
    "quarter": Text("quarter", "季度"),
    "year": Text("year", "年"),
    "hour": Text("hour", "小时"),
    "minute": Text("minute", "分钟"),
    "us": Text("microsecond", "微秒"),
    "billing_cycle": Text("billing cycle", "计费周期"),
    "term": Text("term", "合同期"),
}
