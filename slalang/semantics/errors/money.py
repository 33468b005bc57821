"""Messages about amounts that must fit together: groups, caps, payments, units (SLA-E046x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span

_ONE = (
    "penalty One for each breach of Answer\n  Provider owes Customer\n  amount = 5 CNY\n  rounding : half up\n"
    "  one of remedies, the highest\n"
)
_TWO = (
    "penalty Two for each breach of Answer\n  Provider owes Customer\n  amount = {0}\n  rounding : half up\n"
)
_DUTY = (
    "obligation Answer\n  for each ticket\n  Provider owes Customer\n  from opened until first responded\n"
    "  within <= 1 h\n  on reopening : frozen\n  clock always\n"
)


class GroupDisagrees(Diagnostic):
    """Amounts of one group exclude each other, but their rules do not choose among them in the same way."""

    code = "SLA-E0461"
    page_zh = "同一组的金额互相排斥，而各规则所写的取舍方法不同"
    title = Text(en="two ways of choosing in one group", zh="同组取舍方法不一")
    label = Text(
        en="`{name}` and `{other}` choose differently in the group `{group}`",
        zh="`{name}` 与 `{other}` 在组 `{group}` 中的取舍方法不同",
    )
    hint = Text(en="write the same choice in both", zh="两处写同一种方法")
    places = (Label("first", en="the other one", zh="另一规则"),)
    bad = _DUTY + _ONE + _TWO.format("3 CNY") + "  one of remedies, the first"
    good = _DUTY + _ONE + _TWO.format("3 CNY") + "  one of remedies, the highest"
    name: str
    other: str
    group: str
    first: Span


class GroupUnits(Diagnostic):
    """The highest of several amounts is sought, and they are in units that cannot be compared."""

    code = "SLA-E0462"
    page_zh = "要在几项金额中取最高者，而它们的单位不能比较"
    title = Text(en="amounts that cannot be compared", zh="金额不可比较")
    label = Text(
        en="`{name}` is {one}, `{other}` is {two}: neither is the higher",
        zh="`{name}` 是{one}，`{other}` 是{two}：无从比较高低",
    )
    places = (Label("first", en="the other one", zh="另一规则"),)
    bad = _DUTY + _ONE + _TWO.format("3 days") + "  one of remedies, the highest"
    good = _DUTY + _ONE + _TWO.format("3 CNY") + "  one of remedies, the highest"
    name: str
    other: str
    one: Text
    two: Text
    first: Span


class DaysOfNoBreach(Diagnostic):
    """An amount per day late needs a deadline to be late by: it is for each breach of a rule."""

    code = "SLA-E0463"
    page_zh = "逾期每日的金额须有可逾越的期限：只能用于对某规则的每次违约"
    title = Text(en="days late of nothing", zh="没有可逾期的义务")
    label = Text(en="nothing here has a deadline", zh="此处没有期限可言")
    hint = Text(
        en="begin the rule with `for each breach of …` and the duty's name",
        zh="规则首行写 `对每次违约 …` 并写明义务名称",
    )
    bad = "interest Late each month\n  Customer owes Provider\n  amount per day late = 5 CNY\n  rounding : half up"
    good = (
        _DUTY
        + "interest Late for each breach of Answer\n  Customer owes Provider\n  amount per day late = 5 CNY\n"
        "  days late : days begun\n  rounding of days : in total\n  rounding : half up"
    )


class CapUnits(Diagnostic):
    """A cap adds up amounts in units that do not add."""

    code = "SLA-E0464"
    page_zh = "封顶把单位不能相加的金额合在一起"
    title = Text(en="capped amounts that do not add", zh="所封顶的金额不能相加")
    label = Text(
        en="`{one}` is {first}, `{two}` is {second}: `{name}` cannot add them",
        zh="`{one}` 是{first}，`{two}` 是{second}：`{name}` 无法相加",
    )
    hint = Text(en="write one cap for each unit", zh="每种单位各写一条封顶")
    bad = (
        _DUTY
        + _TWO.format("3 CNY").replace("Two", "One")
        + _TWO.format("3 days")
        + "cap Most for One, Two\n  at most 100 CNY each year"
    )
    good = (
        _DUTY
        + _TWO.format("3 CNY").replace("Two", "One")
        + _TWO.format("5 CNY")
        + "cap Most for One, Two\n  at most 100 CNY each year"
    )
    name: str
    one: str
    first: Text
    two: str
    second: Text


_FEE = "fee Base each month\n  Customer owes Provider\n  amount = {0}\n  posted : same period\n"
_PAID = (
    "entity payment\nevent payment.made\n  field value : money\n"
    + _FEE.format("5 CNY")
    + "payments Paid\n  {0}\n  paid by payment.made amount value\n  settles Base\n  apportioned : oldest debt first"
)


class NotSetOff(Diagnostic):
    """Only what two parties owe each other, in one unit, can be set off."""

    code = "SLA-E0465"
    page_zh = "只有双方互负的、单位相同的债务才能抵销"
    title = Text(en="amounts that cannot be set off", zh="不能抵销的金额")
    label = Text(
        en="`{name}` needs an amount that {debtor} owes {creditor}, {unit}; `{other}` is none",
        zh="`{name}` 须与{debtor}应付{creditor}的{unit}抵销，而 `{other}` 不是",
    )
    bad = _FEE.format("5 CNY") + _FEE.format("1 CNY").replace("Base", "Extra") + "  set off against Base"
    good = (
        _FEE.format("5 CNY")
        + "credit Back each month\n  Provider owes Customer\n  amount = 1 CNY\n  posted : same period\n  set off against Base"
    )
    name: str
    other: str
    debtor: str
    creditor: str
    unit: Text


class NotPaid(Diagnostic):
    """A payment settles what its payer owes the one who is paid, in the unit of the payment."""

    code = "SLA-E0466"
    page_zh = "付款只能清偿付款方应付收款方的、与付款单位相同的债务"
    title = Text(en="debt that the payment cannot settle", zh="该付款不能清偿的债务")
    label = Text(
        en="{debtor} pays {creditor} {unit}, and `{other}` is no such debt",
        zh="{debtor}付给{creditor}{unit}，而 `{other}` 不是这样的债务",
    )
    bad = _PAID.format("Provider pays Customer")
    good = _PAID.format("Customer pays Provider")
    other: str
    debtor: str
    creditor: str
    unit: Text


class NotSliced(Diagnostic):
    """`rows : slices` applies each row's rate to the part of one value that lies in its range; other tables have no slices."""

    code = "SLA-E0467"
    page_zh = "`行：分段累进` 把每行的费率用于某一数值落在该区间的部分；其他表格没有分段"
    title = Text(en="table without slices", zh="表格不能分段")
    label = Text(en="{what}", zh="{what}")
    bad = "table rates\n  rows : slices\n  | monthly_fee | = rate |\n  | any | 5% |"
    good = "table rates\n  rows : slices\n  | monthly_fee | = rate |\n  | [0 CNY, 100 CNY) | 5% |\n  | >= 100 CNY | 3% |"
    what: Text


_DEBT = (
    _FEE.format("5 CNY")
    + "  due within 10 days after period end\ninterest Late for each debt of Base\n  Customer owes Provider\n"
    "  amount per day late = unpaid of Base × 1%\n  days late : days begun\n  rounding of days : in total\n"
)


class DebtNeverDue(Diagnostic):
    """An amount for each debt grows for each day after that debt is due, and once for each debt."""

    code = "SLA-E0468"
    page_zh = "对每笔欠款的金额，自该笔欠款应付之日后逐日增加，每笔欠款一项"
    title = Text(en="debt without days late", zh="欠款没有逾期天数")
    label = Text(
        en="`{name}` is reckoned by `amount per day late`, for all periods, and `{other}` needs a `due` line",
        zh="`{name}` 须写 `金额 逾期每日`，且不按期间；`{other}` 须有 `应付` 行",
    )
    bad = (
        _FEE.format("5 CNY")
        + "interest Late for each debt of Base\n  Customer owes Provider\n  amount = 1 CNY"
    )
    good = (
        _FEE.format("5 CNY")
        + "  due within 10 days after period end\ninterest Late for each debt of Base\n  Customer owes Provider\n"
        "  amount per day late = unpaid of Base × 1%\n  days late : days begun\n  rounding of days : in total"
    )
    name: str
    other: str


class OnUnpaid(Diagnostic):
    """An amount that is reckoned on what is unpaid is known only once payments are apportioned, so nothing can come before them that needs it."""

    code = "SLA-E0469"
    page_zh = "依未付金额计算的金额，须在付款抵充之后才能得知，因此不能先于抵充被其他规则使用"
    title = Text(en="amount known only after payments", zh="付款抵充后方可得知的金额")
    label = Text(
        en="`{name}` is reckoned on what is unpaid: {what}",
        zh="`{name}` 依未付金额计算：{what}",
    )
    bad = _DEBT + "  at most 5 CNY each year"
    good = _DEBT + "  at most 5 CNY"
    name: str
    what: Text


CODES = (
    GroupDisagrees,
    GroupUnits,
    DaysOfNoBreach,
    CapUnits,
    NotSetOff,
    NotPaid,
    NotSliced,
    DebtNeverDue,
    OnUnpaid,
)
