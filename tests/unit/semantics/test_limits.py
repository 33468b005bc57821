"""Limits, choices and units: what is lowered, and what is asked for, with places counted by hand."""

from __future__ import annotations

import pytest

from semantics.checking import DUTY, HEAD, checked, made, told
from slalang.ir.expressions import Const, Op, Param, TableLookup
from slalang.ir.rules import ByPoint, Within


def limit(line: str, more: str = "") -> object:
    clocked = DUTY.replace("  clock always\n", "") if "clock" in line else DUTY
    body = more + clocked.replace("within <= 1 h", line)
    head = HEAD.replace("conventions", "counting calendar_days\nconventions")
    return next(item for item in made(body, head).program.obligations if item.name == "Answer").limit


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("within <= 15 min", "<= duration 900000000"),
        ("within < 1.5 h", "< duration 5400000000"),
        ("within <= 250 ms", "<= duration 250000"),
        ("within <= 2 weeks", "<= civil 0,14"),
        ("within <= 1 year", "<= civil 12,0"),
    ],
)
def test_a_limit_is_its_comparator_type_and_exact_value(line, value):
    assert limit(line) == Within(Const("limit", value))


def test_a_limit_of_an_open_word_keeps_the_word():
    assert limit("within <= soon", 'open word soon = 30 min "及时"\n') == Within(
        Op("<=", (Param("soon", "duration"),), "limit")
    )


def test_business_days_take_the_calendar_of_the_clock_or_their_own():
    days = "calendar Work\n  mon to fri 09:00 to 17:00\n"
    that = "\n  trigger on a closed day : counts as that day"
    found = Within(Const("limit", "<= workdays 3@Work"))
    assert limit("within <= 3 business days of Work" + that, days) == found
    assert limit("clock in Work\n  within <= 3 business days" + that, days) == found


def test_a_limit_from_a_table_names_table_and_column():
    table = "table t\n  | priority | = respond | = resolve |\n  | any | <= 1 h | < 8 h |\n"
    body = "within t.resolve\n  on change of priority : from the start\n  after a relaxed limit : the breach stands"
    assert limit(body, table) == Within(TableLookup("t", "resolve", "limit"))


def test_a_point_of_the_next_month():
    body = (
        "entity paper\nevent paper.sent\nobligation Report\n  Provider owes Customer\n  each month\n  until paper.sent\n"
        "  before day 5 of the next month\n  report matched by : oldest open\n"
    )
    (report,) = made(body).program.obligations
    assert report.limit == ByPoint("month", 1, 5, "day", inclusive=False)


def test_the_period_of_a_rule_without_one_is_refused():
    """`by end of the period` in a duty for each ticket, line 5 column 3."""
    assert told(DUTY.replace("within <= 1 h", "by end of the period")) == [("SLA-E0511", 5, 3)]


def test_a_limit_is_not_negative():
    """`<= -1 h` begins at column 10 of line 5; nothing at all is a limit."""
    assert told(DUTY.replace("<= 1 h", "<= -1 h")) == [("SLA-E0308", 5, 10)]
    assert told(DUTY.replace("<= 1 h", "<= 0 h")) == []


def test_days_need_a_counting_convention():
    assert told(DUTY.replace("<= 1 h", "<= 3 days")) == [("SLA-E0435", 5, 3)]


def test_a_convention_that_moves_rest_days_needs_to_know_them():
    """Line 5 column 3 of the duty; one calendar of the contract's own is enough, as is `calendar_days`."""
    duty = DUTY.replace("<= 1 h", "<= 3 days")
    rolling = HEAD.replace("conventions", "counting prc_civil_code\nconventions")
    rest = "calendar Rest\n  mon to fri 00:00 to 24:00\n"

    def codes(text):
        above = text.count("\n") - duty.count("\n")
        return [(item.code, item.at.line - above) for item in checked(text)[1] if item.code != "SLA-L0201"]

    assert codes(rolling + duty) == [("SLA-E0436", 5)]
    assert codes(rolling + rest + duty) == []
    assert codes(rolling.replace("prc_civil_code", "calendar_days") + duty) == []


def test_months_warn_of_their_ends():
    head = HEAD.replace("conventions", "counting calendar_days\nconventions")
    _, messages = checked(head + DUTY.replace("<= 1 h", "<= 1 month"))
    above = head.count("\n")
    assert [(item.code, item.at.line - above) for item in messages if item.code != "SLA-L0201"] == [
        ("SLA-L0301", 5)
    ]


@pytest.mark.parametrize(
    ("expression", "code", "column"),
    [
        ("5 + 5%", "SLA-E0301", 9),
        ("95% + 1 points", None, 0),
        ("fee × 2 points", "SLA-E0307", 9),
        ("fee + 1 USD", "SLA-E0301", 9),
        ("fee × fee", "SLA-E0307", 9),
        ("fee / 1 CNY", None, 0),
        ("1 - 5%", None, 0),
        ("2 - 5%", "SLA-E0301", 9),
        ("1 h / 2 h - 50%", None, 0),
        ("1 h < 2", "SLA-E0301", 9),
        ("3 days + 1 h", "SLA-E0301", 9),
        ("2026-03-01 + 3 days", None, 0),
        ("2026-03-01 < 2026-03-01 09:00", "SLA-E0301", 9),
        ("fee / 0", "SLA-E0310", 9),
        ("not 5", "SLA-E0302", 9),
        ("min(fee, 5%)", "SLA-E0301", 9),
        ("if priority is High then 1 else 2 h", "SLA-E0443", 41),
        ("1.5 days", "SLA-E0306", 9),
    ],
)
def test_what_units_may_meet(expression, code, column):
    assert told(f"let x = {expression}\n") == ([(code, 1, column)] if code else [])


def test_an_aggregate_outside_a_metric_is_out_of_place():
    assert told(DUTY + "let x = count of Answer\n") == [("SLA-E0511", 8, 9)]


def test_an_effect_without_an_exercise_is_refused():
    assert told("right Leave of Customer\n  when fee > 5 CNY\n  effect ends the contract\n") == [
        ("SLA-E0501", 1, 7)
    ]


def test_a_chain_of_definitions_is_followed_and_a_circle_of_many_is_refused():
    chain = "".join(f"let a{n} = a{n + 1} + 1\n" for n in range(400)) + "let a400 = 1\n"
    assert told(chain) == []
    circle = "".join(f"let a{n} = a{(n + 1) % 400} + 1\n" for n in range(400))
    assert {code for code, _, _ in told(circle)} == {"SLA-E0505"}
    assert told("let a = b + 1\nlet b = c + 1\nlet c = a + 1\n") == [("SLA-E0502", 1, 5)]


# --- choices


def test_every_missing_choice_of_a_rule_is_told_at_its_name_with_the_line_to_add():
    head = HEAD.replace("conventions std.plain\n", "")
    body = DUTY.replace("  on reopening : frozen\n", "")
    _, messages = checked(head + body)
    (found,) = [item for item in messages if item.severity == "error"]
    assert (found.code, found.at.line - head.count("\n"), found.at.column) == ("SLA-E0431", 1, 12)
    assert found.lines == (
        "on reopening : continues",
        "on reopening : restarts",
        "on reopening : frozen",
        "on reopening : new case",
    )


def test_the_line_to_add_is_in_the_language_of_the_file():
    text = (
        "合同 「T」 版本 「1」\n引用 std.tickets\n时区 Asia/Shanghai\n当事方 甲方\n当事方 乙方\n等级 priority = 高 > 低\n"
        "义务 答复\n  对每个 ticket\n  甲方 应向 乙方\n  自 opened 至 首次 responded\n  计时 始终\n  限 <= 1 小时\n"
    )
    _, messages = checked(text)
    (found,) = [item for item in messages if item.severity == "error"]
    assert (found.code, found.at.line, found.at.column) == ("SLA-E0431", 7, 4)
    assert found.lines[2] == "重开时 : 以首次为准"


def test_a_choice_that_changes_nothing_is_told_at_its_line():
    """The clock never closes, so the eighth line, from column 3, decides nothing."""
    assert told(DUTY + "  at closing time : closing\n") == [("SLA-E0432", 8, 3)]


def test_a_rules_own_line_comes_before_the_cited_set():
    body = (
        DUTY + "metric M each month\n  = count of Answer\n  counted by : start\n  counts as met : met, late\n"
    )
    policies = {item.key: item for item in made(body).program.metrics[0].policies}
    assert (policies["counts_as_met"].choice, policies["counts_as_met"].stated_by) == ("met,late", "rule")
    assert (policies["counts_as_not_met"].choice, policies["counts_as_not_met"].stated_by) == (
        "late,overdue,broken",
        "std.plain",
    )


def test_a_trigger_that_cannot_repeat_needs_no_choice():
    """A ticket is opened once in its life; without a life an event may come again."""
    head = HEAD.replace("conventions std.plain\n", "")
    assert told(DUTY, head) == []
    job = "entity job\nevent job.begun\nevent job.done\n"
    duty = DUTY.replace("ticket", "job").replace("opened", "begun").replace("first responded", "done")
    duty = duty.replace("  on reopening : frozen\n", "")
    assert told(job + duty, head) == [("SLA-E0431", 4, 12)]
    assert (
        told(job + "life job\n  on begun from new to open\n  on done from open to over\n" + duty, head) == []
    )


def test_exact_time_without_a_clock_line_is_asked_on_which_clock():
    """Told at the name, line 1 column 12; the calendars of the contract are offered."""
    duty = DUTY.replace("  clock always\n", "")
    assert told(duty) == [("SLA-E0513", 1, 12)]
    office = "calendar Office\n  mon to fri 09:00 to 17:00\n"
    _, messages = checked(HEAD + office + duty)
    (found,) = [item for item in messages if item.code == "SLA-E0513"]
    assert found.lines == ("clock always", "clock in Office")


def test_a_table_of_exact_times_is_asked_as_well():
    table = "table t\n  | priority | = r |\n  | Critical | <= 1 h |\n  | High, Low | <= 2 h |\n"
    duty = (
        DUTY.replace("  clock always\n", "")
        .replace("<= 1 h", "t.r")
        .replace("on re", "read at : trigger\n  on re")
    )
    assert told(table + duty) == [("SLA-E0513", 5, 12)]


@pytest.mark.parametrize(
    "line",
    [
        "within <= 3 days",
        "by 2026-05-01",
        "by day 5 of the next month",
        "within <= 3 business days of Office\n  trigger on a closed day : counts as that day",
    ],
)
def test_days_dates_and_points_are_counted_without_a_clock(line):
    head = HEAD.replace("conventions", "counting calendar_days\nconventions")
    office = "calendar Office\n  mon to fri 09:00 to 17:00\n"
    assert told(office + DUTY.replace("  clock always\n", "").replace("within <= 1 h", line), head) == []


def test_a_time_before_another_act_needs_no_clock():
    duty = DUTY.replace("  clock always\n", "").replace("  within <= 1 h\n", "")
    duty = duty.replace("from opened until first responded", "first responded at least 1 h before closed")
    assert told(duty.replace("  on reopening : frozen\n", "")) == []


def test_definitions_that_double_are_refused_where_they_get_too_long():
    """x0 is one part; each next one is a sign and two names with what they stand for: 3 and twice the one before.

    So xn has 4 × 2^n - 3 parts: x11 8,189, and x12, in line 13, 16,381, where 10,000 are the most.
    """
    lines = "let x0 = 9\n" + "".join(f"let x{n} = x{n - 1} × x{n - 1}\n" for n in range(1, 20))
    assert told(lines) == [("SLA-E0519", 13, 5)]


SEVERAL = "calendar Rest\n  mon to fri 00:00 to 24:00\ncalendar Work\n  mon to fri 09:00 to 17:00\n"
IN_DAYS = DUTY.replace("within <= 1 h", "within <= 5 days")


def test_of_several_calendars_the_contract_names_the_one_that_tells_the_rest_days():
    counted = HEAD.replace("conventions", "counting prc_civil_code\nconventions")
    # Four lines of calendars, then the duty; its limit is the duty's fifth line.
    assert told(SEVERAL + IN_DAYS, counted) == [("SLA-E0436", 9, 3)]
    named = counted.replace("conventions", "rest days of Rest\nconventions")
    assert told(SEVERAL + IN_DAYS, named) == []
    assert made(SEVERAL + IN_DAYS, named).program.rest_days == "Rest"


def test_a_calendar_of_rest_days_must_be_declared_and_named_once():
    head = HEAD.replace("conventions", "counting prc_civil_code\nrest days of Rset\nconventions")
    # `rest days of` is the sixth of eleven lines of this head (lines are counted from its end); the name begins in column 14.
    assert told(SEVERAL + IN_DAYS, head)[0] == ("SLA-E0209", -5, 14)
    twice = HEAD.replace("conventions", "rest days of Rest\nrest days of Work\nconventions")
    assert told(SEVERAL + DUTY, twice) == [("SLA-E0506", -5, 1)]
