"""The form of a metric goes in; the values that it can have come out, as far as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.amounts import BinRatio, CaseFold, EventFold, Formula, Metric, ShareMet, TimeIn, TimeOf
from slalang.ir.expressions import Const, Expr, MetricRef, Op

if TYPE_CHECKING:
    from slalang.semantics.metrics.folded import Folded
    from slalang.semantics.scope.world import World


def domain(world: World, item: Folded) -> tuple[str, str]:
    """The values a metric can have: a share lies in [0, 1], a count, a time and a mean of times are not negative."""
    form = item.form
    if isinstance(form, ShareMet) or (isinstance(form, BinRatio) and form.fold == "share_of_bins"):
        return ("0", "1")
    if isinstance(form, BinRatio) and form.fold == "time_of_bins":
        return ("0", "")
    if isinstance(form, TimeOf | TimeIn) or (isinstance(form, CaseFold | EventFold) and form.fold == "count"):
        return ("0", "")
    if isinstance(form, Formula):
        return _formula_domain(world, form.value)
    return ("", "")


def _formula_domain(world: World, value: Expr) -> tuple[str, str]:
    """Another metric's domain where the formula only names it; [0, 1] for what is left of a whole: `(A − B) / A`, `1 − B / A`."""
    if isinstance(value, MetricRef) and value.back == 0:
        known = [made.domain for made in world.named(value.name) if isinstance(made, Metric)]
        return known[0] if known and all(item == known[0] for item in known) else ("", "")
    if isinstance(value, Op) and value.op == "max" and any(_not_negative(one) for one in value.args):
        return ("0", "")
    if not isinstance(value, Op) or value.type not in {"ratio", "number"}:
        return ("", "")
    match value:
        case Op("/", (Op("-", (whole, _)), by)) if whole == by and by.type in {"duration", "integer"}:
            return ("0", "1")
        case Op("-", (Const(_, "1"), Op("/", (part, by)))) if part.type == by.type and by.type in {
            "duration",
            "integer",
        }:
            return ("0", "1")
        case _:
            return ("", "")


def _not_negative(value: Expr) -> bool:
    return isinstance(value, Const) and not value.value.startswith("-") and value.value[:1].isdigit()
