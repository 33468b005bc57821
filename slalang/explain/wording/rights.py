"""Kinds of nodes about rights go in; their sentences in two languages come out."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

FRAMES: dict[str, Text] = {
    "right": Text(
        "{rule}[[ ({subject})]], a right of {holder}: {status} [{standing}]",
        "{holder} 的权利 {rule}[[（{subject}）]]：{status} [{standing}]",
    ),
    "right.parties": Text("{holder} has it[[ against {against}]]", "{holder}[[ 对 {against}]] 享有此权利"),
    "right.given": Text("given by {trigger}", "因 {trigger} 而产生"),
    "right.ends": Text("it ends with {act}", "因 {act} 而终止"),
    "right.standing": Text("it exists while the contract is in force", "在合同有效期内存在"),
    "right.cure": Text(
        "it arises only when {act} does not come {limit} after {start}",
        "{start} 后{limit}内未发生 {act} 时方产生",
    ),
    "right.within": Text("its window: {limit}", "行使期：{limit}"),
    "right.between": Text(
        "its window[[: from {start}]][[ until {end}]]", "行使期：[[自 {start} ]][[至 {end}]]"
    ),
    "right.effect": Text("its use {effect}[[, {after} later]]", "行使效力：{effect}[[，其后 {after}]]"),
    "right.when": Text("it can be used when {condition}", "行使条件：{condition}"),
    "right.used": Text("it is used by {act}", "以 {act} 行使"),
    "right.opens": Text("its window opens at {at}", "行使期自 {at} 起"),
    "right.since": Text("it can be used since {at}", "自 {at} 起可行使"),
    "right.exists": Text("it exists since {at}", "自 {at} 起存在"),
    "right.until": Text("until {at}", "至 {at}"),
    "right.no_end": Text("no end is stated", "未定终期"),
    "right.done": Text("it was used at {at}", "行使于 {at}"),
    "right.effective": Text("it takes effect at {at}", "自 {at} 起生效"),
    # what would have changed it
    "right.then": Text("{status}[[, since {since}]]", "{status}[[，自 {since} 起]]"),
    "right.gone": Text("there would be no such right", "则没有此权利"),
    "right.flip_none": Text(
        "none of the single changes examined would change it: its exercise at another time or by its holder, what gave or cured it, one "
        "more or one fewer of what its condition counts",
        "所考察的单项改变都不会改变结论：在其他时刻或由权利人行使、产生或补正它的事件、其条件所计事件多一次或少一次",
    ),
    "right.flip_by": Text("{event} by {party} itself (event {id})", "由 {party} 作出 {event}（事件 {id}）"),
    "right.flip_without": Text("without {event} (event {id})", "没有 {event}（事件 {id}）"),
    "right.flip_more": Text("one more {event}, by {at}", "{at} 之前（含）再有一次 {event}"),
}
