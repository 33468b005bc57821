"""A loaded run and what to explain go in; checked explanations, with the change that would have flipped each, come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from slalang.diagnostics.suggest import candidates
from slalang.explain.checking import ensured
from slalang.explain.counterfactual import substituted
from slalang.explain.flips.rights import with_less
from slalang.explain.focus import on_amount, on_metric, on_verdict, relevant
from slalang.explain.from_outcome import explanations
from slalang.explain.from_right import explain_right
from slalang.explain.right_flips import with_right_flip
from slalang.outcome.records import LedgerLine, MetricValue, RightState, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.engine.settings import Focus
    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.whole import Outcome
    from slalang.pipeline.running import Run

Line: TypeAlias = "Verdict | MetricValue | LedgerLine | RightState"


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations in the order of the outcome; how many more matched; and, when none did, names that were perhaps meant."""

    program: Program
    outcome: Outcome
    explanations: tuple[Explanation, ...]
    left_out: int
    there: tuple[str, ...]


def explained(run: Run, focus: Focus, most: int | None, outcome: Outcome | None = None) -> Explained:
    """Explain what `focus` names; `outcome` is that of the whole run, where it is at hand already."""
    events = list(run.loaded.events)
    whole = outcome if outcome is not None else run.outcome(events=events)
    lines: list[Line] = [*whole.verdicts, *whole.metrics, *whole.ledger, *whole.rights]
    matching = [line for line in lines if _is(line, focus)]
    chosen = matching if most is None else matching[:most]
    found = [item for line in chosen for item in one(run, line, events, whole)]
    return Explained(
        run.program, whole, tuple(found), len(matching) - len(chosen), _there(run.program, whole, focus)
    )


def one(run: Run, line: Line, events: Sequence[Event], whole: Outcome) -> list[Explanation]:
    """Evaluate again with a trace of one line, over the events that can bear on it, and explain it; a right needs no trace."""
    programs = {item.program.version: item.program for item in run.versions}
    program = programs.get(line.version, run.program)
    if isinstance(line, RightState):
        told = explain_right(program, whole, line, events)
        again: Reevaluate = lambda changed: run.outcome(None, substituted(events, changed))  # noqa: E731 - a door
        if line.status == "exercisable":
            return [ensured(with_less(program, told, line, events, again))]
        return [ensured(with_right_flip(program, told, line, events, lambda facts: run.outcome(None, facts)))]
    facts: Sequence[Event] = relevant(program, line, events) if isinstance(line, Verdict) else events
    traced = run.outcome(_focus(line), facts)
    if isinstance(line, Verdict) and not any(_same(line, verdict) for verdict in traced.verdicts):
        facts, traced = events, run.outcome(_focus(line), events)
    return explanations(
        program,
        traced,
        facts,
        lambda changed: run.outcome(None, substituted(facts, changed)),
        about=line,
        traced=lambda focus: run.outcome(focus, facts),
    )


def _focus(line: Verdict | MetricValue | LedgerLine) -> Focus:
    match line:
        case Verdict():
            return on_verdict(line)
        case MetricValue():
            return on_metric(line)
        case LedgerLine():
            return on_amount(line)


def _is(line: Line, focus: Focus) -> bool:
    held = getattr(line, "period", None)
    period = held.label if held is not None else ""
    names = {line.agreement, getattr(line, "subject", ""), *(value for _, value in getattr(line, "key", ()))}
    return (
        line.rule == focus.rule
        and focus.subject in ("", *names)
        and focus.instance in ("", getattr(line, "instance", ""))
        and focus.period in ("", period)
        and focus.agreement in ("", line.agreement)
    )


def _same(one_: Verdict, other: Verdict) -> bool:
    """Whether fewer events gave the same verdict: then they were all that mattered."""
    return (one_.rule, one_.subject, one_.instance, one_.status, one_.margin, one_.deadline) == (
        other.rule,
        other.subject,
        other.instance,
        other.status,
        other.margin,
        other.deadline,
    )


def _there(program: Program, outcome: Outcome, focus: Focus) -> tuple[str, ...]:
    names = [item.name for item in program.obligations]
    names += [item.name for item in program.metrics if not item.hidden]
    names += [item.name for item in program.amounts]
    names += [item.name for item in program.rights]
    if focus.rule not in names:
        return candidates(focus.rule, names)
    return candidates(
        focus.subject, sorted({item.subject for item in outcome.verdicts if item.rule == focus.rule})
    )
