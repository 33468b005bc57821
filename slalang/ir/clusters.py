"""Amount rules with their caps and groups go in; which of them bear on one another comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.ir.amounts import AmountRule


def grouped(
    rules: Sequence[AmountRule], caps: Iterable[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], bool]]:
    """Rules joined by the caps over them and by their groups; those of a group in which something that happens is paid for need each
    other's lines whenever they arise."""
    owner = {rule.name: rule.name for rule in rules}

    def root(name: str) -> str:
        while owner[name] != name:
            name = owner[name]
        return name

    groups: dict[str, list[str]] = {}
    for rule in rules:
        if rule.group:
            groups.setdefault(rule.group, []).append(rule.name)
    for joined in (*caps, *groups.values()):
        known = [name for name in joined if name in owner]
        for name in known[1:]:
            owner[root(name)] = root(known[0])
    found: dict[str, list[str]] = {}
    for name in owner:
        found.setdefault(root(name), []).append(name)
    single = {rule.name for rule in rules if rule.group and happens(rule)}
    return [(tuple(names), not single.isdisjoint(names)) for names in found.values()]


def happens(rule: AmountRule) -> bool:
    """Whether there is an amount for each breach, event or exercise, and not for each period."""
    return bool(rule.for_each or rule.for_each_event or rule.for_each_exercise)
