"""The form of a metric goes in; an object that works out its figure for an agreement, key and period comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.metrics.binning import BinForm
from slalang.engine.metrics.cases import CaseForm
from slalang.engine.metrics.samples import EventForm
from slalang.engine.metrics.shares import Figure
from slalang.engine.metrics.timing import TimeForm, TimeInForm
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.ir import amounts as ir
from slalang.ir.expressions import AmountRef, MetricRef, Op

if TYPE_CHECKING:
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.outcome.records import Period


def compile_form(metric: MetricRule) -> Any:
    """The object for a form: `begin`, `seen`, `figure`, `final`, and what a trace shows of the last figure."""
    match metric.ir.form:
        case ir.ShareMet() | ir.CaseFold() as form:
            return CaseForm(metric, form)
        case ir.EventFold() as form:
            return EventForm(metric, form)
        case ir.TimeOf() as form:
            return TimeForm(metric, form)
        case ir.TimeIn() as form:
            return TimeInForm(metric, form)
        case ir.BinRatio() as form:
            return BinForm(metric, form)
        case ir.Formula() as form:
            return FormulaForm(metric, form)


class FormulaForm:
    """An expression over other metrics; a quotient at its top keeps numerator and denominator."""

    def __init__(self, metric: MetricRule, form: ir.Formula) -> None:
        """Compile the expression, and both sides of a quotient."""
        self.metric = metric
        world = metric.world
        self.value = world.compiler.expr(form.value)
        self.sides = None
        if isinstance(form.value, Op) and form.value.op == "/" and form.value.type != "duration":
            self.sides = tuple(world.compiler.expr(one) for one in form.value.args)
        world.signals.track([form.value])
        nodes = world.nodes([form.value])
        self.inputs = [one for one in nodes if isinstance(one, MetricRef)]
        self.amounts = [one for one in nodes if isinstance(one, AmountRef)]
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[Any] = []

    def begin(self) -> None:
        """Nothing is kept."""

    def seen(self, agreement: str) -> set[Key]:
        """The keys of the metrics it is made of."""
        results = self.metric.results
        own = set(self.metric.dimensions.by)
        found: set[Key] = set()
        for node in self.inputs:
            other = results.metric_rule(node.name)
            if other is not None and other is not self.metric and own <= set(other.dimensions.by):
                found |= {tuple(pair for pair in key if pair[0] in own) for key in other.keys(agreement)}
        return found

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The value, with both sides of a quotient where it is one."""
        env = self.metric.world.env
        final = self.final(agreement, key, period)
        env.at = self.metric.world.past(
            period.end - 1
        )  # what a table reads "now" is what stood at the period's end
        value = self.value(env)
        figure = Figure(value, final=final)
        if self.sides is not None:
            record, env.record = env.record, None
            sides = [one(env) for one in self.sides]
            env.record = record
            if all(isinstance(one, int | Fraction) for one in sides):
                figure.numerator, figure.denominator = Fraction(sides[0]), Fraction(sides[1])
        return figure

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """Whether all that it reads is final."""
        results = self.metric.results
        return all(
            results.is_final(node.name, agreement, dict(key), period, node.back) for node in self.inputs
        )


def join(values: list[Any], how: str, name: str) -> Any:
    """Several values as one: their sum, lowest, highest or mean."""
    if not values:
        raise Undetermined(say("no_metric", name=name, period="-"))
    if how in {"lowest", "highest"}:
        return min(values) if how == "lowest" else max(values)
    total = sum(values[1:], start=values[0])
    return Fraction(total) / len(values) if how == "mean" else total


__all__ = ["compile_form", "join"]
