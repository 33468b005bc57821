"""An entity and another one go in; the declared references that lead from the first to the second come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World

FARTHEST = 6  # references followed; a longer chain is no clause that a person reads


def paths(world: World, start: str, goal: str) -> list[tuple[str, ...]]:
    """The shortest chains of reference fields from one entity to another; several are ambiguous, none is out of reach."""
    if start == goal:
        return [()]
    edge: list[tuple[str, tuple[str, ...]]] = [(start, ())]
    seen = {start}
    for _ in range(FARTHEST):
        after: list[tuple[str, tuple[str, ...]]] = []
        for entity, path in edge:
            declared = world.entities.get(entity)
            for field, target in (declared.references if declared else {}).items():
                if target not in seen:
                    after.append((target, (*path, field)))
        found = [path for entity, path in after if entity == goal]
        if found or not after:
            return found
        seen.update(entity for entity, _ in after)
        edge = after
    return []


def follow(world: World, entity: str, words: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """Walk along written words: each a reference field, or the name of an entity that is referred to once.

    Returns:
        The entity reached and the reference fields, or None where a word is no reference.
    """
    path: tuple[str, ...] = ()
    for word in words:
        declared = world.entities.get(entity)
        if declared is None:
            return None
        if word in declared.references:
            entity, path = declared.references[word], (*path, word)
            continue
        fields = [field for field, target in declared.references.items() if target == word]
        if len(fields) != 1:
            return None
        entity, path = word, (*path, fields[0])
    return entity, path
