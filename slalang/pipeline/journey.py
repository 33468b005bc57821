"""The whole journey on one page: a contract text goes in; a checked program comes out, then an outcome, then an explanation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from slalang import resources
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import open_source
from slalang.pipeline import chaining
from slalang.prove.sweep import sweep
from slalang.semantics.consequences import own
from slalang.semantics.from_syntax import check as check_document
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse

if TYPE_CHECKING:
    from slalang.ir.program import Program
    from slalang.semantics.checked import Checked
    from slalang.syntax.tree import Document


def library(name: str, collector: Collector) -> Document | None:
    """Parse a library of the standard library: `std.tickets` from `stdlib/tickets.sla`; None when there is none of that name."""
    file = f"{name.removeprefix('std.')}.sla"
    if file not in resources.names("stdlib", ".sla"):
        return None
    document, found = _read(f"stdlib/{file}")
    collector.extend(found.sorted())
    return document


@cache
def _read(path: str) -> tuple[Document, Collector]:
    """A library's text does not change while a process lives, and trees are never changed: reading it once is enough."""
    found = Collector()
    return parse(SourceFile(path, resources.text(path)), found), found


def libraries() -> tuple[str, ...]:
    """The names of the libraries that come with the language."""
    return tuple(f"std.{name.removesuffix('.sla')}" for name in resources.names("stdlib", ".sla"))


def check(source: SourceFile, collector: Collector, *, proofs: bool = True) -> Checked | None:
    """Text in, a checked program with its scenarios out, or None; everything found is in the collector."""
    document = parse(source, collector)
    found = Collector()
    checked = check_document(document, lambda name: library(name, found), found, libraries())
    collector.extend(own(found.sorted(), document))
    collector.not_kept.update(found.not_kept)
    if collector.has_errors:
        return None
    if checked is not None and proofs:
        sweep(checked.program, {source.name: source}, collector)
        if checked.program.chains:
            list(chaining.covers(checked.program, source, collector, _program))
    return checked


def _program(path: str) -> Program:
    return program_of(path).program


def program_of(path: str) -> Checked:
    """A contract file that must be sound enough to run: what only the proofs find does not stop a run.

    Raises:
        Stop: the file cannot be read, or has errors.
    """
    collector = Collector()
    checked = check(open_source(path), collector, proofs=False)
    if checked is None or collector.has_errors:
        raise Stop(*(item for item in collector.sorted() if item.severity == "error"))
    return checked
