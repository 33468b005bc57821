"""Messages about names that are known but cannot be meant here (SLA-E0213 to SLA-E0219)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class AmbiguousName(Diagnostic):
    """A short name fits several declared things, and nothing here says which is meant."""

    code = "SLA-E0213"
    page_zh = "简称对应多个已声明的事物，此处无法判断所指"
    title = Text(en="name with several meanings", zh="名称有多种含义")
    label = Text(en="`{name}` may be {near}", zh="`{name}` 可能是 {near}")
    hint = Text(en="write the whole name", zh="写出全名")
    bad = "signal both\n  from started until ended"
    good = "signal both\n  from outage.started until outage.ended"
    name: str
    near: tuple[str, ...]


class AmbiguousPath(Diagnostic):
    """A signal of another entity can be reached over two chains of references."""

    code = "SLA-E0214"
    page_zh = "经由两条不同的引用链都能到达另一实体的信号"
    title = Text(en="several paths of references", zh="引用路径不唯一")
    label = Text(en="`{name}` is reached over {paths}", zh="可经由 {paths} 到达 `{name}`")
    hint = Text(
        en="begin with the reference that is meant: `{example_path}.{name}`",
        zh="写出所指的引用: `{example_path}.{name}`",
    )
    name: str
    paths: tuple[str, ...]
    example_path: str


class NotReached(Diagnostic):
    """A signal belongs to an entity that the rule's subject does not refer to."""

    code = "SLA-E0215"
    page_zh = "信号所属的实体不在规则主体的引用范围之内"
    title = Text(en="signal out of reach", zh="信号不可及")
    label = Text(
        en="`{name}` belongs to each `{owner}`, and {subject} does not refer to one",
        zh="`{name}` 属于每个 `{owner}`，而{subject}没有指向它",
    )
    hint = Text(en="{remedy}", zh="{remedy}")
    name: str
    owner: str
    subject: Text
    remedy: Text | None = None


class WrongKind(Diagnostic):
    """A name is known, but names another kind of thing than is needed here."""

    code = "SLA-E0216"
    page_zh = "名称已知，但所指的事物种类与此处所需不同"
    title = Text(en="name of another kind of thing", zh="名称所指的种类不符")
    label = Text(en="`{name}` is {found}, and {needed} is needed", zh="`{name}` 是{found}，此处需要{needed}")
    places = (Label("declared", en="declared here", zh="在此声明"),)
    bad = "metric M each month\n  = share met of monthly_fee"
    name: str
    found: Text
    needed: Text
    declared: Span | None = None


class UnknownField(Diagnostic):
    """An event, entity or table has no field or column of that name."""

    code = "SLA-E0217"
    page_zh = "事件、实体或表格没有该名称的字段或列"
    title = Text(en="unknown field", zh="未知的字段")
    label = Text(en="`{owner}` has no `{name}`", zh="`{owner}` 没有 `{name}`")
    hint = Text(en="it has {near}", zh="其中有 {near}")
    bad = "signal of_whom for each ticket\n  latest custmer of opened"
    good = "signal of_whom for each ticket\n  latest customer of opened"
    name: str
    owner: str
    near: tuple[str, ...] = ()


class FieldNotTold(Diagnostic):
    """A fact leaves out a field that its event must have, so that no rule could read it."""

    code = "SLA-E0221"
    page_zh = "事实漏写了其事件必须具有的字段"
    title = Text(en="field not told", zh="漏写字段")
    label = Text(en="`{event}` needs {missing}", zh="`{event}` 需要 {missing}")
    hint = Text(en="add it: `{first} …`", zh="请补上: `{first} …`")
    bad = 'scenario "s"\n  given\n    2026-03-02 09:00 ticket T-1 waiting\n  expect 0 faults'
    good = (
        'scenario "s"\n  given\n    2026-03-02 09:00 ticket T-1 opened priority Critical\n  expect 0 faults'
    )
    event: str
    missing: tuple[str, ...]
    first: str


class UnknownRule(Diagnostic):
    """A rule is named that the contract does not have."""

    code = "SLA-E0218"
    page_zh = "写到的规则在合同中不存在"
    title = Text(en="unknown rule", zh="未知的规则")
    label = Text(en="no rule is called `{name}`", zh="没有名为 `{name}` 的规则")
    hint = Text(en="near it: {near}", zh="相近的规则: {near}")
    bad = "exception X to FirstRespons\n  clock stands still while awaiting_customer"
    good = "exception X to FirstResponse\n  clock stands still while awaiting_customer"
    name: str
    near: tuple[str, ...] = ()


class ValueNeedsInstant(Diagnostic):
    """A value that changes in time is read where there is no instant to read it at: in a fixed value, or a parameter's domain."""

    code = "SLA-E0219"
    page_zh = "在没有时刻可依的地方读取了随时间变化的值：固定值或参数的取值范围"
    title = Text(en="value that changes in time", zh="随时间变化的值")
    label = Text(
        en="`{name}` changes in time, and nothing here says when it is read",
        zh="`{name}` 随时间变化，此处没有说明何时取值",
    )
    bad = "open word soon = awaiting_customer"
    name: str


class GroupNotSaid(Diagnostic):
    """A rule that has one value a period reads a metric that has one for each group: which group's is not said."""

    code = "SLA-E0220"
    page_zh = "每期只有一个值的规则读取了按组各有其值的指标：没有写明取哪一组"
    title = Text(en="value of which group", zh="取哪一组的值")
    label = Text(
        en="`{reader}` reads `{name}`, which has a value for each {groups}, and does not say which",
        zh="`{reader}` 读取的 `{name}` 按 {groups} 各有一个值，没有写明取哪一个",
    )
    hint = Text(
        en="group it as well: write `{line}` after its schedule; or join the groups: `lowest across groups of {name}`",
        zh="同样分组: 在其周期之后写 `{line}`；或合并各组: `各组最低取自 {name}`",
    )
    reader: str
    name: str
    groups: str
    line: str


CODES = (
    AmbiguousName,
    AmbiguousPath,
    NotReached,
    WrongKind,
    UnknownField,
    FieldNotTold,
    UnknownRule,
    ValueNeedsInstant,
    GroupNotSaid,
)
