"""A kind of sentence and its named parts, as the grammar read them for one line; no surroundings yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.syntax.tree import Part


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence without its surroundings."""

    kind: str
    parts: dict[str, Part]
