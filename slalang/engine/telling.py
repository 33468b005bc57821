"""The results of all versions go in; the outcome, every table sorted, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases import notices
from slalang.engine.judging.tracing import case_traces
from slalang.engine.life.constraints import constraints
from slalang.engine.life.succession import Succession
from slalang.engine.payments.balances import balances
from slalang.engine.payments.settling import settled
from slalang.outcome.records import Notice
from slalang.outcome.whole import Outcome

if TYPE_CHECKING:
    from slalang.engine.amounts.ledger import Ledger
    from slalang.engine.cases.case import Case
    from slalang.engine.world import World
    from slalang.ir.rules import NoticeRule
    from slalang.outcome.records import Fault, LedgerLine, MetricValue, Receipt, RightState, Verdict


def tell(worlds: list[World], money: Ledger, receipt: Receipt, as_of: int) -> Outcome:
    """Everything that the versions say as of an instant."""
    verdicts: list[Verdict] = []
    metrics: list[MetricValue] = []
    rights: list[RightState] = []
    sent: list[Notice] = []
    faults: list[Fault] = []
    for world in worlds:
        results = world.results
        names = dict.fromkeys(rule.ir.name for rule in world.rules)
        for name in names:
            judged = results.own(name)
            verdicts += [verdict for verdict, _ in judged]
        for metric in results.metrics.values():
            values = metric.all_values()
            metrics += [] if metric.ir.hidden else values
        rights += results.right_states()
        for rule in world.rules:
            for case in rule.cases if rule.ir.notices else ():
                sent += _notices(case, as_of)
        sent += results.notices()
    for world in worlds:
        # A fact that cannot be is one however many versions see it.
        faults += [one for one in world.results.all_faults() if one not in faults]
    ledger, held = settled(worlds, money.lines(), money.rules, as_of)
    last = worlds[-1].program
    places = Succession(worlds, as_of)
    return Outcome(
        contract=last.title,
        version=last.version,
        zone=last.zone,
        as_of=as_of,
        receipt=receipt,
        verdicts=tuple(sorted(places.verdicts(verdicts), key=_verdict_key)),
        metrics=tuple(sorted(metrics, key=lambda one: (one.rule, one.agreement, one.key, one.period.start))),
        ledger=tuple(sorted(places.lines(ledger), key=_line_key)),
        rights=tuple(sorted(rights, key=lambda one: (one.rule, one.agreement, one.subject, one.since or 0))),
        notices=tuple(
            sorted(
                sent, key=lambda one: (one.at, one.rule, one.agreement, one.subject, one.text, one.instance)
            )
        ),
        faults=tuple(sorted(faults, key=lambda one: (one.at, one.event, one.code, one.text_en))),
        balances=tuple(places.balances(balances(ledger, held))),
        case_traces=tuple(trace for world in worlds for trace in case_traces(world, as_of)),
        constraints=tuple(constraints(worlds[-1], worlds[-1].results.agreements())),
        metric_traces=tuple(
            trace for world in worlds for one in world.results.metrics.values() for trace in one.traces
        ),
        amount_traces=tuple(
            trace for world in worlds for one in world.results.amounts.values() for trace in one.traces
        ),
    )


def _verdict_key(one: Verdict) -> Any:
    return (
        one.rule,
        one.agreement,
        one.period.start if one.period else 0,
        one.subject,
        one.start or 0,
        one.instance,
    )


def _line_key(one: LedgerLine) -> Any:
    return (
        one.rule,
        one.agreement,
        one.period.start if one.period else 0,
        one.key,
        one.because,
        one.carried_from,
    )


def _notices(case: Case, as_of: int) -> list[Notice]:
    """The notices of a case: sent so far, and scheduled as things stand."""
    found = [_notice(case, at, one, "sent" if at <= as_of else "scheduled") for at, one in case.sent or ()]
    if case.open and case.void_at is None:
        for at, one in notices.scheduled(case, as_of):
            found.append(
                _notice(case, at, one, "sent" if at <= as_of and one.on != "breach" else "scheduled")
            )
    return found


def _notice(case: Case, at: int, one: NoticeRule, status: str) -> Notice:
    return Notice(
        rule=case.rule.ir.name,
        clause=one.about.clause or case.rule.ir.about.clause,
        agreement=case.agreement,
        subject=case.subject.id,
        to=one.to,
        text=one.text,
        at=at,
        status=status,
        instance=case.instance,
    )
