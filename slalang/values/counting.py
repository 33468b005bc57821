"""A convention, a start and a length go in; the last day of the limit, its end as an instant, and the steps come out.

Conventions are data. `prc_civil_code` is arts. 200 to 204 and 1259 of the PRC Civil Code, `prc_gpcl_1986` art. 154 of
the General Principles of 1986 with art. 198 of the Supreme People's Court's opinions on them, `us_federal` rule 6(a)
of the Federal Rules of Civil Procedure, `exact` n times 24 hours, `calendar_days` plain dates without any roll.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from slalang.values import instant as instants
from slalang.values.civil import MonthEnd, Span, add, add_months, day_end, has_corresponding_day
from slalang.values.instant import day_start
from slalang.values.time_error import TimeError
from slalang.values.zone import DAY

if TYPE_CHECKING:
    from slalang.values.calendar import Calendar
    from slalang.values.calendar.days import ClosedStart

Closes = Literal["midnight", "business"]
Word = Literal["by", "before"]
What = Literal[
    "start",
    "start_assumed",
    "start_moved",
    "start_late",
    "day_short",
    "first_day",
    "counted",
    "month_rounded",
    "loose_month",
    "contract_roll",
    "rest_day",
    "closes",
]


@dataclass(frozen=True, slots=True)
class Convention:
    """How a limit in days, months, years or hours is counted.

    counts_first_day: the day of the trigger is day one (else counting begins on the next day).
    day_is_24_hours: a day is 24 hours from the trigger, not a date; months and years then mean nothing.
    month_end: what corresponds to a day that the last month lacks.
    loose_months: a period in months (years) that begins on the first day of a month (year) is whole months (years); any
        other has 30 (365) days for each.
    hours_start_assumed: hours run from the time that law or contract fixes; counting from the trigger is an assumption.
    rolls: a last day that is a rest day is followed by the next working day; `rolls_back` the same for a limit counted
        backward, in the direction of counting; `rolls_hours` the same for one in hours, at the same time of day.
    closes: the last day ends at midnight, or where business stops.
    closed_start: working days from a trigger on a closed day count as from that day; None: the convention does not say.
    cites: article or rule for each kind of step.
    """

    name: str
    counts_first_day: bool = False
    day_is_24_hours: bool = False
    month_end: MonthEnd = "last_day"
    loose_months: bool = False
    hours_start_assumed: bool = False
    rolls: bool = False
    rolls_back: bool = False
    rolls_hours: bool = False
    closes: Closes = "midnight"
    closed_start: ClosedStart | None = None
    cites: tuple[tuple[str, str], ...] = ()

    def cite(self, what: What) -> str:
        """The article that a step rests on; empty where it rests on the contract."""
        return dict(self.cites).get(what, "")


PRC_CIVIL_CODE = Convention(
    name="prc_civil_code",
    closed_start="same_day",
    hours_start_assumed=True,
    rolls=True,
    cites=(
        ("start_assumed", "PRC Civil Code, art. 201"),
        ("first_day", "PRC Civil Code, art. 201"),
        ("counted", "PRC Civil Code, art. 202"),
        ("month_rounded", "PRC Civil Code, art. 202"),
        ("rest_day", "PRC Civil Code, art. 203"),
        ("closes", "PRC Civil Code, art. 203"),
    ),
)
PRC_GPCL_1986 = Convention(
    name="prc_gpcl_1986",
    closed_start="same_day",
    hours_start_assumed=True,
    rolls=True,
    loose_months=True,
    cites=(
        ("start_assumed", "PRC General Principles 1986, art. 154"),
        ("first_day", "PRC General Principles 1986, art. 154"),
        ("counted", "PRC General Principles 1986, art. 154"),
        ("loose_month", "SPC Opinions 1988, art. 198"),
        ("rest_day", "PRC General Principles 1986, art. 154; SPC Opinions 1988, art. 198"),
        ("closes", "PRC General Principles 1986, art. 154"),
    ),
)
EXACT = Convention(name="exact", day_is_24_hours=True)
US_FEDERAL = Convention(
    name="us_federal",
    closed_start="same_day",
    rolls=True,
    rolls_back=True,
    rolls_hours=True,
    cites=(
        ("start", "FRCP 6(a)(2)(A)"),
        ("first_day", "FRCP 6(a)(1)(A)"),
        ("counted", "FRCP 6(a)(1)(B)"),
        ("rest_day", "FRCP 6(a)(1)(C), 6(a)(2)(C), 6(a)(5)"),
        ("closes", "FRCP 6(a)(4)"),
    ),
)
# What people mean by "within 30 days" where no law is cited: dates, the first one not counted, no roll.
CALENDAR_DAYS = Convention(name="calendar_days")
CONVENTIONS = {one.name: one for one in (PRC_CIVIL_CODE, PRC_GPCL_1986, EXACT, US_FEDERAL, CALENDAR_DAYS)}


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A length of that many working days of the calendar; backward where negative."""

    count: int


@dataclass(frozen=True, slots=True)
class Hours:
    """An exact length in µs that the convention counts as hours; backward where negative."""

    us: int


Length = Span | WorkingDays | Hours


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the counting: what was done, the date or instant it led to, and the article it rests on."""

    what: What
    day: date | None
    at: int | None
    cite: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The answer: an act is in time iff its instant is before `end`, or at it where `end_included`.

    `last_day` is the local date that the limit ends with. `end` is 24:00 of it (the first instant of the next day), the
    close of business, or the exact instant of a limit in hours.
    """

    last_day: date
    end: int
    end_included: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the contract adds to the convention: the start of working days, its own roll, and when the day closes.

    `closing_calendar` is the one whose business stops; without it, the calendar of the rest days.
    """

    closed_start: ClosedStart = "same_day"
    cutoff: str | None = None  # a time of day, or "closing" for the calendar's own closing
    roll: ClosedStart = "same_day"
    roll_calendar: Calendar | None = None
    not_last_of_month: bool = False
    closes: Closes | None = None
    closing_calendar: Calendar | None = None
    less_than: bool = False  # less than so many months: the last day is the one before theirs


def own_roll(day: date, calendar: Calendar, how: ClosedStart, *, not_last_of_month: bool) -> date:
    """Where a contract's own roll moves a day; the last day of a month counts as closed if it is to."""
    moved = calendar.roll(day, how)
    step = timedelta(days=-1 if how == "previous" else 1)
    while not_last_of_month and (moved + timedelta(days=1)).day == 1:
        moved = calendar.roll(moved + step, how)
    return moved


def deadline_for(
    convention: Convention,
    start: int,
    length: Length,
    calendar: Calendar | None,
    zone: tzinfo,
    *,
    terms: Terms | None = None,
) -> Limit:
    """The end of a limit of `length` from the instant `start` (µs); a negative length counts backward.

    Args:
        convention: how to count.
        start: the trigger, whose local date in `zone` is the day that is not counted.
        length: civil, in working days, or in hours.
        calendar: whose working days are meant and whose closed days are rest days; None where nothing asks for it.
        zone: the contract's zone.
        terms: what the contract says itself. Its roll is applied once, before the convention's, also once.

    Raises:
        TimeError: `SLA-E0840`, the convention gives the length no meaning or the calendar is missing; `SLA-E0830`,
            `SLA-E0824` as in `civil`; `SLA-E0808`, dates that the calendar has no data for.
    """
    said = terms or Terms()
    begin = instants.as_datetime(start, zone)
    if isinstance(length, Hours) or (convention.day_is_24_hours and isinstance(length, Span)):
        return _hours(convention, start, length, calendar, zone)
    steps = [Step("start", begin.date(), start, "")]
    if isinstance(length, WorkingDays):
        begins, why = counts_as(start, _needed(calendar), zone, said)
        if why is not None:
            steps.append(Step(why, begins, None, ""))
        day, backward = _working_days(begins, length, _needed(calendar), steps)
    else:
        day, backward = _civil(convention, begin.date(), length, steps), length.sign < 0
        if said.less_than:
            day -= timedelta(days=length.sign)
            steps.append(Step("day_short", day, None, ""))
    if said.roll != "same_day":
        rests = said.roll_calendar or _needed(calendar)
        moved = own_roll(day, rests, said.roll, not_last_of_month=said.not_last_of_month)
        day = _rolled(moved, day, "contract_roll", "", steps)
    if convention.rolls_back if backward else convention.rolls:
        rolled = _needed(calendar).roll(day, "previous" if backward else "next")
        day = _rolled(rolled, day, "rest_day", convention.cite("rest_day"), steps)
    closes = said.closes or convention.closes
    stops = said.closing_calendar or calendar
    end = day_end(day, zone) if closes == "midnight" else _needed(stops).closing_us(day)
    steps.append(Step("closes", day, end, convention.cite("closes")))
    return Limit(day, end, end_included=False, steps=tuple(steps))


def counts_as(at: int, calendar: Calendar, zone: tzinfo, said: Terms) -> tuple[date, What | None]:
    """The day as which a trigger counts for working days, and why it is not its own: a closed day, or after the cut-off.

    Raises:
        TimeError: `SLA-E0840`, a cut-off that is no time of day; `SLA-E0808`, dates that the calendar has no data for.
    """
    begin = instants.as_datetime(at, zone)
    own = begin.date()
    moved = calendar.roll(own, said.closed_start)
    if moved != own:
        return moved, "start_moved"
    if said.cutoff is None or not calendar.is_working_day(own):
        return own, None
    late = at > calendar.closing_us(own) if said.cutoff == "closing" else _is_after(begin.time(), said.cutoff)
    return (calendar.next_working_day(own), "start_late") if late else (own, None)


def date_limit(day: date, word: Word, zone: tzinfo) -> Limit:
    """The limit of a fixed date: `by` a day includes it, `before` a day excludes it."""
    if word == "before":
        end, last = day_start(day, zone), day - timedelta(days=1)
    else:
        end, last = day_end(day, zone), day
    return Limit(last, end, end_included=False, steps=(Step("closes", last, end, ""),))


def _civil(convention: Convention, begin: date, length: Span, steps: list[Step]) -> date:
    """The last day of a civil length, before any roll."""
    sign = length.sign
    first = begin if convention.counts_first_day else begin + timedelta(days=sign)
    steps.append(Step("first_day", first, None, convention.cite("first_day")))
    span = length
    # With day one counted as such the period ends a day short of the day that corresponds to it; where the month
    # lacks that day it ends with the month.
    from_day_one = convention.counts_first_day
    if convention.loose_months and length.all_months:
        whole = sign > 0 and first.day == 1 and (not length.years or first.month == 1)
        steps.append(Step("loose_month", first, None, convention.cite("loose_month")))
        if not whole:
            span = Span(days=365 * length.years + 30 * length.months + length.all_days)
        from_day_one = from_day_one or whole
    if from_day_one:
        mode: MonthEnd = "first_of_next" if sign > 0 else "last_day"
        day = add(first, span, "error" if convention.month_end == "error" else mode) - timedelta(days=sign)
    else:
        day = add(begin, span, convention.month_end)
        if span.all_months and not has_corresponding_day(begin, span):
            rounded = add_months(begin, span.all_months, convention.month_end)
            steps.append(Step("month_rounded", rounded, None, convention.cite("month_rounded")))
    steps.append(Step("counted", day, None, convention.cite("counted")))
    return day


def _working_days(
    start: date, length: WorkingDays, calendar: Calendar, steps: list[Step]
) -> tuple[date, bool]:
    day = calendar.add_working_days(start, length.count)
    steps.append(Step("counted", day, None, ""))
    return day, length.count < 0


def _is_after(at: time, cutoff: str) -> bool:
    try:
        return at > time.fromisoformat(cutoff)
    except ValueError:
        raise TimeError(
            "SLA-E0840", f"`{cutoff}` is not a time of day", f"`{cutoff}` 不是一天中的时刻", place="cutoff"
        ) from None


def _hours(
    convention: Convention, start: int, length: Hours | Span, calendar: Calendar | None, zone: tzinfo
) -> Limit:
    """A limit in hours, to the instant; it runs from the trigger itself."""
    if isinstance(length, Span):
        if length.all_months:
            raise TimeError(
                "SLA-E0840",
                f"`{convention.name}` gives months and years no length",
                f"`{convention.name}` 没有规定月和年的长度",
                fix_en="write the limit in days or hours, or cite a convention such as `prc_civil_code`",
                fix_zh="请以日或小时写期限，或引用 `prc_civil_code` 等计算惯例",
            )
        amount = length.all_days * DAY
    else:
        amount = length.us
    end = start + amount
    first: What = "start_assumed" if convention.hours_start_assumed else "start"
    steps = [Step(first, None, start, convention.cite(first))]
    if convention.rolls_hours and isinstance(length, Hours):
        local = instants.as_datetime(end, zone)
        rolled = _needed(calendar).roll(local.date(), "previous" if amount < 0 else "next")
        if rolled != local.date():
            same_time = datetime.combine(rolled, local.time().replace(fold=0))
            end = instants.from_local(same_time, zone, gap="next", overlap="first")
            steps.append(Step("rest_day", rolled, end, convention.cite("rest_day")))
    last = instants.as_datetime(end, zone).date()
    steps.append(Step("counted", last, end, convention.cite("counted") if isinstance(length, Span) else ""))
    return Limit(last, end, end_included=True, steps=tuple(steps))


def _rolled(to: date, day: date, what: What, cite: str, steps: list[Step]) -> date:
    if to != day:
        steps.append(Step(what, to, None, cite))
    return to


def _needed(calendar: Calendar | None) -> Calendar:
    if calendar is None:
        raise TimeError(
            "SLA-E0840",
            "this limit needs a calendar of working days",
            "此期限需要工作日历",
            fix_en="name the calendar whose working days are meant",
            fix_zh="请写明以哪个日历的工作日计算",
        )
    return calendar
