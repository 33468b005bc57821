"""An amount rule of the IR goes in; its ledger lines come out: exact until posted, claimed or lapsed, never counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.amounts.claiming import Claims
from slalang.engine.amounts.daily import Daily
from slalang.engine.amounts.happenings import Happenings
from slalang.engine.amounts.occasions import Occasion, reading
from slalang.engine.amounts.pending import Pending, pending
from slalang.engine.amounts.posting import Posting
from slalang.engine.amounts.rounding import as_number, posted
from slalang.engine.limits.days import Days
from slalang.engine.metrics.keys import Dimensions, Key
from slalang.engine.metrics.spans import PeriodList, schedule_periods
from slalang.engine.metrics.windows import Windows
from slalang.engine.reasons import say
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.expressions import AmountRef, CaseValue, MetricRef
from slalang.ir.rules import Schedule
from slalang.outcome.trace import AmountTrace, Considered, Step, Value

if TYPE_CHECKING:
    from slalang.engine.amounts.daily import Late
    from slalang.engine.results import Results
    from slalang.engine.world import World
    from slalang.ir.amounts import AmountRule
    from slalang.outcome.records import DayRun, LedgerLine, Period


@dataclass(slots=True)
class Sum:
    """What an amount comes to before it is posted."""

    amount: Fraction | None
    applies: bool = True
    reason: str = ""
    steps: list[Step] = field(default_factory=list)
    value: Value | None = None
    considered: list[Considered] = field(default_factory=list)
    days: tuple[DayRun, ...] = ()
    daily: tuple[Value, ...] = ()


class AmountOf:
    """One amount rule of one version."""

    def __init__(self, world: World, results: Results, ir: AmountRule) -> None:
        """Compile condition, formula, caps and floors."""
        self.world = world
        self.results = results
        self.ir = ir
        compiler = world.compiler
        self.when = compiler.condition(ir.when)
        self.amount = compiler.expr(ir.amount)
        self.caps = [compiler.expr(one) for one in ir.at_most]
        self.opening = world.compiler.condition(ir.opening)
        self.floors = [compiler.expr(one) for one in ir.at_least]
        self.dimensions = Dimensions(world, ir.by)
        self.windows: Windows | None = None
        if ir.period is not None and ir.period.before is not None:
            self.windows = Windows(world, ir.period, self.dimensions, over_all=False)
        self.days = Days(world, ir.counting, "", ir.policies)
        self.entity = self._owner(ir)
        self.claims = (
            None if ir.claim is None else Claims(world, ir, ir.claim, self.dimensions.by, self.entity)
        )
        self.posting = Posting(self)
        nodes = world.nodes([ir.when, ir.amount, *ir.at_most, *ir.at_least])
        self.metrics = list(dict.fromkeys(one for one in nodes if isinstance(one, MetricRef)))
        self.reads_case = any(isinstance(one, CaseValue) for one in nodes)
        self.case_of = next((one.rule for one in nodes if isinstance(one, CaseValue)), "")
        self.amounts = list(
            dict.fromkeys(one for one in nodes if isinstance(one, AmountRef) and not one.unpaid)
        )
        self.traces: list[AmountTrace] = []
        happens = ir.for_each_event is not None or bool(ir.for_each_exercise)
        self.happenings = Happenings(self) if happens else None
        self.happens = (happens or bool(ir.for_each)) and ir.period is None
        read_at = next((one.choice for one in ir.policies if one.key == "read_at"), "period_end")
        self.reads_latest, self.reads_posting = read_at == "latest", read_at == "posting"
        if happens or not self.reads_latest:
            world.signals.track([ir.when, ir.amount, *ir.at_most, *ir.at_least])
        self.daily = None if ir.per_day is None else Daily(self, ir.per_day)
        self.begin()

    def _owner(self, ir: AmountRule) -> str:
        """The kind of subject that something happens to; empty for an amount of a period."""
        program = self.world.program
        if ir.for_each_debt:
            return next((self._owner(one) for one in program.amounts if one.name == ir.for_each_debt), "")
        if ir.for_each:
            return next((one.scope.entity for one in program.obligations if one.name == ir.for_each), "")
        rights = (one.exercise for one in program.rights if one.name == ir.for_each_exercise)
        pattern = ir.for_each_event or next(rights, None)
        types = {match.type for match in pattern.any_of} if pattern is not None else set()
        return next((one.entity for one in program.events if one.name in types), "")

    def begin(self) -> None:
        """Forget what was worked out for another as-of instant."""
        self.sums: dict[tuple[str, Key, str], Sum] = {}
        self._lists: dict[str, PeriodList] = {}
        self.traces = []
        if self.claims is not None:
            self.claims.begin()

    def periods(self, agreement: str) -> PeriodList:
        """The rule's periods for an agreement."""
        if agreement not in self._lists and self.windows is not None:
            self._lists[agreement] = self.windows.listed(agreement, self.results.as_of)
        if agreement not in self._lists:
            schedule = self.ir.period or Schedule("month")
            self._lists[agreement] = schedule_periods(
                self.world, schedule, agreement, self.results.first(agreement), self.results.as_of
            )
        return self._lists[agreement]

    def collectors(self) -> dict[str, list[Any]]:
        """What to do with events as they happen: claims, and the events that make an amount each."""
        found: dict[str, list[Any]] = {}
        for one in (self.claims, self.happenings, self.windows):
            for type_, step in ({} if one is None else one.collectors()).items():
                found.setdefault(type_, []).append(step)
        return found

    # -- lines -------------------------------------------------------------------------------------------------------

    def pending(self) -> list[Pending]:
        """The lines that are to be made, up to the as-of instant."""
        return list(pending(self))

    def line(self, due: Pending) -> LedgerLine | None:
        """The line of one occasion; None where the rule does not apply to it."""
        occasion, because, final = due.occasion, due.because, due.final
        if due.reason:
            made = Sum(None, reason=due.reason)
            return self.posting.line(made, occasion, because, due.since, final=False)
        period = occasion.period
        by_period = period is not None and occasion.verdict is None and occasion.event is None
        made = (
            self.sum_of(occasion.agreement, occasion.key, period)
            if by_period and period is not None
            else self.sum_for(occasion)
        )
        if not made.applies:
            return None
        if by_period and period is not None:
            because = self._because(occasion.agreement, occasion.key, period)
        if period is not None and (by_period or self.metrics or self.amounts):
            over = period.end <= self.results.as_of
            final = final and over and self._is_final(occasion.agreement, occasion.key, period)
        return self.posting.line(made, occasion, because, due.since, final=final)

    def keys(self, agreement: str) -> list[Key]:
        """The keys that a period has lines for: those of the metrics that are read."""
        if not self.dimensions.by:
            return [()]
        wanted = set(self.dimensions.by)
        found: set[Key] = set()
        for node in self.metrics:
            metric = self.results.metric_rule(node.name)
            if metric is not None and wanted <= set(metric.dimensions.by):
                found |= {tuple(one for one in key if one[0] in wanted) for key in metric.keys(agreement)}
        return sorted(found)

    def _is_final(self, agreement: str, key: Key, period: Period) -> bool:
        """Whether every metric and every amount that is read is final."""
        return all(
            self.results.is_final(one.name, agreement, dict(key), period, one.back) for one in self.metrics
        ) and all(
            self.results.ledger.is_final(
                self.results.amounts[one.name], agreement, dict(key), period, one.back, one.span
            )
            for one in self.amounts
            if one.name in self.results.amounts
        )

    def _because(self, agreement: str, key: Key, period: Period) -> tuple[str, ...]:
        """The metrics and amounts that it was read from, by name, key and period."""
        found = []
        for node in self.metrics:
            metric = self.results.metric_rule(node.name)
            if metric is None:
                continue
            listed = metric.periods("" if metric.ir.over == "all" else agreement)
            own = listed.by_label.get(period.label)
            at = (own or 0) - node.back
            label = listed.periods[at].label if own is not None and at >= 0 else period.label
            parts = [node.name, label, *(value for name, value in key if name in metric.dimensions.by)]
            found.append(" ".join(parts))
        for one in self.amounts:
            read = self.results.amounts.get(one.name)
            if read is None or read.happens or one.back:  # what is read of the same period has its name
                found += [one.name] if read is not None else []
                continue
            parts = [one.name, period.label, *(value for name, value in key if name in read.dimensions.by)]
            found.append(" ".join(parts))
        return tuple(dict.fromkeys(found))

    def before_first(self, period: Period, back: int) -> Fraction:
        """What a look-back reads before the first period.

        Raises:
            Undetermined: the rule states no start value.
        """
        if self.opening is None:
            raise Undetermined(say("before_first", name=self.ir.name, back=back, period=period.label))
        return as_number(self.opening(self.world.env), self.ir.unit)

    def rounded(self, exact: Fraction) -> Fraction:
        """An exact amount as this rule posts it."""
        return posted(exact, self.ir.unit, self.ir.rounding, self.ir.places)

    def is_traced(self, line: LedgerLine) -> bool:
        """Whether a line is the one that is to be explained."""
        return self.results.focus_on(
            line.rule, line.agreement, line.key, line.period, line.subject, line.instance
        )

    def tell(self, line: LedgerLine, caps: tuple[tuple[str, Value], ...]) -> None:
        """For an explanation: how the caps over a line came about; what was carried over has a trace of its own."""
        label = line.period.label if line.period is not None else ""
        place = (line.agreement, line.key, label, line.subject, line.instance)
        if line.carried_from and line.exact is not None:
            step = Step("rounding", line.exact, self.rounded(line.exact), self.ir.rounding)
            made = AmountTrace(
                self.ir.name, line.key, label, None, (step,), (), line.subject, line.instance, line.agreement,
                caps=caps, carried_from=line.carried_from,
            )  # fmt: skip
            self.traces.append(made)
            return
        for i, one in enumerate(self.traces):
            if (
                one.agreement,
                one.key,
                one.period,
                one.subject,
                one.instance,
            ) == place and not one.carried_from:
                self.traces[i] = replace(one, caps=caps)

    # -- sums --------------------------------------------------------------------------------------------------------

    def sum_of(self, agreement: str, key: Key, period: Period) -> Sum:
        """What a period's amount comes to; worked out on first asking."""
        place = (agreement, key, period.label)
        if place not in self.sums:
            self.sums[place] = Sum(None, reason=say("no_metric", name=self.ir.name, period=period.label))
            # What a table reads "now" is what stood when the period ended, whoever of the key it is about.
            last = self._posting_of(period) if self.reads_posting else period.end - 1
            at = None if self.reads_latest else self.world.past(last)
            subject = self.dimensions.subject(key)
            occasion = Occasion(agreement, key, period, subject=subject, at=at, latest=self.reads_latest)
            self.sums[place] = self.sum_for(occasion)
        return self.sums[place]

    def _posting_of(self, period: Period) -> int:
        """The first instant of the period to which a period's amount is posted."""
        return period.end if self.ir.posted == "next_period" else period.start

    def sum_for(self, occasion: Occasion, *, told: bool = True) -> Sum:
        """What an amount comes to for one occasion; it is traced where it is `told` and asked for."""
        env = self.world.env
        subject, instance = occasion.named
        tracing = told and self.results.focus_on(
            self.ir.name, occasion.agreement, occasion.key, occasion.period, subject, instance
        )
        with reading(env, occasion):
            env.record = [] if tracing else None
            try:
                made = self._worked_out(occasion.late)
            except Undetermined as unknown:
                made = Sum(None, reason=unknown.reason, value=env.record[-1] if env.record else None)
            except Nothing:
                made = Sum(None, applies=False)
        if tracing:
            self._trace(made, occasion)
        return made

    def _worked_out(self, late: Late | None) -> Sum:
        env = self.world.env
        made = Sum(None)
        if self.when is not None:
            holds = bool(self.when(env))
            if env.record is not None:
                condition = env.record[-1] if env.record else None
                made.considered.append(
                    Considered(self.ir.name, self.ir.about.clause, "condition", holds, condition)
                )
            if not holds:
                made.applies = False
                return made
        if self.daily is not None and late is not None:
            amount = self._of_days(self.daily, late, made)
        else:
            amount = as_number(self.amount(env), self.ir.unit)
            made.value = env.record[-1] if env.record else None
        for what, limits in (("floor", self.floors), ("cap", self.caps)):
            for limit in limits:
                amount = self._bounded(made, what, amount, limit)
        made.amount = amount
        return made

    def _of_days(self, daily: Daily, late: Late, made: Sum) -> Fraction:
        """The sum of the daily amounts; the environment is as it was afterwards."""
        env = self.world.env
        kept = env.at, env.record
        try:
            runs, traced = daily.runs(late)
        finally:
            env.at, env.record = kept
        made.days, made.daily = tuple(runs), tuple(traced)
        return sum((run.count * run.each for run in runs), Fraction(0))

    def _bounded(self, made: Sum, what: str, amount: Fraction, bound: Any) -> Fraction:
        env = self.world.env
        if env.record is not None:
            env.record = []
        limit = as_number(bound(env), self.ir.unit)
        value = env.record[-1] if env.record else None
        bounded = max(amount, limit) if what == "floor" else min(amount, limit)
        if bounded != amount:
            made.steps.append(Step(what, amount, bounded, value=value))
        return bounded

    def _trace(self, made: Sum, occasion: Occasion) -> None:
        steps = list(made.steps)
        if made.amount is not None:
            rounded = posted(made.amount, self.ir.unit, self.ir.rounding, self.ir.places)
            steps.append(Step("rounding", made.amount, rounded, self.ir.rounding))
            if self.ir.set_off:
                steps.append(Step("set_off", rounded, rounded, self.ir.set_off))
        label = occasion.period.label if occasion.period is not None else ""
        subject, instance = occasion.named
        self.traces.append(
            AmountTrace(
                self.ir.name, occasion.key, label, made.value, tuple(steps), tuple(made.considered),
                subject, instance, occasion.agreement, made.daily,
            )
        )  # fmt: skip
