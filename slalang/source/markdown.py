"""A literate Markdown file goes in; a text of the same length comes out in which only the contract blocks are left.

Everything else becomes spaces, line ends stay, so that every offset, line and column is that of the Markdown file.
Fences follow CommonMark 0.31 §4.5, also inside list items (content indent) and block quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.source.text import SourceFile, Span

TAGS = ("slalang", "sla")  # first word of a fence's info string
SUFFIXES = (".md", ".markdown")
_TAB = 4
_DEEPEST = 32  # nested list items; a line of a million dashes must not take a million squared steps

_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*)")
_QUOTE = re.compile(r" {0,3}>[ ]?")
_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?P<gap>[ \t]+|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """One contract block.

    Attributes:
        first: line of its first line, from 1 (the line after the fence).
        last: line of its last line; `first - 1` when it is empty.
        indent: how many leading characters of each line belong to the Markdown around it (quote marks, the indent
            of a list item or of the fence); they are spaces in the masked text, and the layout pass subtracts them.
        fence: where the opening fence stands.
        is_closed: whether a closing fence was found; CommonMark lets the end of the file close a block.
    """

    first: int
    last: int
    indent: int
    fence: Span
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Literate:
    """The masked text, of the same length as the Markdown, and the blocks left in it."""

    file: SourceFile
    masked: str
    blocks: tuple[Block, ...]


def is_markdown(name: str) -> bool:
    """Whether a file of this name is literate."""
    return PurePath(name).suffix.lower() in SUFFIXES


def extract(file: SourceFile) -> Literate:
    """Find the blocks fenced with ``` or ~~~ and tagged `slalang` or `sla`, and mask everything else."""
    blocks = _blocks(file)
    parts: list[str] = []
    kept = {line: block for block in blocks for line in range(block.first, block.last + 1)}
    for line in range(1, file.line_count + 1):
        start, stop = file.line_bounds(line)
        next_start = file.line_starts[line] if line < file.line_count else len(file.text)
        body = file.text[start:stop]
        if line in kept:
            prefix = _prefix(body, kept[line].indent)
            parts.append(" " * prefix + body[prefix:])
        else:
            parts.append(" " * len(body))
        parts.append(file.text[stop:next_start])
    return Literate(file, "".join(parts), blocks)


@dataclass(slots=True)
class _Open:
    """An open fence: its mark, the columns of its container and its own indent, where it stood, whether it is ours."""

    mark: str
    quotes: int
    inner: int
    indent: int
    line: int
    fence: Span
    is_ours: bool


def _blocks(file: SourceFile) -> tuple[Block, ...]:
    found: list[Block] = []
    open_: _Open | None = None
    items: list[int] = []  # content columns of the list items that are open
    for line in range(1, file.line_count + 1):
        text = file.line(line)
        quotes, at = _quotes(text, open_.quotes if open_ else None)
        column = _columns(text[at:])
        if open_ is not None:
            left = quotes < open_.quotes or (bool(text[at:].strip()) and column < open_.inner)
            closes = not left and _closes(text[at:], open_)
            if not left and not closes:
                continue
            if open_.is_ours:
                found.append(_block(open_, line - 1, is_closed=closes))
            open_ = None
            if closes:
                continue
        if not text[at:].strip():
            continue
        items, at = _enter_items(text, at, items)
        open_ = _opens(file, line, at, quotes, items[-1] if items else 0)
    if open_ is not None and open_.is_ours:
        last = file.line_count if file.line(file.line_count) else file.line_count - 1
        found.append(_block(open_, last, is_closed=False))
    return tuple(found)


def _block(open_: _Open, last: int, *, is_closed: bool) -> Block:
    return Block(open_.line + 1, last, open_.indent, open_.fence, is_closed)


def _opens(file: SourceFile, line: int, at: int, quotes: int, inner: int) -> _Open | None:
    text = file.line(line)
    body = text[at:]
    own = len(body) - len(body.lstrip(" "))
    match = _FENCE.fullmatch(body.strip(" \t")) if own < _TAB else None
    if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
        return None
    start = file.line_starts[line - 1] + at + own
    words = re.split(r"[\s{},]+", match["info"].strip(" \t{"))
    is_ours = words[0].lstrip(".").lower() in TAGS
    fence = file.span(start, file.line_bounds(line)[1])
    return _Open(match["mark"], quotes, inner, at + own, line, fence, is_ours)


def _closes(body: str, open_: _Open) -> bool:
    stripped = body.strip(" \t")
    if len(stripped) < len(open_.mark) or set(stripped) != {open_.mark[0]}:
        return False
    return _columns(body) - open_.inner < _TAB


def _enter_items(text: str, at: int, items: list[int]) -> tuple[list[int], int]:
    """Leave the list items that this line is no part of, enter those it starts; where its content begins."""
    column = _columns(text[at:])
    items = [content for content in items if column >= content]
    at = _skip(text, at, items[-1] if items else 0)
    while len(items) < _DEEPEST and (match := _ITEM.match(text, at)):
        gap = _columns(match["gap"])
        # An empty item, or one that starts with indented code: the content begins one column after the marker.
        is_short = gap > _TAB or not text[match.end() :].strip()
        end = match.start("gap") + 1 if is_short else match.end()
        items = [*items, (items[-1] if items else 0) + end - at]
        at = min(end, len(text))
    return items, at


def _quotes(text: str, most: int | None) -> tuple[int, int]:
    """How many block quotes a line is in (at most `most`) and where its content begins."""
    count = at = 0
    while (most is None or count < most) and (match := _QUOTE.match(text, at)):
        count, at = count + 1, match.end()
    return count, at


def _columns(text: str) -> int:
    """Columns of white space that a text starts with; tabs advance to the next stop of four."""
    column = 0
    for char in text:
        if char == " ":
            column += 1
        elif char == "\t":
            column += _TAB - column % _TAB
        else:
            break
    return column


def _skip(text: str, at: int, columns: int) -> int:
    """The index after `columns` columns of white space from `at`."""
    end = at
    while end < len(text) and text[end] in " \t" and _columns(text[at : end + 1]) <= columns:
        end += 1
    return end


def _prefix(body: str, indent: int) -> int:
    """How many leading characters of a block's line belong to the Markdown around it."""
    limit = min(indent, len(body))
    at = 0
    while at < limit and body[at] in " \t>":
        at += 1
    return at
