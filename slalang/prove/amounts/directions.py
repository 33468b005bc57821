"""An amount rule and the figure that it goes along go in; which end of the figure is the worse service comes out, where anything says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from slalang.ir.amounts import ShareMet
from slalang.ir.expressions import CaseValue, Expr, MetricRef, Op
from slalang.prove.amounts.services import BAD, GOOD, UNKNOWN, service

if TYPE_CHECKING:
    from slalang.ir.amounts import AmountRule
    from slalang.prove.model import Model

_LATE: Final = ("lateness", "days_late", "workdays_late")
_ENDS: Final[dict[str, Literal["low", "high"]]] = {">=": "low", ">": "low", "<=": "high", "<": "high"}
_WORSE: Final[dict[str, Literal["", "low", "high"]]] = {GOOD: "low", BAD: "high", UNKNOWN: ""}
_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def worse_end(model: Model, rule: AmountRule, figure: Expr, ty: str) -> Literal["", "low", "high"]:
    """The worse end of a figure: of a lateness the high one; of a metric the one that a target forbids, and of a share met the low one.

    Of any other share that a credit goes along, the end that follows from how it is worked out, if one does: a share of losses says nothing.
    """
    if isinstance(figure, CaseValue) and figure.what in _LATE:
        return "high"
    if rule.sort not in {"credit", "penalty", "rebate"}:
        return ""
    if isinstance(figure, MetricRef):
        stated = {
            end
            for end in (
                _of_target(one.holds, figure.name)
                for one in model.program.obligations
                if one.modality == "target"
            )
            if end
        }
        if len(stated) == 1:
            return stated.pop()
        metric = model.metrics.get(figure.name)
        if metric is not None and isinstance(metric.form, ShareMet) and not stated:
            return "low"
    if ty != "ratio" or rule.sort == "penalty":
        return ""
    return _WORSE[service(model, figure)]


def _of_target(holds: Expr | None, name: str) -> Literal["", "low", "high"]:
    """The end of a metric that a target `M >= x` (or `x <= M`) forbids."""
    if not isinstance(holds, Op) or holds.op not in _ENDS or len(holds.args) != 2:
        return ""
    left, right = holds.args
    if isinstance(left, MetricRef) and left.name == name and not isinstance(right, MetricRef):
        return _ENDS[holds.op]
    if isinstance(right, MetricRef) and right.name == name and not isinstance(left, MetricRef):
        return _ENDS[_TURNED[holds.op]]
    return ""
