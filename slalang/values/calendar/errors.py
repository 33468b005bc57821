"""The refusals of calendars: what was asked goes in, a `CalendarError` with code, place, reason and fix comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from datetime import date


class CalendarError(TimeError):
    """A calendar that cannot be taken as it is written, or a question that it cannot answer."""


def as_calendar_error(bad: TimeError) -> CalendarError:
    """The same refusal, said by a calendar."""
    return CalendarError(bad.code, bad.en, bad.zh, fix_en=bad.fix_en, fix_zh=bad.fix_zh, place=bad.place)


def unknown_key(key: object, known: tuple[str, ...], nearest: str | None) -> CalendarError:
    """A key that a calendar does not have."""
    names = ", ".join(f"`{name}`" for name in known)
    return CalendarError(
        "SLA-E0801",
        f"a calendar has no `{key}`",
        f"日历没有 `{key}` 这一项",
        fix_en=f"write `{nearest}`" if nearest else f"the keys are {names}",
        fix_zh=f"改为 `{nearest}`" if nearest else f"可用的项有 {names.replace(', ', '、')}",
        place=str(key),
    )


def bad_time(value: object, place: str) -> CalendarError:
    """A time of day that does not exist."""
    return CalendarError(
        "SLA-E0802",
        f"`{value}` is not a time of day",
        f"`{value}` 不是一天中的时刻",
        fix_en="write it like `09:00`, `17:30`, `24:00`, or `06:00+1` for the next day",
        fix_zh="请写成 `09:00`、`17:30`、`24:00`，次日写 `06:00+1`",
        place=place,
    )


def bad_interval(start: str, end: str, place: str) -> CalendarError:
    """Opening hours that end before they begin, or are empty."""
    next_day = "24:00" if end in {"00:00", "0:00"} else f"{end}+1"
    return CalendarError(
        "SLA-E0803",
        f"the hours from `{start}` to `{end}` end before they begin",
        f"从 `{start}` 到 `{end}` 的时段在开始之前就结束了",
        fix_en=f"write `{next_day}` if the shift runs past midnight",
        fix_zh=f"若班次跨过午夜，请写 `{next_day}`",
        place=place,
    )


def bad_date(value: object, place: str) -> CalendarError:
    """A date that does not exist."""
    return CalendarError(
        "SLA-E0804",
        f"`{value}` is not a date",
        f"`{value}` 不是日期",
        fix_en="write it like `2026-03-02`",
        fix_zh="请写成 `2026-03-02`",
        place=place,
    )


def twice(value: object, place: str) -> CalendarError:
    """The same date, weekday or year given twice."""
    return CalendarError(
        "SLA-E0816",
        f"`{value}` is given twice",
        f"`{value}` 重复出现",
        fix_en="keep one of them",
        fix_zh="请只保留一个",
        place=place,
    )


def bad_weekday(value: object, place: str) -> CalendarError:
    """A weekday that does not exist."""
    return CalendarError(
        "SLA-E0806",
        f"`{value}` is not a day of the week",
        f"`{value}` 不是星期几",
        fix_en="the days are `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`, their full names, or `周一` to `周日`",
        fix_zh="可写 `mon`、`tue`、`wed`、`thu`、`fri`、`sat`、`sun`、英文全名，或 `周一` 至 `周日`",
        place=place,
    )


def bad_shape(what_en: str, what_zh: str, place: str, code: str = "SLA-E0815") -> CalendarError:
    """A part of the dictionary that has another shape than it must."""
    return CalendarError(code, what_en, what_zh, place=place)


def bad_option(name: str, value: object, choices: tuple[str, ...]) -> CalendarError:
    """An option's value that is none of its choices."""
    listed = ", ".join(f"`{choice}`" for choice in choices)
    return CalendarError(
        "SLA-E0811",
        f"`{value}` is not a choice of `{name}`",
        f"`{name}` 没有 `{value}` 这个选项",
        fix_en=f"the choices are {listed}",
        fix_zh=f"可选 {listed.replace(', ', '、')}",
        place=name,
    )


def never_open() -> CalendarError:
    """A calendar without a single open instant."""
    return CalendarError(
        "SLA-E0807",
        "the calendar is never open, so no clock on it could ever run",
        "该日历没有任何开放时间，以它计时的时钟永远不会走动",
        fix_en='give hours for at least one day, such as `"mon": [["09:00", "17:00"]]`',
        fix_zh='请至少为一天给出时间，例如 `"mon": [["09:00", "17:00"]]`',
    )


def unknown_date(day: date | str, known: str) -> CalendarError:
    """A date outside the years or the validity that the calendar has data for."""
    return CalendarError(
        "SLA-E0808",
        f"the calendar knows nothing of {day}: its data cover {known}",
        f"日历没有 {day} 的资料：资料范围为 {known}",
        fix_en=f"list the holidays of that year in the calendar (`holidays listed for {str(day)[:4]}` and its `closed` dates, "
        "or `holidays` and `years` in Python), update slalang once they are published, or widen `valid_from` and `valid_to`",
        fix_zh=f"请在日历中列出该年的节假日（`自列节假日 {str(day)[:4]}` 及其 `休` 日期，Python 中为 `holidays` 和 `years`），"
        "或在公布后更新 slalang，或放宽 `valid_from` 和 `valid_to`",
    )


def never_reached(en: str, zh: str) -> CalendarError:
    """A deadline that no instant meets."""
    return CalendarError("SLA-E0809", f"the deadline is never reached: {en}", f"截止时刻永远不会到来：{zh}")


def bad_pause(en: str, zh: str, place: str) -> CalendarError:
    """A pause that is not a pair of instants in order."""
    return CalendarError(
        "SLA-E0812",
        en,
        zh,
        fix_en="give (start, end) with the end not before the start, or None for a pause still open",
        fix_zh="请给出 (开始, 结束)，结束不早于开始；尚未结束的停表以 None 为结束",
        place=place,
    )


def backwards(start: str, end: str) -> CalendarError:
    """Elapsed time asked for from a later to an earlier instant."""
    return CalendarError(
        "SLA-E0813",
        f"the end `{end}` lies before the start `{start}`",
        f"结束 `{end}` 早于开始 `{start}`",
        fix_en='swap them, or choose `reversed="zero"` or `reversed="signed"`',
        fix_zh='请对调，或选择 `reversed="zero"`、`reversed="signed"`',
    )


def not_working(day: date) -> CalendarError:
    """A start that had to be a working day."""
    return CalendarError(
        "SLA-E0814",
        f"{day} is not a working day",
        f"{day} 不是工作日",
        fix_en='choose where a closed start counts: `start="same_day"`, `"next"`, `"previous"` or `"onward"`',
        fix_zh='请选择非工作日的起点如何计算：`start="same_day"`、`"next"`、`"previous"` 或 `"onward"`',
        place="start",
    )
