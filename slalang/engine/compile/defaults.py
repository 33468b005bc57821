"""A base value with exceptions that displace it goes in; the function that finds the one that applies comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import Bound, as_told
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from slalang.engine.compile.environment import Env
    from slalang.engine.compile.expression import Compiler
    from slalang.ir.expressions import Default, Override, Ty

    Function = Callable[[Env], Any]
    Compiled = tuple[str, Function, Function]


def default_value(node: Default, compiler: Compiler) -> Function:
    """Default logic (model §7): the base, unless exceptions apply; two that apply and disagree are a conflict."""
    return _choice(node.label, compiler.expr(node.base), node.overrides, compiler)


def _choice(label: str, base: Function, overrides: tuple[Override, ...], compiler: Compiler) -> Function:
    compiled: list[Compiled] = [
        (
            one.name,
            compiler.expr(one.when),
            _choice(one.name, compiler.expr(one.value), one.overrides, compiler),
        )
        for one in overrides
        if all(compiler.world.reading(name) == option for name, option in one.under)
    ]
    if not compiled:
        return base
    types, zone = {one.name: one.value.type for one in overrides}, compiler.world.zone.tz

    def chosen(env: Env) -> Any:
        found: list[tuple[str, Any]] = []
        for name, when, value in compiled:
            if when(env):
                found.append((name, value(env)))
        if not found:
            return base(env)
        first = found[0][1]
        if any(value != first for _, value in found[1:]):
            names = ", ".join(f"`{name}` ({_told(types[name], value, zone)})" for name, value in found)
            raise Undetermined(say("conflict", names=names, label=label))
        return first

    return chosen


def _told(type_: Ty, value: Any, zone: tzinfo) -> str:
    """What an exception gives, with its unit; a limit with its bound."""
    if isinstance(value, Bound):
        return f"{'<' if value.strict else '<='} {as_told(value.type, value.amount, zone)}"
    unit = type_.removeprefix("amount:") if type_.startswith("amount:") else ""
    return f"{as_told(type_, value, zone)} {unit}".rstrip()
