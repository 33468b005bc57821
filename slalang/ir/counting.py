"""A counting convention that a contract declares as data, and the convention of `values.counting` that it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from slalang.values.counting import CONVENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.values.counting import Convention


@dataclass(frozen=True, slots=True)
class Counting:
    """Another convention (`base`), with some answers of its own; an empty answer is that of the base.

    Attributes:
        first_day: whether the day of the trigger is day one.
        missing_day: what corresponds to a day that the last month lacks.
        rest_day: what becomes of a last day that is a rest day.
    """

    name: str
    base: str
    first_day: Literal["", "counted", "not_counted"] = ""
    missing_day: Literal["", "last_day", "first_of_next", "error"] = ""
    rest_day: Literal["", "stays", "next_open_day"] = ""


def convention(declared: Iterable[Counting], name: str) -> Convention | None:
    """The convention of a name: one that the contract declares, else one of those that come with slalang; None if there is none."""
    own = next((one for one in declared if one.name == name), None)
    if own is None:
        return CONVENTIONS.get(name)
    found = CONVENTIONS[own.base]
    answered = set()
    if own.first_day:
        found = replace(found, counts_first_day=own.first_day == "counted")
        answered.add("first_day")
    if own.missing_day:
        found = replace(found, month_end=own.missing_day)
        answered.add("month_rounded")
    if own.rest_day:
        rolls = own.rest_day == "next_open_day"
        found = replace(found, rolls=rolls, rolls_back=found.rolls_back and rolls)
        answered.add("rest_day")
    # What the contract answers itself rests on no article.
    cites = tuple(pair for pair in found.cites if pair[0] not in answered)
    return replace(found, name=name, cites=cites)
