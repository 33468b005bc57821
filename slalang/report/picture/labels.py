"""Labels on a line go in; the lane of each, so that no two overlap and no leader crosses a label, comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.diagnostics.width import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 8  # pixels between two labels of a lane


@dataclass(frozen=True, slots=True)
class Label:
    """Words that start at the pixel `x`; `sort` tells the picture how to draw them."""

    x: int
    text: str
    sort: str = "event"


def text_width(text: str, size: int) -> int:
    """About how many pixels a text takes at a font size: a terminal cell is at most 0.6 of the size wide."""
    return -(-cells(text) * size * 3 // 5)


def lanes(labels: Sequence[Label], size: int) -> list[int]:
    """For labels sorted by x, a lane each: 0 is nearest the picture; a label lies above every pin that it reaches over.

    Labels run to the right of their pin, whose leader goes straight down: going from right to left, each label takes
    the lowest lane above all pins under it.
    """
    found = [0] * len(labels)
    for index in range(len(labels) - 1, -1, -1):
        right = labels[index].x + text_width(labels[index].text, size) + GAP
        under = [found[later] for later in range(index + 1, len(labels)) if labels[later].x < right]
        found[index] = max(under) + 1 if under else 0
    return found
