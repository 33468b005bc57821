"""Frames for metrics and amounts: one template per kind of node, English beside Chinese."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

FRAMES: dict[str, Text] = {
    "metric": Text(
        "{rule}[[ ({key})]], {period}: {value} [{standing}]",
        "{rule}[[（{key}）]]，{period}：{value} [{standing}]",
    ),
    "metric.unknown": Text(
        "{rule}[[ ({key})]], {period}: undetermined[[: {reason}]] [{standing}]",
        "{rule}[[（{key}）]]，{period}：无法判定[[：{reason}]] [{standing}]",
    ),
    "metric.range": Text("it lies between {low} and {high}", "介于 {low} 与 {high} 之间"),
    "key": Text("{name} {value}", "{name} {value}"),
    "bins": Text("Bins of {length} over {events}", "每段 {length}，遍及 {events}"),
    "bins.sampled": Text("with a ratio: {count}", "有比率者 {count} 段"),
    "bins.empty": Text(
        "empty[[ or with less than {least} to divide by]]: {count}, counted as: {choice}",
        "空段[[或分母不足 {least}]] {count} 段，计为：{choice}",
    ),
    "bins.missing": Text(
        "without any sample: {count}, taken: {choice}", "没有任何采样 {count} 段，处理：{choice}"
    ),
    "bins.ratios": Text("bins whose ratio was not 0", "比率不为 0 的段"),
    "bin.value": Text("{start} to {end}: {value}", "{start} 至 {end}：{value}"),
    "bins.values": Text("bins whose value was not 0", "数值不为 0 的段"),
    "bins.value": Text("with a value: {count}", "有数值者 {count} 段"),
    "bins.few": Text(
        "without a value[[, or with fewer than {least} samples]]: {count}, counted as: {choice}",
        "无数值[[或采样不足 {least} 个]] {count} 段，计为：{choice}",
    ),
    "bins.more": Text("and {count} more, not listed here", "另有 {count} 段未在此列出"),
    "bin": Text(
        "{start} to {end}: {top} ÷ {bottom} = {value}", "{start} 至 {end}：{top} ÷ {bottom} = {value}"
    ),
    "bins.mean": Text(
        "sum of the ratios ÷ number of bins: {numerator} ÷ {denominator} = {value}",
        "比率之和 ÷ 段数：{numerator} ÷ {denominator} = {value}",
    ),
    "bins.share": Text(
        "{numerator} of {denominator} bins = {value}", "{denominator} 段中 {numerator} 段 = {value}"
    ),
    "did": Text("What was done to the time, in this order", "对时长依次所作的处理"),
    "did.excluding": Text("the excluded time is taken off", "减去剔除的时间"),
    "did.bins": Text("each bin of {length} that it touches counts whole", "所及的每段 {length} 按整段计"),
    "did.bins.least": Text(
        "a bin of {length} counts, whole, if it held for at least {least} of it",
        "每段 {length} 内至少 {least} 者，按整段计",
    ),
    "did.bins.more": Text(
        "a bin of {length} counts, whole, if it held for more than {least} of it",
        "每段 {length} 内超过 {least} 者，按整段计",
    ),
    "did.run.least": Text("runs of at least {length} count", "至少 {length} 的连续段计入"),
    "did.run.more": Text("runs of more than {length} count", "超过 {length} 的连续段计入"),
    "did.period_borders": Text("it is cut at the borders of the period", "在期间边界处切开"),
    "did.round.each": Text("each stretch is rounded {mode}, to whole {unit}", "每段{mode}取整至 {unit}"),
    "did.round.total": Text("the total is rounded {mode}, to whole {unit}", "合计{mode}取整至 {unit}"),
    "counts": Text("What was counted", "计数"),
    "counts.none": Text(
        "no case was counted; for that the contract gives {value}", "没有可计的案件；合同规定此时为 {value}"
    ),
    "counts.total": Text("counted in all: {total}", "合计 {total} 件"),
    "division": Text("{numerator} of {denominator} = {value}", "{denominator} 件中 {numerator} 件 = {value}"),
    "quotient": Text("{numerator} ÷ {denominator} = {value}", "{numerator} ÷ {denominator} = {value}"),
    "folded": Text("What it is made of", "计入的各项"),
    "folded.more": Text("and {count} more, not listed here", "另有 {count} 项未在此列出"),
    "fold.few": Text(
        "{count}, and fewer than {least} are as good as none; for that the contract gives {value}",
        "计 {count} 项，不足 {least} 项视同没有；合同规定此时为 {value}",
    ),
    "fold.count.events": Text("events counted: {count}", "计入事件 {count} 件"),
    "fold.count.cases": Text("cases counted: {count}", "计入案件 {count} 件"),
    "fold.sum": Text("{sum} = {value}", "{sum} = {value}"),
    "fold.sum.many": Text("the sum of {count} values: {value}", "{count} 项之和：{value}"),
    "fold.extreme": Text("the {which} of {count}: {value}", "{count} 项中的{which}：{value}"),
    "fold.rank": Text(
        "{percent} of {count} is {exact}, so number {rank} in ascending order: {value}",
        "{count} 的 {percent} 为 {exact}，故取升序第 {rank} 项：{value}",
    ),
    "fold.between": Text(
        "number 1 + {percent} × {less} = {rank} in ascending order: {low} + {part} × ({high} − {low}) = {value}",
        "升序第 1 + {percent} × {less} = {rank} 项：{low} + {part} ×（{high} − {low}）= {value}",
    ),
    "mean.cases": Text(
        "mean of {count} cases: {total} ÷ {count} = {value}", "{count} 件的平均：{total} ÷ {count} = {value}"
    ),
    "mean.events": Text(
        "mean of {count} events: {total} ÷ {count} = {value}",
        "{count} 个事件的平均：{total} ÷ {count} = {value}",
    ),
    "moments": Text("The events at these moments", "这些时刻的事件"),
    "moments.more": Text("and {count} more, not listed here", "另有 {count} 个未在此列出"),
    "moment.field": Text("{name} {at}", "{name} {at}"),
    "members": Text("Cases that counted as not met", "计为未达标的案件"),
    "members.more": Text("and {count} more, not listed here", "另有 {count} 件未在此列出"),
    "left_out": Text("Left out", "不计入"),
    "arithmetic": Text("The arithmetic", "计算"),
    "time": Text("The time that was added up", "累计的时间"),
    "amount": Text(
        "{rule}[[ {subject}]][[ ({key})]][[, {period}]]: {debtor} owes {creditor} {value} [{status}[[, {standing}]]]",
        "{rule}[[ {subject}]][[（{key}）]][[，{period}]]：{debtor} 应付 {creditor} {value} [{status}[[，{standing}]]]",
    ),
    "amount.unknown": Text(
        "{rule}[[ {subject}]][[ ({key})]][[, {period}]]: the amount is undetermined[[: {reason}]]",
        "{rule}[[ {subject}]][[（{key}）]][[，{period}]]：金额无法判定[[：{reason}]]",
    ),
    "formula": Text("The formula: {names}", "算式：{names}"),
    "formula.with": Text("with the numbers in: {formula} = {value}", "代入数字：{formula} = {value}"),
    "late_days": Text("For each day late: {names}", "逾期每日：{names}"),
    "late_days.each": Text("on {first}: {inner}", "{first}：{inner}"),
    "late_days.none": Text("no day late counts", "没有计入的逾期日"),
    "late_days.more": Text(
        "and {count} more stretches, {days} days, not listed here: {sum}",
        "另有 {count} 段，共 {days} 天，未在此列出：{sum}",
    ),
    "late_days.total": Text("in all, {days} days late: {value}", "合计逾期 {days} 天：{value}"),
    "steps": Text("From the formula to the posting", "由算式到入账"),
    "step": Text(
        "{what}[[ ({detail})]]: {before} becomes {after}", "{what}[[（{detail}）]]：{before} 变为 {after}"
    ),
    "step.same": Text(
        "{what}[[ ({detail})]]: {before} stays as it is", "{what}[[（{detail}）]]：{before} 不变"
    ),
    "step.room": Text(
        "cap {what}[[, {period}]]: {limit}[[ and {carried} left over from before]], less {used} posted before, leave {room}: "
        "{before} becomes {after}",
        "封顶 {what}[[，{period}]]：{limit}[[，加此前余额 {carried}]]，减此前已入账 {used}，余 {room}：{before} 变为 {after}",
    ),
    "step.carries": Text("the excess of {value} goes over to the next period", "超额 {value} 转入下一期"),
    "posting": Text("The posting", "入账"),
    "posting.amount": Text("posted: {value}[[, in {period}]]", "入账：{value}[[，计入 {period}]]"),
    "posting.lapsed": Text(
        "lapsed and not posted: {value}[[, which was for {period}]]",
        "已失权，不入账：{value}[[（原拟计入 {period}）]]",
    ),
    "posting.claimable": Text(
        "posted once it is claimed: {value}[[, in {period}]]", "申领后入账：{value}[[，计入 {period}]]"
    ),
    "posting.to_come": Text("to be posted: {value}[[, in {period}]]", "待入账：{value}[[，计入 {period}]]"),
    "posting.not_chosen": Text(
        "not posted: {value}; amounts of its group exclude each other",
        "不入账：{value}；同组金额互相排斥",
    ),
    "posting.displaced": Text("displaced by {by}", "为 {by} 所取代"),
    "posting.payment": Text("paid {at}: {value}, by {by}", "{at} 付款：{value}，凭 {by}"),
    "posting.set_off": Text("set off {at}: {value}, against {by}", "{at} 抵销：{value}，与 {by}"),
    "posting.open": Text("still open: {sum} = {value}", "未清：{sum} = {value}"),
    "posting.due": Text("due by {at}", "应于 {at} 前支付"),
    "posting.claim": Text(
        "to be claimed by {at}[[, from {opens} on]]", "应于 {at} 前申领[[，自 {opens} 起]]"
    ),
    "posting.claimed": Text(
        "claimed {at}[[ by {by}]]; it could be claimed[[ from {opens}]] until {until}",
        "{at} 申领[[，凭 {by}]]；可申领期间[[自 {opens} ]]至 {until}",
    ),
    "posting.unclaimed": Text(
        "nobody claimed it[[ from {opens}]] until {at}", "[[自 {opens} ]]至 {at} 无人申领"
    ),
    "posting.carried_from": Text(
        "carried over from {period}, whose cap cut it off", "由 {period} 结转，系该期封顶削减的部分"
    ),
    "posting.sole": Text("the contract says that there is no other remedy", "合同写明别无其他救济"),
    "posting.because": Text("because of {items}", "依据：{items}"),
    "posting.total": Text(
        "{party} owes {other} in all: {sum} = {value}", "{party} 合计应付 {other}：{sum} = {value}"
    ),
    "tier": Text("The next tier", "下一档"),
}

ROWS: dict[str, tuple[Text, ...]] = {
    "late_run": (
        Text("{first}", "{first}"),
        Text("{last}", "{last}"),
        Text("{count} × {each}", "{count} × {each}"),
        Text("{sum}", "{sum}"),
        Text("{so_far}", "{so_far}"),
    ),
    "count": (Text("{status}", "{status}"), Text("{count}", "{count}"), Text("{side}", "{side}")),
    "moment": (
        Text("{at}", "{at}"),
        Text("{type}", "{type}"),
        Text("{subject}[[: {named}]]", "{subject}[[：{named}]]"),
        Text("{id}", "{id}"),
    ),
    "folded.one": (
        Text("{at}", "{at}"),
        Text("{what}", "{what}"),
        Text("{subject}", "{subject}"),
        Text("{value}", "{value}"),
        Text("{id}", "{id}"),
    ),
    "member": (Text("{rule}", "{rule}"), Text("{subject}", "{subject}"), Text("{status}", "{status}")),
    "out": (Text("{subject}", "{subject}"), Text("{reason}", "{reason}")),
}

HEADS: dict[str, tuple[Text, ...]] = {
    "late_days": (
        Text("from", "自"),
        Text("until", "至"),
        Text("days × amount", "天数 × 金额"),
        Text("sum", "小计"),
        Text("so far", "累计"),
    ),
    "moments": (Text("when", "时间"), Text("event", "事件"), Text("of", "对象"), Text("id", "编号")),
    "folded": (
        Text("when", "时间"),
        Text("event or rule", "事件或规则"),
        Text("of", "对象"),
        Text("value", "值"),
        Text("id", "编号"),
    ),
    "counts": (Text("status", "结论"), Text("cases", "件数"), Text("counts as", "计为")),
    "members": (Text("rule", "规则"), Text("subject", "对象"), Text("status", "结论")),
    "left_out": (Text("case", "案件"), Text("why", "原因")),
    "time": (
        Text("from", "自"),
        Text("until", "至"),
        Text("length", "时长"),
        Text("did it count?", "是否计入"),
        Text("counted", "计入"),
        Text("so far", "累计"),
    ),
}
