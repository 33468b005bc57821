"""The signals that events move go in; for each event type, the functions that move them come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import always, conditions, derived_of, holds_for
from slalang.engine.compile.constants import UNSET, from_scalar
from slalang.engine.facts.growing.overdue import days_late
from slalang.engine.facts.reaching import concerned, reaching
from slalang.engine.facts.running import running
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir import facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event

    Update = Callable[[Subject, Event], None]


def updates(world: World) -> dict[str, list[Update]]:
    """For each event type, what it does to signals; computed signals follow those that they are made of."""
    found: dict[str, list[Update]] = {}
    for plan in world.signals.plans.values():
        if plan.slot < 0:
            continue
        form = plan.signal.form
        match form:
            case facts.Between():
                _between(world, plan, form, found)
            case facts.Latest():
                _latest(world, plan, form, found)
            case facts.Spans():
                _spans(world, plan, form, found)
            case facts.Running():
                for type_, update in running(world, plan, form).items():
                    _add(world, plan, type_, found, update)
            case facts.DaysLate():
                for type_, update in days_late(world, plan, form).items():
                    _add(world, plan, type_, found, update)
            case facts.Computed():
                _computed(world, plan)
            case _:
                continue
    return found


def _add(world: World, plan: Plan, type_: str, found: dict[str, list[Update]], update: Update) -> None:
    """Play an update on the subjects that an event of the type concerns; derived events are heard of by the timers."""
    entity = plan.signal.entity
    derived = derived_of(type_)
    if derived is not None:
        world.timers.listen(derived, reaching(world, entity, update))
        return
    own = next((one.entity for one in world.program.events if one.name == type_), entity)
    if own == entity:
        found.setdefault(type_, []).append(update)
        return

    def elsewhere(subject: Subject, event: Event) -> None:
        env = world.env
        if entity == "" and not subject.agreement:
            # An event that reaches no agreement concerns every one of them.
            world.subject("", "")
            for one in list(world.subjects[""].values()):
                update(one, event)
            return
        for target in concerned(world, subject, entity):
            env.subject = target if entity else subject
            update(target, event)
        env.subject = subject

    found.setdefault(type_, []).append(elsewhere)


def _between(world: World, plan: Plan, form: facts.Between, found: dict[str, list[Update]]) -> None:
    starts = conditions(world, form.start, derived=True)
    stops = conditions(world, form.stop, derived=True)
    slot, put = plan.slot, world.put
    for type_ in dict.fromkeys([*starts, *stops]):
        start, stop = starts.get(type_), stops.get(type_)
        if form.nested:
            _add(world, plan, type_, found, _nested(world, slot, start, stop))
            continue

        def update(subject: Subject, event: Event, start: Any = start, stop: Any = stop) -> None:
            if subject.values[slot]:
                if stop is not None and holds_for(world, stop, subject, event):
                    still = start is not None and holds_for(world, start, subject, event)
                    put(subject, slot, still, event.time, event.id)
            elif start is not None and (start is always or holds_for(world, start, subject, event)):
                put(subject, slot, True, event.time, event.id)

        _add(world, plan, type_, found, update)


def _nested(world: World, slot: int, start: Any, stop: Any) -> Update:
    def update(subject: Subject, event: Event) -> None:
        depth = subject.counts.get(slot, 0)
        if stop is not None and depth and holds_for(world, stop, subject, event):
            depth -= 1
        if start is not None and holds_for(world, start, subject, event):
            depth += 1
        subject.counts[slot] = depth
        world.put(subject, slot, depth > 0, event.time, event.id)

    return update


def _latest(world: World, plan: Plan, form: facts.Latest, found: dict[str, list[Update]]) -> None:
    slot, name, type_of = plan.slot, form.field, plan.signal.type
    plain = not (type_of in {"date", "number", "integer", "ratio", "points"} or type_of.startswith("amount:"))
    wheres = conditions(world, facts.Pattern(form.sources))
    put = world.put
    for type_ in dict.fromkeys(one.type for one in form.sources):
        where = wheres[type_]

        def update(subject: Subject, event: Event, where: Any = where) -> None:
            value = event.data.get(name)
            if value is not None and (where is always or holds_for(world, where, subject, event)):
                made = value if plain else from_scalar(type_of, value)
                if subject.values[slot] != made:
                    put(subject, slot, made, event.time, event.id)

        _add(world, plan, type_, found, update)


def _spans(world: World, plan: Plan, form: facts.Spans, found: dict[str, list[Update]]) -> None:
    """An announced interval counts from its start, but not from before it was announced."""
    wheres = conditions(world, facts.Pattern(form.events))
    slot = plan.slot
    for type_ in dict.fromkeys(one.type for one in form.events):
        where = wheres[type_]

        def update(subject: Subject, event: Event, where: Any = where) -> None:
            start, end = event.data.get(form.start_field), event.data.get(form.end_field)
            if not isinstance(start, int) or not isinstance(end, int):
                return
            if not holds_for(world, where, subject, event):
                return
            begin = max(start, event.time)
            if begin < end:
                world.timers.span(subject, slot, begin, end, event)

        _add(world, plan, type_, found, update)


def _computed(world: World, plan: Plan) -> None:
    """A signal made of others of the same subject follows them."""
    slot, entity, value = plan.slot, plan.signal.entity, plan.value
    assert value is not None

    def follow(subject: Subject, at: int, event: str) -> None:
        env = world.env
        kept, kept_at, env.subject, env.at = env.subject, env.at, subject, None
        try:
            made = value(env)
        except (Undetermined, Nothing):
            made = UNSET
        finally:
            env.subject, env.at = kept, kept_at
        world.put(subject, slot, made, at, event)

    for source, _ in plan.sources:
        world.dependents.setdefault((entity, source.slot), []).append(follow)


def initial_values(world: World) -> None:
    """What signals made of others are before any event; in the order that they are made of each other."""
    done: set[str] = set()

    def settle(plan: Plan) -> None:
        if plan.signal.name in done:
            return
        done.add(plan.signal.name)
        for source, _ in plan.sources:
            settle(source)
        if isinstance(plan.signal.form, facts.Computed) and plan.slot >= 0:
            plan.initial = _first_value(world, plan)

    for plan in world.signals.plans.values():
        settle(plan)


def _first_value(world: World, plan: Plan) -> Any:
    values, tracks = world.signals.blank(plan.signal.entity)
    subject = type("Blank", (), {})()
    subject.entity, subject.id, subject.values, subject.tracks = plan.signal.entity, "", values, tracks
    env = world.env
    kept, env.subject = env.subject, subject
    try:
        assert plan.value is not None
        return plan.value(env)
    except (Undetermined, Nothing):
        return UNSET
    finally:
        env.subject = kept


__all__ = ["initial_values", "updates"]
