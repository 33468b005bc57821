"""The rules of one version go in; for each event type, the one function that plays an event comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases import judging_before
from slalang.engine.cases.roles import Roles, conditions, derived_conditions, is_periodic
from slalang.engine.cases.steps import step
from slalang.engine.facts.reaching import reaching
from slalang.engine.facts.updating import updates
from slalang.engine.judging.following.announcing import become_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.facts import Life

    Handler = Callable[[Event], None]
    Step = Callable[[Subject, Event], None]


def handlers(
    world: World, collectors: dict[str, list[Step]], lives: dict[str, list[Step]] | None = None
) -> dict[str, Handler]:
    """A handler for each declared event type: references, life, signals, then the parts that it plays in rules."""
    moves = updates(world)
    for type_, heard in (lives or {}).items():
        moves[type_] = [*moves.get(type_, []), *heard]
    steps: dict[str, list[Step]] = {}
    for rule in world.rules:
        for type_, play in steps_of(rule).items():
            steps.setdefault(type_, []).append(_routed(world, rule, type_, play))
    world.read_types = {*moves, *steps, *collectors}
    return {
        one.name: _handler(
            world, one.name, one.entity, moves.get(one.name, []),
            [*steps.get(one.name, []), *collectors.get(one.name, [])],
        )
        for one in world.program.events
    }  # fmt: skip


def steps_of(rule: Rule, *, derived: bool = False) -> dict[str, Step]:
    """The steps of an obligation that has cases by event, by event type."""
    if is_periodic(rule.ir) or (derived and rule.before):
        return {}
    if rule.before:
        return judging_before.steps(rule)
    world, ir = rule.world, rule.ir
    found: dict[str, Roles] = {}
    parts = (
        ("starts", ir.starts), ("triggers", ir.trigger), ("voids", ir.void_when),
        ("discharges", ir.discharge), ("reopens", ir.reopen if rule.reopens else None),
    )  # fmt: skip
    for name, pattern in parts:
        found_in = derived_conditions(world, pattern) if derived else conditions(world, pattern)
        for type_, condition in found_in.items():
            setattr(found.setdefault(type_, Roles()), name, condition)
    if derived:
        return {type_: step(rule, roles) for type_, roles in found.items()}
    for name in ("standstills", "extends", "limits", "leaves"):
        for type_ in getattr(rule.needs, name):
            setattr(found.setdefault(type_, Roles()), name, True)
    own = {one.name for one in world.program.events if one.entity == ir.scope.entity}
    made: dict[str, Step] = {}
    for type_, roles in found.items():
        reread = roles.refreshes and not (roles.begins or roles.ends)
        if reread and type_ not in own:
            continue  # another subject's event: the clock reads it from the signal's history
        made[type_] = step(rule, roles)
    return made


def _routed(world: World, rule: Rule, type_: str, play: Step) -> Step:
    """An event of another entity plays its part for the subjects that it concerns."""
    entity = next((one.entity for one in world.program.events if one.name == type_), "")
    return play if rule.ir.scope.entity == entity else reaching(world, rule.ir.scope.entity, play)


def _handler(world: World, type_: str, entity: str, moves: list[Step], steps: list[Step]) -> Handler:
    env = world.env
    known = world.subjects.setdefault(entity, {})
    fields = _reference_fields(world, type_, entity)
    life = world.lives.get(entity)
    admitted = None if life is None else _transitions(life, type_)
    single = moves[0] if len(moves) == 1 else None
    reads = type_ in world.read_types
    tracing = world.settings.trace is not None
    terms = world.life if world.life.needs_timers else None
    note = world.firsts.note

    def handle(event: Event) -> None:
        if tracing:
            world.seen[event.id] = event
        subject = known.get(event.subject)
        world.now = env.world_now = event.time
        if subject is None:
            subject = world.subject(entity, event.subject)
        fresh = reads and not subject.acted
        if fresh:
            subject.acted = True
            subject.since = event.time
        if fields:
            data = event.data
            for field in fields:
                value = data.get(field)
                if value is not None and subject.refs.get(field) != value:
                    _refer(world, subject, field, value, event)
                    fresh = reads
        if fresh:
            note(subject.agreement or "", subject.since or event.time)
        if terms is not None and reads and entity:
            terms.of(subject.agreement or "")
        if world.falling and reads:
            become_known(world, subject.agreement or "", event.time)
        env.subject = subject
        env.event = event
        env.agreement = subject.agreement or ""
        if admitted is not None:
            state = admitted.get(subject.life)
            if state is None:
                _impossible(world, subject, event)
            else:
                subject.life = state
        if single is not None:
            single(subject, event)
        else:
            for move in moves:
                move(subject, event)
        for play in steps:
            play(subject, event)

    return handle


def _reference_fields(world: World, type_: str, entity: str) -> list[str]:
    declared = world.entities.get(entity)
    event = next(one for one in world.program.events if one.name == type_)
    names = {field.name for field in event.fields}
    found = [one.field for one in (declared.references if declared is not None else ()) if one.field in names]
    return [*found, "agreement"] if "agreement" in names and "agreement" not in found else found


def _refer(world: World, subject: Subject, field: str, value: Any, event: Event) -> None:
    """A subject refers to another one than before: its cases are counted up to here with the old one."""
    for live in subject.live:
        for case in live or ():
            if case.rule.tracked:
                case.rule.walk(case, event.time)
    old = subject.refs.get(field)
    subject.refs[field] = value
    world.folds.joined(subject, field, old, value, event.time)
    before = subject.agreement or ""
    subject.agreement = value if field == "agreement" else world.references.agreement_of(subject) or before
    if subject.agreement != before:
        world.folds.moved_agreement(subject, before, subject.agreement, event.time)


def _transitions(life: Life, type_: str) -> dict[str, str]:
    """For each state that admits an event type, the state after it."""
    found: dict[str, str] = {}
    for one in life.transitions:
        names = {name if "." in name else f"{life.entity}.{name}" for name in one.events}
        if type_ in names:
            for state in one.sources:
                found.setdefault(state, one.to or state)
    return found


def _impossible(world: World, subject: Subject, event: Event) -> None:
    world.fault(
        "SLA-E0701",
        subject,
        event,
        f"`{event.type}` cannot happen to `{subject.id}`, which is `{subject.life}`",
        f"`{subject.id}` 处于 `{subject.life}`，不可能发生 `{event.type}`",
    )
