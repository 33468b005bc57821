"""The definitions of a contract go in; how long each is when written out comes out, and a message where nobody could follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.expressions import Builtin, Default, If, Named, Op
from slalang.semantics.errors.lowering import TooLong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slalang.ir.amounts import Definition
    from slalang.ir.expressions import Expr
    from slalang.semantics.scope.world import Declared, World

MOST: Final = 10_000  # parts of a value, all definitions in it written out; a person follows a few dozen


def check(world: World, declared: Iterable[Declared], definitions: Iterable[Definition]) -> None:
    """Refuse definitions that double and double: each is short, but together nobody can follow or evaluate them."""
    places = {one.name: one.span for one in declared}
    values = {one.name: one.value for one in definitions}
    sizes: dict[str, int] = {}
    for name, value in values.items():
        if _of(name, values, sizes) > MOST and not any(size > MOST for size in _inner(value, sizes)):
            world.collector.add(TooLong(places[name], name=name, most=MOST))


def _of(name: str, values: Mapping[str, Expr], sizes: dict[str, int]) -> int:
    if name not in sizes:
        sizes[name] = 1  # a circle is reported elsewhere
        total, stack = 0, [values[name]]
        while stack:
            node = stack.pop()
            total += 1
            if isinstance(node, Named):
                total += _of(node.name, values, sizes) if node.name in values else 0
            else:
                stack += _parts(node)
        sizes[name] = total
    return sizes[name]


def _inner(value: Expr, sizes: Mapping[str, int]) -> list[int]:
    """The sizes of the definitions that a value names: the first one that is too long is told, not all above it."""
    found, stack = [], [value]
    while stack:
        node = stack.pop()
        if isinstance(node, Named):
            found.append(sizes.get(node.name, 0))
        stack += _parts(node)
    return found


def _parts(node: Expr) -> list[Expr]:
    match node:
        case Op() | Builtin():
            return list(node.args)
        case If():
            return [node.condition, node.then, node.orelse]
        case Default():
            return [node.base, *(part for one in node.overrides for part in (one.when, one.value))]
        case _:
            return []
