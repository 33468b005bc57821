"""The world after checking goes in; warnings about what the contract declares and no rule reads come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics import parts
from slalang.semantics.errors.lints import LevelsOpen, Unused
from slalang.semantics.surface import line

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World

TEXT = ("text", "文字")
READ = ("parameter", "open_word", "let", "table")


def warn_unused(world: World) -> None:
    """Warn of parameters, open words, definitions, tables, signals, calendars and parties that nothing reads.

    A library declares for others: nothing in it is unused.
    """
    if world.is_library:
        return
    found: list[Declared] = [
        item
        for item in world.all_values()
        if item.own and item.kind in READ and ("value", item.name) not in world.used and not _describes(item)
    ]
    found += [
        item
        for owners in world.signals.values()
        for item in owners.values()
        if item.own and ("signal", item.name) not in world.used
    ]
    for sort, declared in (("calendar", world.calendars), ("party", world.parties), ("unit", world.units)):
        found += [
            item
            for item in declared.values()
            if item.own
            and (sort, item.name) not in world.used
            and item.sentence.parts.get("succeeds") is None
        ]
    for levels in world.levels.values():
        if not levels.values:
            example = line("levels", levels.name, "A > B", chinese=world.chinese)
            world.collector.add(LevelsOpen(world.head, name=levels.name, line=example), ("open", levels.name))
    for item in found:
        world.collector.add(Unused(item.span, name=item.name), ("unused", item.kind, item.name))


def _describes(item: Declared) -> bool:
    """A blank for words (a name, an account) is there to be filled in and read by people."""
    name = parts.name(item.sentence, "type") if item.kind == "parameter" else None
    return name is not None and name.text in TEXT
