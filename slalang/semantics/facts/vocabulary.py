"""Sentences that declare entities, event types and life cycles go in; the IR's vocabulary comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.suggest import candidates
from slalang.ir.facts import Entity, EventType, FieldType, Life, Reference, Transition
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LifeState
from slalang.semantics.errors.names import DuplicateName, UnknownEntity
from slalang.semantics.scope import lookup
from slalang.semantics.scope.world import AGREEMENT, Domain, EntityDeclared, EventDeclared

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence


def declare_entity(world: World, sentence: Sentence, *, own: bool) -> None:
    """Declare an entity, or add to one that a library declared."""
    name = parts.name(sentence, "name")
    if name is None:
        return
    known = world.entities.get(name.text)
    if known is not None and known.own == own and own:
        world.collector.add(DuplicateName(name.span, name=name.text, first=known.span))
        return
    if known is None:
        known = world.entities[name.text] = EntityDeclared(name.text, name.span, own=own)
    known.own = own
    for line in parts.children(sentence, "refers"):
        field, entity = parts.name(line, "field"), parts.name(line, "entity")
        if field and entity:
            known.references[field.text] = entity.text


def complete_entities(world: World, sentences: list[Sentence]) -> None:
    """Check the references of all entities and read their attributes, once every entity and all levels are known."""
    for sentence in sentences:
        name = parts.name(sentence, "name")
        if name is None or name.text not in world.entities:
            continue
        for line in parts.children(sentence, "refers"):
            target = parts.name(line, "entity")
            if target is not None and target.text not in world.entities:
                near = candidates(target.text, world.entities)
                world.collector.add(
                    UnknownEntity(target.span, name=target.text, near=near), ("entity", target.text)
                )
        found = world.entities[name.text]
        _fields(world, sentence, found.attributes, found.domains)


def declare_event(world: World, sentence: Sentence, *, own: bool) -> None:
    """Declare an event type, or add fields to one that a library declared."""
    name = parts.name(sentence, "name")
    if name is None:
        return
    entity = name.parts[0]
    if entity not in world.entities:
        near = candidates(entity, world.entities)
        world.collector.add(UnknownEntity(name.span, name=entity, near=near), ("entity", entity))
        return
    known = world.events.get(name.text)
    if known is not None and known.own == own and own:
        world.collector.add(DuplicateName(name.span, name=name.text, first=known.span))
        return
    if known is None:
        known = world.events[name.text] = EventDeclared(name.text, entity, name.span, own=own)
    known.own = own
    _fields(world, sentence, known.fields, known.domains)


def _fields(
    world: World, sentence: Sentence, into: dict[str, tuple[Ty, bool]], domains: dict[str, Domain]
) -> None:
    for line in parts.children(sentence, "field"):
        name, type_name = parts.name(line, "name"), parts.name(line, "type")
        if name is None or type_name is None:
            continue
        ty = lookup.type_of(world, type_name)
        if ty is None:
            continue
        if name.text in into:
            world.collector.add(DuplicateName(name.span, name=name.text))
            continue
        into[name.text] = (ty, parts.flag(line, "optional"))
        if parts.tuples(line, "domain"):
            world.domains_told.append((domains, name.text, line, ty))


def declare_rank(world: World, sentence: Sentence) -> None:
    """Put event types in their order at one instant; each `rank` line orders its own types, one after the other."""
    for place, name in enumerate(parts.names(sentence, "names"), start=1):
        event = lookup.event(world, name, "")
        if event is not None:
            event.rank = place


def _types(fields: dict[str, tuple[Ty, bool]], domains: dict[str, Domain]) -> tuple[FieldType, ...]:
    found = []
    for name, (ty, optional) in fields.items():
        bounds = domains.get(name, Domain(ty))
        found.append(FieldType(name, ty, optional, bounds.low, bounds.high, bounds.one_of))
    return tuple(found)


def entities(world: World) -> tuple[Entity, ...]:
    """All entities in the IR; `agreement` is always one."""
    found = dict(world.entities)
    found.setdefault(AGREEMENT, EntityDeclared(AGREEMENT, world.source.span(0, 0)))
    return tuple(
        Entity(
            item.name,
            tuple(Reference(entity, field) for field, entity in item.references.items()),
            _types(item.attributes, item.domains),
        )
        for item in found.values()
    )


def events(world: World) -> tuple[EventType, ...]:
    """All event types in the IR."""
    return tuple(
        EventType(
            item.name,
            item.entity,
            _types(item.fields, item.domains),
            item.rank,
        )
        for item in world.events.values()
    )


def life(world: World, declared: Declared) -> Life | None:
    """A life cycle; its first state is the source of its first line."""
    transitions: list[Transition] = []
    reached: set[str] = set()
    for line in parts.children(declared.sentence, "transition"):
        found = [lookup.event(world, name, declared.name) for name in parts.names(line, "events")]
        to = parts.name(line, "to")
        sources = tuple(name.text for name in parts.names(line, "sources"))
        transitions.append(
            Transition(tuple(item.name for item in found if item), sources, to.text if to else "")
        )
        reached |= {to.text} if to else set()
    if not transitions or not transitions[0].sources:
        return None
    initial = transitions[0].sources[0]
    states = tuple(dict.fromkeys((initial, *(item.to for item in transitions if item.to))))
    for line in parts.children(declared.sentence, "transition"):
        for name in parts.names(line, "sources"):
            if name.text != initial and name.text not in reached:
                near = candidates(name.text, states)
                world.collector.add(
                    LifeState(name.span, state=name.text, near=near), ("state", declared.name, name.text)
                )
    return Life(declared.name, initial, tuple(transitions))


def may_repeat(world: World, event: EventDeclared) -> bool:
    """Whether an event can happen twice to one subject: not, where a life admits it only in states it never comes back to."""
    declared = world.lives.get(event.entity)
    if declared is None:
        return True
    lines = list(parts.children(declared.sentence, "transition"))
    sources: set[str] = set()
    for line in lines:
        if any(name.text in {event.name, event.verb} for name in parts.names(line, "events")):
            if parts.name(line, "to") is None:
                return True
            sources |= {name.text for name in parts.names(line, "sources")}
    targets = {to.text for line in lines if (to := parts.name(line, "to"))}
    return not sources or bool(sources & targets)
