"""`holidays` lines go in; the dates of the bundled tables are put into a calendar's dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.semantics import parts
from slalang.semantics.errors.lowering import CalendarRefused
from slalang.values import tables
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

# Which kinds of days off a category closes; with all kinds, the weekend days worked in exchange (调休上班) are open.
CATEGORIES: Final[dict[str, tuple[tables.Kind, ...]]] = {
    "": tables.KINDS,
    "federal": tables.KINDS,
    "public": tables.KINDS,
    "statutory": ("statutory", "in_lieu"),
}


def add_holidays(world: World, line: Sentence, given: dict[str, Any], stated: set[str]) -> bool:
    """Add a country's days off, its weekend days worked and the years known; False after a report.

    A weekend day that is worked has the hours of the other days where these all have the same; else the contract must
    state them, date by date (`stated` holds the dates that it does state).
    """
    country, category = parts.text(line, "country"), parts.text(line, "category")
    kinds = CATEGORIES.get(category.lower())
    if kinds is None:
        listed = "`, `".join(name for name in CATEGORIES if name)
        reason = Text(
            en=f"`{category}` is no kind of holidays: `{listed}`",
            zh=f"`{category}` 不是节假日的种类: `{listed}`",
        )
        world.collector.add(CalendarRefused(line.span, reason=reason))
        return False
    try:
        table = tables.load(country)
        worked = _worked(table, given, stated) if kinds == tables.KINDS else None
        found = tables.as_dictionary(
            country, zone=given["zone"], weekly={}, make_up_hours=worked or [], closed=kinds
        )
    except TimeError as bad:
        remedy = Text(en=bad.fix_en, zh=bad.fix_zh) if bad.fix_en else None
        world.collector.add(CalendarRefused(line.span, reason=Text(en=bad.en, zh=bad.zh), remedy=remedy))
        return False
    _join(given, found, opens=kinds == tables.KINDS)
    return True


def _worked(table: tables.Table, given: dict[str, Any], stated: set[str]) -> list[list[str]]:
    days = [day.isoformat() for year in table.years.values() for day in year.make_up]
    hours = [given.get("weekly", {}).get(day) for day in ("mon", "tue", "wed", "thu", "fri")]
    if not days or all(day in stated for day in days):
        return []
    if hours[0] and all(each == hours[0] for each in hours):
        same: list[list[str]] = hours[0]
        return same
    raise TimeError(
        "SLA-E0833",
        f"{len(days)} weekend days are worked, and the weekdays have different hours",
        f"有 {len(days)} 个调休上班日，而工作日的工作时间各不相同",
        fix_en=f"state their hours, date by date, such as `open {days[0]} 09:00 to 17:00`",
        fix_zh=f"逐日写明其工作时间，例如 `开 {days[0]} 09:00 至 17:00`",
    )


def _join(given: dict[str, Any], found: dict[str, Any], *, opens: bool) -> None:
    given["holidays"] = [
        *given.get("holidays", []),
        *(day for day in found["holidays"] if day not in given.get("holidays", [])),
    ]
    if opens:
        given["overrides"] = {**found["overrides"], **given.get("overrides", {})}
    years = set(found["years"])
    given["years"] = sorted(years & set(given["years"]) if "years" in given else years)
