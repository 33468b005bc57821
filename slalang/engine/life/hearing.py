"""The lines of a contract's life go in; what each event type does to it, as it happens, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions, derived_conditions, derived_of
from slalang.engine.undetermined import Nothing, Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.life.terms import Life
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.program import LifeStep

    Step = Callable[[Subject, Event], None]
    Act = Callable[[str, Event], None]


def life_collectors(life: Life) -> dict[str, list[Step]]:
    """What each event type does to the contract's life, as it happens."""
    found: dict[str, list[Step]] = {}
    world = life.world

    def hear(pattern: Any, act: Act) -> None:
        for type_, condition in conditions(world, pattern).items():
            found.setdefault(type_, []).append(_when(world, condition, act))
        for type_, condition in derived_conditions(world, pattern).items():
            key = derived_of(type_)
            if key is not None:
                world.timers.listen(key, _when(world, condition, act))

    for step in life.validity.steps:
        match step.effect:
            case "terminate" | "dissolve":
                hear(step.on, _ending(life, step))
            case "suspend" | "resume":
                hear(step.on, _suspending(life, step))
            case "renew" if step.unless is not None:
                hear(step.unless, lambda agreement, event: life.stop_renewal(agreement, event.id, event.time))
            case _:
                pass
    if life.validity.signed is not None:
        hear(
            life.validity.signed,
            lambda agreement, event: life.sign(agreement, event.by, event.time, event.id),
        )
    return found


def _ending(life: Life, step: LifeStep) -> Act:
    def act(agreement: str, event: Event) -> None:
        try:
            life.end(agreement, event.id, event.time, step.after)
        except (Undetermined, Nothing) as unknown:
            life.world.fault("SLA-E0705", None, event, str(unknown), str(unknown))

    return act


def _suspending(life: Life, step: LifeStep) -> Act:
    return lambda agreement, event: life.suspend(agreement, event.id, event.time, on=step.effect == "suspend")


def _when(world: World, condition: Any, act: Act) -> Callable[[Subject, Event], None]:
    def step(subject: Subject, event: Event) -> None:
        if not world.in_force.holds(event.time, subject.agreement or ""):
            return
        try:
            holds = condition(world.env)
        except Undetermined as unknown:
            world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
            return
        if holds:
            act(subject.agreement or "", event)

    return step
