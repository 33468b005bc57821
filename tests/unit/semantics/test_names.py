"""Names: what they resolve to, in which order, and where a message about one stands (line and column counted by hand)."""

from __future__ import annotations

import pytest

from semantics.checking import DUTY, HEAD, checked, made, told
from slalang.ir.expressions import Const, MetricRef, Named, Param, SignalAt
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse


def definition(body: str, name: str):
    program = made(body).program
    return next(item.value for item in program.definitions if item.name == name)


def test_a_signal_of_the_subject_comes_before_a_parameter():
    """`priority` is the ticket's signal although a parameter of the same name exists."""
    body = "parameter priority : number\nlet urgent = priority is Critical\n"
    assert definition(body, "urgent").args == (
        SignalAt("priority", "levels:priority", "now"),
        Const("levels:priority", "Critical"),
    )


def test_a_parameter_comes_before_a_level():
    body = "parameter High : number\nlet x = High + 1\n"
    assert definition(body, "x").args[0] == Param("High", "number")


def test_a_word_of_the_data_stands_in_quotes_beside_a_text():
    body = 'let maps = cause is "aws_platform"\n'
    assert definition(body, "maps").args[1] == Const("text", "aws_platform")
    assert told("let maps = cause is aws_platform\n") == [("SLA-E0201", 1, 21)]


def test_a_level_may_stand_on_the_left():
    assert definition("let urgent = Critical is priority\n", "urgent").args[0] == Const(
        "levels:priority", "Critical"
    )


def test_an_unknown_name_is_told_once_with_what_is_near():
    """`fe` at line 1 column 9 and line 2 column 9; the second is the same mistake."""
    _, messages = checked(HEAD + "let a = fe × 2\nlet b = fe × 3\n")
    (found,) = [item for item in messages if item.severity == "error"]
    assert (found.code, found.at.line - HEAD.count("\n"), found.at.column) == ("SLA-E0201", 1, 9)
    assert found.near == ("fee",)


def test_what_rests_on_a_mistake_says_nothing():
    assert told("let a = fe × 2\nlet b = a + 1 CNY\nlet c = if b > 2 CNY then a else b\n") == [
        ("SLA-E0201", 1, 9)
    ]


def test_several_mistakes_are_told_in_one_run():
    body = (
        "let a = 15 min + 5%\n"  # the whole sum, from column 9
        "let b = prioriti\n"
        "signal s for each ticket\n"
        "  from opend until resolved\n"  # column 8
    )
    assert told(body) == [("SLA-E0301", 1, 9), ("SLA-E0201", 2, 9), ("SLA-E0206", 4, 8)]


def test_a_name_declared_twice_points_at_the_second():
    assert told("let a = 1\nlet a = 2\n") == [("SLA-E0202", 2, 5)]


def test_two_of_one_name_are_fine_under_options_that_exclude_each_other():
    reading = 'reading r "?"\n  option x "1"\n  option y "2"\n  chosen x because "3"\n'
    body = reading + "let a = 1\n  under r is x\nlet a = 2\n  under r is y\nlet b = a + 1\n"
    assert definition(body, "b").args[0] == Named("a", "integer")
    assert told(reading + "let a = 1\n  under r is x\nlet a = 2\n") == [("SLA-E0202", 7, 5)]


def test_an_option_without_a_rule_is_told_only_to_those_who_may_take_it():
    reading = 'reading r "?"\n  option x "1"\n  option y "2"\n  chosen x because "3"\n'
    alone = reading + "let a = 1\n  under r is x\n"
    assert told(alone + "let b = a + 1\n  under r is x\n") == []
    assert told(alone + "let b = a + 1\n") == [("SLA-E0442", 5, 5)]


def test_a_signal_of_another_entity_is_read_over_the_declared_reference():
    body = (
        "signal broken for each service\n  any down over outage by service\n"
        + DUTY
        + "exception E to Answer\n  clock stands still while service.broken\n"
    )
    (obligation,) = made(body).program.obligations
    assert obligation.clock.standstills[0].when == SignalAt("broken", "bool", "now", ("service",))


def test_a_signal_out_of_reach_is_refused_where_it_stands():
    """A ticket refers to no outage: `down` belongs to outages."""
    body = DUTY + "exception E to Answer\n  clock stands still while down\n"
    assert told(body) == [("SLA-E0215", 9, 28)]


def test_two_ways_to_an_entity_are_ambiguous():
    body = (
        "entity site\nentity parcel\n  refers to site by origin\n  refers to site by goal\n"
        "event parcel.sent\nevent parcel.arrived\nevent site.shut\nevent site.reopened\n"
        "signal shut for each site\n  from site.shut until site.reopened\n"
        "signal waits for each parcel\n  = shut\n"
    )
    assert told(body) == [("SLA-E0214", 12, 5)]
    assert told(body.replace("= shut", "= goal.shut")) == []


def test_libraries_in_a_circle():
    texts = {"a": "library a\nuse b\n", "b": "library b\nuse a\n"}

    def load(name):
        from slalang.diagnostics.collector import Collector

        return parse(SourceFile(f"{name}.sla", texts[name]), Collector()) if name in texts else None

    _, messages = checked('contract "T" version "1"\nuse a\ntime zone UTC\n', load)
    assert [(item.code, str(item.at)) for item in messages] == [("SLA-E0205", "b.sla:2:5")]


def test_a_table_that_means_different_things_to_two_subjects_is_refused():
    body = (
        "entity job\n  field size : number\nevent job.opened\nevent job.done\n"
        "entity ticket\n  field size : money\n"
        "table t\n  | size | = respond |\n  | any | <= 1 h |\n"
        + DUTY.replace("<= 1 h", "t.respond")
        + DUTY.replace("Answer", "Job")
        .replace("each ticket", "each job")
        .replace("responded", "done")
        .replace("  on reopening : frozen\n", "")
        .replace("<= 1 h", "t.respond")
    )
    assert told(body) == [("SLA-E0417", 7, 7)]


def test_a_signal_has_its_name_for_itself_whatever_it_is_about():
    """Its values are kept under its name: `priority` of tickets is the library's, line 4 below the head would be another one."""
    body = "entity job\nevent job.opened\n  field priority : number\nsignal priority for each job\n  latest priority of opened\n"
    assert told(body + DUTY) == [("SLA-E0202", 4, 8)]


def test_metrics_are_values_of_a_period():
    body = DUTY + "metric M each month\n  = count of Answer\n  counted by : start\nlet twice = M × 2\n"
    assert definition(body, "twice").args[0] == MetricRef("M", "integer")


def test_what_follows_from_a_rule_or_a_signal_is_guessed_by_its_name():
    """The duty has seven lines: the names stand in the fourth and the sixth line below it."""
    body = (
        DUTY
        + "signal many\n  = misses >= 2\nsignal misses\n  running count of Answr.breached\nsignal late\n  from mny.crossed\n"
    )
    _, messages = checked(HEAD + body)
    found = {item.name: item.near for item in messages if item.code == "SLA-E0206"}
    assert found == {"Answr.breached": ("Answer.breached",), "mny.crossed": ("many.crossed",)}
    assert ("SLA-E0206", 11, 20) in told(body)
    assert ("SLA-E0206", 13, 8) in told(body)


def test_a_misspelt_event_that_follows_from_a_rule_is_told_with_what_is_near():
    """`  running count of ` has 19 characters, so the name is at column 20."""
    for wrong, near in (("Answr.breached", "Answer.breached"), ("Answer.breachd", "Answer.breached")):
        body = DUTY + f"signal n\n  running count of {wrong}\n"
        _, messages = checked(HEAD + body)
        (found,) = [item for item in messages if item.severity == "error"]
        assert (found.code, found.at.column, found.near[0]) == ("SLA-E0206", 20, near)


def test_an_unknown_name_beside_an_event_is_told_with_the_fields_that_the_event_has():
    """`amount` is far from every name; the event has one field. `  running sum of ` has 17 characters."""
    body = "entity slip\nevent slip.noted\n  field worth : money\nsignal s\n  running sum of qqqqqqqq of slip.noted\n"
    _, messages = checked(HEAD + body)
    (found,) = [item for item in messages if item.severity == "error"]
    assert (found.code, found.at.column, found.near) == ("SLA-E0201", 18, ("worth",))


def test_a_limit_without_a_unit_is_told_what_to_write():
    body = DUTY.replace("1 h", "15")
    _, messages = checked(HEAD + body)
    (found,) = [item for item in messages if item.severity == "error"]
    assert found.code == "SLA-E0302"
    assert "30 min" in found.remedy.en
    assert "30 分钟" in found.remedy.zh


def test_a_signal_with_a_mistake_in_its_own_line_is_not_said_to_be_out_of_reach():
    """Only the signal's line is told: column 3 of the line is `running`, `opend` stands at 20."""
    body = "signal n\n  running count of ticket.opend\nsignal many\n  = n >= 2\n"
    assert told(body) == [("SLA-E0206", 2, 20)]


def test_a_share_becomes_a_number_where_it_is_asked_for_and_nothing_else_does():
    assert definition("let half = number(50%)\n", "half") == Const("number", "1/2")
    assert definition("let tenth = number(6 min / 1 h)\n", "tenth").type == "number"
    assert definition("let three = number(3)\n", "three") == Const("integer", "3")
    assert told("let x = number(3 h)\n") == [("SLA-E0302", 1, 16)]
    assert told("let x = 数值(3 CNY)\n") == [("SLA-E0302", 1, 12)]


def test_what_goes_beside_an_instant_and_how_a_share_becomes_a_number_is_told():
    """`a - b` is told at its left side: columns counted by hand."""
    event = "entity job\nevent job.asked\n  field starts : instant\nevent job.done\n"
    spans = "signal s for each job\n  from asked where time <= starts - {} until done\n"
    for days in ("5 days", "5 business days of Office"):
        calendar = "calendar Office\n  mon to fri 09:00 to 17:00\n"
        _, messages = checked(HEAD + calendar + event + spans.format(days))
        (found,) = [one for one in messages if one.code == "SLA-E0301"]
        assert "168 h" in found.remedy.en
        assert (found.at.line, found.at.column) == (HEAD.count("\n") + 8, 28)
    _, messages = checked(HEAD + "let a = 5% + number(10%)\n")
    (found,) = [one for one in messages if one.code == "SLA-E0301"]
    assert "`number(…)`" in found.remedy.en


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("七日", "7 日"),
        ("十五个工作日内", "15 个工作日"),
        ("二十小时", "20 小时"),
        ("三个月", "3 个月"),
        ("七七日", ""),
    ],
)
def test_a_count_in_chinese_numerals_is_shown_in_figures(written, figures):
    _, messages = checked(HEAD + f"let a = {written}\n")
    (found,) = [item for item in messages if item.severity == "error"]
    assert (found.code, found.figures) == ("SLA-E0201", figures)
