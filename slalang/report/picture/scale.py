"""The span of a picture and its closed hours go in; a scale from instants to pixels, long closed hours shortened, comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BREAK = 44  # pixels of a shortened stretch
SHARE = 8  # a closed stretch is shortened from an eighth of the span on


@dataclass(frozen=True, slots=True)
class Scale:
    """Instants to pixels, in proportion within each of the `parts` (start, end, left pixel, right pixel), which join."""

    parts: tuple[tuple[int, int, int, int], ...]
    shortened: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """The first instant."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """The last instant."""
        return self.parts[-1][1]

    def x(self, at: int) -> int:
        """The pixel of an instant, held inside the picture."""
        held = min(max(at, self.start), self.end)
        for start, end, left, right in self.parts:
            if held <= end:
                return left + (held - start) * (right - left) // (end - start)
        return self.parts[-1][3]

    def shown(self) -> list[tuple[int, int]]:
        """The stretches that are drawn in proportion."""
        return [(start, end) for start, end, _, _ in self.parts if (start, end) not in self.shortened]


def to_shorten(
    span: tuple[int, int], closed: Iterable[tuple[int, int]], pins: Sequence[int]
) -> list[tuple[int, int]]:
    """The closed stretches that are long against the span and in which nothing is named, without their edges."""
    start, end = span
    found = []
    for opens, closes in closed:
        left, right = max(opens, start), min(closes, end)
        inset = (end - start) // 200
        inside = any(left < at < right for at in pins)
        if (right - left) * SHARE >= end - start and not inside and left > start and right < end:
            found.append((left + inset, right - inset))
    return found


def scale(span: tuple[int, int], shortened: Sequence[tuple[int, int]], left: int, width: int) -> Scale:
    """A scale over the span with the given stretches shortened; the rest shares what is left of the width."""
    start, end = span
    rest = (end - start) - sum(last - first for first, last in shortened)
    room = width - BREAK * len(shortened)
    parts: list[tuple[int, int, int, int]] = []
    at, x, shown = start, left, 0
    for first, last in [*shortened, (end, end)]:
        if first > at:
            shown += first - at
            right = (
                left
                + BREAK * sum(1 for part in parts if (part[0], part[1]) in shortened)
                + shown * room // rest
            )
            parts.append((at, first, x, right))
            x = right
        if last > first:
            parts.append((first, last, x, x + BREAK))
            x += BREAK
        at = last
    return Scale(tuple(parts), tuple(shortened))
