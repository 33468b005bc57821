"""The name of a template, or a contract file, goes in; its text comes out, ready to be written as a new contract."""

from __future__ import annotations

from pathlib import Path

from slalang import resources
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import open_source
from slalang.diagnostics.suggest import candidates
from slalang.pipeline import journey
from slalang.pipeline.errors import NoTemplate
from slalang.source.text import SourceFile

FOLDER = "stdlib/templates"


def names() -> tuple[str, ...]:
    """The templates that come with the language."""
    return tuple(name.removesuffix(".sla") for name in resources.names(FOLDER, ".sla"))


def source_of(name: str) -> SourceFile:
    """The text of a template, else of a contract file (or of the contract in a folder).

    Raises:
        Stop: there is neither, or the contract has errors.
    """
    if name in names():
        path = f"{FOLDER}/{name}.sla"
        source = SourceFile(path, resources.text(path))
    elif Path(name).exists():
        source = open_source(name)
    else:
        near = candidates(name, names()) or names()
        raise Stop(NoTemplate(None, name=name, near=tuple(near)))
    collector = Collector()
    if journey.check(source, collector, proofs=False) is None:
        raise Stop(*(item for item in collector.sorted() if item.severity == "error"))
    return source
