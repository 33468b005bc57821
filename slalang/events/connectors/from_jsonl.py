"""A JSON Lines file goes in, one object a line (CloudEvents, or register entries); plain mappings come out, numbers exact."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Diagnostic, Text
from slalang.events.connectors.files import FactFile, Line, lines
from slalang.events.errors.shape import KeyTwice, NotJson
from slalang.events.scalars import exact
from slalang.events.unfit import Unfit, kind_of
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

SUFFIXES = (".jsonl", ".ndjson", ".json")
IS_TEXT = False
_ENDS = frozenset({"", "\n", "\r\n"})
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")


def fits(file: FactFile) -> bool:
    """By its name, else by how its text begins."""
    return file.suffix in SUFFIXES or (
        file.suffix not in {".csv", ".tsv"} and file.first.lstrip()[:1] in {"{", "["}
    )


def decoder(*, in_words: bool = False) -> json.JSONDecoder:
    """A strict decoder that raises `Unfit` for a key given twice or a word that is no number.

    Args:
        in_words: numbers stay the text that they are written with, as the cells of a table are.
    """
    return json.JSONDecoder(
        object_pairs_hook=_mapping,
        parse_float=str if in_words else _exact,
        parse_int=str if in_words else _whole,
        parse_constant=_no_number,
    )


def read(file: FactFile, *, in_words: bool = False) -> Iterator[Line]:
    """The objects of the lines; blank lines are passed over.

    Args:
        file: one object a line.
        in_words: numbers stay the text that they are written with.

    Raises:
        Stop: the file cannot be read to its end.
    """
    strict = decoder(in_words=in_words)
    # The usual line is one object to its end and is scanned at once; every other goes the careful way.
    decode, scan = strict.decode, strict.scan_once  # type: ignore[attr-defined] # set by JSONDecoder
    for number, text in lines(file):
        if not isinstance(text, str):
            yield number, text, ""
            continue
        try:
            try:
                content, end = scan(text, 0)
            except StopIteration:
                content = decode(text)
            else:
                if text[end:] not in _ENDS:
                    content = decode(text)
        except json.JSONDecodeError as broken:
            if text.isspace():
                continue
            yield number, _broken(broken), text
        except (Unfit, RecursionError) as trouble:
            yield number, of_trouble(trouble), text
        else:
            yield number, an_object(content, text), text


def an_object(content: Any, text: str) -> dict[str, Any] | Unfit:
    """A decoded value that must be an object, written in whole characters."""
    if type(content) is not dict:
        found = kind_of(content)
        return _not_json(f"expected an object, found {found.en}", f"应为对象，实为{found.zh}")
    if "\\u" in text and _SURROGATE.search(text) and _has_half_pair(content):
        return _not_json("it has half of a surrogate pair", "含有不成对的代理码位")
    return content


def of_trouble(trouble: json.JSONDecodeError | RecursionError | Unfit) -> Unfit:
    """Why a value cannot be decoded."""
    if isinstance(trouble, Unfit):
        return trouble
    if isinstance(trouble, RecursionError):
        return _not_json("nested too deeply", "嵌套过深")
    return _broken(trouble)


def broken_array(name: str, line: int) -> Diagnostic:
    """The array of a document is not written as one: a comma or its end is missing."""
    reason = Text(en="a comma or the end of the array is expected here", zh="此处应为逗号或数组结尾")
    return NotJson(Spot(name, line), reason=reason)


def _has_half_pair(content: Any) -> bool:
    """Whether any text of a JSON value holds half of a surrogate pair, which no file can be written with."""
    left = [content]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if _LONE.search(value):
                return True
        elif isinstance(value, dict):
            left.extend((*value.keys(), *value.values()))
        elif isinstance(value, list):
            left.extend(value)
    return False


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise Unfit(KeyTwice, key=key)
            seen.add(key)
    return found


def _exact(text: str) -> Fraction:
    return exact(text)


def _whole(text: str) -> Any:
    return int(text) if len(text) <= 18 else exact(text).numerator


def _no_number(word: str) -> Any:
    raise _not_json(f"`{word}` is not a JSON number", f"`{word}` 不是 JSON 数")


def _not_json(en: str, zh: str, column: int | None = None) -> Unfit:
    return Unfit(NotJson, column, reason=Text(en=en, zh=zh))


def _broken(broken: json.JSONDecodeError) -> Unfit:
    en, zh = _WORDS.get(broken.msg, ("not written as JSON here", "此处不是 JSON 写法"))
    return _not_json(en, zh, broken.colno)


_WORDS = {
    "Expecting value": ("a value is expected here", "此处应有一个值"),
    "Expecting ',' delimiter": (
        "a comma or the end of the object is expected here",
        "此处应为逗号或对象结尾",
    ),
    "Expecting ':' delimiter": ("a colon is expected here", "此处应为冒号"),
    "Expecting property name enclosed in double quotes": (
        "a key in double quotes is expected here",
        "此处应为双引号中的键",
    ),
    "Unterminated string starting at": ("this text is not closed", "此文本没有结束"),
    "Extra data": ("there is more after the object", "对象之后还有内容"),
    "Invalid control character at": ("a control character stands inside a text", "文本中有控制字符"),
    "Invalid \\escape": ("this escape is none of JSON's", "此转义不属于 JSON"),
    "Invalid \\uXXXX escape": ("four hexadecimal digits are expected here", "此处应为四位十六进制数字"),
}
