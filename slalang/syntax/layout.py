"""A contract text goes in; its logical lines come out, with indentation, comments and blank lines, before any is parsed.

A line goes on while a parenthesis or bracket is open, over lines that are indented deeper than its first one (a line
that begins with the closing sign may stand as far out as the first). A parenthesis that is never closed costs its own
line only: the lines after it are read as lines of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slalang.syntax import errors
from slalang.syntax.lexer import twins

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.diagnostics.opening import Opened
    from slalang.source.text import Span

LONGEST_LINE: Final = 10_000  # code points
MOST_JOINED: Final = 100  # physical lines of one sentence
TAB: Final = 2  # columns that a (refused) tab stands for, so that what follows is still read

_PIECES = re.compile(
    r'"(?:[^"]|"")*"|“[^”“]*”|”[^”“]*”|「[^」]*」|『[^』]*』|`[^`]*`|(?P<comment>#.*)|(?P<sign>[()\[\]])',
    re.DOTALL,
)
_OPENING, _CLOSING = "([（［【", ")]）］】"
_BLANK = re.compile("[ \t\u3000\ufeff\u00a0]*")
_INTERESTING = re.compile("[#()\\[\\]＃（）［］【】]")


@dataclass(frozen=True, slots=True)
class Physical:
    """One line of the file: its number, where its code starts and ends (offsets), its comment."""

    number: int
    column: int
    start: int
    end: int
    comment: Span | None = None
    signs: tuple[int, ...] = ()  # where it has a parenthesis or bracket outside texts


@dataclass(slots=True)
class Logical:
    """A sentence's lines, joined: `text` has plain twins, and spaces for comments and line ends; it begins at `start`."""

    column: int
    start: int
    text: str
    lines: list[Physical] = field(default_factory=list)
    open_at: Span | None = None  # the parenthesis that is never closed
    has_tab: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """A line with nothing but a comment, or with nothing at all."""

    number: int
    column: int
    comment: Span | None = None


def read(opened: Opened, collector: Collector) -> list[Logical | Loose]:
    """Cut a text into logical lines; what is wrong with tabs, lengths and parentheses goes to the collector."""
    return _Reader(opened, collector).read()


class _Reader:
    def __init__(self, opened: Opened, collector: Collector) -> None:
        self._opened, self._file, self._collector = opened, opened.file, collector
        self._tabs: list[Span] = []
        self._ahead: dict[int, Physical | None] = {}
        self._indents = {
            line: block.indent for block in opened.blocks for line in range(block.first, block.last + 1)
        }

    def read(self) -> list[Logical | Loose]:
        out: list[Logical | Loose] = []
        number, count = 1, self._file.line_count
        while number <= count:
            if self._opened.blocks and number not in self._indents:
                number += 1
                continue
            physical = self._physical(number)
            self._ahead.pop(number)
            if physical is None or physical.start == physical.end:
                column = physical.column if physical else 0
                out.append(Loose(number, column, physical.comment if physical else None))
                number += 1
                continue
            logical = self._joined(physical, count)
            out.append(logical)
            for line in logical.lines:
                self._ahead.pop(line.number, None)
            number = logical.lines[-1].number + 1
        if self._tabs:
            self._collector.add(errors.TabInIndentation(self._tabs[0], more=len(self._tabs) - 1 or None))
        return out

    def _joined(self, first: Physical, count: int) -> Logical:
        lines: list[Physical] = [first]
        opens: list[int] = []
        self._count(first, opens)
        number = first.number
        while opens and number < count and len(lines) < MOST_JOINED:
            number += 1
            if self._opened.blocks and number not in self._indents:
                break
            following = self._physical(number)
            if following is None:
                break
            lines.append(following)
            if following.start == following.end:
                continue
            closes = self._opened.text[following.start] in _CLOSING
            if following.column < first.column + (not closes):
                break
            self._count(following, opens)
        if opens:
            return self._logical([first], self._file.span(opens[0], opens[0] + 1))
        return self._logical(lines, None)

    def _logical(self, lines: list[Physical], open_at: Span | None) -> Logical:
        start = lines[0].start
        pieces = []
        at = start
        for line in lines:
            pieces.append(" " * (line.start - at))
            pieces.append(twins(self._opened.text[line.start : line.end]))
            at = line.end
        before = self._file.text[self._file.line_bounds(lines[0].number)[0] : start]
        return Logical(
            lines[0].column, start, "".join(pieces), lines, open_at=open_at, has_tab="\t" in before
        )

    def _physical(self, number: int) -> Physical | None:
        """One line, or None when it is too long to be read (which is then said); remembered until it is taken."""
        if number not in self._ahead:
            self._ahead[number] = self._cut(number)
        return self._ahead[number]

    def _cut(self, number: int) -> Physical | None:
        start, stop = self._file.line_bounds(number)
        if stop - start > LONGEST_LINE:
            span = self._file.span(start, min(stop, start + 40))
            self._collector.add(errors.LineTooLong(span, most=LONGEST_LINE, unit=errors.CHARACTERS))
            return None
        text = self._opened.text[start:stop]
        column, at = self._indentation(text, start, self._indents.get(number, 0))
        code_end, comment, signs = len(text), None, []
        if _INTERESTING.search(text):
            for found in _PIECES.finditer(twins(text), at):
                if found.lastgroup == "comment":
                    code_end = found.start()
                    comment = self._file.span(start + code_end, start + len(text.rstrip()))
                    break
                if found.lastgroup == "sign":
                    signs.append(start + found.start())
        code = len(twins(text[:code_end]).rstrip(" "))
        return Physical(number, column, start + min(at, code), start + code, comment, tuple(signs))

    def _indentation(self, text: str, start: int, prefix: int) -> tuple[int, int]:
        """Columns of indentation, and where the line's first sign stands."""
        blank = _BLANK.match(text)
        assert blank
        at, end = 0, blank.end()
        while at < min(prefix, end) and text[at] == " ":
            at += 1  # spaces stand for what belongs to the Markdown around the block
        head = text[at:end]
        if head.count(" ") == len(head):
            return len(head), end
        if "\t" in head and end < len(text):
            tab = start + at + head.index("\t")
            self._tabs.append(self._file.span(tab, tab + 1))
        return sum({"\t": TAB, "\u3000": 2, "\ufeff": 0}.get(char, 1) for char in head), end

    def _count(self, line: Physical, opens: list[int]) -> None:
        """Keep in `opens` where the parentheses stand that are open after a line."""
        for at in line.signs:
            if self._opened.text[at] in _OPENING:
                opens.append(at)
            elif opens:
                opens.pop()
