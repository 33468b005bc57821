"""Diagnostics go in as stages find them; they come out sorted by place, with the number of those not kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from slalang.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from slalang.diagnostics.diagnostic import Diagnostic

SHOWN = 20  # diagnostics that a person is shown at once
KEPT = 1000  # diagnostics held in memory; more are only counted


class Collector:
    """Passed down through the stages; a stage adds what it finds and goes on.

    Args:
        kept: how many diagnostics to hold; the rest are counted by code.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._limit = kept
        self._items: dict[Diagnostic, None] = {}
        self._poisoned: set[Hashable] = set()
        self._has_errors = False
        self.not_kept: Counter[str] = Counter()

    def add(self, diagnostic: Diagnostic, about: Hashable | None = None) -> None:
        """Take one diagnostic. With `about` (a kind and a name), only the first about it is told.

        A name that was reported once is poisoned: what follows from the same mistake says nothing new.
        """
        if diagnostic.severity == "error":
            self._has_errors = True
        if about is not None:
            if about in self._poisoned:
                return
            self._poisoned.add(about)
        if diagnostic in self._items:
            return
        if len(self._items) >= self._limit:
            self.not_kept[diagnostic.code] += 1
            return
        self._items[diagnostic] = None

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take several diagnostics."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def poison(self, about: Hashable) -> None:
        """Silence whatever is added about this later."""
        self._poisoned.add(about)

    def is_poisoned(self, about: Hashable) -> bool:
        """Whether something was told about this already."""
        return about in self._poisoned

    @property
    def is_full(self) -> bool:
        """Whether what is added from now on is only counted."""
        return len(self._items) >= self._limit

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic so far was an error."""
        return self._has_errors

    def __len__(self) -> int:
        return len(self._items) + self.not_kept.total()

    def sorted(self) -> list[Diagnostic]:
        """All that were kept, by file, line and column; those about no place come first."""
        return sorted(self._items, key=_by_place)

    def shown(self, most: int = SHOWN) -> tuple[list[Diagnostic], int]:
        """At most `most` diagnostics by place, errors before others when not all fit, and how many are left out."""
        chosen = sorted(self._items, key=lambda item: (item.severity != "error", _by_place(item)))[:most]
        return sorted(chosen, key=_by_place), len(self) - len(chosen)


def _by_place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    at = diagnostic.at
    if at is None:
        return ("", 0, 0, diagnostic.code)
    if isinstance(at, Span):
        line, column = at.file.position(at.start)
        return (at.file.name, line, column, diagnostic.code)
    return (at.name, at.line or 0, at.column or 0, diagnostic.code)
