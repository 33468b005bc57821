"""Events of a pattern go in as they happen; a count, sum, mean, percentile or extreme per period and key comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.folding import PERCENTILES, fold
from slalang.engine.metrics.shares import Figure
from slalang.engine.undetermined import Undetermined
from slalang.outcome.trace import Folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.events.event import Event
    from slalang.ir.amounts import EventFold
    from slalang.outcome.records import Period


class Tally:
    """What is kept of the events of one period and key: a running count and sum, and the values where a rank is asked for."""

    __slots__ = ("count", "high", "low", "reason", "total", "values")

    def __init__(self) -> None:
        """Nothing has happened."""
        self.count = 0
        self.total = Fraction(0)
        self.low: Any = None
        self.high: Any = None
        self.values: list[Any] = []
        self.reason = ""

    def add(self, value: Any, reason: str, *, keep: bool) -> None:
        """One more event: its value (None where events are only counted), or why it cannot be told."""
        if reason:
            self.reason = reason
            return
        self.count += 1
        if value is None:
            return
        if keep:
            self.values.append(value)
        self.total += Fraction(value)
        self.low = value if self.low is None else min(self.low, value)
        self.high = value if self.high is None else max(self.high, value)


class EventForm:
    """A fold over events: memory is bounded by periods and keys, save for percentiles and for windows, which keep their values."""

    def __init__(self, metric: MetricRule, form: EventFold) -> None:
        """Compile pattern and value."""
        self.metric = metric
        self.form = form
        self.conditions = conditions(metric.world, form.events)
        self.value = metric.world.compiler.condition(form.value)
        self.tallies: dict[str, dict[Key, dict[str, Tally]]] = {}
        self.kept: dict[str, dict[Key, list[tuple[int, Any, str]]]] = {}
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[Any] = []
        self.folded: list[Folded] = []
        self._noted: dict[tuple[str, Key], list[Folded]] = {}  # only where the metric is to be explained

    def begin(self) -> None:
        """Events have been collected; there is nothing to forget."""

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        metric, world = self.metric, self.metric.world
        env = world.env

        def collect(subject: Subject, event: Event) -> None:
            agreement = "" if metric.ir.over == "all" else subject.agreement or ""
            begin, end = world.term(agreement)
            if not max(begin, world.in_force.first(agreement)) <= event.time < end:
                return  # of the period that the term cuts, only what lies in the term counts
            value, reason = None, ""
            try:
                if not condition(env) or any(when(env) for _, when in metric.left_out):
                    return
                value = None if self.value is None else self.value(env)
            except Undetermined as unknown:
                reason = unknown.reason
            key = metric.dimensions.key(env)
            focus = metric.results.focus
            if focus is not None and focus.rule == metric.ir.name and not reason:
                self._noted.setdefault((agreement, key), []).append(
                    Folded(
                        event.time,
                        event.type,
                        event.subject,
                        event.id,
                        None if value is None else Fraction(value),
                    )
                )
            if metric.windows is not None:
                self.kept.setdefault(agreement, {}).setdefault(key, []).append((event.time, value, reason))
                return
            label = metric.results.labels(metric.ir.period, agreement)(event.time)
            by_key = self.tallies.setdefault(agreement, {}).setdefault(key, {})
            if label not in by_key:
                by_key[label] = Tally()
            by_key[label].add(value, reason, keep=self.form.fold in PERCENTILES)

        return collect

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any event has."""
        return {*self.tallies.get(agreement, {}), *self.kept.get(agreement, {})}

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The fold of a period."""
        tally = self._tally(agreement, key, period)
        noted = self._noted.get((agreement, key), ())
        self.folded = [one for one in noted if one.at is not None and period.start <= one.at < period.end]
        if tally.reason:
            raise Undetermined(tally.reason)
        figure = self._folded(tally)
        figure.size = tally.count
        return figure

    def _tally(self, agreement: str, key: Key, period: Period) -> Tally:
        if self.metric.windows is None:
            label = self.metric.results.labels(self.metric.ir.period, agreement)(period.start)
            return self.tallies.get(agreement, {}).get(key, {}).get(label, Tally())
        made = Tally()
        for at, value, reason in self.kept.get(agreement, {}).get(key, ()):
            if period.start <= at < period.end:
                made.add(value, reason, keep=True)
        return made

    def _folded(self, tally: Tally) -> Figure:
        match self.form.fold:
            case "count":
                return Figure(Fraction(tally.count))
            case "sum":
                return Figure(tally.total)
            case "percentile" | "interpolated_percentile":
                return fold(self.form.fold, tally.values, self.form.percent)
            case "mean":
                if not tally.count:
                    return Figure(empty=True)
                return Figure(tally.total / tally.count, tally.total, Fraction(tally.count))
            case _:
                value = tally.low if self.form.fold == "smallest" else tally.high
                return Figure(empty=True) if value is None else Figure(value)

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """What has happened in a period that is over cannot change."""
        del agreement, key
        return period.end <= self.metric.results.as_of
