"""Diagnostics go in; messages for a person come out, in English, in Chinese or in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from slalang.diagnostics.diagnostic import visible
from slalang.diagnostics.snippet import Mark, gutter, marks, rows
from slalang.source.text import Span, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.diagnostics.diagnostic import Diagnostic, Language

Shown = Literal["en", "zh", "both"]

_WORDS = {
    "en": {
        "error": "error",
        "warning": "warning",
        "note": "note",
        "why": "why",
        "example": "example",
        "hint": "hint",
        "more": "{count} more not shown",
    },
    "zh": {
        "error": "错误",
        "warning": "警告",
        "note": "说明",
        "why": "原因",
        "example": "示例",
        "hint": "建议",
        "more": "另有 {count} 条未显示",
    },
}


def message(diagnostic: Diagnostic, language: Shown = "en") -> str:
    """One diagnostic with its snippet; no line end at the end."""
    return "\n\n".join(_message(diagnostic, each) for each in languages(language))


def messages(collector: Collector, language: Shown = "en") -> str:
    """What was collected, by place, at most twenty and the number of the rest; empty when there is nothing."""
    found, left_out = collector.shown()
    return listing(found, language, left_out)


def listing(diagnostics: Sequence[Diagnostic], language: Shown = "en", left_out: int = 0) -> str:
    """Messages in the order given, a blank line between them, then how many were left out."""
    blocks = [message(item, language) for item in diagnostics]
    if left_out:
        blocks.extend(_WORDS[each]["more"].format(count=left_out) for each in languages(language))
    return "\n\n".join(blocks)


def languages(shown: Shown) -> tuple[Language, ...]:
    """The languages that a choice stands for, in the order shown."""
    return ("en", "zh") if shown == "both" else (shown,)


def _message(diagnostic: Diagnostic, language: Language) -> str:
    words = _WORDS[language]
    label = diagnostic.say("label", language) or ""
    title = diagnostic.say("title", language) or ""
    out = [f"{words[diagnostic.severity]}[{diagnostic.code}]{': '}{title}"]
    at = diagnostic.at
    here: list[Mark] = []
    elsewhere: dict[str, list[Mark]] = {}
    starts: dict[str, Span] = {}
    if isinstance(at, Span):
        here = marks(at, label, is_primary=True)
    elif isinstance(at, Spot) and at.excerpt and at.line is not None:
        start = (at.column or 1) - 1
        end = start + at.length if at.column is not None else len(at.excerpt)
        here = [Mark(at.line, at.excerpt, start, end, label, is_primary=True)]
    for span, text in diagnostic.further(language):
        if isinstance(at, Span) and span.file.name == at.file.name:
            here.extend(marks(span, text, is_primary=False))
        else:
            starts.setdefault(span.file.name, span)
            elsewhere.setdefault(span.file.name, []).extend(marks(span, text, is_primary=False))
    width = gutter([*here, *(mark for found in elsewhere.values() for mark in found)])
    if at is not None:
        out.append(f"{'':>{width}}--> {visible(str(at))}")
    out.extend(rows(here, width))
    for name, found in elsewhere.items():
        out.append(f"{'':>{width}}::: {visible(str(starts[name]))}")
        out.extend(rows(found, width))
    if not here and label:
        # Without a snippet the label has no line to stand under.
        out.append(f"{'':>{width}} = {label}")
    for part in ("why", "example", "hint"):
        said = diagnostic.say(part, language)
        if said is not None:
            out.append(f"{'':>{width}} = {words[part]}: {said}")
    return "\n".join(out)
