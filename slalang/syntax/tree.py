"""The tree: a document is sentences (lines) with children (deeper lines); expressions inside sentences are typed nodes with spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from slalang.source.text import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Token:
    """A token as typed; `type` is the keyword id (`OBLIGATION`) or `NAME`, `NUMBER`, `STRING`, …; `value` is the normalised text."""

    type: str
    text: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name: `std.tickets`, `targets.respond`, `opened`."""

    parts: tuple[str, ...]
    span: Span

    @property
    def text(self) -> str:
        """The name as it is written."""
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal without its quotes."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number, exact."""

    value: Fraction
    span: Span
    integral: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with a unit id: `MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH YEAR WORKING_DAY PERCENT PERMILLE POINT`, or a currency/other unit
    as `AMOUNT` with `unit` `CNY`, `USD`, … Ratios are already divided (95% is 19/20); 万元 is already multiplied. `calendar` for `n business days of Cal`;
    `words`: the amount as typed in capital numerals, which is a text too."""

    value: Fraction
    unit: str
    span: Span
    currency: str = ""
    calendar: Name | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date, or a local date-time when `at` is given (`24:00` is `end_of_day`)."""

    day: date
    span: Span
    at: time | None = None
    end_of_day: bool = False


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A time of day as microseconds after midnight (24:00 allowed)."""

    us: int
    span: Span


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A builtin call."""

    name: Name
    args: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`-a`, `not a`."""

    op: Literal["-", "not"]
    arg: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`or and < <= > >= is is_not + - * /`."""

    op: str
    left: Expr
    right: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Interval:
    """`[a, b)` and its like; a missing end is open to infinity."""

    low: Expr | None
    low_in: bool
    high: Expr | None
    high_in: bool
    span: Span


@dataclass(frozen=True, slots=True)
class InRange:
    """`a in [b, c)`."""

    arg: Expr
    interval: Interval
    span: Span


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """`a is one of X, Y`."""

    arg: Expr
    options: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """`if C then A else B`."""

    condition: Expr
    then: Expr
    orelse: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit with its comparator: `<= 4 h`, `< 1 h`, `>= 48 h`; as a table cell also a half-line."""

    op: Literal["<", "<=", ">", ">="]
    value: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`share_met names` | `count` | `sum mean percentile interpolated_percentile largest smallest` (of a case, or of an event's field; `pattern`: of `value` over events) |
    `time_of` | `time_in` | `ratio` of `value` to `bottom`. With `pieces` it is taken in each bin, and the bins are joined."""

    fold: str
    span: Span
    names: tuple[Name, ...] = ()
    value: Expr | None = None
    pattern: Pattern | None = None
    percent: Fraction | None = None
    bottom: Expr | None = None
    pieces: Pieces | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """`in bins of length`, and how the bins are joined: `mean`, `largest`, `smallest`, `percentile`; `share` or `time` of those that pass `bound`
    (`of_ratio`: the text speaks of their ratio, else of their value)."""

    length: Expr
    join: str
    span: Span
    bound: Bound | None = None
    percent: Fraction | None = None
    of_ratio: bool = False


@dataclass(frozen=True, slots=True)
class CaseMeasure:
    """`measure of R`, `lateness of R`, … (`what` as typed keyword id in lower case), or `field of event`."""

    what: str
    of: Name
    span: Span
    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class Across:
    """`lowest across groups of X` and its like: sum, lowest, highest, mean; or across the shorter `periods` inside the reader's, or across
    so many earlier ones (`count`, 0 where those inside the reader's are meant)."""

    how: str
    name: Name
    span: Span
    periods: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Previous:
    """`previous X` or `previous 3 X`; `earlier this year X` (`within`: `year`, or `contract` for its year)."""

    count: int
    name: Name
    span: Span
    within: str = ""


@dataclass(frozen=True, slots=True)
class PeriodEdge:
    """The first or the last day of the measured period: `which` is `start` or `end`."""

    which: str
    span: Span


@dataclass(frozen=True, slots=True)
class AtTrigger:
    """A signal's value at the instant at which the case was triggered."""

    name: Name
    span: Span


@dataclass(frozen=True, slots=True)
class TermEdge:
    """The first or the last day of the running term: `which` is `start` or `end`."""

    which: str
    span: Span


@dataclass(frozen=True, slots=True)
class EventRef:
    """One event of a pattern with its pick (`first`, `last`, `all`, or empty) and condition."""

    name: Name
    pick: str
    where: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class Pattern:
    """Any of some events; `together`: all of them."""

    events: tuple[EventRef, ...]
    span: Span
    together: bool = False


Expr: TypeAlias = (
    Name | Text | Number | Measured | DateValue | TimeValue | Truth | Call | Unary | Binary | InRange | IsOneOf | Choice
    | Bound | Aggregate | CaseMeasure | Previous | Across | TermEdge | PeriodEdge | AtTrigger | Interval
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnyValue:
    """The cell `any`."""

    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: nothing, `any`, one or several expressions; `result` is set in a head cell that starts with `=`; `hole` is the operator it ends with."""

    values: tuple[Expr | AnyValue, ...]
    span: Span
    result: bool = False
    hole: str = ""


Part: TypeAlias = Expr | Pattern | Cell | AnyValue | Token | str | int | bool | tuple["Part", ...] | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line: its kind (see `sentences.py`), named parts, all tokens as typed, and the deeper lines below it."""

    kind: str
    parts: dict[str, Part]
    tokens: tuple[Token, ...]
    span: Span
    children: tuple[Sentence, ...] = ()
    comments: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line with a mistake: its text, and the first line of the block that it stands in (None at the top)."""

    span: Span
    block: Span | None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: sentences at the top level; lines with mistakes are left out of them (they are in the collector)."""

    source: SourceFile
    sentences: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...] = ()
