"""Rights go in; those that nothing but their own exercise, or each other's, could ever give are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics.errors.lowering import DerivedCycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.amounts import Right
    from slalang.semantics.scope.world import World


def refuse_circles(world: World, rights: Iterable[Right]) -> None:
    """A right is possible where something else than exercises of impossible ones gives it; the others never come into being."""
    left = {one.name: one for one in rights}
    while True:
        possible = [name for name, one in left.items() if _possible(one, set(left))]
        if not possible:
            break
        for name in possible:
            del left[name]
    if left:
        names = tuple(left)
        found = world.values.get(names[0], [])
        if found:
            world.collector.add(DerivedCycle(found[0].span, path=names), ("cycle", frozenset(names)))


def _possible(right: Right, impossible: set[str]) -> bool:
    trigger = right.trigger
    if trigger is None:
        return True
    parts = [True for _ in trigger.any_of]
    parts += [what != "exercise" or name not in impossible for name, what in trigger.derived]
    return all(parts) if trigger.pick == "all" else any(parts)
