"""A sentence of the tree and a part's name go in; the part comes out as the type that `syntax.sentences` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from slalang.syntax.tree import Name, Pattern, Sentence, Text, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.syntax.tree import Cell, Expr


def name(sentence: Sentence, key: str) -> Name | None:
    """A name, or None where the part is left out."""
    part = sentence.parts.get(key)
    return part if isinstance(part, Name) else None


def names(sentence: Sentence, key: str) -> tuple[Name, ...]:
    """Several names; none where the part is left out."""
    part = sentence.parts.get(key)
    if isinstance(part, Name):
        return (part,)
    return tuple(item for item in part if isinstance(item, Name)) if isinstance(part, tuple) else ()


def text(sentence: Sentence, key: str) -> str:
    """The characters of a text, a name or a number part; empty where it is left out."""
    return as_text(sentence.parts.get(key))


def as_text(part: object) -> str:
    """The characters of a text-like part."""
    if isinstance(part, Text | Token):
        return part.value
    if isinstance(part, Name):
        return part.text
    return part if isinstance(part, str) else ""


def ident(sentence: Sentence, key: str) -> str:
    """A keyword id in lower case, empty where the part is left out."""
    part = sentence.parts.get(key)
    return (part.type if isinstance(part, Token) else as_text(part)).lower()


def integer(sentence: Sentence, key: str) -> int | None:
    """A whole number, or None."""
    part = sentence.parts.get(key)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def flag(sentence: Sentence, key: str) -> bool:
    """Whether a flag is set."""
    return bool(sentence.parts.get(key))


def expr(sentence: Sentence, key: str) -> Expr | None:
    """An expression, or None."""
    return cast("Expr | None", sentence.parts.get(key))


def pattern(sentence: Sentence, key: str) -> Pattern | None:
    """An event pattern, or None."""
    part = sentence.parts.get(key)
    return part if isinstance(part, Pattern) else None


def cells(sentence: Sentence) -> tuple[Cell, ...]:
    """The cells of a row."""
    return cast("tuple[Cell, ...]", sentence.parts.get("cells") or ())


def tuples(sentence: Sentence, key: str) -> tuple[Any, ...]:
    """A tuple of anything; empty where it is left out."""
    part = sentence.parts.get(key)
    return part if isinstance(part, tuple) else ()


def pairs(sentence: Sentence, key: str) -> list[tuple[str, Any]]:
    """Pairs of a word and a value."""
    return [(as_text(first), second) for first, second in tuples(sentence, key)]


def children(sentence: Sentence, *kinds: str) -> Iterator[Sentence]:
    """The lines below of the given kinds, in order."""
    return (child for child in sentence.children if child.kind in kinds)


def child(sentence: Sentence, kind: str) -> Sentence | None:
    """The first line below of a kind."""
    return next(children(sentence, kind), None)
