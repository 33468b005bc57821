"""Two types and an operator go in; the type of the result comes out, or None where the operation has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty

NUMBERS: Final = ("number", "integer")
SHARES: Final = ("ratio", "number", "integer")
ORDERED: Final = ("number", "integer", "ratio", "points", "duration", "civil", "workdays", "date", "instant")


def is_amount(ty: Ty) -> bool:
    """Money or another unit of an amount."""
    return ty.startswith("amount:")


def is_ordered(ty: Ty) -> bool:
    """Whether `<` has a meaning among values of the type; levels are ordered too."""
    return ty in ORDERED or is_amount(ty) or ty.startswith("levels:")


def is_quantity(ty: Ty) -> bool:
    """Whether values of the type can be added to their like."""
    return ty in {"number", "integer", "ratio", "points", "duration", "civil", "workdays"} or is_amount(ty)


def same(left: Ty, right: Ty) -> Ty | None:
    """The type of what may be either: equal types, or a whole number among numbers."""
    if left == right:
        return left
    return "number" if left in NUMBERS and right in NUMBERS else None


def added(left: Ty, right: Ty, op: str) -> Ty | None:
    """`left + right` or `left - right`."""
    if is_quantity(left) and (joined := same(left, right)):
        return joined
    if left == "ratio" and right == "points":
        return "ratio"
    if (left, right) == ("date", "civil") or (left, right) == ("date", "workdays"):
        return "date"
    if (left, right) == ("instant", "duration"):
        return "instant"
    if op == "-" and (left, right) == ("instant", "instant"):
        return "duration"
    return None


def multiplied(left: Ty, right: Ty) -> Ty | None:
    """`left × right`: at most one of the two is more than a share or a number."""
    if left in NUMBERS and right in NUMBERS:
        return same(left, right)
    if left in SHARES and right in SHARES:
        return "ratio"
    for one, other in ((left, right), (right, left)):
        if one in NUMBERS and is_quantity(other):
            return other
        if one == "ratio" and (is_amount(other) or other == "duration"):
            return other
    return None


def divided(left: Ty, right: Ty) -> Ty | None:
    """`left ÷ right`: like by like is a share (numbers stay a number), anything by a number stays what it is."""
    if left == right and (is_amount(left) or left in {"duration", "ratio", "points"}):
        return "ratio" if left not in {"ratio", "points"} else "number"
    if right in NUMBERS and is_quantity(left):
        return "number" if left == "integer" else left
    if right == "ratio" and (is_amount(left) or left in {"duration", *NUMBERS}):
        return "number" if left in NUMBERS else left
    return None


def compared(left: Ty, right: Ty) -> bool:
    """Whether two values can be held against each other."""
    return same(left, right) is not None and left != "limit"
