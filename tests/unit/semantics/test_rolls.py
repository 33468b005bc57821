"""A contract's own roll, the close of business, and the day on which a window opens: what they become, and where they are refused."""

from __future__ import annotations

import pytest

from semantics.checking import made, told
from slalang.ir.rules import ByPoint, Roll

CALENDARS = "calendar Office\n  mon to fri 09:00 to 17:00\n  holidays CN\ncalendar Bank\n  mon to sat 09:00 to 12:00\n"


def duty(*lines: str) -> str:
    body = ("for each ticket", "Provider owes Customer", "from opened until first resolved", "clock always",
            "on reopening : frozen", *lines)  # fmt: skip
    return CALENDARS + "obligation Pay\n" + "".join(f"  {line}\n" for line in body)


MONTHLY = (
    "each month",
    "Provider owes Customer",
    'until report.sent where kind is "k"',
    "report matched by : oldest open",
)


def report(*lines: str) -> str:
    head = "use std.reports\n"
    return head + CALENDARS + "obligation Pay\n" + "".join(f"  {line}\n" for line in (*MONTHLY, *lines))


def limit_of(body: str):
    return made(body).program.obligations[0].limit


@pytest.mark.parametrize(
    ("line", "roll"),
    [
        ("roll to the next open day of Bank", Roll("Bank", "next_open")),
        ("roll to the previous open day of Bank", Roll("Bank", "previous_open")),
        ("roll to the next open day of Bank, not the last day of a month", Roll("Bank", "next_open", True)),
        ("顺延至下一开放日于 Bank，且非月末日", Roll("Bank", "next_open", True)),
        ("提前至上一开放日于 Bank", Roll("Bank", "previous_open")),
    ],
)
def test_a_roll_belongs_to_the_limit(line, roll):
    assert limit_of(duty("counting calendar_days", "within <= 5 days", line)).roll == roll
    assert limit_of(report("by day 10 of the month", line)).roll == roll
    assert limit_of(report("by 2026-05-10", line)).roll == roll


def test_the_calendar_of_a_roll_tells_the_rest_days_of_the_convention_too():
    """Two calendars, none of them the clock's: without the roll `prc_civil_code` asks which of them has the rest days."""
    plain = duty("counting prc_civil_code", "within <= 5 days")
    assert "SLA-E0436" in [code for code, _, _ in told(plain)]
    assert limit_of(
        duty("counting prc_civil_code", "within <= 5 days", "roll to the next open day of Office")
    )


def test_the_last_day_may_end_with_business():
    body = duty("counting calendar_days", "within <= 5 days", "last day ends with business of Office")
    assert limit_of(body).closes == "Office"
    assert limit_of(report("by day 10 of the month", "末日止于营业时间于 Office")).closes == "Office"


def test_a_window_opens_on_a_day():
    found = made(report("window opens day 5 of the month", "by day 10 of the month")).program.obligations[0]
    assert found.window_opens == ByPoint("month", 0, 5, "day", inclusive=False)
    found = made(
        report("可交始于工作日 2 属次月 取自 Office", "by day 10 of the next month")
    ).program.obligations[0]
    assert found.window_opens == ByPoint("month", 1, 2, "working_day", inclusive=False, calendar="Office")


def test_the_day_on_which_an_amount_is_due_rolls():
    body = CALENDARS + (
        "fee F each month\n  Customer owes Provider\n  amount = fee\n  rounding : half up\n  posted : same period\n"
        "  counting calendar_days\n  due within 10 days after period end\n  roll to the next open day of Bank\n"
    )
    (found,) = made(body).program.amounts
    assert found.due.roll == Roll("Bank", "next_open")


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (duty("within <= 5 h", "roll to the next open day of Bank"), "SLA-E0511", 13),
        (duty("counting exact", "within <= 5 days", "roll to the next open day of Bank"), "SLA-E0511", 14),
        (duty("within <= 5 h", "last day ends with business of Bank"), "SLA-E0511", 13),
        (duty("by 2026-05-10 12:00", "roll to the next open day of Bank"), "SLA-E0511", 13),
        (duty("by 2026-05-10", "roll to the next open day of Bonk"), "SLA-E0209", 13),
        (
            duty("counting calendar_days", "within <= 5 days", "window opens day 5 of the month"),
            "SLA-E0511",
            14,
        ),
        (report("by day 10 of the month", "window opens working day 2 of the month"), "SLA-E0304", 13),
    ],
)
def test_what_has_no_last_day_does_not_move(body, code, line):
    assert [(found, at) for found, at, _ in told(body)] == [(code, line)]


@pytest.mark.parametrize("line", ["roll to the next open day of Bank", "last day ends with business of Bank"])
def test_a_rule_without_a_last_day_refuses_the_line(line):
    body = CALENDARS + (
        "fee F each month\n  Customer owes Provider\n  amount = fee\n  rounding : half up\n  posted : same period\n"
        f"  {line}\n"
    )
    assert [(code, at) for code, at, _ in told(body)] == [("SLA-E0511", 11)]
    standing = CALENDARS + (
        f"standing duty Hotline\n  each month\n  Provider owes Customer\n  holds fee > 0 CNY\n  {line}\n"
    )
    assert [(code, at) for code, at, _ in told(standing)] == [("SLA-E0511", 10)]
