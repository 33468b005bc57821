"""An outcome with traces goes in; the explanation of everything that was traced, each checked, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.checking import ensured
from slalang.explain.counterfactual import with_flip
from slalang.explain.flips.shares import with_tier
from slalang.explain.from_trace import explain_amount, explain_metric, explain_verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.trace import AmountTrace, CaseTrace, MetricTrace
    from slalang.outcome.whole import Outcome


def explanations(
    program: Program, outcome: Outcome, events: Sequence[Event] = (), reevaluate: Reevaluate | None = None
) -> list[Explanation]:
    """What was traced, explained and worked out again: verdicts, then metrics, then amounts.

    With `reevaluate` (the changed events in, the outcome with them out) each also says what would have changed it.

    Raises:
        Stop: `SLA-E0791`, a number in an explanation does not come out.
    """
    found = [*_verdicts(program, outcome, events, reevaluate)]
    metrics = list(_metrics(outcome))
    for value, trace in metrics:
        explanation = explain_metric(program, outcome, value, trace)
        if reevaluate is not None:
            explanation = with_tier(
                program, outcome, explanation, (value, trace), events=events, reevaluate=reevaluate
            )
        found.append(ensured(explanation))
    for line, amount in _amounts(outcome):
        explanation = explain_amount(program, outcome, line, amount)
        read = [
            pair for pair in metrics if pair[0].agreement == line.agreement and pair[0].period == line.period
        ]
        if reevaluate is not None and len(read) == 1:
            explanation = with_tier(
                program, outcome, explanation, read[0], events=events, reevaluate=reevaluate
            )
        found.append(ensured(explanation))
    return found


def verdict_of(outcome: Outcome, trace: CaseTrace) -> Verdict | None:
    """The verdict that a case's trace is about."""
    return next(
        (
            item
            for item in outcome.verdicts
            if (item.rule, item.subject, item.instance) == (trace.rule, trace.subject, trace.instance)
        ),
        None,
    )


def _verdicts(
    program: Program, outcome: Outcome, events: Sequence[Event], reevaluate: Reevaluate | None
) -> list[Explanation]:
    found = []
    for trace in outcome.case_traces:
        verdict = verdict_of(outcome, trace)
        if verdict is None:
            continue
        explanation = explain_verdict(program, outcome, verdict, trace)
        if reevaluate is not None:
            explanation = with_flip(program, explanation, events, reevaluate)
        found.append(ensured(explanation))
    return found


def _metrics(outcome: Outcome) -> list[tuple[MetricValue, MetricTrace]]:
    return [
        (value, trace)
        for trace in outcome.metric_traces
        for value in outcome.metrics
        if (value.rule, value.key, value.period.label) == (trace.rule, trace.key, trace.period)
    ]


def _amounts(outcome: Outcome) -> list[tuple[LedgerLine, AmountTrace]]:
    return [
        (line, trace)
        for trace in outcome.amount_traces
        for line in outcome.ledger
        if (line.rule, line.key, line.period.label if line.period else "")
        == (trace.rule, trace.key, trace.period)
    ]
