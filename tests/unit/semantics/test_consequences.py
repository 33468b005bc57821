"""Three mistakes give three messages: what follows from a line that cannot be read is not told again."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.source.text import SourceFile

CONTRACT = """contract "x" version "1"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
conventions std.plain
party Provider
party Customer
levels priority = High > Low
clause 1 "a"
  obligation A
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
"""


CROOKED = {
    "the first line of a block stands a space too far out": (
        "    for each ticket",
        "   for each ticket",
        ("SLA-E0111", 12),
    ),
    "the first line of a block stands a space too far in": (
        "    for each ticket",
        "     for each ticket",
        ("SLA-E0110", 12),
    ),
    "a line stands a space too far in": ("    Provider owes", "     Provider owes", ("SLA-E0111", 12)),
    "a line stands a space too far out": ("    clock", "   clock", ("SLA-E0110", 14)),
    "a line stands two spaces too far in": ("    clock", "      clock", ("SLA-E0111", 14)),
    "a tab": ("    for each ticket", "\tfor each ticket", ("SLA-E0109", 11)),
}


def found(text: str) -> list[tuple[str, int]]:
    collector = Collector()
    journey.check(SourceFile("x.sla", text), collector)
    return [(item.code, item.at.line) for item in collector.sorted()]


def test_the_contract_is_sound():
    assert found(CONTRACT) == []


def test_a_misspelt_party_a_misspelt_line_and_a_misspelt_policy_are_three_messages():
    text = CONTRACT.replace("party Customer", "prty Customer").replace("from opened", "form opened")
    told = found(text.replace("on reopening", "on reopning"))
    assert [line for _, line in told] == [7, 13, 16]
    assert all(code.startswith("SLA-E01") for code, _ in told)


def test_a_missing_line_and_an_unknown_name_elsewhere_are_still_told():
    text = CONTRACT.replace("party Customer", "prty Customr").replace("    within <= 1 h\n", "")
    assert found(text) == [("SLA-E0103", 7), ("SLA-E0501", 10), ("SLA-E0208", 12)]


@pytest.mark.parametrize(("old", "new", "told"), CROOKED.values(), ids=CROOKED)
def test_a_line_at_no_level_is_one_message(old, new, told):
    """Line 11 of the contract is `for each ticket`; the line after it is the first that does not stand beside it."""
    assert found(CONTRACT.replace(old, new)) == [told]


def test_a_calendar_whose_hours_cannot_be_read_is_not_called_never_open():
    text = CONTRACT.replace("clause 1", "calendar C\n  mon-fri 09:00 to 17:00\nclause 1")
    assert found(text.replace("clock always", "clock in C\n    at closing time : closing")) == [
        ("SLA-E0103", 10)
    ]


def test_an_unknown_time_zone_is_told_where_it_is_named():
    text = CONTRACT.replace("Asia/Shanghai", "Shanghai").replace(
        "clause 1", "calendar C\n  mon 09:00 to 17:00\nclause 1"
    )
    assert found(text.replace("clock always", "clock in C")) == [("SLA-E0507", 3)]


def test_another_value_for_a_bare_share_is_refused_and_not_dropped():
    """Line 21 is the value of the exception; a metric that is a formula takes it."""
    share = (
        "  metric S each month\n    = share met of A\n    counted by : deadline\n    when none : 100%\n"
        "  exception Few to S when true\n    = 100%\n"
    )
    assert found(CONTRACT + share) == [("SLA-E0422", 22)]
    formula = share.replace("  exception Few to S", "  metric F each month\n    = S\n  exception Few to F")
    assert found(CONTRACT + formula) == []


@pytest.mark.parametrize("broken", ["uner who is b", "Under who is b", "under who is", "under who b"])
def test_rules_told_apart_by_a_line_that_cannot_be_read_are_not_doubles(broken):
    reading = 'reading who "q"\n  option a "a"\n  option b "b"\n  chosen a because "so"\n'
    head, rule = CONTRACT.split("  obligation A\n")
    first = "  obligation A\n    under who is a\n" + rule
    second = "  obligation A\n    under who is b\n" + rule
    assert found(head.replace("clause", reading + "clause") + first + second) == []
    text = head.replace("clause", reading + "clause") + first + second.replace("under who is b", broken)
    (only,) = found(text)
    assert only[0] in {"SLA-E0101", "SLA-E0102", "SLA-E0103"}
    # Without any such line they are told, as before.
    doubled = head.replace("clause", reading + "clause") + first + "  obligation A\n" + rule
    assert "SLA-E0202" in {code for code, _ in found(doubled)}
