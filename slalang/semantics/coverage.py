"""The rules that were made and the names that they read go in; names without a rule under some reading are reported."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from slalang.semantics.errors.exceptions import NotCovered, OtherType
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World

MOST = 4096  # combinations of options looked at for one name


def check_readings(world: World) -> None:
    """For each rule and each name that it reads: whatever options a run takes, the name must have a rule."""
    for reader, name in sorted(world.edges, key=lambda edge: (edge[0].span.start, edge[1])):
        alternatives = world.values[name]
        if alternatives[0].kind != "exception" and any(item.under for item in alternatives):
            _covered(world, reader, alternatives)
    for alternatives in world.values.values():
        if len(alternatives) > 1:
            _one_type(world, alternatives)


def _covered(world: World, reader: Declared, alternatives: list[Declared]) -> None:
    fixed = {under.reading: under.option for under in reader.under}
    named = dict.fromkeys(under.reading for item in alternatives for under in item.under)
    if any(reading not in world.readings for reading in named):
        return
    options = [
        [fixed[reading]] if reading in fixed else list(world.readings[reading].options) for reading in named
    ]
    if prod(len(each) for each in options) > MOST:
        return
    for chosen in product(*options):
        taken = dict(zip(named, chosen, strict=True))
        if any(
            all(taken.get(under.reading) == under.option for under in item.under) for item in alternatives
        ):
            continue
        missing = next((reading for reading in named if reading not in fixed), next(iter(named)))
        name = alternatives[0].name
        found = NotCovered(alternatives[0].span, name=name, reading=missing, missing=taken[missing])
        world.collector.add(found, ("covered", name))
        return


def _one_type(world: World, alternatives: list[Declared]) -> None:
    first = _type(world, alternatives[0])
    for other in alternatives[1:]:
        found = _type(world, other)
        if first and found and first != found and {first, found} != {"integer", "number"}:
            world.collector.add(OtherType(other.span, found=of_type(found), other=of_type(first)))


def _type(world: World, declared: Declared) -> str:
    made = next((item for item in world.variants(declared).values() if item is not None), None)
    if declared.kind == "amount_rule" and made is not None:
        return str(made.amount.type)
    return str(getattr(made, "type", ""))
