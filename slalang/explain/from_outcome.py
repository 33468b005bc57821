"""An outcome with traces goes in; the explanation of everything that was traced, each checked, comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from slalang.explain.checking import ensured
from slalang.explain.counterfactual import with_flip
from slalang.explain.flips.announcements import named
from slalang.explain.flips.payments import with_payment
from slalang.explain.flips.shares import has_flip, with_tier
from slalang.explain.focus import on_metric
from slalang.explain.from_trace import explain_amount, explain_metric, explain_verdict
from slalang.ir.expressions import MetricRef
from slalang.ir.rules import Within
from slalang.outcome.trace import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from slalang.engine.settings import Focus
    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.trace import AmountTrace, CaseTrace, MetricTrace, Value
    from slalang.outcome.whole import Outcome

    Line: TypeAlias = Verdict | MetricValue | LedgerLine


def explanations(
    program: Program,
    outcome: Outcome,
    events: Sequence[Event] = (),
    reevaluate: Reevaluate | None = None,
    *,
    about: Line | None = None,
    traced: Callable[[Focus], Outcome] | None = None,
) -> list[Explanation]:
    """What was traced, explained and worked out again: verdicts, then metrics, then amounts.

    Args:
        program: the version of the contract that the records name.
        outcome: an outcome with traces.
        events: what `reevaluate` changes some of.
        reevaluate: the changed events in, the outcome with them out; with it each explanation also says what would
            have changed it.
        about: the line that is meant, explained even where no trace of it is kept.
        traced: evaluates with another focus; with it an amount also says what more cases in time would have paid.

    Raises:
        Stop: `SLA-E0791`, a number in an explanation does not come out.
    """
    found = [
        _verdict(program, outcome, verdict, trace, events, reevaluate, traced)
        for verdict, trace in _pairs(outcome, about)
    ]
    for value, trace in _metrics(outcome, about):
        explanation = explain_metric(program, outcome, value, trace, events)
        if reevaluate is not None:
            explanation = with_tier(
                program, outcome, explanation, (value, trace), events=events, reevaluate=reevaluate
            )
        found.append(explanation)
    for line, amount in _amounts(outcome, about):
        explanation = explain_amount(program, outcome, line, amount)
        if reevaluate is not None:
            explanation = with_payment(outcome, explanation, line, events, reevaluate)
        read = _share_read(outcome, line, amount)
        if reevaluate is not None and traced is not None and read is not None:
            again = traced(on_metric(read))
            compared = [amount.value, *(one.condition for one in amount.considered)]
            pair = next(iter(_metrics(again, read)), None)
            if pair is not None:
                explanation = with_tier(
                    program,
                    again,
                    explanation,
                    pair,
                    events=events,
                    reevaluate=reevaluate,
                    evaluated=compared,
                )
        found.append(explanation)
    return [ensured(explanation) for explanation in found]


def verdict_of(outcome: Outcome, trace: CaseTrace) -> Verdict | None:
    """The verdict that a case's trace is about."""
    return next(
        (
            item
            for item in outcome.verdicts
            if (item.rule, item.subject, item.instance, item.agreement)
            == (trace.rule, trace.subject, trace.instance, trace.agreement)
        ),
        None,
    )


def _pairs(outcome: Outcome, about: Line | None) -> list[tuple[Verdict, CaseTrace | None]]:
    """The verdicts with their traces, and the one that was asked for where it has none."""
    found: list[tuple[Verdict, CaseTrace | None]] = []
    for trace in outcome.case_traces:
        verdict = verdict_of(outcome, trace)
        if verdict is not None:
            found.append((verdict, trace))
    if not found and about in outcome.verdicts:
        found += [(verdict, None) for verdict in outcome.verdicts if verdict == about]
    return found


def _verdict(
    program: Program,
    outcome: Outcome,
    verdict: Verdict,
    trace: CaseTrace | None,
    events: Sequence[Event],
    reevaluate: Reevaluate | None,
    traced: Callable[[Focus], Outcome] | None,
) -> Explanation:
    if trace is not None:
        trace = _announced(program, verdict, trace, events)
    explanation = explain_verdict(program, outcome, verdict, trace)
    if reevaluate is not None and traced is not None:
        for read in _figures(program, outcome, verdict):
            again = traced(on_metric(read))
            pair = next(iter(_metrics(again, read)), None)
            if pair is not None:
                told = with_tier(
                    program,
                    again,
                    explanation,
                    pair,
                    events=events,
                    reevaluate=reevaluate,
                    target=verdict.rule,
                    evaluated=[trace.occurrence.holds] if trace is not None and trace.occurrence else [],
                )
                if told is not explanation and has_flip(told):
                    return told
    return explanation if reevaluate is None else with_flip(program, explanation, events, reevaluate)


def _figures(program: Program, outcome: Outcome, verdict: Verdict) -> Iterator[MetricValue]:
    """The figures of its own period that a target is missed by."""
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    if rule is None or rule.modality != "target" or verdict.status != "broken":
        return
    names = set(named(rule.holds, "metric"))
    for item in outcome.metrics:
        same = (item.agreement, item.period) == (verdict.agreement, verdict.period)
        if item.rule in names and same and item.key == verdict.key:
            yield item


def _announced(program: Program, verdict: Verdict, trace: CaseTrace, events: Sequence[Event]) -> CaseTrace:
    """The trace of a duty to act before something happens, with the act: it came before there was a case to note it."""
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    if rule is None or not isinstance(rule.limit, Within) or rule.limit.direction != "before":
        return trace
    noted = {role.event for role in trace.roles}
    wanted = set(verdict.evidence) - noted
    more = [Role(one.id, one.type, one.time, "discharge") for one in events if one.id in wanted]
    return replace(trace, roles=(*more, *trace.roles))


def _share_read(outcome: Outcome, line: LedgerLine, trace: AmountTrace) -> MetricValue | None:
    """The one metric of the line's agreement and period that the amount read."""
    names = {
        name
        for value in (trace.value, *(item.condition for item in trace.considered))
        for name in _read(value)
    }
    same = [
        item
        for item in outcome.metrics
        if item.rule in names
        and (item.agreement, item.period) == (line.agreement, line.period)
        and item.key == line.key
    ]
    return same[0] if len(same) == 1 else None


def _read(value: Value | None) -> Iterator[str]:
    """The metrics that an evaluated expression read."""
    if value is None:
        return
    if isinstance(value.expr, MetricRef):
        yield value.expr.name
    inputs = [item for _, item in value.row.inputs] if value.row is not None else []
    for part in (*value.parts, *inputs):
        yield from _read(part)


def _metrics(outcome: Outcome, about: Line | None = None) -> list[tuple[MetricValue, MetricTrace]]:
    """The metrics with their traces; where several versions of the contract share a name, `about` says which is meant."""
    found = []
    for trace in outcome.metric_traces:
        same = [
            value
            for value in outcome.metrics
            if (value.rule, value.agreement, value.key, value.period.label)
            == (trace.rule, trace.agreement, trace.key, trace.period)
        ]
        found += [
            (value, trace) for value in same if value == about or (len(same) == 1 and about not in same)
        ]
    return found


def _amounts(outcome: Outcome, about: Line | None = None) -> list[tuple[LedgerLine, AmountTrace]]:
    """The ledger lines with their traces, paired as metrics are."""
    found = []
    for trace in outcome.amount_traces:
        same = [
            line
            for line in outcome.ledger
            if (
                line.rule,
                line.agreement,
                line.key,
                line.period.label if line.period else "",
                line.subject,
                line.instance,
                line.carried_from,
            )
            == (
                trace.rule,
                trace.agreement,
                trace.key,
                trace.period,
                trace.subject,
                trace.instance,
                trace.carried_from,
            )
        ]
        found += [(line, trace) for line in same if line == about or (len(same) == 1 and about not in same)]
    meant = [pair for pair in found if pair[0] == about]
    return meant or found
