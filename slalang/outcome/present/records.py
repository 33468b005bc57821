"""The records of a live view, inside form: instants in microseconds, numbers exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from slalang.outcome.records import Fault, LedgerLine, MetricValue, Notice, Quantity, RightState, Verdict

# What becomes of an agreement (model §9), in this order.
STAGES: Final = ("offered", "in_force", "suspended", "renewed", "terminated", "expired")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A duty that is not done yet.

    Attributes:
        age: real time since it began, µs.
        left: what is left of its limit, in the limit's own kind: clock time, days; negative when overdue.
        used: the share of the limit that is used up; None where it has none.
        still: whether the clock stands still because of events: then there is no deadline.
        at_risk: not overdue, and `used` has reached the share that counts as a risk.
    """

    verdict: Verdict
    age: int
    left: Quantity | None
    used: Fraction | None
    still: bool
    at_risk: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due: a `deadline`, the `end` of a forbidden or standing time, a `notice`, a right's or a claim's end, a `payment`, the end of
    the term (`term_ends`), or its renewal (`term_renews`) if nobody stops it."""

    at: int
    sort: Literal[
        "deadline", "end", "notice", "right_ends", "claim_ends", "payment", "term_ends", "term_renews"
    ]
    rule: str
    agreement: str
    subject: str
    party: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A metric of a period that is not over or not settled, and what it becomes if all `open` cases are met, or none is."""

    value: MetricValue
    open: int = 0
    if_met: Quantity | None = None
    if_missed: Quantity | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The subjects of an entity that are in one state of its life."""

    entity: str
    state: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The live view as of an instant.

    Attributes:
        risk: the share of a limit from which a case is at risk.
        open: duties not done yet, overdue ones first, then the nearest deadline.
        held: what is pending and asks for nothing to be done: prohibitions, standing duties, targets, by rule and count.
        undetermined: verdicts that nobody can tell.
        notices: with the id that a mailer keeps, so that each is sent once.
    """

    contract: str
    version: str
    zone: str
    as_of: int
    risk: Fraction
    open: tuple[OpenCase, ...]
    held: tuple[tuple[str, int], ...]
    due: tuple[Due, ...]
    running: tuple[Running, ...]
    rights: tuple[RightState, ...]
    claims: tuple[LedgerLine, ...]
    states: tuple[State, ...]
    undetermined: tuple[Verdict, ...]
    faults: tuple[Fault, ...]
    notices: tuple[tuple[str, Notice], ...]
