"""An explained share (or an amount that hangs on it) and the events go in; the fewest late cases that would have changed it, tried out, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.explain.flips.candidates import in_time
from slalang.explain.flips.downtime import shortened
from slalang.explain.flips.tiers import bounds, more_in_time
from slalang.explain.readings import in_force
from slalang.explain.tree import Node, duration, node
from slalang.ir.amounts import Formula, ShareMet, TimeOf
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.trace import MetricTrace
    from slalang.outcome.whole import Outcome

MOST_NAMED = 10
MOST_CASES = 200  # more late cases than this are told, not tried


def with_tier(
    program: Program,
    outcome: Outcome,
    explanation: Explanation,
    about: tuple[MetricValue, MetricTrace],
    *,
    events: Iterable[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation with a last part: how many more cases in time would have reached the next tier, evaluated again.

    `outcome` must hold the verdicts that the metric's trace names. Shares that are not met ÷ all are given back as they are.
    """
    value, trace = about
    program = in_force(program, explanation.readings)
    rule = next((item for item in program.metrics if item.name == value.rule), None)
    if rule is not None and isinstance(rule.form, Formula | TimeOf):
        return _less_down(program, outcome, explanation, value, list(events), reevaluate)
    if rule is None or not isinstance(rule.form, ShareMet) or rule.form.pooling != "verdicts_pooled":
        return explanation
    if value.numerator is None or value.denominator is None or value.denominator.denominator != 1:
        return explanation
    met, total = int(value.numerator), int(value.denominator)
    tiers = bounds(program, value.rule)
    if not tiers:
        return explanation  # nothing in the contract compares it with anything
    count = more_in_time(met, total, tiers)
    if count is None:
        why = Text("the contract knows no better tier", "合同中没有更好的一档")
        return explanation.adding(node("flip", node("flip.nothing", why=why)))
    bad = [item for item in trace.members if item[3] in rule.form.not_met]
    misses = _verdicts(outcome, bad)
    changed = _changed(program, misses, {event.id: event for event in events}, count)
    words = _words(count, met, total)
    if changed is None or count > MOST_CASES:
        why = Text(
            f"{count:,} late cases would have to be in time, which is more than can be tried",
            f"须有 {count:,} 件迟延案件改为及时，数量过多，未逐一重新评定",
        )
        return explanation.adding(node("flip", node("flip.nothing", why=why)))
    after = reevaluate(tuple(event for _, event in changed))
    checked = _checked(outcome, after, value, Fraction(met + count, total))
    if checked is None:
        return explanation.adding(node("flip", node("flip.none", tried=(words,))))
    return explanation.adding(node("flip", Node(words.kind, words.args, (_which(changed), *checked))))


def _less_down(
    program: Program,
    outcome: Outcome,
    explanation: Explanation,
    value: MetricValue,
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation with how much shorter outages would have reached the next tier, evaluated again."""
    for attempt in shortened(program, value, events):
        after = reevaluate(tuple(change.event for change in attempt.changes))
        again = _again(after, value)
        if again is None or again.value is None or not attempt.reached(again.value.value):
            continue
        rows = [Node(one.words.kind, one.words.args, (), (one.event.id,)) for one in attempt.changes]
        share = node("flip.share", name=value.rule, value=again.value)
        words = node(
            "flip.down",
            *rows,
            share,
            *_amounts(outcome, after),
            by=duration(attempt.by),
            now=value.value,
            then=again.value,
        )
        return explanation.adding(node("flip", words))
    return explanation


def _words(count: int, met: int, total: int) -> Node:
    return node(
        "flip.cases",
        count=count,
        met=met,
        met_then=met + count,
        total=total,
        now=Quantity("ratio", Fraction(met, total)),
        then=Quantity("ratio", Fraction(met + count, total)),
    )


def _which(changed: list[tuple[Verdict, Event]]) -> Node:
    """The cases that were moved into time, the narrowest misses."""
    items = tuple(
        node(
            "flip.miss",
            rule=verdict.rule,
            subject=verdict.subject,
            over=None if verdict.margin is None else Quantity(verdict.margin.type, -verdict.margin.value),
        )
        for verdict, _ in changed[:MOST_NAMED]
    )
    more = len(changed) - len(items)
    return node("flip.which", items=items, more=more or None, ids=tuple(event.id for _, event in changed))


def _verdicts(outcome: Outcome, members: list[tuple[str, str, str, str]]) -> list[Verdict]:
    """The verdicts of the members, the one that missed by least first."""
    wanted = {(rule, subject, instance) for rule, subject, instance, _ in members}
    found = [item for item in outcome.verdicts if (item.rule, item.subject, item.instance) in wanted]
    return sorted(
        found, key=lambda item: (item.margin is None, -item.margin.value if item.margin else 0, item.subject)
    )


def _changed(
    program: Program, verdicts: list[Verdict], events: dict[str, Event], count: int
) -> list[tuple[Verdict, Event]] | None:
    """The discharges of the `count` narrowest misses at (or, where the limit is strict, just before) their deadlines."""
    found: list[tuple[Verdict, Event]] = []
    for verdict in verdicts:
        if len(found) == count:
            break
        done = next(
            (
                events[id_]
                for id_ in verdict.evidence
                if id_ in events and events[id_].time == verdict.discharged_at
            ),
            None,
        )
        if done is None and verdict.discharged_at is not None:
            continue
        options = list(in_time(program, verdict, done))
        if options:
            # The last option is just before the deadline: it serves strict and inclusive limits alike.
            found.append((verdict, options[-1].event))
    return found if len(found) == count else None


def _checked(
    outcome: Outcome, after: Outcome, value: MetricValue, wanted: Fraction
) -> tuple[Node, ...] | None:
    """The share as it was evaluated again, which must be what was worked out, and the amounts that it changed."""
    again = _again(after, value)
    if again is None or again.value is None or again.value.value != wanted:
        return None
    return (node("flip.share", name=value.rule, value=again.value), *_amounts(outcome, after))


def _again(after: Outcome, value: MetricValue) -> MetricValue | None:
    """The same metric in another outcome."""
    return next(
        (
            item
            for item in after.metrics
            if (item.rule, item.agreement, item.key, item.period)
            == (value.rule, value.agreement, value.key, value.period)
        ),
        None,
    )


def _amounts(outcome: Outcome, after: Outcome) -> tuple[Node, ...]:
    """The amounts that are others after a change."""
    found = []
    now = {_name(line): line.amount for line in outcome.ledger}
    then = {_name(line): line for line in after.ledger}
    for name, amount in now.items():
        line = then.get(name)
        if amount is not None and (line is None or line.amount != amount):
            unit = name[-1]
            if line is None:
                found.append(node("flip.no_amount", name=name[0], now=Quantity(f"amount:{unit}", amount)))
            elif line.amount is not None:
                found.append(
                    node(
                        "flip.amount",
                        name=name[0],
                        now=Quantity(f"amount:{unit}", amount),
                        then=Quantity(f"amount:{unit}", line.amount),
                    )
                )
    return tuple(found)


def _name(line: LedgerLine) -> tuple[str, str, object, object, str, str]:
    period = line.period.label if line.period is not None else ""
    return (line.rule, line.agreement, line.key, period, line.debtor, line.unit)
