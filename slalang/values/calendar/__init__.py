"""Opening hours, clocks that run on them, and working days: a dictionary goes in, a `Calendar` comes out."""

from __future__ import annotations

from slalang.values.calendar.errors import CalendarError
from slalang.values.calendar.public import Calendar

__all__ = ["Calendar", "CalendarError"]
