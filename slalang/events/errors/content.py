"""Messages about what events and register entries say: attributes, fields, times, identity, corrections."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class AttributeMissing(Diagnostic):
    """An event or register entry lacks an attribute that every one of its kind must have."""

    code = "SLA-E0620"
    page_zh = "事件或登记条目缺少该类必备的属性"
    title = Text(en="attribute missing", zh="缺少属性")
    label = (
        Text(en="`{name}` is missing: {why_needed}", zh="缺少 `{name}`: {why_needed}"),
        Text(en="`{name}` is missing or empty", zh="`{name}` 缺失或为空"),
    )
    hint = Text(en="`{near}` stands where `{name}` is read", zh="应写 `{name}`，此处写的是 `{near}`")
    name: str
    why_needed: Text | None = None
    near: str | None = None


class AttributeWrong(Diagnostic):
    """An attribute of an event holds another kind of value than it must."""

    code = "SLA-E0621"
    page_zh = "事件属性的值种类不对"
    title = Text(en="attribute of the wrong kind", zh="属性种类不对")
    label = Text(en="`{name}` must be {wanted}, found {found}", zh="`{name}` 应为{wanted}，实为{found}")
    name: str
    wanted: Text
    found: Text | str


class TimeUnfit(Diagnostic):
    """A time cannot be taken: no offset, no such day, finer than a microsecond, or far outside any contract's life."""

    code = "SLA-E0622"
    page_zh = "时间无法采用：没有偏移量、日期不存在、精度超过微秒，或远在任何合同的期限之外"
    title = Text(en="time cannot be taken", zh="时间无法采用")
    label = Text(en="`{name}`: {reason}", zh="`{name}`：{reason}")
    hint = Text(en="{fix_words}", zh="{fix_words}")
    name: str
    reason: Text
    fix_words: Text | None = None


class FieldMissing(Diagnostic):
    """An event of a declared type lacks a field that the contract's vocabulary requires."""

    code = "SLA-E0623"
    page_zh = "已声明类型的事件缺少合同词汇所要求的字段"
    title = Text(en="field missing", zh="缺少字段")
    label = Text(en="`{type}` needs the field `{name}`", zh="`{type}` 需要字段 `{name}`")
    hint = (
        Text(en="`{near}` may be meant for `{name}`", zh="`{near}` 可能应为 `{name}`"),
        Text(
            en="give it, or declare the field `optional` in the vocabulary",
            zh="请补上，或在词汇中将该字段声明为可缺",
        ),
    )
    type: str
    name: str
    near: str | None = None


class FieldWrong(Diagnostic):
    """A field holds a value of another kind than the contract's vocabulary declares."""

    code = "SLA-E0624"
    page_zh = "字段的值与合同词汇声明的种类不符"
    title = Text(en="field of the wrong kind", zh="字段种类不对")
    label = Text(en="`{name}` must be {wanted}, found {found}", zh="`{name}` 应为{wanted}，实为{found}")
    hint = Text(en="{remedy}", zh="{remedy}")
    name: str
    wanted: Text
    found: Text | str
    remedy: Text | None = None


class LevelUnknown(Diagnostic):
    """A field names a level that the contract does not declare."""

    code = "SLA-E0625"
    page_zh = "字段的值不是合同声明的等级"
    title = Text(en="unknown level", zh="未知的等级")
    label = Text(
        en="`{name}` is `{found}`, which is no value of `{levels}`",
        zh="`{name}` 为 `{found}`，不是 `{levels}` 的值",
    )
    hint = Text(en="write one of these: {near}", zh="可写: {near}")
    name: str
    found: str
    levels: str
    near: tuple[str, ...] = ()


class NumberUnfit(Diagnostic):
    """A number is no number, or has more digits than any measure has: it is refused before it costs time and memory."""

    code = "SLA-E0626"
    page_zh = "数值不是数，或位数超过任何计量所需：在耗费时间和内存之前即被拒绝"
    title = Text(en="number cannot be taken", zh="数值无法采用")
    label = Text(
        en="`{found}` is not a number of at most {most} digits", zh="`{found}` 不是至多 {most} 位的数"
    )
    found: str
    most: int


class IdentityConflict(Diagnostic):
    """Two events have the same `id` and differ: one of them is not what happened, and nothing says which."""

    code = "SLA-E0630"
    page_zh = "两个事件的 `id` 相同而内容不同：其中之一并非实情，且无从判断是哪一个"
    title = Text(en="one id, two contents", zh="同一 id，两种内容")
    label = (
        Text(
            en="`{id}` was read with other content at {other}; what differs: {differs}",
            zh="`{id}` 在 {other} 处的内容不同: {differs} 不一致",
        ),
        Text(en="`{id}` was read with other content at {other}", zh="`{id}` 在 {other} 处的内容不同"),
    )
    hint = Text(
        en="give a correction its own `id`, with `corrects` and `recordedtime`; several rows of one subject need an `id` from their columns in the binding",
        zh="更正应有自己的 `id`，并写明 `corrects` 和 `recordedtime`；同一对象有多行时，须在绑定中由各列写出 `id`",
    )
    id: str
    other: str
    differs: tuple[str, ...]


class TargetUnknown(Diagnostic):
    """A correction or retraction names an event that is not among those read; a correction then stands as an event by itself."""

    code = "SLA-E0631"
    severity = "warning"
    page_zh = "更正或撤回所指的事件不在已读取的事件中；更正此时自成一个事件"
    title = Text(en="corrected event not found", zh="找不到被更正的事件")
    label = Text(en="`{id}` names `{target}`", zh="`{id}` 指向 `{target}`")
    why = Text(
        en="it may stand in a file not given, be recorded later, or have a type that the contract does not declare",
        zh="它可能在未给出的文件中、记录时间更晚，或其类型未在合同中声明",
    )
    id: str
    target: str


class CorrectionsCircle(Diagnostic):
    """Corrections name each other in a circle, so none of them corrects an event."""

    code = "SLA-E0632"
    page_zh = "更正互相指向成环，没有一个更正了真正的事件"
    title = Text(en="corrections in a circle", zh="更正成环")
    label = Text(en="`{id}` leads back to itself: {circle}", zh="`{id}` 又指回自身: {circle}")
    id: str
    circle: tuple[str, ...]


class CorrectionTwofold(Diagnostic):
    """An event says both `corrects` and `retracts`."""

    code = "SLA-E0633"
    page_zh = "事件同时写有 `corrects` 和 `retracts`"
    title = Text(en="correction and retraction at once", zh="同时更正和撤回")
    label = Text(
        en="`corrects` names `{corrects}`, `retracts` names `{retracts}`",
        zh="`corrects` 为 `{corrects}`，`retracts` 为 `{retracts}`",
    )
    hint = Text(en="send two events, or keep one of the two", zh="请发送两个事件，或只保留其一")
    corrects: str
    retracts: str


class EntryConflict(Diagnostic):
    """Two register lines give one attribute of one entry two values from the same instant on."""

    code = "SLA-E0634"
    page_zh = "两行登记自同一时刻起为同一条目的同一属性给出了两个值"
    title = Text(en="one register entry, two values", zh="同一登记条目，两个值")
    label = Text(
        en="`{entity} {id}` gives `{name}` another value at {other}",
        zh="`{entity} {id}` 的 `{name}` 在 {other} 处取值不同",
    )
    hint = Text(en="give the later one a `from` of its own", zh="请为较晚的一行写明自己的 `from`")
    entity: str
    id: str
    name: str
    other: str


class OpenWordBound(Diagnostic):
    """A register binds an open word; only the contract may say what a word means that its source left open."""

    code = "SLA-E0635"
    page_zh = "登记表绑定了开放词；来源中留白的词只能由合同自己确定含义"
    title = Text(en="open word bound from outside", zh="从外部绑定开放词")
    label = Text(en="`{name}` is an open word of the contract", zh="`{name}` 是合同的开放词")
    hint = Text(en="change it in the contract, as a new version", zh="请在合同中修改，并作为新版本")
    name: str


class OutsideDomain(Diagnostic):
    """An event or a register gives a field or a parameter a value outside the domain that the contract declares."""

    code = "SLA-E0636"
    page_zh = "事件或登记表给字段或参数的值超出合同声明的取值范围"
    title = Text(en="value outside its domain", zh="值超出取值范围")
    label = Text(
        en="`{name}` is `{found}`, its domain is `{domain}`",
        zh="`{name}` 为 `{found}`，取值范围为 `{domain}`",
    )
    name: str
    found: str
    domain: str


class NotRead(Diagnostic):
    """Attributes or fields that the contract does not declare are kept with the event, and no rule reads them."""

    code = "SLA-E0640"
    severity = "note"
    page_zh = "合同未声明的属性或字段随事件保留，但没有规则读取"
    title = Text(en="fields that no rule reads", zh="没有规则读取的字段")
    label = Text(en="{fields}", zh="{fields}")
    fields: tuple[str, ...]


class NothingDeclared(Diagnostic):
    """Events were read, and not one has a type that the contract declares: the wrong file, or the wrong contract."""

    code = "SLA-E0641"
    severity = "warning"
    page_zh = "读到了事件，但没有一个属于合同声明的类型：文件或合同可能用错"
    title = Text(en="no event of a declared type", zh="没有已声明类型的事件")
    label = Text(en="found: {found}", zh="读到的类型: {found}")
    hint = Text(en="the contract declares {declared}", zh="合同声明的类型有 {declared}")
    found: tuple[str, ...]
    declared: tuple[str, ...]


CONTENT_CODES = (
    AttributeMissing,
    AttributeWrong,
    TimeUnfit,
    FieldMissing,
    FieldWrong,
    LevelUnknown,
    NumberUnfit,
    IdentityConflict,
    TargetUnknown,
    CorrectionsCircle,
    CorrectionTwofold,
    EntryConflict,
    OpenWordBound,
    OutsideDomain,
    NotRead,
    NothingDeclared,
)
