"""A kind of thing or a type goes in; its words in English and Chinese come out, for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.syntax import given

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.ir.facts import Derivation

# What follows from a rule or a signal, as its name says it: `Payment.breached`.
FOLLOWING: Final[dict[str, Derivation]] = {
    spelling: what for what, spellings in given.FOLLOWING.items() for spelling in spellings
}

KINDS: Final = {
    "parameter": Text(en="a parameter", zh="参数"),
    "open_word": Text(en="an open word", zh="开放词"),
    "let": Text(en="a definition", zh="定义"),
    "obligation": Text(en="an obligation", zh="义务"),
    "metric": Text(en="a metric", zh="指标"),
    "amount_rule": Text(en="an amount", zh="金额规则"),
    "cap": Text(en="a cap", zh="封顶"),
    "payments": Text(en="payments", zh="清偿"),
    "right": Text(en="a right", zh="权利"),
    "chain": Text(en="a chain", zh="链"),
    "constraint": Text(en="a constraint", zh="约束"),
    "exception": Text(en="an exception", zh="例外"),
    "table": Text(en="a table", zh="表格"),
    "signal": Text(en="a signal", zh="信号"),
    "calendar": Text(en="a calendar", zh="日历"),
    "entity": Text(en="a kind of subject", zh="主体种类"),
    "event": Text(en="an event", zh="事件"),
    "party": Text(en="a party", zh="当事方"),
    "level": Text(en="a level", zh="等级的值"),
    "levels": Text(en="levels", zh="等级"),
    "rule": Text(en="a rule", zh="规则"),
    "value": Text(en="a value", zh="值"),
}

TYPES: Final = {
    "number": Text(en="a number", zh="数"),
    "integer": Text(en="a whole number", zh="整数"),
    "ratio": Text(en="a percentage", zh="百分比"),
    "points": Text(en="percentage points", zh="百分点"),
    "duration": Text(en="a duration", zh="时长"),
    "civil": Text(en="days, months or years", zh="日、月或年数"),
    "workdays": Text(en="business days", zh="工作日数"),
    "limit": Text(en="a limit", zh="期限"),
    "date": Text(en="a date", zh="日期"),
    "instant": Text(en="an instant", zh="时刻"),
    "text": Text(en="a text", zh="文字"),
    "bool": Text(en="a yes or no", zh="是否"),
}

# Type names of the language, English and Chinese, and what they are in the IR.
TYPE_NAMES: Final = {
    "number": "number",
    "integer": "integer",
    "ratio": "ratio",
    "duration": "duration",
    "date": "date",
    "instant": "instant",
    "text": "text",
    "bool": "bool",
    "days": "civil",
    "working_day": "workdays",
    "money": "money",
    "数": "number",
    "整数": "integer",
    "比例": "ratio",
    "时长": "duration",
    "日期": "date",
    "时刻": "instant",
    "文字": "text",
    "是否": "bool",
    "天数": "civil",
    "金额": "money",
}


def of_type(ty: Ty) -> Text:
    """A type in words: `amount:CNY` is money in CNY, `levels:priority` a level of priority."""
    head, _, rest = ty.partition(":")
    if head == "amount":
        if len(rest) != 3 or not rest.isupper():  # not a currency's code
            return Text(en=f"an amount of {rest}", zh=f" {rest} 的数量")
        return Text(en=f"money in {rest}", zh=f"{rest} 金额")
    if head == "levels":
        return Text(en=f"a level of {rest}", zh=f"{rest} 等级")
    return TYPES[head]


def of_kind(kind: str) -> Text:
    """A kind of thing in words."""
    return KINDS[kind]
