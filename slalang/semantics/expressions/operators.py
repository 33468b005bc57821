"""An operator and its typed arguments go in; the typed operation comes out, or None after a message about units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const, Expr, Op, Ty
from slalang.semantics.errors.units import DivisionByZero, Expected, Mixed, NotMultiplied, OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from slalang.ir.expressions import Operator
    from slalang.semantics.scope.world import World
    from slalang.source.text import Span

_BY_TEXT: dict[str, Operator] = {
    "<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "==", "is_not": "!=", "==": "==", "!=": "!=",
    "+": "+", "-": "-", "*": "*", "/": "/", "and": "and", "or": "or",
}  # fmt: skip
_SHOWN = {"==": "is", "!=": "is not", "*": "×"}


def joined(world: World, op_text: str, left: Expr, right: Expr, span: Span) -> Expr | None:
    """`left op right`."""
    op = _BY_TEXT[op_text]
    if op != "*":  # nothing times a thing is none of it, and needs no unit of its own
        left, right = _adapted(left, right)
    if op in {"and", "or"}:
        return truth(world, op, (left, right), span)
    if op in {"<", "<=", ">", ">=", "==", "!="}:
        return _compared(world, op, left, right, span)
    if op in {"+", "-"}:
        ty = types.added(left.type, right.type, op)
        if ty is None:
            _mixed(world, op, left, right, span)
            return None
    else:
        ty = types.multiplied(left.type, right.type) if op == "*" else types.divided(left.type, right.type)
        if ty is None:
            _no_product(world, op, left, right, span)
            return None
        if op == "/" and isinstance(right, Const) and right.value == "0":
            world.collector.add(DivisionByZero(span))
            return None
        if (
            op == "/"
            and left.type == right.type == "integer"
            and not (isinstance(left, Const) and isinstance(right, Const))
        ):
            ty = "ratio"
    return _counted(world, op, left, right, ty) or Op(op, (left, right), ty)


def _counted(world: World, op: Operator, left: Expr, right: Expr, ty: Ty) -> Expr | None:
    """`3 × voucher` is a fixed value, as `3 CNY` is."""
    if op != "*" or not isinstance(left, Const) or not isinstance(right, Const):
        return None
    of_unit = ty.startswith("amount:") and ty.partition(":")[2] in world.units
    numbers = {left.type, right.type} & set(types.NUMBERS)
    return Const(ty, str(Fraction(left.value) * Fraction(right.value))) if of_unit and numbers else None


def truth(world: World, op: Operator, args: tuple[Expr, ...], span: Span) -> Expr | None:
    """`and`, `or`, `not`."""
    for arg in args:
        if not expect(world, arg, "bool", span):
            return None
    return Op(op, args, "bool")


def negated(world: World, arg: Expr, span: Span) -> Expr | None:
    """`-a`; a constant stays one."""
    if arg.type in {"civil", "workdays"}:
        world.collector.add(OutOfDomain(span, name=span.text, domain="> 0"))
        return None
    if not types.is_quantity(arg.type):
        none = Text(en="nothing", zh="空")
        world.collector.add(Mixed(span, op="-", left=none, right=of_type(arg.type)))
        return None
    if isinstance(arg, Const):
        return Const(
            arg.type, arg.value.removeprefix("-") if arg.value.startswith("-") else _minus(arg.value)
        )
    return Op("neg", (arg,), arg.type)


def _minus(value: str) -> str:
    return value if value == "0" else f"-{value}"


def expect(world: World, found: Expr, wanted: Ty, span: Span, remedy: Text | None = None) -> bool:
    """Whether a value is of the wanted type; if not, it is reported."""
    if fits(found.type, wanted):
        return True
    needed = of_type(wanted)
    world.collector.add(
        Expected(span, needed=needed, found=of_type(found.type), remedy=remedy or _remedy(found, wanted))
    )
    return False


def fits(found: Ty, wanted: Ty) -> bool:
    """Whether a value of one type may stand where another is wanted: a whole number is a number."""
    return found == wanted or (found == "integer" and wanted == "number")


def _remedy(found: Expr, wanted: Ty) -> Text | None:
    if isinstance(found, Const) and found.type in types.NUMBERS:
        return _with_unit(found.value, wanted)
    return None


def _with_unit(value: str, wanted: Ty) -> Text | None:
    head, _, unit = wanted.partition(":")
    written = {
        "ratio": f"{value}%",
        "points": f"{value} points",
        "duration": f"{value} min",
        "amount": f"{value} {unit}",
    }
    if head not in written or "/" in value:  # a fraction is not how anybody wrote it
        return None
    return Text(en=f"write its unit, such as `{written[head]}`", zh=f"写出单位，例如 `{written[head]}`")


def _adapted(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """A literal 0 is nothing in any unit and a literal 1 is the whole of a share: both need no unit beside one that has it."""
    return _unit_of(left, right.type), _unit_of(right, left.type)


def _unit_of(value: Expr, beside: Ty) -> Expr:
    if isinstance(value, Const) and value.type == "integer" and beside not in types.NUMBERS:
        whole = value.value == "1" and beside == "ratio"
        nothing = value.value == "0" and (
            beside in {"ratio", "points", "duration"} or types.is_amount(beside)
        )
        if whole or nothing:
            return replace(value, type=beside)
    return value


def _compared(world: World, op: Operator, left: Expr, right: Expr, span: Span) -> Expr | None:
    if not types.compared(left.type, right.type):
        _mixed(world, op, left, right, span)
        return None
    if op not in {"==", "!="} and not types.is_ordered(left.type):
        _mixed(world, op, left, right, span)
        return None
    return Op(op, (left, right), "bool")


def _mixed(world: World, op: Operator, left: Expr, right: Expr, span: Span) -> None:
    remedy = None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Const) and one.type in types.NUMBERS:
            remedy = remedy or _with_unit(one.value, other.type)
    if {left.type, right.type} == {"points", "ratio"}:
        remedy = Text(
            en="per cent and percentage points are not the same: say which is meant",
            zh="百分比与百分点不同: 请写明所指",
        )
    if {left.type, right.type} == {"date", "instant"}:
        remedy = Text(
            en="write a time of day beside the date: `2026-03-02 00:00`",
            zh="在日期后写出钟点: `2026-03-02 00:00`",
        )
    shown = _SHOWN.get(op, op)
    remedy = remedy or _between({left.type, right.type})
    world.collector.add(
        Mixed(span, op=shown, left=of_type(left.type), right=of_type(right.type), remedy=remedy)
    )


def _between(kinds: set[Ty]) -> Text | None:
    """What goes beside an instant, and how a share becomes a number."""
    if "ratio" in kinds and kinds & set(types.NUMBERS):
        return Text(
            en="a share as a plain number is `number(…)`; two quantities of one kind, divided, are a share",
            zh="占比作为普通的数写作 `数值(…)`；两个同类的量相除得占比",
        )
    if "instant" in kinds and kinds & {"civil", "workdays"}:
        return Text(
            en="beside an instant write hours: `168 h` for seven days of 24 hours",
            zh="时刻旁写小时: 七个 24 小时的日写作 `168 小时`",
        )
    if kinds == {"date", "workdays"}:
        return Text(
            en="business days are counted in a limit (`within <= 5 business days of C`); beside a date write days",
            zh="工作日在期限中计（`限 <= 5 个工作日 取自 C`）；日期旁写天数",
        )
    return None


def _no_product(world: World, op: Operator, left: Expr, right: Expr, span: Span) -> None:
    remedy = None
    if "points" in {left.type, right.type}:
        remedy = Text(en="a share of something is written in `%`", zh="某量的份额以 `%` 书写")
    shown = _SHOWN.get(op, op)
    found = NotMultiplied(span, op=shown, left=of_type(left.type), right=of_type(right.type), remedy=remedy)
    world.collector.add(found)
