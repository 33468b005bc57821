"""A source file goes in; a document of sentences comes out, and one diagnostic for each line that has a mistake.

Each logical line is parsed by itself: a mistake costs exactly that line, and the lines below it are read all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.opening import as_opened
from slalang.syntax import errors
from slalang.syntax.grammar.tables import END, Machine, tables
from slalang.syntax.layout import Logical, Loose, read
from slalang.syntax.lexer import Lexer, LineError
from slalang.syntax.lines import Lines
from slalang.syntax.mistakes import in_short, misplaced, not_understood
from slalang.syntax.sentences import SENTENCES, TOP
from slalang.syntax.tree import Document, LeftOut, Sentence, Token

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.diagnostics.opening import Opened
    from slalang.source.markdown import Block
    from slalang.source.text import SourceFile, Span
    from slalang.syntax.building.line import Line

DEEPEST: Final = 100  # blocks within one another


@dataclass(slots=True)
class Node:
    """A sentence while its children are being read; without `line` it is one that was not understood."""

    column: int
    first_line: int
    line: Line | None = None
    tokens: tuple[Token, ...] = ()
    comments: tuple[str, ...] = ()
    children: list[Node] = field(default_factory=list)
    is_kept: bool = True
    has_tab: bool = False


@dataclass(slots=True)
class Parsed:
    """What the formatter needs: the document, the lines with their comments, and each sentence's tokens and depth."""

    document: Document
    layout: list[Logical | Loose]
    tokens: dict[int, tuple[tuple[Token, ...], int]]  # by the offset at which a sentence's line begins
    blocks: tuple[Block, ...] = ()


def parse(source: SourceFile, collector: Collector) -> Document:
    """Read a contract, plain or literate; lines with mistakes are left out and told to the collector."""
    return parse_whole(source, collector).document


def parse_whole(source: SourceFile, collector: Collector) -> Parsed:
    """Read a contract and keep what is needed to write it again."""
    opened = as_opened(source, collector)
    return _Parser(opened, collector).run()


class _Parser:
    def __init__(self, opened: Opened, collector: Collector) -> None:
        self._opened, self._file, self._collector = opened, opened.file, collector
        self._lines = Lines(opened.file)
        self._tables = tables()
        self._root = Node(-1, 0)
        self._stack = [self._root]
        self._pending: list[str] = []
        self._left_out: list[LeftOut] = []
        self._closed: list[Node] = []  # blocks that the present line closed, innermost first
        self._told: set[int] = set()  # blocks with a line at no level of theirs, told about once
        self._tokens: dict[int, tuple[tuple[Token, ...], int]] = {}

    def run(self) -> Parsed:
        layout = read(self._opened, self._collector)
        for entry in layout:
            if isinstance(entry, Loose):
                if entry.comment:
                    self._pending.append(entry.comment.text)
                else:
                    self._pending = []
            elif not self._take(entry):
                break
        sentences = tuple(_sentence(node) for node in self._root.children if node.is_kept)
        return Parsed(
            Document(self._file, sentences, tuple(self._left_out)), layout, self._tokens, self._opened.blocks
        )

    def _take(self, logical: Logical) -> bool:
        """Read one line and put it into its block; False when nothing after it can be read."""
        parent, is_misaligned = self._open_block(logical)
        if len(self._stack) > DEEPEST:
            span = self._file.span(logical.start, logical.start + 1)
            self._collector.add(errors.TooDeep(span, most=DEEPEST, what=errors.BLOCKS))
            return False
        node = Node(logical.column, logical.lines[0].number, has_tab=logical.has_tab)
        inline = [line.comment.text for line in logical.lines if line.comment]
        node.comments, self._pending = (*self._pending, *inline), []
        try:
            node.line, node.tokens = self._read_line(logical, parent)
        except LineError as trouble:
            self._collector.add(trouble.diagnostic)
        self._tokens[logical.start] = (node.tokens, len(self._stack) - 1)
        parent = self._beside(node, parent, logical)
        node.is_kept = node.line is not None and self._belongs(node, parent, is_told=is_misaligned)
        if not node.is_kept:
            span = self._file.span(logical.start, logical.start + len(logical.text))
            blocks = [parent, *self._closed] if logical.has_tab else [parent]
            self._left_out += [LeftOut(span, _head(block)) for block in blocks]
        parent.children.append(node)
        self._stack.append(node)
        return True

    def _open_block(self, logical: Logical) -> tuple[Node, bool]:
        """Close the blocks that a line is no part of; the one it belongs to, and whether the line matches no level."""
        column = logical.column
        self._closed = []
        while self._stack[-1].column >= column:
            self._closed.append(self._stack.pop())
        parent = self._stack[-1]
        closed = self._closed[-1] if self._closed else None
        if closed is None or closed.column == column:
            return parent, logical.has_tab
        if any(node.has_tab for node in (*self._stack, *self._closed)):
            return parent, True  # it stood well before a line with a tab closed its block, which is told
        self._crooked(logical, parent, [node.column for node in (*self._stack[1:], closed)])
        return parent, True

    def _crooked(self, logical: Logical, block: Node, levels: list[int]) -> None:
        """Tell of a line that stands at no level of its block: once a block, since the lines after it follow its level."""
        if logical.has_tab or id(block) in self._told:
            return
        self._told.add(id(block))
        span = self._file.span(self._file.line_bounds(logical.lines[0].number)[0], logical.start)
        possible = tuple(str(level) for level in levels)
        self._collector.add(errors.Misaligned(span, column=logical.column, possible=possible))

    def _beside(self, node: Node, parent: Node, logical: Logical) -> Node:
        """The block of a line: one that stands too deep, below a sentence that cannot hold it, belongs beside that sentence."""
        if node.line is None or parent.line is None or _holds(parent, node.line) or len(self._stack) < 2:
            return parent
        outer = self._stack[-2]
        if not _holds(outer, node.line):
            return parent
        if not logical.has_tab and id(outer) not in self._told:
            self._told.add(id(outer))
            self._misplaced(node, parent)
        self._stack.pop()
        return outer

    def _read_line(self, logical: Logical, parent: Node) -> tuple[Line, tuple[Token, ...]]:
        if logical.open_at is not None:
            closing = ")" if logical.open_at.text in "(（" else "]"
            raise LineError(errors.ParenthesisNotClosed(logical.open_at, closing=closing))
        try:
            return self._attempt(logical, parent, splits=False)
        except LineError as trouble:
            if logical.text.isascii():  # only Chinese can be run together
                raise
            try:
                return self._attempt(logical, parent, splits=True)
            except LineError:
                raise trouble from None

    def _attempt(self, logical: Logical, parent: Node, *, splits: bool) -> tuple[Line, tuple[Token, ...]]:
        self._lines.start_line()
        lexer = Lexer(self._file, logical.text, logical.start, splits=splits)
        machine = Machine(self._tables, self._lines.build)
        tokens: list[Token] = []
        while token := lexer.next(machine):
            tokens.append(token)
            if not machine.feed(token):
                raise LineError(self._mistake(machine, tokens, parent))
        at = logical.start + len(logical.text)
        end = Token(END, "", "", self._file.span(at, at))
        if not machine.takes(END):
            raise LineError(self._mistake(machine, [*tokens, end], parent))
        line: Any = machine.finish(end)
        return line, tuple(tokens)

    def _mistake(self, machine: Machine, tokens: list[Token], parent: Node) -> Diagnostic:
        if self._collector.is_full:  # only counted from here on: no time for what may have been meant
            return in_short(tokens[-1], is_first=len(tokens) == 1)
        return not_understood(machine, tokens, _kind(parent), parent.tokens)

    def _belongs(self, node: Node, parent: Node, *, is_told: bool) -> bool:
        """Whether a sentence may stand in its block; it is told when not, unless its block is itself a mistake."""
        assert node.line
        if _holds(parent, node.line):
            return True
        if not is_told and (parent is self._root or parent.is_kept):
            self._misplaced(node, parent)
        return False

    def _misplaced(self, node: Node, parent: Node) -> None:
        assert node.line
        blocks = [(_kind(one), inner.first_line) for one, inner in pairwise(self._stack)]
        self._collector.add(misplaced(node.line.kind, node.tokens, _kind(parent), parent.tokens, blocks))


def _holds(block: Node, line: Line) -> bool:
    return _kind(block) in SENTENCES[line.kind][0]


def _head(block: Node) -> Span | None:
    return block.tokens[0].span.to(block.tokens[-1].span) if block.tokens else None


def _kind(node: Node) -> str:
    if node.line:
        return node.line.kind
    return TOP if node.column < 0 else ""


def _sentence(node: Node) -> Sentence:
    assert node.line
    span = node.tokens[0].span.to(node.tokens[-1].span)
    children = tuple(_sentence(child) for child in node.children if child.is_kept)
    return Sentence(node.line.kind, node.line.parts, node.tokens, span, children, node.comments)
