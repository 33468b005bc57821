"""Messages and the lines that could not be read go in; the messages that do not merely follow from those lines come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slalang.semantics.errors.exceptions import NoEffect, NotCovered
from slalang.semantics.errors.lints import LevelsOpen, Unused
from slalang.semantics.errors.lowering import (
    CalendarRefused,
    ClockMissing,
    EmptyClause,
    HeadMissing,
    LineMissing,
)
from slalang.semantics.errors.names import DuplicateName, LibraryCycle, UnknownLibrary
from slalang.semantics.errors.policies import ChoiceMissing, ChoiceUseless, CountingMissing, RestDaysMissing
from slalang.semantics.errors.reach import NotReached, UnknownRule
from slalang.semantics.errors.tables import NoRows
from slalang.source.text import Span
from slalang.syntax.tree import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.syntax.tree import Document, Sentence

SAYS_ABSENT: Final = (
    LineMissing, EmptyClause, HeadMissing, ChoiceMissing, CountingMissing, RestDaysMissing, CalendarRefused, NoEffect,
    ClockMissing,
)  # fmt: skip
NAMES: Final = "SLA-E02"
_WORD: Final = re.compile(r"[\w-]+")


def own(found: Iterable[Diagnostic], document: Document) -> list[Diagnostic]:
    """What is wrong in the text itself; never nothing where something is wrong and no line was left out."""
    everything = list(found)
    kept = list(_own(everything, document))
    errors = [item for item in everything if item.severity == "error"]
    if errors and not document.left_out and not any(item.severity == "error" for item in kept):
        return everything
    return kept


def _own(found: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """What is wrong in the text itself.

    A line with a mistake has its message. That its block now lacks a line, that a name which it declares is
    unknown elsewhere, or that a choice or a declaration is now of no use, is the same mistake told again.
    """
    everything = list(found)
    libraries = [item for item in everything if isinstance(item, (UnknownLibrary, LibraryCycle))]
    if libraries:  # without its words nothing else can be judged
        yield from libraries
        return
    damaged = {left.block.line if left.block else 0 for left in document.left_out}
    words = {word for left in document.left_out for word in _WORD.findall(left.span.text)}
    broken = [left.span for left in document.left_out]
    broken += [
        item.at
        for item in everything
        if item.severity == "error"
        and isinstance(item.at, Span)
        and item.at.file == document.source
        and not isinstance(
            item, (*SAYS_ABSENT, ChoiceUseless, NotReached)
        )  # these may themselves be consequences
    ]
    names = _names_of_broken(document, broken)
    lacking = [item.at for item in everything if isinstance(item, SAYS_ABSENT) and isinstance(item.at, Span)]
    twice = any(isinstance(item, DuplicateName) for item in everything)
    for item in everything:
        if not isinstance(item.at, Span) or item.at.file != document.source:
            yield item
        elif isinstance(item, SAYS_ABSENT):
            if item.at.line not in damaged and not (isinstance(item, HeadMissing) and 0 in damaged):
                yield item
        elif isinstance(item, NoRows):
            if not any(
                left.block and left.block.line <= item.at.line <= left.span.line for left in document.left_out
            ):
                yield item
        elif isinstance(item, LevelsOpen):
            if item.name not in words:
                yield item
        elif isinstance(item, Unused):
            if not broken:  # the name that it is used by may be the one that is misspelt
                yield item
        elif isinstance(item, ChoiceUseless):
            # What a rule lacks may be what its other choices are for: a limit that reads a signal, a next period.
            if not _rests_on_broken(item.at, document, [*broken, *lacking], names):
                yield item
        elif isinstance(item, NotReached):
            if item.at.text not in names and not _rests_on_broken(item.at, document, broken, names):
                yield item
        elif isinstance(item, DuplicateName) and _may_differ(item, damaged):
            continue  # the line that could not be read may be the one that tells the two apart
        elif (isinstance(item, NotCovered) and item.reading in words) or (
            isinstance(item, UnknownRule) and twice
        ):
            continue
        elif not (item.code.startswith(NAMES) and item.at.text in words):
            yield item


def _may_differ(item: DuplicateName, damaged: set[int]) -> bool:
    """Whether one of two rules of a name has a line that could not be read: it may stand under another option."""
    assert isinstance(item.at, Span)
    return item.at.line in damaged or (item.first is not None and item.first.line in damaged)


def _names_of_broken(document: Document, broken: list[Span]) -> set[str]:
    """The names that sentences with a mistake in them declare, and those that rest on them: what reads them cannot be judged."""
    words: dict[str, set[str]] = {}
    found: set[str] = set()
    for sentence, span in _blocks(document.sentences):
        name = sentence.parts.get("name")
        if isinstance(name, Name):
            words.setdefault(name.parts[0], set()).update(_WORD.findall(span.text))
            if any(span.start <= place.start < span.end for place in broken):
                found.add(name.parts[0])
    fresh = found
    while fresh:
        fresh = {name for name, read in words.items() if read & fresh} - found
        found = found | fresh
    return found


def _rests_on_broken(at: Span, document: Document, broken: list[Span], names: set[str]) -> bool:
    """Whether the rule in which a place stands has a mistake itself, or reads something that has one."""
    inside = [
        span
        for sentence, span in _blocks(document.sentences)
        if span.start <= at.start < span.end and sentence.kind != "clause"
    ]
    if not inside:
        return bool(broken)
    rule = inside[0]
    return any(rule.start <= place.start < rule.end for place in broken) or bool(
        names & set(_WORD.findall(rule.text))
    )


def _blocks(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Span]]:
    """Every sentence with the span of its whole block."""
    for sentence in sentences:
        inner = list(_blocks(sentence.children))
        yield sentence, sentence.span.to(inner[-1][1]) if inner else sentence.span
        yield from inner
