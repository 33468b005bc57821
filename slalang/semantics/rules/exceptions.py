"""Exceptions and their targets go in; standstills, excuses, cases left out and overridden values come out, merged into the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import LeaveOut
from slalang.ir.expressions import Default, Expr, Op, Override
from slalang.ir.rules import Excuse, Standstill, Under
from slalang.semantics import parts
from slalang.semantics.errors.exceptions import (
    ExceptionCycle,
    NoCondition,
    NoEffect,
    OtherQuantity,
    TwoEffects,
)
from slalang.semantics.errors.reach import UnknownRule
from slalang.semantics.expressions.lower import condition, typed
from slalang.semantics.lines import requires
from slalang.semantics.lines.limits import within
from slalang.semantics.scope.collect import unders_exclude
from slalang.semantics.scope.kinds import of_kind
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.expressions import At
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence

VALUES: Final = ("within", "value", "amount")
EFFECTS: Final = ("stands_still", "excused", "left_out", *VALUES)
_FITS: Final = {
    "obligation": ("stands_still", "excused", "within"),
    "metric": ("left_out", "value"),
    "let": ("value",),
    "amount_rule": ("amount",),
    "exception": VALUES,
}
_WORDS: Final = {
    "stands_still": Text(en="a clock that stands still", zh="停计"),
    "excused": Text(en="an excuse", zh="免责"),
    "left_out": Text(en="leaving cases out", zh="不计入"),
    "within": Text(en="another limit", zh="另一期限"),
    "value": Text(en="another value", zh="另一个值"),
    "amount": Text(en="another amount", zh="另一金额"),
}
_COUNTED = Text(en="a share, count or the like", zh="占比、计数之类的指标")
_FORMULA = Text(
    en="keep the count in a metric of its own, and let the exception change a metric that is `= THAT`",
    zh="把统计写成单独的指标，另写一个 `= 该指标` 的指标，例外针对后者",
)
_METRIC = Text(en="name the metric that counts the cases", zh="请写出统计这些案件的指标")


def index(world: World) -> None:
    """Write down which exceptions there are to which rule; unknown targets, circles and misfits are reported."""
    for declared in [item for item in world.all_values() if item.kind == "exception"]:
        effects = [line for line in declared.sentence.children if line.kind in EFFECTS]
        fine = True
        for name in parts.names(declared.sentence, "targets"):
            targets = world.values.get(name.text)
            if not targets:
                known = [item.name for item in world.all_values() if item.kind in _FITS]
                near = candidates(name.text, known)
                world.collector.add(UnknownRule(name.span, name=name.text, near=near), ("value", name.text))
                continue
            world.used.add(("value", name.text))
            fine = _fits(world, declared, effects, targets[0]) and fine
            if fine:
                world.exceptions.setdefault(name.text, []).append(declared)
        requires.placed(world, declared)
        if fine:
            _whole(world, declared, effects)
    _circles(world)


def _fits(world: World, declared: Declared, effects: list[Sentence], target: Declared) -> bool:
    allowed = _FITS.get(target.kind, ())
    for line in effects:
        counts = line.kind == "value" and target.kind == "metric" and _counts(target)
        if line.kind not in allowed or counts:
            remedy = _METRIC if line.kind == "left_out" and target.kind == "obligation" else None
            found = OtherQuantity(
                line.span,
                effect=_WORDS[line.kind],
                target=target.name,
                found=_COUNTED if counts else of_kind(target.kind),
                remedy=_FORMULA if counts else remedy,
                declared=target.span,
            )
            world.collector.add(found)
            return False
    if not effects and target.kind != "exception":
        world.collector.add(NoEffect(declared.span, name=declared.name), ("effect", id(declared)))
        return False
    return True


def _counts(metric: Declared) -> bool:
    """Whether a metric is a bare share, count or the like: it has no value of its own that another could displace."""
    line = parts.child(metric.sentence, "value")
    return line is not None and isinstance(parts.expr(line, "value"), syn.Aggregate)


def _whole(world: World, declared: Declared, effects: list[Sentence]) -> None:
    values = [line for line in effects if line.kind in VALUES]
    for again in values[1:]:
        world.collector.add(TwoEffects(again.span))
    if (values or not effects) and _when(declared) is None:
        world.collector.add(NoCondition(declared.span, name=declared.name))


def _circles(world: World) -> None:
    graph = {name: [item.name for item in found] for name, found in world.exceptions.items()}
    done: set[str] = set()
    for start in graph:
        path = [start]
        while path[-1] not in done:
            following = next((name for name in graph.get(path[-1], []) if name not in done), None)
            if following is None:
                done.add(path.pop())
                if not path:
                    break
            elif following in path:
                circle = tuple(path[path.index(following) :])
                span = world.values[following][0].span
                world.collector.add(ExceptionCycle(span, path=circle), ("cycle", frozenset(circle)))
                for name in circle:
                    world.exceptions.pop(name, None)
                done.update(circle)
                break
            else:
                path.append(following)


def _when(declared: Declared) -> object:
    line = parts.child(declared.sentence, "when")
    if line is not None:
        return parts.expr(line, "condition")
    return parts.expr(declared.sentence, "when") or parts.expr(declared.sentence, "condition")


def _to(world: World, target: Declared, kind: str) -> list[tuple[Declared, Sentence]]:
    """The exceptions of a kind to a rule, other than those that stand under readings the rule does not."""
    found = [
        item for item in world.exceptions.get(target.name, []) if not unders_exclude(item.under, target.under)
    ]
    return [(item, line) for item in found for line in parts.children(item.sentence, kind)]


Way = tuple["Expr", tuple["Under", ...]]  # a condition, and the readings under which it is the one


def _guarded(world: World, declared: Declared, when: Expr, ctx: Context) -> list[Way]:
    """A condition less the carve-outs that exceptions to the exception state; one for each way to read which of them there are."""
    own = _when(declared)
    if own is not None:
        also = condition(world, own, ctx)  # type: ignore[arg-type]
        when = when if also is None else Op("and", (also, when), "bool")
    ways: list[Way] = [(when, declared.under)]
    for carve in world.exceptions.get(declared.name, []):
        if any(line.kind in EFFECTS for line in carve.sentence.children):
            continue
        node = _when(carve)
        but = condition(world, node, ctx) if node is not None else None  # type: ignore[arg-type]
        if but is not None:
            ways = [found for way in ways for found in _carved(world, way, but, carve.under)]
    return ways


def _carved(world: World, way: Way, but: Expr, under: tuple[Under, ...]) -> list[Way]:
    """A condition without what a carve-out takes away, where that is there; and the condition as it was, wherever it is not."""
    when, taken = way
    if unders_exclude(taken, under):
        return [way]
    found: list[Way] = []
    for one in under:
        if one in taken:
            continue
        reading = world.readings.get(one.reading)
        others = [option for option in (reading.options if reading else ()) if option != one.option]
        found += [(when, (*taken, Under(one.reading, option))) for option in others]
        taken = (*taken, one)
    return [(Op("and", (when, Op("not", (but,), "bool")), "bool"), taken), *found]


def standstills(world: World, target: Declared, ctx: Context) -> tuple[Standstill, ...]:
    """What stops the clock of an obligation; conditions are read as they run."""
    found = []
    for declared, line in _to(world, target, "stands_still"):
        node = parts.expr(line, "while")
        when = condition(world, node, ctx) if node is not None else None
        if when is not None:
            about = world.about(declared)
            ways = _guarded(world, declared, when, ctx)
            found += [Standstill(declared.name, guarded, about, under) for guarded, under in ways]
    return tuple(found)


def excuses(world: World, target: Declared, running: Context, case: Context) -> tuple[Excuse, ...]:
    """What excuses a breach: an excuse that extends is read as it runs, one that releases at the stated instant."""
    found = []
    for declared, line in _to(world, target, "excused"):
        effect = "extend" if parts.ident(line, "effect").startswith("ext") else "release"
        ctx = running if effect == "extend" else case
        node = parts.expr(line, "when")
        when = condition(world, node, ctx) if node is not None else None
        if when is None:
            continue
        at: At = case.at if case.at != "now" else "latest"
        about = world.about(declared)
        for guarded, under in _guarded(world, declared, when, ctx):
            needed = requires.duties(world, declared, guarded, case.entity)
            found.append(Excuse(declared.name, guarded, effect, at, about, under, needed))  # type: ignore[arg-type]
    return tuple(found)


def left_out(world: World, target: Declared, ctx: Context) -> tuple[LeaveOut, ...]:
    """What a metric leaves out by exceptions."""
    found = []
    for declared, line in _to(world, target, "left_out"):
        node = parts.expr(line, "when")
        when = condition(world, node, ctx) if node is not None else None
        if when is not None:
            about = world.about(declared)
            found += [
                LeaveOut(declared.name, one, about, under)
                for one, under in _guarded(world, declared, when, ctx)
            ]
    return tuple(found)


def overridden(world: World, target: Declared, base: Expr, kind: str, ctx: Context) -> Expr:
    """A value with the exceptions that displace it; exceptions to exceptions are nested. Without any it is the value."""
    overrides = _overrides(world, target, base, kind, ctx)
    return Default(target.name, target.clause, base, overrides, base.type) if overrides else base


def _overrides(world: World, target: Declared, base: Expr, kind: str, ctx: Context) -> tuple[Override, ...]:
    found = []
    for declared, line in _to(world, target, kind):
        node, test = parts.expr(line, "limit" if kind == "within" else "value"), _when(declared)
        if node is None or test is None:
            continue
        when = condition(world, test, ctx)  # type: ignore[arg-type]
        value = within(world, node, ctx) if kind == "within" else typed(world, node, ctx, base.type)
        if when is None or value is None:
            continue
        under = tuple((item.reading, item.option) for item in declared.under)
        inner = _overrides(world, declared, base, kind, ctx)
        found.append(Override(declared.name, declared.clause, when, value, inner, under))
    return tuple(found)
