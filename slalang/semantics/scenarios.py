"""Scenario sentences go in; scenarios of the IR come out: facts at instants, bound parameters, expectations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.domains import domain_text
from slalang.ir.expressions import Const, Ty
from slalang.ir.scenarios import Expectation, Fact, RegisterLine, Scenario
from slalang.semantics import parts
from slalang.semantics.errors.lowering import TimeRefused
from slalang.semantics.errors.names import DuplicateName, UnknownStatus
from slalang.semantics.errors.reach import FieldNotTold, UnknownField
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.literals import instant_of
from slalang.semantics.lines import expected
from slalang.semantics.rules.values import constant, in_domain
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_kind
from slalang.semantics.scope.world import place
from slalang.syntax import tree as syn
from slalang.syntax.grammar.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.program import Parameter
    from slalang.semantics.scope.world import Declared, Domain, EventDeclared, World
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Sentence

_INSTANTS = (
    "deadline", "start", "discharged", "breached", "due", "since", "until", "exercised_at", "effective_at",
)  # fmt: skip
_ENDS = ("deadline", "due", "until")
FIRST_YEAR, LAST_YEAR = 1900, 2999
_VALUES = ("value", "range")
_STATUSES: Final = {
    "obligation": (
        "met", "late", "overdue", "broken", "pending", "excused", "void", "undetermined", "breached",
        "provisional",
    ),
    "metric": ("undetermined",),
    "right": ("not_yet", "exercisable", "exercised", "lapsed", "ineffective", "undetermined"),
    "constraint": ("met", "broken", "undetermined"),
    "amount_rule": ("provisional", "claimable", "claimed", "lapsed", "posted", "paid_out", "displaced", "undetermined"),
}  # fmt: skip
_RULES = ("obligation", "metric", "amount_rule", "right", "constraint")
ACTORS: Final = ("by", "to")
_HAVE_NO_VALUE: Final = ("obligation", "right", "constraint")


def scenario(world: World, declared: Declared) -> Scenario | None:
    """One scenario, or None when it has mistakes (all of them are reported)."""
    sentence = declared.sentence
    bindings = [
        binding(world, pair)
        for line in parts.children(sentence, "with")
        for pair in parts.tuples(line, "bindings")
    ]
    _once(
        world,
        [name for line in parts.children(sentence, "with") for name, _ in parts.tuples(line, "bindings")],
    )
    readings = [_reading(world, line) for line in parts.children(sentence, "under")]
    registers = [_register(world, line) for line in parts.children(sentence, "register")]
    given = [fact for block in parts.children(sentence, "given") for fact in parts.children(block, "fact")]
    facts = [_fact(world, line) for line in given]
    as_of = next((line for line in parts.children(sentence, "as_of")), None)
    node = as_of.parts.get("at") if as_of else None
    at = _happened(world, node) if isinstance(node, syn.DateValue) else None
    expectations = [_expectation(world, line) for line in parts.children(sentence, "expect")]
    counts = [parts.integer(line, "count") for line in parts.children(sentence, "expect_faults")]
    balances = expected.whole(
        [expected.balance(world, line) for line in parts.children(sentence, "expect_balance")]
    )
    notices = expected.whole(
        [expected.notice(world, line) for line in parts.children(sentence, "expect_notice")]
    )
    reports = expected.whole(
        [expected.report(world, line) for line in parts.children(sentence, "expect_reported")]
    )
    every: list[object] = [
        *bindings,
        *readings,
        *registers,
        *facts,
        *expectations,
        balances,
        notices,
        reports,
    ]
    if any(item is None for item in every) or (node is not None and at is None):
        return None
    return Scenario(
        title=declared.name,
        clause=declared.clause,
        bindings=tuple(item for item in bindings if item),
        readings=tuple(item for item in readings if item),
        registers=tuple(item for item in registers if item),
        facts=tuple(item for item in facts if item),
        as_of=at,
        expectations=tuple(item for item in expectations if item),
        faults=counts[0] if counts else None,
        place=place(sentence.span),
        balances=balances or (),
        notices=notices or (),
        reports=reports or (),
    )


def binding(world: World, pair: Any) -> tuple[str, Const] | None:
    """A parameter and the value bound to it, of its type and within its domain."""
    name, node = pair
    found = lookup.rule(world, name, *_bound_by(world, name))
    made: Parameter | None = world.made(found) if found else None
    if made is None:
        return None
    value = constant(world, node, made.type)
    if value is None:
        return None
    if not in_domain(made, value):
        world.collector.add(OutOfDomain(node.span, name=made.name, domain=domain_text(made)))
        return None
    return made.name, value


def _bound_by(world: World, name: syn.Name) -> tuple[str, ...]:
    """The kinds of what may be bound under a name: a parameter, and an open word that the contract leaves open."""
    found = world.values.get(name.text, [])
    left = bool(found) and found[0].kind == "open_word" and parts.expr(found[0].sentence, "value") is None
    return ("parameter", "open_word") if left else ("parameter",)


def _reading(world: World, line: Sentence) -> tuple[str, str] | None:
    reading, option = parts.name(line, "reading"), parts.name(line, "option")
    return lookup.reading(world, reading, option) if reading and option else None


def _register(world: World, line: Sentence) -> RegisterLine | None:
    name = parts.name(line, "entity")
    entity = lookup.entity(world, name) if name else None
    if entity is None:
        return None
    declared = world.entities[entity]
    known = {field: ty for field, (ty, _) in declared.attributes.items()}
    known |= dict.fromkeys(declared.references, "text")
    if entity == "agreement":  # parameters are looked up by agreement
        made = [world.made(item) for item in world.all_values() if item.kind in {"parameter", "open_word"}]
        known |= {item.name: item.type for item in made if item is not None and item.value is None}
    fields = _fields(world, line, entity, known, declared.domains)
    node = line.parts.get("since")
    since = _happened(world, node) if isinstance(node, syn.DateValue) else None
    if fields is None or (node is not None and since is None):
        return None
    return RegisterLine(entity, parts.text(line, "id"), fields, since)


def _fields(
    world: World, line: Sentence, owner: str, known: dict[str, Ty], domains: dict[str, Domain]
) -> tuple[tuple[str, Const], ...] | None:
    found: list[tuple[str, Const]] = []
    whole = _once(world, [name for name, _ in parts.tuples(line, "fields")])
    for name, node in parts.tuples(line, "fields"):
        if name.text not in known:
            near = candidates(name.text, known)
            world.collector.add(UnknownField(name.span, name=name.text, owner=owner, near=near))
            whole = False
            continue
        value = constant(world, node, known[name.text])
        bounds = domains.get(name.text)
        if value is not None and bounds is not None and not in_domain(bounds, value):
            world.collector.add(OutOfDomain(node.span, name=name.text, domain=domain_text(bounds)))
            value = None
        whole = whole and value is not None
        if value is not None:
            found.append((name.text, value))
    return tuple(found) if whole else None


def _once(world: World, names: Sequence[syn.Name]) -> bool:
    """Whether each name is given one value; the second is reported, for it would silently win."""
    first: dict[str, syn.Name] = {}
    for name in names:
        if name.text in first:
            world.collector.add(DuplicateName(name.span, name=name.text, first=first[name.text].span))
        first.setdefault(name.text, name)
    return len(first) == len(names)


def _happened(world: World, node: syn.DateValue) -> int | None:
    """An instant of a fact or a question, in µs: within the years in which events may be (as in event files)."""
    at = instant_of(world, node)
    if at is not None and not FIRST_YEAR <= node.day.year <= LAST_YEAR:
        reason = Text(
            en=f"this lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
            zh=f"不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间",
        )
        world.collector.add(TimeRefused(node.span, reason=reason))
        return None
    return at


def _at_a_time(world: World, node: syn.DateValue) -> int | None:
    """The instant of a fact, in µs: a fact happens at a time of day, and midnight is not assumed."""
    if node.at is not None:
        return _happened(world, node)
    reason = Text(en="a fact needs a time of day, not the date alone", zh="事实须写明时刻，只有日期不够")
    remedy = Text(en=f"write `{node.span.text} 09:00` or the like", zh=f"例如写作 `{node.span.text} 09:00`")
    world.collector.add(TimeRefused(node.span, reason=reason, remedy=remedy))
    return None


def _fact(world: World, line: Sentence) -> Fact | None:
    entity, verb = parts.name(line, "entity"), parts.name(line, "verb")
    at = line.parts.get("at")
    if entity is None or verb is None or not isinstance(at, syn.DateValue):
        return None
    instant = _at_a_time(world, at)
    if entity.text not in world.entities:
        lookup.entity(world, entity)
        return None
    event = lookup.event(world, syn.Name((entity.text, verb.text), verb.span), entity.text)
    if event is None or instant is None:
        return None
    fields = _fields(world, line, event.name, _known(world, event), event.domains)
    told = {name for name, _ in fields or ()}
    missing = tuple(name for name, (_, optional) in event.fields.items() if not optional and name not in told)
    if fields is not None and missing:
        world.collector.add(FieldNotTold(line.span, event=event.name, missing=missing, first=missing[0]))
        return None
    recorded_node = line.parts.get("recorded")
    recorded = _at_a_time(world, recorded_node) if isinstance(recorded_node, syn.DateValue) else None
    if fields is None or (recorded_node is not None and recorded is None):
        return None
    return Fact(instant, event.name, parts.text(line, "id"), fields, recorded, place(line.span))


def _known(world: World, event: EventDeclared) -> dict[str, Ty]:
    """The event's fields; a reference of its entity may be told too, and by and to whom it was done."""
    references = dict.fromkeys((*ACTORS, *world.entities[event.entity].references), "text")
    return {**references, **{name: ty for name, (ty, _) in event.fields.items()}}


def _expectation(world: World, line: Sentence) -> Expectation | None:
    name = parts.name(line, "rule")
    found = lookup.rule(world, name, *_RULES) if name else None
    if found is None:
        return None
    ty = _type(world, found)
    checks = []
    for what, value in parts.tuples(line, "checks"):
        made = _check(world, what, value, ty) if _may_be(world, line, found.kind, what, value) else None
        if made is None:
            return None
        checks.append((what, made))
    return Expectation(
        found.name, parts.text(line, "subject"), parts.text(line, "period"), tuple(checks), place(line.span)
    )


def _may_be(world: World, line: Sentence, kind: str, what: str, value: Any) -> bool:
    """Whether a rule of a kind can have the status that is expected; a duty has a status and no value."""
    possible = _STATUSES.get(kind)
    if (
        possible is None
        or (kind not in _HAVE_NO_VALUE and what != "status")
        or what not in {"status", *_VALUES}
    ):
        return True
    status = value if what == "status" else ""
    if status in possible:
        return True
    surface: Surface = "zh" if world.chinese else "en"
    known = {word: words()[word.upper()].spelling(surface) for word in possible}
    node = value[0] if isinstance(value, tuple) else value
    at = line.span if what == "status" else node.span
    name = words()[status.upper()].spelling(surface) if status else node.span.text
    near = candidates(name, known.values()) or tuple(known.values())
    world.collector.add(UnknownStatus(at, what=of_kind(kind), name=name, near=near))
    return False


def _type(world: World, declared: Declared) -> Ty | None:
    """The type of the rule's value: a metric's, an amount's."""
    if declared.kind not in {"metric", "amount_rule"}:
        return None
    made = world.made(declared)
    return None if made is None else made.type if declared.kind == "metric" else made.amount.type


def _check(world: World, what: str, value: Any, ty: Ty | None) -> tuple[Const | str, ...] | None:
    """What is checked, as constants: instants in the contract's zone, values of the rule's own type."""
    if what == "gaps":
        ends = [instant_of(world, end) for gap in value for end in gap]
        return None if any(end is None for end in ends) else tuple(Const("instant", str(end)) for end in ends)
    if what == "none":
        return ()
    if isinstance(value, int):
        return (str(value),)
    if isinstance(value, syn.DateValue) and what in _INSTANTS:
        if what in _ENDS and value.at is None:
            value = replace(value, end_of_day=True)  # due on a day means by its end
        at = instant_of(world, value)
        return None if at is None else (Const("instant", str(at)),)
    if isinstance(value, str | syn.Text | syn.Name | syn.Token):
        return (parts.as_text(value),)
    if what == "margin" and isinstance(value, syn.Unary) and value.op == "-":
        days = constant(world, value.arg, None)
        if days is not None and days.type in {"civil", "workdays"}:
            return (replace(days, value=_short_by(days.value)),)
    nodes = value if isinstance(value, tuple) else (value,)
    made = [constant(world, node, ty if what in {"value", "range"} else None) for node in nodes]
    return None if any(item is None for item in made) else tuple(item for item in made if item)


def _short_by(days: str) -> str:
    """`0,2` (months, days) or `2@Office` (working days) as a margin that is missing by so much."""
    amount, at, calendar = days.partition("@")
    return ",".join(one if one == "0" else f"-{one}" for one in amount.split(",")) + at + calendar
