"""Messages about kinds of quantity and units (SLA-E03xx)."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class Mixed(Diagnostic):
    """Two quantities of different kinds are added, subtracted or compared."""

    code = "SLA-E0301"
    page_zh = "对不同种类的量进行了加减或比较"
    title = Text(en="quantities of different kinds", zh="不同种类的量")
    label = Text(en="`{op}` cannot join {left} and {right}", zh="`{op}` 不能连接{left}与{right}")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "let odd = 15 min + 5%"
    good = "let odd = 15 min + 5 min"
    op: str
    left: Text
    right: Text
    remedy: Text | None = None


class Expected(Diagnostic):
    """A quantity of one kind is needed and another one is given."""

    code = "SLA-E0302"
    page_zh = "此处需要某一种类的量，写的却是另一种"
    title = Text(en="expected {needed}, found {found}", zh="此处需要{needed}，写的却是{found}")
    label = Text(en="this is {found}", zh="这是{found}")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "credit C each month\n  Provider owes Customer\n  amount = 5%"
    good = "credit C each month\n  Provider owes Customer\n  amount = monthly_fee × 5%"
    needed: Text
    found: Text
    remedy: Text | None = None


class BareLimit(Diagnostic):
    """A limit is written without its comparator: whether the last instant still counts is for the contract to say."""

    code = "SLA-E0303"
    page_zh = "期限没有写比较符：最后一刻是否算在内，应由合同写明"
    title = Text(en="limit without `<=` or `<`", zh="期限没有写 `<=` 或 `<`")
    label = Text(en="does the last instant still count", zh="最后一刻是否算在内")
    hint = Text(
        en="write `<= {value}` if it does, `< {value}` if not",
        zh="若算在内写 `<= {value}`，否则写 `< {value}`",
    )
    bad = (
        "let quick = 15 min\n"
        "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n"
        "  clock always\n  within quick"
    )
    good = (
        "let quick = 15 min\n"
        "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n"
        "  clock always\n  within <= quick"
    )
    value: str


class NoCalendarForDays(Diagnostic):
    """Business days are counted and no calendar says which days those are."""

    code = "SLA-E0304"
    page_zh = "以工作日计算，却没有日历说明哪些是工作日"
    title = Text(en="business days without a calendar", zh="工作日没有日历")
    label = Text(en="business days of which calendar", zh="依哪个日历的工作日")
    hint = Text(en="write one of {lines}", zh="写成其中之一: {lines}")
    bad = "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  within <= 3 business days"
    good = "obligation O\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n  within <= 3 business days of Support"
    lines: tuple[str, ...]


class NoCurrency(Diagnostic):
    """A type `money` needs the contract's currency."""

    code = "SLA-E0305"
    page_zh = "`金额` 类型需要合同写明币种"
    title = Text(en="money without a currency", zh="金额没有币种")
    label = Text(en="money in which currency", zh="金额以何种货币计")
    hint = Text(en="add the line `{line}` at the top", zh="在开头加入一行 `{line}`")
    line: str


class NotWhole(Diagnostic):
    """A count of days, months or business days is not a whole number, or a duration is finer than a microsecond."""

    code = "SLA-E0306"
    page_zh = "天数、月数或工作日数不是整数，或时长精度超过微秒"
    title = Text(en="not a whole number of {unit}", zh="{unit}数不是整数")
    label = Text(en="`{value}` {unit} cannot be counted", zh="`{value}` {unit}无法计数")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "let odd = 1.5 days"
    good = "let odd = 36 h"
    unit: Text
    value: str
    remedy: Text | None = None


class NotMultiplied(Diagnostic):
    """Two quantities are multiplied or divided whose product or quotient has no meaning here: money by money, minutes by minutes."""

    code = "SLA-E0307"
    page_zh = "两个量相乘或相除的结果没有意义：金额乘金额、分钟乘分钟"
    title = Text(en="product without a meaning", zh="没有意义的乘除")
    label = Text(en="`{op}` of {left} and {right} is no quantity", zh="{left}与{right}作 `{op}` 运算没有意义")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "let odd = monthly_fee × monthly_fee"
    good = "let odd = monthly_fee × 2"
    op: str
    left: Text
    right: Text
    remedy: Text | None = None


class OutOfDomain(Diagnostic):
    """A value lies outside the domain that its parameter states."""

    code = "SLA-E0308"
    page_zh = "值超出了参数所声明的取值范围"
    title = Text(en="value outside its domain", zh="值超出取值范围")
    label = Text(en="`{name}` must be {domain}", zh="`{name}` 必须满足 {domain}")
    bad = 'scenario "negative fee"\n  with monthly_fee = -1 CNY'
    good = 'scenario "a fee"\n  with monthly_fee = 1 CNY'
    name: str
    domain: str


class NotAQuantity(Diagnostic):
    """A range, a comparator or a time of day stands where a value is needed."""

    code = "SLA-E0309"
    page_zh = "此处需要一个值，写的却是区间、比较符或钟点"
    title = Text(en="not a value", zh="不是一个值")
    label = Text(en="{found} is no value here", zh="{found}在此不是一个值")
    bad = "let odd = 09:00"
    good = "let odd = 9 h"
    found: Text


class DivisionByZero(Diagnostic):
    """A constant divisor is zero."""

    code = "SLA-E0310"
    page_zh = "除数为零"
    title = Text(en="division by zero", zh="除以零")
    label = Text(en="this divisor is zero", zh="此除数为零")
    bad = "let odd = monthly_fee / 0"
    good = "let odd = monthly_fee / 2"


class CapitalsWrong(Diagnostic):
    """A text is read as an amount in Chinese capital numerals, or an amount is to be written in them, and it cannot be."""

    code = "SLA-E0311"
    page_zh = "文字无法读作大写金额，或金额无法写成大写"
    title = Text(en="no amount in capital numerals", zh="不是大写金额")
    label = Text(en="{fault}", zh="{fault}")
    hint = Text(en="write `{instead}`", zh="改为 `{instead}`")
    bad = 'let fee = from_capitals("壹仟伍元整")'
    good = 'let fee = from_capitals("壹仟零伍元整")'
    fault: Text
    instead: str | None = None


CODES = (
    Mixed,
    Expected,
    BareLimit,
    NoCalendarForDays,
    NoCurrency,
    NotWhole,
    NotMultiplied,
    OutOfDomain,
    NotAQuantity,
    DivisionByZero,
    CapitalsWrong,
)
