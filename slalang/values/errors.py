"""What `slalang explain CODE` tells of the refusals of times and calendars, which are exceptions of the Python interface (`TimeError`)."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class CalendarKey(Diagnostic):
    """A calendar's dictionary has a key that no calendar has. The keys are `zone`, `weekly`, `holidays`,
    `overrides`, `breaks`, `valid_from`, `valid_to` and `years`.
    """

    code = "SLA-E0801"
    title = Text(en="unknown key of a calendar", zh="日历没有这一项")
    page_zh = "日历字典中有一个日历所没有的键。可用的键是 `zone`、`weekly`、`holidays`、`overrides`、`breaks`、`valid_from`、`valid_to` 和 `years`。"


class TimeOfDay(Diagnostic):
    """A time of day is written like `09:00`, `17:30` or `24:00`; `06:00+1` is that time on the next day."""

    code = "SLA-E0802"
    title = Text(en="not a time of day", zh="不是一天中的时刻")
    page_zh = "时刻写作 `09:00`、`17:30` 或 `24:00`；`06:00+1` 指次日的该时刻。"


class HoursBackwards(Diagnostic):
    """A stretch of hours ends before it begins, or is empty. A shift past midnight ends on the next day:
    `06:00+1`.
    """

    code = "SLA-E0803"
    title = Text(en="hours that end before they begin", zh="时段先止后起")
    page_zh = "时段在开始之前就结束，或长度为零。跨过午夜的班次止于次日：`06:00+1`。"


class NotADate(Diagnostic):
    """A date is written like `2026-03-02`."""

    code = "SLA-E0804"
    title = Text(en="not a date", zh="不是日期")
    page_zh = "日期写作 `2026-03-02`。"


class UnknownZone(Diagnostic):
    """A time zone is an IANA name such as `Asia/Shanghai`, or an offset such as `+08:00`. Abbreviations
    such as EST are not taken: they mean several things.
    """

    code = "SLA-E0805"
    title = Text(en="unknown time zone", zh="未知的时区")
    page_zh = (
        "时区是 IANA 名称，如 `Asia/Shanghai`，或偏移量，如 `+08:00`。EST 之类的缩写有多种含义，不予采用。"
    )


class NotAWeekday(Diagnostic):
    """A weekday is `mon` to `sun`, its full name, or 周一 to 周日."""

    code = "SLA-E0806"
    title = Text(en="not a day of the week", zh="不是星期几")
    page_zh = "星期几写作 `mon` 至 `sun`、全称，或周一至周日。"


class NeverOpen(Diagnostic):
    """No clock on such a calendar could ever run, so no deadline on it would ever come."""

    code = "SLA-E0807"
    title = Text(en="a calendar that is never open", zh="从不开放的日历")
    page_zh = "以它计时的时钟永远不会走动，期限永远不会到来。"


class DateUnknown(Diagnostic):
    """The calendar has no data for a date. It is never taken for a day without holidays."""

    code = "SLA-E0808"
    title = Text(en="a date that the calendar does not know", zh="日历不知道的日期")
    page_zh = "日历没有该日期的资料。绝不会把它当作没有节假日的日子。"


class NeverReached(Diagnostic):
    """The calendar has not that much open time, or the clock stands still without an end."""

    code = "SLA-E0809"
    title = Text(en="a deadline that is never reached", zh="永远不会到来的期限")
    page_zh = "日历没有这么多开放时间，或时钟一直停着。"


class NotAnInstant(Diagnostic):
    """An instant is a `datetime` with a time zone, a length a `timedelta`. Without its zone a date and
    time may be many instants.
    """

    code = "SLA-E0810"
    title = Text(en="not an instant or a length of time", zh="不是时刻或时长")
    page_zh = "时刻是带时区的 `datetime`，时长是 `timedelta`。没有时区的日期时间可能是许多不同的时刻。"


class OptionUnknown(Diagnostic):
    """An option of a calendar has a value that is none of its choices."""

    code = "SLA-E0811"
    title = Text(en="not a choice of this option", zh="没有这个选项")
    page_zh = "日历的某个选项取了不存在的值。"


class PauseMalformed(Diagnostic):
    """A pause is a pair of instants, the end not before the start; the end is None while it lasts."""

    code = "SLA-E0812"
    title = Text(en="a pause that cannot be taken", zh="无法采用的停计")
    page_zh = "停计是一对时刻，结束不早于开始；尚未结束时为 None。"


class EndBeforeStart(Diagnostic):
    """Time is asked for from a later to an earlier instant, and the calendar was told to refuse that."""

    code = "SLA-E0813"
    title = Text(en="an end before its start", zh="结束早于开始")
    page_zh = "所问的用时是从较晚到较早的时刻，而日历设定为拒绝这种情形。"


class NotAWorkingDay(Diagnostic):
    """Counting starts on a day that is no working day, and the calendar was told to refuse that."""

    code = "SLA-E0814"
    title = Text(en="not a working day", zh="不是工作日")
    page_zh = "起算日不是工作日，而设定为拒绝这种情形。"


class CalendarShape(Diagnostic):
    """A part of a calendar's dictionary has another shape than it must have."""

    code = "SLA-E0815"
    title = Text(en="a calendar in another shape", zh="日历的形式不对")
    page_zh = "日历字典的某一部分形式不对。"


class GivenTwice(Diagnostic):
    """The same date or weekday stands twice, so one of the two would be lost."""

    code = "SLA-E0816"
    title = Text(en="given twice", zh="重复出现")
    page_zh = "同一日期或星期几出现了两次，其中之一会丢失。"


class InstantText(Diagnostic):
    """An instant is written as RFC 3339 with its offset, to the microsecond: `2026-03-02T09:15:00+08:00`."""

    code = "SLA-E0820"
    title = Text(en="text that is not an instant", zh="不是时刻的文本")
    page_zh = "时刻按 RFC 3339 书写并带偏移，精度到微秒：`2026-03-02T09:15:00+08:00`。"


class TimeSkipped(Diagnostic):
    """When the clocks go forward, some local times do not exist that day."""

    code = "SLA-E0821"
    title = Text(en="a local time that the clocks skip", zh="时钟跳过的当地时间")
    page_zh = "时钟拨快时，当日有些时间并不存在。"


class TimeTwice(Diagnostic):
    """When the clocks go back, some local times come twice that day; which one is meant must be said."""

    code = "SLA-E0822"
    title = Text(en="a local time that the clocks show twice", zh="时钟出现两次的当地时间")
    page_zh = "时钟拨慢时，当日有些时间出现两次，须说明是哪一次。"


class NotALength(Diagnostic):
    """Days, months and years have no exact length. Hours, minutes and seconds have."""

    code = "SLA-E0823"
    title = Text(en="not an exact length of time", zh="不是确定的时长")
    page_zh = "日、月、年没有确定的长度，小时、分、秒才有。"


class OutsideYears(Diagnostic):
    """A date or instant lies outside the years that can be counted with."""

    code = "SLA-E0824"
    title = Text(en="outside the years 0001 to 9999", zh="超出公元 1 年至 9999 年")
    page_zh = "日期或时刻超出可计算的年份。"


class NoSuchDay(Diagnostic):
    """The day that is asked for does not exist in this month or period, and the convention does not say
    what holds then.
    """

    code = "SLA-E0830"
    title = Text(en="no such day in the period", zh="期间内没有这一天")
    page_zh = "所指的日子在该月或该期间内不存在，而计期惯例没有规定此时如何处理。"


class NoHolidayTable(Diagnostic):
    """The holidays of this country are not bundled. They can be written into the calendar as `closed`
    dates.
    """

    code = "SLA-E0831"
    title = Text(en="no holiday table for this country", zh="没有该国的节假日表")
    page_zh = "没有内置该国的节假日，可以在日历中写明休息日期。"


class YearNotInTable(Diagnostic):
    """Holidays are decreed year by year. A year that nobody knows yet is refused, and never taken for one
    without holidays.
    """

    code = "SLA-E0832"
    title = Text(en="a year that the holiday table does not know", zh="节假日表中没有的年份")
    page_zh = "节假日逐年公布。尚不知道的年份会被拒绝，绝不会当作没有节假日。"


class MakeUpHours(Diagnostic):
    """Some weekend days are worked in exchange for a holiday, and the calendar does not say from when to
    when.
    """

    code = "SLA-E0833"
    title = Text(en="make-up working days without hours", zh="没有写明时间的调休上班日")
    page_zh = "有些周末因调休而上班，而日历没有写明几点到几点。"


class CannotCount(Diagnostic):
    """The counting convention gives this length no meaning, or needs a calendar that is not named."""

    code = "SLA-E0840"
    title = Text(en="a limit that the convention cannot count", zh="计期惯例无法计算的期限")
    page_zh = "计期惯例没有赋予这一长度以意义，或需要一份没有指明的日历。"


CODES: tuple[type[Diagnostic], ...] = (
    CalendarKey,
    TimeOfDay,
    HoursBackwards,
    NotADate,
    UnknownZone,
    NotAWeekday,
    NeverOpen,
    DateUnknown,
    NeverReached,
    NotAnInstant,
    OptionUnknown,
    PauseMalformed,
    EndBeforeStart,
    NotAWorkingDay,
    CalendarShape,
    GivenTwice,
    InstantText,
    TimeSkipped,
    TimeTwice,
    NotALength,
    OutsideYears,
    NoSuchDay,
    NoHolidayTable,
    YearNotInTable,
    MakeUpHours,
    CannotCount,
)
