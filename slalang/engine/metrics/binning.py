"""Samples go in as they happen; per bin the ratio of two sums, and over the bins of a period their mean or share, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.shares import Figure
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.events.event import Event
    from slalang.ir.amounts import BinRatio
    from slalang.outcome.records import Period

Bins = dict[int, tuple[Fraction, Fraction]]


class BinForm:
    """Bins are counted from the epoch, so that a bin of a minute or an hour is one of the clock."""

    def __init__(self, metric: MetricRule, form: BinRatio) -> None:
        """Compile pattern, sums and bound."""
        self.metric = metric
        self.form = form
        compiler = metric.world.compiler
        self.conditions = conditions(metric.world, form.events)
        self.sides = (compiler.expr(form.numerator), compiler.expr(form.denominator))
        self.bound = compiler.condition(form.bound)
        self.bins: dict[str, dict[Key, Bins]] = {}
        self.reasons: dict[tuple[str, Key], str] = {}
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[Any] = []

    def begin(self) -> None:
        """Samples have been collected; there is nothing to forget."""

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        env = self.metric.world.env
        width = self.form.bin_us

        def collect(subject: Subject, event: Event) -> None:
            agreement = "" if self.metric.ir.over == "all" else subject.agreement or ""
            key = self.metric.dimensions.key(env)
            try:
                if not condition(env):
                    return
                top, bottom = (Fraction(side(env)) for side in self.sides)
            except Undetermined as unknown:
                self.reasons[agreement, key] = unknown.reason
                return
            bins = self.bins.setdefault(agreement, {}).setdefault(key, {})
            number = event.time // width
            before = bins.get(number, (Fraction(0), Fraction(0)))
            bins[number] = (before[0] + top, before[1] + bottom)

        return collect

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any sample has."""
        return set(self.bins.get(agreement, {}))

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The mean of the bins' ratios, or the share of bins whose ratio does not pass the bound."""
        if (agreement, key) in self.reasons:
            raise Undetermined(self.reasons[agreement, key])
        width = self.form.bin_us
        bins = self.bins.get(agreement, {}).get(key, {})
        until = min(period.end, self.metric.results.as_of)
        first, last = -(-period.start // width), until // width
        bound = None if self.bound is None else Fraction(self.bound(self.metric.world.env))
        total, counted, filled = Fraction(0), 0, 0
        for number in sorted(number for number in bins if first <= number < last):
            top, bottom = bins[number]
            if bottom <= 0 or bottom < self.form.minimum_sample:
                continue
            filled += 1
            total += self._worth(top / bottom, bound)
        counted = filled
        empty = max(last - first, 0) - filled
        if self.form.empty != "absent":
            counted += empty
            total += empty * self._blank()
        if not counted:
            return Figure(empty=True)
        return Figure(total / counted, total, Fraction(counted))

    def _worth(self, ratio: Fraction, bound: Fraction | None) -> Fraction:
        if self.form.fold == "mean":
            return ratio
        return Fraction(int(bound is None or ratio <= bound))

    def _blank(self) -> Fraction:
        """What an empty bin counts as: for a share of good bins `up` is good; for a mean of error rates `up` is 0."""
        good = self.form.empty == "up"
        return Fraction(int(good)) if self.form.fold == "share_of_bins" else Fraction(int(not good))

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """What was sampled in a period that is over cannot change."""
        del agreement, key
        return period.end <= self.metric.results.as_of
