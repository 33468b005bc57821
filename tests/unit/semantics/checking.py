"""What the semantic tests share: a sound head, and what checking a text below it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import library
from slalang.semantics.from_syntax import check
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.semantics.checked import Checked

HEAD = """\
contract "T" version "1"
use std.plain, std.tickets, std.outages
time zone Asia/Shanghai
currency CNY
conventions std.plain
party Provider
party Customer
levels priority = Critical > High > Low
parameter fee : money, at least 0 CNY
"""
LINES = HEAD.count("\n")
DUTY = """\
obligation Answer
  for each ticket
  Provider owes Customer
  from opened until first responded
  within <= 1 h
  on reopening : frozen
  clock always
"""


def checked(text: str, load=None) -> tuple[Checked | None, list[Diagnostic]]:
    """The meaning of a whole text, and every message."""
    collector = Collector()
    found = check(
        parse(SourceFile("t.sla", text), collector),
        load or (lambda name: library(name, collector)),
        collector,
    )
    return found, collector.sorted()


def told(body: str, head: str = HEAD) -> list[tuple[str, int, int]]:
    """Code, line (from 1, below the head) and column of every error."""
    _, messages = checked(head + body)
    above = head.count("\n")
    return [
        (item.code, item.at.line - above, item.at.column) for item in messages if item.severity == "error"
    ]


def made(body: str, head: str = HEAD) -> Checked:
    """The meaning of a text that must be sound."""
    found, messages = checked(head + body)
    assert found is not None, [(item.code, str(item.at)) for item in messages]
    return found
