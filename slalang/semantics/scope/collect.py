"""A contract and its libraries go in; the world of their declarations comes out, duplicates reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.rules import Under
from slalang.semantics import parts
from slalang.semantics.errors.exceptions import NotChosen
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.names import DuplicateName, UnknownEntity
from slalang.semantics.facts.vocabulary import declare_entity, declare_event, declare_rank
from slalang.semantics.scope import lookup
from slalang.semantics.scope.world import Declared, LevelsDeclared, ReadingDeclared, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.syntax.tree import Document, Name, Sentence

VALUES = (
    "parameter",
    "open_word",
    "let",
    "table",
    "obligation",
    "metric",
    "amount_rule",
    "cap",
    "payments",
    "right",
    "exception",
    "chain",
    "constraint",
)
LIFE = ("term", "renews", "ends_on", "suspended")
HEAD = ("contract", "library", "source", "use", "time_zone", "currency", "counting", "rest_days", "conventions", "effective", "supersedes", "known_from", "retroactive", "splits_periods")  # fmt: skip


def collect(world: World, document: Document, *, own: bool) -> None:
    """Declare everything in a document. Types are looked up later, so order does not matter."""
    for sentence, clause in flat(document):
        kind = sentence.kind
        if kind in LIFE:
            if own:
                world.life.append((kind, sentence, clause))
        elif kind in VALUES:
            _value(world, sentence, clause, own=own)
        elif kind == "signal":
            _signal(world, sentence, clause, own=own)
        elif kind in {"party", "calendar", "life", "unit"}:
            _single(world, sentence, clause, own=own)
        elif kind == "levels":
            _levels(world, sentence, own=own)
        elif kind == "entity":
            declare_entity(world, sentence, own=own)
        elif kind == "reading":
            _reading(world, sentence, clause)
        elif kind == "scenario" and own:
            _keep(world.scenarios, sentence, clause)
        elif kind == "clause" and own:
            world.clauses.append(
                Declared("clause", parts.text(sentence, "number"), sentence.span, sentence, clause, own)
            )
        elif kind == "buys" and own:
            world.buys.append(sentence)
        elif kind not in {*HEAD, *_ELSEWHERE}:
            found = Text(en="this line belongs inside another one", zh="此行应写在另一行之内")
            world.collector.add(NotPlaced(sentence.span, what=found))


_ELSEWHERE = (
    "event",
    "rank",
    "convention_set",
    "counting_convention",
    "scenario",
    "clause",
    "paraphrase",
    "not_judged",
    "points_to",
    "clauses",
    "buys",
)


def collect_events(world: World, document: Document, *, own: bool) -> None:
    """Declare event types and their order, once all entities and levels are known."""
    for sentence, _ in flat(document):
        if sentence.kind == "event":
            declare_event(world, sentence, own=own)
        elif sentence.kind == "rank":
            declare_rank(world, sentence)


def flat(document: Document) -> Iterator[tuple[Sentence, str]]:
    """All sentences at the top and inside clauses, each with the number of its clause."""
    stack = [(sentence, "") for sentence in reversed(document.sentences)]
    while stack:
        sentence, clause = stack.pop()
        yield sentence, clause
        if sentence.kind == "clause":
            number = parts.text(sentence, "number")
            stack.extend((child, number) for child in reversed(sentence.children))


def unders(sentence: Sentence) -> tuple[Under, ...]:
    """The readings a rule stands under, as written; they are looked up when the rule is made."""
    found = []
    for child in parts.children(sentence, "under"):
        reading, option = parts.name(child, "reading"), parts.name(child, "option")
        if reading and option:
            found.append(Under(reading.text, option.text))
    return tuple(found)


def _value(world: World, sentence: Sentence, clause: str, *, own: bool) -> None:
    for name in parts.names(sentence, "name") or parts.names(sentence, "names"):
        declared = Declared(sentence.kind, name.text, name.span, sentence, clause, own, unders(sentence))
        others = world.values.setdefault(name.text, [])
        clash = next((other for other in others if not _exclusive(other, declared)), None)
        if clash is None:
            others.append(declared)
        else:
            world.collector.add(DuplicateName(name.span, name=name.text, first=clash.span))


def unders_exclude(one: tuple[Under, ...], other: tuple[Under, ...]) -> bool:
    """Whether no choice of readings satisfies both."""
    options = {under.reading: under.option for under in one}
    return any(options.get(under.reading, under.option) != under.option for under in other)


def _exclusive(one: Declared, other: Declared) -> bool:
    return one.kind == other.kind and unders_exclude(one.under, other.under)


def _signal(world: World, sentence: Sentence, clause: str, *, own: bool) -> None:
    name = parts.name(sentence, "name")
    entity = parts.name(sentence, "entity")
    if name is None:
        return
    owners = world.signals.setdefault(name.text, {})
    key = entity.text if entity else ""
    declared = Declared("signal", name.text, name.span, sentence, clause, own, unders(sentence))
    # What a signal is called is what its values are kept under: another kind of subject cannot have one of the same name.
    elsewhere = next((first for other, first in owners.items() if other != key), None)
    if elsewhere is not None:
        world.collector.add(DuplicateName(declared.span, name=declared.name, first=elsewhere.span))
        return
    _first_or_variant(world, owners, key, declared)


def _first_or_variant(world: World, known: dict[str, Declared], key: str, declared: Declared) -> None:
    """A second signal or calendar of a name must stand under other readings than those before."""
    first = known.setdefault(key, declared)
    if first is declared:
        return
    others = world.variants_of.setdefault(id(first), [])
    clash = next((one for one in (first, *others) if not unders_exclude(one.under, declared.under)), None)
    if clash is None:
        others.append(declared)
    else:
        world.collector.add(DuplicateName(declared.span, name=declared.name, first=clash.span))


def _single(world: World, sentence: Sentence, clause: str, *, own: bool) -> None:
    name = parts.name(sentence, "entity" if sentence.kind == "life" else "name")
    if name is None:
        return
    found = {"party": world.parties, "calendar": world.calendars, "life": world.lives, "unit": world.units}[
        sentence.kind
    ]
    if name.text in found and sentence.kind != "calendar":
        world.collector.add(DuplicateName(name.span, name=name.text, first=found[name.text].span))
        return
    declared = Declared(sentence.kind, name.text, name.span, sentence, clause, own, unders(sentence))
    _first_or_variant(world, found, name.text, declared)


def _levels(world: World, sentence: Sentence, *, own: bool) -> None:
    name = parts.name(sentence, "name")
    if name is None:
        return
    values = parts.names(sentence, "values")
    _twice(world, values)
    known = world.levels.get(name.text)
    if known is None:
        world.levels[name.text] = LevelsDeclared(
            name.text, tuple(item.text for item in values), name.span, own
        )
    elif known.values:
        if values:
            world.collector.add(DuplicateName(name.span, name=name.text, first=known.span))
    else:  # a library left them open
        known.values, known.span, known.own = tuple(item.text for item in values), name.span, own


def _twice(world: World, names: tuple[Name, ...]) -> None:
    seen: dict[str, Name] = {}
    for name in names:
        if name.text in seen:
            world.collector.add(DuplicateName(name.span, name=name.text, first=seen[name.text].span))
        seen.setdefault(name.text, name)


def _reading(world: World, sentence: Sentence, clause: str) -> None:
    name = parts.name(sentence, "name")
    if name is None:
        return
    if name.text in world.readings:
        first = world.readings[name.text].sentence.span
        world.collector.add(DuplicateName(name.span, name=name.text, first=first))
        return
    names = [(option, parts.name(option, "name")) for option in parts.children(sentence, "option")]
    _twice(world, tuple(option for _, option in names if option))
    options = {option.text: parts.text(line, "text") for line, option in names if option}
    chosen_line = parts.child(sentence, "chosen")
    chosen = parts.name(chosen_line, "name") if chosen_line else None
    if chosen is None or chosen.text not in options:
        option = next(iter(options), "…")
        world.collector.add(NotChosen(chosen.span if chosen else name.span, name=name.text, first=option))
    world.readings[name.text] = ReadingDeclared(
        name.text, options, chosen.text if chosen else "", sentence, clause
    )


def _keep(into: list[Declared], sentence: Sentence, clause: str) -> None:
    into.append(Declared(sentence.kind, parts.text(sentence, "title"), sentence.span, sentence, clause))


def check_owners(world: World) -> None:
    """Report signals and lives of entities that nothing declares."""
    owners = [(declared, "entity") for found in world.signals.values() for declared in found.values()]
    for declared, key in [*owners, *((life, "entity") for life in world.lives.values())]:
        name = parts.name(declared.sentence, key)
        if name is not None and name.text not in world.entities:
            near = tuple(world.entities)[:6]
            found = UnknownEntity(name.span, name=name.text, near=near, use=lookup.brought(world, name.text))
            world.collector.add(found, ("entity", name.text))
