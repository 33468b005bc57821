"""A signal's sentence goes in; the IR's signal comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.expressions import Const
from slalang.ir.facts import Between, Computed, Latest, MemberFold, OpenIn, Signal, SignalForm, Spans
from slalang.ir.facts import Pattern as EventPattern
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.reach import UnknownField, WrongKind
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.expressions.patterns import any_only, facts_only
from slalang.semantics.facts.growing import GROWING, days_late, lasting
from slalang.semantics.facts.running import misplaced, running
from slalang.semantics.lines.head import under_of
from slalang.semantics.lines.once import single
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_kind, of_type

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr, Ty
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.syntax.tree import Pattern, Sentence

RUNNING = ("sig_running_count", "sig_running_sum")
FORMS = ("from_until", "sig_latest", "sig_spans", "sig_fold", "sig_open_in", *RUNNING, *GROWING, "value")


def signal(world: World, declared: Declared, _: str = "") -> Signal | None:
    """The signal, or None when it has mistakes."""
    sentence = declared.sentence
    named = parts.name(sentence, "entity")
    entity = named.text if named else ""
    if entity and entity not in world.entities:
        return None  # reported where owners are checked
    line = single(world, sentence, *FORMS)
    if line is None:
        what = Text(en="when it holds", zh="何时成立")
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line="from … until …"))
        return None
    form: SignalForm | None
    if line.kind in RUNNING:
        form, ty = running(world, declared, line, entity)
    elif line.kind in GROWING:
        timed = line.kind == "sig_running_time"
        form, ty = (lasting(world, line, entity), "bool") if timed else (days_late(world, line), "integer")
        form = None if misplaced(world, declared) else form
    else:
        form, ty = (None, "") if misplaced(world, declared) else _form(world, declared, line, entity)
    return (
        None
        if form is None
        else Signal(declared.name, entity, ty, form, declared.clause, under=under_of(world, declared))
    )


def _form(world: World, declared: Declared, line: Sentence, entity: str) -> tuple[SignalForm | None, Ty]:
    """Every form that does not run."""
    match line.kind:
        case "from_until":
            return _between(world, declared, line, entity), "bool"
        case "sig_latest":
            return _latest(world, declared, line, entity)
        case "sig_spans":
            return _spans(world, line, entity), "bool"
        case "sig_fold":
            return _fold(world, line, entity)
        case "sig_open_in":
            name = parts.name(line, "calendar")
            calendar = lookup.calendar(world, name) if name else None
            return (OpenIn(calendar) if calendar else None), "bool"
        case _:
            return _computed(world, line, entity)


def _between(world: World, declared: Declared, line: Sentence, entity: str) -> Between | None:
    start, stop = parts.pattern(line, "start"), parts.pattern(line, "end")
    if start is None:
        what = Text(en="from which event until which it holds", zh="自何事件至何事件成立")
        world.collector.add(LineMissing(line.span, name=declared.name, what=what, line="from … until …"))
        return None
    # Without an `until` nothing ends it: from the first event on it holds for good.
    begun = any_only(world, start, entity)
    ended = any_only(world, stop, entity) if stop is not None else (EventPattern(()),)
    if begun is None or ended is None:
        return None
    return Between(begun[0], ended[0], parts.child(declared.sentence, "nested") is not None)


def _sources(world: World, node: Pattern | None, entity: str) -> tuple[Any, tuple[EventDeclared, ...]] | None:
    return facts_only(world, node, entity) if node is not None else None


def _latest(world: World, declared: Declared, line: Sentence, entity: str) -> tuple[Latest | None, Ty]:
    name = parts.name(line, "field")
    found = _sources(world, parts.pattern(line, "pattern"), entity)
    if name is None or found is None:
        return None, ""
    ty = _field_type(world, name, found[1])
    if ty is None:
        return None, ""
    initial = None
    starts = parts.child(declared.sentence, "sig_starts_as")
    node = parts.expr(starts, "value") if starts else None
    if node is not None:
        value = typed(world, node, Context("fixed"), ty)
        if not isinstance(value, Const):
            return None, ""
        initial = value
    return Latest(found[0].any_of, name.text, initial), ty


def _field_type(
    world: World, name: Any, events: tuple[EventDeclared, ...], wanted: Ty | None = None
) -> Ty | None:
    types: dict[Ty, None] = {}
    for event in events:
        if name.text not in event.fields:
            near = candidates(name.text, event.fields)
            world.collector.add(UnknownField(name.span, name=name.text, owner=event.name, near=near))
            return None
        types[event.fields[name.text][0]] = None
    found = list(types)
    if len(found) > 1 or (wanted and found and found[0] != wanted):
        needed = of_type(wanted or found[0])
        world.collector.add(Expected(name.span, needed=needed, found=of_type(found[-1])))
        return None
    return found[0] if found else None


def _spans(world: World, line: Sentence, entity: str) -> Spans | None:
    start, end = parts.name(line, "start"), parts.name(line, "end")
    found = _sources(world, parts.pattern(line, "pattern"), entity)
    if start is None or end is None or found is None:
        return None
    ends = [_field_type(world, name, found[1], "instant") for name in (start, end)]
    return Spans(found[0].any_of, start.text, end.text) if all(ends) else None


def _fold(world: World, line: Sentence, entity: str) -> tuple[MemberFold | None, Ty]:
    member, reference, inner = (
        parts.name(line, "members"),
        parts.name(line, "reference"),
        parts.name(line, "signal"),
    )
    if member is None or reference is None or inner is None:
        return None, ""
    members = lookup.entity(world, member)
    if members is None:
        return None, ""
    owners = world.signals.get(inner.text, {})
    if members not in owners:
        near = candidates(inner.text, [name for name, found in world.signals.items() if members in found])
        world.collector.add(UnknownField(inner.span, name=inner.text, owner=members, near=near))
        return None, ""
    references = world.entities[members].references
    target = references.get(reference.text)
    if target is None:
        world.collector.add(
            UnknownField(reference.span, name=reference.text, owner=members, near=tuple(references))
        )
        return None, ""
    if target != (entity or "agreement"):
        found, needed = (
            of_kind("entity"),
            Text(en=f"a reference to `{entity or 'agreement'}`", zh=f"指向 `{entity or 'agreement'}` 的引用"),
        )
        world.collector.add(WrongKind(reference.span, name=reference.text, found=found, needed=needed))
        return None, ""
    world.used.add(("signal", inner.text))
    made = world.made(owners[members])
    if made is None:
        return None, ""
    fold = parts.ident(line, "fold").removeprefix("fold_")
    return _folded(world, line, fold, made, inner.text, members, reference.text)


def _folded(
    world: World, line: Sentence, fold: str, made: Signal, inner: str, members: str, reference: str
) -> tuple[MemberFold | None, Ty]:
    if fold in {"any", "all", "count"} and made.type != "bool":
        world.collector.add(Expected(line.span, needed=of_type("bool"), found=of_type(made.type)))
        return None, ""
    if fold in {"lowest", "highest"} and not types.is_ordered(made.type):
        world.collector.add(Expected(line.span, needed=of_type("number"), found=of_type(made.type)))
        return None, ""
    ty = {"any": "bool", "all": "bool", "count": "integer"}.get(fold, made.type)
    return MemberFold(fold, inner, members, reference), ty  # type: ignore[arg-type]


def _computed(world: World, line: Sentence, entity: str) -> tuple[Computed | None, Ty]:
    node = parts.expr(line, "value")
    if node is None:
        return None, ""
    value: Expr | None = lower(world, node, Context("signal", entity))
    if value is None:
        return None, ""
    if value.type == "limit":
        what = Text(en="a signal has no limit for its value", zh="信号的值不能是期限")
        world.collector.add(NotPlaced(line.span, what=what))
        return None, ""
    return Computed(value), value.type
