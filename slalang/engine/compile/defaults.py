"""A base value with exceptions that displace it goes in; the function that finds the one that applies comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.compile.environment import Env
    from slalang.engine.compile.expression import Compiler
    from slalang.ir.expressions import Default, Override

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

    def chosen(env: Env) -> Any:
        found: list[tuple[str, Any]] = []
        for name, when, value in compiled:
            if when(env):
                found.append((name, value(env)))
        if not found:
            return base(env)
        first = found[0][1]
        if any(value != first for _, value in found[1:]):
            names = ", ".join(f"`{name}`" for name, _ in found)
            raise Undetermined(say("conflict", names=names, label=label))
        return first

    return chosen
