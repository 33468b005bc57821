"""A contract and what was typed on a command line go in; constants or a scenario come out, or diagnostics at what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.collector import Collector
from slalang.semantics import parts
from slalang.semantics.from_syntax import declare
from slalang.semantics.scenarios import binding, scenario
from slalang.semantics.scope.collect import collect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slalang.ir.expressions import Const
    from slalang.ir.scenarios import Scenario
    from slalang.syntax.tree import Document


def settings(
    document: Document,
    load_library: Callable[[str], Document | None],
    typed: Document,
    collector: Collector,
) -> Mapping[str, Const]:
    """The parameters that the `with` lines of `typed` (a scenario without facts) bind, checked against type and domain.

    Args:
        document: the contract, already known to be sound.
        load_library: as for `check`.
        typed: a document with one scenario whose lines are `with NAME = VALUE`.
        collector: told every unknown name, wrong type and value outside its domain.
    """
    world = declare(document, load_library, Collector())
    world.collector = collector
    pairs = [
        binding(world, pair)
        for sentence in typed.sentences
        for line in parts.children(sentence, "with")
        for pair in parts.tuples(line, "bindings")
    ]
    return dict(pair for pair in pairs if pair is not None)


def facts(
    document: Document,
    load_library: Callable[[str], Document | None],
    typed: Document,
    collector: Collector,
) -> Scenario | None:
    """The one scenario of `typed`, read with the names of the contract."""
    world = declare(document, load_library, Collector())
    world.collector = collector
    collect(world, typed, own=True)
    return scenario(world, world.scenarios[-1]) if world.scenarios else None
