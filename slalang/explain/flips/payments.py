"""An amount by the day and the events go in; what it would have come to, had a payment been made a day earlier, tried out, comes out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.tree import Instant, node
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.events.event import Event
    from slalang.explain.counterfactual import Reevaluate
    from slalang.explain.tree import Explanation
    from slalang.outcome.records import LedgerLine
    from slalang.outcome.whole import Outcome

DAY = 24 * 3600 * 10**6
MOST = 5  # payments that are tried, the latest first


def with_payment(
    outcome: Outcome,
    explanation: Explanation,
    line: LedgerLine,
    events: Iterable[Event],
    reevaluate: Reevaluate,
) -> Explanation:
    """The explanation with a last part: the latest payment that, made a day earlier, would have made the amount smaller."""
    if not line.days or line.amount is None:
        return explanation
    known = {event.id: event for event in events}
    paying = sorted(
        {id_ for id_ in _payments(outcome, line) if id_ in known and known[id_].time > line.days[0].start},
        key=lambda id_: (-known[id_].time, id_),
    )
    for id_ in paying[:MOST]:
        event = known[id_]
        after = reevaluate((replace(event, time=event.time - DAY),))
        then = _same(after.ledger, line)
        amount = Fraction(0) if then is None else then.amount
        if amount is None or amount >= line.amount:
            continue
        kind = f"amount:{line.unit}"
        words = node(
            "flip.paid_sooner", id=id_, at=Instant(event.time - DAY), name=line.rule, now=Quantity(kind, line.amount),
            then=Quantity(kind, amount), ids=(id_,),
        )  # fmt: skip
        return explanation.adding(node("flip", words))
    return explanation


def _payments(outcome: Outcome, line: LedgerLine) -> Iterable[str]:
    """The events that settled the line, or a debt of the same subject or period, and those that its verdict rests on."""
    for other in outcome.ledger:
        near = other.subject == line.subject if line.subject else _label(other) == _label(line)
        if near and (other.agreement, other.debtor, other.unit) == (line.agreement, line.debtor, line.unit):
            yield from (one.by for one in other.settlements if one.sort == "payment")
    for verdict in outcome.verdicts:
        if verdict.agreement == line.agreement and verdict.subject == line.subject and line.subject:
            yield from verdict.evidence


def _label(line: LedgerLine) -> str:
    return line.period.label if line.period is not None else ""


def _same(ledger: Sequence[LedgerLine], line: LedgerLine) -> LedgerLine | None:
    """The same line in another outcome; of a debt its period may be another one."""
    same = [
        one
        for one in ledger
        if (one.rule, one.agreement, one.key, one.subject, one.instance)
        == (line.rule, line.agreement, line.key, line.subject, line.instance)
    ]
    own = [one for one in same if _label(one) == _label(line)]
    return next(iter(own or (same if line.subject else [])), None)
