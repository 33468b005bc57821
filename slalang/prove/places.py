"""Rules and rows go in; the places in the contract's text that messages point at come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.source.text import Place, SourceFile, Span, Spot

if TYPE_CHECKING:
    from slalang.ir.amounts import Row
    from slalang.ir.rules import About


@dataclass(frozen=True, slots=True)
class Places:
    """Looks places up in the file that is being checked; what stands in a library is named by file and line."""

    source: SourceFile

    def of(self, about: About) -> Place:
        """The head of a rule."""
        where = about.place
        if where.file == self.source.name and where.end:
            return self.source.span(where.start, where.end)
        return Spot(where.file or self.source.name, where.line or None)

    def span(self, row: Row, about: About) -> Span | None:
        """A row of a table, if it stands in this file."""
        if about.place.file != self.source.name or not 0 < row.line <= self.source.line_count:
            return None
        start, end = self.source.line_bounds(row.line)
        text = self.source.text[start:end]
        return self.source.span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    def row(self, row: Row, about: About) -> Place:
        """A row of a table."""
        return self.span(row, about) or Spot(about.place.file or self.source.name, row.line or None)
