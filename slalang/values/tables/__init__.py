"""Bundled holiday tables, dated and with their source: a country and years go in, lists of dates come out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["statutory", "in_lieu", "moved_rest", "special"]
KINDS: tuple[Kind, ...] = ("statutory", "in_lieu", "moved_rest", "special")
COUNTRIES = ("CN", "US")


@dataclass(frozen=True, slots=True)
class Named:
    """A date off with its name in Chinese and English."""

    day: date
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year's dates, each kind by itself.

    statutory: the holidays that the law names (法定节假日). in_lieu: weekdays off for a holiday on a weekend (补假).
    moved_rest: weekdays off for which a weekend is worked (调休). make_up: those weekend days (调休上班). special: days
    off for all that were ordered for one year alone (临时放假).
    """

    statutory: tuple[Named, ...]
    in_lieu: tuple[Named, ...]
    moved_rest: tuple[Named, ...]
    special: tuple[Named, ...]
    make_up: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A country's years and where they come from."""

    country: str
    source: str
    years: Mapping[int, Year]


@cache
def load(country: str) -> Table:
    """The bundled table of a country (`CN`, `US` for US federal holidays).

    Raises:
        TimeError: `SLA-E0831`, there is none.
    """
    if country not in COUNTRIES:
        listed = ", ".join(f"`{name}`" for name in COUNTRIES)
        raise TimeError(
            "SLA-E0831",
            f"no holiday table for `{country}` is bundled",
            f"没有内置 `{country}` 的节假日表",
            fix_en=f"write the holidays into the calendar; bundled are {listed}",
            fix_zh=f"请在日历中写明节假日；内置的有 {listed.replace(', ', '、')}",
            place="country",
        )
    read = json.loads(files(__name__).joinpath(f"{country}.json").read_text(encoding="utf-8"))
    return Table(country, read["source"], {int(year): _year(lists) for year, lists in read["years"].items()})


def _year(lists: Mapping[str, list[list[str]]]) -> Year:
    named = {
        kind: tuple(Named(date.fromisoformat(day), zh, en) for day, zh, en in lists[kind]) for kind in KINDS
    }
    return Year(**named, make_up=tuple(date.fromisoformat(day) for (day,) in lists["make_up"]))


def as_dictionary(
    country: str,
    *,
    zone: str,
    weekly: Mapping[str, object],
    make_up_hours: Sequence[Sequence[str]] | None = None,
    years: Sequence[int] | None = None,
    closed: Sequence[Kind] = KINDS,
) -> dict[str, object]:
    """A calendar's dictionary with a country's holidays, for `Calendar.from_dict`.

    Args:
        country: as `load`.
        zone: the time zone.
        weekly: hours of the week.
        make_up_hours: hours of working days at a weekend (调休上班); `[]` where they are not worked. They have no
            default: nobody but the contract can say them.
        years: which years; all bundled ones where None.
        closed: which kinds of days off close the calendar.

    Raises:
        TimeError: `SLA-E0831` no such table, `SLA-E0832` a year that is not in it, `SLA-E0833` hours of make-up days
            missing.
    """
    table = load(country)
    wanted = list(table.years) if years is None else list(years)
    for year in wanted:
        if year not in table.years:
            raise _unknown_year(table, year)
    make_up = [day for year in wanted for day in table.years[year].make_up]
    if make_up and make_up_hours is None:
        raise TimeError(
            "SLA-E0833",
            f"{len(make_up)} weekend days are worked in the years asked for, and their hours are not given",
            f"所涉年份有 {len(make_up)} 个调休上班日，但没有写明其工作时间",
            fix_en='give them, such as `make_up_hours=[["09:00", "18:00"]]`, or `[]` where they are not worked',
            fix_zh='请写明，例如 `make_up_hours=[["09:00", "18:00"]]`；不上班则写 `[]`',
            place="make_up_hours",
        )
    off = sorted(
        {named.day for year in wanted for kind in closed for named in getattr(table.years[year], kind)}
    )
    return {
        "zone": zone,
        "weekly": dict(weekly),
        "holidays": [day.isoformat() for day in off],
        "overrides": {day.isoformat(): [list(pair) for pair in make_up_hours or ()] for day in make_up},
        "years": sorted(wanted),
    }


def _unknown_year(table: Table, year: object) -> TimeError:
    known = f"{min(table.years)} to {max(table.years)}"
    return TimeError(
        "SLA-E0832",
        f"the holidays of {year} in `{table.country}` are not known; the table has {known}",
        f"没有 `{table.country}` {year} 年的节假日资料；表中有 {known.replace(' to ', ' 至 ')} 年",
        fix_en="update slalang once they are published, or write that year's holidays into the calendar",
        fix_zh="请在节假日公布后更新 slalang，或在日历中自行写明该年的节假日",
        place="years",
    )
