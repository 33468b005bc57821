"""All amount rules of a contract go in; messages about groups whose rules do not fit together come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics.errors.money import GroupDisagrees, GroupUnits
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.amounts import AmountRule
    from slalang.semantics.scope.world import World


def check_choices(world: World, rules: Iterable[AmountRule]) -> None:
    """Rules of one group state one way of choosing, and can be compared where the highest counts."""
    first: dict[str, AmountRule] = {}
    for rule in rules:
        if not rule.group:
            continue
        other = first.setdefault(rule.group, rule)
        span, place = (world.values[one.name][0].span for one in (rule, other))
        if rule.choose != other.choose:
            world.collector.add(
                GroupDisagrees(span, name=rule.name, other=other.name, group=rule.group, first=place)
            )
        elif rule.choose == "highest" and rule.amount.type != other.amount.type:
            world.collector.add(
                GroupUnits(
                    span, name=rule.name, other=other.name, one=of_type(rule.amount.type),
                    two=of_type(other.amount.type), first=place,
                )
            )  # fmt: skip
