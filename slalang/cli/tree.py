"""A parsed document goes in; one line a sentence comes out, indented as it nests: kind, place, parts as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.syntax.tree import Document, Sentence


def as_lines(document: Document) -> Iterator[str]:
    """The tree, for people who write tools or report a mistake of the parser."""
    for sentence in document.sentences:
        yield from _lines(sentence, 0)


def _lines(sentence: Sentence, depth: int) -> Iterator[str]:
    parts = ", ".join(f"{name}={_shown(value)}" for name, value in sentence.parts.items())
    yield f"{'  ' * depth}{sentence.kind} @{sentence.span.line}:{sentence.span.column} {parts}".rstrip()
    for child in sentence.children:
        yield from _lines(child, depth + 1)


def _shown(value: object) -> str:
    span = getattr(value, "span", None)
    if span is not None:
        return repr(span.text)
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    return repr(value)
