"""A condition and the instants at which it is read go in; the events that made the values it reads come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.compile.walk import signals_of
from slalang.ir.facts import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slalang.engine.world import World
    from slalang.ir.expressions import Expr


def deciding(world: World, roots: Iterable[Expr | None], read_at: Callable[[str], int]) -> list[str]:
    """The ids of the events that last moved the signals of some expressions, seen from the subject of the environment.

    `read_at` gives the instant (µs) at which a signal is read, by the word that the expression uses (`latest`,
    `deadline`, …). Only signals that keep their history can be told (`Signals.track`); a value that no event made, such
    as opening hours or a declared initial value, names none.
    """
    env = world.env
    found: list[str] = []
    for node in signals_of(roots, world.program):
        plan = world.signals.plan(node.signal)
        owner = env.subject
        if node.via or owner is None or owner.entity != plan.signal.entity:
            owner = world.resolve(env, node.via, plan.signal.entity)
        if owner is None:
            continue
        at = read_at(node.at)
        if plan.slot >= 0:
            track = owner.tracks[plan.slot]
            event = track.event_at(at) if track is not None else ""
            if event:
                found.append(event)
        elif isinstance(plan.signal.form, Computed):
            outer, env.subject = env.subject, owner
            found += deciding(world, [plan.signal.form.value], lambda _, at=at: at)  # type: ignore[misc]
            env.subject = outer
    return list(dict.fromkeys(found))
