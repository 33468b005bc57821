"""What an amount is for goes in (a period, each breach, event or exercise); what its expressions may read comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing
from slalang.semantics.errors.money import DebtNeverDue
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.patterns import pattern
from slalang.semantics.scope import lookup
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.ir.amounts import AmountRule
    from slalang.ir.facts import Pattern
    from slalang.ir.rules import Obligation
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.scope.world import Declared, World


@dataclass(frozen=True, slots=True)
class Happening:
    """What there is one amount for, and what may be read of it."""

    ctx: Context
    breach: str = ""
    event: Pattern | None = None
    exercise: str = ""
    debt: str = ""

    @property
    def once(self) -> bool:
        """Whether the amount is for something that happens, not for a period."""
        return bool(self.breach or self.event or self.exercise or self.debt)


def happening(world: World, declared: Declared, choices: Choices, by: tuple[str, ...]) -> Happening | None:
    """What the rule's first line says that there is one amount for; None after a message."""
    sentence = declared.sentence
    if parts.name(sentence, "breach_of") is not None:
        return _breach(world, declared, choices)
    if parts.pattern(sentence, "event_of") is not None:
        return _event(world, declared)
    if parts.name(sentence, "exercise_of") is not None:
        return _exercise(world, declared)
    if parts.name(sentence, "debt_of") is not None:
        return _debt(world, declared)
    if not parts.ident(sentence, "unit"):
        what = Text(
            en="for which period, or for each breach, event, exercise or debt of what",
            zh="按何期间，或对何者的每次违约、事件、行使或欠款",
        )
        example = written("each_month", chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return None
    if not choices.fits("read_at", ("period_end", "posting", "latest")):
        return None
    stated = choices.find("read_at")
    at: Any = stated.policy.choice if stated else "period_end"
    at = "now" if at == "posting" else at  # the engine evaluates the whole rule as of the posting
    entity = next((name for name in by if name in world.entities and name != "agreement"), "")
    return Happening(Context("period", entity, at, cases=frozenset()))


def _breach(world: World, declared: Declared, choices: Choices) -> Happening | None:
    """The values of the case whose breach is paid for."""
    name = parts.name(declared.sentence, "breach_of")
    rule = lookup.rule(world, name, "obligation") if name is not None else None
    made: Obligation | None = world.made(rule) if rule else None
    if made is None or rule is None:
        return None
    if not choices.fits("read_at", ("trigger", "deadline", "discharge", "period_end", "latest")):
        return None
    stated = choices.find("read_at")
    at: Any = stated.policy.choice if stated else "period_end"
    events = [match.type for item in (made.trigger, made.discharge) if item for match in item.any_of]
    found = tuple(world.events[each] for each in dict.fromkeys(events))
    return Happening(
        Context("case", made.scope.entity, at, None, found, (), rule=rule.name, cases=frozenset({rule.name})),
        breach=rule.name,
    )


def _event(world: World, declared: Declared) -> Happening | None:
    """The fields of the event, and signals as they stand when it happens."""
    node = parts.pattern(declared.sentence, "event_of")
    entities = {
        event.entity
        for ref in (node.events if node is not None else ())
        for event in [world.events.get(ref.name.text)]
        if event is not None
    }
    entity = entities.pop() if len(entities) == 1 else ""
    found = pattern(world, node, entity) if node is not None else None
    if found is None:
        return None
    made, events = found
    owners = {event.entity for event in events}
    entity = owners.pop() if len(owners) == 1 else ""
    cases = frozenset(_ended(world, made))
    return Happening(Context("case", entity, "trigger", None, events, cases=cases), event=made)


def _ended(world: World, event: Pattern) -> Iterator[str]:
    """The rules of which every such event ends or breaches a case, so that there is one to read from."""
    types = {match.type for match in event.any_of}
    from_rules = {name for name, what in event.derived if what in {"breach", "discharge", "expiry"}}
    if not types and len(from_rules) == 1 and all(what != "crossing" for _, what in event.derived):
        yield from from_rules
    if not types or event.derived:
        return
    for declared in world.all_values():
        made = world.made(declared) if declared.kind == "obligation" else None
        ends = getattr(made, "discharge", None)
        if ends is not None and types <= {match.type for match in ends.any_of}:
            yield declared.name


def _exercise(world: World, declared: Declared) -> Happening | None:
    """The fields of the event that exercises a right."""
    name = parts.name(declared.sentence, "exercise_of")
    right = lookup.rule(world, name, "right") if name is not None else None
    made = world.made(right) if right else None
    if made is None or right is None:
        return None
    types = [match.type for match in made.exercise.any_of] if made.exercise is not None else []
    events = tuple(world.events[each] for each in dict.fromkeys(types))
    owners = {event.entity for event in events}
    entity = owners.pop() if len(owners) == 1 else ""
    ctx = Context("case", entity, "trigger", None, events, cases=frozenset())
    return Happening(ctx, exercise=right.name)


def _debt(world: World, declared: Declared) -> Happening | None:
    """Each line of another amount that is not paid when it is due; signals of what that line is for, as each day begins."""
    name = parts.name(declared.sentence, "debt_of")
    rule = lookup.rule(world, name, "amount_rule") if name is not None else None
    made: AmountRule | None = world.made(rule) if rule is not None else None
    if rule is None or made is None or name is None:
        return None
    line = next(parts.children(declared.sentence, "amount"), None)
    per_day = line is not None and parts.ident(line, "per")
    if made.due is None or not per_day or parts.ident(declared.sentence, "unit"):
        world.collector.add(DebtNeverDue(name.span, name=declared.name, other=rule.name))
        return None
    types = [match.type for match in made.for_each_event.any_of] if made.for_each_event is not None else []
    owners = {world.events[each].entity for each in types}
    owners |= {world.made(one).scope.entity for one in world.values.get(made.for_each, []) if made.for_each}
    entity = owners.pop() if len(owners) == 1 else ""
    return Happening(Context("case", entity, "now", rule=rule.name), debt=rule.name)
