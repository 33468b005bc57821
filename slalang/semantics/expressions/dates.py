"""A call of `days_from`, `days_in_month` or `days_in_year` goes in; the IR's call comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.expressions import Builtin, Expr
from slalang.semantics.errors.names import UnknownName
from slalang.semantics.errors.units import Expected
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import given

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax import tree as syn

_DATES: Final = {"days_from": 2, "days_in_month": 1, "days_in_year": 1}
# The names of the functions in both languages.
CALLS: Final = {spelling: name for name in _DATES for spelling in given.FUNCTIONS[name]}


def call(world: World, node: syn.Call, days: list[Expr]) -> Expr | None:
    """A number of days, of one date or from one to another, both included."""
    name = CALLS[node.name.text]
    if len(days) != _DATES[name]:
        wanted = ", ".join("AB"[: _DATES[name]])
        world.collector.add(
            UnknownName(node.name.span, name=f"{node.name.text}(…)", near=(f"{node.name.text}({wanted})",))
        )
        return None
    for day, arg in zip(days, node.args, strict=True):
        if day.type != "date":
            world.collector.add(Expected(arg.span, needed=of_type("date"), found=of_type(day.type)))
            return None
    return Builtin(name, tuple(days), "number")
