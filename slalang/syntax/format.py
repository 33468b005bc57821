"""A contract's text goes in; the same contract in the one way to write it comes out, in English or Chinese words.

Nothing is lost: the text that comes out is read again and its tree and comments are compared with those that went in.
Lines stay lines: only spaces, blank lines and spellings change. In a Markdown file only the contract blocks change.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.width import cells
from slalang.source.text import SourceFile
from slalang.syntax.given import Given, plain
from slalang.syntax.grammar.tables import END, Machine, tables
from slalang.syntax.grammar.words import index, is_chinese
from slalang.syntax.layout import Logical, Loose
from slalang.syntax.lexer import NAME, Lexer, LineError, twins
from slalang.syntax.parse import Parsed, parse_whole
from slalang.syntax.spelling import gap, written
from slalang.syntax.tree import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.source.markdown import Block
    from slalang.syntax.given import Load
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.layout import Physical
    from slalang.syntax.tree import Document, Token

INDENT: Final = 2
CONTINUED: Final = 4
_UNTOLD: Final = frozenset({"span", "tokens", "source", "comments"})


class FormatFault(RuntimeError):  # noqa: N818 - a fault of ours, not of the text
    """The formatted text does not mean what the text meant: a mistake of the formatter, and nothing is written."""


def format_text(
    source: SourceFile | str,
    to: Surface | None = None,
    name: str = "contract.sla",
    load: Load | None = None,
) -> str:
    """Write a contract in the one way to write it.

    Args:
        source: a file, or a text that is to be called `name`.
        to: the language of words, quotes and commas; None leaves each word in the language in which it was typed.
        name: used for a text only; `.md` makes it literate.
        load: finds a library by its name; with it `signal.crossed` is switched for a library's signal too.

    Raises:
        Stop: the text has mistakes; a file with mistakes is never formatted.
        FormatFault: see there.
    """
    file = source if isinstance(source, SourceFile) else SourceFile(name, source)
    collector = Collector()
    parsed = parse_whole(file, collector)
    if collector.has_errors:
        raise Stop(*collector.sorted())
    out = _Writer(parsed, to, Given(parsed.document, load)).text()
    if out != file.text:
        _compare(parsed, SourceFile(file.name, out))
    return out


def shape(document: Document) -> Iterator[Any]:
    """A document's sentences without their places: what two texts have in common that mean the same."""
    todo: list[Any] = [document.sentences]
    while todo:
        value = todo.pop()
        if isinstance(value, tuple | list):
            yield len(value)
            todo.extend(reversed(value))
        elif isinstance(value, dict):
            yield tuple(value)
            todo.extend(reversed(list(value.values())))
        elif isinstance(value, Name):
            yield plain(value)
        elif is_dataclass(value):
            yield type(value).__name__
            todo.extend(
                getattr(value, item.name) for item in reversed(fields(value)) if item.name not in _UNTOLD
            )
        else:
            yield value


class _Writer:
    def __init__(self, parsed: Parsed, to: Surface | None, given: Given) -> None:
        self._parsed, self._to, self._given = parsed, to, given
        self._file = parsed.document.source
        self._lines: dict[int, str] = {}  # by number; a line that is not in it is dropped

    def text(self) -> str:
        """The whole file, written anew."""
        entries = self._parsed.layout
        rows = self._aligned(entries)
        for at, entry in enumerate(entries):
            if isinstance(entry, Logical):
                self._write(entry, rows.get(entry.start))
            elif entry.comment:
                depth = self._comment_depth(entries, at)
                self._lines[entry.number] = " " * (INDENT * depth) + _comment(entry.comment.text)
            else:
                self._lines[entry.number] = ""
        blocks = self._parsed.blocks
        return _Weaver(self._file, self._lines).literate(blocks) if blocks else _plain(self._lines)

    def _write(self, entry: Logical, row: str | None) -> None:
        tokens, depth = self._parsed.tokens[entry.start]
        written_tokens = list(zip(tokens, self._spelled(tokens), strict=True))
        for number, line in enumerate(entry.lines):
            inside = [one for one in written_tokens if line.start <= one[0].span.start < line.end]
            body = row if row is not None else _spaced(inside)
            closes = bool(inside) and inside[0][0].type in ("RPAR", "RSQB")
            indent = INDENT * depth + (CONTINUED if number and not closes else 0)
            comment = _comment(line.comment.text) if line.comment else ""
            if body or comment:
                self._lines[line.number] = " " * indent + "  ".join(part for part in (body, comment) if part)

    def _spelled(self, tokens: Sequence[Token]) -> list[str]:
        """How each token is written; a name gets backticks exactly where it would be read as something else without."""
        if self._to is not None:
            tokens = self._given.written(tokens, self._to)
        ticked = {
            at for at, token in enumerate(tokens) if token.type == "NAME" and not NAME.fullmatch(token.value)
        }
        risky = any(token.type == "NAME" and _is_risky(token) for token in tokens)
        while True:
            before = (None, *tokens)
            out = [
                written(token, before[at], self._to, is_ticked=at in ticked)
                for at, token in enumerate(tokens)
            ]
            if not risky:
                return out
            wrong = _first_misread(tokens, _spaced(list(zip(tokens, out, strict=True))))
            if wrong is None:
                return out
            names = [at for at in range(min(wrong, len(tokens) - 1), -1, -1) if tokens[at].type == "NAME"]
            untried = [at for at in names if at not in ticked]
            if not untried:
                raise FormatFault(f"{tokens[0].span}: no spelling of this line is read as it was")
            ticked.add(untried[0])

    def _aligned(self, entries: Sequence[Logical | Loose]) -> dict[int, str]:
        """The rows of each table, padded to equal width, by where they begin. A blank line ends a table's alignment."""
        out: dict[int, str] = {}
        group: list[tuple[Logical, list[str]]] = []
        depth = -1

        def close() -> None:
            widths: list[int] = []
            for _, texts in group:
                widths.extend([0] * (len(texts) - len(widths)))
                widths = [
                    max(width, cells(texts[at]) if at < len(texts) else 0) for at, width in enumerate(widths)
                ]
            for entry, texts in group:
                padded = [
                    text + " " * (width - cells(text)) for text, width in zip(texts, widths, strict=False)
                ]
                out[entry.start] = f"| {' | '.join(padded)} |"
            group.clear()

        for entry in entries:
            if isinstance(entry, Loose):
                if not entry.comment:
                    close()
                continue
            tokens, at_depth = self._parsed.tokens[entry.start]
            is_row = tokens[0].type == "PIPE" and len(entry.lines) == 1
            if not is_row or at_depth != depth:
                close()
            depth = at_depth
            if is_row:
                group.append((entry, _cells(list(zip(tokens, self._spelled(tokens), strict=True)))))
        close()
        return out

    def _comment_depth(self, entries: Sequence[Logical | Loose], at: int) -> int:
        """A comment on a line of its own belongs to the deepest block around it that is not deeper than it stands."""
        column = entries[at].column
        after = next((one for one in entries[at + 1 :] if isinstance(one, Logical)), None)
        levels: list[tuple[int, int]] = []
        if after:
            levels.append((after.column, self._parsed.tokens[after.start][1]))
        deepest = -1
        for one in reversed(entries[:at]):
            if not isinstance(one, Logical):
                continue
            depth = self._parsed.tokens[one.start][1]
            if deepest < 0 or depth < deepest:
                levels.append((one.column, depth))
                deepest = depth
            if depth == 0:
                break
        fitting = [depth for there, depth in levels if there <= column]
        return max(fitting, default=0)


class _Weaver:
    """Puts formatted lines back among those that are no contract."""

    def __init__(self, file: SourceFile, lines: dict[int, str]) -> None:
        self._file, self._new = file, lines

    def literate(self, blocks: Sequence[Block]) -> str:
        """The Markdown file with its contract blocks written anew, everything else as it was."""
        out: list[str] = []
        line = 1
        for block in blocks:
            out.extend(self._whole(number) for number in range(line, block.first))
            out.extend(
                self._prefixed(number, text, block)
                for number, text in _squeezed(self._new, block.first, block.last)
            )
            line = block.last + 1
        out.extend(self._whole(number) for number in range(line, self._file.line_count + 1))
        return "".join(out)

    def _prefixed(self, number: int, text: str, block: Block) -> str:
        whole = self._whole(number)
        body = whole.rstrip("\r\n")
        at = 0
        while at < min(block.indent, len(body)) and body[at] in " \t>":
            at += 1
        prefix = body[:at].ljust(block.indent)
        return (prefix + text).rstrip() + whole[len(body) :]

    def _whole(self, number: int) -> str:
        start = self._file.line_starts[number - 1]
        last = number >= self._file.line_count
        return self._file.text[start : len(self._file.text) if last else self._file.line_starts[number]]


def _plain(lines: dict[int, str]) -> str:
    kept = [text for _, text in _squeezed(lines, 1, max(lines, default=0))]
    return "".join(f"{text}\n" for text in kept)


def _squeezed(lines: dict[int, str], first: int, last: int) -> list[tuple[int, str]]:
    """Lines in order, with at most one blank line between two others, and none at the ends."""
    out: list[tuple[int, str]] = []
    for number in range(first, last + 1):
        text = lines.get(number)
        if text is None or (not text and (not out or not out[-1][1])):
            continue
        out.append((number, text))
    if out and not out[-1][1]:
        out.pop()
    return out


def _spaced(tokens: Sequence[tuple[Token, str]]) -> str:
    out: list[str] = []
    for at, (token, text) in enumerate(tokens):
        if at:
            before, left = tokens[at - 1]
            out.append(gap(before, left, token, text, tokens[at - 2][0] if at > 1 else None))
        out.append(text)
    return "".join(out)


def _cells(tokens: Sequence[tuple[Token, str]]) -> list[str]:
    out: list[str] = []
    start = 1
    for at, (token, _) in enumerate(tokens):
        if at and token.type == "PIPE":
            out.append(_spaced(tokens[start:at]))
            start = at + 1
    return out


def _comment(text: str) -> str:
    return "#" + text.rstrip()[1:]


def _is_risky(token: Token) -> bool:
    """Whether a name might be read as something else when it is written without backticks."""
    known, value = index(), token.value
    mixed = any(map(is_chinese, value)) and not all(map(is_chinese, value))
    return (
        token.text != value or mixed or value in known.latin or value[0] in known.chinese or "分之" in value
    )


def _first_misread(tokens: Sequence[Token], text: str) -> int | None:
    """The number of the first token that is read otherwise from a text, or None when all are read as they were."""
    lexer = Lexer(SourceFile("", text), twins(text), 0)
    machine = Machine(tables(), lambda *_: None)
    for at, token in enumerate(tokens):
        try:
            found = lexer.next(machine)
        except LineError:
            return at
        if found is None or found.type != token.type or (found.type == "NAME" and found.value != token.value):
            return at
        if not machine.feed(found):
            return at
    return None if lexer.next(machine) is None and machine.takes(END) else len(tokens) - 1


def _compare(parsed: Parsed, file: SourceFile) -> None:
    collector = Collector()
    again = parse_whole(file, collector)
    if collector.has_errors:
        raise FormatFault(f"the formatted text of {file.name} has mistakes: {collector.sorted()[0]}")
    if list(shape(parsed.document)) != list(shape(again.document)):
        raise FormatFault(f"the formatted text of {file.name} does not mean what it meant")
    if _comments(parsed) != _comments(again):
        raise FormatFault(f"the formatted text of {file.name} lost a comment")


def _comments(parsed: Parsed) -> list[str]:
    out: list[str] = []
    for entry in parsed.layout:
        holders: Sequence[Loose | Physical] = entry.lines if isinstance(entry, Logical) else (entry,)
        out.extend(_comment(one.comment.text) for one in holders if one.comment)
    return out
