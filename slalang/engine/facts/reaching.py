"""A subject and the entity that a rule or signal is about go in; the subjects that an event of the first concerns come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event

    Step = Callable[[Subject, Event], None]


def concerned(world: World, subject: Subject, wanted: str) -> list[Subject]:
    """The subjects of an entity that something about `subject` concerns: itself, the one it refers to, or all that refer to it.

    What happens to the agreement concerns everything of the agreement.
    """
    if subject.entity == wanted:
        return [subject]
    if wanted == "":
        return [world.subject("", subject.agreement or "")]
    env = world.env
    kept, env.subject = env.subject, subject
    try:
        found = world.resolve(env, (), wanted)
    finally:
        env.subject = kept
    if found is not None:
        return [found]
    others = world.subjects.get(wanted, {})
    if subject.entity in {"", "agreement"}:
        return [others[id_] for id_ in sorted(others) if (others[id_].agreement or "") == subject.id]
    path = world.references.path(wanted, subject.entity)
    if path is None:
        return []
    return [others[id_] for id_ in sorted(others) if world.references.follow(others[id_], path) is subject]


def reaching(world: World, wanted: str, play: Step) -> Step:
    """Play a step for every subject of an entity that an event concerns."""

    def reach(subject: Subject, event: Event) -> None:
        if subject.entity == wanted:
            play(subject, event)
            return
        env = world.env
        agreement = env.agreement
        for target in concerned(world, subject, wanted):
            env.subject, env.agreement = target, target.agreement or agreement
            play(target, event)
        env.subject, env.agreement = subject, agreement

    return reach
