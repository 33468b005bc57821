"""A checked program goes in; everything that its tables and amounts have wrong comes out in the collector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.prove import amounts, tables
from slalang.prove.places import Places

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.ir.program import Program
    from slalang.source.text import SourceFile


def prove(program: Program, source: SourceFile, collector: Collector) -> None:
    """Sweep every table and every amount of a program; a finding is told once, at its place."""
    places = Places(source)
    for table in program.tables:
        tables.check(table, program, places, collector)
    for rule in program.amounts:
        amounts.check(rule, program, places, collector)
