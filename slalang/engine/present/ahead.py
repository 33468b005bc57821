"""An evaluated share with open cases goes in; what it would be if all of them came out well, or ill, comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.metrics.cases import CaseForm
from slalang.engine.metrics.shares import share_met
from slalang.ir.amounts import ShareMet

if TYPE_CHECKING:
    from slalang.engine.metrics.metric import MetricRule
    from slalang.engine.run import Run
    from slalang.outcome.records import MetricValue


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many of the cases counted in a share are open, and the share if all of them are met, or none."""

    open: int
    if_met: Fraction | None
    if_missed: Fraction | None


def shares_ahead(run: Run, value: MetricValue) -> Ahead | None:
    """What a share may still become by the cases that are open now; None for other metrics, and where none is open.

    Cases that do not exist yet are not counted. The order of `run.outcome` must have been given before.
    """
    rule = _rule(run, value)
    if rule is None or not isinstance(rule.form, CaseForm) or not isinstance(rule.form.form, ShareMet):
        return None
    form = rule.form.form
    verdicts = rule.form.counted(value.agreement, value.key, value.period)
    pending = sum(verdict.status == "pending" for verdict in verdicts)
    if not pending or not form.met or not form.not_met:
        return None
    found = []
    for status in (form.met[0], form.not_met[0]):
        settled = [replace(one, status=status) if one.status == "pending" else one for one in verdicts]
        figure = share_met(form, settled, value.rule).value
        found.append(None if figure is None else Fraction(figure))
    return Ahead(pending, found[0], found[1])


def _rule(run: Run, value: MetricValue) -> MetricRule | None:
    for world in reversed(run.worlds):
        rule = world.results.metric_rule(value.rule)
        if rule is not None and world.program.version == value.version:
            return rule
    return None
