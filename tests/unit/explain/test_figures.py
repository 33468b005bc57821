"""Explanations of means, shares, excluded time, targets, notices before and lapsed credits: worked out by hand."""

from __future__ import annotations

from slalang.report.as_text import text


def event(number, kind, at, **data):
    """A line of one ticket's event, its data in JSON."""
    fields = ", ".join(f'"{name}": "{value}"' for name, value in data.items())
    return f'{{"id":"{number}","type":"ticket.{kind}","subject":"T-1","time":"{at}","data":{{{fields}}}}}\n'


def lines(item, language="en"):
    return [" ".join(line.split()) for line in text(item, language).splitlines()]


OTHERS = """  obligation Warn
    for each maintenance
    Provider owes Customer
    announced at least 72 h before started
  obligation Answer
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
  metric Mean each month
    = mean of measure of Answer
    counted by : deadline
    when none : undetermined
  metric Share each month
    = share met of Answer
    counted by : deadline
    when none : 100%
  signal plan for each maintenance
    spans starts to ends of announced
  signal planned
    any plan over maintenance by agreement
  signal is_down
    any down over outage by agreement
  metric Downtime each month
    = time of is_down
    excluding planned
  metric Up each month
    = (time in always - Downtime) / time in always
  target UpTarget
    Provider owes Customer
    each month
    holds Up >= 99.95%
  credit Credit each month
    Provider owes Customer
    amount = if Up < 100% then 10 EUR else 0 EUR
    claim by credit.claimed within 20 days after period end
    posted : next period
    no next period : paid out
"""
MARCH = (
    event(1, "opened", "2026-03-02T09:00:00+01:00", priority="P1"),
    event(2, "responded", "2026-03-02T09:20:00+01:00"),
    event(3, "opened", "2026-03-03T09:00:00+01:00", priority="P1").replace("T-1", "T-2"),
    event(4, "responded", "2026-03-03T10:21:00+01:00").replace("T-1", "T-2"),
    (
        '{"id":"5","type":"maintenance.announced","subject":"M-1","time":"2026-03-09T12:00:00+01:00",'
        '"data":{"starts":"2026-03-10T12:00:00+01:00","ends":"2026-03-10T14:00:00+01:00"}}\n'
    ),
    '{"id":"6","type":"maintenance.started","subject":"M-1","time":"2026-03-10T12:00:00+01:00"}\n',
    (
        '{"id":"7","type":"outage.started","subject":"O-1","time":"2026-03-10T13:00:00+01:00",'
        '"data":{"service":"x"}}\n'
    ),
    '{"id":"8","type":"outage.ended","subject":"O-1","time":"2026-03-10T15:00:00+01:00"}\n',
)


def march(found):
    return next(item for item in found if item.subject == "2026-03" or "2026-03" in lines(item)[0])


def test_a_notice_before_shows_its_limit_and_the_announcement(told):
    (item,) = told(OTHERS, MARCH, "Warn", use="std.maintenance, std.outages, std.credits")
    shown = lines(item)
    assert "The limit: at least 72 h before" in shown
    assert "Mon 2026-03-09 12:00 maintenance announced discharges it 5" in shown
    assert "margin: measured 24 h − required 72 h = −48 h" in shown


def test_a_mean_is_a_total_through_a_count(told):
    # 20 min and 81 min: 101 min through 2.
    item = march(told(OTHERS, MARCH, "Mean", use="std.maintenance, std.outages, std.credits"))
    assert "mean of 2 cases: 1 h 41 min ÷ 2 = 50 min 30 s" in lines(item)
    assert "2 件的平均：1 小时 41 分钟 ÷ 2 = 50 分钟 30 秒" in lines(item, "zh")


def test_a_share_that_nothing_reads_speaks_of_no_tier(told):
    item = march(told(OTHERS, MARCH, "Share", use="std.maintenance, std.outages, std.credits"))
    assert "1 of 2 = 50 %" in lines(item)
    assert not any("tier" in line for line in lines(item))


def test_time_that_is_excluded_is_shown_with_the_events(told):
    # Down 13:00 to 15:00; the maintenance was planned until 14:00: 1 h counts.
    item = march(told(OTHERS, MARCH, "Downtime", use="std.maintenance, std.outages, std.credits"))
    shown = lines(item)
    assert "Tue 2026-03-10 13:00 Tue 2026-03-10 14:00 1 h excluded 0 min 0 min" in shown
    assert "Tue 2026-03-10 14:00 Tue 2026-03-10 15:00 1 h counted 1 h 1 h" in shown
    assert "Mon 2026-03-09 12:00 maintenance announced M-1: ends Tue 2026-03-10 14:00 5" in shown
    assert "Tue 2026-03-10 15:00 outage ended O-1 8" in shown


def test_the_distance_of_two_shares_is_in_percentage_points(told):
    # March has 743 h (the clocks go forward): 742/743 are 99.8654 %, 0.0846 points short of 99.95 %.
    item = march(told(OTHERS, MARCH, "UpTarget", use="std.maintenance, std.outages, std.credits"))
    assert lines(item)[0] == "UpTarget (2026-03): broken, short by ≈ 0.08 percentage points [final]"
    assert "个百分点" in lines(item, "zh")[0]


def test_a_credit_that_lapsed_is_not_said_to_be_posted(told):
    item = march(
        told(
            OTHERS, MARCH, "Credit", as_of="2026-07-01 00:00", use="std.maintenance, std.outages, std.credits"
        )
    )
    shown = lines(item)
    assert "[lapsed" in shown[0]
    assert "lapsed and not posted: 10.00 EUR, which was for 2026-04" in shown
    assert "nobody claimed it from Wed 2026-04-01 00:00 until the end of Mon 2026-04-20" in shown
    assert not any(line.startswith("posted: 10") for line in shown)
