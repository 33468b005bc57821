"""A share that an amount reads goes in; whether more of it is better service, worse service, or nobody knows, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.amounts import BinRatio, Formula, ShareMet
from slalang.ir.expressions import Const, Default, Expr, MetricRef, Named, Op

if TYPE_CHECKING:
    from slalang.prove.model import Model

GOOD: Final = "good"
BAD: Final = "bad"
UNKNOWN: Final = "unknown"
_OTHER: Final = {GOOD: BAD, BAD: GOOD, UNKNOWN: UNKNOWN}
_DEEPEST: Final = 20


def service(model: Model, node: Expr, depth: int = 0) -> str:
    """`good` for a share met, for bins below a bound and for what is left of a whole; `bad` for a part that is taken off one."""
    if depth > _DEEPEST:
        return UNKNOWN
    match node:
        case MetricRef():
            metric = model.metrics.get(node.name)
            return UNKNOWN if metric is None else _of_form(model, metric.form, depth)
        case Named():
            made = model.definitions.get(node.name)
            return UNKNOWN if made is None else service(model, made.value, depth + 1)
        case Default():
            return service(model, node.base, depth + 1)
        case Op("-", (Const(), part)):
            # What somebody takes off a whole is what went wrong, unless it is known to be good.
            found = service(model, part, depth + 1)
            return GOOD if found == UNKNOWN else _OTHER[found]
        case Op("/", (Op("-", (whole, _)), by)) if whole == by or _same(model, whole, by):
            return GOOD
        case Op("min" | "max" | "round_down" | "round_up" | "round_nearest", args):
            found_ = {service(model, one, depth + 1) for one in args if not isinstance(one, Const)}
            return found_.pop() if len(found_) == 1 else UNKNOWN
        case _:
            return UNKNOWN


def _same(model: Model, one: Expr, other: Expr) -> bool:
    """Whether two metrics are worked out alike: each aggregate in a formula is a metric of its own."""
    if not isinstance(one, MetricRef) or not isinstance(other, MetricRef):
        return False
    first, second = model.metrics.get(one.name), model.metrics.get(other.name)
    return first is not None and second is not None and first.form == second.form and one.back == other.back


def _of_form(model: Model, form: object, depth: int) -> str:
    match form:
        case ShareMet():
            return GOOD
        case BinRatio() if form.fold == "share_of_bins":
            return GOOD if form.test in {"<", "<="} else UNKNOWN
        case Formula():
            return service(model, form.value, depth + 1)
        case _:
            return UNKNOWN
