"""Two calendars of two contracts go in; the first instant at which one is open and the other closed comes out."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from slalang.values import instant
from slalang.values.calendar import Calendar
from slalang.values.interval import subtract
from slalang.values.time_error import TimeError
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.ir.program import Program

YEAR: Final = 366 * 86_400_000_000
YEARS: Final = 2  # calendars repeat by the week; holidays and make-up days by the year
ANY_YEAR: Final = date(2026, 1, 1)


def first_uncovered(above: Program, promised: str, below: Program, bought: str) -> int | None:
    """The first instant (µs UTC) of two years at which the promise's clock runs and the bought one does not; None where it covers.

    The two years begin with the promise's term or version where that is a date, else with 2026. A calendar that knows fewer dates is
    compared as far as it knows them.
    """
    begin = instant.day_start(_first(above), load(above.zone))
    one, other = _calendar(above, promised), _calendar(below, bought)
    for year in range(YEARS):
        low = begin + year * YEAR
        try:
            mine, theirs = (list(each.open_intervals(low, low + YEAR)) for each in (one, other))
        except TimeError:
            return None
        left = subtract(mine, theirs)
        if left:
            return left[0][0]
    return None


def _first(program: Program) -> date:
    text = program.validity.effective_from
    return date.fromisoformat(text[:10]) if text else ANY_YEAR


def _calendar(program: Program, name: str) -> Calendar:
    spec = next((one for one in program.calendars if one.name == name), None)
    return Calendar.always(program.zone) if spec is None else Calendar.from_dict(json.loads(spec.definition))
