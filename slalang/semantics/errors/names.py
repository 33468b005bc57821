"""Messages about names that are not known or are declared twice (SLA-E0201 to SLA-E0212)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class UnknownName(Diagnostic):
    """A name is used that nothing declares: no signal or field of the rule's subject, no rule, parameter or level."""

    code = "SLA-E0201"
    page_zh = "使用了没有声明的名称：它不是规则主体的信号或字段，也不是规则、参数或等级"
    title = Text(en="unknown name", zh="未知的名称")
    label = Text(en="nothing is called `{name}` here", zh="此处没有名为 `{name}` 的事物")
    hint = (
        Text(en="write the count in figures: `{figures}`", zh="数量用阿拉伯数字: `{figures}`"),
        Text(en="write `{use}`: that library declares it", zh="写上 `{use}`: 该库声明了它"),
        Text(
            en='if it is a word of the data, write it in quotes: `"{quoted}"`; near it: {near}',
            zh="若是数据中的文字，请加引号: `「{quoted}」`；相近的名称: {near}",
        ),
        Text(
            en='if it is a word of the data, write it in quotes: `"{quoted}"`',
            zh="若是数据中的文字，请加引号: `「{quoted}」`",
        ),
        Text(en="near it: {near}", zh="相近的名称: {near}"),
    )
    bad = "let half = monthly_fe × 50%"
    good = "let half = monthly_fee × 50%"
    name: str
    near: tuple[str, ...] = ()
    use: str = ""
    quoted: str = ""
    figures: str = ""


class DuplicateName(Diagnostic):
    """A name is declared twice; two rules may share one only under different options of one reading.

    A signal has its name for itself, also where another one is about another kind of subject.
    """

    code = "SLA-E0202"
    page_zh = (
        "同一名称声明了两次；只有在同一解读的不同选项之下，两条规则才可以同名。\n\n"
        "信号独占其名称，即使另一个信号针对的是别的主体。"
    )
    title = Text(en="name declared twice", zh="名称重复声明")
    label = Text(en="`{name}` is declared again", zh="再次声明了 `{name}`")
    hint = Text(
        en="give one of them another name; if the paper itself says two things, put each rule `under` an option of a reading",
        zh="为其中之一另取名称；若原文自身有两种说法，则将各规则分别置于解读的一个选项之下 (`按解读`)",
    )
    places = (Label("first", en="first declared here", zh="最初在此声明"),)
    bad = "let half = 50%\nlet half = 5%"
    good = "let half = 50%\nlet small = 5%"
    name: str
    first: Span | None = None


class UnknownLevel(Diagnostic):
    """A level is named that its enumeration does not declare."""

    code = "SLA-E0203"
    page_zh = "写到了等级中没有声明的值"
    title = Text(en="unknown level", zh="未知的等级")
    label = Text(en="`{levels}` has no `{name}`", zh="`{levels}` 中没有 `{name}`")
    hint = Text(en="write one of {near}", zh="写成其中之一: {near}")
    places = (Label("declared", en="the levels are declared here", zh="等级在此声明"),)
    bad = "let urgent = if priority is Hihg then 1 else 2"
    good = "let urgent = if priority is High then 1 else 2"
    name: str
    levels: str
    near: tuple[str, ...] = ()
    declared: Span | None = None


class UnknownLibrary(Diagnostic):
    """`use` names a library that does not exist."""

    code = "SLA-E0204"
    page_zh = "`引用` 的库不存在"
    title = Text(en="unknown library", zh="未知的库")
    label = Text(en="there is no library `{name}`", zh="没有库 `{name}`")
    hint = Text(en="libraries: {near}", zh="可用的库: {near}")
    bad = "use std.tickts"
    good = "use std.tickets"
    name: str
    near: tuple[str, ...] = ()


class LibraryCycle(Diagnostic):
    """Libraries use one another in a circle."""

    code = "SLA-E0205"
    page_zh = "库之间循环引用"
    title = Text(en="libraries use one another in a circle", zh="库循环引用")
    label = Text(en="`{name}` is used by {path} already", zh="`{name}` 已被 {path} 引用")
    name: str
    path: tuple[str, ...]


class UnknownEvent(Diagnostic):
    """An event type is named that no vocabulary declares."""

    code = "SLA-E0206"
    page_zh = "写到的事件类型没有在任何词汇表中声明"
    title = Text(en="unknown event", zh="未知的事件")
    label = Text(en="no event `{name}` is declared", zh="没有声明事件 `{name}`")
    hint = (
        Text(en="write `{use}`: that library declares it", zh="写上 `{use}`: 该库声明了它"),
        Text(en="near it: {near}", zh="相近的事件: {near}"),
    )
    bad = "signal waits for each ticket\n  from waitin until resumed"
    good = "signal waits for each ticket\n  from waiting until resumed"
    name: str
    near: tuple[str, ...] = ()
    use: str = ""


class UnknownEntity(Diagnostic):
    """A kind of subject is named that no vocabulary declares."""

    code = "SLA-E0207"
    page_zh = "写到的主体种类没有在任何词汇表中声明"
    title = Text(en="unknown kind of subject", zh="未知的主体种类")
    label = Text(en="no entity `{name}` is declared", zh="没有声明实体 `{name}`")
    hint = (
        Text(en="write `{use}`: that library declares it", zh="写上 `{use}`: 该库声明了它"),
        Text(en="declared: {near}", zh="已声明: {near}"),
    )
    bad = "signal waits for each tiket\n  from waiting until resumed"
    good = "signal waits for each ticket\n  from waiting until resumed"
    name: str
    near: tuple[str, ...] = ()
    use: str = ""


class UnknownParty(Diagnostic):
    """A rule names a party that the contract does not declare."""

    code = "SLA-E0208"
    page_zh = "规则写到的当事方没有在合同中声明"
    title = Text(en="unknown party", zh="未知的当事方")
    label = Text(en="no party `{name}` is declared", zh="没有声明当事方 `{name}`")
    hint = Text(en="declared: {near}", zh="已声明: {near}")
    bad = "credit C each month\n  Provder owes Customer\n  amount = monthly_fee × 5%"
    good = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × 5%"
    name: str
    near: tuple[str, ...] = ()


class UnknownCalendar(Diagnostic):
    """A calendar is named that nothing declares; `always` needs no declaration."""

    code = "SLA-E0209"
    page_zh = "写到的日历没有声明；`始终` 无需声明"
    title = Text(en="unknown calendar", zh="未知的日历")
    label = Text(en="no calendar `{name}` is declared", zh="没有声明日历 `{name}`")
    hint = Text(en="declared: {near}", zh="已声明: {near}")
    bad = "signal working\n  open in Suport"
    good = "signal working\n  open in Support"
    name: str
    near: tuple[str, ...] = ()


class UnknownReading(Diagnostic):
    """A rule stands under a reading, or an option of it, that is not declared."""

    code = "SLA-E0210"
    page_zh = "规则所依的解读或其选项没有声明"
    title = Text(en="unknown reading or option", zh="未知的解读或选项")
    label = Text(en="`{name}` is not declared", zh="没有声明 `{name}`")
    hint = Text(en="declared: {near}", zh="已声明: {near}")
    bad = "let half = 50%\n  under base is gros"
    good = "let half = 50%\n  under base is gross\nlet half = 25%\n  under base is net"
    name: str
    near: tuple[str, ...] = ()


class UnknownConventions(Diagnostic):
    """The cited set of conventions, or a counting convention, does not exist."""

    code = "SLA-E0211"
    page_zh = "所引的惯例集或计期惯例不存在"
    title = Text(en="unknown convention", zh="未知的惯例")
    label = Text(en="there is no convention `{name}`", zh="没有惯例 `{name}`")
    hint = Text(en="known: {near}", zh="已有: {near}")
    bad = (
        "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n"
        "  within <= 3 days\n  counting prc_civil_cod"
    )
    good = (
        "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n"
        "  within <= 3 days\n  counting prc_civil_code"
    )
    name: str
    near: tuple[str, ...] = ()


class UnknownType(Diagnostic):
    """A type is named that is neither built in nor the name of levels."""

    code = "SLA-E0212"
    page_zh = "写到的类型既不是内置类型，也不是等级的名称"
    title = Text(en="unknown type", zh="未知的类型")
    label = Text(en="`{name}` is no type", zh="`{name}` 不是类型")
    hint = Text(en="write one of {near}", zh="写成其中之一: {near}")
    bad = "parameter base : mony"
    good = "parameter base : money\nlet half = base × 50%"
    name: str
    near: tuple[str, ...] = ()


class UnknownStatus(Diagnostic):
    """A scenario expects a status that a rule of this kind never has: a duty is met or late, an amount claimed or lapsed."""

    code = "SLA-E0222"
    page_zh = "情景所期望的状态，该类规则不会有：义务可为达标或迟延，金额可为已申领或已失权"
    title = Text(en="no such status", zh="没有这种状态")
    label = Text(en="{what} is never `{name}`", zh="{what}不会是 `{name}`")
    hint = Text(en="it is one of {near}", zh="可为其中之一: {near}")
    bad = 'scenario "s"\n  as of 2026-03-02\n  expect FirstResponse T-1 is mett'
    good = 'scenario "s"\n  as of 2026-03-02\n  expect FirstResponse T-1 is met'
    what: Text
    name: str
    near: tuple[str, ...]


class ClauseNotThere(Diagnostic):
    """A clause points to another one that the paper does not have, and does not say what is made of it."""

    code = "SLA-E0223"
    page_zh = "条款指向另一条款，而原文没有该条款，也没有写明如何处理"
    title = Text(en="clause that is not there", zh="所指的条款不存在")
    label = Text(en="the paper has no clause {number}", zh="原文没有第 {number} 条")
    hint = Text(
        en="correct the number, list it in `clauses`, or say what is made of it: `{line}`",
        zh="更正编号，在 `全部条款` 中列出，或写明如何处理: `{line}`",
    )
    bad = 'clause 1 "a"\n  points to 1.2.4\n  not judged "x"'
    good = 'clause 1 "a"\n  points to 1.2.4 not there "no limits stand anywhere: they are parameters"\n  not judged "x"'
    number: str
    line: str


class ClauseThere(Diagnostic):
    """A clause is said not to be there, and it is."""

    code = "SLA-E0224"
    page_zh = "写明原文没有某条款，而该条款是有的"
    title = Text(en="clause that is there", zh="所指的条款存在")
    label = Text(en="the paper has a clause {number}", zh="原文有第 {number} 条")
    hint = Text(en="leave out the reason", zh="删去理由")
    bad = (
        'clause 1 "a"\n  points to 2 not there "it is lost"\n  not judged "x"\nclause 2 "b"\n  not judged "x"'
    )
    good = 'clause 1 "a"\n  points to 2\n  not judged "x"\nclause 2 "b"\n  not judged "x"'
    number: str


CODES = (
    UnknownName,
    ClauseNotThere,
    ClauseThere,
    DuplicateName,
    UnknownLevel,
    UnknownLibrary,
    LibraryCycle,
    UnknownEvent,
    UnknownEntity,
    UnknownParty,
    UnknownCalendar,
    UnknownReading,
    UnknownConventions,
    UnknownType,
    UnknownStatus,
)
