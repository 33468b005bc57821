"""A contract's `use` lines and a loader go in; the documents of all libraries it needs come out, each once, needed ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.suggest import candidates
from slalang.semantics import parts
from slalang.semantics.errors.names import LibraryCycle, UnknownLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slalang.diagnostics.collector import Collector
    from slalang.syntax.tree import Document, Name


def gather(
    document: Document,
    load: Callable[[str], Document | None],
    collector: Collector,
    known: tuple[str, ...] = (),
) -> list[tuple[str, Document]]:
    """Libraries in the order in which they can be read; unknown ones and circles are reported once."""
    found: dict[str, Document] = {}
    order: list[str] = []
    _follow(document, load, collector, found, order, (), known)
    return [(name, found[name]) for name in order]


def _follow(
    document: Document,
    load: Callable[[str], Document | None],
    collector: Collector,
    found: dict[str, Document],
    order: list[str],
    path: tuple[str, ...],
    known: tuple[str, ...],
) -> None:
    for name in wanted(document):
        if name.text in path:
            collector.add(LibraryCycle(name.span, name=name.text, path=path), ("library", name.text))
            continue
        if name.text in found:
            continue
        library = load(name.text)
        if library is None:
            near = candidates(name.text, known)
            collector.add(UnknownLibrary(name.span, name=name.text, near=near), ("library", name.text))
            continue
        found[name.text] = library
        _follow(library, load, collector, found, order, (*path, name.text), known)
        order.append(name.text)


def wanted(document: Document) -> list[Name]:
    """The names on a document's `use` lines, each once."""
    names = [
        name
        for sentence in document.sentences
        if sentence.kind == "use"
        for name in parts.names(sentence, "names")
    ]
    return list({name.text: name for name in names}.values())


def not_used(
    used: Iterable[str], load: Callable[[str], Document | None], known: Iterable[str]
) -> dict[str, str]:
    """What the libraries that a contract does not use declare: entities, events and signals, each with its library."""
    found: dict[str, str] = {}
    for library in sorted(set(known) - set(used)):
        document = load(library)
        for sentence in document.sentences if document is not None else ():
            name = parts.name(sentence, "name")
            if name is not None and sentence.kind in {"entity", "event", "signal"}:
                found.setdefault(name.text, library)
    return found
