"""Three mistakes give three messages: what follows from a line that cannot be read is not told again."""

from __future__ import annotations

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
