"""A case and the present state of its signals go in; its standstills, extension, limit and scope are brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.case import Stand
from slalang.engine.limits.changing import refresh_limit
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.cases.roles import Roles
    from slalang.engine.compile.environment import Env
    from slalang.events.event import Event


def refresh(case: Case, event: Event, env: Env, roles: Roles) -> None:
    """Read again what this event type can have changed: standstills, extensions, the limit, the scope."""
    if not case.open:
        return
    if roles.standstills:
        stood = case.paused
        set_flags(case, env, event.time, event.id)
        if case.log is not None and case.paused is not stood:
            case.log.role(event, "standstill")
    if roles.extends:
        held = case.extension
        set_extension(case, env, event.time, event.id)
        if case.log is not None and case.extension is not held:
            case.log.role(event, "excuse")
    if roles.limits:
        before = case.bound
        refresh_limit(case, env)
        if case.bound is not before:
            cite(case, event.id)
            if case.log is not None:
                case.log.role(event, "change")
    if roles.leaves and case.triggered and case.rule.where is not None:
        _scope(case, event, env)


def _scope(case: Case, event: Event, env: Env) -> None:
    rule = case.rule
    assert rule.where is not None
    try:
        inside = rule.where(env)
    except Undetermined as unknown:
        case.taint = unknown.reason
        return
    if not inside:
        void(case, event, "left_the_scope")


def set_flags(case: Case, env: Env, at: int, cause: str) -> None:
    """Read every standstill of the rule; the clock stands while any holds."""
    flags = case.flags
    rule = case.rule
    paused = False
    for number, still in enumerate(rule.standstills):
        try:
            holds = still.when(env)
        except Undetermined as unknown:
            case.taint = case.taint or unknown.reason
            holds = False
        if flags is None:
            if not holds:
                continue
            flags = case.flags = [False] * len(rule.standstills)
        if holds is not flags[number]:
            flags[number] = holds
            _mark(case, number, at, cause, holds=holds)
        paused = paused or holds
    case.paused = paused
    case.running = not paused and case.open and case.start is not None


def _mark(case: Case, number: int, at: int, cause: str, *, holds: bool) -> None:
    if holds:
        if case.stands is None:
            case.stands = []
        case.stands.append(Stand(number, at, cause))
    else:
        for one in case.stands or ():
            if one.number == number and one.end is None:
                one.end, one.ended_by = at, cause
    if cause:
        cite(case, cause)


def set_extension(case: Case, env: Env, at: int, cause: str) -> None:
    """Read the excuses that extend the limit by their length."""
    holds = False
    for number, excuse in enumerate(case.rule.extend_excuses):
        try:
            now = excuse.when(env)
        except Undetermined as unknown:
            case.taint = case.taint or unknown.reason
            now = False
        if excuse.requiring is None:
            members = [""] if now else []
        else:
            members = excuse.requiring.holding(env, holds=now)
        holds = _plead(case, number, members, at, cause) or holds
    case.extension = holds


def _plead(case: Case, number: int, members: list[str], at: int, cause: str) -> bool:
    """Open and end the stretches of one excuse; whether one that has not been forfeited is open."""
    open_ = {one.member: one for one in case.extensions or () if one.number == number and one.end is None}
    for member in members:
        if member not in open_:
            if case.extensions is None:
                case.extensions = []
            made = open_[member] = Stand(number, at, cause, member)
            requiring = case.rule.extend_excuses[number].requiring
            made.forfeited = requiring.lost(case, made, at) if requiring is not None else ""
            case.extensions.append(open_[member])
            if cause:
                cite(case, cause)
    for member in set(open_) - set(members):
        ended = open_.pop(member)
        ended.end, ended.ended_by = at, cause
        if cause:
            cite(case, cause)
    return any(not one.forfeited for one in open_.values())


def void(case: Case, event: Event, why: str) -> None:
    """The trigger fell away while the case was open."""
    case.void_at, case.void_reason = event.time, why
    case.open = case.running = False
    cite(case, event.id)
    close(case, event.time)
    if case.log is not None:
        case.log.role(event, "void", why)
    if case.rule.watched and case.breach_at is not None:
        case.rule.world.derive(case.rule, case, "relief", event.time)
    leave(case)


def cite(case: Case, event: str) -> None:
    """Note an event that the verdict rests on; one that plays several parts is noted once."""
    if case.evidence[-1] != event:
        case.evidence.append(event)


def close(case: Case, at: int) -> None:
    """End the stretches that are open when the case is."""
    for one in case.stands or ():
        if one.end is None:
            one.end = at
    for one in case.extensions or ():
        if one.end is None:
            one.end = at


def leave(case: Case) -> None:
    """Take a case that nothing can touch any more from its subject."""
    live = case.subject.live[case.rule.index]
    if live is not None:
        live.remove(case)
