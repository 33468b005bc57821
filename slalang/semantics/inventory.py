"""The clauses of a contract and the rules made go in; the inventory of clauses comes out, empty ones reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.program import Clause
from slalang.semantics import parts
from slalang.semantics.errors.lowering import EmptyClause
from slalang.semantics.errors.names import ClauseNotThere, ClauseThere, DuplicateName
from slalang.semantics.lines.paper import listed
from slalang.semantics.scope.world import place
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.semantics.scope.world import Declared, World
    from slalang.source.text import Span
    from slalang.syntax.tree import Name, Sentence

CONTENT: Final = (
    "obligation", "metric", "amount_rule", "cap", "payments", "right", "exception", "table", "let", "parameter", "open_word", "levels",
    "calendar", "signal", "term", "chain", "renews", "ends_on", "suspended", "constraint",
)  # fmt: skip


def clauses(world: World) -> tuple[Clause, ...]:
    """Each clause with its rules or the reason why it is not judged; every clause must have one or the other, and points to clauses that
    the paper has (as listed, else as told)."""
    found: list[Clause] = []
    there = {*world.paper, *(one.name for one in world.clauses)}
    seen: dict[str, Declared] = {}
    for declared in world.clauses:
        sentence = declared.sentence
        if declared.name in seen:
            first = seen[declared.name].span
            world.collector.add(DuplicateName(_heading(sentence), name=declared.name, first=first))
        seen[declared.name] = declared
        texts = tuple(parts.text(line, "text") for line in parts.children(sentence, "paraphrase"))
        reasons = tuple(parts.text(line, "why") for line in parts.children(sentence, "not_judged"))
        rules = tuple(name.text for line in parts.children(sentence, *CONTENT) for name in _names(line))
        held = rules or any(line.kind in {*CONTENT, "clause"} for line in sentence.children)
        if not held and not reasons:
            example = written("not_judged", chinese=world.chinese)
            world.collector.add(EmptyClause(_heading(sentence), number=declared.name, line=example))
        title = parts.text(sentence, "title")
        astray = tuple(
            pair for line in parts.children(sentence, "points_to") for pair in _astray(world, line, there)
        )
        found.append(
            Clause(
                declared.name,
                title,
                texts,
                reasons,
                tuple(dict.fromkeys(rules)),
                place(_heading(sentence)),
                astray,
            )
        )
    return tuple(found)


def _astray(world: World, line: Sentence, there: set[str]) -> Iterator[tuple[str, str]]:
    """The clauses of a line that the paper does not have; reported where the line does not say so, or says so of one that is there."""
    why = parts.text(line, "why")
    for number, text in listed(world, line):
        is_there = any(one == number or one.startswith((f"{number}.", f"{number}(")) for one in there)
        if is_there and why:
            world.collector.add(ClauseThere(text.span, number=number))
        elif not is_there and not why:
            remedy = f"{_as_written(line)} {written('not_there', chinese=world.chinese)}"
            world.collector.add(ClauseNotThere(text.span, number=number, line=remedy))
        elif not is_there:
            yield number, why


def _as_written(line: Sentence) -> str:
    return " ".join(line.span.text.split())


def _names(line: Sentence) -> tuple[Name, ...]:
    name = parts.name(line, "name")
    return (name,) if name else parts.names(line, "names")


def _heading(sentence: Sentence) -> Span:
    """The first line of a clause."""
    return sentence.tokens[0].span.to(sentence.tokens[-1].span) if sentence.tokens else sentence.span
