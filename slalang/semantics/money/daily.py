"""The line `amount per day late` goes in; which days count, and how they are rounded, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.amounts import PerDay
from slalang.semantics import parts
from slalang.semantics.errors.money import DaysOfNoBreach
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence


def daily(world: World, line: Sentence, choices: Choices, ctx: Context) -> PerDay | None:
    """The days of an amount for each day late; None after a message."""
    if not ctx.rule:
        world.collector.add(DaysOfNoBreach(line.span))
        return None
    calendar = ""
    if parts.ident(line, "per") == "per_working_day_late":
        name = parts.name(line, "calendar")
        found = lookup.calendar(world, name) if name is not None else "always"
        if found is None:
            return None
        calendar = found
    days, rounded = choices.choice("days_late"), choices.choice("rounding_of_days")
    if not days or not rounded:
        return None
    return PerDay("begun" if days == "days_begun" else "full", rounded, calendar)  # type: ignore[arg-type]
