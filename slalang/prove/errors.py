"""Findings of the exact sweep: gaps, overlaps, unreachable rows, amounts out of bounds, exceptions in conflict (SLA-E040x, SLA-L04xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class Gap(Diagnostic):
    """Some case stands in no row of a table, so no result can be decided; a table that is meant to be partial says `otherwise nothing`."""

    code = "SLA-E0401"
    page_zh = "有的情形不在表格的任何一行中，无法得出结果；有意留空的表格应写 `其余 不适用`"
    title = Text(en="table with a gap", zh="表格有空档")
    label = Text(en="{region} stands in no row", zh="{region}不在任何一行中")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(en="add a row for it, or say `otherwise nothing`", zh="为其增加一行，或写 `其余 不适用`")
    places = (Label("near", en="the nearest row ends here", zh="最近的一行止于此"),)
    bad = "table t\n  | Attainment | = share |\n  | >= 99% | 0% |\n  | < 95% | 10% |"
    good = "table t\n  | Attainment | = share |\n  | >= 99% | 0% |\n  | < 99% | 10% |"
    region: Text
    witness: str
    near: Span | None = None


class Overlap(Diagnostic):
    """Two rows of a table hold for the same case and give different results."""

    code = "SLA-E0402"
    page_zh = "表格的两行适用于同一情形，却给出不同结果"
    title = Text(en="rows that contradict each other", zh="两行互相矛盾")
    label = Text(en="{region} stands in this row and in another", zh="{region}既在此行，又在另一行")
    why = Text(en="one gives {one}, the other {other}", zh="一行给出 {one}，另一行给出 {other}")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(en="{remedy}", zh="{remedy}")
    places = (Label("first", en="the other row", zh="另一行"),)
    bad = "table t\n  | Attainment | = share |\n  | >= 95% | 0% |\n  | <= 95% | 10% |"
    good = "table t\n  | Attainment | = share |\n  | >= 95% | 0% |\n  | < 95% | 10% |"
    region: Text
    one: str
    other: str
    witness: str
    remedy: Text
    first: Span | None = None


class ExceptionsClash(Diagnostic):
    """Two exceptions of equal rank hold for the same case and set different values."""

    code = "SLA-E0403"
    page_zh = "两个同级例外适用于同一情形，却设定不同的值"
    title = Text(en="two exceptions can hold at once", zh="两个例外可能同时成立")
    label = Text(
        en="`{one}` and `{other}` both apply to `{target}` and disagree",
        zh="`{one}` 与 `{other}` 同时适用于 `{target}` 且不一致",
    )
    why = Text(en="neither is said to override the other", zh="合同没有写明哪一个优先")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="write `exception {one} to {other}`, or narrow one of the conditions",
        zh="写 `例外 {one} 针对 {other}`，或缩小其中一个条件",
    )
    bad = "let base = 10 CNY\nexception A to base\n  when monthly_fee > 100 CNY\n  = 5 CNY\nexception B to base\n  when monthly_fee > 200 CNY\n  = 1 CNY\ncredit C each month\n  Provider owes Customer\n  amount = base"
    good = "let base = 10 CNY\nexception A to base\n  when monthly_fee > 100 CNY\n  = 5 CNY\nexception B to A\n  when monthly_fee > 200 CNY\n  = 1 CNY\ncredit C each month\n  Provider owes Customer\n  amount = base"
    one: str
    other: str
    target: str
    witness: str


class Unreachable(Diagnostic):
    """A row can never apply: no value of its inputs is left for it."""

    code = "SLA-E0404"
    page_zh = "某一行永远不会适用：没有留给它的输入值"
    title = Text(en="row that never applies", zh="永不适用的行")
    label = Text(en="{because}", zh="{because}")
    bad = "table t\n  | Attainment | = share |\n  | <= 100% | 0% |\n  | > 100% | 10% |"
    good = "table t\n  | Attainment | = share |\n  | > 50% | 0% |\n  | <= 50% | 10% |"
    because: Text


class Negative(Diagnostic):
    """An amount can become negative: the creditor would have to pay."""

    code = "SLA-E0405"
    page_zh = "金额可能为负：权利人反而要付款"
    title = Text(en="amount below nothing", zh="金额可能为负")
    label = Text(en="`{name}` is negative for {region}", zh="`{name}` 在{region}时为负")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="check the figures of the formula, or write `max(…, 0)`", zh="核对公式中的数字，或写 `max(…, 0)`"
    )
    bad = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × (90% - Attainment)"
    good = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × (100% - Attainment)"
    name: str
    region: Text
    witness: str


class AboveBase(Diagnostic):
    """A credit can be more than the whole of what it is a share of.

    Often a cap was forgotten. Some agreements do owe more, ten times what was paid for the time of a failure: then the line `at most` states by how much.
    """

    code = "SLA-E0406"
    page_zh = (
        "抵扣可能超过其所依基数的全部。\n\n"
        "往往是漏写了上限。也有协议确实约定更多，例如故障时间所付费用的十倍：此时用 `至多` 写明上限。"
    )
    title = Text(en="credit above its base", zh="抵扣超过基数")
    label = Text(
        en="`{name}` is more than the whole of `{base}` for {region}",
        zh="`{name}` 在{region}时超过 `{base}` 的全部",
    )
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="add `at most {base}`; where the paper owes more than that, say how much at most, `at most 10 × {base}`",
        zh="加入 `至多 {base}`；合同若约定可以更多，则写明至多多少，如 `至多 10 × {base}`",
    )
    bad = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × (100% - Attainment) × 2"
    good = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × (100% - Attainment) × 2\n  at most monthly_fee"
    name: str
    base: str
    region: Text
    witness: str


class Jump(Diagnostic):
    """A formula's amount jumps at a boundary: the least change of the figure changes the amount by a step that the formula does not explain."""

    code = "SLA-L0401"
    severity = "warning"
    page_zh = "公式得出的金额在边界处跳变：指标的微小变化使金额跳跃，而公式并未说明"
    title = Text(en="amount that jumps", zh="金额跳变")
    label = Text(
        en="at {edge} `{name}` goes from {below} to {above}",
        zh="在 {edge} 处 `{name}` 由 {below} 变为 {above}",
    )
    why = Text(
        en="beside a sliding formula a step is often a slip of a figure",
        zh="与滑动公式相邻的跳变往往是数字有误",
    )
    name: str
    edge: str
    below: str
    above: str


class Rising(Diagnostic):
    """A credit or penalty grows while the level of service rises: the customer gets more for better service."""

    code = "SLA-L0402"
    severity = "warning"
    page_zh = "服务水平上升时抵扣或违约金反而增加：服务越好，客户所得越多"
    title = Text(en="amount that grows with the service", zh="金额随服务水平上升而增加")
    label = Text(
        en="`{name}` is {low} at `{figure}` {from_}, and {high} at {to}",
        zh="`{name}` 在 `{figure}` {from_} 时为 {low}，在 {to} 时为 {high}",
    )
    hint = Text(
        en="a worse period should not pay less: were the results of two rows swapped?",
        zh="服务更差时金额不应更少: 两行的结果是否写反了？",
    )
    places = (Label("worse", en="a worse period pays less by this row", zh="服务更差，依此行反而更少"),)
    name: str
    figure: str
    from_: str
    low: str
    to: str
    high: str
    worse: Span | None = None


class Falling(Diagnostic):
    """An amount for lateness falls while the lateness grows: who is later pays less."""

    code = "SLA-L0406"
    severity = "warning"
    page_zh = "迟延越久，应付金额反而越少"
    title = Text(en="amount that falls with the lateness", zh="金额随迟延增加而减少")
    label = Text(
        en="`{name}` is {high} at `{figure}` {from_}, and {low} {beyond}",
        zh="`{name}` 在 `{figure}` {from_} 时为 {high}，{beyond}为 {low}",
    )
    hint = Text(
        en="who is later should not pay less: were the results of two rows swapped?",
        zh="迟延更久者不应付得更少: 两行的结果是否写反了？",
    )
    places = (
        Label("milder", en="who is less late pays more by this row", zh="迟延较短，依此行反而付得更多"),
    )
    name: str
    figure: str
    from_: str
    high: str
    beyond: Text
    low: str
    milder: Span | None = None


class FallsWhenWorse(Diagnostic):
    """An amount falls while the service gets worse, as a target says: a worse period costs less."""

    code = "SLA-L0407"
    severity = "warning"
    page_zh = "按目标所示，服务变差时应付金额反而减少"
    title = Text(en="amount that falls as the service gets worse", zh="金额随服务变差而减少")
    label = Text(
        en="`{name}` is {high} at `{figure}` {from_}, and {low} {beyond}",
        zh="`{name}` 在 `{figure}` {from_} 时为 {high}，{beyond}为 {low}",
    )
    why = Text(en="a target of the contract says that more of it is worse", zh="合同的目标表明该数值越高越差")
    hint = Text(
        en="a worse period should not cost less: were the results of two rows swapped?",
        zh="服务更差时金额不应更少: 两行的结果是否写反了？",
    )
    places = (Label("milder", en="a better period costs more by this row", zh="服务较好，依此行反而更多"),)
    name: str
    figure: str
    from_: str
    high: str
    beyond: Text
    low: str
    milder: Span | None = None


class Turning(Diagnostic):
    """An amount for the service both grows and falls along one figure, of which no target says which end is the worse."""

    code = "SLA-L0408"
    severity = "warning"
    page_zh = "金额沿同一数值时增时减，而没有目标表明哪一端更差"
    title = Text(en="amount that grows and falls along one figure", zh="金额沿同一数值时增时减")
    label = Text(
        en="`{name}` is {high} at `{figure}` {from_}, and {low} {beyond}; elsewhere it grows",
        zh="`{name}` 在 `{figure}` {from_} 时为 {high}，{beyond}为 {low}；在别处则增加",
    )
    hint = Text(
        en="were the results of two rows swapped? A target (`holds M <= x`) says which end is the worse",
        zh="两行的结果是否写反了？目标（`保持 M <= x`）可表明哪一端更差",
    )
    places = (Label("milder", en="it is more by this row", zh="依此行较多"),)
    name: str
    figure: str
    from_: str
    high: str
    beyond: Text
    low: str
    milder: Span | None = None


class NotProved(Diagnostic):
    """Something could not be decided by the sweep; it is not counted as passed."""

    code = "SLA-L0403"
    severity = "warning"
    page_zh = "有的事项无法通过精确扫描判定；不计为通过"
    title = Text(en="not proved", zh="未能证明")
    label = Text(en="`{name}`: {what}", zh="`{name}`: {what}")
    why = Text(en="what is not decided does not count as passed", zh="未判定的事项不计为通过")
    name: str
    what: Text


class SameTwice(Diagnostic):
    """Two rows of a table hold for the same case and agree: one of them may be wrong."""

    code = "SLA-L0404"
    severity = "warning"
    page_zh = "表格的两行适用于同一情形且结果一致：其中一行可能有误"
    title = Text(en="rows that overlap and agree", zh="两行重叠但一致")
    label = Text(en="{region} stands in this row and in another", zh="{region}既在此行，又在另一行")
    places = (Label("first", en="the other row", zh="另一行"),)
    bad = "table t\n  | Attainment | = share |\n  | >= 95% | 0% |\n  | <= 95% | 0% |"
    region: Text
    first: Span | None = None


CODES = (
    Gap,
    Overlap,
    ExceptionsClash,
    Unreachable,
    Negative,
    AboveBase,
    Jump,
    Rising,
    Falling,
    FallsWhenWorse,
    Turning,
    NotProved,
    SameTwice,
)
