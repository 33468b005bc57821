"""A case and the as-of instant go in; its verdict comes out, and its trace where it is in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.advance import advance, breach
from slalang.engine.cases.case import UNREACHED
from slalang.engine.judging.excuses import Excused, excused
from slalang.engine.judging.figures import figures
from slalang.engine.limits.changing import is_over
from slalang.engine.limits.projecting import ahead, known, projected, reached
from slalang.engine.reasons import refused
from slalang.outcome.records import Stretch, Verdict
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slalang.engine.cases.case import Case, Stand
    from slalang.engine.cases.rule import Rule
    from slalang.ir.rules import Status


def verdict(case: Case, as_of: int) -> Verdict:
    """The verdict of a case by what is known at `as_of`, which includes its own events."""
    try:
        return _settled(case, as_of)
    except TimeError as error:
        # The calendar has no data for a date that the case needs.
        case.taint = case.taint or refused(case.rule.asked, error)
        return _verdict(case, as_of)


def _settled(case: Case, as_of: int) -> Verdict:
    if case.open:
        advance(case, as_of)
    if case.open and case.breach_at is None and not case.rule.prohibits and is_over(case, as_of):
        # A limit shortened at this very instant to less than has passed: no event of the instant can keep it any more.
        breach(case, as_of)
    if case.settled is None:
        return _verdict(case, as_of)
    # The last discharge so far decides, although the clock runs on in case another follows.
    kept = (case.elapsed, case.breach_at, case.extended, case.open)
    case.elapsed, case.breach_at, case.extended = case.settled
    case.open = False
    try:
        return _verdict(case, as_of)
    finally:
        case.elapsed, case.breach_at, case.extended, case.open = kept


def _verdict(case: Case, as_of: int) -> Verdict:
    case.rule.world.env.agreement = case.agreement
    if case.void_at is not None:
        return _made(case, "void", final=True, reason=case.void_reason)
    taint = case.taint or case.reason
    if taint:
        return _made(case, "undetermined", final=not case.open, reason=taint)
    pardon = excused(case, as_of)
    status = _status(case, as_of, pardon)
    if status == "pending":
        try:
            deadlines(case)
        except TimeError as error:
            # The deadline lies beyond what the calendar knows: nobody can say how long the case has.
            reason = refused(case.rule.asked, error)
            return _made(case, "undetermined", final=False, reason=reason)
    final = _final(case, status, pardon)
    reason = pardon.unknown if status == "undetermined" else ""
    return _made(case, status, final=final, reason=reason, pardon=pardon)


def _status(case: Case, as_of: int, pardon: Excused) -> Status:
    rule = case.rule
    if rule.prohibits:
        return _forbidden(case, as_of)
    if case.breach_at is None:
        if case.open and case.done_at is None:
            return "pending"
        return "excused" if pardon.saved else "met"
    if pardon.unknown:
        return "undetermined"
    if pardon.applies:
        return "excused"
    if rule.before:
        return "broken"
    return "overdue" if case.done_at is None else "late"


def _forbidden(case: Case, as_of: int) -> Status:
    if case.done_at is not None:
        return "broken"
    ends = expiry(case)
    return "met" if ends is not None and ends <= as_of else "pending"


def expiry(case: Case) -> int | None:
    """The instant at which a prohibition ends."""
    return case.breach_at if case.breach_at is not None else case.rule.projected(case, case.last)


def _final(case: Case, status: Status, pardon: Excused) -> bool:
    """Whether no event timed later could change the verdict; an impossible one (by the life of the subject) cannot."""
    rule = case.rule
    if pardon.open:
        return False
    if rule.before or status == "void":
        return True
    if rule.prohibits:
        return status in {"met", "broken"}
    if case.open:
        return False
    if rule.reopens and rule.policies.get("on_reopening", "") in {"continues", "restarts"}:
        return not rule.world.may_happen(case.subject, rule.reopening)
    return not rule.last_counts


def _made(
    case: Case,
    status: Status,
    *,
    final: bool,
    reason: str = "",
    pardon: Excused | None = None,
) -> Verdict:
    rule, ir = case.rule, case.rule.ir
    measure = limit = margin = deadline = resumed = breach = None
    if status not in {"void", "undetermined"}:
        measure, limit, margin = figures(case)
        deadline, resumed = deadlines(case)
        if not (rule.prohibits and status in {"met", "pending"}):
            breach = case.breach_at
    if (rule.before and measure is None) or (rule.prohibits and ir.modality == "measured"):
        margin = None  # of what only its limit ends, nothing is early or late
    # The required fields in the record's own order: matching keywords to so many would take a tenth of all judging.
    return Verdict(
        ir.name, ir.about.clause, case.agreement, case.subject.id, case.instance, None,
        status, final, ir.debtor, ir.creditor,
        measure, limit, case.bound is not None and case.bound.strict, margin,
        case.trigger_at if rule.before else case.start, deadline, resumed, case.done_at, breach,
        standstill=_standstill(case) if case.stands else (),
        excuses=pardon.stretches if pardon is not None else (),
        assumptions=rule.world.assumptions(rule, case.agreement),
        evidence=_evidence(case, pardon),
        reason=reason,
        version=rule.world.program.version,
    )  # fmt: skip


def _evidence(case: Case, pardon: Excused | None) -> tuple[str, ...]:
    """The ids of the events that the verdict rests on, those that decide an excuse among them; each once."""
    decided = pardon.decided if pardon is not None else ()
    causes = case.rule.world.causes
    if not case.rule.tracked and not decided and not causes:
        return tuple(case.evidence)
    listed = (*case.evidence, *(event for event, _ in decided))
    return tuple(dict.fromkeys(rested_on(causes, listed) if causes else listed))


def rested_on(causes: Mapping[str, tuple[str, ...]], listed: Iterable[str]) -> list[str]:
    """Event ids with, before each that follows from a rule, the reported events that it rests on."""
    found: list[str] = []
    for one in listed:
        if one in causes:
            found += rested_on(causes, causes[one])
        found.append(one)
    return found


def deadlines(case: Case) -> tuple[int | None, int | None]:
    """The deadline, and the one that would hold if an open standstill ended now.

    Raises:
        TimeError: the clock runs on beyond the dates that its calendar knows.
    """
    if case.rule.before:
        return case.deadline, None
    if case.limit == UNREACHED and case.due is None:
        return None, None
    if case.due is not None:
        still = case.open and case.breach_at is None and case.rule.due_stands(case)
        moved = case.rule.moved_due(case)
        return (None, moved) if still else (moved, None)
    if case.breach_at is not None:
        return reached(case, case.last) if _moved(case) else case.breach_at, None
    if not case.open:
        return known(ahead, case, case.done_at if case.done_at is not None else case.last), None
    due = projected(case, case.last)
    if due is not None:
        return due, None
    return None, known(ahead, case, case.last) if case.start is not None else None


def _moved(case: Case) -> bool:
    """Whether the limit was changed under way, so that the breach may not be where the clock reached it."""
    return case.rule.limit_moves


def _standstill(case: Case) -> tuple[Stretch, ...]:
    rule = case.rule
    return tuple([_stretch(rule, one) for one in case.stands or () if one.end is None or one.end > one.start])


def _stretch(rule: Rule, one: Stand) -> Stretch:
    events = tuple(event for event in (one.started_by, one.ended_by) if event)
    if one.number < 0:
        return Stretch(one.start, one.end, "discharged", rule.ir.about.clause, events)
    still = rule.standstills[one.number]
    return Stretch(one.start, one.end, still.name, still.clause, events)
