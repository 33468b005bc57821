"""A program and the readings that a run took go in; the program with only the rules that exist under them comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from slalang.ir.standing import facts_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slalang.ir.program import Program
    from slalang.ir.rules import Under


class _Conditional(Protocol):
    """A rule that exists under some readings only."""

    @property
    def under(self) -> tuple[Under, ...]:
        """The options that must be taken."""


Rule = TypeVar("Rule", bound=_Conditional)


def in_force(program: Program, readings: Iterable[tuple[str, str]] = ()) -> Program:
    """The program under the given readings (name, option), else under those that the contract chose: one rule a name."""
    taken = {reading.name: reading.chosen for reading in program.readings} | dict(readings)
    return replace(
        facts_under(program, taken),
        tables=_under(program.tables, taken),
        definitions=_under(program.definitions, taken),
        obligations=tuple(
            replace(
                rule,
                clock=replace(rule.clock, standstills=_under(rule.clock.standstills, taken)),
                excuses=_under(rule.excuses, taken),
            )
            for rule in _under(program.obligations, taken)
        ),
        metrics=_under(program.metrics, taken),
        amounts=_under(program.amounts, taken),
        rights=_under(program.rights, taken),
    )


def _under(rules: tuple[Rule, ...], taken: Mapping[str, str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if all(taken.get(one.reading) == one.option for one in rule.under))
