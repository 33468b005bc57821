"""A token goes in; how `fmt` writes it comes out, and whether a space stands before the next one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.syntax.grammar.tables import tables
from slalang.syntax.grammar.words import is_chinese, words
from slalang.syntax.lexer import money_parts, twins

if TYPE_CHECKING:
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Token

_SIGNS: Final = {
    "LT": "<",
    "LE": "<=",
    "GT": ">",
    "GE": ">=",
    "EQ": "=",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "×",
    "DIVIDED": "/",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "PIPE": "|",
    "DOT": ".",
    "PERCENT": "%",
    "PERMILLE": "‰",
}
_THREE_DIGITS: Final = re.compile(r"[0-9]{3}(?![0-9])")
_NO_SPACE_BEFORE: Final = frozenset({"COMMA", "RPAR", "RSQB", "DOT", "PERCENT", "PERMILLE"})
_NO_SPACE_AFTER: Final = frozenset({"LPAR", "LSQB", "DOT"})
_NUMBERS: Final = frozenset({"NUMBER", "INTEGER_NUMBER"})
_ENDS_VALUE: Final = frozenset(
    {
        "NAME",
        "STRING",
        "DATE",
        "TIME",
        "MONEY_NUMBER",
        "RATIO_NUMBER",
        "CAPITAL_NUMBER",
        "MONEY_UNIT",
        "CURRENCY_CODE",
        "ALWAYS",
        "TERM_START",
        "PERIOD_START",
        "PERIOD_END",
        "TERM_END",
    }
    | {"RPAR", "RSQB", "PERCENT", "PERMILLE", "TRUE", "FALSE"}
    | _NUMBERS
)


def written(token: Token, before: Token | None, to: Surface | None, *, is_ticked: bool = False) -> str:
    """How a token is written; with `to` in that language, else in the one it was typed in."""
    kind = token.type
    if kind == "NAME":
        return f"`{token.value}`" if is_ticked else token.value
    if kind == "STRING":
        return quoted(token.value, to or ("en" if token.text[0] in '"“”＂' else "zh"))
    if kind in _SIGNS:
        return _SIGNS[kind]
    word = words().get(kind)
    if word is not None:
        surface = to or _typed_in(token.text)
        if (
            surface == "en"
            and word.one
            and before
            and before.type in _NUMBERS
            and Fraction(before.value) == 1
        ):
            return word.one
        return word.spelling(surface)
    if kind in ("COMMA", "COLON"):
        chinese = to == "zh" or (to is None and token.text not in ",:")
        return {"COMMA": ",，", "COLON": ":："}[kind][chinese]
    if kind == "MONEY_NUMBER":
        return _money(token.text, to)
    return " ".join(twins(token.text).split()) if kind == "MONEY_UNIT" else twins(token.text)


def _money(text: str, to: Surface | None) -> str:
    """`¥3万` in Chinese, `¥3 ten thousand` in English."""
    sign, digits, word = money_parts(text)
    entry = next((one for one in tables().money.values() if word in (one["en"][0], one["zh"][0])), None)
    if entry is None:
        return sign + digits
    surface = to or _typed_in(word)
    return f"{sign}{digits}{entry['zh'][0]}" if surface == "zh" else f"{sign}{digits} {entry['en'][0]}"


def gap(before: Token, left: str, after: Token, right: str, before_that: Token | None) -> str:
    """What stands between two tokens that are written `left` and `right`."""
    if after.type in _NO_SPACE_BEFORE or before.type in _NO_SPACE_AFTER or right[0] in ",，：":
        return ""
    if before.type == "NAME" and after.type == "LPAR":
        return ""
    if before.type == "MINUS" and not (before_that and _ends_value(before_that)):
        return ""
    if left[-1] == "：":
        return ""
    if left[-1] == "，":
        # `1，000` is one number; the comma of a list of numbers keeps its space
        is_thousand = (
            bool(_THREE_DIGITS.match(right))
            and before_that is not None
            and before_that.type in {*_NUMBERS, "MONEY_NUMBER"}
        )
        return " " if is_thousand else ""
    return "" if right == "内" else " "


def quoted(text: str, surface: Surface) -> str:
    """A text in the quotes of a language; in Chinese corner quotes unless it holds corner quotes itself."""
    if surface == "zh":
        for opening, closing in ("「」", "『』"):
            if closing not in text:
                return opening + text + closing
    return '"' + text.replace('"', '""') + '"'


def _ends_value(token: Token) -> bool:
    if token.type in _ENDS_VALUE:
        return True
    word = words().get(token.type)
    return word is not None and word.group == "units"


def _typed_in(text: str) -> Surface:
    return "zh" if is_chinese(text.lstrip(",，、 ")[:1] or "a") else "en"
