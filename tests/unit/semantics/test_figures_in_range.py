"""Figures that could never do what their line says are refused where they stand."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

HEAD = """\
contract "T" version "1"
use std.plain, std.tickets
time zone UTC
currency USD
counting exact
conventions std.plain
party P
party C
levels priority = High > Low
clause 1 "x"
  obligation A
    for each ticket
    P owes C
    from opened until first responded
    clock always
    within <= 4 h
    on reopening : frozen
"""
METRIC = (
    "  signal w for each ticket\n    from opened until responded\n"
    "  signal anyone\n    any w over ticket by agreement\n"
    "  metric M each month\n    = time of anyone\n"
)
CASES = {
    "a warning at five times the limit": ('    notice at 500% of the limit to P "x"\n', 15),
    "a warning before the start": ('    notice at -1% of the limit to P "x"\n', 15),
    "a percentile above a hundred": (
        "  metric M each month\n    = percentile 500 of measure of A\n    counted by : deadline\n    when none : undetermined\n",
        7,
    ),
    "bins of no length": (METRIC + "    bins 0 min\n", 10),
    "a negative run": (METRIC + "    minimum run -5 min\n", 17),
}


@pytest.mark.parametrize(("lines", "column"), CASES.values(), ids=CASES.keys())
def test_a_figure_out_of_range_is_refused_where_it_stands(lines, column):
    collector = Collector()
    check(SourceFile("t.sla", HEAD + lines), collector)
    line = HEAD.count("\n") + next(
        number
        for number, text in enumerate(lines.splitlines(), start=1)
        if any(figure in text for figure in ("500", "-1%", "0 min", "-5"))
    )
    found = [
        (item.code, item.at.line, item.at.column) for item in collector.sorted() if item.severity == "error"
    ]
    assert found == [("SLA-E0308", line, column)]


@pytest.mark.parametrize("figure", ["80%", "1%", "99.9%"])
def test_a_share_inside_the_limit_is_taken(figure):
    collector = Collector()
    check(SourceFile("t.sla", HEAD + f'    notice at {figure} of the limit to P "x"\n'), collector)
    assert not collector.has_errors


def test_a_mistake_that_stands_alone_is_told_even_if_it_might_follow_from_another():
    """A signal of each ticket cannot be summed by a metric without tickets: one message, and no contract."""
    lines = "  signal w for each ticket\n    from opened until responded\n  metric M each month\n    = time of w\n"
    collector = Collector()
    assert check(SourceFile("t.sla", HEAD + lines), collector) is None
    found = [
        (item.code, item.at.line, item.at.column) for item in collector.sorted() if item.severity == "error"
    ]
    assert found == [("SLA-E0215", HEAD.count("\n") + 4, 15)]
