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


CODES = (GroupDisagrees, GroupUnits)
