"""A target on metrics and a period go in; its verdict comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import as_quantity
from slalang.engine.judging.traced.occurrences import of_target
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.expressions import MetricRef, Op
from slalang.outcome.records import Verdict

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.metrics.keys import Key
    from slalang.engine.world import World
    from slalang.ir.rules import Status
    from slalang.outcome.records import Period, Quantity
    from slalang.outcome.trace import Value


def target_verdict(world: World, rule: Rule, agreement: str, key: Key, period: Period) -> Verdict:
    """Met or broken when the period is over, pending before; undetermined where the metric is."""
    results, env, ir = world.results, world.env, rule.ir
    kept = (env.subject, env.agreement, env.period, env.key, env.case, env.verdict, env.event)
    env.subject = env.case = env.verdict = env.event = None
    env.agreement, env.period, env.key = agreement, period, dict(key)
    status: Status
    read: Value | None = None
    reason = ""
    measure = limit = margin = None
    try:
        assert rule.holds is not None
        env.record = [] if results.focus is not None and results.focus.rule == ir.name else None
        holds = bool(rule.holds(env))
        read, env.record = (env.record[-1] if env.record else None), None
        over = period.end <= results.as_of
        status = ("met" if holds else "broken") if over else "pending"
        measure, limit, margin = _figures(world, rule)
    except Undetermined as unknown:
        status, reason = "undetermined", unknown.reason
    except Nothing:
        status, reason = "void", "no_limit"
    finally:
        env.record = None
        (env.subject, env.agreement, env.period, env.key, env.case, env.verdict, env.event) = kept
    inputs = [node for node in world.nodes([ir.holds]) if isinstance(node, MetricRef)]
    settled = all(results.is_final(node.name, agreement, dict(key), period, node.back) for node in inputs)
    verdict = Verdict(
        rule=ir.name,
        clause=ir.about.clause,
        agreement=agreement,
        subject=" ".join(value for _, value in key),
        instance=period.label,
        period=period,
        status=status,
        final=settled and period.end <= results.as_of,
        debtor=ir.debtor,
        creditor=ir.creditor,
        measure=measure,
        limit=limit,
        limit_strict=False,
        margin=margin,
        start=period.start,
        deadline=period.end,
        deadline_if_resumed_now=None,
        discharged_at=None,
        breached_at=period.end if status == "broken" else None,
        assumptions=world.assumptions(rule, agreement),
        reason=reason,
        version=world.program.version,
        key=key,
    )
    if results.focus is not None and results.focus_on_verdict(verdict):
        results.occurrence_traces.append(of_target(rule, verdict, read))
    return verdict


def _figures(world: World, rule: Rule) -> tuple[Quantity | None, Quantity | None, Quantity | None]:
    """Both sides of the comparison, and by how much it holds (negative: fails)."""
    holds = rule.ir.holds
    if not isinstance(holds, Op) or holds.op not in {"<", "<=", ">", ">="}:
        return None, None, None
    left, right = holds.args
    values: list[Any] = [world.compiler.expr(side)(world.env) for side in (left, right)]
    if not all(isinstance(one, int | Fraction) and not isinstance(one, bool) for one in values):
        return None, None, None
    margin = values[0] - values[1] if holds.op in {">", ">="} else values[1] - values[0]
    return (
        as_quantity(left.type, values[0]),
        as_quantity(right.type, values[1]),
        as_quantity(left.type, Fraction(margin)),
    )
