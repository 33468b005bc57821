"""Messages about declared choices (SLA-E043x): a missing line, one that changes nothing, one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class ChoiceMissing(Diagnostic):
    """A rule needs a choice that neither it nor a cited set of conventions states; nothing that moves a verdict applies unsaid."""

    code = "SLA-E0431"
    page_zh = "规则需要一项选择，而规则自身和所引的惯例集都没有写明；影响结论的事项不得默认"
    title = Text(en="choice not stated: {what}", zh="没有写明: {what}")
    label = Text(en="`{rule}` needs it, because {because}", zh="`{rule}` 需要写明，因为{because}")
    hint = (
        Text(
            en="add one of the lines {lines} to `{rule}`, or cite a set of conventions with `{cite}`",
            zh="在 `{rule}` 中加入其中一行: {lines}，或用 `{cite}` 引用惯例集",
        ),
        Text(en="add one of the lines {lines} to `{rule}`", zh="在 `{rule}` 中加入其中一行: {lines}"),
    )
    bad = "metric M each month\n  = mean of measure of FirstResponse\n  counted by : deadline\n  counts as met : met\n  counts as not met : late"
    good = "metric M each month\n  = mean of measure of FirstResponse\n  counted by : deadline\n  counts as met : met\n  counts as not met : late\n  when none : undetermined"
    what: Text
    rule: str
    because: Text
    lines: tuple[str, ...]
    cite: str


class ChoiceUseless(Diagnostic):
    """A rule states a choice that changes nothing in it: either it is a mistake, or another line is missing."""

    code = "SLA-E0432"
    page_zh = "规则写了一项对它毫无影响的选择：要么写错了，要么缺了别的内容"
    title = Text(en="choice without an effect", zh="选择没有作用")
    label = Text(
        en="nothing in `{rule}` depends on it: {because}", zh="`{rule}` 中没有内容取决于它: {because}"
    )
    hint = Text(en="remove the line", zh="删去此行")
    bad = "metric M each month\n  = time in always\n  pooling : verdicts pooled"
    good = "metric M each month\n  = time in always"
    rule: str
    because: Text


class ChoiceTwice(Diagnostic):
    """A rule or a set of conventions states the same choice twice."""

    code = "SLA-E0433"
    page_zh = "规则或惯例集两次写明同一项选择"
    title = Text(en="choice stated twice", zh="选择重复写明")
    label = Text(en="stated again", zh="再次写明")
    places = (Label("first", en="first stated here", zh="最初在此写明"),)
    bad = "convention set mine\n  rounding : half up\n  rounding : down"
    good = "convention set mine\n  rounding : half up"
    first: Span | None = None


class CountingMissing(Diagnostic):
    """A limit counts days, months or business days, and no counting convention says how."""

    code = "SLA-E0435"
    page_zh = "期限以日、月或工作日计算，却没有计期惯例说明如何计算"
    title = Text(en="counting of days not stated", zh="没有写明如何计期")
    label = Text(
        en="days are counted in `{rule}`: is the first one counted, and what if the last is a holiday",
        zh="`{rule}` 以日计期：首日是否计入，末日遇休息日如何处理",
    )
    hint = Text(en="add one of the lines {lines}", zh="加入其中一行: {lines}")
    rule: str
    lines: tuple[str, ...]


class RestDaysMissing(Diagnostic):
    """A convention moves a last day that is a rest day, and no calendar says which days those are.

    Rest days are the days on which a calendar is closed: that of the rule's clock, else the one on the line `rest days of`, else the only one of the contract.
    """

    code = "SLA-E0436"
    page_zh = (
        "计期惯例规定最后一日遇休息日顺延，却没有日历说明哪些是休息日。"
        "休息日即日历不开放的日子：先取规则计时所用的日历，其次取 `休息日依` 一行写明的日历，否则取合同唯一的日历。"
    )
    title = Text(en="rest days not stated", zh="没有写明哪些是休息日")
    label = Text(
        en="`{counting}` moves a last day that is a rest day: which days are rest days",
        zh="`{counting}` 规定最后一日遇休息日顺延：哪些是休息日",
    )
    hint = Text(
        en="declare one calendar with `mon to fri 00:00 to 24:00` and `holidays CN`, name one with `rest days of C`, or write `{clock}`",
        zh="声明一个日历，含 `周一 至 周五 00:00 至 24:00` 与 `节假日 CN`，以 `休息日依 C` 指明一个，或写 `{clock}`",
    )
    bad = "calendar Other\n  mon 09:00 to 17:00\nobligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  clock always\n  within <= 5 days"
    good = "calendar Other\n  mon 09:00 to 17:00\nobligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  clock in Other\n  within <= 5 days"
    counting: str
    clock: str


class ChoiceUnfit(Diagnostic):
    """A rule states a choice that has no meaning for its kind: an amount of a month has no trigger, and a ticket has no posting."""

    code = "SLA-E0437"
    page_zh = "规则写明的选择对这类规则没有意义：按月的金额没有触发，工单没有入账"
    title = Text(en="choice that does not fit", zh="选择不适用")
    label = Text(en="`{rule}` has no such instant: `{choice}`", zh="`{rule}` 没有这一时点: `{choice}`")
    hint = Text(en="write one of {lines}", zh="写作其中之一: {lines}")
    bad = "entity slip\nevent slip.noted\nsignal slips\n  running count of slip.noted\nfee Slips each month\n  Customer owes Provider\n  amount = 1 CNY × slips\n  posted : same period\n  rounding : half up\n  read at : trigger"
    good = "entity slip\nevent slip.noted\nsignal slips\n  running count of slip.noted\nfee Slips each month\n  Customer owes Provider\n  amount = 1 CNY × slips\n  posted : same period\n  rounding : half up\n  read at : period end"
    rule: str
    choice: str
    lines: tuple[str, ...]


CODES = (ChoiceMissing, ChoiceUseless, ChoiceTwice, CountingMissing, RestDaysMissing, ChoiceUnfit)
