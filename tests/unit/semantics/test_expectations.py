"""What scenarios may expect, and when an expectation holds: it must hold of everything that it matches."""

from __future__ import annotations

import pytest

from semantics.checking import DUTY, HEAD, made, told
from slalang.pipeline.scenarios import tried

TWICE = """\
entity ping
event ping.sent
event ping.answered
obligation Pong
  for each ping
  Provider owes Customer
  from sent until answered
  clock always
  within <= 1 h
  second trigger : opens another
  discharge ends : the oldest
"""
CREDIT = """\
metric Answered each month
  = share met of Answer
  counted by : start
  when none : 100%
credit Rebate each month
  Provider owes Customer
  amount = fee × (if Answered < 100% then 10% else 0%)
  claim by credit.claimed within 20 days after period end
  posted : next period
  no next period : paid out
"""
# One of one tickets late in April: 10 % of 1000 CNY. April 30 and 20 days: May 20 is the last day of the claim.
LATE = """\
scenario "s"
  with fee = 1000 CNY
  given
    2026-04-08 09:00 ticket T-1 opened priority High
    2026-04-08 11:00 ticket T-1 responded
"""
CREDIT_HEAD = HEAD.replace("std.outages", "std.outages, std.credits").replace(
    "conventions", "counting calendar_days\nterm from 2026-01-01 until 2026-12-31\nconventions"
)


def missed(body: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    (result,) = tried(made(body, head))
    return [(item.what, item.expected, item.found) for item in result.missed]


def pongs(expect: str) -> list[tuple[str, str, str]]:
    return missed(
        f"""{TWICE}scenario "s"
  with fee = 1 CNY
  given
    2026-04-07 09:00 ping P-1 sent
    2026-04-07 10:00 ping P-1 answered
    2026-04-07 11:00 ping P-1 sent
    2026-04-07 12:30 ping P-1 answered
  as of 2026-04-08 00:00
  {expect}
"""
    )


@pytest.mark.parametrize("status", ["met", "late"])
def test_an_expectation_that_fits_one_of_two_cases_fails_and_names_both(status):
    assert pongs(f"expect Pong P-1 is {status}") == [("matches", "one", "P-1 fact-1: met; P-1 fact-3: late")]


def test_the_start_says_which_case_is_meant():
    assert pongs("expect Pong P-1 is met, start 2026-04-07 09:00") == []
    assert pongs("expect Pong P-1 is late, start 2026-04-07 11:00") == []
    assert [item[0] for item in pongs("expect Pong P-1 is met, start 2026-04-07 11:00")] == ["status"]
    assert [item[0] for item in pongs("expect Pong P-1 is met, start 2026-04-07 13:00")] == ["matches"]


def test_an_expectation_that_all_cases_fulfil_holds():
    assert (
        missed(
            f"""{TWICE}scenario "s"
  with fee = 1 CNY
  given
    2026-04-07 09:00 ping P-1 sent
    2026-04-07 09:30 ping P-1 answered
    2026-04-07 11:00 ping P-1 sent
    2026-04-07 11:30 ping P-1 answered
  as of 2026-04-08 00:00
  expect Pong P-1 is met with margin 30 min
"""
        )
        == []
    )


@pytest.mark.parametrize(
    ("claimed", "as_of", "status"),
    [
        ("    2026-05-20 23:00 credit K-1 claimed\n", "2026-06-15 00:00", "claimed, posted 2026-05"),
        ("    2026-05-21 00:00 credit K-1 claimed\n", "2026-06-15 00:00", "lapsed"),
        ("", "2026-05-20 12:00", "claimable"),
        ("", "2026-04-20 12:00", "provisional"),
    ],
)
def test_what_became_of_an_amount_can_be_expected(claimed, as_of, status):
    text = f"{DUTY}{CREDIT}{LATE}{claimed}  as of {as_of}\n"
    assert missed(f"{text}  expect Rebate 2026-04 is 100 CNY, is {status}\n", CREDIT_HEAD) == []
    assert missed(f"{text}  expect Rebate 2026-04 is {status}\n", CREDIT_HEAD) == []
    other = "posted"
    assert missed(f"{text}  expect Rebate 2026-04 is {other}\n", CREDIT_HEAD) == [
        ("status", other, status.partition(",")[0])
    ]


def test_a_week_is_named_as_it_is_printed():
    """2026-04-01 is a Wednesday: of the week 2026-W14, which begins on Monday, March 30."""
    weekly = """\
metric Asked each week
  = count of ticket.opened
"""
    body = f"""{weekly}scenario "s"
  with fee = 1 CNY
  given
    2026-04-01 09:00 ticket T-1 opened priority High
  as of 2026-04-10 00:00
  expect Asked 2026-W14 is 1
"""
    assert missed(body) == []
    assert missed(body.replace("2026-W14", "2026-W15").replace("2026-04-10", "2026-04-20")) == [
        ("value", "1", "0")
    ]


@pytest.mark.parametrize(
    ("expect", "code", "column"),
    [
        ("expect Answer T-1 is mett", "SLA-E0222", 24),
        ("expect Answer T-1 is claimed", "SLA-E0222", 3),
        ("expect Rebate 2026-04 is met", "SLA-E0222", 3),
        ("expect Answered 2026-04 is late", "SLA-E0222", 3),
        ("expect Answer T-1 is 5 min", "SLA-E0222", 24),
    ],
)
def test_a_status_that_the_rule_never_has_is_refused(expect, code, column):
    """The expectation is the seventh line of the scenario."""
    assert told(f"{LATE}  as of 2026-05-01\n  {expect}\n{DUTY}{CREDIT}", CREDIT_HEAD) == [(code, 7, column)]


def test_a_fact_without_a_time_of_day_is_refused():
    text = LATE.replace("2026-04-08 11:00 ticket", "2026-04-08 ticket")
    assert told(text + DUTY) == [("SLA-E0507", 5, 5)]


def test_a_date_that_is_closed_twice_is_refused_where_it_is_said_again():
    calendar = "calendar C\n  mon to fri 09:00 to 17:00\n  closed 2026-05-01 to 2026-05-03\n  closed 2026-05-04, 2026-05-03\n"
    assert told(calendar) == [("SLA-E0504", 4, 22)]


TOLD = """\
metric Share each month
  = count of ticket.opened / (count of ticket.opened + count of ticket.assigned)
  when none : undetermined
metric Before each month
  = previous Share
scenario "s"
  with fee = 1000 CNY
  given
    2026-04-08 09:00 ticket T-1 opened priority High
    2026-04-08 10:00 ticket T-1 assigned
    2026-04-08 11:00 ticket T-1 assigned
  as of 2026-06-01 00:00
  expect Share 2026-04 is 33%
  expect Before 2026-04 is 33%
"""


def test_a_share_without_an_end_is_rounded_to_be_read_and_what_nobody_can_tell_says_why():
    """One of three is 33.333333… %; before April there is no month."""
    (result,) = tried(made(TOLD))
    share, before = result.missed
    assert share.found == "≈ 33.333333% (100/3%)"
    assert not share.reason
    assert before.found == "nothing"
    assert before.reason.startswith("`Share` is read of a period before the first one")
