"""A pattern of events in the text goes in; the IR's pattern and the event types that it names come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.facts import EventMatch, Pattern
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import NotReached
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.derived import derived, is_derived
from slalang.semantics.expressions.lower import condition
from slalang.semantics.scope import lookup
from slalang.semantics.scope.paths import paths

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.ir.facts import Derivation
    from slalang.semantics.expressions.derived import Derived
    from slalang.semantics.scope.world import EventDeclared, World
    from slalang.syntax import tree as syn

_OF_THE_AGREEMENT: Final = ("", "agreement")  # what concerns the agreement concerns everything of it
_ONLY_FACTS: Final = Text(
    en="what follows from a rule is no fact that can be counted or read here; count the rule's verdicts, or run a count in a signal",
    zh="由规则得出的事件不是此处可统计或读取的事实；请统计该规则的结论，或用信号累计",
)


def pattern(
    world: World, node: syn.Pattern, entity: str, *, periodic: bool = False
) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    """A pattern for a subject's kind (empty: of the agreement), or None when any of its events has a mistake."""
    matches: list[EventMatch] = []
    events: list[EventDeclared] = []
    follows: list[tuple[str, Derivation]] = []
    conditions: list[Expr | None] = []
    picks: list[str] = []
    whole = True
    for ref in node.events:
        picks.append(ref.pick)
        if is_derived(world, ref.name):
            found = _derived(world, ref, entity)
            if found is None:
                whole = False
                continue
            follows.append((found[0].name, found[0].what))
            conditions.append(found[1])
            events.append(found[0].event)
            continue
        event = lookup.event(world, ref.name, entity)
        if event is None or not _in_reach(world, event, ref, entity):
            whole = False
            continue
        where = None
        if ref.where is not None:
            where = condition(world, ref.where, Context("event", entity, event=event, periodic=periodic))
            whole = whole and where is not None
        matches.append(EventMatch(event.name, where))
        events.append(event)
    if node.together:
        return (
            _together(
                world,
                node,
                picks,
                Pattern(tuple(matches), "all", tuple(follows), _wheres(conditions)),
                events,
            )
            if whole
            else None
        )
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
    return Pattern(tuple(matches), pick, tuple(follows), _wheres(conditions)), tuple(events)  # type: ignore[arg-type]


def _wheres(conditions: list[Expr | None]) -> tuple[Expr | None, ...]:
    return tuple(conditions) if any(one is not None for one in conditions) else ()


def _together(
    world: World, node: syn.Pattern, picks: list[str], made: Pattern, events: list[EventDeclared]
) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    """All of several events: at least two, and of each the latest."""
    if any(picks) or len(node.events) < 2:
        what = Text(
            en="`all of` stands before at least two events, none of them the first or the last",
            zh="`以下齐备` 之后须有至少两个事件，且不取首次或末次",
        )
        world.collector.add(NotPlaced(node.span, what=what))
        return None
    return made, tuple(events)


def any_only(
    world: World, node: syn.Pattern, entity: str, *, periodic: bool = False
) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    """A pattern in a place where each of its events counts by itself."""
    if node.together:
        what = Text(
            en="`all of` belongs to what starts or fulfils a rule", zh="`以下齐备` 只用于规则的起点或履行"
        )
        world.collector.add(NotPlaced(node.span, what=what))
        return None
    return pattern(world, node, entity, periodic=periodic)


def facts_only(
    world: World, node: syn.Pattern, entity: str, *, periodic: bool = False
) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    """A pattern in a place where only events that are reported may stand."""
    for ref in node.events:
        if is_derived(world, ref.name):
            world.collector.add(NotPlaced(ref.span, what=_ONLY_FACTS))
            return None
    return any_only(world, node, entity, periodic=periodic)


def _derived(world: World, ref: syn.EventRef, entity: str) -> tuple[Derived, Expr | None] | None:
    """A derived event in reach of the subject, with its condition over the fields of its trigger."""
    found = derived(world, ref.name)
    if found is None or not _in_reach(world, found.event, ref, entity):
        return None
    where = None
    if ref.where is not None:
        where = condition(world, ref.where, Context("event", found.event.entity, event=found.event))
        if where is None:
            return None
    return found, where


def _in_reach(world: World, event: EventDeclared, ref: syn.EventRef, entity: str) -> bool:
    """An event concerns a subject when it is the subject's, or when its own subject refers to it or is referred to."""
    if (
        entity in _OF_THE_AGREEMENT
        or event.entity in _OF_THE_AGREEMENT
        or event.entity == entity
        or paths(world, event.entity, entity)
        or paths(world, entity, event.entity)
    ):
        return True
    subject = Text(en=f"`{entity}`", zh=f" `{entity}` ")
    world.collector.add(NotReached(ref.name.span, name=event.name, owner=event.entity, subject=subject))
    return False
