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
}
