"""A signal or a calendar goes in; the time for which it held, or was open, in a period and key comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.metrics.shares import Figure
from slalang.engine.metrics.times import Held, left_out, time_of
from slalang.outcome.trace import ClockStretch
from slalang.values.interval import Interval, clip, subtract, total, union

if TYPE_CHECKING:
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.ir.amounts import TimeIn, TimeOf
    from slalang.outcome.records import Period


class TimeForm:
    """Time of a signal: over the subjects of a key their intervals are joined (a moment counts once)."""

    def __init__(self, metric: MetricRule, form: TimeOf) -> None:
        """Compile the signal and its exclusions; their history is kept from now on."""
        self.metric = metric
        self.form = form
        world = metric.world
        wheres = [one.when for one in form.exclusions if world.applies(one.under)]
        world.signals.track([form.signal, *wheres])
        self.held = Held(world, world.compiler.expr(form.signal), world.signals.sources([form.signal]))
        self.excluded = [
            Held(world, world.compiler.expr(one), world.signals.sources([one])) for one in wheres
        ]
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.begin()

    def begin(self) -> None:
        """Forget the intervals."""
        self._runs: dict[str, dict[Key, list[Subject | None]]] = {}
        self._intervals: dict[tuple[str, str], tuple[list[Interval], list[Interval]]] = {}
        self.stretches: list[ClockStretch] = []

    def _subjects(self, agreement: str) -> dict[Key, list[Subject | None]]:
        """The subjects of each key."""
        if agreement in self._runs:
            return self._runs[agreement]
        world = self.metric.world
        found: dict[Key, list[Subject | None]] = {}
        self._runs[agreement] = found
        if self.form.entity in {"", "agreement"}:
            found[()] = [world.subject(self.form.entity, agreement)]
            return found
        env = world.env
        for subject in list(world.subjects.get(self.form.entity, {}).values()):
            if self.metric.ir.over == "all" or (subject.agreement or "") == agreement:
                kept, env.subject = env.subject, subject
                found.setdefault(self.metric.dimensions.key(env), []).append(subject)
                env.subject = kept
        return found

    def seen(self, agreement: str) -> set[Key]:
        """The keys of the subjects that exist."""
        return set(self._subjects(agreement))

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The time in the period, up to the as-of instant."""
        results = self.metric.results
        held, excluded = [], []
        for subject in self._subjects(agreement).get(key, []):
            one, other = self._of(subject, agreement)
            held.append(one)
            excluded.append(other)
        amount, pieces = time_of(self.form, held, excluded, period, results.as_of)
        self.stretches = [ClockStretch(a, b, b - a, "counted") for a, b in pieces]
        if any(excluded):
            away = left_out(held, excluded, pieces, period, results.as_of)
            self.stretches += [ClockStretch(a, b, 0, "excluded") for a, b in away]
        return Figure(amount, final=self.final(agreement, key, period))

    def _of(self, subject: Subject | None, agreement: str) -> tuple[list[Interval], list[Interval]]:
        place = (agreement, "" if subject is None else subject.id)
        if place not in self._intervals:
            results = self.metric.results
            start, end = self.metric.first(agreement), results.as_of
            if start is None or start >= end:
                self._intervals[place] = ([], [])
            else:
                held = self.held.intervals(subject, agreement, start, end)
                out = [run for one in self.excluded for run in one.intervals(subject, agreement, start, end)]
                self._intervals[place] = (held, out)
        return self._intervals[place]

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """A signal's past cannot change, save for a run that is still going on and whose length decides."""
        del agreement, key
        as_of = self.metric.results.as_of
        return period.end <= as_of and not (
            self.form.minimum_run_us and period.end > as_of - self.form.minimum_run_us
        )


class TimeInForm:
    """Time that a calendar is open: the whole of the period, whatever the as-of instant, less the time in which the contract rested."""

    def __init__(self, metric: MetricRule, form: TimeIn) -> None:
        """Find the calendar; the history of what shortens the period is kept from now on."""
        self.metric = metric
        world = metric.world
        self.calendar = world.calendar(form.calendar)
        wheres = [one.when for one in form.exclusions if world.applies(one.under)]
        world.signals.track(wheres)
        self.excluded = [
            Held(world, world.compiler.expr(one), world.signals.sources([one])) for one in wheres
        ]
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[ClockStretch] = []

    def begin(self) -> None:
        """Nothing is kept."""

    def seen(self, agreement: str) -> set[Key]:
        """The one key of a quantity without subjects; of groups it has none of its own."""
        del agreement
        return set() if self.metric.dimensions.by else {()}

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The open time of the period; what shortens it is known up to the as-of instant."""
        opens = clip(self.calendar.open_intervals(period.start, period.end), period.start, period.end)
        away = self._away(agreement, period)
        counted = subtract(opens, away)
        self.stretches = [ClockStretch(a, b, b - a, "counted") for a, b in counted]
        self.stretches += [ClockStretch(a, b, 0, "excluded") for a, b in subtract(opens, counted)]
        return Figure(total(counted), final=self.final(agreement, key, period))

    def _away(self, agreement: str, period: Period) -> list[Interval]:
        results = self.metric.results
        first = self.metric.first(agreement)
        if not self.excluded or first is None:
            return []
        start, end = max(period.start, first), min(period.end, results.as_of)
        if start >= end:
            return []
        return union(*(one.intervals(None, agreement, start, end) for one in self.excluded))

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """A calendar is no fact that could change; a suspension is one while the period lasts."""
        del agreement, key
        return not self.excluded or period.end <= self.metric.results.as_of
