"""A pattern of events in the text goes in; the IR's pattern and the event types that it names come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.facts import EventMatch, Pattern
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import NotReached
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition
from slalang.semantics.scope import lookup
from slalang.semantics.scope.paths import paths

if TYPE_CHECKING:
    from slalang.semantics.scope.world import EventDeclared, World
    from slalang.syntax import tree as syn

_DERIVED: Final = {
    "breached": "breach", "discharged": "discharge", "exercised": "exercise", "crossed": "crossing",
    "违约": "breach", "履行": "discharge", "行使": "exercise", "越限": "crossing",
}  # fmt: skip


def pattern(world: World, node: syn.Pattern, entity: str) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    """A pattern for a subject's kind (empty: of the agreement), or None when any of its events has a mistake."""
    matches: list[EventMatch] = []
    events: list[EventDeclared] = []
    derived: list[tuple[str, str]] = []
    picks: list[str] = []
    whole = True
    for ref in node.events:
        picks.append(ref.pick)
        rule = _rule(world, ref)
        if rule is not None:
            derived.append(rule)
            continue
        event = lookup.event(world, ref.name, entity)
        if event is None or not _in_reach(world, event, ref, entity):
            whole = False
            continue
        where = None
        if ref.where is not None:
            where = condition(world, ref.where, Context("event", entity, event=event))
            whole = whole and where is not None
        matches.append(EventMatch(event.name, where))
        events.append(event)
    pick = next((pick for pick in picks if pick), "any")
    if any(other not in {"", pick} for other in picks):
        what = Text(
            en="one pattern takes the first or the last event, not both",
            zh="一个事件式只能取首次或末次，不能兼取",
        )
        world.collector.add(NotPlaced(node.span, what=what))
        return None
    if not whole:
        return None
    return Pattern(tuple(matches), pick, tuple(derived)), tuple(events)  # type: ignore[arg-type]


def _rule(world: World, ref: syn.EventRef) -> tuple[str, str] | None:
    if len(ref.name.parts) == 2 and ref.name.parts[1] in _DERIVED:
        found = world.values.get(ref.name.parts[0], [])
        if found and found[0].kind in {"obligation", "right"}:
            world.use(found[0].name)
            return found[0].name, _DERIVED[ref.name.parts[1]]
    return None


def _in_reach(world: World, event: EventDeclared, ref: syn.EventRef, entity: str) -> bool:
    """An event concerns a subject when it is the subject's, or when its own subject refers to it or is referred to."""
    if (
        not entity
        or event.entity == entity
        or paths(world, event.entity, entity)
        or paths(world, entity, event.entity)
    ):
        return True
    subject = Text(en=f"`{entity}`", zh=f" `{entity}` ")
    world.collector.add(NotReached(ref.name.span, name=event.name, owner=event.entity, subject=subject))
    return False
