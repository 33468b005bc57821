"""What an outcome reports of the facts: the pages of the fault codes that it carries."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class ImpossibleStep(Diagnostic):
    """An event that the life of its subject does not admit then (resolved before opened, resumed while running).

    It stands on record as a fault of its case, and judging goes on with the last word of each signal.
    """

    code = "SLA-E0701"
    severity = "warning"
    title = Text(en="impossible step", zh="不可能的步骤")
    page_zh = "事件不符合其主体的生命周期（例如未开立就解决、未暂停就恢复）。它作为该案的数据错误记录在案，评判按最后一次取值继续。"


class ReportForNothing(Diagnostic):
    """A report that discharges no occurrence: none is open for it, or the period that it names has its report already; or, by `the named`, an act that names no open case."""

    code = "SLA-E0702"
    severity = "warning"
    title = Text(en="report that discharges nothing", zh="未履行任何一期的报告")
    page_zh = "报告没有对应的未交期间，或其所报期间已有报告；或按“指明一件”，履行未指明在办的一件。"


class ExerciseWithoutEffect(Diagnostic):
    """A right exercised outside its window or without its condition: the exercise has no effect."""

    code = "SLA-E0703"
    severity = "warning"
    title = Text(en="exercise without effect", zh="无效的行使")
    page_zh = "在期限之外或不具备条件时行使权利，不产生效力。"


class NoVersionInForce(Diagnostic):
    """A case began inside the term when no version of the contract was in force; the last version is named."""

    code = "SLA-E0704"
    severity = "warning"
    title = Text(en="no version in force", zh="没有生效的版本")
    page_zh = "案件在合同期限内开始，但当时没有生效的合同版本；消息写明最近的版本。"


class MatchUnknown(Diagnostic):
    """Whether an event is the one that a rule waits for cannot be told, because its condition reads something without a value."""

    code = "SLA-E0705"
    severity = "warning"
    title = Text(en="match that cannot be told", zh="无法判断事件是否符合")
    page_zh = "规则的条件读取了没有取值的内容，因此无法判断该事件是否符合。"


class OutsideTheContract(Diagnostic):
    """Something that an amount is owed for happened while the contract was not in force: outside its term, or between versions."""

    code = "SLA-E0706"
    severity = "warning"
    title = Text(en="event outside the contract", zh="合同有效期之外的事件")
    page_zh = "引起金额的事件发生在合同不在有效期之时（期限之外，或版本之间），不入账。"


class PaymentOfNothing(Diagnostic):
    """A payment whose amount is missing, nothing or less: it settles no debt, and money that goes back is not a payment."""

    code = "SLA-E0707"
    severity = "warning"
    title = Text(en="payment of nothing", zh="金额为零或负的付款")
    page_zh = "付款的金额缺失、为零或为负，不清偿任何债务；退回的款项不是付款。"


class ClaimOfNoPeriod(Diagnostic):
    """A claim names a period that no amount has, so that it claims nothing: a name misspelt, or a period without a line."""

    code = "SLA-E0708"
    severity = "warning"
    title = Text(en="claim for no period", zh="申领所指期间不存在")
    page_zh = "申领写明的期间没有任何金额与之对应，因此不申领任何款项：名称写错，或该期间没有金额。"


class GroupNotOnRegister(Diagnostic):
    """Something happened to a group that the register lacks, and the contract says that the register lists the groups."""

    code = "SLA-E0709"
    severity = "warning"
    title = Text(en="group not on the register", zh="登记册中没有的分组")
    page_zh = "事件涉及登记册中没有的分组，而合同写明分组来自登记册：该分组没有指标值。请补登记，或改为 `分组来自：数据所见`。"


class PaymentBetweenOthers(Diagnostic):
    """Somebody else than the debtor pays, or somebody else than the creditor is paid; that settles no debt unless the rule says `by anyone`."""

    code = "SLA-E0711"
    severity = "warning"
    title = Text(en="payment by or to somebody else", zh="付款方或收款方不符")
    page_zh = "付款人不是债务人，或收款人不是债权人；除非规则写明 `任何人均可`，该付款不清偿任何债务。"


class ClaimBetweenOthers(Diagnostic):
    """Somebody else than the creditor claims, or claims from somebody else than the debtor; that claims nothing unless the rule says `by anyone`."""

    code = "SLA-E0712"
    severity = "warning"
    title = Text(en="claim by or to somebody else", zh="申领方或被申领方不符")
    page_zh = "申领人不是债权人，或申领所向不是债务人；除非规则写明 `任何人均可`，该申领不生效。"


class EarlierBroken(Diagnostic):
    """What should be the JSON of an earlier run is no JSON: cut off in the middle, a name twice, a number that is none."""

    code = "SLA-E0741"
    title = Text(en="the earlier outcome cannot be read", zh="无法读取先前的运行结果")
    label = Text(en="{problem}", zh="{problem}")
    why = Text(
        en="half an outcome would look as if the rest had changed", zh="残缺的结果会使其余部分看似有变"
    )
    hint = Text(
        en="write it again with `slalang run … --format json -o FILE`",
        zh="请用 `slalang run … --format json -o 文件` 重新写出",
    )
    page_zh = (
        "作为先前运行结果给出的文件不是完整的 JSON：被截断、同名项目出现两次，或有不是数的数值（如 NaN）。"
    )
    bad = "slalang restate half.json contract.sla --events e.jsonl"
    good = "slalang restate march.json contract.sla --events e.jsonl"

    problem: Text


class EarlierMisfit(Diagnostic):
    """The file is JSON, but not what `slalang run --format json` writes: another schema, a part missing, a value of another kind."""

    code = "SLA-E0742"
    title = Text(
        en="this is no outcome of `slalang run --format json`", zh="这不是 `slalang run --format json` 的结果"
    )
    label = Text(en="at `{path}`: {problem}", zh="`{path}` 处：{problem}")
    hint = Text(en="the form is that of docs/schema/outcome.json", zh="格式见 docs/schema/outcome.json")
    page_zh = "文件虽是 JSON，但不符合 `slalang run --format json` 的格式：缺少项目，或取值的类型不对。"
    bad = "slalang restate package.json contract.sla --events e.jsonl"
    good = "slalang restate march.json contract.sla --events e.jsonl"

    path: str
    problem: Text


CODES = (
    ImpossibleStep,
    ReportForNothing,
    ExerciseWithoutEffect,
    NoVersionInForce,
    MatchUnknown,
    OutsideTheContract,
    PaymentOfNothing,
    ClaimOfNoPeriod,
    GroupNotOnRegister,
    PaymentBetweenOthers,
    ClaimBetweenOthers,
    EarlierBroken,
    EarlierMisfit,
)
