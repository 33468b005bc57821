"""The cases in focus go in; the whole life of each comes out as a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.cases.log import told
from slalang.engine.judging.excuses import excused
from slalang.outcome.trace import CaseTrace, Role

if TYPE_CHECKING:
    from slalang.engine.cases.log import Log
    from slalang.engine.judging.excuses import Excused
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
            if log is None or rule.version.dropped(case):  # another version judges the case
                continue
            pardon = excused(case, as_of)
            considered = tuple(pardon.considered)
            found.append(
                CaseTrace(
                    rule.ir.name, case.subject.id, case.instance, _roles(world, log, pardon), tuple(log.limits),
                    tuple(log.stretches), considered, tuple(log.dates), policies, case.agreement,
                )
            )  # fmt: skip
    return found + world.results.occurrence_traces


def _roles(world: World, log: Log, pardon: Excused) -> tuple[Role, ...]:
    """What the events did, and those that decide an excuse (by name) without having done anything else."""
    known = {role.event for role in log.roles}
    deciding: dict[str, list[str]] = {}
    for event, excuse in pardon.decided:
        if event not in known:
            deciding.setdefault(event, []).append(excuse)
    more = []
    for event, excuses in deciding.items():
        one = world.seen.get(event)
        if one is None:
            continue  # a derived event: the trace of its own rule tells it
        said = told(one)
        names = ", ".join(excuses)
        detail = f"{names}: {said}" if said else names
        more.append(Role(one.id, one.type, one.time, "decides", detail))
    return (*log.roles, *more)
