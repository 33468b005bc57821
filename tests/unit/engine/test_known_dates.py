"""Clocks and dates that run on beyond what a calendar knows: undetermined, with the calendar's own name, and only while it matters."""

from __future__ import annotations

import json
from datetime import date

from small_programs import HOUR, ZONE, at, duty, event, on, only, program, run, sig, still

from slalang.engine.reasons import in_chinese, refused
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.values.calendar.errors import unknown_date

WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
BANK = fa.CalendarSpec(
    "Bank",
    json.dumps({"zone": ZONE, "weekly": WEEK, "valid_from": "2026-01-01", "valid_to": "2026-12-31"}),
)


def of_bank(**more):
    return program(duty(**more), calendars=(BANK,), counting="calendar_days")


OPENED = event("2026-12-31 17:00", "opened")  # a Thursday: one more hour is open in 2026


def test_a_deadline_beyond_the_known_dates_leaves_a_pending_case_undetermined():
    rule = of_bank(calendar="Bank", within="<= 4 h")
    found = only(rule, [OPENED], "2026-12-31 17:30")
    assert (found.status, found.final, found.deadline) == ("undetermined", False, None)
    assert found.reason.startswith("calendar `Bank`: the calendar knows nothing of 2027-01-01")
    # One hour is enough: 18:00 is known.
    short = only(of_bank(calendar="Bank", within="<= 1 h"), [OPENED], "2026-12-31 17:30")
    assert (short.status, short.deadline) == ("pending", at("2026-12-31 18:00"))


def test_what_is_done_within_the_known_dates_is_met_though_its_deadline_is_not_known():
    rule = of_bank(calendar="Bank", within="<= 4 h")
    found = only(rule, [OPENED, event("2026-12-31 17:30", "resolved")], "2027-03-01")
    assert (found.status, found.deadline, found.reason) == ("met", None, "")
    assert (found.measure.value, found.margin.value) == (HOUR / 2, 3.5 * HOUR)


def test_two_steps_and_one_agree_about_a_case_that_was_undetermined_in_between():
    rule = of_bank(calendar="Bank", within="<= 4 h", standstills=(still("Delay", sig("awaiting")),))
    waits = [OPENED, event("2026-12-31 17:15", "waiting", on="customer")]
    # It stands: there is no deadline to be known.
    assert only(rule, waits, "2026-12-31 17:30").status == "pending"


def test_days_that_a_calendar_does_not_know_name_the_calendar():
    # The fifth working day after the 31st lies in January.
    found = only(of_bank(within="<= 5 workdays@Bank"), [OPENED], "2026-12-31 18:00")
    assert found.status == "undetermined"
    assert found.reason.startswith("calendar `Bank`: the calendar knows nothing of 2027-01-0")


def test_an_occurrence_names_the_calendar_of_its_own_day():
    scope = ru.Scope("recurring", schedule=ru.Schedule("month"))
    rule = program(
        duty(
            "Report", scope=scope, within=ru.ByPoint("month", 1, 2, "working_day", inclusive=True, calendar="Bank"),
            discharge=on("closed"), window_from="period_end",
        ),
        calendars=(BANK,),
    )  # fmt: skip
    facts = [event("2026-12-01 09:00", "opened"), event("2026-12-05 09:00", "closed")]
    found = {one.instance: one for one in run(rule, facts, "2027-01-10").verdicts}
    assert found["2026-12"].status == "undetermined"
    assert found["2026-12"].reason.startswith("calendar `Bank`: ")


def test_the_reason_says_what_to_write_in_both_languages():
    found = only(of_bank(within="<= 5 workdays@Bank"), [OPENED], "2026-12-31 18:00")
    assert "`holidays listed for 2027`" in found.reason
    chinese = in_chinese(found.reason)
    assert chinese.startswith("日历 `Bank`：日历没有 2027-01-0")
    assert "`自列节假日 2027`" in chinese


def test_the_reason_knows_the_refusal_by_its_words():
    """The words of the reason are those of the refusal, in both languages."""
    error = unknown_date(date(2027, 1, 1), "2026-01-01 – 2026-12-31")
    said = refused("Bank", error)
    assert said.startswith(f"calendar `Bank`: {error.en}; ")
    assert in_chinese(said).startswith(f"日历 `Bank`：{error.zh}；")
