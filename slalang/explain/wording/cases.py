"""Frames for the verdict of a case: one template per kind of node, English beside Chinese; `[[…]]` goes when its value is missing."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

FRAMES: dict[str, Text] = {
    # headline
    "verdict": Text(
        "{rule}[[, {subject}]][[ ({period})]]: {headline} [{standing}]",
        "{rule}[[，{subject}]][[（{period}）]]：{headline} [{standing}]",
    ),
    "is.met": Text("met[[, with {margin} to spare]]", "达标[[，余量 {margin}]]"),
    "is.late": Text("late[[ by {over}]]", "迟延[[ {over}]]"),
    "is.overdue": Text("overdue[[ by {over}]] as of {as_of}", "逾期[[ {over}]]（截至 {as_of}）"),
    "is.met.measured": Text("in time[[, with {margin} to spare]]", "按期[[，余量 {margin}]]"),
    "is.met.timer": Text("its time has run out", "时间已届满"),
    "is.late.measured": Text("after its time[[, by {over}]]", "超期[[ {over}]]"),
    "is.overdue.measured": Text(
        "not yet[[, {over} after its time]] as of {as_of}", "尚未发生[[，已超期 {over}]]（截至 {as_of}）"
    ),
    "is.broken": Text("broken[[, short by {over}]]", "不可补救的违约[[，相差 {over}]]"),
    "is.interrupted": Text("broken, interrupted for {over}", "不可补救的违约，中断 {over}"),
    "is.pending": Text("pending[[, {margin} left]]", "待定[[，尚余 {margin}]]"),
    "is.excused": Text("excused", "免责"),
    "is.void": Text("void[[: {reason}]]", "失效[[：{reason}]]"),
    "is.undetermined": Text("undetermined[[: {reason}]]", "无法判定[[：{reason}]]"),
    # the rule
    "rule": Text('Rule: clause {clause}[[ "{title}"]]', "规则：条款 {clause}[[ 「{title}」]]"),
    "rule.uncited": Text("Rule: {name}, which cites no clause", "规则：{name}，未引用条款"),
    "rule.text": Text('it says in short: "{text}"', "条款大意：「{text}」"),
    "rule.parties": Text(
        "{debtor}[[ ({debtor_title})]][[, in the place of {debtor_role},]] owes it to {creditor}[[ ({creditor_title})]]"
        "[[, in the place of {creditor_role}]]",
        "{debtor}[[（{debtor_title}）]][[（承继 {debtor_role}）]] 对 {creditor}[[（{creditor_title}）]][[（承继 {creditor_role}）]] 负有此义务",
    ),
    "rule.measured": Text("measured only: nobody owes it", "仅作计量：无人负有此义务"),
    "rule.duty": Text("from {trigger}[[ until {discharge}]]", "自 {trigger}[[ 至 {discharge}]]"),
    "rule.forbidden": Text(
        "forbidden[[ from {trigger} on]]: {discharge}", "禁止[[（自 {trigger} 起）]]：{discharge}"
    ),
    "rule.act": Text("what is owed: {discharge}", "应履行：{discharge}"),
    "rule.holds": Text("what must hold: {condition}", "须满足：{condition}"),
    "rule.ahead": Text("{discharge} {limit} before {trigger}", "{discharge} 须早于 {trigger}，提前{limit}"),
    "rule.window": Text("it may be done {day}, not earlier", "可履行：{day}，不得更早"),
    "rule.moves": Text("{how}", "{how}"),
    "rule.due": Text("due {limit}", "期限：{limit}"),
    "rule.each": Text("for each {period}", "每个 {period}"),
    "rule.clock": Text("the clock runs {calendar}", "计时：{calendar}"),
    "rule.clock_in": Text(
        "the clock runs in the open hours of {calendar}", "计时：仅在 {calendar} 的服务时间内"
    ),
    "rule.standstill": Text(
        "the clock stands still while {condition}[[ ({name})]][[ (clause {clause})]]",
        "停计：当 {condition}[[（{name}）]][[（条款 {clause}）]]",
    ),
    "rule.place": Text("written at {file}[[, line {line}]]", "原文位置：{file}[[ 第 {line} 行]]"),
    # what happened
    "events": Text("What happened", "经过"),
    # the limit
    "limit": Text("The limit: {limit}", "限期：{limit}"),
    "limit.unknown": Text("The limit could not be determined", "限期无法确定"),
    "limit.change": Text(
        "from {at}: {limit}[[ (a change counts {policy})]]", "自 {at}：{limit}[[（变更按「{policy}」计）]]"
    ),
    "limit.before": Text("{before} of the clock had run before this change", "此前已计 {before}"),
    # tables and values
    "row": Text(
        "table {table}[[ (clause {clause})]], row {row}[[ of {count}]][[ (line {line})]]: {content}",
        "表 {table}[[（条款 {clause}）]] 第 {row} 行[[（共 {count} 行）]][[（原文第 {line} 行）]]：{content}",
    ),
    "row.otherwise": Text(
        "table {table}[[ (clause {clause})]]: no row applies, the `otherwise` line does",
        "表 {table}[[（条款 {clause}）]]：无行适用，适用「其余」一行",
    ),
    "row.input": Text("{name} = {value}", "{name} = {value}"),
    "value.parameter": Text("{name} = {value} (agreed parameter)", "{name} = {value}（约定参数）"),
    "value.open_word": Text(
        "{name} = {value} (open word, bound by the contract)", "{name} = {value}（开放词，由合同定值）"
    ),
    "value.open_word.left": Text(
        "{name} = {value} (open word, left open by the contract and bound for this run)",
        "{name} = {value}（开放词，合同未定值，本次运行取此值）",
    ),
    "value.named": Text("{name} = {value}", "{name} = {value}"),
    "value.fact": Text("{name} = {value} (fact)", "{name} = {value}（事实）"),
    "value.result": Text("{name} = {value}", "{name} = {value}"),
    "value.lookup": Text("{name} = {value}", "{name} = {value}"),
    "value.if": Text("since {name}: {value}", "依 {name}：{value}"),
    "value.condition": Text("{condition}: {value}", "{condition}：{value}"),
    "value.op": Text("{formula} = {value}", "{formula} = {value}"),
    "value.base": Text("the rule's own value[[ ({name})]]: {value}", "规则本身的取值[[（{name}）]]：{value}"),
    "value.override": Text(
        "exception {name}[[ (clause {clause})]] gives {value} in place of {base}, since {condition}",
        "例外 {name}[[（条款 {clause}）]] 取 {value}，取代 {base}，因为 {condition}",
    ),
    "value.conflict": Text(
        "exceptions of equal rank apply together and disagree, so nothing takes the place of {base}",
        "同级的例外同时适用而内容不一致，因此无从取代 {base}",
    ),
    "value.conflict.one": Text(
        "exception {name}[[ (clause {clause})]] says {value}, since {condition}",
        "例外 {name}[[（条款 {clause}）]] 定为 {value}，因为 {condition}",
    ),
    "value.override.outer": Text(
        "it is an exception to {name}[[ (clause {clause})]], which applies since {condition}",
        "其所针对的 {name}[[（条款 {clause}）]] 亦适用，因为 {condition}",
    ),
    "value.override.also": Text(
        "exception {name}[[ (clause {clause})]] says the same, since {condition}",
        "例外 {name}[[（条款 {clause}）]] 所定相同，因为 {condition}",
    ),
    # the clock
    "clock": Text("The clock", "计时"),
    "clock.sum": Text("counted in all: {sum} = {total}", "合计：{sum} = {total}"),
    "clock.total": Text("counted in all: {total}", "合计：{total}"),
    "clock.none": Text("nothing had counted yet", "尚无计入的时间"),
    "dates": Text("Counting the days", "计算日期"),
    "still.touched": Text(
        "the clock stood still from {start} until {end}, which adds {days} touched",
        "停计自 {start} 至 {end}，新涉及 {days}",
    ),
    "still.calendar": Text(
        "the clock stood still from {start} until {end}, {length} of it in the open hours of {calendar}",
        "停计自 {start} 至 {end}，其中 {calendar} 服务时间 {length}",
    ),
    "still.exact": Text(
        "the clock stood still from {start} until {end}, {length}",
        "停计自 {start} 至 {end}，共 {length}",
    ),
    "moved.days": Text(
        "so the last day moves by {days}, from {before} to {after}",
        "因此末日顺延 {days}，由 {before} 至 {after}",
    ),
    "moved.hours": Text("so the deadline moves by {length}, to {at}", "因此到期时刻顺延 {length}，至 {at}"),
    "moved.exact": Text(
        "so the deadline moves by {length}, from the end of {before} to {at}",
        "因此到期时刻顺延 {length}，由 {before} 24:00 至 {at}",
    ),
    "why.clause": Text("{reason}[[ (clause {clause})]]", "{reason}[[（条款 {clause}）]]"),
    # the outcome
    "result": Text("The result", "结果"),
    "deadline": Text("the deadline was {at}", "到期时刻：{at}"),
    "deadline.pending": Text("the deadline is {at}", "到期时刻：{at}"),
    "deadline.period": Text("the period ends at {at}", "期间截止于 {at}"),
    "deadline.forbidden": Text("it was forbidden until {at}", "禁止至 {at}"),
    "done.forbidden": Text("what is forbidden was done at {at}", "所禁之事发生于 {at}"),
    "deadline.still": Text(
        "the clock stands still, so there is no deadline yet; resumed now, it would be {at}",
        "目前停计，尚无到期时刻；若此刻恢复，则为 {at}",
    ),
    "discharged": Text("it was done at {at}", "履行时刻：{at}"),
    "discharged.measured": Text("it happened at {at}", "发生时刻：{at}"),
    "not_discharged.measured": Text("it had not happened by {at}", "截至 {at} 尚未发生"),
    "breached.measured": Text("its time ran out at {at}", "期满时刻：{at}"),
    "not_discharged": Text("it had not been done by {at}", "截至 {at} 尚未履行"),
    "margin": Text("limit {a} − measured {b} = {margin}", "限期 {a} − 实测 {b} = {margin}"),
    "margin.more": Text("measured {a} − required {b} = {margin}", "实测 {a} − 要求 {b} = {margin}"),
    "margin.at_most": Text("allowed {a} − measured {b} = {margin}", "上限 {a} − 实测 {b} = {margin}"),
    "margin.gaps": Text("allowed {a} − interrupted {b} = {margin}", "容许 {a} − 中断 {b} = {margin}"),
    "limit.extended": Text(
        "the limit, extended by the excuses: {base} + {added} = {value}",
        "限期经免责顺延：{base} + {added} = {value}",
    ),
    "limit.stood": Text(
        "the limit with the days that the standstill touched: {base} + {added} = {value}",
        "限期加停计涉及之日：{base} + {added} = {value}",
    ),
    "limit.counted": Text(
        "the days to the last day: from {first}, not counted, to {last}: {value}",
        "至末日的日数：自 {first}（不计）至 {last}，共 {value}",
    ),
    "limit.counted.first": Text(
        "the days to the last day: from {first}, the first of them, to {last}: {value}",
        "至末日的日数：自 {first}（计入）至 {last}，共 {value}",
    ),
    "limit.hours": Text(
        "the limit to the hour: from {start} until {end}, {value}",
        "限期以小时计：自 {start} 至 {end}，{value}",
    ),
    "measure.hours": Text(
        "what was used: from {start} until {end} {span}, less {away} of standstill, {value}",
        "已用：自 {start} 至 {end} 共 {span}，减去停计 {away}，为 {value}",
    ),
    "margin.wait": Text(
        "forbidden for {a} − done after {b} = {margin}", "禁止 {a} − 发生时已过 {b} = {margin}"
    ),
    "margin.forbidden": Text("it came too early by: {sum}", "过早：{sum}"),
    "margin.name": Text("margin: {sum}", "余量：{sum}"),
    "margin.touching": Text("exactly at the limit, which the limit includes", "恰在限期，含当刻，仍为达标"),
    "margin.touching_out": Text(
        "exactly at the limit, which the limit excludes", "恰在限期，不含当刻，即为违约"
    ),
    "breached": Text("the breach began at {at}", "违约始于 {at}"),
    "breached.excused": Text(
        "but for the excuse, the breach would have begun at {at}", "若无免责，违约本应始于 {at}"
    ),
    "gaps": Text("The duty was interrupted", "义务中断"),
    "gaps.sum": Text("interrupted for {total} in all", "中断合计 {total}"),
    "reason": Text("why: {text}", "原因：{text}"),
    "provisional": Text("provisional: later events may still change it", "暂定：后续事件仍可能改变结论"),
    # exceptions
    "applied": Text("Exceptions that applied", "已适用的例外"),
    "not_applied": Text(
        "Exceptions looked at that did not apply (near misses first)",
        "考察过但未适用的例外（差一点即适用的在前）",
    ),
    "exception": Text(
        "{name}[[ (clause {clause})]]: {effect}[[; {detail}]]",
        "{name}[[（条款 {clause}）]]：{effect}[[；{detail}]]",
    ),
    "exception.extends": Text(
        "{name}[[ (clause {clause})]] extends the limit, from {start} until {end} ({length})",
        "{name}[[（条款 {clause}）]] 顺延限期，自 {start} 至 {end}（{length}）",
    ),
    "exception.excuse": Text(
        "{name}[[ (clause {clause})]] from {start} until {end} ({length})",
        "{name}[[（条款 {clause}）]]，自 {start} 至 {end}（{length}）",
    ),
    "exception.near": Text(
        "{name}[[ (clause {clause})]], which would have meant: {effect}. Near miss: one condition kept it away[[; {detail}]]",
        "{name}[[（条款 {clause}）]]，其效果本为：{effect}。只差一个条件[[；{detail}]]",
    ),
    "exception.away": Text(
        "{name}[[ (clause {clause})]], which would have meant: {effect}. {count} conditions kept it away[[; {detail}]]",
        "{name}[[（条款 {clause}）]]，其效果本为：{effect}。有 {count} 个条件不满足[[；{detail}]]",
    ),
    "exception.first": Text(
        "{name}[[ (clause {clause})]], which would have meant: {effect}. One condition was enough to keep it away[[; {detail}]]",
        "{name}[[（条款 {clause}）]]，其效果本为：{effect}。一个条件不满足即不适用[[；{detail}]]",
    ),
    "exception.plain": Text(
        "{name}[[ (clause {clause})]], which would have meant: {effect}[[; {detail}]]",
        "{name}[[（条款 {clause}）]]，其效果本为：{effect}[[；{detail}]]",
    ),
    "kept_away": Text("not so: {condition}[[ ({facts})]]", "不成立：{condition}[[（{facts}）]]"),
    "kept_away.false": Text(
        "it was so, and must not be: {condition}[[ ({facts})]]",
        "实际成立而不应成立：{condition}[[（{facts}）]]",
    ),
    "held": Text("since {condition}[[ ({facts})]]", "因为 {condition}[[（{facts}）]]"),
    "fact.is": Text("{name} was {value}", "{name} 为 {value}"),
    # choices
    "policies": Text("Choices of the contract that bear on this", "合同中与此有关的约定"),
    "policy": Text(
        "{key}[[ of {about}]]: {choice}[[ (stated by {by})]]",
        "{key}[[（{about}）]]：{choice}[[（出自 {by}）]]",
    ),
    "assumptions": Text("This rests on", "本结论依据的假定"),
    "assumption": Text(
        "{sort} {name} = {value}[[, because: {reason}]]", "{sort} {name} = {value}[[，因为：{reason}]]"
    ),
    "assumption.stated": Text("{value}[[ ({reason})]]", "{value}[[（{reason}）]]"),
    "evidence": Text("Events it rests on: {ids}", "依据的事件：{ids}"),
    "version": Text(
        "Contract {contract}, version {version}; all times in {zone}",
        "合同 {contract} 版本 {version}；时间均为 {zone} 当地时间",
    ),
    # what would have changed it
    "flip": Text("What would have changed it", "怎样会不同"),
    "flip.none": Text(
        "none of the single changes examined would change it ({tried})",
        "所考察的单项改变都不会改变结论（{tried}）",
    ),
    "flip.nothing": Text("there is no single fact to change: {why}", "没有可单独改变的事实：{why}"),
    "flip.checked": Text("evaluated again with this change: {then}", "按此改变重新评定：{then}"),
    "flip.earlier": Text(
        "{event} {by} earlier, at {at}[[ (event {id})]]", "{event} 提前 {by}，于 {at}[[（事件 {id}）]]"
    ),
    "flip.just_before": Text(
        "{event} more than {by} earlier, before {at}[[ (event {id})]]",
        "{event} 提前超过 {by}，早于 {at}[[（事件 {id}）]]",
    ),
    "flip.later": Text(
        "{event} more than {by} later, after {at}[[ (event {id})]]",
        "{event} 推迟超过 {by}，晚于 {at}[[（事件 {id}）]]",
    ),
    "flip.wait": Text(
        "{event} more than {by} later, after {at}, or not at all[[ (event {id})]]",
        "{event} 推迟超过 {by}，晚于 {at}，或根本不发生[[（事件 {id}）]]",
    ),
    "flip.wait_until": Text(
        "{event} {by} later, at {at}, or not at all[[ (event {id})]]",
        "{event} 推迟 {by}，于 {at}，或根本不发生[[（事件 {id}）]]",
    ),
    "flip.later_at": Text(
        "{event} {by} later, at {at}[[ (event {id})]]", "{event} 推迟 {by}，于 {at}[[（事件 {id}）]]"
    ),
    "flip.value": Text(
        "{field} of {event} had been {value}[[ instead of {now}]][[ (event {id})]]",
        "{event} 的 {field} 为 {value}[[ 而非 {now}]][[（事件 {id}）]]",
    ),
    "flip.added": Text("{event} by {at}", "{at} 之前（含）有 {event}"),
    "flip.added_before": Text("{event} before {at}", "早于 {at} 有 {event}"),
    "flip.share": Text(
        "evaluated again with this change: {name} is {value}", "按此改变重新评定：{name} 为 {value}"
    ),
    "flip.amount": Text("{name} would be {then} in place of {now}", "{name} 为 {then}，而非 {now}"),
    "flip.paid_sooner": Text(
        "had {id} come a day earlier, at {at}, {name} would be {then} in place of {now}",
        "若 {id} 早一日、于 {at} 发生，{name} 为 {then}，而非 {now}",
    ),
    "flip.no_amount": Text("{name} of {now} would fall away", "{name} {now} 不再发生"),
    "flip.which": Text(
        "done in time instead: {items}[[, and {more} more]]", "改为及时履行者：{items}[[，另有 {more} 件]]"
    ),
    "flip.miss": Text("{rule} {subject}[[ (late by {over})]]", "{rule} {subject}[[（迟延 {over}）]]"),
    "flip.cases": Text(
        "{count} fewer late: {met} of {total} ({now}) becomes {met_then} of {total} ({then})",
        "迟延减少 {count} 件：{total} 件中达标 {met} 件（{now}）变为 {met_then} 件（{then}）",
    ),
}

ROWS: dict[str, tuple[Text, ...]] = {
    "event": (
        Text("{at}", "{at}"),
        Text("{type}", "{type}"),
        Text("{role}[[: {detail}]]", "{role}[[：{detail}]]"),
        Text("{id}", "{id}"),
    ),
    "stretch": (
        Text("{start}", "{start}"),
        Text("{end}", "{end}"),
        Text("{length}[[ ({changed})]]", "{length}[[（{changed}）]]"),
        Text("{state}[[: {why}]]", "{state}[[：{why}]]"),
        Text("{counted}", "{counted}"),
        Text("{subtotal}", "{subtotal}"),
    ),
    "turn.anew": (
        Text("{at}", "{at}"),
        Text("", ""),
        Text("", ""),
        Text(
            "a new clock from this change: the {used} before it count no more",
            "自此变更起重新计时：此前的 {used} 不再计入",
        ),
        Text("", ""),
        Text("{subtotal}", "{subtotal}"),
    ),
    "turn.share": (
        Text("{at}", "{at}"),
        Text("", ""),
        Text("", ""),
        Text(
            "used: {used} of {old} = {share}; left: {left} of {limit} = {remaining}",
            "已用 {old} 中的 {used} = {share}；剩余 {limit} 的 {left} = {remaining}",
        ),
        Text("", ""),
        Text("{subtotal}", "{subtotal}"),
    ),
    "gap": (
        Text("{start}", "{start}"),
        Text("{end}", "{end}"),
        Text("{length}[[ ({changed})]]", "{length}[[（{changed}）]]"),
        Text("[[{reason}]]", "[[{reason}]]"),
    ),
    "date": (Text("{date}", "{date}"), Text("{rule}", "{rule}"), Text("[[{detail}]]", "[[{detail}]]")),
}

HEADS: dict[str, tuple[Text, ...]] = {
    "events": (Text("when", "时间"), Text("event", "事件"), Text("what it did", "作用"), Text("id", "编号")),
    "clock": (
        Text("from", "自"),
        Text("until", "至"),
        Text("length", "时长"),
        Text("did it count?", "是否计入"),
        Text("counted", "计入"),
        Text("so far", "累计"),
    ),
    "gaps": (Text("from", "自"), Text("until", "至"), Text("length", "时长"), Text("why", "原因")),
    "dates": (Text("date", "日期"), Text("rule", "规则"), Text("", "")),
}
