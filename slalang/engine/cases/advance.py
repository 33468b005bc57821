"""A case and an instant go in; its clock is counted up to the instant, and a limit that it passes on the way is noted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases import notices
from slalang.engine.cases.case import UNREACHED

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case


def advance(case: Case, at: int) -> None:
    """Count the clock of a case up to `at`, with the state that it has had since it was last looked at.

    A strict limit reached at `at` has expired (strict limits expire before the events of an instant); an inclusive one
    has not (it expires after them), so it is found when the clock is next counted.
    """
    last = case.last
    if at <= last:
        return
    if not case.open:
        case.last = at
        return
    rule = case.rule
    if rule.tracked:
        rule.walk(case, at)
    elif rule.calendar is None and rule.simple and case.log is None and case.due is None:
        # The common clock, written out: every instant counts, nothing but the limit to watch.
        elapsed = case.elapsed
        after = elapsed + at - last if case.running else elapsed
        limit = case.limit
        if after >= limit and case.breach_at is None:
            reached = last if elapsed >= limit else up(last + limit - elapsed)
            if reached < at or case.strict:
                breach(case, reached)
        case.elapsed = after
        case.last = at
    else:
        stretch(case, last, at)


def stretch(case: Case, start: int, end: int) -> None:
    """Count [start, end), in which nothing about the case changes."""
    rule = case.rule
    running = case.running
    elapsed = case.elapsed
    calendar = rule.calendar
    gain = 0
    if running:
        gain = end - start if calendar is None else rule.counted(start, end)
    if case.waiting is not None:
        notices.watch(case, start, end, case.net if case.extension else case.net + gain)
    if case.breach_at is None:
        # An excuse that extends adds as much to the limit as the clock counts while it holds.
        _cross(case, start, end, case.net, case.net if case.extension else case.net + gain)
    if case.extension:
        case.extended += gain
    case.elapsed = elapsed + gain
    case.last = end
    if case.log is not None:
        note(case, start, end)


def _cross(case: Case, start: int, end: int, before: Any, after: Any) -> None:
    if after >= case.limit:
        reached = reach(case, start, case.limit - before) if before <= case.limit else start
        if reached < end or (case.strict and reached == end):
            breach(case, reached)
            return
    due = case.due
    if due is not None and not case.rule.due_stands(case):
        due = case.rule.moved_due(case)
        if due < end or (case.due_strict and due == end):
            breach(case, max(due, start))


def breach(case: Case, at: int) -> None:
    """The limit has passed at an instant without discharge: a duty is breached, and a prohibition is kept."""
    case.breach_at, case.granted = at, case.extended
    if case.rule.watched and case.settled is None:
        case.rule.world.derive(case.rule, case, "expiry", at)
    if not case.rule.prohibits:
        tell_breach(case, at)


def tell_breach(case: Case, at: int) -> None:
    """What a breach sets off: notices, and whatever watches it."""
    rule = case.rule
    if case.settled is not None:
        return  # a discharge stands, unless a later one follows
    if rule.breach_notices:
        notices.on_breach(case, at)
    if not rule.watched:
        return
    case.withheld = rule.pardoned(case, at)
    if not case.withheld:  # what an excuse releases is no breach, as far as anybody knows
        rule.world.derive(rule, case, "breach", at)


def reach(case: Case, start: int, needed: Any) -> int:
    """The first instant at which a running clock has counted `needed` more µs; at closing time as the rule says."""
    rule = case.rule
    whole = up(needed)
    if rule.calendar is None:
        return start + whole
    found = rule.calendar.deadline_us(start, whole) if whole else start
    if rule.next_opening:
        found = rule.calendar.next_open_us(found)
    return found


def up(amount: Any) -> int:
    """An exact number of µs as a whole one: an instant is the first whole µs at which it has passed."""
    if type(amount) is int:
        return amount
    exact = Fraction(amount)
    return -(-exact.numerator // exact.denominator)


def note(case: Case, start: int, end: int) -> None:
    """Write the stretch into the log of a case in focus."""
    log, rule = case.log, case.rule
    assert log is not None
    if not case.open or end <= start:
        return
    policy = rule.days_policy if case.due is not None else ""
    if policy in {"exact_time", "calendar_time"} or (policy == "nothing" and rule.extending):
        # A limit in days runs on at every hour, but for what a standstill adds to it.
        if case.running or policy == "nothing":
            log.stretch(start, end, end - start, "counted")
            return
        added = [(start, end)]
        if policy == "calendar_time" and rule.calendar is not None:
            added = rule.calendar.open_intervals(start, end)
        at = start
        for opens, closes in added:
            if opens > at:
                log.stretch(at, opens, opens - at, "counted")
            _still(case, opens, closes)
            at = closes
        if at < end:
            log.stretch(at, end, end - at, "counted")
        return
    if not case.running:
        _still(case, start, end)
        return
    _hours(case, start, end)


def _still(case: Case, start: int, end: int) -> None:
    log, rule = case.log, case.rule
    assert log is not None
    holding = [one for one in case.stands or () if one.end is None]
    if holding:
        still = rule.standstills[holding[0].number]
        events = tuple(one.started_by for one in holding if one.started_by)
        name = ", ".join(rule.standstills[one.number].name for one in holding)
        log.stretch(start, end, 0, "standstill", name, still.clause, events)


def _hours(case: Case, start: int, end: int) -> None:
    log, rule = case.log, case.rule
    assert log is not None
    if rule.calendar is None:
        log.stretch(start, end, end - start, "counted")
        return
    at = start
    for opens, closes in rule.calendar.open_intervals(start, end):
        if opens > at:
            log.stretch(at, opens, 0, "closed", rule.calendar_name)
        log.stretch(opens, closes, closes - opens, "counted")
        at = closes
    if at < end:
        log.stretch(at, end, 0, "closed", rule.calendar_name)


def has_limit(case: Case) -> bool:
    """Whether the case has a limit that a clock or a date can pass."""
    return case.limit != UNREACHED or case.due is not None


__all__ = ["advance", "breach", "has_limit", "note", "reach", "stretch", "up"]
