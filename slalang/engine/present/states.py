"""An evaluator that has played its events goes in; the state of life in which each subject stands comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.engine.run import Run

States = dict[tuple[str, str], list[str]]


def states(run: Run) -> States:
    """The ids of the subjects in each state of each entity that has a life, sorted; those that no event spoke of are left out.

    The last version of the contract says what lives there are.
    """
    world = run.worlds[-1]
    found: States = {}
    for life in world.program.lives:
        for subject in world.subjects.get(life.entity, {}).values():
            if subject.acted or subject.life != life.initial:
                found.setdefault((life.entity, subject.life), []).append(subject.id)
    return {key: sorted(ids) for key, ids in sorted(found.items())}
