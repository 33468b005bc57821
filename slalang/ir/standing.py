"""A program and the options that readings take go in; the program with the signals and calendars that stand under them comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from slalang.ir.facts import CalendarSpec, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.program import Program

Fact = TypeVar("Fact", Signal, CalendarSpec)


def facts_under(program: Program, taken: Mapping[str, str]) -> Program:
    """One signal a name and owner, one calendar a name; `taken` gives the option of each reading, else the contract's own holds."""
    if not (any(one.under for one in program.signals) or any(one.under for one in program.calendars)):
        return program
    options = {one.name: one.chosen for one in program.readings} | dict(taken)
    return replace(
        program, signals=_under(program.signals, options), calendars=_under(program.calendars, options)
    )


def _under(facts: tuple[Fact, ...], options: Mapping[str, str]) -> tuple[Fact, ...]:
    return tuple(one for one in facts if all(options.get(name) == option for name, option in one.under))
