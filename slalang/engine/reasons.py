"""Why something is undetermined: a key and its parts go in, English text comes out, and Chinese text from the English."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.values import capitals

if TYPE_CHECKING:
    from slalang.values.time_error import TimeError

# English and Chinese of each reason, with the same placeholders; the key is never shown.
REASONS: Final[dict[str, tuple[str, str]]] = {
    "unset": (
        "signal `{signal}` of `{subject}` has no value yet",
        "`{subject}` 的信号 `{signal}` 尚无取值",
    ),
    "field": ("event `{event}` has no field `{field}`", "事件 `{event}` 没有字段 `{field}`"),
    "no_period": (
        "there is no measured period whose {edge} could be read",
        "没有可读取起止（{edge}）的计量期间",
    ),
    "no_event": ("there is no event to read `{field}` from", "没有可读取 `{field}` 的事件"),
    "register": (
        "register `{entity}` has no `{attribute}` for `{id}`",
        "登记册 `{entity}` 中 `{id}` 没有 `{attribute}`",
    ),
    "reference": ("`{subject}` refers to no `{reference}`", "`{subject}` 没有指向 `{reference}`"),
    "parameter": ("parameter `{name}` has no value", "参数 `{name}` 没有取值"),
    "gap": (
        "no row of table `{table}` covers {values}",
        "表 `{table}` 没有一行适用于 {values}",
    ),
    "overlap": (
        "rows {rows} of table `{table}` all apply to {values} and disagree",
        "表 `{table}` 的第 {rows} 行同时适用于 {values}，且结果不一致",
    ),
    "conflict": (
        "exceptions {names} to `{label}` apply together and disagree",
        "对 `{label}` 的例外 {names} 同时适用，且结果不一致",
    ),
    "required": ("`{rule}`, which this excuse requires, was not kept", "该免责所要求的 `{rule}` 未获履行"),
    "division": ("a division by zero", "除数为零"),
    "too_long": ("a number of more than a thousand digits", "超过一千位的数"),
    "no_cases": ("`{metric}` has no case to count in {period}", "`{metric}` 在 {period} 没有可计的案件"),
    "undetermined_cases": (
        "{count} of the cases that `{metric}` counts are undetermined",
        "`{metric}` 所计案件中有 {count} 件无法判定",
    ),
    "left_out_unknown": (
        "whether {count} of the cases are left out cannot be told",
        "有 {count} 件案件是否剔除无法判断",
    ),
    "before_any": (
        "`{name}` is read of a period before the first one, and no `starts as` says what it was then",
        "读取了 `{name}` 在第一期之前的值，而没有 `初值` 写明当时是多少",
    ),
    "before_first": (
        "`{name}` has no value {back} period(s) before {period}",
        "`{name}` 在 {period} 之前第 {back} 期没有取值",
    ),
    "no_metric": ("`{name}` has no value for {period}", "`{name}` 在 {period} 没有取值"),
    "many_keys": (
        "`{name}` has {count} values for one reader ({keys}), and the rule does not say how to join them",
        "`{name}` 对应 {count} 个取值（{keys}），规则没有说明如何合并",
    ),
    "domain": ("`{name}` is {value}, outside its domain", "`{name}` 为 {value}，超出其取值范围"),
    "no_version": (
        "no version of the contract is in force then; the last one is `{version}`",
        "届时没有生效的合同版本；最近的版本是 `{version}`",
    ),
    "choice_unknown": (
        "`{name}`: which amount of its group is the highest cannot be told while one of them is undetermined",
        "`{name}`：同组中有金额无法判定，无从得知何者最高",
    ),
    "no_samples": (
        "`{metric}` has no sample at all in {count} bins",
        "`{metric}` 有 {count} 段没有任何采样",
    ),
    "cap_unknown": (
        "cap `{name}`: how much of it is used up before cannot be told",
        "封顶 `{name}`：此前已用多少无法判定",
    ),
    "no_period_to_carry_to": (
        "no period follows {period} to which the excess could be carried",
        "{period} 之后没有可结转超额的期间",
    ),
    "circle": (
        "{names}: they read one another before any of them is known",
        "{names}：互相读取，无从先后得出",
    ),
    "no_case": ("there is no case to read `{what}` from", "没有可读取 `{what}` 的案件"),
    "no_value": ("the case has no `{what}`", "该案没有 `{what}`"),
    "civil_scale": ("a limit in days has no share", "以日计的期限不能按比例折算"),
    "months": ("months have no number of days: state the remedy in days", "月没有确定的天数：请以天写明"),
    "anchor": ("the rule has no anchor instant", "该规则没有起算时刻"),
    "unknown_date": (
        (
            "the calendar knows nothing of {day}: its data cover {known}; list the holidays of that year in the calendar "
            "(`holidays listed for {year}` and its `closed` dates), update slalang once they are published, or widen `valid`"
        ),
        (
            "日历没有 {day} 的资料：资料范围为 {known}；请在日历中列出该年的节假日（`自列节假日 {year}` 及其 `休` 日期），"
            "在公布后更新 slalang，或放宽 `有效`"
        ),
    ),
    "missing_day": (
        "counting convention `{name}`: {month} has no day {day} to correspond to {start}",
        "计期方法 `{name}`：{month} 没有与 {start} 对应的 {day} 日",
    ),
    "calendar": ("calendar `{calendar}`: {detail}", "日历 `{calendar}`：{detail}"),
    "clock_limit": ("the limit is not yet known", "期限尚未确定"),
    "right_by": ("`{by}` exercised it, and it is a right of {holder}", "由 `{by}` 行使，而该权利属 {holder}"),
    "right_used": ("it had been exercised already, by `{event}`", "此前已由 `{event}` 行使"),
    "right_ended": ("it had been ended by `{event}`", "此前已因 `{event}` 终止"),
    "right_term": ("the contract was not in force", "合同当时不在有效期内"),
    "right_early": ("its window opens only at {at}", "行使期自 {at} 方开始"),
    "right_late": ("its window ended at {at}", "行使期已于 {at} 届满"),
    "right_condition": ("its condition did not hold", "其条件不成立"),
    "right_condition_now": ("its condition does not hold", "其条件尚不成立"),
    "right_term_over": ("the contract has ended", "合同已终止"),
    "right_nothing": ("nothing had given the right", "尚无产生该权利的事由"),
    "right_no_demand": ("nobody had demanded a cure", "尚未要求补正"),
    "right_cured": ("it was cured in time by `{event}`", "已由 `{event}` 按期补正"),
    "right_cure_open": ("there is time for a cure until {at}", "补正期限至 {at}"),
    "term_start": ("the term has not begun yet", "期限尚未开始"),
    "term_end": ("the term has no known end", "期限没有已知的末日"),
    "capitals": ("`{text}` is no amount in capital numerals: {detail}", "`{text}` 不是大写金额：{detail}"),
    "to_capitals": (
        "{text} cannot be written in capital numerals: {detail}",
        "{text} 无法写成大写金额：{detail}",
    ),
    "unsupported": ("this evaluator does not judge {what} yet", "本求值器尚不能判定 {what}"),
}


def say(key: str, **parts: object) -> str:
    """The English text of a reason."""
    return REASONS[key][0].format(**parts)


_MISSING_DAY = re.compile(
    r"(?P<month>\d+-\d\d) has no day (?P<day>\d+), the day that corresponds to (?P<start>.+)"
)


def uncounted(convention: str, calendar: str, error: TimeError) -> str:
    """The reason that a convention gives no last day: its month lacks the day, or the calendar gives no answer."""
    found = _MISSING_DAY.fullmatch(error.en)
    return (
        refused(calendar, error)
        if found is None
        else say("missing_day", name=convention, **found.groupdict())
    )


def refused(calendar: str, error: TimeError) -> str:
    """The reason that a calendar (by its name) gives no answer."""
    found = _UNKNOWN_DATE.fullmatch(error.en)
    detail = error.en if found is None else say("unknown_date", year=found["day"][:4], **found.groupdict())
    return say("calendar", calendar=calendar, detail=detail)


def in_chinese(text: str) -> str:
    """The Chinese text of a reason that `say` made; the text itself where it is none of them."""
    for pattern, chinese in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            said = found.groupdict()
            if "text" in said:
                said["detail"] = _why_no_capitals(said["text"], said["detail"])
            elif "detail" in said:
                said["detail"] = in_chinese(said["detail"])
            return chinese.format(**said)
    return text


def _why_no_capitals(text: str, detail: str) -> str:
    """Why an amount cannot be read from or written in capital numerals, in Chinese: by trying once more."""
    try:
        capitals.as_text(Fraction(text)) if text[-1:].isdecimal() else capitals.from_text(text)
    except capitals.CapitalError as bad:
        return bad.zh
    except ValueError:
        return detail
    return detail


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    made = "".join(f"(?P<{part}>.*?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
    return re.compile(made, re.DOTALL)


_PATTERNS: Final = tuple((_pattern(english), chinese) for english, chinese in REASONS.values())
_UNKNOWN_DATE: Final = _pattern(REASONS["unknown_date"][0].partition(";")[0])
