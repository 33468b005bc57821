"""A line of text goes in; what a terminal shows and how many cells each piece of it takes come out."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import visible

TAB = 4  # cells between tab stops; tabs are shown as spaces so that the terminal's own stops do not matter


def cells(text: str) -> int:
    """Terminal cells of a text without tabs and control characters."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - only needed when a message is shown

    return max(0, wcswidth(text))


def shown(text: str, start: int = 0) -> str:
    """The text as it is shown from cell `start` of a line: tabs as spaces up to the next stop, controls escaped."""
    if "\t" not in text:
        return visible(text)
    out: list[str] = []
    at = start
    for index, piece in enumerate(text.split("\t")):
        if index:
            gap = TAB - at % TAB
            out.append(" " * gap)
            at += gap
        out.append(visible(piece))
        at += cells(out[-1])
    return "".join(out)


def columns(line: str, start: int, end: int) -> tuple[int, int]:
    """The cells that the code points `start` up to `end` of a line take: first cell, and the cell after the last.

    A piece that takes no cell (empty, or past the end) still gets one, so that a caret can point at it.
    """
    first = cells(shown(line[:start])) + max(0, start - len(line))
    last = cells(shown(line[:end]))
    return first, max(last, first + 1)
