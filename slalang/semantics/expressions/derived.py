"""The name of a derived event goes in (`Payment.breached`, `debt_high.crossed`); whose it is, what it is and its fields come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Expected
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import FOLLOWING, of_type
from slalang.semantics.scope.world import EventDeclared
from slalang.syntax import given

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.ir.facts import Derivation
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax import tree as syn
    from slalang.syntax.tree import Sentence

LATE: Final = given.LATE  # whether the limit had passed: what tells a late discharge from one in time
_LIFE: Final[dict[str, Derivation]] = {
    spelling: what for what, spellings in given.LIFE.items() for spelling in spellings
}
_DEEPEST: Final = 20  # derived events of derived events whose fields are looked for
_BY_PERIOD: Final = {"standing", "standing_duty", "target"}
_ONLY_BREACH: Final = Text(
    en="nobody does anything to fulfil a target or a standing duty, and it has no limit that runs out: only its `.breached` is an event",
    zh="目标与持续义务无需以某一行为履行，也没有会届满的期限：只有其 `.违约` 是事件",
)


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived event: the rule or signal, what happened to it, and the event as a pattern may read it."""

    name: str
    what: Derivation
    event: EventDeclared


def is_derived(world: World, name: syn.Name) -> bool:
    """Whether a name is that of a derived event of a declared rule or signal, or of the agreement."""
    return _found(world, name) is not None or _of_life(world, name) is not None


def _of_life(world: World, name: syn.Name) -> Derivation | None:
    """What became of the agreement, where the contract declares no such event as a fact."""
    if len(name.parts) != 2 or name.parts[0] not in given.AGREEMENT or name.text in world.events:
        return None
    return _LIFE.get(name.parts[1])


def _found(world: World, name: syn.Name) -> tuple[Declared, Derivation] | None:
    if len(name.parts) != 2 or name.parts[1] not in FOLLOWING:
        return None
    head, what = name.parts[0], FOLLOWING[name.parts[1]]
    if what == "crossing":
        owners = world.signals.get(head, {})
        return (next(iter(owners.values())), what) if owners else None
    kind = "right" if what == "exercise" else "obligation"
    found = world.values.get(head, [])
    return (found[0], what) if found and found[0].kind == kind else None


def derived(world: World, name: syn.Name) -> Derived | None:
    """The derived event, or None after a message."""
    of_life = _of_life(world, name)
    if of_life is not None:
        return Derived("agreement", of_life, EventDeclared(name.text, "agreement", name.span))
    found = _found(world, name)
    assert found is not None, "asked only where `is_derived`"
    declared, what = found
    if what == "crossing":
        return _crossing(world, name, declared)
    world.use(declared.name)
    by_period = declared.kind == "obligation" and parts.ident(declared.sentence, "modality") in _BY_PERIOD
    if by_period and what != "breach":
        world.collector.add(NotPlaced(name.span, what=_ONLY_BREACH))
        return None
    fields = dict(fields_of(world, declared))
    also = {} if fields.keys() & set(LATE) else {LATE[1]: LATE[0]}
    for word in LATE:
        fields.setdefault(word, ("bool", False))
    event = EventDeclared(name.text, owner_of(declared.sentence), name.span, fields, also=also)
    return Derived(declared.name, what, event)


def _crossing(world: World, name: syn.Name, declared: Declared) -> Derived | None:
    world.used.add(("signal", declared.name))
    made = world.made(declared)
    if made is None:
        return None
    if made.type != "bool":
        world.collector.add(Expected(name.span, needed=of_type("bool"), found=of_type(made.type)))
        return None
    return Derived(declared.name, "crossing", EventDeclared(name.text, made.entity, name.span))


def owner_of(sentence: Sentence) -> str:
    """The entity whose subjects a rule or signal is about; empty: the agreement."""
    line = parts.child(sentence, "for_each")
    named = parts.name(line, "entity") if line is not None else parts.name(sentence, "entity")
    return named.text if named is not None else ""


def fields_of(world: World, declared: Declared, depth: int = 0) -> dict[str, tuple[Ty, bool]]:
    """The fields of a rule's trigger, which its derived events carry; those that all of several triggers have."""
    sentence = declared.sentence
    if parts.child(sentence, "each") is not None:
        return {"period": ("text", False)}
    line = parts.child(sentence, "from_until") or parts.child(sentence, "at_least_before")
    node = (parts.pattern(line, "start") or parts.pattern(line, "anchor")) if line is not None else None
    if declared.kind == "right":  # its exercise carries the fields of the event that exercises it
        line = parts.child(sentence, "exercised_by")
        node = parts.pattern(line, "pattern") if line is not None else None
    if node is None or depth > _DEEPEST:
        return {}
    entity = owner_of(sentence)
    each: list[dict[str, tuple[Ty, bool]]] = []
    for ref in node.events:
        below = _found(world, ref.name)
        if below is not None:
            each.append({} if below[1] == "crossing" else fields_of(world, below[0], depth + 1))
            continue
        event = lookup.find_event(world, ref.name, entity)
        each.append(event.fields if event is not None else {})
    return {name: type_ for name, type_ in each[0].items() if all(one.get(name) == type_ for one in each[1:])}
