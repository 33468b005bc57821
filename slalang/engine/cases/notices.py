"""A case and a stretch of time go in; the notices that fall due in it, by what was known then, are noted on the case."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import from_const
from slalang.engine.undetermined import Undetermined
from slalang.ir.expressions import Const
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.environment import Env
    from slalang.ir.rules import NoticeRule


@dataclass(frozen=True, slots=True)
class Warner:
    """A notice of a rule, with its offset compiled (a duration in µs, or a share of the limit)."""

    number: int
    ir: NoticeRule
    offset: Any
    fixed: Any = None  # the share of the limit, where it is a constant


def due_at(case: Case, warning: Warner, start: int, env: Env) -> int | None:
    """When a warning falls due, seen from `start` with the state that holds from then on; None where it cannot be told."""
    rule = case.rule
    kind = warning.ir.on
    offset = 0
    if warning.offset is not None:
        outer = env.case
        env.case, env.agreement = case, case.agreement
        try:
            offset = warning.offset(env)
        except Undetermined:
            return None
        finally:
            env.case = outer
    if kind == "share_of_limit" and case.due is not None:
        return _share_of_days(case, start, offset)
    if kind == "share_of_limit":
        if case.held or case.bound is None or case.bound.type != "duration":
            return None
        needed = rule.share(case.limit, offset) - case.net
        try:
            return start if needed <= 0 else rule.reach(case, start, needed)
        except TimeError:
            return None
    deadline = case.breach_at if case.breach_at is not None else rule.projected(case, start)
    if deadline is None:
        return None
    try:
        return rule.days.offset(deadline, offset, after=kind == "after_deadline", hours=warning.ir.calendar)
    except TimeError:
        return None


def _share_of_days(case: Case, start: int, share: Any) -> int | None:
    """Where a limit ends with a date, the share of the time between the start and the deadline as it stands, to the µs above."""
    deadline = case.breach_at if case.breach_at is not None else case.rule.projected(case, start)
    if deadline is None or case.start is None or deadline <= case.start:
        return None
    return case.start + ceil(Fraction(deadline - case.start) * Fraction(share))


def watch(case: Case, start: int, end: int, after: Any) -> None:
    """Send the warnings that fall due in [start, end), at the first instant at which they were due.

    `after` is what the clock will have counted at `end`: a share of the limit that it does not reach is not looked at.
    """
    assert case.waiting is not None
    rule = case.rule
    for number in tuple(case.waiting):
        warning = rule.warnings[number]
        if warning.fixed is not None and case.due is None and after < rule.share(case.limit, warning.fixed):
            continue
        at = due_at(case, warning, start, rule.world.env)
        if at is not None and at < end:
            case.waiting.remove(number)
            send(case, warning.ir, max(at, start))


def scheduled(case: Case, now: int) -> list[tuple[int, NoticeRule]]:
    """The warnings of an open case that lie ahead, as far as they can be told now."""
    rule = case.rule
    found: list[tuple[int, NoticeRule]] = []
    for number in case.waiting or ():
        warning = rule.warnings[number]
        at = due_at(case, warning, now, rule.world.env)
        if at is not None:
            found.append((max(at, now), warning.ir))
    if case.breach_at is None and rule.breach_notices:
        deadline = rule.projected(case, now)
        if deadline is not None:
            found.extend((deadline, notice) for notice in rule.breach_notices)
    return found


def send(case: Case, notice: NoticeRule, at: int) -> None:
    """Note a notice; it is never unsent."""
    if case.sent is None:
        case.sent = []
    case.sent.append((at, notice))


def on_breach(case: Case, at: int) -> None:
    """The notices that a breach sends."""
    for notice in case.rule.breach_notices:
        send(case, notice, at)


def _constant_share(notice: NoticeRule) -> Any:
    if notice.on == "share_of_limit" and isinstance(notice.offset, Const):
        return from_const(notice.offset)
    return None


def compiled(rule: Rule) -> tuple[list[Warner], list[int]]:
    """The notices of a rule, and the numbers of those that wait for an instant."""
    made = [
        Warner(number, notice, rule.world.compiler.condition(notice.offset), _constant_share(notice))
        for number, notice in enumerate(rule.ir.notices)
    ]
    timed = [
        one.number
        for one in made
        if one.ir.on in {"before_deadline", "share_of_limit", "after_deadline", "expiry"}
    ]
    return made, timed
