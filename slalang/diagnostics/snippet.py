"""Labelled places go in; lines of source with carets under the right terminal cells come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.diagnostics.width import cells, columns, shown

if TYPE_CHECKING:
    from slalang.source.text import Span

WIDEST = 120  # cells of source shown from one line; a longer line is cut around its marks
AROUND = 400  # code points looked at to either side of a mark: a line may be megabytes long
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of one line to underline.

    Attributes:
        line: line number, from 1.
        text: the whole line.
        start: first code point underlined, from 0.
        end: code point after the last.
        words: what to say beside the underline; may be empty.
        is_primary: underlined by carets, else by dashes.
    """

    line: int
    text: str
    start: int
    end: int
    words: str
    is_primary: bool


def marks(span: Span, words: str, *, is_primary: bool) -> list[Mark]:
    """The marks of a span: one, or for a span over several lines its first and its last line."""
    file = span.file
    first, last = file.position(span.start).line, span.end_line
    start = span.start - file.line_bounds(first)[0]
    if last <= first:
        end = min(span.end, file.line_bounds(first)[1]) - file.line_bounds(first)[0]
        return [Mark(first, file.line(first), start, max(start, end), words, is_primary)]
    opening, closing = file.line(first), file.line(last)
    indent = len(closing) - len(closing.lstrip())
    end = min(span.end, file.line_bounds(last)[1]) - file.line_bounds(last)[0]
    return [
        Mark(first, opening, start, max(start, len(opening)), "", is_primary),
        Mark(last, closing, min(indent, end), end, words, is_primary),
    ]


def gutter(found: list[Mark]) -> int:
    """Cells needed for the line numbers."""
    return max((len(str(mark.line)) for mark in found), default=1)


def rows(found: list[Mark], width: int) -> list[str]:
    """Source lines in order, each once, each followed by its marks from left to right."""
    out: list[str] = []
    by_line: dict[int, list[Mark]] = {}
    for mark in sorted(found, key=lambda mark: (mark.line, mark.start, not mark.is_primary)):
        by_line.setdefault(mark.line, []).append(mark)
    for line, on_line in by_line.items():
        text, cut, tail = _window(on_line)
        head = ELLIPSIS if cut else ""
        out.append(f"{line:>{width}} | {head}{shown(text, cells(head))}{tail}".rstrip())
        out.extend(f"{'':>{width}} | {_under(head + text, mark, cut - len(head))}" for mark in on_line)
    return out


def _window(on_line: list[Mark]) -> tuple[str, int, str]:
    """The part of a line to show, how many code points were cut before it, and what stands for the rest."""
    text = on_line[0].text
    if len(text) <= 4 * WIDEST and cells(shown(text)) <= WIDEST:
        return text, 0, ""
    anchor = next((mark for mark in on_line if mark.is_primary), on_line[0])
    start = anchor.start
    low = max(0, start - AROUND)
    while low < start and cells(shown(text[low:start])) > WIDEST // 2:
        low += 1
    high = min(len(text), low + AROUND + WIDEST)
    while high > low and cells(shown(text[low:high])) > WIDEST:
        high -= 1
    return text[low:high], low, ELLIPSIS if high < len(text) else ""


def _under(text: str, mark: Mark, cut: int) -> str:
    """Underline of one mark below a shown text whose first code point is number `cut` of the line."""
    start = min(max(0, mark.start - cut), len(text))
    end = min(max(start, mark.end - cut), len(text))
    first, last = columns(text, start, end)
    line = " " * first + ("^" if mark.is_primary else "-") * (last - first)
    return f"{line} {mark.words}".rstrip()
