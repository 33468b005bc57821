"""Bytes and a name go in; a source file comes out, and spans that tell file, line and column of any piece of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Reason = Literal["missing", "folder", "not a file", "denied", "too large", "undecodable", "unreadable"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_MANY = 8  # so many well-formed multi-byte UTF-8 characters at the start are no accident


class Unreadable(Exception):  # noqa: N818 - "unreadable" says it; the diagnostic class carries the word error
    """A contract file could not be read; `reason` is data for a message, `detail` a number or the system's words."""

    def __init__(self, name: str, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{name}: {reason} {detail}".rstrip())
        self.name = name
        self.reason = reason
        self.detail = detail


class Position(NamedTuple):
    """A place that a person can find; both numbers count from 1, `column` in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text with its name as the user wrote it.

    Attributes:
        name: path or label, for showing only.
        text: the whole text, without byte order mark; line ends as they were.
        line_starts: offset in code points of each line's first character.
    """

    name: str
    text: str = field(repr=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "line_starts", starts)

    @classmethod
    def from_bytes(cls, name: str, data: bytes) -> SourceFile:
        """Read UTF-8 (with or without byte order mark), else GB18030.

        Raises:
            Unreadable: neither encoding fits; `detail` tells the byte at which UTF-8 broke.
        """
        return cls(name, decode(name, data))

    @property
    def line_count(self) -> int:
        """The number of lines; a text that ends in a line end has an empty last line."""
        return len(self.line_starts)

    def position(self, offset: int) -> Position:
        """Where the character at `offset` stands; an offset past the end is the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The inverse of `position`; line and column count from 1."""
        return self.line_starts[line - 1] + column - 1

    def line_bounds(self, line: int) -> tuple[int, int]:
        """Offsets of the first character of a line and of its line end."""
        start = self.line_starts[line - 1]
        stop = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while stop > start and self.text[stop - 1] in "\r\n":
            stop -= 1
        return start, stop

    def line(self, line: int) -> str:
        """The text of a line without its line end."""
        start, stop = self.line_bounds(line)
        return self.text[start:stop]

    def span(self, start: int, end: int) -> Span:
        """The piece from `start` up to, not including, `end`."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a source file: offsets in code points, `end` not included; may be empty."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        """Line of the first character, from 1."""
        return self.file.position(self.start).line

    @property
    def column(self) -> int:
        """Column of the first character, from 1, in code points."""
        return self.file.position(self.start).column

    @property
    def end_line(self) -> int:
        """Line of the last character, from 1."""
        return self.file.position(max(self.start, self.end - 1)).line

    @property
    def text(self) -> str:
        """What is written there."""
        return self.file.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The smallest span of the same file that covers both."""
        return Span(self.file, min(self.start, other.start), max(self.end, other.end))

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}:{self.column}"

    def __repr__(self) -> str:
        return f"<{self} {self.text[:40]!r}>"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in something that is not held as a source file: an event file, a register, an option.

    Attributes:
        name: path or label, for showing only.
        line: from 1; None when the whole thing is meant.
        column: from 1, in code points of `excerpt`; None when the whole line is meant.
        length: how many code points from `column` are meant.
        excerpt: the text of the line, shown when given.
    """

    name: str
    line: int | None = None
    column: int | None = None
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.name, self.line, self.column) if part is not None)


Place = Span | Spot


def decode(name: str, data: bytes) -> str:
    """Decode UTF-8 with or without byte order mark, else GB18030.

    GB18030 accepts nearly any bytes, so it must not be the sink for damaged UTF-8: a file that starts as good
    multi-byte UTF-8, or whose GB18030 reading has control characters, is refused.

    Raises:
        Unreadable: neither encoding fits.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        before = data[: broken.start].decode("utf-8-sig")
        refusal = Unreadable(name, "undecodable", str(broken.start))
    if sum(char > "\x7f" for char in before) >= _MANY:
        raise refusal
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise refusal from None
    if _NOT_TEXT.search(text):
        raise refusal
    return text
