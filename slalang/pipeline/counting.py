"""A calendar of a contract, an opening and a duration go in; the instant reached comes out with every open stretch that was counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Language, Stop, Text
from slalang.diagnostics.suggest import candidates
from slalang.explain.tree import duration as quantity
from slalang.explain.wording import numbers
from slalang.pipeline.amounts import exact, working_days
from slalang.pipeline.asking import moment
from slalang.pipeline.errors import BadSetting, CalendarUnknown
from slalang.pipeline.journey import program_of
from slalang.report.as_text import table
from slalang.values import instant, interval
from slalang.values import zone as zones
from slalang.values.calendar import Calendar
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.program import Program

HEAD = {"en": ("from", "to", "counted", "so far"), "zh": ("自", "至", "计入", "累计")}
DUE = {"en": "due {at}", "zh": "到期 {at}"}
SHOWN = 60


def counted(path: str, name: str, at: str, add: str, pauses: Sequence[str], language: Language) -> str:
    """The deadline and the stretches that add up to the duration, as text.

    Raises:
        Stop: unknown calendar, an unreadable instant or duration, a date that the calendar does not know.
    """
    program = program_of(path).program
    calendar = _calendar(program, name)
    if (days := working_days(add)) is not None:
        return _days_later(calendar, at, days, program.zone, language)
    start, amount = moment(at, program.zone), exact(add)
    still = interval.union([_pause(pause, program.zone) for pause in pauses])
    try:
        end = calendar.deadline_us(start, amount, still)
    except TimeError as trouble:
        problem = Text(en=trouble.text("en"), zh=trouble.text("zh"))
        raise Stop(BadSetting(None, given=f"{at} + {add}", problem=problem, write=None)) from None
    low, high = min(start, end), max(start, end)
    stretches = interval.subtract(calendar.open_intervals(low, high), still)
    rows: list[tuple[str, ...]] = [HEAD[language]]
    so_far = 0
    for one, other in stretches:
        so_far += other - one
        moments = (numbers.instant(edge, program.zone, language) for edge in (one, other))
        rows.append(
            (
                *moments,
                numbers.quantity(quantity(other - one), language),
                numbers.quantity(quantity(so_far), language),
            )
        )
    cut = (
        rows
        if len(rows) <= SHOWN
        else [*rows[: SHOWN // 2], (f"… {len(rows) - SHOWN} …", "", "", ""), *rows[-SHOWN // 2 :]]
    )
    due = DUE[language].format(at=numbers.instant(end, program.zone, language))
    return "\n".join([due, *table(cut, "  ")]) + "\n"


def _calendar(program: Program, name: str) -> Calendar:
    if name in ("always", "始终"):
        return Calendar.always(program.zone)
    spec = next((item for item in program.calendars if item.name == name), None)
    if spec is None:
        names = [*(item.name for item in program.calendars), "always"]
        raise Stop(CalendarUnknown(None, calendar=name, near=candidates(name, names)))
    return Calendar.from_dict(json.loads(spec.definition))


def _days_later(calendar: Calendar, at: str, days: int, zone: str, language: Language) -> str:
    """The same time of day so many working days later; the day of the opening is not counted."""
    start = instant.as_datetime(moment(at, zone), zones.load(zone))
    try:
        end = calendar.add_working_days(start, days)
    except TimeError as trouble:
        problem = Text(en=trouble.text("en"), zh=trouble.text("zh"))
        raise Stop(BadSetting(None, given=at, problem=problem, write=None)) from None
    return DUE[language].format(at=numbers.instant(instant.from_datetime(end), zone, language)) + "\n"


def _pause(text: str, zone: str) -> tuple[int, int]:
    start, slash, end = text.partition("/")
    if not slash:
        problem = Text(en="a pause is two instants with `/` between", zh="暂停由两个时刻组成，中间用 `/`")
        raise Stop(BadSetting(None, given=text, problem=problem, write="2026-03-06 16:00/2026-03-06 17:00"))
    first, last = moment(start.strip(), zone), moment(end.strip(), zone)
    if last < first:
        problem = Text(en="this pause ends before it starts", zh="暂停的结束早于开始")
        raise Stop(BadSetting(None, given=text, problem=problem, write=f"{end.strip()}/{start.strip()}"))
    return first, last
