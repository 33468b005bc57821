"""The line that says from when on an act counts goes in; the length after the start comes out, checked against the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const
from slalang.ir.rules import Within
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Expected, OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import lower
from slalang.semantics.lines.once import single
from slalang.semantics.scope.kinds import of_type

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.semantics.rules.obligations import Draft

LENGTHS = ("duration", "civil")


def not_before(draft: Draft, modality: str) -> Expr | None:
    """`not before 7 days`: what comes sooner after the start neither keeps nor breaks; None without the line, or after a report."""
    line = single(draft.world, draft.sentence, "not_before")
    node = parts.expr(line, "length") if line else None
    if line is None or node is None:
        return None
    limit = draft.limit
    if (
        modality not in {"duty", "measured"}
        or draft.scope.kind == "recurring"
        or not isinstance(limit, Within)
    ):
        what = Text(
            en="an act that comes too early is one of a duty or a measured case with `within`",
            zh="过早的行为只见于以 `限` 定期的义务或计量",
        )
        draft.world.collector.add(NotPlaced(line.span, what=what))
        draft.fine = False
        return None
    value = lower(draft.world, node, Context("fixed"))
    if value is None:
        draft.fine = False
        return None
    if value.type not in LENGTHS:
        found = of_type(value.type)
        draft.world.collector.add(Expected(node.span, needed=of_type("duration"), found=found))
        draft.fine = False
        return None
    if _never(value, limit.limit):
        draft.world.collector.add(
            OutOfDomain(node.span, name=node.span.text, domain=f"< {_shown(limit.limit)}")
        )
        draft.fine = False
        return None
    return value


def _never(value: Expr, limit: Expr) -> bool:
    """Whether nothing could ever be in time: it counts only when the limit has passed."""
    if not isinstance(value, Const) or not isinstance(limit, Const):
        return False
    _, kind, amount = limit.value.split(" ", 2)
    if kind != value.type:
        return False
    if kind == "duration":
        return int(value.value) > int(amount)
    first, last = (tuple(int(part) for part in one.split(",")) for one in (value.value, amount))
    return first[0] == last[0] and first[1] > last[1]


def _shown(limit: Expr) -> str:
    return limit.value if isinstance(limit, Const) else ""
