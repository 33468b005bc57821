"""A contract, a rule and an opening go in; the explained verdict of that case as of its deadline comes out: due when, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import open_source
from slalang.diagnostics.suggest import candidates
from slalang.engine.settings import Focus
from slalang.explain.checking import ensured
from slalang.explain.from_trace import explain_verdict
from slalang.pipeline.asking import one_line
from slalang.pipeline.errors import NoTrigger, RuleUnknown
from slalang.pipeline.journey import library, program_of
from slalang.pipeline.scenarios import evaluated
from slalang.semantics.settings import facts
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.whole import Outcome

SUBJECT = "case"


def due(
    path: str, rule: str, at: str, fields: Sequence[str], settings: Sequence[str], as_of: str | None
) -> tuple[Program, Outcome, Explanation]:
    """Open one case and explain what it owes.

    Args:
        path: the contract.
        rule: an obligation that an event of a subject triggers.
        at: local date-time of the opening, `2026-03-06 16:00`.
        fields: `FIELD=VALUE` of the opening event.
        settings: `NAME=VALUE` of parameters.
        as_of: local date-time of the question; the deadline when None (the opening where it has none, or is strict).

    Raises:
        Stop: unknown rule, an opening that cannot be read, a field or setting that does not fit.
    """
    one_line([at, *fields, *settings, *([] if as_of is None else [as_of])])
    program = program_of(path).program
    found = _rule(program, rule)
    entity, verb = _trigger(found)
    told = ", ".join(text.replace("=", " ", 1) for text in fields)
    lines = ['scenario "clock"', *(f"  with {text.replace('=', ' = ', 1)}" for text in settings), "  given"]
    lines.append(f"    {at} {entity} {SUBJECT} {verb} {told}".rstrip())
    lines.append(f"  as of {as_of or at}")
    collector = Collector()
    typed = parse(SourceFile("clock", "\n".join(lines) + "\n"), collector)
    document = parse(open_source(path), Collector())
    scenario = facts(document, lambda name: library(name, Collector()), typed, collector)
    if scenario is None or collector.has_errors:
        raise Stop(*(item for item in collector.sorted() if item.severity == "error"))
    outcome = evaluated(program, scenario, Focus(found.name))
    verdict = next((item for item in outcome.verdicts if item.rule == found.name), None)
    if verdict is not None and as_of is None and verdict.deadline is not None and not verdict.limit_strict:
        # Seen from its deadline the case shows every stretch that counts up to it: that is why it is due then.
        outcome = evaluated(program, replace(scenario, as_of=verdict.deadline), Focus(found.name))
        verdict = next((item for item in outcome.verdicts if item.rule == found.name), None)
    trace = next((item for item in outcome.case_traces if item.rule == found.name), None)
    if verdict is None or trace is None:
        raise Stop(NoTrigger(None, rule=found.name, event=f"{entity}.{verb}"))
    return program, outcome, ensured(explain_verdict(program, outcome, verdict, trace))


def _rule(program: Program, name: str) -> Obligation:
    """The obligation of that name; of several under different readings the one that the contract chose."""
    chosen = {reading.name: reading.chosen for reading in program.readings}
    named = [item for item in program.obligations if item.name == name]
    for item in named:
        if all(chosen.get(under.reading) == under.option for under in item.under):
            return item
    names = [item.name for item in program.obligations]
    raise Stop(RuleUnknown(None, rule=name, near=candidates(name, names)))


def _trigger(rule: Obligation) -> tuple[str, str]:
    if rule.trigger is None or not rule.trigger.any_of:
        raise Stop(NoTrigger(None, rule=rule.name, event=""))
    entity, _, verb = rule.trigger.any_of[0].type.partition(".")
    return entity, verb
