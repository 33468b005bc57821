"""The records of an outcome, inside form: instants and durations are integer microseconds, numbers exact; `as_json` writes the published form."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from slalang.ir.expressions import Ty
from slalang.ir.rules import Status


# Not frozen (construction is hot), but nobody changes one.
@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """An exact value with its IR type: duration → microseconds, ratio/number/amount → Fraction, civil/workdays → days as Fraction."""

    type: Ty
    value: Fraction


# Not frozen (construction is hot), but nobody changes one.
@dataclass(slots=True, unsafe_hash=True)
class Stretch:
    """A half-open interval with the reason it is listed (standstill, excuse, gap) and the events that made it."""

    start: int
    end: int | None
    reason: str
    clause: str = ""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something a verdict rests on that the source left open: an open word, a chosen reading, a stated assumption."""

    sort: str
    name: str
    value: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A measured period: its label (`2026-03`) and its half-open bounds."""

    label: str
    start: int
    end: int


@dataclass(slots=True, unsafe_hash=True)
class Verdict:
    """The verdict of one instance of one obligation (model §4). Not frozen (construction is hot), but nobody changes one."""

    rule: str
    clause: str
    agreement: str
    subject: str
    instance: str
    period: Period | None
    status: Status
    final: bool
    debtor: str
    creditor: str
    measure: Quantity | None
    limit: Quantity | None
    limit_strict: bool
    margin: Quantity | None
    start: int | None
    deadline: int | None
    deadline_if_resumed_now: int | None
    discharged_at: int | None
    breached_at: int | None
    standstill: tuple[Stretch, ...] = ()
    excuses: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: str = ""
    version: str = ""
    key: tuple[tuple[str, str], ...] = ()
    debtor_party: str = ""  # who stands in the debtor's place, where that is another party
    creditor_party: str = ""


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A metric for one key and period; `low`/`high` bound it where undetermined cases leave a range; `value` None is undetermined."""

    rule: str
    clause: str
    agreement: str
    key: tuple[tuple[str, str], ...]
    period: Period
    value: Quantity | None
    numerator: Fraction | None
    denominator: Fraction | None
    final: bool
    reason: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    left_out: int = 0
    version: str = ""


@dataclass(frozen=True, slots=True)
class DayRun:
    """Days late in a row that cost the same: their first and last date, how many count, and the amount for each of them."""

    first: str
    last: str
    count: int
    each: Fraction
    start: int  # the first instant of the first date, at which signals were read


@dataclass(frozen=True, slots=True)
class CapUse:
    """A cap over several postings that made a line smaller: `limit` and `carried` less what was `used` before leave the `room`.

    `carries`: what it cut off goes over to the next period."""

    cap: str
    clause: str
    period: str
    limit: Fraction
    carried: Fraction
    used: Fraction
    room: Fraction
    before: Fraction
    after: Fraction
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """Part of a line that a payment (`payment`, by the id of its event) or a counter-claim (`set_off`, by its name) has settled."""

    sort: str
    at: int
    by: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One posted amount: exact before, rounded at posting; `because` names the metrics, verdicts and events that caused it.

    `subject` and `instance` name the case or event that it is for, `at` is when it arose (the end of the measured period,
    the breach, the event), `displaced_by` the amount of the same group that was chosen in its place.
    """

    rule: str
    clause: str
    agreement: str
    period: Period | None
    posted_period: str
    debtor: str
    creditor: str
    amount: Fraction | None
    unit: str
    status: str
    final: bool
    due: int | None
    claim_until: int | None
    because: tuple[str, ...] = ()
    exact: Fraction | None = None
    reason: str = ""
    key: tuple[tuple[str, str], ...] = ()
    version: str = ""
    subject: str = ""
    instance: str = ""
    at: int | None = None
    displaced_by: str = ""
    claimed_at: int | None = None
    days: tuple[DayRun, ...] = ()
    caps: tuple[CapUse, ...] = ()
    carried_from: str = ""  # the period of a cap that cut this off, which is tried again in the next one
    settlements: tuple[Settlement, ...] = ()
    debtor_party: str = ""  # who stands in the debtor's place, where that is another party
    creditor_party: str = ""

    @property
    def paid(self) -> Fraction:
        """What payments have settled of it."""
        return sum((one.amount for one in self.settlements if one.sort == "payment"), Fraction(0))

    @property
    def set_off(self) -> Fraction:
        """What was set off against it, or what of it was set off against others."""
        return sum((one.amount for one in self.settlements if one.sort == "set_off"), Fraction(0))

    @property
    def open(self) -> Fraction | None:
        """What is still owed of it; None where nobody knows how much it is."""
        return None if self.amount is None else self.amount - self.paid - self.set_off


@dataclass(frozen=True, slots=True)
class Held:
    """What a payment has left while there is no debt that it could settle."""

    agreement: str
    debtor: str
    creditor: str
    unit: str
    event: str
    at: int
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Balance:
    """What one party owes another in one unit over one posting period: posted + accrued − paid − set off = open.

    `accrued` grows by the day and is not final; `unknown` counts lines without an amount; `held` says that these are payments
    that found no debt yet.
    """

    agreement: str
    debtor: str
    creditor: str
    unit: str
    period: str
    posted: Fraction
    accrued: Fraction
    paid: Fraction
    set_off: Fraction
    open: Fraction
    unknown: int
    final: bool
    held: bool = False
    debtor_party: str = ""  # who stands in the debtor's place, where that is another party
    creditor_party: str = ""


@dataclass(frozen=True, slots=True)
class ConstraintState:
    """Whether a constraint over bound values is true (`met`, `broken`, `undetermined`), and what stood on its two sides."""

    rule: str
    clause: str
    agreement: str
    status: str
    left: Quantity | str | None = None
    right: Quantity | str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RightAttempt:
    """An exercise that had no effect, and why."""

    at: int
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class RightState:
    """A right: `not_yet`, `exercisable`, `exercised`, `lapsed`, `ineffective`, `undetermined`, and why (`reason`).

    `opens` and `until` bound its window (`until`: its last instant, or the 24:00 that ends its last day); `since` is from
    when it is (or, exercised, was) exercisable; `effective_at` when the exercise takes effect; `instance` tells several of
    one subject apart: the event that gave it, or the first day of its stretch of the term.
    """

    rule: str
    clause: str
    agreement: str
    subject: str
    holder: str
    status: str
    final: bool
    since: int | None
    until: int | None
    exercised_at: int | None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    against: str = ""
    instance: str = ""
    opens: int | None = None
    exercised_by: str = ""
    effect: str = ""
    effective_at: int | None = None
    attempts: tuple[RightAttempt, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that was due at an instant: `sent` (≤ as-of) or `scheduled`; `instance` is that of its case."""

    rule: str
    clause: str
    agreement: str
    subject: str
    to: str
    text: str
    at: int
    status: str
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A data fault: an impossible transition, an event that discharged nothing, an exercise outside its window."""

    code: str
    agreement: str
    subject: str
    event: str
    at: int
    text_en: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What makes a run repeatable: hashes of contract (per version), bindings, calendars and inputs, and the software version."""

    contract: tuple[tuple[str, str], ...]
    calendars: str
    inputs: tuple[tuple[str, str], ...]
    bindings: str
    parameters: tuple[tuple[str, str], ...]
    readings: tuple[tuple[str, str], ...]
    software: str
    events_read: int
    events_ignored: tuple[tuple[str, int], ...]
    duplicates: int
    rejected: int
    after_as_of: int
