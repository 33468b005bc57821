"""Amounts that are read go in; what must be posted before they are known is added to what each reader needs first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.clusters import grouped
from slalang.semantics.expressions.reads import Read, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from slalang.ir.amounts import AmountRule, Cap
    from slalang.semantics.scope.world import World

Graph = dict[str, dict[str, int]]


def posted_after(
    world: World,
    graph: Graph,
    found: Mapping[str, set[Read]],
    amounts: Sequence[AmountRule],
    caps: Iterable[Cap],
) -> None:
    """An amount is read as it is posted: after the choice in its group, and after the caps over it.

    So a reader needs every amount of the group first; where the group is about things that happen, whose lines may arise at any
    time, it needs everything that bears on them, in whatever period it looks back to; and a capped amount needs what the cap reads.
    """
    capped = list(caps)
    cluster = {
        name: (names, at_once)
        for names, at_once in grouped(amounts, [cap.rules for cap in capped])
        for name in names
    }
    groups: dict[str, list[str]] = {}
    for one in amounts:
        groups.setdefault(one.group or f"={one.name}", []).append(one.name)
    member = {name: names for names in groups.values() for name in names}
    for reader, read in found.items():
        for sort, name, back in read:
            if sort != "amount" or name not in cluster:
                continue
            names, at_once = cluster[name]
            if at_once:
                graph[reader].update(dict.fromkeys(names, 1))
            elif not back:
                graph[reader].update(dict.fromkeys(member[name], 1))
    for cap in capped:
        needs = {
            name
            for sort, name, back in reads([cap.limit], world.named)
            if sort in {"amount", "metric"} and not back
        }
        for rule in cap.rules:
            if rule in graph:
                graph[rule].update(dict.fromkeys(needs, 1))
