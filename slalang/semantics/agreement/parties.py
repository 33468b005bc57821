"""The `party` lines go in; the IR's parties come out, each with the days on which it is one and whom it succeeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.program import Party
from slalang.semantics import parts
from slalang.semantics.errors.lowering import TimeRefused
from slalang.semantics.scope import lookup
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World


def parties(world: World) -> tuple[Party, ...]:
    """All parties, in the order declared."""
    return tuple(_party(world, declared) for declared in world.parties.values())


def _party(world: World, declared: Declared) -> Party:
    line = declared.sentence
    before = parts.name(line, "succeeds")
    succeeds = (lookup.party(world, before) or "") if before is not None else ""
    since, until = (_day(line.parts.get(key)) for key in ("since", "until"))
    if since and until and until < since:
        reason = Text(en="it ends before it begins", zh="结束早于开始")
        world.collector.add(TimeRefused(line.span, reason=reason))
    return Party(declared.name, parts.text(line, "title"), since, until, succeeds)


def _day(node: object) -> str:
    return node.day.isoformat() if isinstance(node, syn.DateValue) else ""
