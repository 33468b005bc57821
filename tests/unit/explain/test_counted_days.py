"""Explanations of limits in days add up, whatever made the last day another one: a roll, a month, `less than`, the close of business."""

from __future__ import annotations

import json

import pytest

from slalang.explain.tree import Word

DUTY = """
  obligation Pay
    for each ticket
    Provider owes Customer
    from opened until first resolved
    clock in Office
    counting {counting}
    {lines}
    on reopening : frozen
"""


CLOSED = "trigger on a closed day : counts as that day"


def event(number: int, type_: str, time: str, **data: str) -> str:
    whole = {
        "id": f"e{number}",
        "type": f"ticket.{type_}",
        "subject": "T-1",
        "time": f"{time}:00+02:00",
        "data": data,
    }
    return json.dumps(whole) + "\n"


# Friday 10 April 2026, and Monday the 20th.
FACTS = [event(1, "opened", "2026-04-10T09:00", priority="P1"), event(2, "resolved", "2026-04-20T09:00")]


@pytest.mark.parametrize(
    ("counting", "lines", "days", "type_", "margin", "status"),
    [
        # Eight days end on Saturday the 18th; the day after the rest days is Monday the 20th, ten days from the 10th.
        ("prc_civil_code", ["within <= 8 days"], 10, "civil", 0, "met"),
        # Less than nine days are the same eight.
        ("prc_civil_code", ["within < 9 days"], 10, "civil", 0, "met"),
        # A month ends on Sunday 10 May: Monday the 11th, 31 days from the 10th of April; ten are used.
        ("prc_civil_code", ["within <= 1 month"], 31, "civil", 21, "met"),
        ("calendar_days", ["within <= 1 month"], 30, "civil", 20, "met"),
        # Without a roll of the convention's: back to Friday the 17th by the contract's own, seven days, three too few.
        ("calendar_days", ["within <= 8 days", "roll to the previous open day of Office"], 7, "civil", -3, "late"),
        ("calendar_days", ["within <= 8 days", "roll to the next open day of Office"], 10, "civil", 0, "met"),
        # 20 days end on Thursday 30 April, the last of its month: Friday 1 May (Office knows no holidays), 21 days.
        (
            "calendar_days",
            ["within <= 20 days", "roll to the next open day of Office, not the last day of a month"],
            21, "civil", 11, "met",
        ),
        # Less than six working days are five: 13, 14, 15, 16, 17 April; the sixth is the 20th.
        ("calendar_days", ["within < 6 business days of Office", CLOSED], 5, "workdays", -1, "late"),
    ],
)  # fmt: skip
def test_the_days_to_the_last_day_are_told_and_add_up(told, counting, lines, days, type_, margin, status):
    rules = DUTY.format(counting=counting, lines="\n    ".join(lines))
    (item,) = told(rules, FACTS, "Pay")  # `told` works every figure out again
    (found,) = item.root.find("limit.counted")
    assert (found.number("value").value, found.number("value").type) == (days, type_)
    (result,) = item.root.find("margin")
    assert result.number("margin").value == margin
    assert item.verdict is not None
    assert item.verdict.status == status


def test_the_close_of_business_is_told(told):
    rules = DUTY.format(
        counting="calendar_days", lines="within <= 10 days\n    last day ends with business of Office"
    )
    (item,) = told(rules, [FACTS[0], event(2, "resolved", "2026-04-20T18:00")], "Pay")
    rules_told = [row.get("rule") for row in item.root.find("date")]
    assert rules_told[-1] == Word("business", "date")
    assert [row.number("margin").value for row in item.root.find("margin")] == [0]


@pytest.mark.parametrize(
    ("opened", "rule", "counted"),
    [
        # Saturday 11 April counts as Monday the 13th: Tuesday 14, Wednesday 15; done on the 20th, three days too late.
        ("2026-04-11T09:00", "start_moved", -3),
        # Friday the 10th at 17:01 is Monday, too; at 17:00 it is Friday: Monday 13, Tuesday 14, four days too late.
        ("2026-04-10T17:01", "start_late", -3),
        ("2026-04-10T17:00", "", -4),
    ],
)
def test_the_day_as_which_a_trigger_counts_is_told_and_the_figures_begin_with_it(told, opened, rule, counted):
    lines = [
        "within <= 2 business days of Office",
        "trigger on a closed day : counts as the next open day",
        "triggers count for the day until : 17:00",
    ]
    rules = DUTY.format(counting="calendar_days", lines="\n    ".join(lines))
    (item,) = told(rules, [event(1, "opened", opened, priority="P1"), FACTS[1]], "Pay")
    steps = [row.get("rule") for row in item.root.find("date")]
    assert (Word(rule, "date") in steps) is bool(rule)
    assert not list(
        item.root.find("limit.counted")
    )  # the two days of the limit, from the day as which it counts
    (verdict,) = [item.verdict]
    assert verdict is not None
    assert (verdict.limit.value, verdict.measure.value, verdict.margin.value) == (2, 2 - counted, counted)
