"""A code and the message classes go in; the manual page of that code comes out, in English or Chinese."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import dedent
from typing import TYPE_CHECKING

from slalang.diagnostics.suggest import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.diagnostic import Diagnostic, Language, Words

CONTRACT_TEXT = frozenset({"E01", "E02", "E03", "E04", "E05", "L01", "L02", "L03", "L04"})

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HEADINGS = {
    "en": {
        "label": "Seen",
        "why": "Why",
        "example": "Witness",
        "hint": "Fix",
        "bad": "Wrong",
        "good": "Right",
    },
    "zh": {
        "label": "现象",
        "why": "原因",
        "example": "示例",
        "hint": "建议",
        "bad": "错误写法",
        "good": "正确写法",
    },
}


def page(code: str, classes: Iterable[type[Diagnostic]], language: Language = "en") -> str | None:
    """The page of a code as Markdown, or None when no class has it. Case and a missing `SLA-` do not matter."""
    wanted = normal(code)
    found = next((item for item in classes if item.code == wanted), None)
    return None if found is None else of_class(found, language)


def near(code: str, classes: Iterable[type[Diagnostic]]) -> tuple[str, ...]:
    """Codes that may have been meant."""
    return close(normal(code), (item.code for item in classes))


def normal(code: str) -> str:
    """A code as it is written in messages: `e0203` means `SLA-E0203`."""
    upper = code.strip().upper()
    return upper if upper.startswith("SLA-") else f"SLA-{upper}"


def title(message: type[Diagnostic], language: Language) -> str:
    """The title of a message class, as lists of codes show it."""
    return _open(message.title.in_(language))


def of_class(message: type[Diagnostic], language: Language) -> str:
    """The page of one message class: what it means, its words with their placeholders, a wrong and a right example."""
    heads = _HEADINGS[language]
    meaning = cleandoc(message.__doc__ or "")
    if language == "zh" and message.page_zh:
        meaning = cleandoc(message.page_zh)
    out = [f"# {message.code}: {title(message, language)}", meaning]
    for part in ("label", "why", "example", "hint"):
        said = _each(getattr(message, part), language)
        if said:
            out.append(f"{heads[part]}: " + " / ".join(said))
    # A contract's lines are told apart by their indentation, so only what all lines share is taken away.
    fence = "slalang" if message.code[4:7] in CONTRACT_TEXT else "text"
    out.extend(
        f"## {heads[part]}\n\n```{fence}\n{dedent(snippet).strip()}\n```"
        for part, snippet in (("bad", message.bad), ("good", message.good))
        if snippet
    )
    return "\n\n".join(out) + "\n"


def _each(words: Words, language: Language) -> Sequence[str]:
    if words is None:
        return ()
    return [_open(text.in_(language)) for text in (words if isinstance(words, tuple) else (words,))]


def _open(text: str) -> str:
    """A message's words with what each contract fills in marked as such: `{name}` is shown as ‹name›."""
    return _PLACEHOLDER.sub(lambda found: f"‹{found[1].rstrip('_').replace('_', ' ')}›", text)
