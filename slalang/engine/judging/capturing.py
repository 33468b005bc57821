"""The rules of a version go in; what each case must keep from its trigger and discharge, because someone reads it later, is noted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.engine.cases.roles import reads_fields
from slalang.engine.compile.walk import signals_of
from slalang.ir.amounts import CaseFold, ShareMet
from slalang.ir.expressions import SignalAt
from slalang.ir.rules import ByDate, Within

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.world import World
    from slalang.ir.expressions import Expr


def prepare(world: World) -> None:
    """Find the readers of each rule: its own conditions, metrics over it, amounts for each breach of it."""
    for rule in world.rules:
        roots = _readers(world, rule)
        rule.keeps_trigger = rule.watched or reads_fields(roots, world, "trigger")
        rule.keeps_discharge = reads_fields(roots, world, "discharge")
        for node in signals_of(roots, world.program):
            if node.at in {"trigger", "discharge"}:
                if (
                    rule.ir.scope.schedule is not None
                ):  # judged by the period, after it: no case keeps the value
                    world.signals.track([node])
                key = (node.signal, node.via, node.at)
                reader = world.signals.reader(SignalAt(node.signal, node.type, "now", node.via))
                rule.captures.setdefault(node.at, []).append((key, reader))
                rule.captures_trigger = rule.captures_trigger or node.at == "trigger"
                rule.captures_discharge = rule.captures_discharge or node.at == "discharge"
            elif node.at in {"deadline", "period_end"}:
                world.signals.track([node])


def _readers(world: World, rule: Rule) -> list[Expr | None]:
    program, name = world.program, rule.ir.name
    ir = rule.ir
    roots: list[Expr | None] = [ir.scope.where, *(one.when for one in ir.excuses)]
    roots += [one.when for one in ir.clock.standstills]
    roots += [one.offset for one in ir.notices]
    if isinstance(ir.limit, Within):
        roots.append(ir.limit.limit)
        at = rule.policies.get("read_at", "trigger")
        roots += [
            replace(node, at=at)  # type: ignore[arg-type]
            for node in signals_of([ir.limit.limit], program)
            if node.at == "now" and node.signal not in ir.changes
        ]
    elif isinstance(ir.limit, ByDate):
        roots.append(ir.limit.value)
    for metric in program.metrics:
        if isinstance(metric.form, ShareMet | CaseFold) and name in metric.form.rules:
            roots += [one.when for one in metric.left_out]
            roots += [metric.form.value, metric.form.where] if isinstance(metric.form, CaseFold) else []
            at = next((one.choice for one in metric.policies if one.key == "read_at"), "latest")
            for dimension in metric.by:
                if dimension in world.signals.plans:
                    type_ = world.signals.plans[dimension].signal.type
                    roots.append(SignalAt(dimension, type_, at))  # type: ignore[arg-type]
    for amount in program.amounts:
        if amount.for_each == name:
            roots += [amount.when, amount.amount, *amount.at_most, *amount.at_least]
    return roots
