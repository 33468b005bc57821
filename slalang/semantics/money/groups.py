"""All amount rules of a contract go in; messages about groups whose rules do not fit together come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics import parts
from slalang.semantics.errors.money import GroupDisagrees, GroupUnits, NotSetOff
from slalang.semantics.scope import lookup
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


def check_set_off(world: World, rules: Iterable[AmountRule]) -> None:
    """A credit is set off against amounts that its creditor owes its debtor, in the same unit."""
    named = {rule.name: rule for rule in rules}
    for rule in named.values():
        line = next(
            (one for one in world.values[rule.name][0].sentence.children if one.kind == "set_off"), None
        )
        for name in parts.names(line, "rules") if line is not None else ():
            if lookup.rule(world, name, "amount_rule") is None or name.text not in named:
                continue
            other = named[name.text]
            fits = (other.debtor, other.creditor) == (rule.creditor, rule.debtor)
            if not fits or other.unit != rule.unit:
                world.collector.add(
                    NotSetOff(
                        name.span, name=rule.name, other=other.name, debtor=rule.creditor, creditor=rule.debtor,
                        unit=of_type(rule.amount.type),
                    )
                )  # fmt: skip
