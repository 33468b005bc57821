"""A verdict, metric or ledger line with its trace goes in; its explanation tree, without the counterfactual, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.parts.cases import (
    assumptions_part,
    choices_part,
    events_part,
    gaps_part,
    headline,
    limit_part,
    result_part,
    rule_part,
)
from slalang.explain.parts.clock import clock_part
from slalang.explain.parts.conditions import exceptions_parts
from slalang.explain.parts.days import dates_part
from slalang.explain.parts.figures import amount_root, metric_root
from slalang.explain.parts.lengthened import lengthened
from slalang.explain.parts.occurrences import occurrence_part
from slalang.explain.readings import in_force
from slalang.explain.tree import Explanation, Node, Word, node
from slalang.outcome.trace import CaseTrace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.events.event import Event
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.trace import AmountTrace, MetricTrace
    from slalang.outcome.whole import Outcome


def explain_verdict(
    program: Program, outcome: Outcome, verdict: Verdict, trace: CaseTrace | None = None
) -> Explanation:
    """The explanation of one verdict from the trace of its case; without one, from what the verdict itself carries."""
    program = in_force(program, outcome.receipt.readings)
    if trace is None:
        trace = bare(program, verdict)
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    case = (outcome.zone, outcome.as_of)
    applied, away = exceptions_parts(verdict, trace.considered, outcome.as_of)
    root = node(
        "verdict",
        rule_part(program, verdict, rule),
        events_part(trace, rule),
        occurrence_part(program, trace, rule),
        limit_part(program, trace, rule),
        None if trace.dates or trace.occurrence is not None else clock_part(trace, verdict.standstill),
        dates_part(program, trace, verdict, rule, case),
        gaps_part(verdict, outcome.as_of),
        result_part(verdict, rule, outcome.as_of, *lengthened(program, trace, verdict, rule, case)),
        applied,
        away,
        choices_part(trace),
        assumptions_part(verdict),
        _evidence(verdict.evidence),
        _version(outcome, verdict.version),
        rule=verdict.rule,
        subject=verdict.subject or verdict.agreement or None,
        period=Word(verdict.period.label, "period") if verdict.period is not None else None,
        headline=headline(verdict, outcome.as_of, rule),
        standing=Word("final" if verdict.final else "provisional", "said"),
        status=Word(verdict.status, "status"),
        clause=verdict.clause or None,
    )
    return Explanation(
        sort="verdict",
        rule=verdict.rule,
        subject=verdict.subject,
        contract=outcome.contract,
        version=verdict.version or outcome.version,
        zone=outcome.zone,
        as_of=outcome.as_of,
        root=root,
        readings=outcome.receipt.readings,
        verdict=verdict,
        trace=trace,
    )


def bare(program: Program, verdict: Verdict) -> CaseTrace:
    """The trace of a verdict that was evaluated without one: its policies only."""
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    policies = rule.policies if rule is not None else ()
    chosen = tuple((item.key, item.choice, item.stated_by) for item in policies)
    return CaseTrace(verdict.rule, verdict.subject, verdict.instance, (), (), (), (), (), chosen)


def explain_metric(
    program: Program,
    outcome: Outcome,
    value: MetricValue,
    trace: MetricTrace,
    events: Sequence[Event] = (),
) -> Explanation:
    """The explanation of one metric: what was counted, what was left out, and the division."""
    program = in_force(program, outcome.receipt.readings)
    root = metric_root(program, value, trace, _version(outcome, value.version), events)
    return _figure("metric", outcome, (value.rule, value.period.label), value.version, root)


def explain_amount(program: Program, outcome: Outcome, line: LedgerLine, trace: AmountTrace) -> Explanation:
    """The explanation of one ledger line: the formula with its numbers, caps, the one rounding, and the posting."""
    program = in_force(program, outcome.receipt.readings)
    root = amount_root(program, outcome, line, trace, _version(outcome, line.version))
    return _figure(
        "amount", outcome, (line.rule, line.period.label if line.period else ""), line.version, root
    )


def _figure(sort: str, outcome: Outcome, named: tuple[str, str], version: str, root: Node) -> Explanation:
    return Explanation(
        sort=sort,
        rule=named[0],
        subject=named[1],
        contract=outcome.contract,
        version=version or outcome.version,
        zone=outcome.zone,
        as_of=outcome.as_of,
        root=root,
        readings=outcome.receipt.readings,
    )


def _evidence(ids: tuple[str, ...]) -> Node | None:
    return Node("evidence", (("ids", ids),), (), ids) if ids else None


def _version(outcome: Outcome, version: str) -> Node:
    return node("version", contract=outcome.contract, version=version or outcome.version, zone=outcome.zone)
