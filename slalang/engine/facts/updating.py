"""The signals that events move go in; for each event type, the functions that move them come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import always, conditions
from slalang.engine.compile.constants import UNSET, from_scalar
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
                _running(world, plan, form, found)
            case facts.Computed():
                _computed(world, plan)
            case _:
                continue
    return found


def _add(world: World, plan: Plan, type_: str, found: dict[str, list[Update]], update: Update) -> None:
    """Play an update on the subjects that an event of the type concerns."""
    own = next((one.entity for one in world.program.events if one.name == type_), plan.signal.entity)
    entity = plan.signal.entity
    if own == entity:
        found.setdefault(type_, []).append(update)
        return

    def elsewhere(subject: Subject, event: Event) -> None:
        env = world.env
        if entity == "":
            if subject.agreement:
                update(world.subject("", subject.agreement), event)
                return
            # An event that reaches no agreement concerns every one of them.
            world.subject("", "")
            for one in list(world.subjects[""].values()):
                update(one, event)
            return
        target = world.resolve(env, (), entity)
        if target is not None:
            env.subject = target
            update(target, event)
            env.subject = subject

    found.setdefault(type_, []).append(elsewhere)


def _matches(world: World, condition: Any, subject: Subject, event: Event) -> bool:
    try:
        return bool(condition(world.env))
    except Undetermined as unknown:
        world.fault(
            "SLA-E0705",
            subject,
            event,
            f"whether `{event.type}` moves a signal cannot be told: {unknown.reason}",
            f"无法判断 `{event.type}` 是否改变信号：{unknown.reason}",
        )
        return False


def _between(world: World, plan: Plan, form: facts.Between, found: dict[str, list[Update]]) -> None:
    starts, stops = conditions(world, form.start), conditions(world, form.stop)
    slot, put = plan.slot, world.put
    for type_ in dict.fromkeys([*starts, *stops]):
        start, stop = starts.get(type_), stops.get(type_)
        if form.nested:
            _add(world, plan, type_, found, _nested(world, slot, start, stop))
            continue

        def update(subject: Subject, event: Event, start: Any = start, stop: Any = stop) -> None:
            if subject.values[slot]:
                if stop is not None and _matches(world, stop, subject, event):
                    still = start is not None and _matches(world, start, subject, event)
                    put(subject, slot, still, event.time, event.id)
            elif start is not None and (start is always or _matches(world, start, subject, event)):
                put(subject, slot, True, event.time, event.id)

        _add(world, plan, type_, found, update)


def _nested(world: World, slot: int, start: Any, stop: Any) -> Update:
    def update(subject: Subject, event: Event) -> None:
        depth = subject.counts.get(slot, 0)
        if stop is not None and depth and _matches(world, stop, subject, event):
            depth -= 1
        if start is not None and _matches(world, start, subject, event):
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
            if value is not None and (where is always or _matches(world, where, subject, event)):
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
            if not _matches(world, where, subject, event):
                return
            begin = max(start, event.time)
            if begin < end:
                world.timers.span(subject, slot, begin, end, event)

        _add(world, plan, type_, found, update)


def _running(world: World, plan: Plan, form: facts.Running, found: dict[str, list[Update]]) -> None:
    """A count, sum or balance that runs until it is reset."""
    more, less = conditions(world, form.events), conditions(world, form.less)
    resets = conditions(world, form.reset)
    value = None if form.value is None else world.compiler.expr(form.value)
    slot = plan.slot

    def amount(event: Event) -> Fraction:
        world.env.event = event
        return Fraction(1) if value is None else Fraction(value(world.env))

    for type_ in dict.fromkeys([*more, *less, *resets]):
        parts = (more.get(type_), less.get(type_), resets.get(type_))

        def update(subject: Subject, event: Event, parts: tuple[Any, Any, Any] = parts) -> None:
            up, down, reset = parts
            total = plan.initial if subject.values[slot] is UNSET else subject.values[slot]
            if reset is not None and _matches(world, reset, subject, event):
                total = plan.initial
            try:
                if up is not None and _matches(world, up, subject, event):
                    total += amount(event)
                if down is not None and _matches(world, down, subject, event):
                    total -= amount(event)
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
            world.put(subject, slot, total, event.time, event.id)

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
