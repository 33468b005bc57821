"""A place of the program, a row's line and the sources go in; the span or spot to show comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.source.text import SourceFile, Span, Spot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.rules import Place


@dataclass(frozen=True, slots=True)
class Places:
    """The sources by name; a place in a file that is not among them is shown by name and line."""

    sources: Mapping[str, SourceFile]

    def of(self, place: Place) -> Span | Spot:
        """Where a rule stands."""
        file = self.sources.get(place.file)
        return Span(file, place.start, place.end) if file else Spot(place.file, place.line or None)

    def row(self, place: Place, line: int) -> Span | Spot:
        """Where a row of a rule's table stands: its line without the indent."""
        file = self.sources.get(place.file)
        if file is None or not 0 < line <= file.line_count:
            return Spot(place.file, line or None)
        start, end = file.line_bounds(line)
        text = file.text[start:end]
        indent = len(text) - len(text.lstrip())
        return Span(file, start + indent, start + len(text.rstrip()))

    def second(self, place: Place, line: int) -> Span | None:
        """A row as a second place, which must be in a source."""
        found = self.row(place, line)
        return found if isinstance(found, Span) else None
