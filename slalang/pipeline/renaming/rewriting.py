"""A contract and a table of names go in; the contract's text under the other names comes out, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.suggest import close
from slalang.pipeline import journey
from slalang.pipeline.renaming import errors
from slalang.pipeline.renaming.meaning import same_meaning
from slalang.pipeline.renaming.names import SORTS, Names
from slalang.semantics.parts import as_text
from slalang.semantics.scope.libraries import gather
from slalang.source.text import SourceFile, Spot
from slalang.syntax.format import format_text, shape
from slalang.syntax.layout import Logical
from slalang.syntax.parse import Parsed, parse_whole
from slalang.syntax.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.source.text import Span
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.layout import Loose, Physical
    from slalang.syntax.tree import Document, Sentence, Token

# Where a text is said to people. Texts in conditions, facts, domains, time zones and file names are data: events are compared with them.
PROSE: Final = {
    "contract": ("title",),
    "source": ("text",),
    "party": ("title",),
    "parameter": ("domain",),
    "open_word": ("why",),
    "reading": ("question",),
    "option": ("text",),
    "chosen": ("because",),
    "clause": ("title",),
    "paraphrase": ("text",),
    "not_judged": ("why",),
    "points_to": ("why",),
    "assume": ("text",),
    "notice": ("text",),
    "set_off": ("against",),
    "scenario": ("title",),
    "retroactive": ("why",),
}
ACTORS: Final = frozenset({"by", "to"})  # the two fields of every event that name a party
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Renamed:
    """The text under other names; what the contract has and the table leaves alone is in `untouched`, by sort."""

    text: str
    untouched: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Found:
    """Where each name, each text for people and each comment stands."""

    names: dict[str, list[Span]] = field(default_factory=dict)
    texts: dict[str, list[Span]] = field(default_factory=dict)
    comments: dict[str, list[Span]] = field(default_factory=dict)
    actors: dict[str, list[Span]] = field(default_factory=dict)  # parties named in texts
    declared: dict[str, None] = field(default_factory=dict)  # the contract's own names, in order

    def of(self, sort: str) -> dict[str, list[Span]]:
        return {"names": self.names, "texts": self.texts, "comments": self.comments}[sort]


def renamed(source: SourceFile, names: Names, to: Surface) -> Renamed:
    """Write a contract under other names, in the words of `to`; `zh` reads the table from left to right, `en` from right to left.

    Raises:
        Stop: the contract has mistakes, an entry is found nowhere, two things would have one name, a word belongs to
            a library, or the contract would not mean the same.
    """
    table = names if to == "zh" else names.back()
    collector = Collector()
    parsed = parse_whole(source, collector)
    if collector.has_errors:
        raise Stop(*collector.sorted())
    found = _found(parsed)
    wrong = [*_nowhere(table, found, source.name), *_clashes(table, found), *_of_libraries(parsed, table)]
    if wrong:
        raise Stop(*wrong)
    text = format_text(SourceFile(source.name, _rewritten(source.text, table, found)), to, load=_library)
    new = SourceFile(source.name, text)
    _compare(parsed, new, table.back())
    same_meaning(source, new, table)
    return Renamed(text, _untouched(table, found))


def _library(name: str) -> Document | None:
    return journey.library(name, Collector())


def left_alone(made: Renamed, names: Names) -> errors.NotInTable | None:
    """The note about what the table leaves as it is; None when it has everything."""
    all_of_them = [f"{sort}: {one}" for sort, those in made.untouched.items() for one in those]
    if not all_of_them:
        return None
    return errors.NotInTable(Spot(names.file), count=len(all_of_them), some=tuple(all_of_them[:SHOWN]))


def _found(parsed: Parsed) -> _Found:
    out = _Found()
    parties = {
        as_text(sentence.parts["name"]) for sentence in parsed.document.sentences if sentence.kind == "party"
    }
    for sentence in _every(parsed.document.sentences):
        said = set(_said(sentence))
        _declare(sentence, out)
        for before, token in pairwise([None, *sentence.tokens]):
            assert token is not None
            if token.type == "NAME":
                out.names.setdefault(token.value, []).append(token.span)
            elif token.type == "STRING" and token.value in said:
                out.texts.setdefault(token.value, []).append(token.span)
            elif token.type == "STRING" and token.value in parties and _is_actor(sentence, token, before):
                out.actors.setdefault(token.value, []).append(token.span)
    for entry in parsed.layout:
        holders: Sequence[Loose | Physical] = entry.lines if isinstance(entry, Logical) else (entry,)
        for holder in holders:
            if holder.comment and (words := holder.comment.text[1:].strip()):
                out.comments.setdefault(words, []).append(holder.comment)
    return out


def _every(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    for sentence in sentences:
        yield sentence
        yield from _every(sentence.children)


def _said(sentence: Sentence) -> Iterator[str]:
    """The texts of a sentence that are for people."""
    for part in PROSE.get(sentence.kind, ()):
        value = sentence.parts.get(part)
        if part == "domain":
            domain: Any = value or ()
            yield from (as_text(rest[0]) for what, *rest in domain if what == "help")
        elif value is not None:
            yield as_text(value)


def _is_actor(sentence: Sentence, token: Token, before: Token | None) -> bool:
    """Whether a text stands after `by` or `to`: in a fact (`by "Customer"`), or in a condition (`by is "Customer"`)."""
    if before is not None and before.type == "NAME":
        return before.value in ACTORS
    at = sentence.tokens.index(token)
    return at > 1 and sentence.tokens[at - 2].type == "NAME" and sentence.tokens[at - 2].value in ACTORS


DECLARING: Final = {
    "party": ("name",), "parameter": ("name",), "open_word": ("name",), "let": ("name",), "levels": ("values",),
    "unit": ("name",), "reading": ("name",), "option": ("name",), "calendar": ("name",), "signal": ("name",),
    "obligation": ("name",), "metric": ("name",), "amount_rule": ("name",), "cap": ("name",), "payments": ("name",),
    "right": ("name",), "exception": ("name",), "constraint": ("name",), "chain": ("name",), "table": ("name",),
}  # fmt: skip


def _declare(sentence: Sentence, out: _Found) -> None:
    for part in DECLARING.get(sentence.kind, ()):
        value: Any = sentence.parts[part]
        for name in value if isinstance(value, tuple) else (value,):
            out.declared.setdefault(as_text(name))


def _nowhere(table: Names, found: _Found, file: str) -> Iterator[Diagnostic]:
    for sort, word in SORTS.items():
        there = found.of(sort)
        for given in table.of(sort):
            if given not in there:
                near = close(given, there)
                yield errors.NameNowhere(
                    table.place(sort, given), sort=word, given=given, file=file, near=near
                )


def _clashes(table: Names, found: _Found) -> Iterator[Diagnostic]:
    """A target that the contract has already may be taken only if its bearer is renamed as well."""
    for sort in SORTS:
        entries = table.of(sort)
        for given, target in entries.items():
            if target in found.of(sort) and target not in entries:
                yield errors.NamesClash(table.place(sort, given), given=given, target=target, other=None)


def _of_libraries(parsed: Parsed, table: Names) -> Iterator[Diagnostic]:
    words = _library_words(parsed.document)
    for given, target in table.names.items():
        if given in words:
            yield errors.LibrarysName(table.place("names", given), name=given, library=words[given])
        elif target in words:
            yield errors.LibrarysName(table.place("names", given), name=target, library=words[target])


def _library_words(document: Document) -> dict[str, str]:
    """Every name in the libraries that a contract uses, with its library."""
    ignored = Collector()
    loaded = gather(document, lambda name: journey.library(name, ignored), ignored, journey.libraries())
    return {
        token.value: library
        for library, one in loaded
        for sentence in _every(one.sentences)
        for token in sentence.tokens
        if token.type == "NAME"
    }


def _rewritten(text: str, table: Names, found: _Found) -> str:
    """The text with names, texts and comments exchanged where they stand; names in backticks, which `format_text` takes off again."""
    pieces: list[tuple[Span, str]] = []
    for given, target in table.names.items():
        pieces += [(span, f"`{target}`") for span in found.names[given]]
        pieces += [(span, quoted(target, "en")) for span in found.actors.get(given, ())]
    for given, target in table.texts.items():
        pieces += [(span, quoted(target, "en")) for span in found.texts[given]]
    for given, target in table.comments.items():
        pieces += [(span, f"# {target}") for span in found.comments[given]]
    for span, new in sorted(pieces, key=lambda piece: piece[0].start, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _compare(parsed: Parsed, new: SourceFile, back: Names) -> None:
    """Turn the new text back and compare: a table that loses something is a fault, whatever the checks before it said."""
    collector = Collector()
    turned = parse_whole(new, collector)
    again = parse_whole(SourceFile(new.name, _rewritten(new.text, back, _found(turned))), collector)
    if collector.has_errors or list(shape(again.document)) != list(shape(parsed.document)):
        raise RuntimeError(f"the contract {new.name} under other names cannot be turned back")


def _untouched(table: Names, found: _Found) -> dict[str, tuple[str, ...]]:
    """What the contract declares or says and the table does not have."""
    own: dict[str, Iterable[str]] = {
        "names": found.declared,
        "texts": found.texts,
        "comments": found.comments,
    }
    return {sort: tuple(one for one in own[sort] if one not in table.of(sort)) for sort in SORTS}
