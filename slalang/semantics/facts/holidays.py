"""Lines about holidays go in; the dates of the bundled tables are put into a calendar's dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.semantics import parts
from slalang.semantics.errors.lowering import CalendarRefused
from slalang.values import tables
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.semantics.scope.world import World
    from slalang.source.text import Span
    from slalang.syntax.tree import Sentence

# What a country calls its own table; both mean every kind of day off and, in China, the weekend days worked for them.
CATEGORIES: Final = ("federal", "public")
_KINDS: Final[dict[str, tables.Kind]] = {
    "statutory": "statutory",
    "in_lieu": "in_lieu",
    "moved_rest": "moved_rest",
    "special_rest": "special",
}
_WORKDAYS: Final = ("mon", "tue", "wed", "thu", "fri")


def add_holidays(world: World, line: Sentence, given: dict[str, Any], lines: Sequence[Sentence]) -> bool:
    """Add a country's days off and the years known; without kinds, its weekend days worked too. False after a report.

    A weekend day that is worked has the hours of the other days where these all have the same; else the contract must
    state them: `make-up days` for all, or `open` date by date. A year that the calendar lists itself is not taken from
    the table.
    """
    country, category = parts.text(line, "country"), parts.text(line, "category")
    if category and category.lower() not in CATEGORIES:
        words = "statutory`, `in lieu`, `moved rest days`, `one-off days off"
        reason = Text(
            en=f"`{category}` is no kind of holidays: `{words}`, or none of them for all",
            zh=f"`{category}` 不是节假日的种类: `法定`、`补假`、`调休`、`临时放假`，不写则为全部",
        )
        world.collector.add(CalendarRefused(line.span, reason=reason))
        return False
    kinds = tuple(_KINDS[kind] for kind in parts.tuples(line, "kinds"))
    try:
        table = tables.load(country)
        years = [year for year in table.years if year not in _listed(lines)]
        worked = None if kinds else _worked(table, years, given, lines)
        found = tables.as_dictionary(
            country,
            zone=given["zone"],
            weekly={},
            make_up_hours=worked or [],
            years=years,
            closed=kinds or tables.KINDS,
        )
    except TimeError as bad:
        return refuse(world, line.span, bad)
    _join(given, found, opens=not kinds)
    return True


def add_make_up(world: World, line: Sentence, given: dict[str, Any], hours: list[list[str]]) -> bool:
    """Open a country's weekend days that are worked for holidays (调休上班) at stated hours; False after a report."""
    country = parts.text(line, "country")
    try:
        table = tables.load(country)
    except TimeError as bad:
        return refuse(world, line.span, bad)
    days = [day.isoformat() for year in table.years.values() for day in year.make_up]
    if not days:
        reason = Text(
            en=f"no weekend day is worked for a holiday in `{country}`",
            zh=f"`{country}` 没有因调休而上班的周末",
        )
        world.collector.add(CalendarRefused(line.span, reason=reason))
        return False
    given["overrides"] = {**given.get("overrides", {}), **dict.fromkeys(days, hours)}
    given.setdefault("years", sorted(table.years))
    return True


def add_listed(world: World, lines: Sequence[Sentence], given: dict[str, Any]) -> bool:
    """Take the years whose holidays the calendar lists itself as known; False where it lists none.

    A year of which no day is closed is refused: it would pass for one without holidays.
    """
    for line in lines:
        if line.kind != "cal_listed":
            continue
        for year in parts.tuples(line, "years"):
            if any(day.startswith(f"{year:04}-") for day in given.get("holidays", ())):
                continue
            reason = Text(
                en=f"the calendar is to list the holidays of {year}, and closes no day of it",
                zh=f"日历应自行列出 {year} 年的节假日，却没有写明该年的任何休息日",
            )
            remedy = Text(en=f"add them: `closed {year}-01-01`", zh=f"请写明: `休 {year}-01-01`")
            world.collector.add(CalendarRefused(line.span, reason=reason, remedy=remedy))
            return False
    listed = _listed(lines)
    if listed and "years" in given:
        given["years"] = sorted({*given["years"], *listed})
    return True


def refuse(world: World, span: Span, bad: TimeError) -> bool:
    """Report what the values layer refused; always False."""
    remedy = Text(en=bad.fix_en, zh=bad.fix_zh) if bad.fix_en else None
    world.collector.add(CalendarRefused(span, reason=Text(en=bad.en, zh=bad.zh), remedy=remedy))
    return False


def _listed(lines: Sequence[Sentence]) -> set[int]:
    return {year for line in lines if line.kind == "cal_listed" for year in parts.tuples(line, "years")}


def _worked(
    table: tables.Table, years: list[int], given: dict[str, Any], lines: Sequence[Sentence]
) -> list[list[str]]:
    first, last = given.get("valid_from", "0001-01-01"), given.get("valid_to", "9999-12-31")
    days = [day.isoformat() for year in years for day in table.years[year].make_up]
    days = [day for day in days if first <= day <= last]
    stated = _dates_stated(lines)
    if any(line.kind == "cal_make_up" for line in lines) or all(day in stated for day in days):
        return []
    hours = [given.get("weekly", {}).get(day) for day in _WORKDAYS]
    if hours[0] and all(each == hours[0] for each in hours):
        same: list[list[str]] = hours[0]
        return same
    raise TimeError(
        "SLA-E0833",
        f"{len(days)} weekend days are worked, and the weekdays have different hours",
        f"有 {len(days)} 个调休上班日，而工作日的工作时间各不相同",
        fix_en=f"state their hours: `make-up days {table.country} 09:00 to 17:00`",
        fix_zh=f"写明其工作时间: `补班日 {table.country} 09:00 至 17:00`",
    )


def _dates_stated(lines: Sequence[Sentence]) -> set[str]:
    """The dates that `open` and `closed` lines name one by one."""
    nodes = [line.parts.get("date") for line in lines if line.kind == "cal_open"]
    nodes += [item for line in lines if line.kind == "cal_closed" for item in parts.tuples(line, "dates")]
    return {day.isoformat() for node in nodes if (day := getattr(node, "day", None))}


def _join(given: dict[str, Any], found: dict[str, Any], *, opens: bool) -> None:
    before = given.get("holidays", [])
    known = set(before)
    given["holidays"] = [*before, *(day for day in found["holidays"] if day not in known)]
    if opens:
        given["overrides"] = {**found["overrides"], **given.get("overrides", {})}
    years = set(found["years"])
    given["years"] = sorted(years & set(given["years"]) if "years" in given else years)
