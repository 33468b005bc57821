"""Rules that give values: tables, definitions, metrics, amounts, rights, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from slalang.ir.expressions import Expr, Ty
from slalang.ir.facts import Pattern
from slalang.ir.rules import About, Limit, NoticeRule, Policy, Schedule, Shape, Status, Under


@dataclass(frozen=True, slots=True)
class AnyCell:
    """Matches every value."""

    kind: Literal["any"] = "any"


@dataclass(frozen=True, slots=True)
class RangeCell:
    """An interval: a missing bound is open to infinity; `*_in` says whether the end belongs to it."""

    low: Expr | None
    low_in: bool
    high: Expr | None
    high_in: bool
    kind: Literal["range"] = "range"


@dataclass(frozen=True, slots=True)
class OneOfCell:
    """One of some constants (levels, texts, booleans, numbers)."""

    values: tuple[Expr, ...]
    kind: Literal["one_of"] = "one_of"


Cell: TypeAlias = AnyCell | RangeCell | OneOfCell


@dataclass(frozen=True, slots=True)
class Row:
    """A case of a table: one cell an input, one expression a result column."""

    cells: tuple[Cell, ...]
    results: tuple[Expr, ...]
    line: int = field(default=0, metadata={"meaning": False})


@dataclass(frozen=True, slots=True)
class Column:
    """A head cell: an input expression, or a named result (`value` is then None)."""

    name: str
    type: Ty
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table. `otherwise`: None refuses uncovered values (a gap is undetermined); else one expression a result; `partial`: nothing applies."""

    name: str
    about: About
    rows_policy: Literal["one_applies", "first_applies", "lowest", "highest", "sum"]
    inputs: tuple[Column, ...]
    results: tuple[Column, ...]
    rows: tuple[Row, ...]
    otherwise: tuple[Expr, ...] | None = None
    partial: bool = False
    under: tuple[Under, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Definition:
    """A named value."""

    name: str
    about: About
    value: Expr
    type: Ty
    under: tuple[Under, ...] = ()
    kind: Literal["definition"] = "definition"


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Cases (or time) that an exception leaves out of a metric."""

    name: str
    when: Expr
    about: About = About()
    under: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareMet:
    """Met ÷ (met + not met) over the verdicts of some obligations; statuses in neither list are left out, undetermined makes a range."""

    rules: tuple[str, ...]
    pooling: Literal["verdicts_pooled", "cases_meet_all", "shares_averaged"]
    met: tuple[Status, ...]
    not_met: tuple[Status, ...]
    kind: Literal["share_met"] = "share_met"


@dataclass(frozen=True, slots=True)
class CaseFold:
    """A fold over verdicts of some rules: count, sum, mean, percentile (nearest rank, or interpolated), largest or smallest of a case value, statuses as listed;
    only cases for which `where` holds."""

    fold: Literal["count", "sum", "mean", "percentile", "interpolated_percentile", "largest", "smallest"]
    rules: tuple[str, ...]
    value: Expr | None
    statuses: tuple[Status, ...]
    percent: str = ""
    where: Expr | None = None
    kind: Literal["case_fold"] = "case_fold"


@dataclass(frozen=True, slots=True)
class EventFold:
    """A fold over events of a pattern in the period."""

    fold: Literal["count", "sum", "mean", "percentile", "interpolated_percentile", "largest", "smallest"]
    events: Pattern
    value: Expr | None
    percent: str = ""
    kind: Literal["event_fold"] = "event_fold"


TimeStep: TypeAlias = Literal["excluding", "bins", "minimum_run", "period_borders", "rounding_step"]


@dataclass(frozen=True, slots=True)
class TimeOf:
    """Microseconds for which a signal holds in the period. Order unless `order` says otherwise (model §6): union, exclusions, bins, minimum run, split
    at borders, round each or total. A bin counts whole where the signal held in any part of it, or (`bin_least_us`) for at least / more than so long."""

    signal: Expr
    entity: str
    exclusions: tuple[LeaveOut, ...] = ()
    bin_us: int = 0
    bin_least_us: int = 0
    bin_strict: bool = False
    minimum_run_us: int = 0
    minimum_strict: bool = False
    round_us: int = 0
    round_mode: Literal["", "down", "up", "nearest"] = ""
    round_what: Literal["", "each", "total"] = ""
    order: tuple[TimeStep, ...] = ()
    kind: Literal["time_of"] = "time_of"


@dataclass(frozen=True, slots=True)
class TimeIn:
    """Microseconds that a calendar is open in the period (`always`: its real length), without the time in which the contract rested."""

    calendar: str
    exclusions: tuple[LeaveOut, ...] = ()
    kind: Literal["time_in"] = "time_in"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression over other metrics, parameters and tables."""

    value: Expr
    kind: Literal["formula"] = "formula"


@dataclass(frozen=True, slots=True)
class BinRatio:
    """Per bin of `bin_us` the ratio of two sums over samples, or another fold (`each`) of the `numerator` over them (then `denominator` is 1); then
    over the bins of the period: their unweighted mean, an extreme or a percentile, or the share (or the time, shaped as `time` says) of the bins whose
    value stands to `bound` as `test` says. `empty` tells what a bin counts as whose denominator is 0 or below `minimum_sample` (`value`: as
    `empty_value`), `missing` what becomes of a bin without any sample."""

    events: Pattern
    numerator: Expr
    denominator: Expr
    bin_us: int
    fold: Literal[
        "mean", "share_of_bins", "time_of_bins", "largest", "smallest", "percentile", "interpolated_percentile"
    ]  # fmt: skip
    empty: Literal["up", "down", "absent", "value"]
    bound: Expr | None = None
    minimum_sample: int = 0
    test: Literal["<", "<=", ">", ">="] = "<="
    empty_value: Expr | None = None
    missing: Literal["as_empty", "absent", "undetermined"] = "as_empty"
    each: Literal["ratio", "sum", "mean", "largest", "smallest", "percentile", "interpolated_percentile"] = (
        "ratio"
    )
    each_percent: str = ""
    percent: str = ""
    time: TimeOf | None = None
    kind: Literal["bin_ratio"] = "bin_ratio"


MetricForm: TypeAlias = ShareMet | CaseFold | EventFold | TimeOf | TimeIn | Formula | BinRatio


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity per period and key (`by`: dimensions, each a signal or reference of the case)."""

    name: str
    about: About
    period: Schedule
    by: tuple[str, ...]
    type: Ty
    form: MetricForm
    counted_by: Literal["", "start", "deadline", "end"]
    when_none: Expr | None
    groups: Literal["", "register", "seen"]
    left_out: tuple[LeaveOut, ...]
    policies: tuple[Policy, ...]
    under: tuple[Under, ...]
    shape: Shape
    domain: tuple[str, str] = ("", "")
    hidden: bool = False
    opening: Expr | None = None
    over: Literal["agreement", "all"] = "agreement"
    minimum_sample: int = 0
    kind: Literal["metric"] = "metric"


@dataclass(frozen=True, slots=True)
class Claim:
    """A line needs a claim: an event of the pattern by the limit counted from the end of the measured period, else it lapses."""

    pattern: Pattern
    limit: Limit
    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class PerDay:
    """The amount is for each day late: dates after the deadline's day that have begun, or are over, at the discharge (or as of now);
    of a calendar's working days where it is named. Signals are read at the first instant of each day."""

    days: Literal["begun", "full"]
    rounded: Literal["each_day", "in_total"]
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class AmountRule:
    """A credit, penalty, fee, interest or rebate: per period and key, for each breach of a rule (`for_each`), each event or each exercise of a
    right (whose event's fields it reads as `trigger`). Exact until posted, rounded once there. Rules of one `group` exclude each other for one set of events, as `choose` says."""

    name: str
    about: About
    sort: Literal["credit", "penalty", "fee", "interest", "rebate", "cost"]
    debtor: str
    creditor: str
    period: Schedule | None
    by: tuple[str, ...]
    for_each: str
    when: Expr | None
    amount: Expr
    unit: str
    at_most: tuple[Expr, ...]
    at_least: tuple[Expr, ...]
    rounding: Literal["half_up", "half_even", "down", "up"]
    posted: Literal["same_period", "next_period"]
    no_next_period: Literal["", "paid_out", "lapses"]
    claim: Claim | None
    due: Limit | None
    set_off: str
    policies: tuple[Policy, ...]
    under: tuple[Under, ...]
    shape: Shape
    sole_remedy: bool = False
    for_each_event: Pattern | None = None
    group: str = ""
    choose: Literal["", "creditor", "highest", "first"] = ""
    for_each_exercise: str = ""
    for_each_debt: str = ""  # one for each line of this amount that is not paid when due
    counting: str = ""
    per_day: PerDay | None = None
    set_off_rules: tuple[str, ...] = ()
    survives: bool = False  # owed for events after the contract has ended
    places: int | None = None  # digits that a declared unit is posted with; None: a currency's own
    opening: Expr | None = None  # what a look-back reads before the first period
    anyone: bool = False  # a claim by or to somebody else counts
    on_unpaid: bool = False  # it reads what is unpaid, so it is known only once payments are apportioned
    kind: Literal["amount_rule"] = "amount_rule"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that the postings of some rules may come to together in each period of a schedule (`over`), or ever (None). What
    earlier lines were posted for is used up, in the order in which they arose; what a period leaves may be `carried` over, and so may the `excess` that it cuts off: it is tried again in the next period."""

    name: str
    about: About
    rules: tuple[str, ...]
    limit: Expr
    over: Schedule | None
    carried: bool = False
    excess: bool = False
    under: tuple[Under, ...] = ()
    kind: Literal["cap"] = "cap"


@dataclass(frozen=True, slots=True)
class Payments:
    """Events that pay amounts of some rules: `field` holds how much, `named_by` (or empty) which debt is meant. A payment goes to
    the oldest debt (by its due date, else by when it arose), to the named one first, or to interest (before it, to costs) first; what is left waits. Unless by `anyone`, only the debtor pays, and only to the creditor."""

    name: str
    about: About
    debtor: str
    creditor: str
    events: Pattern
    field: str
    unit: str
    settles: tuple[str, ...]
    order: Literal["oldest", "named", "interest", "costs"]
    named_by: str = ""
    anyone: bool = False
    policies: tuple[Policy, ...] = ()
    under: tuple[Under, ...] = ()
    kind: Literal["payments"] = "payments"


@dataclass(frozen=True, slots=True)
class Cure:
    """What takes the ground of a right away, if it happens within `limit` after an event of `start`: the right arises when that time has
    run out without it."""

    by: Pattern
    limit: Limit
    start: Pattern


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do what, on which condition, in which window, exercised by which event (model §9); its result is verdict-like.

    The window is counted from the trigger (`window`), or lies between two dates or instants (`opens`, `closes`; both included). Without a
    trigger the right exists throughout the term, or anew in each term where its window hangs on the term. `holders`: several that have it."""

    name: str
    about: About
    holder: str
    against: str
    scope: Literal["once", "each", "period"]
    condition: Expr | None
    trigger: Pattern | None
    window: Limit | None
    exercise: Pattern | None
    effect: Literal[
        "",
        "terminate",
        "suspend",
        "resume",
        "renew",
        "stop_renewal",
        "withdraw",
        "escalate",
        "demand",
        "claim",
    ]
    policies: tuple[Policy, ...]
    under: tuple[Under, ...]
    shape: Shape
    effect_after: Limit | None = None
    entity: str = ""
    where: Expr | None = None
    holders: tuple[str, ...] = ()
    opens: Expr | None = None
    closes: Expr | None = None
    cure: Cure | None = None
    length: Expr | None = None
    counting: str = ""
    notices: tuple[NoticeRule, ...] = ()
    anyone: bool = False
    ends: Pattern | None = None  # what ends it for good, if it was not used before
    survives: bool = False  # exercisable after the contract has ended
    kind: Literal["right"] = "right"
