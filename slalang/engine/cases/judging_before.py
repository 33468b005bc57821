"""A rule that asks for an act some time before an anchor goes in; steps come out that judge it when the anchor comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases import notices, opening
from slalang.engine.cases.roles import conditions
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.case import Case
    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Event

    Step = Callable[[Subject, Event], None]


def steps(rule: Rule) -> dict[str, Step]:
    """Acts are remembered by subject; the anchor (the trigger) judges them, and what is missed then cannot be cured."""
    world, ir = rule.world, rule.ir
    anchors, acts = conditions(world, ir.trigger), conditions(world, ir.discharge)
    return {
        type_: _step(rule, anchors.get(type_), acts.get(type_)) for type_ in dict.fromkeys([*acts, *anchors])
    }


def _step(rule: Rule, anchor: Any, act: Any) -> Step:
    env = rule.world.env
    key = ("acts", rule.index)

    def play(subject: Subject, event: Event) -> None:
        if act is not None and _holds(act, rule, subject, event):
            subject.marks.setdefault(key, []).append((event.time, event.id))
        if anchor is None or not _holds(anchor, rule, subject, event):
            return
        if rule.version.holds(event.time, subject.agreement or "") and rule.triggers_now(subject, event):
            case = opening.open_case(rule, subject, event, env, event.time)
            if case is not None and case.void_at is None:
                _judge(rule, case, subject.marks.pop(key, []))
                live = subject.live[rule.index]
                if live is not None:
                    live.remove(case)

    return play


def _holds(condition: Any, rule: Rule, subject: Subject, event: Event) -> bool:
    try:
        return bool(condition(rule.world.env))
    except Undetermined as unknown:
        rule.world.undecided(rule, subject, event, unknown.reason)
        return False


def _judge(rule: Rule, case: Case, acts: list[tuple[int, str]]) -> None:
    """The first act that came early enough keeps the duty; else the first act is shown, too late."""
    env = rule.world.env
    env.case = case
    try:
        bound = rule.limit(env)
        last, strict, dates = rule.days.before(bound, case.trigger_at, rule.calendar)
    except Undetermined as unknown:
        case.taint = unknown.reason
        return
    finally:
        env.case = None
    case.bound, case.limit = bound, bound.amount if bound.type == "duration" else case.limit
    case.due, case.due_strict, case.deadline = last, strict, last
    case.open = case.running = False
    early = [act for act in acts if act[0] < last or (act[0] == last and not strict)]
    done = early[0] if early else acts[0] if acts else None
    if done is not None:
        case.done_at, case.done_by = done
        case.evidence.append(done[1])
        calendar = rule.calendar
        case.elapsed = (
            case.trigger_at - done[0] if calendar is None else calendar.elapsed_us(done[0], case.trigger_at)
        )
    if not early:
        case.breach_at = case.trigger_at
        for notice in rule.breach_notices:
            notices.send(case, notice, case.trigger_at)
    if rule.watched:
        for what in ("discharge",) if early else ("expiry", "breach"):
            rule.world.derive(rule, case, what, case.trigger_at)
    if case.log is not None:
        case.log.dates.extend(dates)
        for at, act in acts:
            # The act that counts discharges, in time or not; the others change nothing.
            counts = (at, act) == done
            role, detail = ("discharge", "") if counts else ("ignored", "already_discharged")
            case.log.role(rule.world.seen[act], role, detail)
