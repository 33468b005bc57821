"""A checked program goes in; every gap, contradiction, unreachable row, amount out of bounds and clash of exceptions comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.expressions import Default, Expr
from slalang.ir.rules import Within
from slalang.prove.amounts.sweeping import sweep_amount
from slalang.prove.conflicts import sweep_default
from slalang.prove.model import Model
from slalang.prove.places import Places
from slalang.prove.tables import sweep_table
from slalang.semantics.expressions.reads import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slalang.diagnostics.collector import Collector
    from slalang.ir.program import Program
    from slalang.ir.rules import About, Under
    from slalang.source.text import SourceFile


def sweep(program: Program, sources: Mapping[str, SourceFile], collector: Collector) -> None:
    """Prove what tables and formulas show, exactly and without replaying time.

    Each rule is looked at under its own reading, and under the chosen options of all others.

    Args:
        program: a program without errors.
        sources: the files that places point into, by name; other places are shown by file and line.
        collector: told every finding.
    """
    places = Places(sources)
    models: dict[tuple[Under, ...], Model] = {}

    def model(under: tuple[Under, ...]) -> Model:
        if under not in models:
            models[under] = Model(program, under)
        return models[under]

    # An amount's own table is read only where the amount's condition holds.
    read_when = {(f"{rule.name}.amount", rule.under): rule.when for rule in program.amounts}
    for table in program.tables:
        when = read_when.get((table.name, table.under))
        sweep_table(model(table.under), table, when, places, collector)
    for rule in program.amounts:
        sweep_amount(model(rule.under), rule, places, collector)
    for value, about, under in _defaults(program):
        sweep_default(model(under), value, about, places, collector)


def _defaults(program: Program) -> Iterator[tuple[Default, About, tuple[Under, ...]]]:
    """Every value that exceptions displace, with the rule that it stands in."""
    for definition in program.definitions:
        yield from _inside([definition.value], definition.about, definition.under)
    for obligation in program.obligations:
        if isinstance(obligation.limit, Within):
            yield from _inside([obligation.limit.limit], obligation.about, obligation.under)
    for metric in program.metrics:
        if metric.form.kind == "formula":
            yield from _inside([metric.form.value], metric.about, metric.under)
    for rule in program.amounts:
        yield from _inside([rule.amount], rule.about, rule.under)


def _inside(
    roots: Iterable[Expr], about: About, under: tuple[Under, ...]
) -> Iterator[tuple[Default, About, tuple[Under, ...]]]:
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, Default):
            yield node, about, under
        stack += parts(node)
