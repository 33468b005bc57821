"""The outcome's fixed words (statuses, roles, policies, event types) go in; how each is said in English and Chinese comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language

STATUS = {
    "met": Text("met", "达标"),
    "late": Text("late", "迟延"),
    "overdue": Text("overdue", "逾期"),
    "broken": Text("broken", "不可补救"),
    "pending": Text("pending", "待定"),
    "excused": Text("excused", "免责"),
    "void": Text("void", "失效"),
    "undetermined": Text("undetermined", "无法判定"),
}
ROLE = {
    "trigger": Text("starts the case", "触发本案"),
    "start": Text("starts the clock", "开始计时"),
    "discharge": Text("discharges it", "履行完毕"),
    "reopened": Text("reopens it", "重新打开"),
    "change": Text("changes the case", "变更"),
    "void": Text("ends the case without a verdict", "使本案失效"),
    "standstill": Text("stops or resumes the clock", "停计或恢复计时"),
    "standstill.start": Text("stops the clock", "停计开始"),
    "standstill.end": Text("starts the clock again", "恢复计时"),
    "ignored": Text("has no effect here", "在此不起作用"),
    "excuse": Text("bears on an excuse", "与免责有关"),
}
STATE = {
    "counted": Text("counted", "计入"),
    "closed": Text("calendar closed", "非服务时间"),
    "standstill": Text("clock stood still", "停计"),
}
EVENT = {
    "ticket.opened": Text("ticket opened", "工单开立"),
    "ticket.assigned": Text("assigned", "已分派"),
    "ticket.responded": Text("response", "响应"),
    "ticket.waiting": Text("waiting", "开始等待"),
    "ticket.resumed": Text("resumed", "恢复处理"),
    "ticket.priority_changed": Text("priority changed", "优先级变更"),
    "ticket.cause_found": Text("cause found", "查明原因"),
    "ticket.resolved": Text("resolved", "已解决"),
    "ticket.reopened": Text("reopened", "重新打开"),
    "ticket.closed": Text("closed", "已关闭"),
    "ticket.cancelled": Text("cancelled", "已取消"),
    "ticket.confirmed": Text("creation confirmed", "确认受理"),
    "ticket.notified": Text("customer notified", "通知客户"),
    "ticket.progress_reported": Text("progress reported", "报告进展"),
    "ticket.confirmation_requested": Text("confirmation requested", "请求确认"),
    "shift.started": Text("shift began", "开始值班"),
    "shift.ended": Text("shift ended", "结束值班"),
    "report.sent": Text("report sent", "报告发出"),
    "outage.started": Text("outage began", "中断开始"),
    "outage.ended": Text("outage ended", "中断结束"),
    "maintenance.announced": Text("maintenance announced", "公告维护"),
    "maintenance.started": Text("maintenance began", "维护开始"),
    "maintenance.ended": Text("maintenance ended", "维护结束"),
    "probe.sampled": Text("probe sampled", "探测采样"),
    "credit.claimed": Text("credit claimed", "申领抵扣"),
}
EFFECT = {
    "standstill": Text("the clock stands still", "停计"),
    "extend": Text("excused, the limit extended by its length", "免责，按其时长顺延"),
    "release": Text("excused, released", "免责，免除"),
    "excuse": Text("excused", "免责"),
    "left_out": Text("left out of the metric", "不计入指标"),
    "override": Text("another value", "另行取值"),
    "void": Text("the case falls away", "本案失效"),
    "reading": Text("a chosen reading", "采用的解读"),
    "condition": Text("condition of the amount", "金额的条件"),
}
POLICY = {
    "on_change": Text("on change", "变更时"),
    "after_a_relaxed_limit": Text("after a relaxed limit", "限期放宽后"),
    "after_relaxed_limit": Text("after a relaxed limit", "限期放宽后"),
    "leaving_scope": Text("leaving the scope", "离开范围"),
    "on_reopening": Text("on reopening", "重开时"),
    "second_trigger": Text("second trigger", "再次触发"),
    "discharge_ends": Text("discharge ends", "履行了结"),
    "leaving_the_scope": Text("leaving the scope", "离开范围"),
    "at_closing_time": Text("at closing time", "恰在收工时"),
    "standstill_of_days": Text("standstill of days", "停计天数"),
    "read_at": Text("read at", "取值于"),
    "counted_by": Text("counted by", "归属按"),
    "pooling": Text("pooling", "合并"),
    "counts_as_met": Text("counts as met", "计为达标"),
    "counts_as_not_met": Text("counts as not met", "计为未达标"),
    "when_none": Text("when none", "无案时"),
    "groups": Text("groups", "分组来自"),
    "rounding": Text("rounding", "舍入"),
    "posted": Text("posted", "入账于"),
    "no_next_period": Text("no next period", "无下期时"),
    "amendment_reaches": Text("amendment reaches", "修订适用于"),
    "report_matched_by": Text("report matched by", "报告对应"),
    "rows": Text("rows", "行"),
}
CHOICE = {
    "from_the_start": Text("from the start", "从头计"),
    "from_the_change": Text("from the change", "自变更起"),
    "remaining_share": Text("remaining share", "按剩余比例"),
    "the_breach_stands": Text("the breach stands", "违约成立"),
    "breach_stands": Text("the breach stands", "违约成立"),
    "oldest": Text("the oldest", "最早一件"),
    "named": Text("the named", "指明一件"),
    "open_cases_from_start": Text("open cases from their start", "在办自起点"),
    "open_cases_from_change": Text("open cases from the change", "在办自修订"),
    "judged_anew": Text("judged anew", "重新判定"),
    "continues": Text("continues", "继续"),
    "restarts": Text("restarts", "重新计"),
    "frozen": Text("frozen", "以首次为准"),
    "new_case": Text("new case", "另案"),
    "ignored": Text("ignored", "忽略"),
    "opens_another": Text("opens another", "另起一件"),
    "the_oldest": Text("the oldest", "最早一件"),
    "the_named": Text("the named", "指明一件"),
    "all": Text("all", "全部"),
    "void": Text("void", "失效"),
    "stays": Text("stays", "仍计"),
    "closing": Text("closing", "收工时刻"),
    "next_opening": Text("next opening", "下次开工"),
    "nothing": Text("nothing", "不顺延"),
    "exact_time": Text("exact time", "加停计时长"),
    "calendar_time": Text("calendar time", "加日历时长"),
    "each_day_touched": Text("each day touched", "按日顺延"),
    "trigger": Text("trigger", "触发时"),
    "deadline": Text("deadline", "到期"),
    "discharge": Text("discharge", "履行时"),
    "period_end": Text("period end", "期末"),
    "latest": Text("latest", "最新"),
    "start": Text("start", "起点"),
    "end": Text("end", "结束"),
    "verdicts_pooled": Text("verdicts pooled", "逐项合计"),
    "cases_meet_all": Text("cases meet all", "逐案全达标"),
    "shares_averaged": Text("shares averaged", "占比平均"),
    "undetermined": Text("undetermined", "无法判定"),
    "register": Text("register", "登记册"),
    "seen": Text("seen", "数据所见"),
    "half_up": Text("half up", "四舍五入"),
    "half_even": Text("half even", "银行家舍入"),
    "down": Text("down", "舍去"),
    "up": Text("up", "进位"),
    "same_period": Text("same period", "本期"),
    "next_period": Text("next period", "下期"),
    "paid_out": Text("paid out", "直接支付"),
    "lapses": Text("lapses", "作废"),
    "new_cases": Text("new cases", "新案"),
    "open_cases_from_their_start": Text("open cases from their start", "在办自起点"),
    "open_cases_from_the_change": Text("open cases from the change", "在办自修订"),
    "period_field": Text("period field", "所报期间"),
    "oldest_open": Text("oldest open", "最早未交"),
    "one_applies": Text("one applies", "唯一"),
    "first_applies": Text("first applies", "首行"),
}
AT = {
    "trigger": Text("at the trigger", "触发时"),
    "deadline": Text("at the deadline", "到期时"),
    "discharge": Text("at the discharge", "履行时"),
    "period_end": Text("at the period's end", "期末"),
    "latest": Text("latest known", "最新"),
}
CASE_VALUE = {
    "measure": Text("measured", "实测"),
    "limit": Text("limit", "限期"),
    "margin": Text("margin", "余量"),
    "lateness": Text("lateness", "迟延"),
    "days_late": Text("days late", "迟延天数"),
    "workdays_late": Text("working days late", "迟延工作日数"),
    "status": Text("status", "结论"),
    "start": Text("start", "起点"),
    "deadline": Text("deadline", "到期时刻"),
    "discharged_at": Text("discharge", "履行时刻"),
    "breached_at": Text("breach", "违约时刻"),
}
DETAIL = {
    "second_trigger": Text("a second trigger, which the contract ignores", "再次触发，按合同不计"),
    "frozen": Text("the first close counts", "以首次完成为准"),
    "continues": Text("the clock goes on", "继续计时"),
    "restarts": Text("the clock starts anew", "重新计时"),
    "already_discharged": Text("it had been done already", "此前已履行"),
    "by_another_party": Text("done by another party", "由他方作出"),
    "void_when": Text("the rule says so", "按规则失效"),
    "left_the_scope": Text("it left the scope of the rule", "离开规则的适用范围"),
    "no_limit": Text("no limit applies to it", "没有适用的限期"),
}
DATE = {
    "period": Text("the period", "所属期间"),
    "by": Text("by this day, its 24:00", "至该日 24:00（含）"),
    "before": Text("before this day", "早于该日"),
    "working_days": Text("working days counted from the next day", "自次日起计工作日"),
    "civil": Text("days and months counted from the next day", "自次日起计"),
    "less_than": Text("less than: the day before", "少于：前一日"),
    "backward": Text("counted backward, the anchor's day left out", "向前倒计，基准日不计"),
    "start": Text("the start, a day that is not counted", "起算日，当日不计"),
    "anchor": Text("the anchor, a day that is not counted", "基准日，当日不计"),
}
ASSUMPTION = {
    "open_word": Text("open word", "开放词"),
    "reading": Text("reading", "解读"),
    "assumption": Text("assumption", "假定"),
    "convention": Text("counting convention", "计期惯例"),
    "parameter": Text("parameter", "参数"),
}
STEP = {
    "cap": Text("at most", "封顶"),
    "at_most": Text("at most", "封顶"),
    "floor": Text("at least", "保底"),
    "at_least": Text("at least", "保底"),
    "rounding": Text("rounded", "舍入"),
    "round": Text("rounded", "舍入"),
    "set_off": Text("set off", "抵销"),
}
LEDGER = {
    "posted": Text("posted", "已入账"),
    "claimable": Text("claimable", "可申领"),
    "claimed": Text("claimed", "已申领"),
    "lapsed": Text("lapsed", "已失权"),
    "scheduled": Text("scheduled", "待入账"),
    "undetermined": Text("undetermined", "无法判定"),
}
RIGHT = {
    "not_yet": Text("not yet", "尚未产生"),
    "exercisable": Text("exercisable", "可行使"),
    "exercised": Text("exercised", "已行使"),
    "lapsed": Text("lapsed", "已过期"),
    "ineffective": Text("ineffective", "行使无效"),
    "undetermined": Text("undetermined", "无法判定"),
}
FOLD = {
    "count": Text("count", "件数"),
    "sum": Text("sum", "合计"),
    "mean": Text("mean", "平均"),
    "percentile": Text("percentile", "百分位数"),
    "largest": Text("largest", "最大值"),
    "smallest": Text("smallest", "最小值"),
}
SAID = {
    "true": Text("yes", "是"),
    "false": Text("no", "否"),
    "none": Text("unknown", "不明"),
    "final": Text("final", "终局"),
    "provisional": Text("provisional", "暂定"),
    "always": Text("every hour of every day", "全天候"),
    "rule": Text("the rule itself", "规则本身"),
}
GROUPS: dict[str, dict[str, Text]] = {
    "status": STATUS,
    "role": ROLE,
    "state": STATE,
    "event": EVENT,
    "effect": EFFECT,
    "policy": POLICY,
    "choice": CHOICE,
    "at": AT,
    "case": CASE_VALUE,
    "date": DATE,
    "detail": DETAIL,
    "assumption": ASSUMPTION,
    "step": STEP,
    "ledger": LEDGER,
    "right": RIGHT,
    "fold": FOLD,
    "said": SAID,
}


def word(key: str, group: str, language: Language) -> str:
    """How a word of a group is said; one that is not listed is a contract's own and stands as it is written."""
    found = GROUPS.get(group, {}).get(key)
    if found is not None:
        return found.in_(language)
    return key.replace("_", " ") if group in {"policy", "choice", "effect", "step"} else key
