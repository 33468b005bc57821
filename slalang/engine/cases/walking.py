"""A case whose clock other subjects or calendars can stop goes in; its clock is counted piece by piece between changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.advance import stretch
from slalang.engine.cases.conditions import set_extension, set_flags
from slalang.engine.limits.changing import refresh_limit

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.environment import Env


def walk(case: Case, at: int) -> None:
    """Count [last, at): at every point where something may have changed, read the past and go on from there.

    A change at `last` itself may have come after the case was last looked at (a later event of the same instant), so
    that instant is read again; one at `at` belongs to the next piece.
    """
    rule = case.rule
    env = rule.world.env
    kept = (env.subject, env.case, env.agreement, env.at, env.world_now)
    env.subject, env.case, env.agreement = case.subject, case, case.agreement
    try:
        points = rule.world.signals.points(rule.sources, env, case.last, at)
        for one in rule.extend_excuses:
            if one.requiring is not None:
                points |= one.requiring.points(env, case.last, at)
        for point in sorted(points) if points else ():
            if point > case.last:
                stretch(case, case.last, point)
            if not case.open:
                break
            env.at = env.world_now = point
            read(case, env, point, cause(rule, env, point))
            env.at = None
        if at > case.last:
            stretch(case, case.last, at)
    finally:
        env.subject, env.case, env.agreement, env.at, env.world_now = kept


def read(case: Case, env: Env, at: int, cause: str) -> None:
    """Bring standstills, extensions and limit up to date."""
    rule = case.rule
    if rule.standstills:
        set_flags(case, env, at, cause)
    if rule.extending:
        set_extension(case, env, at, cause)
    if rule.limit is not None and rule.needs.limit_moves:
        refresh_limit(case, env)


def cause(rule: Rule, env: Env, at: int) -> str:
    """The event that changed one of the rule's signals at an instant; empty where a calendar or a plan did."""
    world = rule.world
    for plan, via in rule.sources:
        subject = env.subject
        if plan.slot < 0:
            continue
        if via or subject is None or subject.entity != plan.signal.entity:
            subject = world.resolve(env, via, plan.signal.entity)
        track = subject.tracks[plan.slot] if subject is not None else None
        if track is not None and track.points(at, at + 1):
            return track.event_at(at)
    return ""
