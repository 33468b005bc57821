"""A loaded run and what to explain go in; checked explanations, with their counterfactual where there is one, come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.diagnostics.suggest import candidates
from slalang.explain.checking import ensured
from slalang.explain.from_trace import explain_amount, explain_metric, explain_verdict
from slalang.ir.facts import MemberFold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.settings import Focus
    from slalang.events.event import Event
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.whole import Outcome
    from slalang.pipeline.running import Run


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations in the order of the outcome; how many more matched; and, when none did, names that were perhaps meant."""

    program: Program
    outcome: Outcome
    explanations: tuple[Explanation, ...]
    left_out: int
    there: tuple[str, ...]


def explained(run: Run, focus: Focus, most: int | None) -> Explained:
    """Evaluate with a trace of what `focus` names, and explain it."""
    outcome = run.outcome(focus, _needed(run, focus))
    programs = {item.program.version: item.program for item in run.versions}
    found: list[Explanation] = []
    matched = 0
    for verdict in outcome.verdicts:
        trace = next(
            (
                t
                for t in outcome.case_traces
                if (t.rule, t.subject, t.instance) == (verdict.rule, verdict.subject, verdict.instance)
            ),
            None,
        )
        if trace is not None:
            matched += 1
            if most is None or len(found) < most:
                found.append(
                    explain_verdict(programs.get(verdict.version, run.program), outcome, verdict, trace)
                )
    for value in outcome.metrics:
        metric = next(
            (
                t
                for t in outcome.metric_traces
                if (t.rule, t.key, t.period) == (value.rule, value.key, value.period.label)
            ),
            None,
        )
        if metric is not None:
            matched += 1
            if most is None or len(found) < most:
                found.append(explain_metric(programs.get(value.version, run.program), outcome, value, metric))
    for line in outcome.ledger:
        label = line.period.label if line.period else ""
        amount = next(
            (t for t in outcome.amount_traces if (t.rule, t.key, t.period) == (line.rule, line.key, label)),
            None,
        )
        if amount is not None:
            matched += 1
            if most is None or len(found) < most:
                found.append(explain_amount(programs.get(line.version, run.program), outcome, line, amount))
    names = [item.name for item in run.program.obligations]
    names += [item.name for item in run.program.metrics if not item.hidden]
    names += [item.name for item in run.program.amounts]
    subjects = sorted({verdict.subject for verdict in outcome.verdicts if verdict.rule == focus.rule})
    there = candidates(focus.subject, subjects) if focus.rule in names else candidates(focus.rule, names)
    return Explained(
        run.program, outcome, tuple(ensured(item) for item in found), matched - len(found), there
    )


def _needed(run: Run, focus: Focus) -> Iterable[Event] | None:
    """The events that can bear on one subject's verdict: its own and those of other kinds; None for all of them.

    Verdicts of a kind's other subjects have no say in it (model §1, swapping keys permutes results) unless some signal folds over them.
    """
    rule = next((item for item in run.program.obligations if item.name == focus.rule), None)
    if rule is None or not focus.subject or rule.scope.kind != "each":
        return None
    folded = {
        signal.form.members
        for version in run.versions
        for signal in version.program.signals
        if isinstance(signal.form, MemberFold)
    }
    if rule.scope.entity in folded:
        return None
    prefix = f"{rule.scope.entity}."
    return (
        event
        for event in run.loaded.events
        if event.subject == focus.subject or not event.type.startswith(prefix)
    )
