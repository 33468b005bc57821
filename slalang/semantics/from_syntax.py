"""A parsed contract and a loader of libraries go in; the checked program and its scenarios come out, or diagnostics.

The stages, in order: gather libraries, declare names, make rules, cover readings, give shapes, read scenarios.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from slalang.ir.program import Clause, Levels, Program, Reading, Validity
from slalang.semantics import parts, size
from slalang.semantics.agreement.constraint import constraint
from slalang.semantics.agreement.parties import parties
from slalang.semantics.agreement.right import right
from slalang.semantics.agreement.term import steps, suspension
from slalang.semantics.checked import Checked
from slalang.semantics.coverage import check_groups, check_periods, check_readings
from slalang.semantics.errors.lowering import TooDeep
from slalang.semantics.errors.tables import ManySubjects
from slalang.semantics.facts import vocabulary
from slalang.semantics.facts.calendars import calendar
from slalang.semantics.facts.counting import counting_convention
from slalang.semantics.facts.domains import read_domains
from slalang.semantics.facts.signals import signal
from slalang.semantics.heading import cite, read_heading, validity
from slalang.semantics.inventory import clauses
from slalang.semantics.lines import policies
from slalang.semantics.lines.chains import chain, purchases
from slalang.semantics.lines.paper import paper
from slalang.semantics.metrics.metric import metric
from slalang.semantics.money.amounts import amount_rule
from slalang.semantics.money.caps import cap
from slalang.semantics.money.groups import check_choices, check_set_off
from slalang.semantics.money.payments import payments
from slalang.semantics.money.unpaid import Reader, check_unpaid
from slalang.semantics.rules import exceptions, values
from slalang.semantics.rules.obligations import obligation
from slalang.semantics.rules.shapes import Shaped, shaped
from slalang.semantics.rules.tables import table
from slalang.semantics.scenarios import scenario
from slalang.semantics.scope.collect import check_owners, collect, collect_events, flat
from slalang.semantics.scope.libraries import gather, not_used
from slalang.semantics.scope.order import milestones
from slalang.semantics.scope.world import DEEPEST, Declared, World
from slalang.semantics.surface import is_chinese
from slalang.semantics.unused import warn_unused

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.diagnostics.collector import Collector
    from slalang.ir.facts import Signal
    from slalang.ir.scenarios import Scenario
    from slalang.syntax.tree import Document

MAKERS: Final[dict[str, Callable[[World, Declared, str], Any]]] = {
    "parameter": values.parameter,
    "open_word": values.open_word,
    "let": values.definition,
    "table": table,
    "obligation": obligation,
    "metric": metric,
    "amount_rule": amount_rule,
    "cap": cap,
    "payments": payments,
    "right": right,
    "constraint": constraint,
    "chain": chain,
    "signal": signal,
    "calendar": calendar,
}


def check(
    document: Document,
    load_library: Callable[[str], Document | None],
    collector: Collector,
    libraries: tuple[str, ...] = (),
) -> Checked | None:
    """Give a contract its meaning.

    Args:
        document: the parsed contract; lines that could not be parsed are not in it.
        load_library: parses the library of a name, or gives None when there is none. Called once a name.
        libraries: names of the libraries that there are, for suggestions.
        collector: told everything that is wrong; warnings do not stop the contract.

    Returns:
        The program and its scenarios, or None when the collector has an error (also one of an earlier stage).
    """
    try:
        return _check(declare(document, load_library, collector, libraries), document)
    except (
        RecursionError
    ):  # deep expressions inside deep chains of definitions: refused, whatever their number
        collector.add(TooDeep(document.source.span(0, 0), most=DEEPEST))
        return None


def _check(world: World, document: Document) -> Checked | None:
    collector = world.collector
    exceptions.index(world)
    world.life_steps = steps(world)
    read_domains(world)
    _make_all(world)
    check_readings(world)
    check_groups(world)
    check_periods(world)
    world.paper = paper(world, document)
    inventory = clauses(world)
    caps = (*world.own_caps, *_made(world, "cap"))
    rules = shaped(
        world,
        _made(world, "obligation"),
        [*_made(world, "metric"), *world.hidden_metrics],
        _made(world, "amount_rule"),
        _signals(world),
        _made(world, "right"),
        caps,
    )
    check_choices(world, rules.amounts)
    check_set_off(world, rules.amounts)
    readers: tuple[Reader, ...] = (*rules.obligations, *rules.metrics, *rules.amounts, *rules.rights)
    check_unpaid(world, rules.amounts, caps, readers)
    scenarios = [scenario(world, declared) for declared in world.scenarios]
    _one_meaning(world)
    size.check(world, [one for one in world.all_values() if one.kind == "let"], _made(world, "let"))
    held = validity(world, document)
    warn_unused(world)
    if collector.has_errors:
        return None
    found: tuple[Scenario, ...] = tuple(item for item in scenarios if item is not None)
    return Checked(_program(world, document, rules, inventory, held), found)


def declare(
    document: Document,
    load_library: Callable[[str], Document | None],
    collector: Collector,
    libraries: tuple[str, ...] = (),
) -> World:
    """The world of names: the heading, libraries first, then the contract, then event types, once all entities are known."""
    world = World(collector, document.source, chinese=is_chinese(document), makers=MAKERS)
    read_heading(world, document)
    gathered = gather(document, load_library, collector, libraries)
    # Read only where a name is unknown, and then once.
    world.elsewhere = cache(partial(not_used, [name for name, _ in gathered], load_library, libraries))
    documents = [*((library, False) for _, library in gathered), (document, True)]
    for each, own in documents:
        collect(world, each, own=own)
    entities = [sentence for each, _ in documents for sentence, _ in flat(each) if sentence.kind == "entity"]
    vocabulary.complete_entities(world, entities)
    for each, own in documents:
        collect_events(world, each, own=own)
    for each, _ in documents:
        _sets(world, each)
        for sentence in each.sentences:
            if sentence.kind == "counting_convention":
                counting_convention(world, sentence)
    check_owners(world)
    cite(world, document)
    return world


def _sets(world: World, document: Document) -> None:
    for sentence, _ in flat(document):
        if sentence.kind == "convention_set":
            name = parts.text(sentence, "name")
            world.sets[name] = policies.read(world, parts.children(sentence, "policy"), name)


def _make_all(world: World) -> None:
    for declared in _each(world, world.calendars):
        world.made(declared)
    for declared in milestones(world):
        world.made(declared)
    for owners in world.signals.values():
        for declared in _each(world, owners):
            world.made(declared)
    later = []
    for declared in world.all_values():
        if declared.kind in {"table", "let"}:
            later.append(declared)
        elif declared.kind in MAKERS:
            world.made(declared)
    for declared in later:  # made as their readers read them; what nothing reads is made by itself
        if not world.variants(declared):
            world.made(declared)


def _made(world: World, kind: str) -> list[Any]:
    found = [world.made(item) for item in world.all_values() if item.kind == kind]
    return [item for item in found if item is not None]


def _each(world: World, known: dict[str, Declared]) -> list[Declared]:
    """Signals or calendars, those under other readings beside the first of their name."""
    return [one for first in known.values() for one in (first, *world.variants_of.get(id(first), ()))]


def _signals(world: World) -> list[Signal]:
    made = [world.made(item) for owners in world.signals.values() for item in _each(world, owners)]
    made.append(suspension(world))
    return [item for item in made if item is not None]


def _one_meaning(world: World) -> None:
    """A table or definition must mean the same to every rule that reads it."""
    for declared in world.all_values():
        if declared.kind not in {"table", "let"}:
            continue
        forms = [(entity, made) for entity, made in world.variants(declared).items() if made is not None]
        for entity, made in forms[1:]:
            if made != forms[0][1]:
                one, other = (f"`{name or 'agreement'}`" for name in (forms[0][0], entity))
                world.collector.add(ManySubjects(declared.span, name=declared.name, one=one, other=other))
                break


def _forms(world: World, kind: str) -> tuple[Any, ...]:
    found = [list(world.variants(item).values()) for item in world.all_values() if item.kind == kind]
    return tuple(next(made for made in forms if made is not None) for forms in found if any(forms))


def _program(
    world: World, document: Document, rules: Shaped, inventory: tuple[Clause, ...], held: Validity
) -> Program:
    lives = [vocabulary.life(world, declared) for declared in world.lives.values()]
    signals = [replace(item, stratum=rules.signals.get(item.name, 0)) for item in _signals(world)]
    sources = [parts.text(sentence, "text") for sentence, _ in flat(document) if sentence.kind == "source"]
    return Program(
        title=world.title,
        version=world.version,
        zone=world.zone,
        currency=world.currency,
        counting=world.counting,
        countings=tuple(world.countings.values()),
        rest_days=world.rest_days,
        validity=held,
        parties=parties(world),
        parameters=(*_forms(world, "parameter"), *_forms(world, "open_word")),
        levels=tuple(Levels(item.name, item.values) for item in world.levels.values()),
        readings=_readings(world),
        entities=vocabulary.entities(world),
        events=vocabulary.events(world),
        lives=tuple(item for item in lives if item is not None),
        signals=tuple(signals),
        calendars=tuple(
            made for item in _each(world, world.calendars) if (made := world.made(item)) is not None
        ),
        definitions=_forms(world, "let"),
        tables=(*_forms(world, "table"), *world.hidden_tables),
        obligations=rules.obligations,
        metrics=rules.metrics,
        amounts=rules.amounts,
        caps=(*world.own_caps, *_made(world, "cap")),
        payments=tuple(_made(world, "payments")),
        rights=rules.rights,
        constraints=tuple(_made(world, "constraint")),
        chains=tuple(_made(world, "chain")),
        purchases=purchases(world, document),
        clauses=inventory,
        paper=world.paper,
        source=" ".join(sources),
    )


def _readings(world: World) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            name=item.name,
            options=tuple(item.options),
            chosen=item.chosen,
            question=parts.text(item.sentence, "question"),
            texts=tuple(item.options.values()),
            because=next(
                (parts.text(line, "because") for line in parts.children(item.sentence, "chosen")), ""
            ),
            clause=item.clause,
        )
        for item in world.readings.values()
    )
