"""Sets of half-open intervals of integers go in; their union, intersection, difference, part or total comes out.

A set is a sorted list of (start, end) with start < end in which neighbours neither overlap nor touch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Interval = tuple[int, int]


def union(*many: Iterable[Interval]) -> list[Interval]:
    """Every point that is in any of the given intervals; they may come unsorted, overlapping or empty."""
    merged: list[Interval] = []
    for start, end in sorted(interval for one in many for interval in one):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def intersect(one: Sequence[Interval], other: Sequence[Interval]) -> list[Interval]:
    """Every point that is in both sets."""
    common: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            common.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return common


def subtract(one: Sequence[Interval], taken: Sequence[Interval]) -> list[Interval]:
    """Every point of the first set that is not in the second."""
    left: list[Interval] = []
    j = 0
    for start, end in one:
        while j < len(taken) and taken[j][1] <= start:
            j += 1
        at, k = start, j
        while k < len(taken) and taken[k][0] < end:
            if at < taken[k][0]:
                left.append((at, taken[k][0]))
            at = max(at, taken[k][1])
            k += 1
        if at < end:
            left.append((at, end))
    return left


def clip(one: Iterable[Interval], start: int, end: int) -> list[Interval]:
    """The part of a set that lies in [start, end)."""
    return [(max(a, start), min(b, end)) for a, b in one if max(a, start) < min(b, end)]


def total(one: Iterable[Interval]) -> int:
    """The sum of the lengths."""
    return sum(end - start for start, end in one)


def contains(one: Sequence[Interval], point: int) -> bool:
    """Whether the point lies in the set (an interval's end does not)."""
    return any(start <= point < end for start, end in one)
