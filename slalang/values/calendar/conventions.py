"""The points on which systems that count time differ, as one checked record of choices."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypedDict, get_args

from slalang.values.calendar import errors

AtClose = Literal["closing", "next_opening"]
Zero = Literal["stay", "next_opening"]
ClockChange = Literal["real", "wall"]
Reversed = Literal["zero", "signed", "error"]
Overnight = Literal["start_date", "clock_date"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "at_close": get_args(AtClose),
    "zero": get_args(Zero),
    "clock_change": get_args(ClockChange),
    "reversed": get_args(Reversed),
    "overnight": get_args(Overnight),
}


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a calendar answers where two answers are possible; the first choice of each is the default.

    at_close: a limit used up exactly at closing time falls on the `closing` instant, or on the `next_opening`. Counting
        backward, used up exactly at an opening, it is that opening, or the closing before it.
    zero: no time added to a closed instant leaves it (`stay`), or moves it to the `next_opening`.
    clock_change: where the zone's clocks change, hours are `real` time, or what the `wall` clock shows.
    reversed: elapsed time from a later to an earlier instant is `zero` (nothing has passed yet), `signed` (minus the
        time between), or an `error`.
    overnight: a shift past midnight belongs to its `start_date`, so that a holiday on the next date does not cut it
        short; or each hour belongs to the date that the clock shows (`clock_date`), and the holiday cuts it at 24:00.
    """

    at_close: AtClose = "closing"
    zero: Zero = "stay"
    clock_change: ClockChange = "real"
    reversed: Reversed = "zero"
    overnight: Overnight = "start_date"

    def __post_init__(self) -> None:
        """Refuse a value that is none of the choices."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in _CHOICES[field.name]:
                raise errors.bad_option(field.name, value, _CHOICES[field.name])


class Options(TypedDict, total=False):
    """The options of a calendar: see `Conventions`."""

    at_close: AtClose
    zero: Zero
    clock_change: ClockChange
    reversed: Reversed
    overnight: Overnight
