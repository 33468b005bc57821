"""An explained share (or an amount that hangs on it) and the events go in; the fewest late cases that would have changed it, tried out, come out."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.explain.flips.candidates import in_time
from slalang.explain.flips.downtime import halved, passed, shortened, spread
from slalang.explain.flips.folds import attempts
from slalang.explain.flips.tiers import bounds, more_in_time
from slalang.explain.parts.cases import BREACHED
from slalang.explain.readings import in_force
from slalang.explain.tree import Node, duration, node
from slalang.ir.amounts import CaseFold, EventFold, Formula, ShareMet, TimeOf
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.flips.candidates import Candidate
    from slalang.explain.flips.downtime import Shortened
    from slalang.explain.flips.tiers import Bound
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.trace import MetricTrace, Value
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
    target: str = "",
    evaluated: Iterable[Value | None] = (),
) -> Explanation:
    """The explanation with a last part: how many more cases in time would have reached the next tier, evaluated again.

    `target`: only the figure of this target counts, not those of tables, amounts and rights. `evaluated`: comparisons that were made.

    `outcome` must hold the verdicts that the metric's trace names. Shares that are not met ÷ all are given back as they are.
    """
    value, trace = about
    program = in_force(program, explanation.readings)
    rule = next((item for item in program.metrics if item.name == value.rule), None)
    tiers = bounds(program, value.rule, target, evaluated)
    if rule is not None and isinstance(rule.form, Formula | TimeOf):
        return _less_down(program, outcome, explanation, value, tiers, list(events), reevaluate)
    if rule is not None and isinstance(rule.form, CaseFold | EventFold):
        return _folded(program, outcome, explanation, about, tiers, list(events), reevaluate)
    if rule is not None and isinstance(rule.form, ShareMet) and rule.form.pooling != "verdicts_pooled":
        return _searched(program, outcome, explanation, about, tiers, list(events), reevaluate)
    if rule is None or not isinstance(rule.form, ShareMet):
        return explanation
    if value.numerator is None or value.denominator is None or value.denominator.denominator != 1:
        return explanation
    met, total = int(value.numerator), int(value.denominator)
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


def has_flip(explanation: Explanation) -> bool:
    """Whether a change was found that was evaluated again, and does."""
    last = explanation.root.children[-1]
    return last.kind == "flip" and last.children[0].kind not in {"flip.nothing", "flip.none"}


def _less_down(
    program: Program,
    outcome: Outcome,
    explanation: Explanation,
    value: MetricValue,
    tiers: list[Bound],
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation with how much shorter outages would have reached the next tier, evaluated again."""
    for attempt in _ways(program, value, tiers, events, reevaluate):
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


def _folded(
    program: Program,
    outcome: Outcome,
    explanation: Explanation,
    about: tuple[MetricValue, MetricTrace],
    tiers: list[Bound],
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation with the fewest changes that bring a count, sum, mean, percentile or extreme to the next figure, evaluated again."""
    value, trace = about
    for attempt in attempts(program, value, tiers, _verdicts(outcome, list(trace.members)), events):
        after = reevaluate(tuple(change.event for change in attempt.changes))
        again = _again(after, value)
        if again is None or again.value is None or not attempt.reached(Fraction(again.value.value)):
            continue
        return explanation.adding(node("flip", _several(attempt.changes, outcome, after, value, again)))
    return explanation


def _several(
    changes: Sequence[Candidate], outcome: Outcome, after: Outcome, value: MetricValue, again: MetricValue
) -> Node:
    rows = [Node(one.words.kind, one.words.args, (), (one.event.id,)) for one in changes]
    named = [*dict.fromkeys(rows)] if all(one.sort == "added" for one in changes) else rows
    more = len(named) - MOST_NAMED
    cut = [node("flip.others", count=more)] if more > 0 else []
    share = node("flip.share", name=value.rule, value=again.value)
    return node(
        "flip.figure",
        *named[:MOST_NAMED],
        *cut,
        share,
        *_amounts(outcome, after),
        count=len(changes),
        now=value.value,
        then=again.value,
    )


def _searched(
    program: Program,
    outcome: Outcome,
    explanation: Explanation,
    about: tuple[MetricValue, MetricTrace],
    tiers: list[Bound],
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """A share over cases or groups: the narrowest misses are taken one more at a time, by halves, until it passes the next figure."""
    value, trace = about
    if value.value is None:
        return explanation
    share = Fraction(value.value.value)
    above = next((one for one in tiers if not passed(share, one)), None)
    misses = [one for one in _verdicts(outcome, list(trace.members)) if one.status in BREACHED]
    known = {event.id: event for event in events}
    if above is None or not misses:
        return explanation
    found: tuple[list[tuple[Verdict, Event]], Outcome, MetricValue] | None = None
    least, most = 1, min(len(misses), MOST_CASES)
    while least <= most:
        count = (least + most) // 2
        changed = _changed(program, misses, known, count)
        after = None if changed is None else reevaluate(tuple(event for _, event in changed))
        again = None if after is None else _again(after, value)
        if changed and after and again and again.value and passed(Fraction(again.value.value), above):
            found, most = (changed, after, again), count - 1
        else:
            least = count + 1
    if found is None:
        return explanation
    changed, after, again = found
    words = node("flip.figure", _which(changed), node("flip.share", name=value.rule, value=again.value),
                 *_amounts(outcome, after), count=len(changed), now=value.value, then=again.value)  # fmt: skip
    return explanation.adding(node("flip", words))


def _ways(
    program: Program,
    value: MetricValue,
    tiers: list[Bound],
    events: Sequence[Event],
    reevaluate: Reevaluate,
) -> Iterator[Shortened]:
    """One outage that is shorter; failing that the fewest together of those that move the figure, more of them where they overlap."""
    found = shortened(program, value, tiers, events)
    yield from found
    above = next((one for one in tiers if value.value and not passed(Fraction(value.value.value), one)), None)
    if value.value is None or above is None:
        return
    share, length = Fraction(value.value.value), value.period.end - value.period.start
    counting = {
        event.id
        for event in halved(program, value, events)
        if (one := _again(reevaluate((event,)), value)) is not None and one.value and one.value.value > share
    }
    by = ceil((above.value - share) * length)
    for least in range(1, len(counting) + 1):
        way = spread(program, value, above, events, by=by, counting=counting, least=least)
        if way is not None:
            yield way


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
    said = Counter(name[0] for name in now)
    then = {_name(line): line for line in after.ledger}
    for name, amount in now.items():
        line = then.get(name)
        if amount is not None and (line is None or line.amount != amount):
            unit = name[-1]
            if line is None:
                found.append(
                    node("flip.no_amount", name=_told(name, said), now=Quantity(f"amount:{unit}", amount))
                )
            elif line.amount is not None:
                found.append(
                    node(
                        "flip.amount",
                        name=_told(name, said),
                        now=Quantity(f"amount:{unit}", amount),
                        then=Quantity(f"amount:{unit}", line.amount),
                    )
                )
    return tuple(found)


def _told(name: tuple[str, str, object, object, str, str], said: Counter[str]) -> str:
    """The rule, and where it has several amounts the period."""
    return f"{name[0]} {name[3]}".strip() if said[name[0]] > 1 else name[0]


def _name(line: LedgerLine) -> tuple[str, str, object, object, str, str]:
    period = line.period.label if line.period is not None else ""
    return (line.rule, line.agreement, line.key, period, line.debtor, line.unit)
