"""Occurrences of recurring, standing and target duties are explained from their traces; several facts changed together; less downtime."""

from __future__ import annotations

import json

from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.pipeline.explaining import explained
from slalang.pipeline.running import Asked, Run
from slalang.report.as_markdown import markdown
from slalang.report.as_text import text

USE = "std.oncall, std.outages, std.reports"


def event(id_, type_, subject, time, **data):
    return (
        json.dumps({"id": id_, "type": type_, "subject": subject, "time": f"{time}+01:00", "data": data})
        + "\n"
    )


MONTHLY = """
  obligation MonthlyReport
    Provider owes Customer
    each month
    until report.sent where kind is "monthly"
    by day 5 of the next month
    window from period end
    report matched by : period field
    period field period
"""


def test_a_late_report_with_its_window_its_day_and_the_smallest_change(told):
    events = [
        event("r1", "report.sent", "R-1", "2026-02-05T17:00:00", kind="monthly", period="2026-01"),
        event("r2", "report.sent", "R-2", "2026-03-06T03:00:00", kind="monthly", period="2026-02"),
    ]
    found = {
        item.verdict.instance: item
        for item in told(MONTHLY, events, "MonthlyReport", "2026-03-20 00:00", USE)
    }
    english = text(found["2026-02"])
    assert "what is done from Sun 2026-03-01 00:00 on can count for it (the end of the period)" in english
    assert "its field period names 2026-02: so it is for this occurrence" in english
    assert "2026-03-05  by this day, its 24:00" in english
    # The fifth ends at 24:00; 03:00 of the sixth is three hours later.
    assert "report sent more than 3 h earlier, before Fri 2026-03-06 00:00 (event r2)" in english
    assert "evaluated again with this change: met" in english
    chinese = text(found["2026-02"], "zh")
    assert "其字段 period 写明 2026-02，故用于本期" in chinese
    assert "报告发出 提前超过 3 小时，早于 2026-03-06 周五 00:00（事件 r2）" in chinese
    for line in ("names 2026-02", "by this day, its 24:00", "3 h earlier"):
        assert line in markdown(found["2026-02"])


OLDEST = """
  obligation Statement
    Provider owes Customer
    each month
    until report.sent where kind is "statement"
    before day 5 of the next month
    window from period end
    report matched by : oldest open
"""


def test_a_report_that_went_to_an_older_occurrence_is_told(told):
    # January's never came by itself: the one of 3 March is for January, and February is owed still.
    events = [event("s1", "report.sent", "R-1", "2026-03-03T10:00:00", kind="statement")]
    found = {
        item.verdict.instance: item for item in told(OLDEST, events, "Statement", "2026-03-20 00:00", USE)
    }
    assert found["2026-01"].verdict.status == "late"
    assert "when it came, 2026-01 was the oldest occurrence still open" in text(found["2026-01"])
    assert found["2026-02"].verdict.status == "overdue"
    assert "is for another occurrence: 2026-01: kind statement" in text(found["2026-02"])
    assert "用于另一期：2026-01" in text(found["2026-02"], "zh")


STANDING = """
  standing duty OnCall
    Provider owes Customer
    each month
    holds someone_on_shift
"""


def test_two_gaps_are_closed_together(told):
    events = [
        event("a", "shift.started", "S-1", "2026-01-01T00:00:00", qualified=True),
        event("b", "shift.ended", "S-1", "2026-03-10T08:00:00"),
        event("c", "shift.started", "S-2", "2026-03-10T09:00:00", qualified=True),
        event("d", "shift.ended", "S-2", "2026-03-12T08:00:00"),
        event("e", "shift.started", "S-1", "2026-03-12T08:30:00", qualified=True),
    ]
    [found] = [
        item
        for item in told(STANDING, events, "OnCall", "2026-04-01 00:00", USE)
        if item.verdict.instance == "2026-03"
    ]
    english = text(found)
    for row in ("shift ended  begins the gap", "shift began  ends the gap"):
        assert english.count(row) == 2
    assert english.count("someone_on_shift = no (fact)") == 2
    assert "interrupted for 1 h 30 min in all" in english  # 60 + 30 minutes
    flip = english[english.index("What would have changed it") :]
    assert "all of these together" in flip
    assert "shift began 1 h earlier, at Tue 2026-03-10 08:00 (event c)" in flip
    assert "shift began 30 min earlier, at Thu 2026-03-12 08:00 (event e)" in flip
    assert "以下改变合并" in text(found, "zh")


TARGET = """
  metric Availability each month
    = 1 - time of anything_down / time in always

  signal anything_down
    any down over outage by agreement

  target AvailabilityTarget
    Provider owes Customer
    each month
    holds Availability >= 99.9%
"""


def outage(number, start, end):
    return [
        event(f"a{number}", "outage.started", f"O-{number}", start, service="web"),
        event(f"z{number}", "outage.ended", f"O-{number}", end),
    ]


def test_a_target_shows_what_it_compared_and_a_share_of_time_what_less_downtime_would_do(told):
    # January has 44,640 minutes; one in a thousand is 44.64. Down: 30 + 30. Too much: 15.36 min = 15 min 21.6 s.
    events = [
        *outage(1, "2026-01-10T08:00:00", "2026-01-10T08:30:00"),
        *outage(2, "2026-01-11T08:00:00", "2026-01-11T08:30:00"),
    ]
    found = {
        item.verdict.instance: item
        for item in told(TARGET, events, "AvailabilityTarget", "2026-02-01 00:00", USE)
    }
    english = text(found["2026-01"])
    assert "Availability is at least 99.9 %: no" in english
    figure = next(
        item
        for item in told(TARGET, events, "Availability", "2026-02-01 00:00", USE)
        if item.subject == "2026-01"
    )
    english = text(figure)
    assert "15 min 21.6 s less downtime: ≈ 99.87 % becomes 99.9 %" in english
    assert "evaluated again with this change: Availability is 99.9 %" in english
    assert "中断减少 15 分钟 21.6 秒" in text(figure, "zh")


def test_more_than_one_outage_must_be_shorter(told):
    # Five outages of 20 minutes: 100. 55.36 too much: two are too short, of three each gives a third, 18 min 27.2 s.
    events = [
        line
        for day in range(1, 6)
        for line in outage(day, f"2026-01-1{day}T08:00:00", f"2026-01-1{day}T08:20:00")
    ]
    figure = next(
        item
        for item in told(TARGET, events, "Availability", "2026-02-01 00:00", USE)
        if item.subject == "2026-01"
    )
    english = text(figure)
    assert "55 min 21.6 s less downtime" in english
    assert english.count("outage ended 18 min 27.2 s earlier") == 3


AGREED = """
  metric Attainment each month
    = share met of Answer
    counted by : deadline
    when none : 100%

  obligation Answer
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
"""


def test_of_two_agreements_the_right_one_is_explained(told, tmp_path):
    told(AGREED, [event("x", "ticket.opened", "T-0", "2026-03-01T09:00:00", priority="P1")], "Answer")
    lines = [json.dumps({"entity": "agreement", "id": name}) + "\n" for name in ("A", "B")]
    for number, (agreement, hour) in enumerate((("A", 9), ("A", 11), ("B", 9))):
        lines += [
            event(
                f"o{number}",
                "ticket.opened",
                f"T-{number}",
                "2026-03-02T08:30:00",
                priority="P1",
                agreement=agreement,
            ),
            event(f"r{number}", "ticket.responded", f"T-{number}", f"2026-03-02T{hour:02d}:00:00"),
        ]
    (tmp_path / "two.jsonl").write_text("".join(lines), encoding="utf-8")
    asked = Asked((str(tmp_path / "c.sla"),), (str(tmp_path / "two.jsonl"),), as_of="2026-04-01 00:00")
    with Run(asked, Collector()) as run:
        for agreement, division in (("A", "1 of 2 = 50 %"), ("B", "1 of 1 = 100 %")):
            found = explained(
                run, Focus("Attainment", period="2026-03", agreement=agreement), None
            ).explanations
            assert len(found) == 1
            assert division in text(found[0])
