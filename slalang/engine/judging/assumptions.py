"""A rule goes in; the open words, chosen readings and stated assumptions that its verdicts rest on come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.compile.constants import Civil, as_plain
from slalang.engine.compile.environment import Env
from slalang.engine.undetermined import Undetermined
from slalang.ir.expressions import MetricRef, Named, Param, TableLookup
from slalang.ir.rules import ByDate, Within
from slalang.outcome.records import Assumption
from slalang.values import civil
from slalang.values import duration as durations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.cases.rule import Rule
    from slalang.engine.world import World
    from slalang.ir.amounts import Metric
    from slalang.ir.expressions import Expr, Ty
    from slalang.ir.rules import Excuse, Standstill, Under


def _written(type_: Ty, value: object) -> str:
    """An open word's value as an outcome holds it: lengths of time in ISO 8601, ratios in per cent, everything else as it is."""
    if type_ == "ratio" and isinstance(value, int | Fraction):
        return f"{as_plain(value * 100)}%"
    if isinstance(value, Civil):
        return civil.format(value.months, value.days)
    return durations.format(value) if type_ == "duration" and isinstance(value, int) else str(as_plain(value))


def assumed(world: World, rule: Rule, agreement: str) -> tuple[Assumption, ...]:
    """Each once: what the rule states, the readings it exists under, the open words it reads."""
    ir = rule.ir
    found = [Assumption("stated", "", text) for text in ir.about.assumptions]
    roots: list[Expr | None] = [ir.scope.where, ir.holds]
    unders: list[Under] = list(ir.under)
    if isinstance(ir.limit, Within):
        roots.append(ir.limit.limit)
    elif isinstance(ir.limit, ByDate):
        roots.append(ir.limit.value)
    pauses: tuple[Standstill | Excuse, ...] = (*ir.clock.standstills, *ir.excuses)
    for one in pauses:
        if world.applies(one.under):
            roots.append(one.when)
            unders += one.under
    patterns = (ir.trigger, ir.starts, ir.discharge, ir.void_when)
    roots += [match.where for one in patterns if one is not None for match in one.any_of]
    nodes = world.nodes(roots)
    unders += [
        under for node in nodes if isinstance(node, TableLookup) for under in world.table(node.table).under
    ]
    names = {node.name for node in nodes if isinstance(node, Named)}
    unders += [
        under
        for one in world.program.definitions
        if one.name in names and world.applies(one.under)
        for under in one.under
    ]
    for metric in _metrics(world, nodes):
        unders += metric.under
        found += [Assumption("stated", "", text) for text in metric.about.assumptions]
    found = list(dict.fromkeys(found))
    for under in dict.fromkeys(unders):
        reading = next((one for one in world.program.readings if one.name == under.reading), None)
        because = reading.because if reading is not None and reading.chosen == under.option else ""
        found.append(Assumption("reading", under.reading, under.option, because))
    words = {one.name: one for one in world.program.parameters if one.open_word}
    env = Env()
    env.agreement = agreement
    for name in dict.fromkeys(node.name for node in nodes if isinstance(node, Param) and node.name in words):
        try:
            value = _written(words[name].type, world.agreed.value(name, env))
        except Undetermined as unknown:
            value = unknown.reason
        found.append(Assumption("open_word", name, value, words[name].about.text))
    return tuple(found)


def _metrics(world: World, nodes: Iterable[Expr]) -> list[Metric]:
    """The figures that a target compares, and those that they are made of."""
    todo = [node.name for node in nodes if isinstance(node, MetricRef)]
    found: dict[str, Metric] = {}
    while todo:
        name = todo.pop(0)
        for one in world.program.metrics:
            if one.name == name and name not in found and world.applies(one.under):
                found[name] = one
                todo += [
                    read.removeprefix("metric:") for read in one.shape.reads if read.startswith("metric:")
                ]
    return list(found.values())
