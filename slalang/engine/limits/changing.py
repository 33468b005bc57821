"""A case and the limit that its rule gives now go in; the clock's limit or the due instant under the policies come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.case import UNREACHED
from slalang.engine.compile.constants import Bound, as_plain, as_quantity
from slalang.engine.reasons import say
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.outcome.records import Quantity
from slalang.outcome.trace import LimitStep

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.compile.environment import Env
    from slalang.outcome.trace import Value


def first_limit(case: Case, env: Env) -> None:
    """Give a case that has just begun its limit; one that cannot be known leaves the case undetermined for now."""
    rule = case.rule
    if rule.limit is not None:
        refresh_limit(case, env, first=True)
        return
    limit = rule.ir.limit
    if limit is None:
        return
    try:
        case.due, case.due_strict, steps = rule.days.fixed(limit, case, env)
    except Undetermined as unknown:
        case.reason = unknown.reason
        return
    if case.log is not None:
        case.log.dates.extend(steps)


def refresh_limit(case: Case, env: Env, *, first: bool = False) -> None:
    """Read the limit again and let a new one count as the rule says."""
    rule = case.rule
    log = case.log
    if log is not None:
        env.record = []
    try:
        bound = rule.limit(env)
    except Undetermined as unknown:
        case.reason = unknown.reason
        case.bound, case.limit, case.due = None, UNREACHED, None
        return
    except Nothing:
        case.void_at, case.void_reason, case.open = env.world_now, "no_limit", False
        case.running = False
        return
    finally:
        value = env.record[-1] if env.record else None
        if log is not None:
            env.record = None
    old = case.bound
    if old is not None and (bound is old or bound == old):
        return
    if not first and _breach_stands(case, bound):
        return
    case.bound, case.reason = bound, ""
    if bound.type != "duration":
        try:
            _days(case, bound, env)
        except Undetermined as unknown:
            case.reason, case.due = unknown.reason, None
    elif first or old is None:
        case.limit, case.strict, case.due = bound.amount, bound.strict, None
    else:
        _change(case, old, bound, env)
    if log is not None:
        _note(case, bound, env.world_now, value, first=first)


def _breach_stands(case: Case, bound: Bound) -> bool:
    """Whether a new limit comes too late: the breach was of the limit that held then, and is told by that one.

    A new clock from the change is milder than any clock that has run out.
    """
    old, policy = case.bound, case.rule.policy
    if case.breach_at is None or old is None or not old.type == bound.type == "duration":
        return False
    if policy("on_change") == "remaining_share":
        return True  # nothing of the limit remained that a share could be taken of
    milder = bound.amount > old.amount or policy("on_change") == "from_the_change"
    return milder and policy("after_relaxed_limit") == "breach_stands"


def _note(case: Case, bound: Bound, at: int, value: Value | None, *, first: bool) -> None:
    policy = "" if first else case.rule.policy("on_change")
    quantity = as_quantity(bound.type, bound.amount) or Quantity(bound.type, Fraction(0))
    assert case.log is not None
    before = int(case.elapsed) if not first else 0
    case.log.limits.append(LimitStep(at, quantity, bound.strict, value, policy, before))


def _days(case: Case, bound: Bound, env: Env) -> None:
    """A limit in days: the due instant counted from the case's start, whatever it was before."""
    case.limit = UNREACHED
    start = case.dated if case.start is not None else env.world_now
    case.due, case.due_strict, steps = case.rule.days.counted(
        bound, start, case.rule.roll, case.rule.closes, ends=case.ends_day
    )
    if (
        case.log is not None and not case.rule.before
    ):  # backward, the days are counted when the anchor is there
        case.log.dates.extend(steps)
    _judge_again(case, stands=case.breach_at is not None and not _passed(case, env.world_now))


def _passed(case: Case, at: int) -> bool:
    return case.due is not None and (at > case.due or (case.due_strict and at == case.due))


def _change(case: Case, old: Bound, bound: Bound, env: Env) -> None:
    """A new limit for a running clock (model §5): from the start, from the change, or the remaining share."""
    case.due = None
    policy = case.rule.policy("on_change")
    if policy == "from_the_change":
        case.rule.restart_clock(case)
    elif policy == "remaining_share" and old.type == "duration" and old.amount:
        case.elapsed = _whole(Fraction(case.elapsed) * Fraction(bound.amount) / Fraction(old.amount))
        case.extended = _whole(Fraction(case.extended) * Fraction(bound.amount) / Fraction(old.amount))
        case.since, case.carried = env.world_now, case.net
    case.limit, case.strict = bound.amount, bound.strict
    over = case.net >= case.limit if case.strict else case.net > case.limit
    _judge_again(case, stands=case.breach_at is not None and not over)


def _judge_again(case: Case, *, stands: bool) -> None:
    """A breach that the new limit would not have made: it stands, or it is judged anew."""
    if stands and case.rule.policy("after_relaxed_limit") == "judged_anew":
        case.breach_at = None
        case.deadline = None
        if case.rule.watched:
            case.rule.world.derive(case.rule, case, "relief", case.rule.world.now)


def _whole(value: Fraction) -> Any:
    return value.numerator if value.denominator == 1 else value


def is_over(case: Case, at: int) -> bool:
    """Whether a discharge at an instant comes too late, where no breach has been noted before it.

    The clock can only have been found over its limit at the instant itself: by a limit that was shortened there.
    """
    if case.net > case.limit or (case.strict and case.net >= case.limit):
        return True
    if case.due is None or case.rule.due_stands(case):
        return False
    due = case.rule.moved_due(case)
    return at > due or (case.due_strict and at == due)


def limit_text(bound: Bound | None) -> str:
    """A limit as a short text, for traces."""
    return "" if bound is None else str(as_plain(bound))


def unknown_limit() -> str:
    """The reason of a case whose limit nobody could read."""
    return say("clock_limit")


__all__ = ["first_limit", "is_over", "limit_text", "refresh_limit", "unknown_limit"]
