"""Declarations go in; those far down in chains of definitions come out, needed ones first, so that none is reached through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence

STEP: Final = 20  # rules that may be made one inside another before one in between is made first
_NAMED: Final = ("let", "table", "metric", "amount_rule", "signal")


def milestones(world: World) -> Iterator[Declared]:
    """Every `STEP`-th declaration along each chain of rules that name one another; contracts that people write have none."""
    found = {item.name: item for item in world.all_values() if item.kind in _NAMED}
    found |= {
        name: next(iter(owners.values())) for name, owners in world.signals.items() if name not in found
    }
    depth: dict[str, int] = {}
    for start in found:
        stack = [(start, iter(_names(found[start].sentence, found)))] if start not in depth else []
        depth.setdefault(start, 0)
        while stack:
            name, needs = stack[-1]
            need = next(needs, None)
            if need is None:
                stack.pop()
                if depth[name] and depth[name] % STEP == 0:
                    yield found[name]
                if stack:
                    above = stack[-1][0]
                    depth[above] = max(depth[above], depth[name] + 1)
            elif need in depth:
                depth[name] = max(depth[name], depth[need] + 1)
            else:
                depth[need] = 0
                stack.append((need, iter(_names(found[need].sentence, found))))


def _names(sentence: Sentence, known: dict[str, Declared]) -> list[str]:
    """The known names in a sentence and below it."""
    words: dict[str, None] = {}
    stack = [sentence]
    while stack:
        item = stack.pop()
        words |= dict.fromkeys(token.value for token in item.tokens if token.value in known)
        stack += item.children
    return list(words)
