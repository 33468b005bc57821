"""What the sweep finds in tables and amounts (SLA-E045x, SLA-L045x): each with the smallest witness at the boundary where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class Gap(Diagnostic):
    """Some values are in no row of a table, so that a case with such a value can be given no result."""

    code = "SLA-E0451"
    page_zh = "有些值不在表格的任何一行中，遇到这样的值就无法得出结果。"
    title = Text(en="rows leave a gap", zh="各行之间有空档")
    label = Text(en="no row of `{table}` holds {region}", zh="`{table}` 没有一行包含 {region}")
    why = Text(en="a case there has no result and posts nothing", zh="落在此处的情形没有结果，也不产生金额")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="widen a row, add one, or say `otherwise …` (`otherwise nothing` where it is meant)",
        zh="放宽某一行、补上一行，或写明 `其余 …`（有意如此时写 `其余 不适用`）",
    )
    places = (Label("beside", en="this row ends there", zh="此行到此为止"),)
    bad = "table t\n  | Attainment | = share |\n  | [95%, 100%] | 0% |\n  | < 90% | 5% |"
    good = "table t\n  | Attainment | = share |\n  | [95%, 100%] | 0% |\n  | < 95% | 5% |"

    table: str
    region: str
    witness: str
    beside: tuple[Span, ...] = ()


class Overlap(Diagnostic):
    """Some values are in two rows of a table in which exactly one row is to apply."""

    code = "SLA-E0452"
    page_zh = "有些值同时落在两行中，而表格要求恰有一行适用。"
    title = Text(en="rows overlap", zh="各行重叠")
    label = Text(en="{region} is in this row", zh="{region} 在此行")
    why = Text(en="the contract does not say which of the rows applies", zh="合同没有说明适用哪一行")
    example = Text(en="{witness}", zh="{witness}")
    hint = Text(
        en="give the end to one row: `[a, b)` leaves b out; or say `rows : first applies`",
        zh="让端点只属于一行：`[a，b)` 不含 b；或写明 `行：首行`",
    )
    places = (Label("first_row", en="and in this one", zh="又在此行"),)
    bad = "table t\n  | Attainment | = share |\n  | [95%, 100%] | 0% |\n  | <= 95% | 5% |"
    good = "table t\n  | Attainment | = share |\n  | [95%, 100%] | 0% |\n  | < 95% | 5% |"

    region: str
    witness: str
    first_row: Span | None = None


class Unreachable(Diagnostic):
    """A row that can never apply: no value is in it, or rows above it take all of its values."""

    code = "SLA-E0453"
    page_zh = "该行永远不会适用：没有任何值落入其中，或其值已全部被上面的行取走。"
    title = Text(en="row never applies", zh="该行永远不适用")
    label = Text(en="no value of {domain} reaches this row", zh="{domain} 中没有值会到达此行")
    hint = Text(en="remove it, or mend its bounds", zh="删去此行，或改正其界限")
    bad = "table t\n  | Attainment | = share |\n  | [0%, 100%] | 0% |\n  | > 100% | 5% |"
    good = "table t\n  | Attainment | = share |\n  | [0%, 100%] | 0% |"

    domain: str


class Negative(Diagnostic):
    """An amount can become negative: the creditor would have to pay."""

    code = "SLA-E0454"
    page_zh = "金额可能为负：应收款的一方反而要付款。"
    title = Text(en="amount can be negative", zh="金额可能为负")
    label = Text(en="`{rule}` is negative for {input} in {region}", zh="{input} 在 {region} 时 `{rule}` 为负")
    why = Text(en="{creditor} would owe {debtor} there", zh="此时 {creditor} 反而欠 {debtor}")
    example = Text(
        en="{input} = {witness}: {value} of {base}; it falls towards {bound}",
        zh="{input} = {witness}：{base} 的 {value}；最低趋近 {bound}",
    )
    hint = Text(en="mend the formula, or add `at least 0 {unit}`", zh="改正公式，或加上 `至少 0 {unit}`")
    bad = "credit C each month\n  amount = (90% - Attainment) × monthly_fee"
    good = "credit C each month\n  amount = (100% - Attainment) × monthly_fee"

    rule: str
    input: str
    region: str
    witness: str
    value: str
    base: str
    bound: str
    creditor: str
    debtor: str
    unit: str


class AboveBase(Diagnostic):
    """A credit can exceed the fee that it is a share of."""

    code = "SLA-L0455"
    severity = "warning"
    page_zh = "抵扣额可能超过作为基数的费用。"
    title = Text(en="credit can exceed its base", zh="抵扣额可能超过基数")
    label = Text(
        en="`{rule}` is {value} of {base} at {input} = {witness}",
        zh="{input} = {witness} 时 `{rule}` 为 {base} 的 {value}",
    )
    hint = Text(en="add `at most {base}` if it is meant to be capped", zh="若应有上限，请加上 `至多 {base}`")
    bad = "credit C each month\n  amount = (200% - Attainment) × monthly_fee"
    good = "credit C each month\n  amount = (100% - Attainment) × monthly_fee"

    rule: str
    input: str
    witness: str
    value: str
    base: str


class Jump(Diagnostic):
    """A formula does not meet its neighbour: a hair's breadth of the input moves the amount by a step."""

    code = "SLA-L0456"
    severity = "warning"
    page_zh = "公式在边界处与相邻行不衔接：输入的微小变化使金额跳变。"
    title = Text(en="amount jumps", zh="金额跳变")
    label = Text(
        en="at {input} = {edge} the share goes from {below} to {above}",
        zh="在 {input} = {edge} 处，比例由 {below} 变为 {above}",
    )
    why = Text(en="a formula usually meets the row beside it", zh="公式通常应与相邻行衔接")
    hint = Text(en="check the constants of the formula", zh="请核对公式中的常数")

    input: str
    edge: str
    below: str
    above: str


class PaysMoreForBetter(Diagnostic):
    """A credit grows as the service gets better."""

    code = "SLA-L0457"
    severity = "warning"
    page_zh = "服务变好时抵扣额反而增加。"
    title = Text(en="better service costs more", zh="服务更好反而赔得更多")
    label = Text(en="`{rule}` rises with {input} in {region}", zh="`{rule}` 在 {region} 内随 {input} 上升")
    hint = Text(en="check the sign of the formula", zh="请核对公式的正负号")

    rule: str
    input: str
    region: str


class NotProved(Diagnostic):
    """A table or amount that the sweep cannot decide. It does not count as proved."""

    code = "SLA-L0458"
    severity = "warning"
    page_zh = "扫描无法判定的表格或金额；不算已证明。"
    title = Text(en="not proved", zh="未能证明")
    label = Text(en="`{what}` was not swept: {reason}", zh="`{what}` 未经扫描：{reason}")
    hint = Text(en="test it with scenarios at its bounds", zh="请在边界处用情景加以检验")

    what: str
    reason: Text


CODES = (Gap, Overlap, Unreachable, Negative, AboveBase, Jump, PaysMoreForBetter, NotProved)
