"""A name that is not known and the names that are go in; the few that may have been meant come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FARTHEST = 2  # edits (insert, delete, replace, swap neighbours)
MOST = 4  # names suggested by spelling
FEW = 6  # so few candidates are listed whole: spelling says little about short Chinese names


def distance(one: str, other: str, farthest: int = FARTHEST) -> int:
    """Edits between two names, neighbours swapped counting one; `farthest + 1` when there are more."""
    if abs(len(one) - len(other)) > farthest:
        return farthest + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (char != wanted))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > farthest:
            return farthest + 1
        before, above = above, current
    return min(above[-1], farthest + 1)


def close(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most four known names within two edits, nearest first; a name may not be changed beyond recognition."""
    folded = name.casefold()
    reach = min(FARTHEST, max(1, len(name) - 1))
    scored = ((distance(folded, other.casefold(), reach), other) for other in dict.fromkeys(known))
    return tuple(other for far, other in sorted(scored) if far <= reach)[:MOST]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that was most likely meant, or None when none is close."""
    found = close(name, known)
    return found[0] if found else None


def candidates(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """What to list in a hint: the close names, else all of them in their order when there are at most six."""
    every = tuple(dict.fromkeys(known))
    return close(name, every) or (every if len(every) <= FEW else ())
