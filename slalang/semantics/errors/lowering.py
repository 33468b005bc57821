"""Messages about rules that are not whole and values that cannot be made (SLA-E05xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class LineMissing(Diagnostic):
    """A rule lacks a line without which it says nothing."""

    code = "SLA-E0501"
    page_zh = "规则缺少必要的一行，缺了它就没有意义"
    title = Text(en="rule that is not whole", zh="规则不完整")
    label = Text(en="`{name}` does not say {what}", zh="`{name}` 没有写明{what}")
    hint = Text(en="add a line such as `{line}`", zh="加入一行，例如 `{line}`")
    bad = "obligation O\n  for each ticket\n  from opened until first responded\n  clock always\n  within <= 15 min"
    good = "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  clock always\n  within <= 15 min"
    name: str
    what: Text
    line: str


class RuleCycle(Diagnostic):
    """Rules depend on one another in a circle, so none can be worked out first."""

    code = "SLA-E0502"
    page_zh = "规则互相依赖形成循环，无法先行得出任何一个"
    title = Text(en="rules in a circle", zh="规则循环依赖")
    label = Text(en="{path} depend on one another", zh="{path} 互相依赖")
    hint = Text(en="an earlier period is read with `previous {first}`", zh="读取前一期用 `上期 {first}`")
    bad = "let a = b + 1\nlet b = a + 1"
    good = "let a = 1\nlet b = a + 1"
    path: tuple[str, ...]
    first: str


class DerivedCycle(Diagnostic):
    """A rule's breach, discharge or expiry, or a signal's crossing, sets off what it follows from itself: none could come first.

    A right and the contract's own life may come between: what an exercise or an end sets off starts strictly after it.
    """

    code = "SLA-E0520"
    page_zh = (
        "规则的违约、履行、届满或信号的成立，引起了它自身所由得出的事项：无从先行得出任何一个。\n\n"
        "其间可以有权利的行使或合同自身的变动：由行使或终止引起的事项严格在其之后开始。"
    )
    title = Text(en="events that follow from themselves", zh="由自身得出的事件")
    label = Text(en="{path} follow from one another", zh="{path} 互为因果")
    hint = Text(
        en="let one of them start from a reported event, or from the exercise of a right",
        zh="让其中之一起于所报告的事件，或起于权利的行使",
    )
    bad = (
        "signal often for each ticket\n  = misses >= 2\nsignal misses for each ticket\n  running count of Redo.breached\n"
        "obligation Redo\n  for each ticket\n  Provider owes Customer\n  from often.crossed until first responded\n  within <= 2 days\n"
        "  counting calendar_days\n  on reopening : frozen"
    )
    good = (
        "signal often for each ticket\n  = misses >= 2\nsignal misses for each ticket\n  running count of Answer.breached\n"
        "obligation Answer\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  within <= 1 days\n"
        "  counting calendar_days\n  on reopening : frozen\n"
        "obligation Redo\n  for each ticket\n  Provider owes Customer\n  from often.crossed until first responded\n  within <= 2 days\n"
        "  counting calendar_days\n  on reopening : frozen"
    )
    path: tuple[str, ...]


class EmptyClause(Diagnostic):
    """A clause holds no rule, parameter or definition and is not marked as not judged: the inventory would have a hole."""

    code = "SLA-E0503"
    page_zh = "条款中没有规则、参数或定义，也没有标明不予判定：清单将有缺漏"
    title = Text(en="clause without a rule", zh="条款没有规则")
    label = Text(en="nothing in clause `{number}` is judged", zh="条款 `{number}` 没有可判定的内容")
    hint = Text(en="write a rule, or `{line}`", zh="写一条规则，或写 `{line}`")
    bad = 'clause 9 "Notices"\n  "Notices are given in writing."'
    good = 'clause 9 "Notices"\n  "Notices are given in writing."\n  not judged "no facts are recorded"'
    number: str
    line: str


class CalendarRefused(Diagnostic):
    """A calendar cannot be taken as it is written: never open, a date twice, a year without holiday data."""

    code = "SLA-E0504"
    page_zh = "日历不能照所写采用：从不开放、日期重复、没有该年的假日数据"
    title = Text(en="calendar that cannot be used", zh="日历不可用")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "calendar Never\n  closed 2026-02-17"
    good = "calendar Days\n  mon to fri 09:00 to 17:00\n  closed 2026-02-17"
    reason: Text
    remedy: Text | None = None


class TooDeep(Diagnostic):
    """An expression, or a chain of definitions, is nested too deeply to be read by a person or a program."""

    code = "SLA-E0505"
    page_zh = "表达式或一连串定义嵌套过深"
    title = Text(en="nested too deeply", zh="嵌套过深")
    label = Text(en="more than {most} levels", zh="超过 {most} 层")
    hint = Text(en="name parts of it with `let`", zh="用 `定义` 为其中的部分命名")
    most: int


class TooLong(Diagnostic):
    """A definition is longer than anybody could follow once the definitions that it names are written out."""

    code = "SLA-E0519"
    page_zh = "把所引用的定义全部写开之后，该定义长得无人能够核对"
    title = Text(en="definition too long to follow", zh="定义过长，无法核对")
    label = Text(
        en="`{name}` has more than {most} parts when written out", zh="`{name}` 写开后超过 {most} 个部分"
    )
    hint = Text(
        en="say it with fewer repetitions, `3 × x` in place of `x + x + x`",
        zh="减少重复，以 `3 × x` 代替 `x + x + x`",
    )
    name: str
    most: int


class SaidTwice(Diagnostic):
    """A rule has a line twice that it can have only once."""

    code = "SLA-E0506"
    page_zh = "规则中只能有一次的内容写了两次"
    title = Text(en="line written twice", zh="重复的行")
    label = Text(en="this was said already", zh="此前已经写明")
    places = (Label("first", en="here", zh="在此"),)
    bad = "metric M each month\n  = time in always\n  = time in Support"
    good = "metric M each month\n  = time in always"
    first: Span | None = None


class TimeRefused(Diagnostic):
    """A date, a local time or a time zone cannot be taken as it is written: unknown, skipped or shown twice by the clocks."""

    code = "SLA-E0507"
    page_zh = "日期、当地时间或时区不能照所写采用：未知、被时钟跳过或出现两次"
    title = Text(en="time that cannot be used", zh="时间不可用")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = 'scenario "no such zone"\n  given\n    2026-03-02 09:00 ticket T-1 opened priority High, customer "C"\n  as of 0001-01-01 00:00'
    reason: Text
    remedy: Text | None = None


class HeadMissing(Diagnostic):
    """The file does not begin with what every contract states: title and version, time zone."""

    code = "SLA-E0508"
    page_zh = "文件缺少合同必有的内容：名称与版本、时区"
    title = Text(en="contract without {what}", zh="合同没有{what}")
    label = Text(en="the contract begins here", zh="合同从这里开始")
    hint = Text(en="add the line `{line}`", zh="加入一行 `{line}`")
    what: Text
    line: str


class NotConstant(Diagnostic):
    """A fixed value is needed: a parameter's bound, an open word's figure, a fact of a scenario."""

    code = "SLA-E0509"
    page_zh = "此处需要固定值：参数的界限、开放词的数值、情景中的事实"
    title = Text(en="fixed value needed", zh="此处需要固定值")
    label = Text(en="this is worked out only in a run", zh="这要在运行时才能得出")
    bad = "open word soon = monthly_fee\nlet x = soon × 2"
    good = "open word soon = 5 CNY\nlet x = soon × 2"


class NotPlaced(Diagnostic):
    """A line stands where it has no meaning."""

    code = "SLA-E0511"
    page_zh = "该行所在的位置没有意义"
    title = Text(en="line out of place", zh="行的位置不对")
    label = Text(en="{what}", zh="{what}")
    what: Text


class LifeState(Diagnostic):
    """A life cycle cannot work: a state that nothing leads to."""

    code = "SLA-E0512"
    page_zh = "生命周期不成立：有的状态无从到达"
    title = Text(en="state that nothing leads to", zh="状态无从到达")
    label = Text(en="no line leads to `{state}`", zh="没有任何一行通往 `{state}`")
    hint = Text(en="states: {near}", zh="状态: {near}")
    bad = (
        "entity job\nevent job.opened\nevent job.done\n"
        "life job\n  on opened from new to open\n  on done from opne to over"
    )
    good = (
        "entity job\nevent job.opened\nevent job.done\n"
        "life job\n  on opened from new to open\n  on done from open to over"
    )
    state: str
    near: tuple[str, ...]


class ClockMissing(Diagnostic):
    """A limit in exact time does not say on which clock: four hours around the clock and four business hours end on different days.

    Asked of every `within` in hours, minutes or seconds. Days, business days, dates and points of a period are counted
    by dates, and an act that must lie so long before another is measured between two instants.
    """

    code = "SLA-E0513"
    page_zh = (
        "以确切时间计的期限没有写明按哪个时钟计时：连续四小时与四个工作小时并不在同一天届满。\n\n"
        "凡 `限` 后以小时、分、秒计者都须写明。以日、工作日、日期或期间某日计者按日期计算；"
        "「须早于某事若干时间」量的是两个时刻之间的间隔，均无须写明。"
    )
    title = Text(en="clock not stated", zh="没有写明计时")
    label = Text(
        en="`{name}` does not say on which clock its time counts",
        zh="`{name}` 没有写明其时间按哪个时钟计算",
    )
    hint = Text(en="add one of the lines {lines}", zh="加入其中一行: {lines}")
    bad = "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  within <= 15 min\n  on reopening : frozen"
    good = "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  clock always\n  within <= 15 min\n  on reopening : frozen"
    name: str
    lines: tuple[str, ...]


class NoRange(Diagnostic):
    """A range of clauses runs from a number to a later one that differs only in its last part: `1 to 71`, `2.1 to 2.5`."""

    code = "SLA-E0530"
    page_zh = "条款的起止须只有末段不同，且由小到大，如 `1 至 71`、`2.1 至 2.5`"
    title = Text(en="no range of clauses", zh="不是条款范围")
    label = Text(en="from here one does not count up to there", zh="由此无法依次数到彼处")
    hint = Text(
        en="write `1 to 71`, `2.1 to 2.5`, or name each clause", zh="写作 `1 至 71`、`2.1 至 2.5`，或逐一列出"
    )
    bad = "clauses 5 to 3"
    good = "clauses 3 to 5"


CODES = (
    NoRange,
    LineMissing,
    RuleCycle,
    DerivedCycle,
    EmptyClause,
    CalendarRefused,
    TooDeep,
    TooLong,
    SaidTwice,
    TimeRefused,
    HeadMissing,
    NotConstant,
    NotPlaced,
    LifeState,
    ClockMissing,
)
