"""Rules that are kept or broken: scopes, clocks, limits, policies and obligations, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from slalang.ir.expressions import Expr
from slalang.ir.facts import Pattern

Status = Literal["met", "late", "overdue", "broken", "pending", "excused", "void", "undetermined"]
Unit = Literal[
    "us", "minute", "hour", "day", "working_day", "week", "month", "quarter", "year", "billing_cycle", "term"
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands in the text: for diagnostics and explanations only, never part of the meaning (not hashed)."""

    file: str = ""
    line: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What every rule says of itself: the clause it cites, its paraphrase, its stated assumptions, and where it stands."""

    clause: str = ""
    title: str = field(default="", metadata={"meaning": False})
    text: str = field(default="", metadata={"meaning": False})
    assumptions: tuple[str, ...] = field(default=(), metadata={"meaning": False})
    place: Place = field(default=Place(), metadata={"meaning": False})


@dataclass(frozen=True, slots=True)
class Under:
    """The rule exists only while a reading takes this option."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A declared choice (key and choice as in the language's policy table, snake_case) and who stated it: `rule` or a convention set's name."""

    key: str
    choice: str
    about: str = ""
    stated_by: str = field(default="rule", metadata={"meaning": False})


@dataclass(frozen=True, slots=True)
class Schedule:
    """Recurring occurrences: every `n` units, computed from the anchor, never from the last one. `weekdays` 0=Monday; `calendar` for working days.
    `before`: no recurrence but windows of `n` units, each ending with the day of an event of the pattern (that day included). `counted`: from the start of the agreement's term."""

    unit: Unit
    n: int = 1
    weekdays: tuple[int, ...] = ()
    calendar: str = ""
    anchor: Expr | None = None
    before: Pattern | None = None
    counted: Literal["", "contract"] = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """For each subject of an entity (`where` read at the trigger, or followed by policy), for each occurrence, or once per agreement."""

    kind: Literal["each", "recurring", "once"]
    entity: str = ""
    where: Expr | None = None
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Standstill:
    """A boolean signal expression (at `now`) while which the clock stands still, and the rule that says so."""

    name: str
    when: Expr
    about: About = About()
    under: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar on which a limit counts (`always`: every instant), less the union of the standstills."""

    calendar: str = "always"
    standstills: tuple[Standstill, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    """A last day on which a calendar is closed moves; once, before the convention's own roll. With `not_last_of_month` the last day of a
    month moves too, as if the calendar were closed then."""

    calendar: str
    to: Literal["next_open", "previous_open"]
    not_last_of_month: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """An elapsed limit: an expression of type `limit` (its comparator inside). `before`: the act must come at least so long before the anchor.
    `closes` (here and in the others): the calendar with whose closing the last day ends, instead of 24:00."""

    limit: Expr
    direction: Literal["after", "before"] = "after"
    roll: Roll | None = None
    closes: str = ""
    kind: Literal["within"] = "within"


@dataclass(frozen=True, slots=True)
class ByPoint:
    """A date of a period: `nth` day or working day (negative: from the end; 0: the whole period's end) of the period that is `offset`
    periods after the one holding the start. `inclusive`: by (≤ that day's 24:00); else before (that day's 00:00 excluded).
    `schedule`: the periods are those of a rule that counts them from an anchor."""

    unit: Unit
    offset: int
    nth: int
    day: Literal["day", "working_day"]
    inclusive: bool
    calendar: str = ""
    roll: Roll | None = None
    schedule: Schedule | None = None
    closes: str = ""
    kind: Literal["point"] = "point"


@dataclass(frozen=True, slots=True)
class ByDate:
    """A date or instant given by an expression; `inclusive` as for `by`."""

    value: Expr
    inclusive: bool
    roll: Roll | None = None
    closes: str = ""
    kind: Literal["date"] = "date"


Limit: TypeAlias = Within | ByPoint | ByDate


@dataclass(frozen=True, slots=True)
class Excuse:
    """Excuses a breach: extends the limit by its length (`extend`, an overlap with `when` as a signal) or releases. `requires` names duties
    (notice in time, proof in time) that must be kept: while one is pending the verdict is provisional, when one is breached the excuse falls."""

    name: str
    when: Expr
    effect: Literal["extend", "release"]
    at: Literal["trigger", "deadline", "discharge", "period_end", "latest"]
    about: About = About()
    under: tuple[Under, ...] = ()
    requires: tuple[str, ...] = ()


NoticeOn = Literal[
    "before_deadline",
    "share_of_limit",
    "after_deadline",
    "breach",
    "discharge",
    "trigger",
    "right",
    "expiry",
    "before_window_end",
]


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """A warning: before or after the deadline by an exact time, by open time of a `calendar` or by days, at a share of the limit
    (`offset`), or when something happens."""

    name: str
    on: NoticeOn
    to: str
    text: str
    offset: Expr | None = None
    about: About = About()
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the evaluators need to know of a rule: result key, stratum, what it reads, and its per-instance state (flags and counters)."""

    key: tuple[str, ...]
    stratum: int
    reads: tuple[str, ...]
    state: tuple[str, ...]
    look_back: int = 0


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who owes whom what: model §4. `modality` standing: `holds` must be true at every instant of the occurrence; target: `holds` over metrics;
    `not_before`: an act sooner after the start than that (exact time, or days that begin at midnight) does not discharge.
    measured: a case with the same statuses that nobody owes (no parties), for metrics to count. `anyone`: an act by or to somebody else counts too."""

    name: str
    about: About
    modality: Literal["duty", "prohibition", "standing", "target", "measured"]
    debtor: str
    creditor: str
    scope: Scope
    trigger: Pattern | None
    starts: Pattern | None
    discharge: Pattern | None
    clock: Clock
    limit: Limit | None
    holds: Expr | None
    counting: str
    void_when: Pattern | None
    reopen: Pattern | None
    changes: tuple[str, ...]
    excuses: tuple[Excuse, ...]
    notices: tuple[NoticeRule, ...]
    policies: tuple[Policy, ...]
    under: tuple[Under, ...]
    shape: Shape
    period_field: str = ""
    window_from: Literal["", "period_start", "period_end"] = ""
    survives: bool = False
    not_before: Expr | None = None
    window_opens: ByPoint | None = None
    chosen: Expr | None = (
        None  # an option of the contract: reads parameters only; where it is false there is no such rule
    )
    anyone: bool = False
    kind: Literal["obligation"] = "obligation"
