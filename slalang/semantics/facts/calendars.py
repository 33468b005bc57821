"""A calendar's sentences go in; the dictionary that `Calendar.from_dict` reads comes out as canonical JSON text."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.facts import CalendarSpec
from slalang.semantics import parts
from slalang.semantics.errors.lowering import CalendarRefused, RuleCycle
from slalang.semantics.facts.holidays import add_holidays, add_listed, add_make_up
from slalang.semantics.lines.head import under_of
from slalang.semantics.scope import lookup
from slalang.syntax import tree as syn
from slalang.values.calendar.public import Calendar
from slalang.values.time_error import TimeError
from slalang.values.zone import DAY, MINUTE, SECOND

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.source.text import Span
    from slalang.syntax.tree import Sentence

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Hours of the week come before the tables of holidays, and these before the dates that the contract states itself.
_ORDER: Final = {"cal_zone": 0, "cal_week": 0, "cal_valid": 0, "cal_holidays": 1, "cal_make_up": 2}
_OWN: Final = frozenset(
    {
        "cal_week",
        "cal_holidays",
        "cal_make_up",
        "cal_listed",
        "cal_closed",
        "cal_open",
        "cal_break",
        "cal_valid",
        "cal_same",
    }
)
_JOINED: Final = frozenset({"union", "intersection"})
_LONGEST = 3660  # days of one range of closed dates

BACKWARDS: Final = "SLA-E0803"
NEVER_OPEN: Final = "SLA-E0807"


def calendar(world: World, declared: Declared, _: str = "") -> CalendarSpec | None:
    """The calendar, built once to see that it can be: a known zone, open at some time, no date twice."""
    given = dictionary(world, declared, ())
    if given is None:
        return None
    if world.tz is None and given["zone"] == world.zone:
        return None  # the contract's zone is what is wrong, and it is told where it is named
    try:
        Calendar.from_dict(given)
    except TimeError as bad:
        _refuse(world, declared.span, bad)
        return None
    return CalendarSpec(
        declared.name,
        json.dumps(given, ensure_ascii=False, sort_keys=True),
        declared.clause,
        under_of(world, declared),
    )


def dictionary(world: World, declared: Declared, path: tuple[str, ...]) -> dict[str, Any] | None:
    """The calendar as a plain dictionary; `same as` begins with another calendar's."""
    if declared.name in path:
        world.collector.add(RuleCycle(declared.span, path=path, first=path[0]), ("calendar", declared.name))
        return None
    joined = parts.child(declared.sentence, "cal_joined")
    if joined is not None:
        return _joined(world, declared, joined, (*path, declared.name))
    given: dict[str, Any] = {"zone": world.zone}
    same = parts.child(declared.sentence, "cal_same")
    name = parts.name(same, "name") if same else None
    if name is not None:
        other = lookup.calendar(world, name)
        if other is None:
            return None
        if other == "always":
            given["weekly"] = {day: [["00:00", "24:00"]] for day in WEEKDAYS}
        else:
            base = dictionary(world, world.calendars[other], (*path, declared.name))
            if base is None or (not _JOINED.isdisjoint(base) and _changed(world, declared, other)):
                return None
            given = base
    whole = True
    fresh: set[str] = set()  # weekdays
    named: set[str] = set()  # closed dates
    lines = sorted(declared.sentence.children, key=lambda line: _ORDER.get(line.kind, 3))
    for line in lines:
        whole = _line(world, line, given, fresh, lines, named) and whole
    return given if whole and add_listed(world, lines, given) else None


def _joined(world: World, declared: Declared, line: Sentence, path: tuple[str, ...]) -> dict[str, Any] | None:
    """A calendar put together of others: it states its zone, by whose dates days are counted, and nothing else."""
    zone = parts.child(declared.sentence, "cal_zone")
    given: dict[str, Any] = {"zone": parts.text(zone, "zone") if zone else world.zone}
    extra = next(
        (
            one
            for one in declared.sentence.children
            if one.kind in _OWN or (one is not line and one.kind == "cal_joined")
        ),
        None,
    )
    if extra is not None:
        reason = Text(
            en="a calendar that is put together of others has no hours or dates of its own",
            zh="由其他日历组成的日历，不另写时间或日期",
        )
        remedy = Text(
            en="write this line in one of those calendars, or in a further one that is put together with them",
            zh="请把这一行写在其中一个日历里，或写在与之一并列出的另一个日历里",
        )
        world.collector.add(CalendarRefused(extra.span, reason=reason, remedy=remedy))
        return None
    found = []
    for name in parts.names(line, "calendars"):
        other = lookup.calendar(world, name)
        if other is None:
            return None
        if other == "always":
            found.append({"zone": world.zone, "weekly": {day: [["00:00", "24:00"]] for day in WEEKDAYS}})
            continue
        part = dictionary(world, world.calendars[other], path)
        if part is None:
            return None
        found.append(part)
    return {**given, "union" if parts.ident(line, "how") == "in_any_of" else "intersection": found}


def _changed(world: World, declared: Declared, other: str) -> bool:
    """Whether a calendar would change one that has no hours of its own; that is told."""
    line = next((one for one in declared.sentence.children if one.kind in _OWN - {"cal_same"}), None)
    if line is not None:
        reason = Text(
            en=f"`{other}` is put together of other calendars, so there are no hours of its own to change",
            zh=f"`{other}` 由其他日历组成，没有自己的时间可改",
        )
        world.collector.add(CalendarRefused(line.span, reason=reason))
    return line is not None


def _line(
    world: World,
    line: Sentence,
    given: dict[str, Any],
    fresh: set[str],
    lines: list[Sentence],
    named: set[str],
) -> bool:
    match line.kind:
        case "cal_zone":
            given["zone"] = parts.text(line, "zone")
        case "cal_week":
            _week(line, given, fresh)
        case "cal_holidays":
            return add_holidays(world, line, given, lines)
        case "cal_make_up":
            return add_make_up(world, line, given, _hours(line))
        case "cal_closed":
            return _closed(world, line, given, named)
        case "cal_open" | "cal_break":
            key = "overrides" if line.kind == "cal_open" else "breaks"
            return _dated(line, given.setdefault(key, {}))
        case "cal_valid":
            ends = [_date(parts.expr(line, key)) for key in ("start", "end")]
            if ends[0] and ends[1]:
                given["valid_from"], given["valid_to"] = ends[0].isoformat(), ends[1].isoformat()
        case _:
            pass
    return True


def _week(line: Sentence, given: dict[str, Any], fresh: set[str]) -> None:
    """A weekday named again in one calendar has more hours; one that another calendar gave is replaced."""
    weekly = given.setdefault("weekly", {})
    hours = _hours(line)
    for number in parts.tuples(line, "days"):
        day = WEEKDAYS[number]
        weekly[day] = [*(weekly.get(day, []) if day in fresh else []), *hours]
        fresh.add(day)


def _hours(line: Sentence) -> list[list[str]]:
    return [[clock(start), clock(end)] for start, end in parts.tuples(line, "spans")]


def clock(us: int) -> str:
    """A time of day after midnight in µs as the dictionary writes it: `09:00`, `24:00`, `06:00+1`."""
    days, left = divmod(us, DAY)
    if us == DAY:
        return "24:00"
    minutes, rest = divmod(left, MINUTE)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if rest:
        seconds, fine = divmod(rest, SECOND)
        text += f":{seconds:02d}" + (f".{fine:06d}" if fine else "")
    return f"{text}+{days}" if days else text


def _closed(world: World, line: Sentence, given: dict[str, Any], named: set[str]) -> bool:
    """Close dates; `named` are those that this calendar's lines have closed before, each of which is said once."""
    closed = given.setdefault("holidays", [])
    for item in parts.tuples(line, "dates"):
        low, high = (item.low, item.high) if isinstance(item, syn.Interval) else (item, None)
        first, last = _date(low), _date(high)
        if first is None:
            continue
        days = ((last or first) - first).days
        if not 0 <= days <= _LONGEST:
            reason = Text(
                en="the range of closed dates is empty or longer than ten years",
                zh="休息日的范围为空或超过十年",
            )
            world.collector.add(CalendarRefused(line.span, reason=reason))
            return False
        for more in range(days + 1):
            day = (first + timedelta(days=more)).isoformat()
            if day in named:
                reason = Text(en=f"{day} is closed already by a line above", zh=f"上文已写明 {day} 休息")
                remedy = Text(en="name each date once", zh="每个日期只写一次")
                world.collector.add(CalendarRefused(item.span, reason=reason, remedy=remedy))
                return False
            named.add(day)
            if day not in closed:
                closed.append(day)
            # A date closed by name is closed even where a table of holidays would open it (a moved working day).
            given.get("overrides", {}).pop(day, None)
    return True


def _dated(line: Sentence, into: dict[str, Any]) -> bool:
    day = _date(parts.expr(line, "date"))
    if day is None:
        return False
    into[day.isoformat()] = _hours(line)
    return True


def _date(node: object) -> date | None:
    return node.day if isinstance(node, syn.DateValue) else None


def _refuse(world: World, span: Span, bad: TimeError) -> None:
    remedy = Text(en=bad.fix_en, zh=bad.fix_zh) if bad.fix_en else None
    if bad.code == BACKWARDS:
        remedy = Text(
            en="write the earlier time first, or `08:00 next day` if the shift runs past midnight",
            zh="先写较早的时刻；跨过午夜的班次写作 `08:00 次日`",
        )
    if bad.code == NEVER_OPEN:
        remedy = Text(
            en="give hours for at least one day, such as `mon to fri 09:00 to 17:00`",
            zh="至少为一天写明时间，例如 `周一 至 周五 09:00 至 17:00`",
        )
    world.collector.add(CalendarRefused(span, reason=Text(en=bad.en, zh=bad.zh), remedy=remedy))
