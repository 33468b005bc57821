"""Where an expression stands: whose values its names mean, and at which instant they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.ir.expressions import At, Expr
    from slalang.semantics.scope.world import EventDeclared
    from slalang.syntax.tree import Aggregate

Role = Literal["fixed", "event", "signal", "case", "period"]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression may read.

    Attributes:
        role: `fixed` (nothing that changes in time), `event` (an event's fields), `signal` (signals as they run), `case` (a
            rule about a subject: signals at `at`, fields of trigger and discharge), `period` (metrics and amounts of a period).
        entity: the subject's kind, empty for the agreement's own.
        at: the instant at which signals are read; inside tables and definitions always `now`, the reader's instant.
        event: the event type whose fields are read, in role `event`.
        triggers: event types that may trigger the case.
        discharges: event types that may discharge it.
        calendar: the calendar that business days belong to where none is named.
        rule: the rule whose verdict `measure` and the like are about.
        cases: the rules of whose cases one is at hand for `measure` and the like; None where that is settled elsewhere.
        loose: names of signals may mean any entity's, as long as only one has such a signal (tables and definitions
            that no rule has read yet).
        periodic: whether it is read for a measured period, whose start and end may be named.
        daily: whether it is read for each day late, so that what is unpaid may be read.
        fold: makes a metric's part of an aggregate; None where aggregates have no place.
    """

    role: Role
    entity: str = ""
    at: At = "now"
    event: EventDeclared | None = None
    triggers: tuple[EventDeclared, ...] = ()
    discharges: tuple[EventDeclared, ...] = ()
    calendar: str = ""
    rule: str = ""
    cases: frozenset[str] | None = None
    loose: bool = False
    periodic: bool = False
    fold: Callable[[Aggregate], Expr | None] | None = None
    daily: bool = False
