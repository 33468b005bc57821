"""What happens to the case in focus goes in; the roles, limits, clock stretches and conditions of its trace come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from slalang.outcome.trace import ClockStretch, Considered, DateStep, LimitStep, Role

if TYPE_CHECKING:
    from slalang.events.event import Event

_ANEW = {"from_the_change", "remaining_share"}
State = Literal["counted", "closed", "standstill"]


class Log:
    """The notes of one case; a case that is not in focus has none."""

    __slots__ = ("considered", "dates", "limits", "roles", "stretches")

    def __init__(self) -> None:
        """Nothing has happened."""
        self.roles: list[Role] = []
        self.limits: list[LimitStep] = []
        self.stretches: list[ClockStretch] = []
        self.considered: list[Considered] = []
        self.dates: list[DateStep] = []

    def role(self, event: Event, role: str, detail: str = "") -> None:
        """An event and what it did."""
        self.roles.append(Role(event.id, event.type, event.time, role, detail or told(event)))

    def stretch(
        self,
        start: int,
        end: int,
        counted: int,
        state: State,
        reason: str = "",
        clause: str = "",
        events: tuple[str, ...] = (),
    ) -> None:
        """A stretch of the clock; one that goes on as the last one did, under the same limit, lengthens it."""
        if self.stretches:
            last = self.stretches[-1]
            # A limit that is counted from its change on begins a stretch of its own, from which its share can be added up.
            changed = any(one.at == start and one.policy in _ANEW for one in self.limits[-1:])
            if (
                last.end == start
                and not changed
                and (last.state, last.reason, last.events) == (state, reason, events)
            ):
                self.stretches[-1] = ClockStretch(
                    last.start, end, last.counted + counted, state, reason, clause, events
                )
                return
        self.stretches.append(ClockStretch(start, end, counted, state, reason, clause, events))


def told(event: Event) -> str:
    """What the event itself says: its fields that are words or levels, but for the agreement that the case is about."""
    said = [
        f"{name} {value}"
        for name, value in event.data.items()
        if isinstance(value, str) and name != "agreement"
    ]
    return ", ".join(said)
