"""A case that would be breached and its excuses go in; whether one applies, for how long, and what is still open come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.advance import reach
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Stretch
from slalang.outcome.trace import Considered
from slalang.values.interval import clip, subtract, total, union

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Pleading


@dataclass(slots=True)
class Excused:
    """What the excuses of a case come to."""

    applies: bool = False
    unknown: str = ""
    open: bool = False
    deadline: int | None = None
    stretches: tuple[Stretch, ...] = ()
    considered: list[Considered] = field(default_factory=list)


_NONE = Excused()


def excused(case: Case, as_of: int) -> Excused:
    """Look at every excuse of a case; they are a union and never conflict. Nothing is excused that is not breached."""
    rule = case.rule
    if not rule.releasing and not rule.extending:
        return _NONE
    if case.breach_at is None and case.log is None:
        return _NONE
    found = Excused()
    if case.extensions:
        _extended(case, as_of, found)
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
    try:
        holds = bool(one.when(env))
    except Undetermined as unknown:
        reason = unknown.reason
    finally:
        condition = env.record[-1] if env.record else None
        env.case, env.at, env.record, env.deadline = None, None, None, None
    detail = reason
    if holds and one.ir.requires:
        holds, detail = _required(case, one, found, as_of)
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


def _required(case: Case, one: Pleading, found: Excused, as_of: int) -> tuple[bool, str]:
    """Whether the duties that an excuse requires are kept for the same subject; one that is pending leaves it open."""
    world = case.rule.world
    for name in one.ir.requires:
        statuses = {verdict.status for verdict in world.results.verdicts_of(name, case.subject, as_of)}
        if statuses & {"late", "overdue", "broken", "undetermined"} or not statuses:
            return False, name
        if "pending" in statuses:
            found.open = True
    return True, ""


def _extended(case: Case, as_of: int, found: Excused) -> None:
    """Excuses that extend the limit by their length: the part of them in which the clock would have counted."""
    rule = case.rule
    if case.start is None:
        return
    until = case.done_at if case.done_at is not None else as_of
    held = union((one.start, one.end if one.end is not None else until) for one in case.extensions or ())
    stands = union((one.start, one.end if one.end is not None else until) for one in case.stands or ())
    if case.due is not None:
        found.deadline = due = _grown(rule.moved_due(case), held)
        inside = until < due or (until == due and not case.due_strict)
    else:
        free = subtract([(case.start, until)], stands)
        spent = counted_in(case, subtract(free, held))
        left = case.limit - spent
        inside = left > 0 or (left == 0 and not case.strict)
        found.deadline = reach(case, until, left) if left > 0 else _within(case, subtract(free, held))
    if case.breach_at is not None:
        found.applies = inside and (case.done_at is not None or until < (found.deadline or until))
        found.open = case.open
    found.stretches = tuple(
        Stretch(
            one.start,
            one.end,
            rule.extending[one.number].name,
            rule.extending[one.number].clause,
            tuple(event for event in (one.started_by, one.ended_by) if event),
        )
        for one in case.extensions or ()
    )
    if case.log is not None:
        found.considered.extend(
            Considered(one.reason, one.clause, "extend", found.applies, None) for one in found.stretches
        )


def _grown(due: int, held: list[tuple[int, int]]) -> int:
    """A date moved by the excuses that lie before it, and by those that then lie before the moved one."""
    moved = due
    while (later := due + total(clip(held, -(1 << 62), moved))) != moved:
        moved = later
    return moved


def counted_in(case: Case, free: list[tuple[int, int]]) -> Any:
    """Clock time in some stretches."""
    calendar = case.rule.calendar
    return sum(end - start if calendar is None else calendar.elapsed_us(start, end) for start, end in free)


def _within(case: Case, free: list[tuple[int, int]]) -> int | None:
    left = case.limit
    for start, end in free:
        gain = counted_in(case, [(start, end)])
        if gain >= left:
            return reach(case, start, left)
        left -= gain
    return None


__all__ = ["Excused", "counted_in", "excused"]
