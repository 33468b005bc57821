"""Diagnostics of a run as a whole: settings, parameters without a value, versions that clash, nothing to read."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class BadSetting(Diagnostic):
    """`--set`, `--reading` or `--as-of` has a value that the contract cannot take."""

    code = "SLA-E0721"
    title = Text(en="a setting cannot be taken", zh="无法采用该设定")
    label = Text(en="`{given}`: {problem}", zh="`{given}`：{problem}")
    hint = Text(en="write `{write}`", zh="写成 `{write}`")
    page_zh = "`--set`、`--reading` 或 `--as-of` 的值不被合同接受。"

    given: str
    problem: Text
    write: str | None


class UnboundParameter(Diagnostic):
    """A parameter has no value: neither from the run nor from the register entry of each agreement."""

    code = "SLA-E0722"
    title = Text(en="parameter without a value", zh="参数没有值")
    label = (
        Text(
            en="`{name}` ({type}) has no value for the agreements {agreements}",
            zh="协议 {agreements} 没有 `{name}`（{type}）的值",
        ),
        Text(
            en="`{name}` ({type}, clause {clause}) has no value", zh="`{name}`（{type}，条款 {clause}）没有值"
        ),
        Text(en="`{name}` ({type}) has no value", zh="`{name}`（{type}）没有值"),
    )
    why = Text(
        en="a contract with an open parameter can be read but not evaluated",
        zh="含有未定参数的合同只能阅读，不能评估",
    )
    hint = Text(
        en='pass `--set "{name}=…"` or `--values FILE`, or give it to each `agreement` in a register',
        zh='使用 `--set "{name}=…"` 或 `--values 文件`，或在登记册中为每个 `agreement` 给出该值',
    )
    page_zh = "参数既没有在运行时给出，也没有在每个协议的登记册条目中给出。"

    name: str
    type: Text
    agreements: tuple[str, ...]
    clause: str = ""


class ConstraintBroken(Diagnostic):
    """Two values of the contract that must agree do not: nothing is judged before they do.

    A constraint is decided when its parameters are bound. In a scenario it can be expected to be `broken`.
    """

    code = "SLA-E0735"
    title = Text(en="values that do not agree", zh="各值互相矛盾")
    label = (
        Text(
            en="`{name}` of agreement {agreement} is not true: {left} on the left, {right} on the right",
            zh="协议 {agreement} 的 `{name}` 不成立：左边为 {left}，右边为 {right}",
        ),
        Text(
            en="`{name}` is not true: {left} on the left, {right} on the right",
            zh="`{name}` 不成立：左边为 {left}，右边为 {right}",
        ),
    )
    why = Text(
        en="the paper says that they agree (clause {clause}), and one of them is wrong",
        zh="纸面约定二者一致（条款 {clause}），其中必有一误",
    )
    hint = Text(
        en="correct the values bound: `--set`, `--values` or the register",
        zh="请更正所填的值：`--set`、`--values` 或登记册",
    )
    page_zh = "合同中应当一致的两个值并不一致：在其一致之前不作任何判定。\n\n约束在参数取值确定时判定。情景中可以期望其为 `不可补救`。"

    name: str
    left: str
    right: str
    agreement: str = ""
    clause: str = ""


class ConstraintOpen(Diagnostic):
    """Whether values that must agree do agree cannot be told: one of them cannot be read."""

    code = "SLA-E0739"
    title = Text(en="values that cannot be compared", zh="无法比较的值")
    label = (
        Text(
            en="`{name}` of agreement {agreement} (clause {clause}): {reason}",
            zh="协议 {agreement} 的 `{name}`（条款 {clause}）：{reason}",
        ),
        Text(en="`{name}` (clause {clause}): {reason}", zh="`{name}`（条款 {clause}）：{reason}"),
        Text(en="`{name}`: {reason}", zh="`{name}`：{reason}"),
    )
    hint = Text(
        en="correct the values bound: `--set`, `--values` or the register",
        zh="请更正所填的值：`--set`、`--values` 或登记册",
    )
    page_zh = "应当一致的两个值无法比较，因为其中之一无法读取，例如大写金额写错。"

    name: str
    reason: Text
    agreement: str = ""
    clause: str = ""


class CalendarEnds(Diagnostic):
    """A rule must know whether a day is a working day, and the calendar has no data for it: nothing is judged by guessing."""

    code = "SLA-E0736"
    title = Text(en="the calendar does not reach so far", zh="日历不及于此")
    label = Text(en="{problem}", zh="{problem}")
    why = Text(
        en="a rule recurs on working days, and which days those are is not known",
        zh="有规则按工作日重复，而哪些日子是工作日尚不可知",
    )
    hint = Text(
        en="evaluate as of an earlier day, or list the holidays in the contract's calendar",
        zh="请截至更早的日期评估，或在合同的日历中列出节假日",
    )
    page_zh = "规则须知道某日是否工作日，而日历没有该日的资料：绝不靠猜测判定。"

    problem: Text


class VersionsClash(Diagnostic):
    """Two versions of a contract are in force from the same date, so that nobody can say which one judges a case."""

    code = "SLA-E0723"
    title = Text(en="two versions from the same date", zh="两个版本自同一日期生效")
    label = Text(
        en="version `{version}` and another are both effective from {date}",
        zh="版本 `{version}` 与另一版本均自 {date} 起生效",
    )
    hint = Text(en="state `effective from DATE` in each version", zh="在每个版本中写明 `生效自 日期`")
    page_zh = "同一合同的两个版本自同一日期生效，无法确定由哪一个评判。"

    version: str
    date: str


class NoEvents(Diagnostic):
    """A run was asked for without a single file of events."""

    code = "SLA-E0724"
    title = Text(en="no events given", zh="没有给出事件")
    why = Text(en="a run over nothing would look clean", zh="没有输入的运行会看似一切正常")
    hint = Text(en="pass `--events FILE`", zh="使用 `--events 文件`")
    page_zh = "运行时没有给出任何事件文件。"


class RuleUnknown(Diagnostic):
    """The contract has no obligation of the name that was asked about."""

    code = "SLA-E0725"
    title = Text(en="no such obligation", zh="没有这项义务")
    label = Text(en="`{rule}`", zh="`{rule}`")
    hint = Text(en="there are {near}", zh="现有 {near}")
    page_zh = "合同中没有所问名称的义务。"

    rule: str
    near: tuple[str, ...]


class NoTrigger(Diagnostic):
    """The obligation asked about does not begin with an event, or the event given does not begin it."""

    code = "SLA-E0726"
    title = Text(en="no case begins", zh="没有案件开始")
    label = (
        Text(en="`{event}` as given does not begin `{rule}`", zh="所给的 `{event}` 不触发 `{rule}`"),
        Text(en="`{rule}` does not begin with an event", zh="`{rule}` 并非由事件触发"),
    )
    hint = Text(
        en="name an obligation with `from …`, and give the fields that its conditions read",
        zh="请指定带有 `自 …` 的义务，并给出其条件所读的字段",
    )
    page_zh = "所问的义务并非由事件开始，或所给的事件不触发它。"

    rule: str
    event: str


class CalendarUnknown(Diagnostic):
    """The contract has no calendar of the name that was asked about."""

    code = "SLA-E0727"
    title = Text(en="no such calendar", zh="没有这个日历")
    label = Text(en="`{calendar}`", zh="`{calendar}`")
    hint = Text(en="there are {near}", zh="现有 {near}")
    page_zh = "合同中没有所问名称的日历。"

    calendar: str
    near: tuple[str, ...]


class NothingLeft(Diagnostic):
    """Every line of the input was set aside: a run over what is left would look clean."""

    code = "SLA-E0730"
    title = Text(en="nothing could be used", zh="没有可用的输入")
    label = Text(en="all {count} lines were set aside", zh="全部 {count} 行都被剔除")
    why = Text(en="a run over nothing would look clean", zh="没有输入的运行会看似一切正常")
    hint = Text(en="the reject file says why, line by line", zh="剔除文件逐行说明了原因")
    page_zh = "使用 `--lenient` 时，输入的每一行都被剔除。"

    count: int


class NoLastInstant(Diagnostic):
    """The files hold no event, so that there is no last instant to judge as of."""

    code = "SLA-E0728"
    title = Text(en="as of when?", zh="截至何时？")
    label = Text(
        en="the files hold no event that the contract reads, so there is no last instant",
        zh="文件中没有合同所读取的事件，因此没有最后时刻",
    )
    why = Text(en="a run over nothing would look clean", zh="没有输入的运行会看似一切正常")
    hint = Text(
        en="state the instant with `--as-of`, if nothing happened indeed",
        zh="若确实没有发生任何事，请用 `--as-of` 写明时刻",
    )
    page_zh = "所给文件中没有事件，也没有写明截至时刻。"


class RegisterGoesFirst(Diagnostic):
    """A parameter is set for the run and by the register entries of some agreements: the entry, being the nearer one, holds for these."""

    code = "SLA-E0729"
    severity = "note"
    title = Text(en="a register's value goes before `--set`", zh="登记册的值优先于 `--set`")
    label = Text(
        en="`{name}` is taken from the register for {agreements}", zh="{agreements} 的 `{name}` 取自登记册"
    )
    page_zh = "某参数既在运行时设定，又写在某些协议的登记册条目中：对这些协议以登记册为准。"

    name: str
    agreements: tuple[str, ...]


class VersionNotGiven(Diagnostic):
    """A register entry puts an agreement under a version of the contract that the run was not given."""

    code = "SLA-E0746"
    title = Text(en="version of an agreement not given", zh="缺少协议所依的版本")
    label = Text(
        en="the agreement `{agreement}` is under version `{version}`, and the run has {known}",
        zh="协议 `{agreement}` 依版本 `{version}`，而本次运行只有 {known}",
    )
    hint = Text(en="give the file of that version too", zh="同时给出该版本的文件")
    page_zh = "登记册条目写明某协议依合同的某一版本，而运行时没有给出该版本。"

    agreement: str
    version: str
    known: tuple[str, ...]


class NoValue(Diagnostic):
    """A line of a values file is no `name = value`."""

    code = "SLA-E0731"
    title = Text(en="no name and value", zh="不是名称与值")
    label = Text(en="a line of a values file is `name = value`", zh="取值文件的每行写作 `名称 = 值`")
    hint = Text(en="write `name = value`; remarks begin with `#`", zh="写作 `名称 = 值`；说明以 `#` 开头")
    page_zh = "取值文件中有一行不是 `名称 = 值`。"


class ValueTwice(Diagnostic):
    """A values file gives a name twice: nobody can say which value is meant."""

    code = "SLA-E0732"
    title = Text(en="a value given twice", zh="重复赋值")
    label = Text(en="`{name}` has its value in line {line}", zh="`{name}` 已在第 {line} 行赋值")
    hint = Text(en="leave one of the lines out", zh="请删去其中一行")
    page_zh = "取值文件中同一名称出现两次。"

    name: str
    line: int


class NoTemplate(Diagnostic):
    """There is neither a file nor a template of the name that a new contract is to be made from."""

    code = "SLA-E0733"
    title = Text(en="no such template", zh="没有这个模板")
    label = Text(en="`{name}`", zh="`{name}`")
    hint = Text(en="there are {near}; or name a contract file", zh="现有 {near}；也可指定合同文件")
    page_zh = "既没有该名称的文件，也没有该名称的模板。"

    name: str
    near: tuple[str, ...]


class AlreadyThere(Diagnostic):
    """A new contract would be written over a file that exists."""

    code = "SLA-E0734"
    title = Text(en="the file exists", zh="文件已存在")
    label = Text(en="`{name}`", zh="`{name}`")
    hint = Text(en="choose another name with `-o`", zh="请用 `-o` 指定其他名称")
    page_zh = "新合同将覆盖已有的文件；为免丢失，予以拒绝。"

    name: str


class EarlierOfAnother(Diagnostic):
    """The earlier outcome is that of another contract: nothing in it can be compared."""

    code = "SLA-E0743"
    title = Text(en="the earlier outcome is of another contract", zh="先前的运行结果属于另一份合同")
    label = Text(
        en="`{part}` is `{there}` there and `{here}` here", zh="`{part}` 在其中为 `{there}`，此处为 `{here}`"
    )
    hint = Text(
        en="name the contract that the earlier run judged; a later version of it is another file beside it",
        zh="请给出先前运行所评判的合同；其后续版本作为另一个文件并列给出",
    )
    page_zh = "作为先前运行结果给出的文件属于另一份合同（名称或时区不同），无从比较。"
    bad = "slalang restate other.json contract.sla --events e.jsonl"
    good = "slalang restate march.json contract.sla --events e.jsonl"

    part: str
    there: str
    here: str


class EarlierThanThat(Diagnostic):
    """A restatement looks back from the present: it cannot be as of an instant before the earlier run's."""

    code = "SLA-E0744"
    title = Text(en="as of an instant before the earlier run", zh="截至时刻早于先前的运行")
    label = Text(
        en="that run was as of {there}, this one is as of {here}",
        zh="先前的运行截至 {there}，本次截至 {here}",
    )
    hint = Text(
        en="leave out `--as-of`, or state {there} or later", zh="请省去 `--as-of`，或写 {there} 或更晚"
    )
    page_zh = "重述是从现在回看：截至时刻不得早于先前运行的截至时刻。"
    bad = "slalang restate march.json contract.sla --events e.jsonl --as-of 2026-03-01"
    good = "slalang restate march.json contract.sla --events e.jsonl --as-of 2026-05-01"

    there: str
    here: str


CODES = (
    NoValue,
    ConstraintBroken,
    ConstraintOpen,
    CalendarEnds,
    ValueTwice,
    NoTemplate,
    AlreadyThere,
    EarlierOfAnother,
    EarlierThanThat,
    RegisterGoesFirst,
    VersionNotGiven,
    NothingLeft,
    BadSetting,
    UnboundParameter,
    VersionsClash,
    NoEvents,
    RuleUnknown,
    NoTrigger,
    CalendarUnknown,
    NoLastInstant,
)
