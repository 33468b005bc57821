"""The cases in focus go in; the whole life of each comes out as a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.judging.excuses import excused
from slalang.outcome.trace import CaseTrace

if TYPE_CHECKING:
    from slalang.engine.world import World


def case_traces(world: World, as_of: int) -> list[CaseTrace]:
    """One trace for each case that kept a log."""
    found = []
    for rule in world.rules:
        if rule.focused is None:
            continue
        policies = tuple((one.key, one.choice, one.stated_by) for one in rule.ir.policies)
        for case in rule.cases:
            log = case.log
            if log is None:
                continue
            considered = tuple(excused(case, as_of).considered)
            found.append(
                CaseTrace(
                    rule.ir.name, case.subject.id, case.instance, tuple(log.roles), tuple(log.limits),
                    tuple(log.stretches), considered, tuple(log.dates), policies,
                )
            )  # fmt: skip
    return found
