"""A right and the as-of instant go in; its notices come out: when it becomes exercisable, before its window ends, when it has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.rights.states import stretches, subject_of
from slalang.engine.settings import FOREVER
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Notice

if TYPE_CHECKING:
    from slalang.engine.rights.right import RightOf
    from slalang.engine.rights.standing import Standing
    from slalang.ir.rules import NoticeRule


def notices(right: RightOf, as_of: int) -> list[Notice]:
    """The notices of all standings: sent so far, and scheduled where only time has to pass."""
    if not right.ir.notices or right.reads_metrics:
        return []
    found: list[Notice] = []
    for group in right.found.values():
        for one in group:
            if not one.unknown and right.tells(one, as_of):
                found += _of(right, one, as_of)
    return found


def _of(right: RightOf, one: Standing, as_of: int) -> list[Notice]:
    try:
        held = stretches(right, one, as_of + 1)
    except Undetermined:
        return []
    found = []
    for rule, offset in right.offsets:
        if rule.on == "right":
            starts = [start for start, _ in held if start > -FOREVER]
            if not starts and right.condition is None and right.ir.cure is None and one.opens > as_of:
                starts = [one.opens]
            found += [_notice(right, one, rule, at, as_of) for at in starts]
            continue
        last = one.until if one.until is not None else None
        if last is None:
            continue
        at = last
        if rule.on == "before_window_end" and offset is not None:
            env = right.world.env
            env.agreement, env.subject = one.agreement, subject_of(right, one)
            try:
                # A window that ends with a day ends on that day's last instant, and is counted back from it.
                edge = 1 if one.strict else 0
                at = right.days.offset(last - edge, offset(env), after=False) + edge
            except Undetermined:
                continue
        if _due(right, one, at, as_of, held):
            found.append(_notice(right, one, rule, at, as_of))
    return found


def _due(right: RightOf, one: Standing, at: int, as_of: int, held: list[tuple[int, int]]) -> bool:
    """Whether a notice about the window's end is to be sent: the right can then be exercised and was not."""
    if at < max(one.opens, one.given) or (one.exercised_at is not None and one.exercised_at <= at):
        return False
    if not right.ir.survives and not right.world.life.of(one.agreement).holds(at - 1):
        return False
    if at > as_of:
        return one.exercised_at is None and (right.condition is None or bool(held and held[-1][1] > as_of))
    return any(start <= at - 1 < end for start, end in held)


def _notice(right: RightOf, one: Standing, rule: NoticeRule, at: int, as_of: int) -> Notice:
    return Notice(
        rule=right.ir.name,
        clause=rule.about.clause or right.ir.about.clause,
        agreement=one.agreement,
        subject=one.subject,
        to=rule.to,
        text=rule.text,
        at=at,
        status="sent" if at <= as_of else "scheduled",
    )
