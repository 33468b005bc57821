"""A program and an explained verdict go in; the open hours of its clock's calendar over the picture's span come out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from slalang.report.picture import pins
from slalang.values.calendar.public import Calendar
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.explain.tree import Explanation
    from slalang.ir.program import Program

MOST = 2000  # intervals that a picture may hold


def open_hours(program: Program, explanation: Explanation) -> list[tuple[int, int]] | None:
    """The open intervals, cut to the span; None where the clock runs always, the span is unknown or the calendar does not know it all."""
    over = pins.span(explanation)
    rule = next((item for item in program.obligations if item.name == explanation.rule), None)
    spec = next(
        (item for item in program.calendars if rule is not None and item.name == rule.clock.calendar), None
    )
    if over is None or spec is None:
        return None
    start, end = over
    found: list[tuple[int, int]] = []
    try:
        calendar = Calendar.from_dict(json.loads(spec.definition))
        at = start if calendar.is_open_us(start) else calendar.next_open_us(start)
        while at < end and len(found) < MOST:
            close = calendar.next_close_us(at)
            found.append((at, min(close, end)))
            at = calendar.next_open_us(close)
    except TimeError:
        return None  # the picture then shows the hours that the clock's own stretches tell
    return found
