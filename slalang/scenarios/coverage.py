"""A program and its tried scenarios go in; what they show of each rule comes out: kept, broken, valued."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slalang.scenarios.judge import matching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.amounts import AmountRule, Metric, Right
    from slalang.ir.program import Clause, Program, Reading
    from slalang.ir.rules import Obligation
    from slalang.ir.scenarios import Scenario
    from slalang.outcome.whole import Outcome

KEPT: Final = frozenset({"met", "exercisable", "exercised"})
BROKEN: Final = frozenset({"late", "overdue", "broken", "lapsed", "not_yet", "ineffective"})


@dataclass(slots=True)
class Shown:
    """Of one rule: the titles of scenarios that expect it kept (a right to be there, an amount to be due, a metric's value), and broken
    (a right not to be there, no amount due), and in how many scenarios it is spoken of."""

    kept: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    spoken_of: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """Another option of a reading, and the scenarios whose outcome it changes."""

    option: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """The inventory of a contract. `missing`: clauses that the paper has and the text has not; `unlisted`: the other way round;
    `needs`: what each of the five needs of a service agreement is met by (TMF GB917); `half_shown`: rules of which no scenario expects the kept or the broken form; `idle`: readings under which nothing moves."""

    program: Program
    clauses: tuple[Clause, ...]
    missing: tuple[str, ...]
    unlisted: tuple[str, ...]
    shown: dict[str, Shown]
    half_shown: tuple[str, ...]
    readings: tuple[tuple[Reading, tuple[Moved, ...]], ...]
    idle: tuple[str, ...]
    scenarios: int
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()


def shown(program: Program, tried: Iterable[tuple[Scenario, Outcome]]) -> dict[str, Shown]:
    """What the expectations of the scenarios show of obligations, metrics, amounts and rights, by name."""
    rules: list[Obligation | Metric | AmountRule | Right] = [*program.obligations, *program.metrics]
    rules += [*program.amounts, *program.rights]
    found = {rule.name: Shown() for rule in rules}
    for scenario, outcome in tried:
        for name in dict.fromkeys(each.rule for each in scenario.expectations):
            if name in found:
                _note(found[name], name, scenario, outcome)
    return found


def _note(into: Shown, name: str, scenario: Scenario, outcome: Outcome) -> None:
    into.spoken_of += 1
    kinds: set[bool] = set()
    for expectation in scenario.expectations:
        if expectation.rule != name:
            continue
        if any(what == "none" for what, _ in expectation.checks):
            kinds.add(False)
        for record in matching(expectation, outcome):
            status = str(getattr(record, "status", ""))
            amount = getattr(record, "amount", None)
            if status in KEPT | BROKEN:
                kinds.add(status in KEPT)
            elif amount is not None:
                kinds.add(amount != 0)
            elif getattr(record, "value", None) is not None:
                kinds.add(True)
    for good, titles in ((True, into.kept), (False, into.broken)):
        if good in kinds:
            titles.append(scenario.title)
