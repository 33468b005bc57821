"""What follows from a rule or a signal goes in; an event that other rules and signals can read comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.events.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Scalar


@dataclass(slots=True, eq=False)
class DerivedEvent(Event):
    """An event that nobody reported. `ends_day`: it is the 24:00 of the date before, and days are counted from that date (model §2);
    `causes`: the ids of the reported events that it rests on."""

    ends_day: bool = False
    causes: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Derived:
    """An event that will follow: whose it is, what it is, about what, and the fields that it carries."""

    name: str
    what: str
    subject: Subject
    agreement: str
    instance: str
    data: dict[str, Scalar]
    still: Callable[[], bool] | None = (
        None  # asked when it is played: what is so no more at the end of an instant was not so
    )
    ends_day: bool = False
    causes: tuple[str, ...] = ()
    happened: int | None = None  # where that lies before the instant at which it can be played

    def event(self, at: int) -> DerivedEvent:
        """The event at its instant (µs UTC)."""
        type_ = f"{self.name}.{self.what}"
        return DerivedEvent(
            f"{type_}:{self.instance}",
            type_,
            self.subject.id,
            at if self.happened is None else self.happened,
            self.data,
            ends_day=self.ends_day,
            causes=self.causes,
        )


def carried(fields: Mapping[str, Scalar], *, late: bool) -> dict[str, Scalar]:
    """The fields of a derived event: those of the trigger, and whether the limit had passed (in the words of both languages)."""
    return {"late": late, "迟延": late, **fields}


def ends_day(event: Event) -> bool:
    """Whether it happened at the 24:00 of a date, from which a window is then counted (model §2)."""
    return isinstance(event, DerivedEvent) and event.ends_day
