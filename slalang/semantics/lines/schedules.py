"""The words of a schedule in a sentence go in; the IR's schedule comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.rules import Schedule
from slalang.semantics import parts
from slalang.semantics.errors.units import NoCalendarForDays
from slalang.semantics.scope import lookup
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

UNITS = {"microsecond": "us"}


def schedule(world: World, sentence: Sentence) -> Schedule | None:
    """`each month`, `each 10 min`, `each Monday`, `each working day of Cal`; None where the sentence has no schedule."""
    unit = parts.ident(sentence, "unit")
    if not unit:
        return None
    n = parts.integer(sentence, "n") or 1
    weekday = parts.integer(sentence, "weekday")
    name = parts.name(sentence, "calendar")
    calendar = lookup.calendar(world, name) if name else ""
    if calendar is None:
        return None
    if unit == "working_day" and calendar in {"", "always"}:
        first = next(iter(world.calendars), "C")
        shown = written("each_working_day", first, chinese=world.chinese)
        world.collector.add(NoCalendarForDays(sentence.span, lines=(shown,)))
        return None
    if unit == "second":
        unit, n = "us", n * 1_000_000
    weekdays = (weekday,) if weekday is not None else ()
    return Schedule(UNITS.get(unit, unit), n, weekdays, calendar)  # type: ignore[arg-type]
