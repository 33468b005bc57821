"""A verdict and all events go in; the events that can matter to its case alone, and what to trace for it, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.settings import Focus
from slalang.ir.facts import MemberFold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.events.event import Event
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict


def relevant(program: Program, verdict: Verdict, events: Iterable[Event]) -> list[Event]:
    """The events without those of other subjects of the same kind: a case of a ticket does not hang on other tickets.

    Where the contract folds over members of that kind, or the rule is no rule of a subject, all events are kept. Who
    evaluates over fewer events compares the verdict with the one it had (`explain.counterfactual.tried` does).
    """
    rule = next((item for item in program.obligations if item.name == verdict.rule), None)
    entity = rule.scope.entity if rule is not None and rule.scope.kind == "each" else ""
    folded = {signal.form.members for signal in program.signals if isinstance(signal.form, MemberFold)}
    if not entity or entity in folded:
        return list(events)
    own = {item.name for item in program.events if item.entity == entity}
    return [event for event in events if event.type not in own or event.subject == verdict.subject]


def on_verdict(verdict: Verdict) -> Focus:
    """The focus that traces exactly the case of a verdict."""
    period = verdict.period.label if verdict.period is not None else ""
    return Focus(verdict.rule, verdict.subject, verdict.instance, period, (), verdict.agreement)


def on_metric(value: MetricValue) -> Focus:
    """The focus that traces exactly one metric, key and period."""
    return Focus(value.rule, "", "", value.period.label, value.key, value.agreement)


def on_amount(line: LedgerLine) -> Focus:
    """The focus that traces exactly one amount."""
    return Focus(
        line.rule,
        line.subject,
        line.instance,
        line.period.label if line.period is not None else "",
        line.key,
        line.agreement,
    )
