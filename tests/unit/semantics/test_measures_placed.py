"""What a verdict came to is no signal: it does not run with time, and a threshold on it would never be crossed."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.source.text import SourceFile

TEXT = """contract "F" version "1"
use std.plain, std.tickets
time zone UTC
currency CNY
conventions std.plain
party A
party B
levels priority = High > Low
obligation Answer
  for each ticket
  A owes B
  from opened until first responded
  clock always
  within <= 1 h
  on reopening : frozen
{more}
"""


@pytest.mark.parametrize("value", ["days late of Answer", "measure of Answer", "days late of Answer >= 5"])
def test_a_measure_is_no_signal(value):
    collector = Collector()
    journey.check(SourceFile("c.sla", TEXT.format(more=f"signal d for each ticket\n  = {value}")), collector)
    assert [(one.code, one.at.line) for one in collector.sorted() if one.severity == "error"] == [
        ("SLA-E0511", 17)
    ]
