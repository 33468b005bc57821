"""The clauses of a contract and the rules made go in; the inventory of clauses comes out, empty ones reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.program import Clause
from slalang.semantics import parts
from slalang.semantics.errors.lowering import EmptyClause
from slalang.semantics.errors.names import DuplicateName
from slalang.semantics.scope.world import place
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.source.text import Span
    from slalang.syntax.tree import Name, Sentence

CONTENT: Final = (
    "obligation", "metric", "amount_rule", "cap", "payments", "right", "exception", "table", "let", "parameter", "open_word", "levels",
    "calendar", "signal", "term", "chain", "renews", "ends_on", "suspended", "constraint",
)  # fmt: skip


def clauses(world: World) -> tuple[Clause, ...]:
    """Each clause with its rules or the reason why it is not judged; every clause must have one or the other."""
    found: list[Clause] = []
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
        found.append(
            Clause(
                declared.name, title, texts, reasons, tuple(dict.fromkeys(rules)), place(_heading(sentence))
            )
        )
    return tuple(found)


def _names(line: Sentence) -> tuple[Name, ...]:
    name = parts.name(line, "name")
    return (name,) if name else parts.names(line, "names")


def _heading(sentence: Sentence) -> Span:
    """The first line of a clause."""
    return sentence.tokens[0].span.to(sentence.tokens[-1].span) if sentence.tokens else sentence.span
