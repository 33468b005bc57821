"""An evaluator that has played its events goes in; the terms that are running, and whether each renews at its end, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.settings import FOREVER

if TYPE_CHECKING:
    from slalang.engine.life.term import Term
    from slalang.engine.run import Run


def ends(run: Run, now: int) -> list[tuple[Term, bool]]:
    """Of each agreement, by its version in force: its term, where that ends after `now` (µs), and whether it renews as things stand."""
    world = run.worlds[-1]
    found = []
    for agreement in world.results.agreements():
        term = world.life.of(agreement)
        if term.start <= now < term.end < FOREVER and not term.over:
            found.append((term, world.life.goes_on(term)))
    return found
