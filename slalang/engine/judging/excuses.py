"""A case that would be breached and its excuses go in; whether one applies, for how long, and what is still open come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slalang.engine.judging.deciding import deciding
from slalang.engine.limits.moving import moved
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Stretch
from slalang.outcome.trace import Considered

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case, Stand
    from slalang.engine.cases.rule import Pleading


@dataclass(slots=True)
class Excused:
    """What the excuses of a case come to."""

    applies: bool = False
    unknown: str = ""
    open: bool = False
    saved: bool = False  # in time, and only because an excuse extended the limit
    stretches: tuple[Stretch, ...] = ()
    decided: list[tuple[str, str]] = field(default_factory=list)  # event, and the excuse that it decides
    considered: list[Considered] = field(default_factory=list)


_NONE = Excused()


def excused(case: Case, as_of: int) -> Excused:
    """Look at every excuse of a case; they are a union and never conflict. Nothing is excused that is not breached."""
    rule = case.rule
    if not rule.releasing and not rule.extending:
        return _NONE
    if case.breach_at is None and case.log is None and case.extensions is None:
        return _NONE
    found = Excused()
    if case.extensions:
        _extended(case, found)
    for one in rule.releasing:
        _released(case, one, as_of, found)
    return found


def _released(case: Case, one: Pleading, as_of: int, found: Excused) -> None:
    """An excuse that releases: its condition, read at its instant, and the duties that it requires to be kept."""
    rule, env = case.rule, case.rule.world.env
    breached = case.breach_at is not None
    env.subject, env.case, env.agreement, env.event = case.subject, case, case.agreement, None
    env.deadline = case.breach_at
    env.at = _instant(case, one, as_of)
    env.record = [] if case.log is not None else None
    holds, reason = False, ""
    members: list[str] = []
    try:
        holds = bool(one.when(env))
        if one.requiring is not None:
            members = one.requiring.holding(env, holds=holds)
    except Undetermined as unknown:
        reason = unknown.reason
    finally:
        condition = env.record[-1] if env.record else None
        if breached:
            events = deciding(rule.world, [one.ir.when], lambda at: _read_at(case, one, at, as_of))
            found.decided += [(event, one.ir.name) for event in events]
        env.case, env.at, env.record, env.deadline = None, None, None, None
    detail = reason
    if holds and one.ir.requires:
        holds, detail = _required(case, one, members, found)
    if case.log is not None:
        found.considered.append(
            Considered(one.ir.name, one.ir.about.clause, "release", holds and breached, condition, detail)
        )
    if not breached:
        return
    if reason and not found.applies:
        found.unknown = reason
    if holds:
        found.applies, found.unknown = True, ""
        assert case.breach_at is not None
        found.stretches = (
            *found.stretches,
            Stretch(case.breach_at, case.done_at, one.ir.name, one.ir.about.clause),
        )
    # An excuse read at the latest state can come true, or fall, with any later event that moves its signals.
    if one.ir.at == "latest" and one.moved_by:
        found.open = found.open or rule.world.may_happen(case.subject, one.moved_by)


def _instant(case: Case, one: Pleading, as_of: int) -> int | None:
    if one.ir.at == "deadline" and case.breach_at is not None and case.breach_at < as_of:
        return case.breach_at
    return None


def _read_at(case: Case, one: Pleading, word: str, as_of: int) -> int:
    """The instant at which a word of a condition reads a case."""
    instants = {
        "trigger": case.trigger_at,
        "deadline": case.breach_at,
        "discharge": case.done_at,
        "now": _instant(case, one, as_of),
    }
    at = instants.get(word)
    return as_of if at is None else min(at, as_of)


def _required(
    case: Case, one: Pleading, members: list[str], found: Excused, stand: Stand | None = None
) -> tuple[bool, str]:
    """Whether the duties that an excuse requires are kept; one that is pending, or not set off yet, leaves it open.

    Of several members whose signals make the excuse hold, one whose duties are kept is enough.
    """
    assert one.requiring is not None
    lost = ""
    for member in members:
        lost_here, open_here = "", False
        for name, duties in one.requiring.cases(case, stand, member).items():
            if any(duty.breach_at is not None for duty in duties):
                lost_here = lost_here or name
            open_here = open_here or not duties or any(duty.done_at is None for duty in duties)
        if not lost_here:
            found.open = found.open or open_here
            return True, ""
        lost = lost or lost_here
    return False, say("required", rule=lost) if lost else ""


def _extended(case: Case, found: Excused) -> None:
    """Excuses that extended the limit by their length: those that began before it had passed."""
    rule = case.rule
    found.saved = case.breach_at is None and not case.open and _would_be_late(case)
    matters = case.open or found.saved or case.breach_at is not None
    for one in case.extensions or ():
        excuse = rule.extend_excuses[one.number]
        ir = excuse.ir
        in_time = (case.breach_at is None or one.start < case.breach_at) and not one.forfeited
        if in_time:
            events = tuple(event for event in (one.started_by, one.ended_by) if event)
            found.stretches = (
                *found.stretches,
                Stretch(one.start, one.end, ir.name, ir.about.clause, events),
            )
        if in_time and matters and excuse.requiring is not None:
            _required(case, excuse, [one.member], found, one)
        if case.log is not None:
            detail = say("required", rule=one.forfeited) if one.forfeited else ""
            found.considered.append(Considered(ir.name, ir.about.clause, "extend", in_time, None, detail))


def _would_be_late(case: Case) -> bool:
    """Whether a discharge in time came after the limit as it would have been without excuses."""
    if case.due is None:
        return bool(case.elapsed > case.limit or (case.strict and case.elapsed >= case.limit))
    until = case.done_at if case.done_at is not None else case.last
    due = moved(case.rule.days, case, case.rule.days_policy, until, excused=False)
    return until > due or (until == due and case.due_strict)


__all__ = ["Excused", "excused"]
