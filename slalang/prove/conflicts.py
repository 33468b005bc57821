"""Values with exceptions go in; pairs of equal rank that can hold at once and disagree come out, each with a case."""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const, Default, Expr, Override
from slalang.ir.rules import Under
from slalang.prove.amounts.sweeping import INPUTS
from slalang.prove.axes import Axis, axis, cuts_in
from slalang.prove.errors import ExceptionsClash, NotProved
from slalang.prove.regions import witness
from slalang.semantics.expressions.reads import of_table, parts
from slalang.semantics.scope.collect import unders_exclude

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.ir.rules import About
    from slalang.prove.model import Model, Value
    from slalang.prove.places import Places

MOST: Final = 20_000


def sweep_default(model: Model, value: Default, about: About, places: Places, collector: Collector) -> None:
    """Look at every pair of exceptions of equal rank, at each depth."""
    groups = [value.overrides]
    while groups:
        group = groups.pop()
        groups += [item.overrides for item in group if item.overrides]
        for one, other in combinations(group, 2):
            if not unders_exclude(_under(one), _under(other)) and one.value != other.value:
                _pair(model, value, one, other, about, places, collector)


def _under(item: Override) -> tuple[Under, ...]:
    return tuple(Under(reading, option) for reading, option in item.under)


def _pair(
    model: Model,
    value: Default,
    one: Override,
    other: Override,
    about: About,
    places: Places,
    collector: Collector,
) -> None:
    axes = _axes(model, [one.when, other.when])
    if axes is None:
        what = Text(
            en=f"whether `{one.name}` and `{other.name}` can hold at once",
            zh=f"`{one.name}` 与 `{other.name}` 能否同时成立",
        )
        collector.add(NotProved(places.of(about.place), name=value.label, what=what))
        return
    for items in product(*(range(item.size) for item in axes)):
        known = {item.input: item.sample(place, place) for item, place in zip(axes, items, strict=True)}
        holds = [model.value(item.when, known) for item in (one, other)]
        if False in holds:
            continue
        if _agree(model, one.value, other.value, known):
            continue
        if None in holds:
            what = Text(
                en=f"whether `{one.name}` and `{other.name}` can hold at once",
                zh=f"`{one.name}` 与 `{other.name}` 能否同时成立",
            )
            collector.add(NotProved(places.of(about.place), name=value.label, what=what))
            return
        shown = witness(axes, known)
        collector.add(
            ExceptionsClash(
                places.of(about.place), one=one.name, other=other.name, target=value.label, witness=shown
            )
        )
        return


def _agree(model: Model, one: Expr, other: Expr, known: dict[Expr, Value]) -> bool:
    if isinstance(one, Const) and isinstance(other, Const):
        return one == other
    values = [model.value(item, known) for item in (one, other)]
    return None not in values and values[0] == values[1]


def _axes(model: Model, roots: list[Expr]) -> list[Axis] | None:
    cuts = cuts_in(model, roots)
    found: list[Axis] = []
    seen: set[Expr] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, INPUTS) and node not in seen:
            seen.add(node)
            made = axis(model, node, _name(node), cuts)
            if made is None:
                return None
            found.append(made)
        if node.kind == "named" and node.name in model.definitions:
            stack.append(model.definitions[node.name].value)
        if node.kind == "lookup" and node.table in model.tables:
            stack += of_table(model.tables[node.table])
        stack += parts(node)
    return found if prod(item.size for item in found) <= MOST else None


def _name(node: Expr) -> str:
    for key in ("name", "signal", "what"):
        if hasattr(node, key):
            return str(getattr(node, key))
    return node.kind
