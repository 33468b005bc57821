"""What a rule waits for that follows from signals is told with what each of them says, in both languages."""

from __future__ import annotations

import json

import pytest

from slalang.report.as_text import text

RULES = """  signal waiting for each ticket
    from waiting where on is "customer" until resumed
  signal waited for each ticket
    running time of waiting each month > 4 h
  signal reopenings for each ticket
    running count of reopened in the last 2 months
  signal often for each ticket
    = reopenings >= 2
  signal overdue
    running days late of Answer, closed cases too
  signal very_late
    = overdue > 10
  obligation Answer
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    counting calendar_days
    within <= 1 day
    on reopening : frozen
  measured Long
    for each ticket
    from waited.crossed, often.crossed until resolved
    clock always
    within <= 1 h
    second trigger : ignored
    on reopening : frozen
  measured Late
    once
    from very_late.crossed until ticket.resolved
    clock always
    within <= 1 h
"""


def event(number: int, type_: str, time: str, **data: str) -> str:
    whole = {"id": f"e{number}", "type": f"ticket.{type_}", "subject": "T-1", "time": f"{time}:00+01:00", "data": data}  # fmt: skip
    return json.dumps(whole) + "\n"


FACTS = [
    event(1, "opened", "2026-03-02T09:00", priority="P1"),
    event(2, "waiting", "2026-03-02T10:00", on="customer"),
    event(3, "resumed", "2026-03-20T10:00"),
]


@pytest.mark.parametrize(
    ("rule", "language", "lines"),
    [
        (
            "Long",
            "en",
            (
                "waited: waiting has held for more than 4 h in all, counted anew each month",
                "often: reopenings is at least 2",
                "reopenings: how many times reopened so far, in the last 2 months",
            ),
        ),
        ("Long", "zh", ("waited：waiting 累计成立超过 4 小时，每月重新累计",)),
        (
            "Late",
            "en",
            (
                "very_late: overdue is more than 10",
                "overdue: the days begun by now after the deadlines of Answer, in cases that are open or were discharged late",
            ),
        ),
        ("Late", "zh", ("overdue：Answer 在办及迟延后已履行的案件到期日之后已开始的天数",)),
    ],
)
def test_what_a_signal_says_stands_beside_the_rule(told, rule, language, lines):
    (item,) = told(RULES, FACTS, rule)
    shown = [line.strip() for line in text(item, language).splitlines()]
    for line in lines:
        assert line in shown
