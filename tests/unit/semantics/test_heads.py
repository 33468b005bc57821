"""Headings, clauses, calendars and scenarios: what must be there, and where its absence is told."""

from __future__ import annotations

import json

import pytest

from semantics.checking import DUTY, HEAD, checked, made, told
from slalang.ir.expressions import Const, Param
from slalang.pipeline.running import versions


def test_a_contract_needs_title_and_zone():
    _, messages = checked("currency CNY\n")
    assert [(item.code, str(item.at)) for item in messages] == [
        ("SLA-E0508", "t.sla:1:1"),
        ("SLA-E0508", "t.sla:1:1"),
    ]


def test_an_unknown_zone_is_told_where_it_stands():
    _, messages = checked('contract "T" version "1"\ntime zone Asia/Shangai\n')
    assert [(item.code, str(item.at)) for item in messages] == [("SLA-E0507", "t.sla:2:11")]


def test_money_needs_a_currency():
    text = 'contract "T" version "1"\ntime zone UTC\nparameter fee : money\n'
    _, messages = checked(text)
    assert [(item.code, str(item.at)) for item in messages if item.severity == "error"] == [
        ("SLA-E0305", "t.sla:3:17")
    ]


def test_every_clause_is_judged_or_says_why_not():
    body = 'clause 1 "a"\n  "words"\nclause 2 "b"\n  not judged "no facts"\nclause 3 "c"\n  let x = 1\n'
    assert told(body) == [("SLA-E0503", 1, 1)]


def test_rules_cite_their_clause():
    body = 'clause 2.1 "Answers"\n' + "".join(f"  {line}\n" for line in DUTY.splitlines())
    program = made(body).program
    assert program.obligations[0].about.clause == "2.1"
    assert [(item.number, item.rules) for item in program.clauses] == [("2.1", ("Answer",))]


def calendar(*lines: str) -> dict[str, object]:
    body = "calendar C\n" + "".join(f"  {line}\n" for line in lines) + "signal s\n  open in C\n"
    (spec,) = made(body).program.calendars
    return json.loads(spec.definition)


def test_a_calendar_becomes_the_dictionary_of_the_public_api():
    found = calendar(
        "mon to thu 09:00 to 12:00, 13:00 to 17:30",
        "fri 22:00 to 06:00 next day",
        "closed 2026-02-17, 2026-02-19 to 2026-02-20",
        "open 2026-02-14 09:00 to 24:00",
        "break 2026-03-02 10:00 to 10:30",
        "valid 2026-01-01 to 2026-12-31",
    )
    long = [["09:00", "12:00"], ["13:00", "17:30"]]
    assert found == {
        "zone": "Asia/Shanghai",
        "weekly": {"mon": long, "tue": long, "wed": long, "thu": long, "fri": [["22:00", "06:00+1"]]},
        "holidays": ["2026-02-17", "2026-02-19", "2026-02-20"],
        "overrides": {"2026-02-14": [["09:00", "24:00"]]},
        "breaks": {"2026-03-02": [["10:00", "10:30"]]},
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    }


def test_moved_working_days_have_the_hours_that_all_weekdays_have():
    """2026-02-14, a Saturday, is worked for the Spring Festival; 2026-02-17 is its first day."""
    found = calendar("mon to fri 09:00 to 17:00", "holidays CN")
    assert found["overrides"]["2026-02-14"] == [["09:00", "17:00"]]
    assert "2026-02-17" in found["holidays"]


def test_moved_working_days_are_asked_for_where_the_hours_differ():
    body = "calendar C\n  mon to thu 09:00 to 17:00\n  fri 09:00 to 12:00\n  holidays CN\nsignal s\n  open in C\n"
    assert told(body) == [("SLA-E0504", 4, 3)]


def test_make_up_days_have_the_hours_of_their_own_line_whatever_the_weekdays_have():
    found = calendar(
        "mon to thu 09:00 to 17:00",
        "fri 09:00 to 12:00",
        "holidays CN",
        "make-up days CN 10:00 to 15:00",
        "open 2026-02-14 08:00 to 09:00",
    )
    assert found["overrides"]["2026-02-28"] == [["10:00", "15:00"]]
    assert found["overrides"]["2026-02-14"] == [["08:00", "09:00"]]


def test_make_up_days_outside_the_validity_need_no_hours():
    """In 2026 they are 4 January, 14 and 28 February, 9 May, 20 September and 10 October: none in June."""
    body = (
        "mon to thu 09:00 to 17:00",
        "fri 09:00 to 12:00",
        "holidays CN",
        "valid 2026-06-01 to 2026-06-30",
    )
    assert "2026-06-19" in calendar(*body)["holidays"]  # Dragon Boat


def test_each_kind_of_day_off_is_a_word_of_its_own():
    """1 October 2026 is statutory, the 5th in lieu of Saturday the 3rd, the 7th moved; 10 October is worked for it."""
    wanted = {"statutory": "01", "in lieu": "05", "moved rest days": "07"}
    every = "mon to sun 00:00 to 24:00"
    for kind, day in wanted.items():
        found = calendar(every, f"holidays CN {kind}")
        assert [one for one in ("01", "05", "07") if f"2026-10-{one}" in found["holidays"]] == [day]
        assert "overrides" not in found
    assert "2020-01-31" in calendar(every, "holidays CN one-off days off")["holidays"]
    both = calendar(every, "holidays CN statutory, in lieu")["holidays"]
    assert ("2026-10-01" in both, "2026-10-05" in both, "2026-10-07" in both) == (True, True, False)


def test_a_weekend_is_a_word():
    hours = [["10:00", "12:00"]]
    assert calendar("weekend 10:00 to 12:00")["weekly"] == {"sat": hours, "sun": hours}


def test_a_year_that_the_table_does_not_know_may_be_listed_by_the_calendar():
    found = calendar(
        "mon to fri 09:00 to 17:00", "holidays CN", "holidays listed for 2027", "closed 2027-01-01"
    )
    assert found["years"] == list(range(2004, 2028))
    own = calendar(
        "mon to fri 09:00 to 17:00", "holidays CN", "holidays listed for 2026", "closed 2026-01-01"
    )
    assert [day for day in own["holidays"] if day.startswith("2026")] == ["2026-01-01"]
    assert not [day for day in own["overrides"] if day.startswith("2026")]


def test_a_listed_year_without_a_closed_day_is_refused():
    body = "calendar C\n  mon to fri 09:00 to 17:00\n  holidays CN\n  holidays listed for 2027\nsignal s\n  open in C\n"
    assert told(body) == [("SLA-E0504", 4, 3)]


@pytest.mark.parametrize(
    "line",
    [
        "closed 2026-02-17",
        "mon 09:00 to 09:00",
        "holidays XX",
        "holidays CN lunar",
        "make-up days US 09:00 to 17:00",
        "make-up days FR 09:00 to 17:00",
    ],
)
def test_a_calendar_that_cannot_be_is_refused(line):
    assert [code for code, _, _ in told(f"calendar C\n  {line}\nsignal s\n  open in C\n")] == ["SLA-E0504"]


SCENARIO = """\
scenario "late"
  with fee = 10 CNY
  given
    2026-03-02 09:00 ticket T-1 opened priority High
    2026-03-02 10:00:00.000001 ticket T-1 responded
  as of 2026-03-03 00:00
  expect Answer T-1 is late
"""


def test_a_scenario_has_instants_in_the_contracts_zone():
    """09:00 in Shanghai is 01:00 UTC: 2026-03-02 is day 20,514 after 1970-01-01, so 20514 × 86400 + 3600 seconds."""
    (found,) = made(DUTY + SCENARIO).scenarios
    assert found.bindings == (("fee", Const("amount:CNY", "10")),)
    assert found.facts[0].at == (20_514 * 86_400 + 3_600) * 1_000_000
    assert found.facts[1].at - found.facts[0].at == 3_600_000_001
    assert found.facts[0].fields == (("priority", Const("levels:priority", "High")),)
    assert found.expectations[0].checks == (("status", ("late",)),)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("fee = 10 CNY", "fee = -1 CNY", "SLA-E0308", 2, 14),
        ("fee = 10 CNY", "fee = 10 USD", "SLA-E0302", 2, 14),
        ("with fee", "with fees", "SLA-E0201", 2, 8),
        ("priority High", "priority Hi", "SLA-E0203", 4, 49),
        ("priority High", "urgency High", "SLA-E0217", 4, 40),
        ("ticket T-1 responded", "ticket T-1 answered", "SLA-E0206", 5, 43),
        ("expect Answer", "expect Answr", "SLA-E0218", 7, 10),
    ],
)
def test_a_mistake_in_a_scenario_is_told_where_it_stands(old, new, code, line, column):
    assert told(SCENARIO.replace(old, new, 1) + DUTY) == [(code, line, column)]


def test_the_ends_of_the_term_are_dates_and_use_their_parameters():
    body = "parameter start : date\nparameter last : date\nterm from start until last\n"
    found, messages = checked(HEAD + body)
    assert found is not None
    assert found.program.validity.term_until == Param("last", "date")
    assert [item.name for item in messages] == [
        "Provider",
        "Customer",
        "fee",
    ]  # the term's parameters are used


def test_a_domain_without_a_value_is_refused():
    assert told("parameter days : duration, from 5 h to 1 h\n") == [("SLA-E0416", 1, 33)]


def test_levels_that_a_library_leaves_open_are_pointed_out():
    text = HEAD.replace("levels priority = Critical > High > Low\n", "")
    _, messages = checked(text)
    assert ("SLA-L0202", 1) in [(item.code, item.at.line) for item in messages]


def test_rows_can_only_be_added_up_where_results_are_quantities():
    table = "table t\n  | fee | = pay |\n  | any | <= 1 h |\n  rows : sum\n"
    assert told(table) == [("SLA-E0302", 3, 3)]


def in_force(line: str):
    head = f'contract "T" version "1"\ntime zone America/New_York\ncurrency USD\n{line}\n'
    return checked(head)


def test_a_version_may_take_over_within_a_day():
    # Noon in New York on 16 February 2015 is 17:00 UTC: 16,482 days and 17 hours after 1970 began.
    for line, text, begin in (
        ("effective from 2015-02-16", "2015-02-16", 16_482 * 24 + 5),
        ("effective from 2015-02-16 12:00", "2015-02-16T12:00:00", 16_482 * 24 + 17),
        ("effective from 2015-02-15 24:00", "2015-02-16T00:00:00", 16_482 * 24 + 5),
    ):
        found, messages = in_force(line)
        assert found is not None
        assert messages == []
        assert found.program.validity.effective_from == text
        (version,) = versions([found.program])
        assert version.in_force_from_us == begin * 3_600_000_000


def test_a_version_cannot_take_over_at_a_time_that_the_clocks_skip():
    _, messages = in_force("effective from 2015-03-08 02:30")
    assert [(item.severity, str(item.at)) for item in messages] == [("error", "t.sla:4:16")]


def test_a_version_takes_over_at_a_date_and_not_at_a_number():
    _, messages = in_force("effective from 3")
    assert [(item.code, str(item.at)) for item in messages] == [("SLA-E0302", "t.sla:4:16")]


def test_a_signal_without_an_end_holds_for_good():
    body = "entity lift\nevent lift.seen\nsignal known for each lift\n  from seen\n"
    signal = next(one for one in made(body).program.signals if one.name == "known")
    assert (len(signal.form.start.any_of), signal.form.stop.any_of) == (1, ())


def test_a_calendar_put_together_of_others_has_nothing_of_its_own():
    body = (
        "calendar A\n  mon 09:00 to 10:00\ncalendar B\n  tue 09:00 to 10:00\n"
        "calendar C\n  open in any of A, B\n  closed 2026-03-03\n"
        "calendar D\n  open in all of A, B\n"
        "calendar E\n  open in any of A, F\ncalendar F\n  open in any of B, E\n"
        "calendar G\n  open in any of A, B\ncalendar H\n  same as G\n  wed 09:00 to 10:00\n"
        "calendar I\n  open in any of A, Nowhere\n"
    )
    assert told(body) == [
        ("SLA-E0504", 7, 3),  # a date of its own
        ("SLA-E0504", 8, 10),  # never open together
        ("SLA-E0502", 10, 10),
        ("SLA-E0502", 12, 10),  # in a circle
        ("SLA-E0504", 18, 3),  # changes one without hours of its own
        ("SLA-E0209", 20, 21),
    ]


def test_a_later_period_is_counted_in_its_own_unit_and_from_one():
    duty = DUTY.replace("  within <= 1 h\n", "  {}\n").replace("  clock always\n", "")
    for line, code, column in (
        ("by day 5 of the month 0 months later", "SLA-E0123", 25),
        ("by day 5 of the month 2 weeks later", "SLA-E0101", 27),
        ("by day 5 of the next month 2 months later", "SLA-E0101", 30),
    ):
        assert (code, 5, column) in told(duty.format(line))


def test_a_counting_convention_names_its_base_and_answers_each_question_once():
    head = HEAD.replace("currency CNY\n", "currency CNY\ncounting ours\n")
    body = (
        "counting convention ours\n  same as exact\n"
        "counting convention calendar_days\n  same as prc_civil_code\n"
        "counting convention third\n  the first day counts\n  the first day does not count\n"
        "counting convention ours\n  same as us_federal\n"
    )
    assert told(body, head) == [
        ("SLA-E0211", 2, 11),  # a day of 24 hours leaves nothing to answer
        ("SLA-E0511", 3, 21),
        ("SLA-E0501", 5, 1),
        ("SLA-E0506", 7, 3),
        ("SLA-E0202", 8, 21),
    ]


def test_a_convention_that_moves_a_last_day_asks_for_the_rest_days():
    rolling = "counting convention rolling\n  same as calendar_days\n  a last day of rest moves to the next open day\n"
    staying = "counting convention staying\n  same as prc_civil_code\n  a last day of rest stays\n"
    duty = DUTY.replace("within <= 1 h", "within <= 3 days\n  counting {}")
    assert told(rolling + duty.format("rolling")) == [("SLA-E0436", 8, 3)]
    assert told(staying + duty.format("staying")) == []


@pytest.mark.parametrize("name", ["人民币", "元", "CNY"])
def test_renminbi_is_the_currency_of_amounts_in_yuan(name):
    lines = HEAD.replace("currency CNY", f"currency {name}") + "let two = fee + 2 元\n"
    found, messages = checked(lines)
    assert [one.code for one in messages if one.severity == "error"] == []
    assert found is not None
    assert found.program.currency == "CNY"
