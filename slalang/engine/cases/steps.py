"""A rule and an event type go in; a step comes out that plays the event's parts in the cases of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.engine.cases import opening
from slalang.engine.cases.advance import advance, breach, tell_breach
from slalang.engine.cases.conditions import cite, close, leave, refresh, void
from slalang.engine.limits.changing import is_over
from slalang.engine.undetermined import Undetermined
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.case import Case
    from slalang.engine.cases.roles import Roles
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Event

    Step = Callable[[Subject, Event], None]


_FIELD: Final = "instance"  # by which an act names the case it ends: the id of the event that opened it


def step(rule: Rule, roles: Roles) -> Step:
    """The step of one event type; what the type cannot do is left out when the contract is read, not when it runs."""
    env = rule.world.env
    index = rule.index
    refreshes = roles.refreshes
    ends = roles.ends
    begins = roles.begins

    watched = rule.watched

    def play(subject: Subject, event: Event) -> None:
        live = subject.live[index]
        try:
            if live:
                if len(live) == 1:
                    case = live[0]
                    if event.time > case.last:
                        advance(case, event.time)
                    if refreshes:
                        env.case = case
                        refresh(case, event, env, roles)
                        env.case = None
                    if ends:
                        end(case, event, env, roles)
                else:
                    _several(rule, roles, subject, event, env)
            if begins:
                opening.begin(rule, roles, subject, event, env)
        except TimeError as error:
            opening.refuse(rule, subject, error)
        if watched:
            for case in subject.live[index] or ():
                rule.world.arm(case)

    return play


def _several(rule: Rule, roles: Roles, subject: Subject, event: Event, env: Env) -> None:
    """Several cases of one subject are live: all go on, and a discharge ends those that the rule says."""
    cases = list(subject.live[rule.index] or ())
    for case in cases:
        advance(case, event.time)
        if roles.refreshes:
            env.case = case
            refresh(case, event, env, roles)
            env.case = None
    if not roles.ends:
        return
    for case in _addressed(rule, cases, event, roles):
        end(case, event, env, roles)


def _addressed(rule: Rule, cases: list[Case], event: Event, roles: Roles) -> list[Case]:
    still = [case for case in cases if case.open]
    if not roles.discharges:
        return cases
    if len(still) < 2:
        return still or cases[-1:]
    match rule.policy("discharge_ends"):
        case "all":
            return still
        case "named":
            name = event.data.get(_FIELD)
            named = [case for case in still if name in {case.instance, case.trigger_at}]
            return named or still[:1]  # there it is found to mean another, and reported
        case _:
            return still[:1]


def _means_another(case: Case, event: Event) -> bool:
    """Whether, by `the named`, the act names another case; or names none, though several are open."""
    rule = case.rule
    if not case.open or rule.policies.get("discharge_ends", "") != "named":
        return False
    name = event.data.get(_FIELD)
    if name is not None:
        return name not in {case.instance, case.trigger_at}
    return sum(one.open for one in case.subject.live[rule.index] or ()) > 1


def _report(case: Case, event: Event) -> None:
    """An act that by `the named` ends no case is told, not dropped."""
    rule = case.rule
    rule.world.fault(
        "SLA-E0702", case.subject, event,
        f"`{event.type}` discharges no case of `{rule.ir.name}`: its field `{_FIELD}` names none that is open",
        f"`{event.type}` 未了结 `{rule.ir.name}` 的任何一件：其字段 `{_FIELD}` 未指明在办的一件",
    )  # fmt: skip


def end(case: Case, event: Event, env: Env, roles: Roles) -> None:
    """Void, discharge or reopen a case, where the event's type and conditions say so."""
    env.case = case
    try:
        if roles.voids and case.open and roles.voids(env):
            void(case, event, "void_when")
        elif roles.discharges and case.triggered and roles.discharges(env):
            discharge(case, event, env)
        elif roles.reopens and case.done_at is not None and roles.reopens(env):
            opening.reopen(case, event, env)
    except Undetermined as unknown:
        case.taint = case.taint or unknown.reason
    finally:
        env.case = None


def discharge(case: Case, event: Event, env: Env) -> None:
    """What was owed has been done: judge it, unless it was done by someone else or had been done before."""
    rule = case.rule
    again = not case.open
    if again and not (rule.last_counts and case.void_at is None):
        if case.log is not None:
            case.log.role(event, "ignored", "already_discharged")
        return
    if rule.by_another(event):
        if case.log is not None:
            case.log.role(event, "ignored", "by_another_party")
        return
    if _means_another(case, event):
        if case.log is not None:
            case.log.role(event, "ignored", "names_another")
        _report(case, event)
        return
    if rule.too_early(case, event.time):
        if case.log is not None:
            case.log.role(event, "ignored", "too_early")
        return
    if rule.all_acts is not None and not rule.complete(case, event):
        return
    at = event.time
    if rule.prohibits:
        if case.breach_at is not None or is_over(case, at):
            case.breach_at = at if case.breach_at is None else case.breach_at
            if case.log is not None:
                case.log.role(event, "ignored", "no_longer_forbidden")
            return
        case.breach_at = at
        tell_breach(case, at)
    elif case.breach_at is None and is_over(case, at):
        breach(case, at)
    case.done_at, case.done_by = at, event.id
    cite(case, event.id)
    if rule.keeps_discharge:
        case.discharge_event = event
    if rule.captures_discharge:
        opening.capture(case, env, "discharge")
    if case.log is not None:
        case.log.role(event, "discharge")
    if rule.last_counts:
        case.settled = (case.elapsed, case.breach_at, case.extended)
    else:
        case.open = case.running = False
        close(case, at)
        if not rule.reopens:
            leave(case)
    if rule.discharge_notices:
        rule.notify(case, "discharge", at)
    if rule.watched and not rule.prohibits:
        rule.world.derive(rule, case, "discharge", at)
