"""An event that triggers a rule goes in; a case is opened, restarted, reopened or ignored as the rule's policies say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.advance import advance
from slalang.engine.cases.case import Case, Stand
from slalang.engine.cases.conditions import close, set_extension, set_flags
from slalang.engine.cases.roles import always
from slalang.engine.compile.constants import Unread
from slalang.engine.facts.derived import DerivedEvent
from slalang.engine.limits.changing import first_limit, refresh_limit
from slalang.engine.reasons import refused, say
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from slalang.engine.cases.roles import Roles
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Event
    from slalang.values.time_error import TimeError


def begin(rule: Rule, roles: Roles, subject: Subject, event: Event, env: Env) -> None:
    """Play the parts that begin a case: the start of its clock, its trigger."""
    if roles.starts and _holds(roles.starts, rule, subject, event, env):
        _start(rule, subject, event, env)
    condition = roles.triggers
    matches = condition is always or (condition and _holds(condition, rule, subject, event, env))
    mine = matches and rule.version.holds(event.time, subject.agreement or "")
    if mine and (rule.any_trigger or rule.triggers_now(subject, event)):
        trigger(rule, subject, event, env)
        rule.came_before = []


def _holds(condition: object, rule: Rule, subject: Subject, event: Event, env: Env) -> bool:
    """Whether the event matches; one that the data cannot decide is reported, and does not match."""
    try:
        return bool(condition(env))  # type: ignore[operator]
    except Undetermined as unknown:
        rule.world.undecided(rule, subject, event, unknown.reason)
        return False


def trigger(rule: Rule, subject: Subject, event: Event, env: Env, at: int | None = None) -> Case | None:
    """Open a case, or do with the one that is open what the rule says of a second trigger."""
    when = event.time if at is None else at
    live = subject.live[rule.index]
    if rule.once and ("once", rule.index) in subject.marks:
        for case in live or ():
            if case.log is not None:
                case.log.role(event, "ignored", "second_trigger")
        return None  # owed once in the agreement, whatever happens again
    if live:
        for case in live:
            if not case.triggered:
                return _awake(case, event, env, when)
        open_ = [case for case in live if case.open]
        if open_:
            case = open_[-1]
            match _on_second(rule, subject):
                case "restarts":
                    _restart(case, event, env, when, "restarted")
                    return None
                case "ignored":
                    if open_[-1].log is not None:
                        open_[-1].log.role(event, "ignored", "second_trigger")
                    return None
    return open_case(rule, subject, event, env, when)


def _on_second(rule: Rule, subject: Subject) -> str:
    """What the rule says of a second trigger. Where the subject's life admits none, it says nothing: the event is a reported fault and changes nothing."""
    if rule.policies.get("second_trigger", "") == "" and subject.entity in rule.world.lives:
        return "ignored"
    return rule.policy("second_trigger")


def open_case(rule: Rule, subject: Subject, event: Event, env: Env, at: int) -> Case | None:
    """A new case, unless the subject is outside the scope or the agreement has not chosen the rule."""
    taint = ""
    if rule.optional and not rule.world.agreed.chooses(rule.ir, subject.agreement or "", at):
        return None
    if rule.where is not None:
        try:
            if not rule.where(env):
                return None
        except Undetermined as unknown:
            taint = unknown.reason
    agreement = subject.agreement or ""
    case = Case(rule, subject, agreement, event, at)
    case.taint = taint
    rule.cases.append(case)
    if rule.focused is not None:
        rule.focused(case)
    if rule.came_before:
        _gathered(rule, case)
    if case.log is not None:
        case.log.role(event, "trigger")
    outside = "" if rule.unbounded else rule.outside(agreement, at)
    if outside:
        _outside(case, event, at, outside)
        return case
    if rule.once:
        subject.marks["once", rule.index] = True
    live = subject.live[rule.index]
    if live is None:
        subject.live[rule.index] = [case]
    else:
        live.append(case)
    if rule.separate_start:
        case.start, case.running = None, False
        return case
    _set_out(case, env, at, event.id)
    return case


def _gathered(rule: Rule, case: Case) -> None:
    """The trigger was the last of several events that were all needed: the others are evidence too."""
    before, rule.came_before = rule.came_before, []
    case.evidence[:0] = [one.id for one in before]
    if case.log is not None:
        for one in before:
            case.log.role(one, "part")


def _outside(case: Case, event: Event, at: int, why: str) -> None:
    """A case that is triggered outside the term is void; one that falls between versions is an error, and says so."""
    case.open = case.running = False
    if why != "no_version":
        case.void_at, case.void_reason = at, why
        return
    world = case.rule.world
    last = world.program.version
    case.taint = say("no_version", version=last)
    world.fault(
        "SLA-E0704",
        case.subject,
        event,
        f"`{case.rule.ir.name}` is triggered when no version of the contract is in force; the last one is `{last}`",
        f"`{case.rule.ir.name}` 被触发时没有生效的合同版本；最近的版本是 `{last}`",
    )


def _set_out(case: Case, env: Env, at: int, cause: str) -> None:
    """The clock starts: read limit, standstills, and whatever is kept from the trigger."""
    rule = case.rule
    env.case, env.agreement, env.world_now = case, case.agreement, at
    if rule.hears_derived:
        case.ends_day = isinstance(env.event, DerivedEvent) and env.event.ends_day
    try:
        first_limit(case, env)
        if rule.standstills:
            set_flags(case, env, at, "")
            if case.stands:
                case.stands[0].started_by = cause
        if rule.extending:
            set_extension(case, env, at, "")
        if rule.captures_trigger:
            capture(case, env, "trigger")
    finally:
        env.case = None
    if rule.timed_notices:
        case.waiting = list(rule.timed_notices)
    if rule.trigger_notices:
        rule.notify(case, "trigger", at)
    if rule.watched:
        rule.world.arm(case)


def _start(rule: Rule, subject: Subject, event: Event, env: Env) -> None:
    """The start of the clock, before or after the trigger."""
    live = subject.live[rule.index] or []
    for case in live:
        if case.triggered and case.open and case.start is None:
            case.start = case.last = event.time
            case.running = True
            case.evidence.append(event.id)
            if case.log is not None:
                case.log.role(event, "start")
            _set_out(case, env, event.time, event.id)
            return
    if any(case.open for case in live):
        return
    if rule.optional and not rule.world.agreed.chooses(rule.ir, subject.agreement or "", event.time):
        return
    case = Case(rule, subject, subject.agreement or "", event, event.time)
    case.triggered = False
    subject.live[rule.index] = [*live, case]
    _set_out(case, env, event.time, event.id)


def _awake(case: Case, event: Event, env: Env, at: int) -> Case | None:
    """The trigger of a case whose clock has been running since before."""
    rule = case.rule
    live = case.subject.live[rule.index]
    assert live is not None
    try:
        inside = rule.where is None or rule.where(env)
    except Undetermined as unknown:
        inside, case.taint = True, unknown.reason
    if not inside:
        live.remove(case)
        return None
    case.triggered = True
    case.instance, case.trigger_at = event.id, at
    case.trigger_event = event if rule.keeps_trigger else None
    case.evidence.append(event.id)
    case.agreement = case.subject.agreement or ""
    rule.cases.append(case)
    if rule.focused is not None:
        rule.focused(case)
    outside = rule.outside(case.agreement, at)
    if outside:
        _outside(case, event, at, outside)
        live.remove(case)
        return case
    env.case, env.world_now = case, at
    try:
        refresh_limit(case, env, first=True)
    finally:
        env.case = None
    return case


def reopen(case: Case, event: Event, env: Env) -> None:
    """A discharged case is opened again."""
    policy = case.rule.policy("on_reopening")
    if policy == "frozen":
        if case.log is not None:
            case.log.role(event, "ignored", "frozen")
        return
    if policy == "new_case":
        live = case.subject.live[case.rule.index]
        if live is not None and case in live:
            live.remove(case)
        open_case(case.rule, case.subject, event, env, event.time)
        return
    case.evidence.append(event.id)
    if policy == "restarts":
        _restart(case, event, env, event.time, "reopened")
        return
    if case.log is not None:
        case.log.role(event, "reopened", "continues")
    if case.stands is None:
        case.stands = []
    away = Stand(-1, case.done_at if case.done_at is not None else event.time, case.done_by)
    away.end, away.ended_by = event.time, event.id
    case.stands.append(away)
    if case.log is not None and case.due is not None:
        case.log.stretch(away.start, event.time, event.time - away.start, "counted")  # days go on meanwhile
    case.done_at, case.done_by, case.discharge_event = None, "", None
    if case.rule.watched and case.breach_at is not None:
        case.rule.world.derive(case.rule, case, "relapse", event.time, happened=case.breach_at)
    case.open = case.running = True
    case.flags = None
    case.last = event.time
    env.case = case
    try:
        if case.rule.limit is not None:
            refresh_limit(case, env)
        if case.rule.standstills:
            set_flags(case, env, event.time, event.id)
        if case.rule.extending:
            set_extension(case, env, event.time, event.id)
    finally:
        env.case = None


def _restart(case: Case, event: Event, env: Env, at: int, role: str) -> None:
    """The clock starts again from nothing; what was breached before is judged by the new clock."""
    if case.rule.watched and case.breach_at is not None:
        case.rule.world.derive(case.rule, case, "relief", at)
    close(case, at)
    case.start = case.last = at
    case.elapsed = case.extended = case.carried = 0
    case.breach_at = case.deadline = case.done_at = case.settled = case.since = None
    case.done_by, case.discharge_event = "", None
    case.flags, case.bound = None, None
    case.open = case.running = True
    case.stands = case.extensions = None
    case.evidence.append(event.id)
    if case.log is not None:
        case.log.role(event, role, "restarts")
        case.log.stretches.clear()
    _set_out(case, env, at, event.id)


def count_anew(rule: Rule, at: int) -> None:
    """An amendment reaches the open cases from its own beginning: their clocks start again there."""
    for case in rule.cases:
        if case.open and case.trigger_at < at and rule.version.taken_from(case.agreement) == at:
            advance(case, at)
            close(case, at)
            case.start = case.last = at
            case.elapsed = case.extended = case.carried = 0
            case.breach_at = case.since = None
            case.flags, case.stands, case.extensions = None, None, None
            if case.log is not None:
                case.log.stretches.clear()  # what ran before the amendment is no part of the new clock
            env = rule.world.env
            env.subject, env.case, env.agreement, env.event = case.subject, case, case.agreement, None
            if rule.standstills:
                set_flags(case, env, at, "")
            if rule.extending:
                set_extension(case, env, at, "")
            env.case = None


def capture(case: Case, env: Env, at: str) -> None:
    """Keep the signals that the rule, or a metric over it, reads at this instant of the case."""
    if case.captured is None:
        case.captured = {}
    for key, reader in case.rule.captures.get(at, ()):
        try:
            case.captured[key] = reader(env)
        except Undetermined as unknown:
            case.captured[key] = Unread(unknown.reason)


def refuse(rule: Rule, subject: Subject, error: TimeError) -> None:
    """A calendar could not answer: the cases of the subject are undetermined, and say why."""
    reason = refused(rule.asked, error)
    for case in subject.live[rule.index] or ():
        if case.open:
            case.taint = case.taint or reason
