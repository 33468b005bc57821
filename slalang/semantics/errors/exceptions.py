"""Messages about exceptions and readings (SLA-E042x, SLA-E044x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class ExceptionCycle(Diagnostic):
    """Exceptions are exceptions to one another in a circle."""

    code = "SLA-E0421"
    page_zh = "例外之间互为例外，形成循环"
    title = Text(en="exceptions in a circle", zh="例外循环")
    label = Text(en="{path}", zh="{path}")
    bad = "exception A to B\n  when awaiting_customer\nexception B to A\n  when awaiting_customer"
    path: tuple[str, ...]


class OtherQuantity(Diagnostic):
    """An exception has an effect that its target cannot have: an amount for a duty, an excuse for a metric."""

    code = "SLA-E0422"
    page_zh = "例外的效果与其对象不符：对义务写金额，对指标写免责"
    title = Text(en="exception to another quantity", zh="例外针对了另一种量")
    label = Text(
        en="{effect} cannot apply to `{target}`, which is {found}",
        zh="{effect}不能用于 `{target}`，它是{found}",
    )
    hint = Text(en="{remedy}", zh="{remedy}")
    places = (Label("declared", en="the target", zh="对象在此"),)
    bad = "exception X to FirstResponse\n  when awaiting_customer\n  amount = 1 CNY"
    good = "exception X to FirstResponse\n  clock stands still while awaiting_customer"
    effect: Text
    target: str
    found: Text
    remedy: Text | None = None
    declared: Span | None = None


class NoEffect(Diagnostic):
    """An exception says to what and when, but not what it does."""

    code = "SLA-E0423"
    page_zh = "例外写了对象和条件，却没有写效果"
    title = Text(en="exception without an effect", zh="例外没有效果")
    label = Text(en="`{name}` changes nothing", zh="`{name}` 没有改变任何事")
    hint = Text(
        en="add `clock stands still while …`, `excused when …, release`, `left out when …`, or `= …`",
        zh="加入 `停计 当 …`、`免责 当 …，免除`、`不计入 当 …` 或 `= …`",
    )
    bad = "exception X to FirstResponse\n  when awaiting_customer"
    good = "exception X to FirstResponse\n  clock stands still while awaiting_customer"
    name: str


class NoCondition(Diagnostic):
    """An exception that sets a value has no condition: it would displace the rule always."""

    code = "SLA-E0424"
    page_zh = "设定值的例外没有条件：它将总是取代原规则"
    title = Text(en="exception without a condition", zh="例外没有条件")
    label = Text(en="when does `{name}` apply", zh="`{name}` 何时适用")
    hint = Text(en="add a line `when …`", zh="加入一行 `当 …`")
    bad = "exception X to FirstResponse\n  within <= 5 min"
    good = "exception X to FirstResponse\n  when priority is Critical\n  within <= 5 min"
    name: str


class TwoEffects(Diagnostic):
    """One exception sets two values."""

    code = "SLA-E0425"
    page_zh = "一个例外设定了两个值"
    title = Text(en="exception with two values", zh="例外设定了两个值")
    label = Text(en="a second value", zh="第二个值")
    hint = Text(en="write two exceptions", zh="写成两个例外")
    bad = "exception X to FirstResponse\n  when priority is Critical\n  within <= 5 min\n  within <= 6 min"


class NotChosen(Diagnostic):
    """A reading has no option chosen, or one that it does not offer."""

    code = "SLA-E0441"
    page_zh = "解读没有采用任何选项，或采用了不存在的选项"
    title = Text(en="reading without a choice", zh="解读没有作出选择")
    label = Text(en="`{name}` does not say which option is taken", zh="`{name}` 没有写明采用哪个选项")
    hint = Text(en='add `chosen {first} because "…"`', zh="加入 `采用 {first} 因为 「…」`")
    bad = 'reading r "which?"\n  option a "this"\n  option b "that"'
    good = 'reading r "which?"\n  option a "this"\n  option b "that"\n  chosen a because "plain words"'
    name: str
    first: str


class NotCovered(Diagnostic):
    """A name has rules under some options of a reading, and none under another: a run that takes it would find no rule."""

    code = "SLA-E0442"
    page_zh = "某名称在解读的部分选项下有规则，在另一选项下没有：采用该选项时将找不到规则"
    title = Text(en="option without a rule", zh="选项之下没有规则")
    label = Text(
        en="no `{name}` under `{reading} is {missing}`", zh="在 `{reading}` 为 `{missing}` 时没有 `{name}`"
    )
    hint = Text(
        en="add a `{name}` with `under {reading} is {missing}`",
        zh="加入一条 `按解读 {reading} 为 {missing}` 的 `{name}`",
    )
    bad = "let part = 50%\n  under base is gross\nlet x = monthly_fee × part"
    good = "let part = 50%\n  under base is gross\nlet part = 25%\n  under base is net\nlet x = monthly_fee × part"
    name: str
    reading: str
    missing: str


class OtherType(Diagnostic):
    """The alternatives of one name under different options give different kinds of quantity."""

    code = "SLA-E0443"
    page_zh = "同一名称在不同选项下给出不同种类的量"
    title = Text(en="alternatives of different kinds", zh="不同选项给出不同种类的量")
    label = Text(en="this is {found}, the other is {other}", zh="这里是{found}，另一处是{other}")
    bad = "let part = 50%\n  under base is gross\nlet part = 5 min\n  under base is net"
    good = "let part = 50%\n  under base is gross\nlet part = 25%\n  under base is net"
    found: Text
    other: Text


CODES = (ExceptionCycle, OtherQuantity, NoEffect, NoCondition, TwoEffects, NotChosen, NotCovered, OtherType)
