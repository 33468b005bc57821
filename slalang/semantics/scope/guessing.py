"""The formula of a metric that looks back at itself goes in, before it is made; the type that it must have comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.semantics.scope.world import World

_FOLDS: Final = {"share_met": "ratio", "count": "integer", "time_of": "duration", "time_in": "duration"}
_UNITS: Final = {
    "PERCENT": "ratio", "PERMILLE": "ratio", "DAY": "civil", "WEEK": "civil", "MONTH": "civil", "YEAR": "civil", "MICROSECOND": "duration",
    "MILLISECOND": "duration", "SECOND": "duration", "MINUTE": "duration", "HOUR": "duration",
}  # fmt: skip


def guessed(world: World, node: object) -> Ty:
    """The type that a sum, a choice or a bound of known parts has; empty where its parts do not tell.

    A product or quotient is not looked into: its checking tells its type later, and a guess is never more than what is
    compared with that.
    """
    match node:
        case syn.Aggregate():
            return _FOLDS.get(node.fold, "")
        case syn.Measured():
            return f"amount:{node.currency}" if node.unit == "AMOUNT" else _UNITS.get(node.unit, "")
        case syn.Name():
            return _named(world, node)
        case syn.Unary() if node.op == "-":
            return guessed(world, node.arg)
        case syn.Binary() if node.op in {"+", "-"}:
            return guessed(world, node.left) or guessed(world, node.right)
        case syn.Choice():
            return guessed(world, node.then) or guessed(world, node.orelse)
        case syn.Call():
            return next((found for arg in node.args if (found := guessed(world, arg))), "")
        case _:
            return ""


def _named(world: World, name: syn.Name) -> Ty:
    """The type of a parameter or another metric, where it can be made without this one."""
    found = world.values.get(name.text, [])
    if not found or found[0].kind not in {"parameter", "open_word", "metric"} or world.is_making(found[0]):
        return ""
    made = world.made(found[0])
    return "" if made is None else str(made.type)
