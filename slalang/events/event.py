"""An event as the engine reads it: the CloudEvents attributes that matter, time in integer microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

Scalar: TypeAlias = str | bool | int | Fraction | None


@dataclass(slots=True, eq=False)
class Event:
    """One event. `data` holds checked values: levels and texts as str, instants and exact durations as int microseconds,
    numbers, ratios and money as Fraction, dates as `YYYY-MM-DD` text, civil periods and business days as the
    IR writes them (`months,days`; `n`). `rank` is the vocabulary's rank of the type.
    Not frozen (construction is hot), but nobody changes one."""

    id: str
    type: str
    subject: str
    time: int
    data: dict[str, Scalar]
    sequence: int = 0
    rank: int = 0
    recorded: int | None = None
    source: str = ""
    by: str = ""
    to: str = ""
    corrects: str = ""
    retracts: str = ""
    origin: tuple[str, int] = field(default=("", 0))

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The total order of model §3: time, sequence, rank of the type, id."""
        return (self.time, self.sequence, self.rank, self.id)
