"""A contract, offers (files of values) and perhaps events go in; what each offer comes to comes out, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.engine.compile.stated import stated
from slalang.pipeline.asking import readings, settings
from slalang.pipeline.blanks.filling import values_of
from slalang.pipeline.journey import program_of
from slalang.pipeline.running import Asked, Run
from slalang.report.offers.offer import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.collector import Collector


def offered(asked: Asked, files: Sequence[str], collector: Collector) -> list[Offer]:
    """Bind each offer within the domains of the contract, on top of what is set for all; judge the events under it.

    Raises:
        Stop: a file, name, type or domain that does not fit; with events, a blank that an offer leaves open.
    """
    program = program_of(asked.contracts[-1]).program
    found = []
    for path in files:
        own = values_of(path)
        given = (*asked.settings, *own.given)
        taken = readings(asked.readings, program)
        bound = settings(given, asked.contracts[-1], path)
        outcome = None
        if asked.events:
            with Run(replace(asked, settings=given), collector) as run:
                outcome = run.outcome()
        left = tuple(one.name for one in program.parameters if one.value is None and one.name not in bound)
        follows = tuple(stated(program, bound, taken))
        found.append(Offer(own.title, tuple(bound.items()), follows, outcome, left))
    return found
