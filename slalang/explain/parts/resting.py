"""A metric or an amount goes in; the readings, stated assumptions and open words that its figure rests on come out, as a node.

What a figure reads it rests on as well: definitions, tables, other figures, and the obligations whose cases it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import literal
from slalang.explain.tree import Arg, Node, Word, node
from slalang.ir.expressions import Const
from slalang.ir.rules import Obligation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.ir.amounts import AmountRule, Definition, Metric, Table
    from slalang.ir.program import Parameter, Program
    from slalang.ir.rules import About, Excuse, Standstill, Under

    Read = AmountRule | Metric | Obligation | Definition | Table


def resting(program: Program, rule: Metric | AmountRule | None) -> Node | None:
    """Everything that the source left open and the figure depends on, each once; the rule's own first."""
    if rule is None:
        return None
    stated: dict[str, None] = {}
    unders: dict[Under, None] = {}
    words: dict[str, None] = {}
    for about, under, reads in _reached(program, rule):
        stated |= dict.fromkeys(about.assumptions)
        unders |= dict.fromkeys(under)
        words |= dict.fromkeys(
            name.removeprefix("parameter:") for name in reads if name.startswith("parameter:")
        )
    rows = [node("assumption.stated", value=text, reason=None) for text in stated]
    rows += [_reading(program, under) for under in unders]
    rows += [_word(one) for one in program.parameters if one.open_word and one.name in words]
    return node("assumptions", *rows) if rows else None


def _reached(
    program: Program, start: Metric | AmountRule
) -> Iterator[tuple[About, tuple[Under, ...], tuple[str, ...]]]:
    known: dict[str, Read] = {}
    for kind, rules in (
        ("definition", program.definitions),
        ("table", program.tables),
        ("metric", program.metrics),
        ("amount", program.amounts),
        ("rule", program.obligations),
    ):
        known |= {f"{kind}:{one.name}": one for one in rules}
    todo: list[Read] = [start]
    seen: set[str] = set()
    while todo:
        one = todo.pop(0)
        shape = getattr(one, "shape", None)
        reads: tuple[str, ...] = shape.reads if shape is not None else ()
        yield one.about, _unders(one), reads
        todo += [known[name] for name in reads if name in known and name not in seen]
        seen.update(reads)


def _unders(one: Read) -> tuple[Under, ...]:
    if not isinstance(one, Obligation):
        return one.under
    parts: tuple[Standstill | Excuse, ...] = (*one.clock.standstills, *one.excuses)
    return (*one.under, *(under for part in parts for under in part.under))


def _reading(program: Program, under: Under) -> Node:
    found = next((one for one in program.readings if one.name == under.reading), None)
    because = found.because if found is not None and found.chosen == under.option else ""
    kind = Word("reading", "assumption")
    return node("assumption", sort=kind, name=under.reading, value=under.option, reason=because or None)


def _word(one: Parameter) -> Node:
    value: Arg = literal(one.type, one.value.value) if isinstance(one.value, Const) else None
    kind = Word("open_word", "assumption")
    return node("assumption", sort=kind, name=one.name, value=value, reason=one.about.text or None)
