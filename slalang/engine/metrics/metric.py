"""A metric of the IR goes in; its value for an agreement, key and period comes out, worked out once and kept."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import as_plain, as_quantity, as_told
from slalang.engine.metrics import forms
from slalang.engine.metrics.keys import Dimensions, Key
from slalang.engine.metrics.shares import Figure
from slalang.engine.metrics.spans import PeriodList, counted_periods, schedule_periods
from slalang.engine.metrics.windows import Windows
from slalang.engine.reasons import refused, say
from slalang.engine.undetermined import Nothing, Undetermined, ZeroDivisor
from slalang.ir.expressions import MetricRef
from slalang.ir.rules import Schedule
from slalang.outcome.records import MetricValue, Period, Quantity
from slalang.outcome.trace import MetricTrace, Value
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.results import Results
    from slalang.engine.world import World
    from slalang.ir.amounts import Metric

MOST_KEYS = 8  # that a reason names; the count tells how many there are

Place = tuple[str, Key, str]  # agreement, key, label of the period


class MetricRule:
    """One metric of one version."""

    def __init__(self, world: World, results: Results, ir: Metric) -> None:
        """Compile the form; collect nothing yet."""
        self.world = world
        self.results = results
        self.ir = ir
        read_at = next((one.choice for one in ir.policies if one.key == "read_at"), "latest")
        self.dimensions = Dimensions(world, ir.by, read_at)
        self.when_none = world.compiler.condition(ir.when_none)
        self.left_out = [
            (one.name, world.compiler.expr(one.when)) for one in ir.left_out if world.applies(one.under)
        ]
        self.opening = world.compiler.condition(ir.opening)
        self.windows: Windows | None = None
        if ir.period.before is not None:
            self.windows = Windows(world, ir.period, self.dimensions, over_all=ir.over == "all")
        self.form = forms.compile_form(self)
        self.values: dict[Place, MetricValue] = {}
        self.traces: list[MetricTrace] = []
        self._lists: dict[str, PeriodList] = {}
        self._working: set[Place] = set()

    def begin(self) -> None:
        """Forget what was worked out for another as-of instant."""
        self.values, self.traces, self._lists = {}, [], {}
        self._working = set()
        self.form.begin()

    def collectors(self) -> list[dict[str, Any]]:
        """What to do with each event type as it happens, for the form and for the windows."""
        found: list[dict[str, Any]] = [getattr(self.form, "collectors", dict)()]
        return found if self.windows is None else [*found, self.windows.collectors()]

    def periods(self, agreement: str) -> PeriodList:
        """The metric's periods for an agreement."""
        if agreement not in self._lists and self.windows is not None:
            self._lists[agreement] = self.windows.listed(agreement, self.results.as_of)
        if agreement not in self._lists:
            self._lists[agreement] = schedule_periods(
                self.world, self.ir.period, agreement, self.first(agreement), self.results.as_of
            )
        return self._lists[agreement]

    def first(self, agreement: str) -> int | None:
        """Where the facts of an agreement begin, or of all where the metric joins all, µs."""
        return self.world.firsts.all if self.ir.over == "all" else self.results.first(agreement)

    def agreements(self) -> list[str]:
        """The agreements that the metric is reported for."""
        return [""] if self.ir.over == "all" else self.results.agreements()

    def all_values(self) -> list[MetricValue]:
        """Every value, by agreement, key and period."""
        found = []
        for agreement in self.agreements():
            keys, listed = self.keys(agreement), self.periods(agreement)
            for period in listed.periods:
                of_period = [key for key in keys if listed.concerns(period.label, key)]
                found += [self.value(agreement, key, period) for key in of_period]
        return found

    def keys(self, agreement: str) -> list[Key]:
        """The keys of an agreement: all those of the register, or those seen in any period."""
        return self.dimensions.universe(agreement, self.form.seen(agreement), self.ir.groups)

    def unregistered(self) -> list[tuple[str, Key]]:
        """What happened to a group that the register lacks, where only those of the register are told: agreement and key."""
        if self.ir.groups != "register" or not self.ir.by:
            return []
        return [
            (agreement, key)
            for agreement in self.agreements()
            for key in sorted(self.form.seen(agreement) - set(self.keys(agreement)))
        ]

    def value(self, agreement: str, key: Key, period: Period) -> MetricValue:
        """The value for a period; worked out on first asking."""
        place = (agreement, key, period.label)
        if place not in self.values:
            if place in self._working:
                raise Undetermined(say("no_metric", name=self.ir.name, period=period.label))
            self._working.add(place)
            self.values[place] = self._work_out(agreement, key, period)
            self._working.discard(place)
        return self.values[place]

    def _work_out(self, agreement: str, key: Key, period: Period) -> MetricValue:
        env = self.world.env
        kept = (env.subject, env.agreement, env.period, env.key, env.case, env.verdict, env.record, env.at)
        env.subject, env.case, env.verdict, env.event, env.at = (
            self.dimensions.subject(key),
            None,
            None,
            None,
            None,
        )
        env.agreement, env.period, env.key = agreement, period, dict(key)
        tracing = self.results.focus_on(self.ir.name, agreement, key, period)
        env.record = [] if tracing else None
        try:
            figure = self._figure(agreement, key, period)
            value = env.record[-1] if env.record else None
        finally:
            (env.subject, env.agreement, env.period, env.key, env.case, env.verdict, env.record, env.at) = (
                kept
            )
        if tracing:
            self.traces.append(
                MetricTrace(
                    self.ir.name, key, period.label, tuple(sorted(figure.counts.items())),
                    tuple(self.form.members), tuple(self.form.dropped), value, tuple(self.form.stretches),
                    tuple(getattr(self.form, "told", ())),
                    agreement,
                    tuple(getattr(self.form, "folded", ())),
                )
            )  # fmt: skip
        return self._record(agreement, key, period, figure)

    def _figure(self, agreement: str, key: Key, period: Period) -> Figure:
        try:
            figure = self.form.figure(agreement, key, period)
            if figure.empty or self._too_few(figure):
                figure = self._none(figure, period)
        except Undetermined as unknown:
            final = self.form.final(agreement, key, period)
            if isinstance(unknown, ZeroDivisor) and self.when_none is not None:
                figure = self._none(Figure(final=final), period)
            else:
                figure = Figure(reason=unknown.reason, final=final)
        except TimeError as error:
            figure = Figure(reason=refused(self.ir.name, error))
        except Nothing as nothing:
            figure = Figure(reason=say("gap", table=nothing.what, values="-"))
        return self._in_domain(figure)

    def _too_few(self, figure: Figure) -> bool:
        """Whether less was counted than the contract asks for; a figure without a size counts nothing."""
        return figure.size is not None and figure.size < self.ir.minimum_sample

    def _none(self, figure: Figure, period: Period) -> Figure:
        counts, final = figure.counts, figure.final
        if self.when_none is None:
            made = Figure(reason=say("no_cases", metric=self.ir.name, period=period.label))
        else:
            made = Figure(self.when_none(self.world.env))
        made.counts, made.final = counts, final
        return made

    def _in_domain(self, figure: Figure) -> Figure:
        low, high = self.ir.domain
        value = figure.value
        if value is None or not (low or high) or not isinstance(value, int | Fraction):
            return figure
        if (low and value < Fraction(low)) or (high and value > Fraction(high)):
            figure.reason = say(
                "domain", name=self.ir.name, value=as_told(self.ir.type, value, self.world.zone.tz)
            )
            figure.value = None
        return figure

    def _record(self, agreement: str, key: Key, period: Period, figure: Figure) -> MetricValue:
        as_of = self.results.as_of
        quantity: Quantity | None = None
        if figure.value is not None:
            quantity = as_quantity(self.ir.type, figure.value)
        return MetricValue(
            rule=self.ir.name,
            clause=self.ir.about.clause,
            agreement=agreement,
            key=key,
            period=period,
            value=quantity,
            numerator=figure.numerator,
            denominator=figure.denominator,
            final=period.end <= as_of and figure.final,
            reason=figure.reason,
            low=figure.low,
            high=figure.high,
            left_out=figure.counts.get("left_out", 0),
            version=self.world.program.version,
        )

    # -- read by other rules -----------------------------------------------------------------------------------------

    def read(
        self,
        agreement: str,
        key: dict[str, str],
        period: Period,
        back: int,
        span: int,
        across: str,
        within: str = "",
        joined: str = "",
    ) -> Any:
        """The value for a reader's key and period, `back` periods earlier, joined over a span or over keys where said; the sum over the
        earlier periods `within` the same year (0 in its first period).

        Raises:
            Undetermined: there is none, or several and nobody says how to join them.
        """
        agreement = "" if self.ir.over == "all" else agreement
        listed = self.periods(agreement)
        if within:
            earlier = self.earlier(listed, agreement, period, within)
            return sum(
                (rule.of_period(agreement, key, one, across) for rule, one in earlier), start=Fraction(0)
            )
        found = [
            rule.of_period(agreement, key, one, across)
            for rule, one in self._periods(listed, agreement, period, back, span)
        ]
        if len(found) == 1:
            return found[0]
        return forms.join(found, joined or across or "sum", self.ir.name)

    def _periods(
        self, listed: PeriodList, agreement: str, period: Period, back: int, span: int
    ) -> list[tuple[MetricRule, Period | None]]:
        """The periods that are read, each with the rule of the version that judges it; None stands for one before the first."""
        own = listed.by_label.get(period.label)
        if self.windows is not None and (own is None or listed.periods[own].start != period.start):
            raise Undetermined(say("no_metric", name=self.ir.name, period=period.label))
        if own is None:
            inside = [one for one in listed.periods if period.start <= one.start < period.end]
            if not back and inside:
                return [(self, one) for one in inside]
            holding = listed.at(period.start)
            if holding is None:
                raise Undetermined(say("no_metric", name=self.ir.name, period=period.label))
            own = listed.by_label[holding.label]
        if not back:
            return [(self, listed.periods[own])]
        return [self._step_back(agreement, i) for i in range(own - back, own - back - span, -1)]

    def before(self) -> MetricRule | None:
        """The metric of the same name in the version before."""
        earlier = self.results.earlier()
        return None if earlier is None or self.windows is not None else earlier.metrics.get(self.ir.name)

    def _step_back(self, agreement: str, at: int) -> tuple[MetricRule, Period | None]:
        """The period at a place of the list; what lies before its beginning was judged by an earlier version."""
        rule: MetricRule = self
        while at < 0:
            before = rule.before()
            if before is None:
                return self, None
            rule, at = before, at + len(before.periods(agreement).periods)
        return rule, rule.periods(agreement).periods[at]

    def earlier(
        self, listed: PeriodList, agreement: str, period: Period, within: str
    ) -> list[tuple[MetricRule, Period]]:
        """The periods before a period that begin in the same year, of whichever version."""
        unit = Schedule("year", counted="contract" if within == "contract" else "")
        year = counted_periods(self.world, unit, agreement).holding(period.start)
        before = self.before()
        found = [] if before is None else before.earlier(before.periods(agreement), agreement, period, within)
        return found + [(self, one) for one in listed.periods if year.start <= one.start < period.start]

    def of_period(self, agreement: str, key: dict[str, str], period: Period | None, across: str) -> Any:
        """The value of a period for a key that has the reader's dimensions; None stands for a period before the first."""
        if period is None:
            if self.opening is None:
                raise Undetermined(say("before_any", name=self.ir.name))
            return self.opening(self.world.env)
        wanted = tuple((name, key[name]) for name in self.dimensions.by if name in key)
        if len(wanted) == len(self.dimensions.by):
            return self._plain(self.value(agreement, wanted, period))
        keys = [one for one in self.keys(agreement) if all(pair in one for pair in wanted)]
        if not across and not keys:
            raise Undetermined(say("no_metric", name=self.ir.name, period=period.label))
        if not across and len(keys) > 1:
            raise Undetermined(say("many_keys", name=self.ir.name, count=len(keys), keys=_named(keys)))
        found = [self._plain(self.value(agreement, one, period)) for one in keys]
        if across and self.world.env.record is not None:
            self._tell_groups(keys, found, self.world.env.record)
        if len(found) == 1:
            return found[0]
        return forms.join(found, across, self.ir.name)

    def _tell_groups(self, keys: list[Key], values: list[Any], record: list[Any]) -> None:
        """For an explanation: what is joined, each group by its name."""
        for key, value in zip(keys, values, strict=True):
            named = f"{self.ir.name} {' '.join(one for _, one in key)}"
            record.append(Value(MetricRef(named, self.ir.type), self.ir.type, as_plain(value), ()))

    def _plain(self, value: MetricValue) -> Any:
        if value.value is None:
            raise Undetermined(value.reason)
        amount = value.value.value
        if self.ir.type in {"duration", "instant"} and amount.denominator == 1:
            return int(amount)
        return bool(amount) if self.ir.type == "bool" else amount


def _named(keys: list[Key]) -> str:
    """Keys by their values, `P1, P2, …`; the count stands beside them."""
    shown = [" ".join(value for _, value in key) for key in keys[:MOST_KEYS]]
    return ", ".join([*shown, "…"] if len(keys) > MOST_KEYS else shown)


__all__ = ["MetricRule"]
