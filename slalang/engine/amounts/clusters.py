"""The amount rules, caps and groups of all versions go in; which amounts bear on one another, and in which order they are read, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.clusters import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule, Metric
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation


def clusters(worlds: Sequence[World]) -> list[tuple[tuple[str, ...], bool]]:
    """Names that are joined by caps and groups, and whether their lines are only known together."""
    rules = [
        amount.ir for world in worlds for amount in world.results.amounts.values() if not amount.ir.on_unpaid
    ]
    sets = [cap.rules for world in worlds for cap in world.program.caps if world.applies(cap.under)]
    return grouped(rules, sets)


def ranks(worlds: Sequence[World]) -> dict[str, int]:
    """How many amounts, one read by another, come before each at one instant; those of a group stand together."""
    found: dict[str, int] = {}
    for world in worlds:
        for name, rank in _ranks(world.program).items():
            found[name] = max(found.get(name, 0), rank)
    return found


def _ranks(program: Program) -> dict[str, int]:
    rules: list[Obligation | Metric | AmountRule] = [*program.obligations, *program.metrics, *program.amounts]
    reads = {rule.name: [one.split(":", 1) for one in rule.shape.reads if "@-" not in one] for rule in rules}
    amounts = {rule.name: rule for rule in program.amounts}
    members: dict[str, list[str]] = {}
    for rule in program.amounts:
        members.setdefault(rule.group or f"={rule.name}", []).append(rule.name)
    depth: dict[str, int] = {}

    def of(name: str, above: frozenset[str]) -> int:
        """The rank of whatever is read; a circle, which the checker refuses, ends here."""
        if name in depth or name in above:
            return depth.get(name, 0)
        together = members[amounts[name].group or f"={name}"] if name in amounts else [name]
        below = above | set(together)
        read = [
            other
            for one in together
            for sort, other in reads.get(one, ())
            if sort in {"amount", "metric", "rule"}
        ]
        rank = max((of(other, below) + (other in amounts) for other in read), default=0)
        depth.update(dict.fromkeys(together, rank))
        return rank

    return {name: of(name, frozenset()) for name in amounts}
