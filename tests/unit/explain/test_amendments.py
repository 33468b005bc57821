"""A case that an amendment takes over is explained by the version that judges it, on the clock that began with the amendment."""

from __future__ import annotations

from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.pipeline.explaining import explained
from slalang.pipeline.running import Asked, Run
from slalang.report.as_text import text

FIRST = """\
contract "Am" version "1"
use std.plain, std.tickets
time zone UTC
counting exact
conventions std.plain
effective from 2026-01-01
party P
party C
levels priority = High > Low
clause 1 "x"
  obligation A
    for each ticket
    P owes C
    from opened until first responded
    clock always
    within <= 10 h
    on reopening : frozen
"""
SECOND = (
    FIRST.replace('version "1"', 'version "2"')
    .replace("effective from 2026-01-01", 'effective from 2026-03-02\nsupersedes "1"')
    .replace("<= 10 h", "<= 30 h")
    + "    amendment reaches : open cases from the change\n"
)
EVENTS = """\
{"id":"1","type":"ticket.opened","subject":"T-1","time":"2026-03-01T18:00:00Z","data":{"priority":"High"}}
{"id":"2","type":"ticket.responded","subject":"T-1","time":"2026-03-03T12:00:00Z"}
"""


def test_the_clock_of_the_amendment_adds_up(tmp_path):
    """Opened 6 h before the amendment, answered 36 h after it: the new clock says 36 h of 30 h, late by 6 h."""
    for name, content in (("v1.sla", FIRST), ("v2.sla", SECOND), ("e.jsonl", EVENTS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    contracts = (str(tmp_path / "v1.sla"), str(tmp_path / "v2.sla"))
    with Run(Asked(contracts, (str(tmp_path / "e.jsonl"),), as_of="2026-03-05"), Collector()) as run:
        found = explained(run, Focus("A", "T-1"), None)
    (explanation,) = found.explanations
    words = text(explanation, "en")
    assert "A, T-1: late by 6 h" in words
    assert "limit 30 h − measured 36 h = −6 h" in words
    assert explanation.version == "2"
