"""A contract and a few events of a test go in; the explanations of one rule, each checked, come out."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.explain.checking import check
from slalang.pipeline.explaining import explained
from slalang.pipeline.running import Asked, Run

HEAD = """contract "C" version "1.0"
use std.plain, std.tickets
time zone Europe/Berlin
currency EUR
counting calendar_days
conventions std.plain
term from 2026-01-01 until 2026-12-31
party Provider
party Customer
levels priority = P1 > P2
calendar Office
  mon to fri 08:00 to 18:00
clause 1 "All"
  table limits
    | priority | = answer  |
    | P1       | <= 15 min |
    | P2       | <= 1 h    |
"""


@pytest.fixture
def told(tmp_path):
    """Explain one rule of a contract over some events; the explanations, checked."""

    def tell(rules, events, rule, as_of="2026-05-01 00:00", use=""):
        head = HEAD.replace("std.tickets\n", f"std.tickets, {use}\n") if use else HEAD
        (tmp_path / "c.sla").write_text(head + rules, encoding="utf-8")
        (tmp_path / "e.jsonl").write_text("".join(events), encoding="utf-8")
        asked = Asked((str(tmp_path / "c.sla"),), (str(tmp_path / "e.jsonl"),), as_of=as_of)
        with Run(asked, Collector()) as run:
            found = explained(run, Focus(rule), None).explanations
        for item in found:
            assert check(item) == ()
        return found

    return tell
