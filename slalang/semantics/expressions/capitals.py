"""A call of `in_capitals` or `from_capitals` goes in; the IR's call comes out, or the constant where the argument is one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.builtins.capitals import from_capitals, in_capitals
from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Builtin, Const, Expr
from slalang.semantics.errors.units import CapitalsWrong, Expected, NoCurrency
from slalang.semantics.expressions import types
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written
from slalang.syntax import given
from slalang.values.capitals import CapitalError

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.source.text import Span

# The names of the two functions in both languages.
CALLS: Final = {
    spelling: name for name in ("in_capitals", "from_capitals") for spelling in given.FUNCTIONS[name]
}


def wanted(world: World, name: str) -> str | None:
    """The type of the argument: a text to read, or an amount to write."""
    if CALLS[name] == "from_capitals":
        return "text"
    return f"amount:{world.currency}" if world.currency else None


def call(world: World, name: str, arg: Expr, whole: Span, at: Span) -> Expr | None:
    """The call; a constant is read or written at once, and what cannot be is told at its place."""
    reads = CALLS[name] == "from_capitals"
    if arg.type != "text" if reads else not types.is_amount(arg.type):
        needed = of_type("text" if reads else f"amount:{world.currency or 'CNY'}")
        world.collector.add(Expected(at, needed=needed, found=of_type(arg.type)))
        return None
    currency = world.currency if reads else arg.type.partition(":")[2]
    if not currency:
        line = written("currency", "CNY", chinese=world.chinese)
        world.collector.add(NoCurrency(whole, line=line), ("currency", ""))
        return None
    type_ = f"amount:{currency}" if reads else "text"
    if not isinstance(arg, Const):
        return Builtin(CALLS[name], (arg, Const("text", currency)), type_)
    try:
        if reads:
            return Const(type_, str(from_capitals(arg.value, currency)))
        return Const(type_, in_capitals(Fraction(arg.value), currency))
    except CapitalError as bad:
        world.collector.add(CapitalsWrong(at, fault=Text(en=bad.en, zh=bad.zh), instead=bad.fix or None))
        return None
