"""The lines that say for whom or when a rule is owed go in; the IR's scope comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.rules import Scope
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.lines.once import single
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence


def scope_of(world: World, sentence: Sentence) -> Scope | None:
    """For each subject, for each period, for each subject in each period (a standing duty), or once; None after a message."""
    if parts.ident(sentence, "modality").startswith("standing") and parts.child(sentence, "for_each"):
        return _of_each_subject(world, sentence)
    line = single(world, sentence, "for_each", "each", "once")
    if line is None or line.kind == "once":
        return Scope("once")
    if line.kind == "each":
        found = schedule(world, line)
        return Scope("recurring", schedule=found) if found else None
    name = parts.name(line, "entity")
    entity = lookup.entity(world, name) if name else None
    return Scope("each", entity) if entity else None


def _of_each_subject(world: World, sentence: Sentence) -> Scope | None:
    """A standing duty about each subject of a kind, judged by periods: two lines."""
    single(world, sentence, "for_each", "once")
    single(world, sentence, "each", "once")
    line, each = parts.child(sentence, "for_each"), parts.child(sentence, "each")
    assert line is not None
    if (where := parts.expr(line, "where")) is not None:
        what = Text(
            en="what must hold at every instant has no trigger at which this could be read; say `holds not (…) or …`",
            zh="须随时成立的义务没有可供取值的触发时刻；请写 `保持 非 (…) 或 …`",
        )
        world.collector.add(NotPlaced(where.span, what=what))
        return None
    name = parts.name(line, "entity")
    entity = lookup.entity(world, name) if name else None
    found = schedule(world, each) if each is not None else None
    if entity is None or (each is not None and found is None):
        return None
    return Scope("recurring", entity, schedule=found) if found is not None else Scope("each", entity)
