"""What a contract knows of facts: entities, event types, life cycles, event patterns, calendars and signals, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from slalang.ir.expressions import Const, Expr, Ty


@dataclass(frozen=True, slots=True)
class FieldType:
    """A data field of an event type or an attribute of a register entry; an optional one may be missing or null.

    `low`, `high` (both included) or `one_of`: the values that it may have, as canonical text; a value outside is unfit (model §6)."""

    name: str
    type: Ty
    optional: bool = False
    low: str = ""
    high: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A dated reference of an entity to another one, held in `field` of its events or its register entry (model §3)."""

    entity: str
    field: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of subject. `agreement` is an entity too: a case belongs to the agreement reached by its references, or by a field `agreement`."""

    name: str
    references: tuple[Reference, ...] = ()
    attributes: tuple[FieldType, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """An event type: `name` is `entity.verb`; `rank` orders types at one instant."""

    name: str
    entity: str
    fields: tuple[FieldType, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Transition:
    """An event allowed in some states of a life; anything else is a data fault on the case. `to=""` keeps the state."""

    events: tuple[str, ...]
    sources: tuple[str, ...]
    to: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """The life cycle of an entity: an event that no transition admits is reported as a fault (model §3, Fit)."""

    entity: str
    initial: str
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class EventMatch:
    """Events of one type for which `where` holds (`None`: all)."""

    type: str
    where: Expr | None = None


Derivation = Literal[
    "breach", "discharge", "expiry", "exercise", "crossing", "began", "expired", "ended", "renewed",
    "suspended", "resumed", "relief", "relapse"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """Any of some events; `pick` says which one counts where several may happen. `derived` names rules whose breach, discharge, expiry or
    exercise is the event, signals whose crossing is, or `agreement` with what became of it (`began`, `expired`, `ended`, `renewed`,
    `suspended`, `resumed`), or a late case that is void or judged anew (`relief`) or open again (`relapse`); `where` has a condition (or None) for each of those, or is empty."""

    any_of: tuple[EventMatch, ...] = ()
    pick: Literal["any", "first", "last", "all"] = "any"
    derived: tuple[tuple[str, Derivation], ...] = ()
    where: tuple[Expr | None, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A named calendar: the dictionary that `slalang.Calendar.from_dict` reads, kept as canonical JSON text."""

    name: str
    definition: str
    clause: str = field(default="", metadata={"meaning": False})
    under: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Between:
    """True from a start event until a stop event; a second start changes nothing unless `nested`; an open one runs on."""

    start: Pattern
    stop: Pattern
    nested: bool = False
    kind: Literal["between"] = "between"


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest value of a field over some event types; `initial` before the first of them (`None`: undetermined)."""

    sources: tuple[EventMatch, ...]
    field: str
    initial: Const | None = None
    kind: Literal["latest"] = "latest"


@dataclass(frozen=True, slots=True)
class OpenIn:
    """True while a calendar is open."""

    calendar: str
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Spans:
    """True inside the intervals that two instant fields of an event give (an announced window, a shift)."""

    events: tuple[EventMatch, ...]
    start_field: str
    end_field: str
    kind: Literal["spans"] = "spans"


@dataclass(frozen=True, slots=True)
class Computed:
    """Any expression over other signals at `now`."""

    value: Expr
    kind: Literal["computed"] = "computed"


@dataclass(frozen=True, slots=True)
class MemberFold:
    """A signal of the members that refer to this subject over `reference`, folded."""

    fold: Literal["any", "all", "count", "lowest", "highest"]
    signal: str
    members: str
    reference: str
    kind: Literal["fold"] = "fold"


@dataclass(frozen=True, slots=True)
class Running:
    """A count or sum that runs over events of a pattern, less those of another, until `reset` starts it anew; `value` and `less_value`
    are read from each event (None: 1). Within a `window` (exact or civil, counted back from now) only what happened since counts;
    its threshold is a `Computed`, the instant of the crossing a derived event (`crossing`)."""

    fold: Literal["count", "sum", "balance"]
    events: Pattern
    value: Expr | None = None
    less: Pattern | None = None
    less_value: Expr | None = None
    reset: Pattern | None = None
    opening: Const | None = None
    window: Const | None = None
    kind: Literal["running"] = "running"


@dataclass(frozen=True, slots=True)
class Lasting:
    """True once another signal has held for `bound` (a duration; `strict`: for more than that) since the beginning, or in each period of `n`
    `unit`s (`counted` from the contract's term), with which it starts anew."""

    signal: str
    bound: Expr
    strict: bool
    unit: str = ""
    n: int = 1
    counted: Literal["", "contract"] = ""
    kind: Literal["lasting"] = "lasting"


@dataclass(frozen=True, slots=True)
class DaysLate:
    """The local days begun after the deadlines of the late cases of some rules (`events`: their breaches, discharges and what undoes
    them), of those that are open, or (`closed`) of those that were discharged late as well."""

    events: Pattern
    closed: bool = False
    kind: Literal["days_late"] = "days_late"


SignalForm: TypeAlias = (
    Between | Latest | OpenIn | Spans | Computed | MemberFold | Running | Lasting | DaysLate
)


@dataclass(frozen=True, slots=True)
class Signal:
    """A named step function of time per subject (`entity`), or per agreement when `entity` is empty. `stratum`: of its crossing, above the
    rules whose breaches, discharges and expiries move it (0 where only reported facts do)."""

    name: str
    entity: str
    type: Ty
    form: SignalForm
    clause: str = field(default="", metadata={"meaning": False})
    stratum: int = 0
    under: tuple[tuple[str, str], ...] = ()  # readings and the options under which it is this one
