"""A loaded run goes in; the live view as of its instant comes out: open cases, what is due, figures so far, rights, notices."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.present.ahead import shares_ahead
from slalang.engine.present.states import states
from slalang.engine.present.terms import ends
from slalang.engine.run import Run as Evaluator
from slalang.outcome.present.notices import named
from slalang.outcome.present.records import Due, OpenCase, Present, Running, State
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slalang.outcome.records import MetricValue, Verdict
    from slalang.outcome.whole import Outcome
    from slalang.pipeline.running import Run

DONE_BY_ACTING = frozenset({"duty", "measured"})  # modalities in which somebody must still do something


def status(run: Run, risk: Fraction) -> Present:
    """The live view.

    Args:
        run: contract and facts, with the instant.
        risk: the share of a limit (0.8) from which an open case is at risk.
    """
    evaluator = Evaluator(run.versions, run.loaded.registers, run.settings(run.as_of))
    evaluator.feed(run.loaded.events)
    outcome = evaluator.outcome(run.receipt())
    modalities = {
        rule.name: rule.modality for version in run.versions for rule in version.program.obligations
    }
    not_done = [
        one for one in outcome.verdicts if one.status in {"pending", "overdue"} and one.discharged_at is None
    ]
    begun = [one for one in not_done if one.start is None or one.start <= outcome.as_of]
    acting = [one for one in begun if modalities.get(one.rule) in DONE_BY_ACTING]
    held = Counter(one.rule for one in not_done if modalities.get(one.rule) not in DONE_BY_ACTING)
    return Present(
        contract=outcome.contract,
        version=outcome.version,
        zone=outcome.zone,
        as_of=outcome.as_of,
        risk=risk,
        open=tuple(sorted((_open(one, outcome.as_of, risk) for one in acting), key=_urgency)),
        held=tuple(sorted(held.items())),
        due=tuple(
            sorted([*_due(outcome, not_done, modalities), *_terms(evaluator, outcome.as_of)], key=_when)
        ),
        running=tuple(_running(evaluator, one) for one in outcome.metrics if _runs(one, outcome.as_of)),
        rights=tuple(one for one in outcome.rights if one.status == "exercisable"),
        claims=tuple(one for one in outcome.ledger if one.status == "claimable"),
        states=tuple(State(entity, state, tuple(ids)) for (entity, state), ids in states(evaluator).items()),
        undetermined=tuple(one for one in outcome.verdicts if one.status == "undetermined"),
        faults=outcome.faults,
        notices=named(outcome.contract, outcome.notices),
    )


def _open(verdict: Verdict, as_of: int, risk: Fraction) -> OpenCase:
    age = as_of - verdict.start if verdict.start is not None else 0
    used = _used(verdict, as_of)
    still = verdict.deadline is None and verdict.deadline_if_resumed_now is not None
    at_risk = verdict.status == "pending" and used is not None and used >= risk
    return OpenCase(verdict, max(age, 0), verdict.margin, used, still, at_risk)


def _used(verdict: Verdict, as_of: int) -> Fraction | None:
    """The share of the limit that is used up; where the limit is a date, of the time from the start to the deadline."""
    measure, limit = verdict.measure, verdict.limit
    if measure is not None and limit is not None and measure.type == limit.type:
        return measure.value / limit.value if limit.value > 0 else None
    if verdict.start is None or verdict.deadline is None or verdict.deadline <= verdict.start:
        return None
    return Fraction(max(as_of - verdict.start, 0), verdict.deadline - verdict.start)


def _urgency(one: OpenCase) -> tuple[bool, bool, int, str, str, str]:
    verdict = one.verdict
    at = verdict.deadline if verdict.deadline is not None else verdict.deadline_if_resumed_now
    return (verdict.status != "overdue", one.still, at or 0, verdict.rule, verdict.agreement, verdict.subject)


def _when(one: Due) -> tuple[int, str, str, str, str, str]:
    return (one.at, one.sort, one.rule, one.agreement, one.subject, one.text)


def _runs(value: MetricValue, as_of: int) -> bool:
    """A period that is not over, or one that is and waits for its last cases."""
    return value.period.end > as_of or not value.final


def _running(evaluator: Evaluator, value: MetricValue) -> Running:
    ahead = shares_ahead(evaluator, value)
    if ahead is None:
        return Running(value)
    ratios = (None if one is None else Quantity("ratio", one) for one in (ahead.if_met, ahead.if_missed))
    return Running(value, ahead.open, *ratios)


def _terms(evaluator: Evaluator, now: int) -> Iterator[Due]:
    """The end of each agreement's term, or its renewal where nothing has stopped it."""
    for term, renews in ends(evaluator, now):
        yield Due(term.end, "term_renews" if renews else "term_ends", "", term.agreement, "", "")


def _due(outcome: Outcome, not_done: list[Verdict], modalities: Mapping[str, str]) -> Iterator[Due]:
    """Everything that has an instant after the present one."""
    now = outcome.as_of
    for one in not_done:
        if one.deadline is not None and one.deadline >= now and one.status == "pending":
            acts = modalities.get(one.rule) in DONE_BY_ACTING
            subject = one.subject or (one.period.label if one.period is not None else "")
            yield Due(
                one.deadline, "deadline" if acts else "end", one.rule, one.agreement, subject, one.debtor
            )
    for notice in outcome.notices:
        if notice.status == "scheduled":
            yield Due(
                notice.at, "notice", notice.rule, notice.agreement, notice.subject, notice.to, notice.text
            )
    for right in outcome.rights:
        if right.status == "exercisable" and right.until is not None and right.until >= now:
            yield Due(right.until, "right_ends", right.rule, right.agreement, right.subject, right.holder)
    for line in outcome.ledger:
        label = line.period.label if line.period is not None else ""
        if line.status == "claimable" and line.claim_until is not None and line.claim_until >= now:
            yield Due(line.claim_until, "claim_ends", line.rule, line.agreement, label, line.creditor)
        if (
            line.due is not None
            and line.due >= now
            and line.amount
            and line.status in {"posted", "claimed", "paid_out"}
        ):
            yield Due(line.due, "payment", line.rule, line.agreement, label, line.debtor)
