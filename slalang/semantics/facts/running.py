"""The lines of a running count or sum go in; the IR's form and the signal's type come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const
from slalang.ir.facts import Running
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Expected, Mixed
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.expressions.patterns import any_only
from slalang.semantics.lines.once import single
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr, Ty
    from slalang.ir.facts import Pattern
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.syntax import tree as syn
    from slalang.syntax.tree import Sentence

ONLY_RUNNING = ("sig_less", "sig_less_count", "sig_reset")
_NEEDS_RUNNING = Text(en="this belongs to a running count or a running sum", zh="此行须与累计次数或累计同用")
_LIKE = Text(
    en="a count has counts taken away (`less count of …`), a sum sums (`less FIELD of …`)",
    zh="累计次数用 `减次数`，累计用 `减 字段 取自 …`",
)
_WINDOW = Text(
    en="a stretch of time such as `30 days`, `12 months` or `24 h`",
    zh="一段时间，例如 `30 日`、`12 个月`、`24 小时`",
)
_PICK = Text(
    en="a running count takes every event, not the first or the last", zh="累计计入每次事件，不取首次或末次"
)


def running(world: World, declared: Declared, line: Sentence, entity: str) -> tuple[Running | None, Ty]:
    """A running count, sum or balance; None after a message."""
    node = parts.pattern(line, "pattern")
    found = _every(world, node, entity)
    if found is None:
        return None, ""
    counts = line.kind == "sig_running_count"
    value: Expr | None = None
    ty: Ty = "integer"
    if not counts:
        value = _value(world, parts.expr(line, "value"), found[1], None)
        if value is None:
            return None, ""
        ty = value.type
    less = single(world, declared.sentence, "sig_less", "sig_less_count")
    taken, taken_value, fine = _less(world, less, entity, ty, counts=counts)
    reset = single(world, declared.sentence, "sig_reset")
    cleared = _every(world, parts.pattern(reset, "pattern"), entity) if reset is not None else None
    opening, opening_fine = _opening(world, declared, ty)
    window, window_fine = _window(world, line)
    if not (fine and opening_fine and window_fine) or (reset is not None and cleared is None):
        return None, ""
    fold = "count" if counts else "balance" if taken is not None else "sum"
    form = Running(
        fold,  # type: ignore[arg-type]
        found[0],
        value,
        taken,
        taken_value,
        cleared[0] if cleared is not None else None,
        opening,
        window,
    )
    return form, ty


def misplaced(world: World, declared: Declared) -> bool:
    """Report the lines of a running signal under one that does not run."""
    lines = [line for line in declared.sentence.children if line.kind in ONLY_RUNNING]
    for line in lines:
        world.collector.add(NotPlaced(line.span, what=_NEEDS_RUNNING))
    return bool(lines)


def _every(
    world: World, node: syn.Pattern | None, entity: str
) -> tuple[Pattern, tuple[EventDeclared, ...]] | None:
    found = any_only(world, node, entity) if node is not None else None
    if found is not None and found[0].pick != "any" and node is not None:
        world.collector.add(NotPlaced(node.span, what=_PICK))
        return None
    return found


def _value(
    world: World, node: syn.Expr | None, events: tuple[EventDeclared, ...], wanted: Ty | None
) -> Expr | None:
    """What each event adds: the same expression over the fields of each of the types, of one type that can be added."""
    if node is None:
        return None
    found: Expr | None = None
    for event in events:
        ctx = Context("event", event.entity, event=event)
        made = lower(world, node, ctx, wanted) if wanted is None else typed(world, node, ctx, wanted)
        if made is None:
            return None
        if not types.is_quantity(made.type) or made.type in {"civil", "workdays"}:
            needed = Text(en="an amount, a number or a duration", zh="金额、数或时长")
            world.collector.add(Expected(node.span, needed=needed, found=of_type(made.type)))
            return None
        if found is not None and found.type != made.type:
            world.collector.add(Mixed(node.span, op="+", left=of_type(found.type), right=of_type(made.type)))
            return None
        found = made
    return found


def _less(
    world: World, line: Sentence | None, entity: str, ty: Ty, *, counts: bool
) -> tuple[Pattern | None, Expr | None, bool]:
    if line is None:
        return None, None, True
    if counts is not (line.kind == "sig_less_count"):
        world.collector.add(NotPlaced(line.span, what=_LIKE))
        return None, None, False
    found = _every(world, parts.pattern(line, "pattern"), entity)
    if found is None:
        return None, None, False
    if counts:
        return found[0], None, True
    value = _value(world, parts.expr(line, "value"), found[1], ty)
    return found[0], value, value is not None


def _opening(world: World, declared: Declared, ty: Ty) -> tuple[Const | None, bool]:
    """The value before the first event; 0 where none is stated."""
    line = single(world, declared.sentence, "sig_starts_as")
    node = parts.expr(line, "value") if line is not None else None
    if node is None:
        return None, line is None
    value = typed(world, node, Context("fixed"), ty)
    return (value, True) if isinstance(value, Const) else (None, False)


def _window(world: World, line: Sentence) -> tuple[Const | None, bool]:
    """How far back events count: an exact or a civil length that is more than nothing."""
    node = parts.expr(line, "window")
    if node is None:
        return None, True
    value = lower(world, node, Context("fixed"))
    if value is None:
        return None, False
    if isinstance(value, Const) and value.type in {"duration", "civil"} and _positive(value):
        return value, True
    world.collector.add(Expected(node.span, needed=_WINDOW, found=of_type(value.type)))
    return None, False


def _positive(value: Const) -> bool:
    return any(Fraction(part) > 0 for part in value.value.split(","))
