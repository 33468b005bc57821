"""What each rule and signal needs first goes in; the stratum of each comes out, and circles are reported with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.semantics.errors.lowering import DerivedCycle, RuleCycle

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World

SIGNAL: Final = "signal "  # before a signal's name: rules and signals are two kinds of names


def strata(world: World, graph: dict[str, dict[str, int]]) -> dict[str, int]:
    """Depth of each name, worked out without recursion; those in a circle are reported once and given the last level.

    Args:
        world: told of circles.
        graph: for each name, what it needs and by how many strata it comes later.
    """
    depth: dict[str, int] = {}
    waiting = {
        name: {need for need in needs if need in graph and need != name} for name, needs in graph.items()
    }
    loops = [name for name, needs in graph.items() if name in needs]
    while waiting:
        ready = [name for name, needs in waiting.items() if not needs]
        if not ready:
            circle = _circle(waiting)
            _report(world, circle)
            last = max(depth.values(), default=0) + 1
            return depth | dict.fromkeys(waiting, last)
        for name in ready:
            depth[name] = max(
                (depth[need] + later for need, later in graph[name].items() if need in depth), default=0
            )
            del waiting[name]
        for needs in waiting.values():
            needs.difference_update(ready)
    for name in loops:
        _report(world, (name,))
    return depth


def _circle(waiting: dict[str, set[str]]) -> tuple[str, ...]:
    """One circle among names that wait for one another, from its first name in the contract's order."""
    path = [next(iter(waiting))]
    while True:
        following = min(waiting[path[-1]])
        if following in path:
            circle = path[path.index(following) :]
            order = list(waiting)
            first = min(range(len(circle)), key=lambda i: order.index(circle[i]))
            return tuple(circle[first:] + circle[:first])
        path.append(following)


def _report(world: World, path: tuple[str, ...]) -> None:
    visible = {name.removeprefix(SIGNAL): found for name in path if (found := _declared(world, name))}
    if not visible:
        return
    names = tuple(visible)
    first = visible[names[0]]
    kinds = {one.kind for one in visible.values()}
    if kinds & {"metric", "amount_rule"}:
        world.collector.add(RuleCycle(first.span, path=names, first=names[-1]), ("cycle", frozenset(names)))
    else:
        world.collector.add(DerivedCycle(first.span, path=names), ("cycle", frozenset(names)))


def _declared(world: World, name: str) -> Declared | None:
    if name.startswith(SIGNAL):
        return next(iter(world.signals.get(name.removeprefix(SIGNAL), {}).values()), None)
    return next(iter(world.values.get(name, [])), None)
