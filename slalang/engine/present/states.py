"""An evaluator that has played its events goes in; the state of life in which each subject and each agreement stands comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.outcome.present.records import STAGES

if TYPE_CHECKING:
    from slalang.engine.life.term import Term
    from slalang.engine.run import Run

States = dict[tuple[str, str], list[str]]


def states(run: Run) -> States:
    """The ids of the subjects in each state of each entity that has a life, sorted; those that no event spoke of are left out. First come the
    agreements, where the contract has a term or says what ends or suspends it.

    The last version of the contract says what lives there are.
    """
    world = run.worlds[-1]
    found: States = {}
    for life in world.program.lives:
        for subject in world.subjects.get(life.entity, {}).values():
            if subject.acted or subject.life != life.initial:
                found.setdefault((life.entity, subject.life), []).append(subject.id)
    return {**_agreements(run), **{key: sorted(ids) for key, ids in sorted(found.items())}}


def _agreements(run: Run) -> States:
    world = run.worlds[-1]
    validity = world.program.validity
    if validity.term_from is None and validity.signed is None and not validity.steps:
        return {}
    found: States = {}
    for agreement in world.results.agreements():
        stage = stage_of(world.life.of(agreement), world.results.as_of)
        found.setdefault(("agreement", stage), []).append(agreement)
    return {key: found[key] for stage in STAGES if (key := ("agreement", stage)) in found}


def stage_of(term: Term, now: int) -> str:
    """Where an agreement stands: not yet in force, in force, suspended, renewed, or over by an act or by time."""
    if now < term.start:
        return "offered"
    if not term.holds(now):
        return "terminated" if term.ended_by else "expired"
    if term.suspended_from is not None:
        return "suspended"
    return "renewed" if term.renewals else "in_force"
