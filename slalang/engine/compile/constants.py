"""Canonical text of IR constants goes in, exact Python values come out; and values go back into records and traces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from slalang.outcome.records import Quantity
from slalang.values import duration as durations
from slalang.values import instant as instants

if TYPE_CHECKING:
    from datetime import tzinfo

    from slalang.ir.expressions import Const, Ty

DAY_US = 86_400_000_000


class Civil(NamedTuple):
    """Months and days of the civil calendar."""

    months: int
    days: int


class Workdays(NamedTuple):
    """Working days of a named calendar (empty: the one in force for the rule)."""

    days: int
    calendar: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit: its comparator and its amount of some type (`duration`: µs, `civil`, `workdays`)."""

    strict: bool
    type: Ty
    amount: Any


class Unset:
    """The value of a signal before its first event, where the contract declares none."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Short, for traces."""
        return "unset"


UNSET = Unset()


@dataclass(frozen=True, slots=True)
class Unread:
    """Kept in place of a value that could not be read, with the reason."""

    reason: str


def from_const(const: Const) -> Any:
    """The value of a constant."""
    return from_text(const.type, const.value)


@lru_cache(maxsize=4096)
def from_text(type_: Ty, text: str) -> Any:
    """The value of canonical text of a type, as `slalang.ir.expressions` defines it."""
    match type_:
        case "duration" | "instant":
            return int(text)
        case "bool":
            return text == "true"
        case "date":
            return date.fromisoformat(text)
        case "civil":
            months, days = text.split(",")
            return Civil(int(months), int(days))
        case "workdays":
            count, _, calendar = text.partition("@")
            return Workdays(int(count), calendar)
        case "limit":
            comparator, kind, amount = text.split(" ", 2)
            return Bound(comparator == "<", kind, from_text(kind, amount))
        case "number" | "integer" | "ratio" | "points":
            return Fraction(text)
        case _ if type_.startswith("amount:"):
            return Fraction(text)
        case _:
            return text


def from_scalar(type_: Ty, value: Any) -> Any:
    """The value of an event's or register's checked field: dates become `date`, whole numbers exact."""
    if type_ in {"civil", "workdays"} and isinstance(value, str):
        return from_text(type_, value)
    if type_ == "date" and isinstance(value, str):
        return date.fromisoformat(value[:10])
    if type_ in {"number", "integer", "ratio", "points"} and isinstance(value, int):
        return Fraction(value)
    if type_.startswith("amount:") and isinstance(value, int):
        return Fraction(value)
    return value


def as_plain(value: Any) -> Fraction | int | str | bool | None:
    """A value as a trace may hold it."""
    if value is None or isinstance(value, Fraction | int | str | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Civil):
        return f"{value.months},{value.days}"
    if isinstance(value, Workdays):
        return f"{value.days}@{value.calendar}" if value.calendar else str(value.days)
    if isinstance(value, Bound):
        return f"{'<' if value.strict else '<='} {value.type} {as_plain(value.amount)}"
    return str(value)


def as_told(type_: Ty, value: Any, zone: tzinfo) -> str:
    """A value as a reason tells it: instants in local time, durations by their ISO 8601 text."""
    if type_ == "instant" and isinstance(value, int):
        return instants.local(value, zone)
    if type_ == "duration" and isinstance(value, int):
        return durations.format(value)
    return str(as_plain(value))


def as_quantity(type_: Ty, value: Any) -> Quantity | None:
    """A value as a record holds it; None where it is not a number."""
    if isinstance(value, bool):
        return Quantity("bool", Fraction(int(value)))
    if isinstance(value, Fraction | int):
        return Quantity(type_, Fraction(value))
    if isinstance(value, Civil):
        # A quantity in days; months are told as a type of their own, they have no number of days.
        return (
            Quantity("months", Fraction(value.months))
            if value.months and not value.days
            else Quantity("civil", Fraction(value.days))
        )
    if isinstance(value, Workdays):
        return Quantity("workdays", Fraction(value.days))
    return None
