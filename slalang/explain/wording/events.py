"""The type or the id of an event goes in; how people say it in English and Chinese comes out.

Types of the standard library have words of their own. What a contract declares itself is said as it is spelled, without dots and
underscores. What follows from a rule (`Sold.expiry`, id `Sold.expiry:e1`) is said by the rule and the events that it rests on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slalang.diagnostics.diagnostic import Language

EVENT: Final = {
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
    "agreement.signed": Text("agreement signed", "签署合同"),
    "agreement.activated": Text("agreement activated", "合同启用"),
    "batch.arrived": Text("batch arrived", "批次到货"),
    "batch.dispatched": Text("batch dispatched", "批次发出"),
    "batch.handed_out": Text("batch handed out", "批次发放"),
    "batch.recalled": Text("batch recalled", "批次召回"),
    "charge.billed": Text("charge billed", "计费"),
    "defect.found": Text("defect found", "发现缺陷"),
    "defect.made_good": Text("defect made good", "缺陷补正"),
    "delivery.made": Text("delivery made", "交货"),
    "delivery.refused": Text("delivery refused", "拒收"),
    "deposit.freed": Text("deposit freed", "保证金解除"),
    "deposit.paid": Text("deposit paid", "交付保证金"),
    "deposit.returned": Text("deposit returned", "退还保证金"),
    "disk.attached": Text("disk attached", "挂载磁盘"),
    "disk.back": Text("disk back", "磁盘恢复"),
    "disk.detached": Text("disk detached", "卸载磁盘"),
    "disk.lost": Text("disk lost", "磁盘丢失"),
    "finding.made": Text("finding made", "作出认定"),
    "finding.proved": Text("finding proved", "认定成立"),
    "force_majeure.struck": Text("force majeure struck", "发生不可抗力"),
    "force_majeure.told": Text("force majeure told", "通知不可抗力"),
    "force_majeure.proved": Text("force majeure proved", "证明不可抗力"),
    "force_majeure.ended": Text("force majeure ended", "不可抗力结束"),
    "invoice.issued": Text("invoice issued", "开具发票"),
    "invoice.paid": Text("invoice paid", "发票付清"),
    "invoice.denied": Text("invoice denied", "发票不予认证"),
    "invoice.found_invalid": Text("invoice found invalid", "发票被认定无效"),
    "lot.accepted": Text("lot accepted", "验收一批货"),
    "lot.discounted": Text("lot discounted", "一批货打折"),
    "lot.disposed": Text("lot disposed", "处理一批货"),
    "lot.entered": Text("lot entered", "一批货入库"),
    "lot.exchanged": Text("lot exchanged", "一批货换货"),
    "lot.inspected": Text("lot inspected", "检验一批货"),
    "lot.lost": Text("lot lost", "一批货灭失"),
    "lot.noticed": Text("lot noticed", "就一批货发出通知"),
    "lot.quantity_given": Text("lot quantity given", "报明一批货的数量"),
    "lot.returned": Text("lot returned", "一批货退货"),
    "lot.serials_filed": Text("lot serials filed", "报备一批货的序列号"),
    "lot.sold": Text("lot sold", "一批货售出"),
    "machine.reachable": Text("machine reachable", "机器可达"),
    "machine.started": Text("machine started", "机器启动"),
    "machine.stopped": Text("machine stopped", "机器停止"),
    "machine.unreachable": Text("machine unreachable", "机器不可达"),
    "misconduct.found": Text("misconduct found", "发现违规"),
    "misconduct.recorded": Text("misconduct recorded", "记录违规"),
    "notice.given": Text("notice given", "发出通知"),
    "order.placed": Text("order placed", "下单"),
    "order.answered": Text("order answered", "答复订单"),
    "order.cancelled": Text("order cancelled", "取消订单"),
    "order.changed": Text("order changed", "变更订单"),
    "order.withdrawn": Text("order withdrawn", "撤回订单"),
    "payment.made": Text("payment made", "付款"),
    "penalty_note.issued": Text("penalty note issued", "开出罚单"),
    "penalty_note.paid": Text("penalty note paid", "罚单付清"),
    "penalty_note.received": Text("penalty note received", "收到罚单"),
    "price.compared": Text("price compared", "比价"),
    "price.confirmed": Text("price confirmed", "确认价格"),
    "price.lowered": Text("price lowered", "降价"),
    "question.asked": Text("question asked", "询问"),
    "question.answered": Text("question answered", "答复"),
    "request.received": Text("request received", "收到请求"),
    "sale.made": Text("sale made", "售出"),
    "sale.cheaper": Text("sale cheaper", "低价销售"),
    "sample.taken": Text("sample taken", "取样"),
    "sample.received": Text("sample received", "收到样品"),
    "sample.inspected": Text("sample inspected", "检验样品"),
    "sample.reported": Text("sample reported", "报告样品结果"),
    "sample.consented": Text("sample consented", "就样品表示同意"),
    "sample.passed_on": Text("sample passed on", "样品转交"),
    "settlement.confirmed": Text("settlement confirmed", "确认结算"),
    "settlement.paid": Text("settlement paid", "结算付清"),
    "ticket.customer_joined": Text("ticket customer joined", "客户加入"),
    "ticket.escalated": Text("ticket escalated", "工单升级"),
    "ticket.escalation_demanded": Text("ticket escalation demanded", "要求升级"),
    "ticket.management_told": Text("ticket management told", "告知管理层"),
    "unit.claimed": Text("unit claimed", "就一件货提出要求"),
    "unit.collected": Text("unit collected", "取走一件货"),
    "unit.exchanged": Text("unit exchanged", "一件货换货"),
    "unit.noticed": Text("unit noticed", "就一件货发出通知"),
    "unit.parts_arrived": Text("unit parts arrived", "零件到货"),
    "unit.parts_awaited": Text("unit parts awaited", "等待零件"),
    "unit.refunded": Text("unit refunded", "一件货退款"),
    "unit.repair_failed": Text("unit repair failed", "维修失败"),
    "unit.repair_started": Text("unit repair started", "开始维修"),
    "unit.repaired": Text("unit repaired", "一件货修好"),
    "unit.returned": Text("unit returned", "一件货退货"),
    "unit.sold": Text("unit sold", "一件货售出"),
    "visit.made": Text("visit made", "走访"),
    "agreement.began": Text("the agreement began", "合同生效"),
    "agreement.expired": Text("the agreement expired", "合同届满"),
    "agreement.ended": Text("the agreement ended", "合同终止"),
    "agreement.renewed": Text("the agreement was renewed", "合同续期"),
    "agreement.suspended": Text("the agreement was suspended", "合同中止"),
    "agreement.resumed": Text("the agreement was resumed", "合同恢复"),
}
# What followed from a rule or a signal: as an event, and as the source of another one.
FOLLOWED: Final = {
    "breach": Text("breach of {name}", "{name} 违约"),
    "discharge": Text("discharge of {name}", "{name} 履行"),
    "expiry": Text("end of the limit of {name}", "{name} 期满"),
    "exercise": Text("exercise of {name}", "行使 {name}"),
    "crossing": Text("{name} became true", "{name} 转为成立"),
}
_BY: Final = Text("from {id}", "由 {id} 得出")
_WHOLE: Final = Text("{what} ({id})", "{what}（{id}）")
_TIME: Final = Text("{subject}, time {count}", "{subject}，第 {count} 次")
_TIME_ALONE: Final = Text("time {count}", "第 {count} 次")
_OF_RULE: Final = re.compile(rf"(.+?)\.({'|'.join(FOLLOWED)})(?::(.*))?", re.DOTALL)
_OF_AGREEMENT: Final = re.compile(
    r"(agreement\.(?:began|expired|ended|renewed|suspended|resumed)):(.*)", re.DOTALL
)


def event(key: str, language: Language) -> str:
    """The type of an event."""
    if key in EVENT:
        return EVENT[key].in_(language)
    followed = _OF_RULE.fullmatch(key)
    if followed is not None:
        return FOLLOWED[followed[2]].in_(language).format(name=followed[1])
    return key.replace(".", "" if not key.isascii() and language == "zh" else " ").replace("_", " ")


def id_beside(key: str, language: Language) -> str:
    """The id of an event where its type stands beside it: of one that followed, what it rests on."""
    found = _OF_RULE.fullmatch(key)
    if found is not None and found[3] is not None:
        return _rest(found[2], found[3], language, alone=True)
    life = _OF_AGREEMENT.fullmatch(key)
    return life[2].strip(":").replace(":", " ") if life is not None else key


def id_alone(key: str, language: Language) -> str:
    """The id of an event by itself."""
    found = _OF_RULE.fullmatch(key)
    if found is not None and found[3] is not None:
        what = FOLLOWED[found[2]].in_(language).format(name=found[1])
        inner = _rest(found[2], found[3], language, alone=False)
        return _WHOLE.in_(language).format(what=what, id=inner)
    life = _OF_AGREEMENT.fullmatch(key)
    if life is not None:
        of = life[2].strip(":").replace(":", " ")
        said = EVENT[life[1]].in_(language)
        return _WHOLE.in_(language).format(what=said, id=of) if of else said
    return key


def _rest(what: str, rest: str, language: Language, *, alone: bool) -> str:
    if what == "crossing" and "#" in rest:
        subject, _, count = rest.rpartition("#")
        return (_TIME if subject else _TIME_ALONE).in_(language).format(subject=subject, count=count)
    inner = id_alone(rest, language)
    return _BY.in_(language).format(id=inner) if alone else inner


SAID: Final[Mapping[str, Callable[[str, Language], str]]] = {
    "event": event, "id": id_beside, "id_alone": id_alone,
}  # fmt: skip
