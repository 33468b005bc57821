"""A version and what is bound go in; the values that follow from them without any event come out: definitions and limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.engine.agreements.firsts import Firsts
from slalang.engine.compile.constants import Bound, as_plain
from slalang.engine.in_force import InForce
from slalang.engine.settings import FOREVER, Settings, Version
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.engine.world import World
from slalang.events.registers import Registers
from slalang.ir.rules import Within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slalang.ir.expressions import Const, Expr, Ty
    from slalang.ir.program import Program
    from slalang.ir.rules import Under


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that needs no event: of a definition, or the limit of an obligation, as canonical text of its type."""

    name: str
    type: Ty
    value: str


def stated(program: Program, parameters: Mapping[str, Const], readings: Mapping[str, str]) -> list[Stated]:
    """The definitions and limits that what is bound decides; those that read events, signals or metrics are left out."""
    world = _world(program, parameters, readings)
    return [
        Stated(name, type_, text)
        for name, type_, expression in _wanted(world)
        if (text := _value(world, type_, expression)) is not None
    ]


def _world(program: Program, parameters: Mapping[str, Const], readings: Mapping[str, str]) -> World:
    in_force = InForce(Version(program), -FOREVER, FOREVER, -FOREVER)
    registers = Registers()
    settings = Settings(0, {"": parameters}, readings)
    return World(in_force, registers, settings, Firsts(registers), tracing=False)


def unchosen(
    program: Program, parameters: Mapping[str, Const], readings: Mapping[str, str]
) -> tuple[str, ...]:
    """Obligations and amounts of options that what is bound for the whole run does not take: no fact can bring them to life."""
    world = _world(program, parameters, readings)
    rules: list[tuple[str, tuple[Under, ...], Expr | None]] = [
        (one.name, one.under, one.chosen) for one in program.obligations
    ]
    rules += [(one.name, one.under, one.when) for one in program.amounts]
    found = []
    for name, under, condition in rules:
        if condition is not None and world.applies(under) and _value(world, "bool", condition) == "False":
            found.append(name)
    return tuple(dict.fromkeys(found))


def _wanted(world: World) -> Iterator[tuple[str, Ty, Expr]]:
    for one in world.program.definitions:
        if world.applies(one.under):
            yield one.name, one.type, one.value
    for rule in world.program.obligations:
        if world.applies(rule.under) and isinstance(rule.limit, Within):
            yield rule.name, "limit", rule.limit.limit


def _value(world: World, type_: Ty, expression: Expr) -> str | None:
    if any(
        node.kind in {"signal", "metric", "case", "amount", "field"} for node in world.nodes([expression])
    ):
        return None
    try:
        value: Any = world.compiler.expr(expression)(world.env)
    except (Undetermined, Nothing):
        return None
    if type_ == "limit" and not isinstance(value, Bound):
        return None
    plain = as_plain(value)
    return None if plain is None else str(plain)
