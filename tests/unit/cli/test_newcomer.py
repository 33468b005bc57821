"""What somebody met who had only the book: facts that were passed over in silence, and messages that did not help."""

from __future__ import annotations

import csv
import io
import time

from in_process import called

HEAD = """\
contract "Hosting" version "1"
use std.plain, std.outages, std.credits
time zone UTC
currency USD
counting calendar_days
conventions std.plain
party Provider
party Customer
"""
UPTIME = (
    HEAD
    + """
signal service_down for each service
  any down over outage by service
metric Downtime each month by service
  = time of service_down
  groups : register
metric Length each month
  = time in always
metric Uptime each month by service
  = 1 - Downtime / Length
credit Back each month by service
  Provider owes Customer
  when Uptime < 99%
  amount = 100 USD
  claim by credit.claimed within 30 days after period end
  posted : same period
"""
)
# 15 h of March's 744 h are 2 %: below 99 %.
FACTS = """\
{"entity": "service", "id": "git"}
{"id":"a","type":"outage.started","subject":"O-1","time":"2026-03-02T00:00:00Z","data":{"service":"git"}}
{"id":"b","type":"outage.ended","subject":"O-1","time":"2026-03-02T15:00:00Z"}
{"id":"c","type":"outage.started","subject":"O-2","time":"2026-03-02T00:00:00Z","data":{"service":"wiki"}}
{"id":"d","type":"credit.claimed","subject":"K-1","time":"2026-04-02T00:00:00Z","data":{"period":"2026/03"}}
{"id":"e","type":"credit.claimed","subject":"K-2","time":"2026-04-03T00:00:00Z","data":{"period":"2026-03"}}
"""
RIGHT = (
    HEAD.replace("std.outages, std.credits", "std.agreements")
    + """
entity fault
event fault.found
event fault.left
right Leave of Customer
  against Provider
  for each fault
  from fault.found
  exercise window within <= 30 days
  exercised by fault.left
  effect demands
"""
)


def files(folder, **texts):
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("__", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_a_claim_for_no_period_and_a_group_that_is_not_registered_are_reported(tmp_path):
    contract, facts = files(tmp_path, c__sla=UPTIME, f__jsonl=FACTS)
    code, out, _ = called("run", contract, "--events", facts, "--as-of", "2026-04-20")
    assert code == 0
    assert "[SLA-E0708] K-1 d: the claim names `2026/03`" in out
    assert "[SLA-E0709] wiki: service `wiki` is not on the register" in out
    assert "Faults in the data: 2" in out  # K-2 is well placed, and `git` is registered
    _, out, _ = called("run", contract, "--events", facts, "--as-of", "2026-04-20", "--lang", "zh")
    assert "申领写明 `2026/03`" in out
    assert "service `wiki` 不在登记册中" in out


def test_with_every_group_registered_and_the_period_spelt_right_nothing_is_reported(tmp_path):
    good = FACTS.replace("2026/03", "2026-03") + '{"entity": "service", "id": "wiki"}\n'
    contract, facts = files(tmp_path, c__sla=UPTIME, f__jsonl=good)
    _, out, _ = called("run", contract, "--events", facts, "--as-of", "2026-04-20")
    assert "Faults" not in out


def test_a_scenario_that_names_no_result_is_told_which_there_are(tmp_path):
    scenario = """
scenario "a service misspelt"
  given
    2026-03-02 00:00 outage O-1 started service "git"
    2026-03-02 15:00 outage O-1 ended
  as of 2026-03-20 00:00
  expect Downtime gti 2026-03 is 15 h
"""
    (contract,) = files(tmp_path, c__sla=UPTIME.replace("groups : register", "groups : seen") + scenario)
    assert "found none, but there is git 2026-03" in called("test", contract)[1]
    assert "实得 无，但有 git 2026-03" in called("test", contract, "--lang", "zh")[1]


def test_the_state_of_a_right_is_told_in_the_readers_language(tmp_path):
    scenario = """
scenario "too late"
  given
    2026-03-02 00:00 fault F-1 found
  as of 2026-06-20 00:00
  expect Leave F-1 is exercisable, since 2026-03-02 00:00
"""
    (contract,) = files(tmp_path, c__sla=RIGHT + scenario)
    code, out, _ = called("test", contract, "--lang", "zh")
    assert code == 1
    assert "结论 期望 可行使，实得 已失权" in out
    assert "可行使自 期望" in out


def test_a_right_given_and_used_very_often_takes_time_in_proportion(tmp_path):
    """20,000 grounds of one subject, each used at once: gone through anew for each use, they would take some 40 s."""
    moments = [
        f"2026-01-{day:02}T{hour:02}:{minute:02}"
        for day in range(1, 29)
        for hour in range(24)
        for minute in range(60)
    ]
    lines = [
        f'{{"id":"{kind}{i}","type":"fault.{kind}","subject":"F-1","time":"{at}:{second}Z"}}\n'
        for i, at in enumerate(moments[:10_000])
        for kind, second in (("found", "00"), ("left", "30"))
    ]
    contract, facts = files(tmp_path, c__sla=RIGHT, f__jsonl="".join(lines))
    begun = time.process_time()
    code, out, _ = called(
        "run", contract, "--events", facts, "--as-of", "2026-03-20", "--format", "csv", "--table", "rights"
    )
    assert code == 0
    assert out.count(",exercised,") == 10_000
    assert time.process_time() - begun < 15


def test_one_use_takes_the_oldest_ground_that_is_open(tmp_path):
    """Three grounds; the first window (30 days from 1 January: to the 31st) is over on 5 February; two uses take the others, a third finds none."""
    kinds = [
        ("found", "01-01"),
        ("found", "01-20"),
        ("found", "01-21"),
        ("left", "02-05"),
        ("left", "02-06"),
        ("left", "02-07"),
    ]
    lines = [
        f'{{"id":"{i}","type":"fault.{kind}","subject":"F-1","time":"2026-{day}T00:00:00Z"}}\n'
        for i, (kind, day) in enumerate(kinds)
    ]
    contract, facts = files(tmp_path, c__sla=RIGHT, f__jsonl="".join(lines))
    _, out, _ = called("run", contract, "--events", facts, "--as-of", "2026-03-20")
    assert "[SLA-E0703] F-1 5: the exercise of `Leave` has no effect" in out
    _, table, _ = called(
        "run", contract, "--events", facts, "--as-of", "2026-03-20", "--format", "csv", "--table", "rights"
    )
    rows = {row["instance"]: row for row in csv.DictReader(io.StringIO(table))}
    assert {given: row["exercised_by"] for given, row in rows.items()} == {"0": "", "1": "3", "2": "4"}
    assert rows["0"]["status"] == "lapsed"


def test_a_table_of_payments_is_told_what_it_lacks(tmp_path):
    sla = RIGHT + "event fault.paid\n  field 价款 : money\n"
    binding = '[[table]]\nfile = "p.csv"\nsubject = "{N}"\nzone = "UTC"\n[[table.event]]\ntype = "fault.paid"\ntime = "AT"\n'
    rows = 'N,AT,SUM\nF-1,2026-03-02T09:00:00Z,"10,000.00"\nF-1,2026-03-03T09:00:00Z,5\n'
    contract, bad, good, table = files(
        tmp_path,
        c__sla=sla,
        bad__toml=f'{binding}fields.价款 = "SUM"\n',
        b__toml=f'{binding}fields."价款" = "SUM"\n',
        p__csv=rows,
    )
    code, _, err = called("run", contract, "--events", table, "--bindings", bad)
    assert (code, "SLA-E0650" in err, '`fields."总价" = "金额"`' in err) == (2, True, True)
    code, _, err = called("run", contract, "--events", table, "--bindings", good)
    assert (code, "SLA-E0624" in err, "without commas: `10000.00`" in err) == (2, True, True)
    table.write_text(rows.replace('"10,000.00"', "6"), encoding="utf-8")
    code, _, err = called("run", contract, "--events", table, "--bindings", good)
    assert (code, "SLA-E0630" in err, "`id` from their columns" in err) == (2, True, True)


def test_a_late_crossing_does_not_claim_that_no_event_matters(tmp_path):
    """The payment that settles could have come earlier, so the explanation must not say that nothing could."""
    paid = RIGHT + (
        "signal settled for each fault\n  from fault.left\n"
        "obligation Pay\n  for each fault\n  Customer owes Provider\n  from fault.found until settled.crossed\n"
        "  clock always\n  within <= 24 h\n  second trigger : ignored\n"
    )
    facts = (
        '{"id":"a","type":"fault.found","subject":"F-1","time":"2026-03-02T00:00:00Z"}\n'
        '{"id":"b","type":"fault.left","subject":"F-1","time":"2026-03-04T00:00:00Z"}\n'
    )
    contract, events = files(tmp_path, c__sla=paid, f__jsonl=facts)
    code, out, _ = called("explain", contract, "--rule", "Pay", "--events", events, "--as-of", "2026-03-20")
    assert code == 0
    assert "late by 24 h" in out  # 48 h from the 2nd to the 4th, 24 h allowed
    assert "that could have come at another time" not in out


# Rent of 30,000 a quarter, 5 in 10,000 a day: 15 a day. 5 January 2026 is a Monday: the last day. Paid on the 20th: 15 days, 225.
LEASE = """\
合同 「房屋租赁」 版本 「1.0」
引用 std.plain，std.agreements
时区 Asia/Shanghai
币种 CNY
计期 calendar_days
惯例 std.plain
当事方 出租人
当事方 承租人
参数 月租金：金额，至少 0 元
期限 自 2026-01-01 至 2027-12-31
实体 租金
  指向 agreement 依 agreement
事件 租金.付清
  字段 期：文字

义务 付租金
  承租人 应向 出租人
  每季
  至 租金.付清
  不迟于日 5 属当季
  可交自 期初
  报告对应：所报期间
  期间字段 期

违约金 滞纳金 对每次违约 付租金
  承租人 应向 出租人
  金额 逾期每日 = 月租金 × 3 × 万分之五
  逾期天数：不满一天按一天
  逐日舍入：合计
  上限 月租金 × 1%

情景 「迟付十五日」
  设 月租金 = 10000 元
  给定
    2026-01-20 09:00 租金 R-1 付清 期 「2026-Q1」
  截至 2026-02-01 00:00
  期望 付租金 2026-Q1 为 迟延，到期 2026-01-05
  期望 滞纳金 {period} 为 {amount} 元
"""


def test_an_amount_for_a_breach_answers_to_the_period_that_was_broken_and_to_that_of_its_posting(tmp_path):
    for period, amount, held in (
        ("2026-Q1", 100, 0),
        ("2026-01", 100, 0),
        ("2026-Q1", 225, 1),
        ("2026-Q2", 100, 1),
    ):
        path = tmp_path / "lease.sla"
        path.write_text(LEASE.format(period=period, amount=amount), "utf-8")  # 1 % of the rent is the most
        code, out, err = called("test", path)
        assert code == held, out + err
