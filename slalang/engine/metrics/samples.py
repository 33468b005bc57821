"""Events of a pattern go in as they happen; a count, sum, mean, percentile or extreme per period and key comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.folding import fold
from slalang.engine.metrics.shares import Figure
from slalang.engine.undetermined import Undetermined

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


class EventForm:
    """A fold over events: memory is bounded by periods and keys, save for percentiles, which keep their values."""

    def __init__(self, metric: MetricRule, form: EventFold) -> None:
        """Compile pattern and value."""
        self.metric = metric
        self.form = form
        self.conditions = conditions(metric.world, form.events)
        self.value = metric.world.compiler.condition(form.value)
        self.tallies: dict[str, dict[Key, dict[str, Tally]]] = {}
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[Any] = []

    def begin(self) -> None:
        """Events have been collected; there is nothing to forget."""

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        metric = self.metric
        env = metric.world.env
        label_of = metric.results.labels(metric.ir.period)

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not condition(env) or any(when(env) for _, when in metric.left_out):
                    return
            except Undetermined as unknown:
                self._tally(subject, event, label_of(event.time)).reason = unknown.reason
                return
            tally = self._tally(subject, event, label_of(event.time))
            tally.count += 1
            if self.value is None:
                return
            try:
                value = self.value(env)
            except Undetermined as unknown:
                tally.reason = unknown.reason
                return
            if self.form.fold == "percentile":
                tally.values.append(value)
            tally.total += Fraction(value)
            tally.low = value if tally.low is None else min(tally.low, value)
            tally.high = value if tally.high is None else max(tally.high, value)

        return collect

    def _tally(self, subject: Subject, event: Event, label: str) -> Tally:
        del event
        env = self.metric.world.env
        agreement = "" if self.metric.ir.over == "all" else subject.agreement or ""
        key = self.metric.dimensions.key(env)
        by_key = self.tallies.setdefault(agreement, {}).setdefault(key, {})
        if label not in by_key:
            by_key[label] = Tally()
        return by_key[label]

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any event has."""
        return set(self.tallies.get(agreement, {}))

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The fold of a period."""
        label = self.metric.results.labels(self.metric.ir.period)(period.start)
        tally = self.tallies.get(agreement, {}).get(key, {}).get(label, Tally())
        if tally.reason:
            raise Undetermined(tally.reason)
        match self.form.fold:
            case "count":
                return Figure(Fraction(tally.count))
            case "sum":
                return Figure(tally.total)
            case "percentile":
                return fold("percentile", tally.values, self.form.percent)
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
