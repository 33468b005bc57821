"""Explanations of clocks that a changed limit turns, of days that standstills add, of reopened and excused cases: worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from slalang.explain.checking import check
from slalang.outcome.records import Quantity
from slalang.report.as_text import text


def event(number, kind, at, **data):
    """A line of one ticket's event, its data in JSON."""
    fields = ", ".join(f'"{name}": "{value}"' for name, value in data.items())
    return f'{{"id":"{number}","type":"ticket.{kind}","subject":"T-1","time":"{at}","data":{{{fields}}}}}\n'


def lines(item, language="en"):
    return [" ".join(line.split()) for line in text(item, language).splitlines()]


ANSWER = """  obligation Answer
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within limits.answer
    on change of priority : {}
    after a relaxed limit : the breach stands
    on reopening : frozen
"""
CHANGED = (
    event(1, "opened", "2026-03-02T09:00:00+01:00", priority="P1"),
    event(2, "priority_changed", "2026-03-02T09:06:00+01:00", priority="P2"),
    event(3, "responded", "2026-03-02T09:40:00+01:00"),
)


def test_the_remaining_share_is_worked_out_in_the_clock(told):
    # 6 of 15 min are 40 %; 60 % of 1 h are 36 min, until 09:42; at 09:40 the clock says 24 + 34 = 58 min.
    (item,) = told(ANSWER.format("remaining share"), CHANGED, "Answer")
    shown = lines(item)
    assert "Mon 2026-03-02 09:06 used: 6 min of 15 min = 40 %; left: 60 % of 1 h = 36 min 24 min" in shown
    assert "counted in all: 24 min + 34 min = 58 min" in shown
    assert "margin: limit 1 h − measured 58 min = 2 min" in shown
    assert "6 min of the clock had run before this change" in shown
    assert any("已用 15 分钟 中的 6 分钟 = 40%" in line for line in lines(item, "zh"))


def test_a_share_that_is_wrong_is_found(told):
    (item,) = told(ANSWER.format("remaining share"), CHANGED, "Answer")

    def bent(node):
        args = tuple(
            (
                name,
                Quantity("ratio", Fraction(1, 2)) if node.kind == "turn.share" and name == "share" else value,
            )
            for name, value in node.args
        )
        return replace(node, args=args, children=tuple(bent(child) for child in node.children))

    (found,) = check(replace(item, root=bent(item.root)))
    assert (found.what, found.found, found.expected) == ("the used share", "50 %", "40 %")


def test_a_new_clock_from_the_change_begins_at_nothing(told):
    # 6 min before the change count no more; 09:06 to 09:40 are 34 min of the new hour.
    (item,) = told(ANSWER.format("from the change"), CHANGED, "Answer")
    shown = lines(item)
    anew = "a new clock from this change: the 6 min before it count no more"
    assert f"Mon 2026-03-02 09:06 {anew} 0 min" in shown
    assert "counted in all: 34 min" in shown
    assert "margin: limit 1 h − measured 34 min = 26 min" in shown


DAYS = """  obligation Fix
    for each ticket
    Provider owes Customer
    from opened until first resolved
    clock in Office
    within <= 2 {}days
    on reopening : frozen
    standstill of days : {}
  exception W to Fix
    clock stands still while awaiting_customer
"""
WAITED = (  # Tuesday to Friday; waiting from Tuesday 17:00 until Wednesday 11:00, 18 h
    event(1, "opened", "2026-03-03T09:00:00+01:00", priority="P1"),
    event(2, "waiting", "2026-03-03T17:00:00+01:00", on="customer"),
    event(3, "resumed", "2026-03-04T11:00:00+01:00"),
    event(4, "resolved", "2026-03-06T13:00:00+01:00"),
)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        # Two days after the 3rd is the 5th; Tuesday and Wednesday are touched: the 7th, one day after the 6th.
        (
            "each day touched",
            (
                "the clock stood still from Tue 2026-03-03 17:00 until Wed 2026-03-04 11:00, which adds 2 days touched",
                "so the last day moves by 2 days, from 2026-03-05 to 2026-03-07",
                "the limit with the days that the standstill touched: 2 days + 2 days = 4 days",
                "margin: limit 4 days − measured 3 days = 1 day",
            ),
        ),
        (
            "calendar time",
            (
                # 17:00 to 18:00 on Tuesday and 08:00 to 11:00 on Wednesday
                (
                    "the clock stood still from Tue 2026-03-03 17:00 until Wed 2026-03-04 11:00,"
                    " 4 h of it in the open hours of Office"
                ),
                "so the deadline moves by 4 h, from the end of 2026-03-05 to Fri 2026-03-06 04:00",
                # Tuesday 09:00 to Thursday 24:00 are 63 h; to Friday 13:00 76 h, less 4 h.
                "the limit to the hour: from Tue 2026-03-03 09:00 until the end of Thu 2026-03-05, 63 h",
                (
                    "what was used: from Tue 2026-03-03 09:00 until Fri 2026-03-06 13:00 76 h,"
                    " less 4 h of standstill, 72 h"
                ),
                "margin: limit 63 h − measured 72 h = −9 h",
            ),
        ),
        (
            "exact time",
            (
                "so the deadline moves by 18 h, from the end of 2026-03-05 to Fri 2026-03-06 18:00",
                (
                    "what was used: from Tue 2026-03-03 09:00 until Fri 2026-03-06 13:00 76 h,"
                    " less 18 h of standstill, 58 h"
                ),
                "margin: limit 63 h − measured 58 h = 5 h",
            ),
        ),
    ],
)
def test_days_that_a_standstill_adds_are_told(told, policy, expected):
    (item,) = told(DAYS.format("", policy), WAITED, "Fix")
    for line in expected:
        assert line in lines(item)
    assert text(item, "zh")


def test_working_days_that_a_standstill_adds(told):
    # Two working days after the 3rd: the 5th; two more: Friday 6th and Monday 9th; three were used by Friday.
    days = DAYS.format("business ", "each day touched\n    trigger on a closed day : counts as that day")
    (item,) = told(days, WAITED, "Fix")
    shown = lines(item)
    assert (
        "the limit with the days that the standstill touched: 2 working days + 2 working days = 4 working days"
        in shown
    )
    assert "margin: limit 4 working days − measured 3 working days = 1 working day" in shown
    assert "so the last day moves by 2 working days, from 2026-03-05 to 2026-03-09" in shown
    assert "the deadline was the end of Mon 2026-03-09" in shown


def test_days_that_are_wrong_are_found(told):
    (item,) = told(DAYS.format("", "each day touched"), WAITED, "Fix")

    def bent(node):
        args = tuple(
            (name, "2026-03-08" if (node.kind, name) == ("moved.days", "after") else value)
            for name, value in node.args
        )
        return replace(node, args=args, children=tuple(bent(child) for child in node.children))

    (found,) = check(replace(item, root=bent(item.root)))
    assert (found.what, found.found, found.expected) == ("the last day moved", "3 days", "2 days")


REOPENED = """  obligation Fix
    for each ticket
    Provider owes Customer
    from opened until resolved
    clock in Office
    within <= 4 h
    on reopening : continues
"""


def test_the_time_between_a_discharge_and_the_reopening_is_a_row(told):
    events = (
        event(1, "opened", "2026-03-03T09:00:00+01:00", priority="P1"),
        event(2, "resolved", "2026-03-03T11:00:00+01:00"),
        event(3, "reopened", "2026-03-03T15:00:00+01:00"),
        event(4, "resolved", "2026-03-03T16:00:00+01:00"),
    )
    (item,) = told(REOPENED, events, "Fix")
    row = "Tue 2026-03-03 11:00 Tue 2026-03-03 15:00 4 h done, until it was reopened 0 min 2 h"
    assert row in lines(item)
    assert "counted in all: 2 h + 1 h = 3 h" in lines(item)


def test_a_row_across_a_change_of_the_clocks_says_so(told):
    # From Saturday 20:00 to Sunday 04:00 on the wall are 8 h less the hour that is skipped.
    events = (
        event(1, "opened", "2026-03-28T20:00:00+01:00", priority="P1"),
        event(2, "responded", "2026-03-29T04:00:00+02:00"),
    )
    (item,) = told(ANSWER.format("from the start"), events, "Answer")
    assert any("7 h (clocks went forward 1 h) counted 7 h 7 h" in line for line in lines(item))
    assert any("时钟拨快 1 小时" in line for line in lines(item, "zh"))


EXCUSED = """  obligation Fix
    for each ticket
    Provider owes Customer
    from opened until first resolved
    clock in Office
    within <= 10 h
    on reopening : frozen
  exception W to Fix
    excused when awaiting_customer, extend
"""


def test_an_excuse_that_extends_stands_once_and_shows_the_longer_limit(told):
    # Excused from Tuesday 17:00 until Wednesday 11:00: 1 h and 3 h on the clock, so 10 h become 14 h; used are 9 + 10 + 10 + 5 h.
    (item,) = told(EXCUSED, WAITED, "Fix")
    shown = lines(item)
    assert "the limit, extended by the excuses: 10 h + 4 h = 14 h" in shown
    assert "margin: limit 14 h − measured 34 h = −20 h" in shown
    extends = "W (clause 1) extends the limit, from Tue 2026-03-03 17:00 until Wed 2026-03-04 11:00 (18 h)"
    assert [line for line in shown if line.startswith("W (clause 1)")] == [extends]
    assert not any(line.startswith("Exceptions looked at") for line in shown)


# --- what would have changed it


def flips(item, language="en"):
    shown = lines(item, language)
    return shown[shown.index({"en": "What would have changed it", "zh": "怎样会不同"}[language]) + 1 :]


def test_the_smallest_change_is_the_latest_act_that_meets(told):
    # The limit falls from 1 h to 15 min at 09:30, when 30 min had run: an act just before that is within the hour.
    events = (
        event(1, "opened", "2026-03-02T09:00:00+01:00", priority="P2"),
        event(2, "priority_changed", "2026-03-02T09:30:00+01:00", priority="P1"),
        event(3, "responded", "2026-03-02T09:35:00+01:00"),
    )
    (item,) = told(ANSWER.format("from the start"), events, "Answer")
    assert flips(item)[:2] == [
        "response more than 5 min earlier, before Mon 2026-03-02 09:30 (event 3)",
        "evaluated again with this change: met, with 30 min 0.000001 s to spare",
    ]


PROHIBITION = """  prohibition NoQuickClose
    for each ticket
    Provider owes Customer
    from resolved until closed
    clock in Office
    within <= 12 h
    second trigger : ignored
"""


def test_a_prohibition_is_cured_by_waiting(told):
    # Resolved Tuesday 15:00, closed Wednesday 09:00: 3 h and 1 h of 12 h; 8 h more are Wednesday 17:00.
    events = (
        event(1, "opened", "2026-03-03T09:00:00+01:00", priority="P1"),
        event(2, "resolved", "2026-03-03T15:00:00+01:00"),
        event(3, "closed", "2026-03-04T09:00:00+01:00"),
    )
    (item,) = told(PROHIBITION, events, "NoQuickClose")
    shown = lines(item)
    assert "forbidden from resolved on: closed" in shown
    assert "The limit: forbidden for 12 h, its end included" in shown
    assert "Wed 2026-03-04 09:00 closed does what is forbidden 3" in shown
    assert "it came too early by: forbidden for 12 h − done after 4 h = 8 h" in shown
    assert not any("discharges it" in line for line in shown)
    assert flips(item) == [
        "closed more than 8 h later, after Wed 2026-03-04 17:00, or not at all (event 3)",
        "evaluated again with this change: met",
    ]
    assert "所禁之事发生于 2026-03-04 周三 09:00" in lines(item, "zh")
