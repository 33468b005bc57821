"""The terminals that may come next go in; words for a person come out, in the language in which the line is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.syntax.grammar.tables import END, tables
from slalang.syntax.grammar.words import is_chinese, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Token

_OPERATORS: Final = frozenset(
    {
        "PLUS",
        "MINUS",
        "TIMES",
        "DIVIDED",
        "LT",
        "LE",
        "GT",
        "GE",
        "IS",
        "IS_NOT",
        "IS_ONE_OF",
        "IN",
        "OR",
        "AND",
    }
)
_BEGIN_VALUES: Final = frozenset(
    {
        "NAME",
        "STRING",
        "NUMBER",
        "INTEGER_NUMBER",
        "DATE",
        "TIME",
        "MONEY_NUMBER",
        "RATIO_NUMBER",
        "CAPITAL_NUMBER",
        "LPAR",
        "MINUS",
    }
    | {"LT", "LE", "GT", "GE", "NOT", "IF", "TRUE", "FALSE", "PREVIOUS", "PERCENTILE", "TIME_IN"}
)
_WEEKDAYS: Final = frozenset({"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"})
_KINDS: Final[tuple[tuple[str, Text], ...]] = (
    ("NAME", Text(en="a name", zh="名称")),
    ("STRING", Text(en="a text in quotes", zh="引号中的文字")),
    ("INTEGER_NUMBER", Text(en="a whole number", zh="整数")),
    ("NUMBER", Text(en="a number", zh="数")),
    ("DATE", Text(en="a date", zh="日期")),
    ("TIME", Text(en="a time of day", zh="时刻")),
    ("PERIOD", Text(en="a month such as `2026-03`", zh="月份，如 `2026-03`")),
    ("ZONE", Text(en="a time zone such as `Asia/Shanghai`", zh="时区，如 `Asia/Shanghai`")),
    ("CLAUSE_NUMBER", Text(en="the number of the clause", zh="条款编号")),
    (END, Text(en="the end of the line", zh="行末")),
)
_SIGNS: Final = {
    "COMMA": ",",
    "COLON": ":",
    "EQ": "=",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "PIPE": "|",
    "DOT": ".",
    "GT": ">",
    "MINUS": "-",
    "PLUS": "+",
    "TIMES": "×",
    "DIVIDED": "/",
    "LT": "<",
    "LE": "<=",
    "GE": ">=",
    "PERCENT": "%",
    "PERMILLE": "‰",
}


@cache
def units() -> frozenset[str]:
    """Every terminal that is a unit."""
    named = {word.id for word in words().values() if word.group == "units"}
    return frozenset(named | {"MONEY_UNIT", "CURRENCY_CODE", "PERCENT", "PERMILLE"})


def language_of(tokens: Iterable[Token], parent: Sequence[Token] = ()) -> Surface:
    """The language of a line: that of the last word of the language in it, else that of the line above it."""
    for token in (*reversed(tuple(tokens)), *reversed(tuple(parent))):
        if token.type in words():
            return "zh" if is_chinese(token.text.lstrip(",， ")[:1] or "a") else "en"
    return "en"


def spellings(terminals: Iterable[str], surface: Surface) -> tuple[str, ...]:
    """How the words among some terminals are written, in a fixed order; a leading comma is kept."""
    known = words()
    order = {terminal: number for number, terminal in enumerate(known)}
    found = sorted((name for name in terminals if name in known), key=order.__getitem__)
    return tuple(dict.fromkeys(known[name].spelling(surface) for name in found))


def in_words(terminals: frozenset[str], surface: Surface) -> Text:
    """What may come next, said in both languages: words as the line's language writes them, the rest in groups."""
    rest = set(terminals)
    groups: list[Text] = []
    if "MINUTE" in rest:
        groups.append(Text(en="a unit", zh="单位"))
        rest -= units()
    if {"NUMBER", "LPAR", "NOT"} <= rest:
        groups.append(Text(en="a value", zh="一个值"))
        expression_words = {word.id for word in words().values() if word.group == "expressions"}
        rest -= _BEGIN_VALUES | (expression_words - {"FIRST", "LAST", "ALL"})
    if {"PLUS", "TIMES"} <= rest:
        groups.append(Text(en="an operator", zh="运算符"))
        rest -= _OPERATORS
    if rest >= _WEEKDAYS:
        groups.append(Text(en="a weekday", zh="星期几"))
        rest -= _WEEKDAYS
    for group, said in (
        ("types", Text(en="a type such as `money`", zh="类型，如 `金额`")),
        ("schedules", Text(en="a schedule such as `each month`", zh="周期，如 `每月`")),
        ("statuses", Text(en="a status such as `met`", zh="状态，如 `达标`")),
    ):
        members = {name for name in rest if name in words() and words()[name].group == group}
        if len(members) > 2:
            groups.append(said)
            rest -= members
    if len(rest) + len(groups) > 1:
        rest.discard("DOT")  # any name may go on with a dot, which is never what is missed
    for terminal, said in _KINDS:
        if terminal in rest:
            groups.append(said)
            rest.discard(terminal)
    known = [f"`{one.lstrip(',， ')}`" for one in spellings(rest, surface)]
    signs = [f"`{_SIGNS[name]}`" for name in sorted(rest) if name in _SIGNS]
    return Text(
        en=_joined([*known, *(group.en for group in groups), *signs], ", ", " or "),
        zh=_joined([*known, *(group.zh for group in groups), *signs], "、", "或"),
    )


def begin_words(kind: str, surface: Surface) -> tuple[str, ...]:
    """The words with which a kind of sentence begins."""
    return spellings(tables().begins.get(kind, ()), surface)


def _joined(items: list[str], comma: str, last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return comma.join(items[:-1]) + last + items[-1]
