"""Samples go in as they happen; per bin the ratio of two sums, and over the bins of a period their mean or share, come out."""

from __future__ import annotations

from fractions import Fraction
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.shares import Figure
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.events.event import Event
    from slalang.ir.amounts import BinRatio
    from slalang.outcome.records import Period

_MODERN: Final = 1_700_000_000_000_000
_TESTS: Final = {"<": lt, "<=": le, ">": gt, ">=": ge}

Bins = dict[int, tuple[Fraction, Fraction]]


class BinForm:
    """Bins are those of the contract's clock: of a zone half an hour off, an hour begins when its clock shows a full hour."""

    def __init__(self, metric: MetricRule, form: BinRatio) -> None:
        """Compile pattern, sums and bound."""
        self.metric = metric
        self.form = form
        compiler = metric.world.compiler
        self.conditions = conditions(metric.world, form.events)
        self.sides = (compiler.expr(form.numerator), compiler.expr(form.denominator))
        self.bound = compiler.condition(form.bound)
        self.bins: dict[str, dict[Key, Bins]] = {}
        self.empty = compiler.condition(form.empty_value)
        # Summer time moves clocks by whole hours, so the offset of any day serves for bins of an hour or less.
        self.shift = metric.world.zone.offset(_MODERN)
        self.reasons: dict[tuple[str, Key], dict[int, str]] = {}
        self.members: list[Any] = []
        self.dropped: list[Any] = []
        self.stretches: list[Any] = []
        self.told: list[tuple[int, int, Fraction, Fraction]] = []

    def begin(self) -> None:
        """Samples have been collected; there is nothing to forget."""

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world = self.metric.world
        env, width = world.env, self.form.bin_us

        def collect(subject: Subject, event: Event) -> None:
            agreement = "" if self.metric.ir.over == "all" else subject.agreement or ""
            begin, end = world.term(agreement)
            if not begin <= event.time < end:
                return
            key = self.metric.dimensions.key(env)
            number = (event.time + self.shift) // width
            try:
                if not condition(env) or any(when(env) for _, when in self.metric.left_out):
                    return
                top, bottom = (Fraction(side(env)) for side in self.sides)
            except Undetermined as unknown:
                self.reasons.setdefault((agreement, key), {})[number] = unknown.reason
                return
            bins = self.bins.setdefault(agreement, {}).setdefault(key, {})
            before = bins.get(number, (Fraction(0), Fraction(0)))
            bins[number] = (before[0] + top, before[1] + bottom)

        return collect

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any sample has."""
        return set(self.bins.get(agreement, {})) | {key for own, key in self.reasons if own == agreement}

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The mean of the bins' ratios, or the share of bins whose ratio passes the bound.

        Only bins that lie whole in the period, and in the past, are looked at.
        """
        width, shift = self.form.bin_us, self.shift
        until = min(period.end, self.metric.results.as_of)
        first, last = -(-(period.start + shift) // width), (until + shift) // width
        for number, reason in sorted(self.reasons.get((agreement, key), {}).items()):
            if first <= number < last:
                raise Undetermined(reason)
        bins = self.bins.get(agreement, {}).get(key, {})
        own = {number: bins[number] for number in sorted(bins) if first <= number < last}
        missing = max(last - first, 0) - len(own)
        if missing and self.form.missing == "undetermined":
            raise Undetermined(say("no_samples", metric=self.metric.ir.name, count=missing))
        figure = self._folded(own, missing)
        self._tell(own, width)
        return figure

    def _folded(self, own: Bins, missing: int) -> Figure:
        form, env = self.form, self.metric.world.env
        bound = None if self.bound is None else Fraction(self.bound(env))
        ratios = [top / bottom for top, bottom in own.values() if self._enough(bottom)]
        empty = len(own) - len(ratios) + (missing if form.missing == "as_empty" else 0)
        counted = len(ratios) + (0 if form.empty == "absent" else empty)
        total = sum((self._worth(one, bound) for one in ratios), Fraction(0))
        if form.empty != "absent" and empty:
            total += empty * self._blank(env)
        counts = {"bins_sampled": len(ratios), "bins_empty": empty, "bins_missing": missing}
        if not counted:
            return Figure(empty=True, counts=counts, size=0)
        return Figure(total / counted, total, Fraction(counted), counts=counts, size=counted)

    def _tell(self, own: Bins, width: int) -> None:
        """For an explanation: the bins in which the numerator was not 0."""
        self.told = []
        if self.metric.world.env.record is not None:
            for number, (top, bottom) in own.items():
                if top and self._enough(bottom):
                    start = number * width - self.shift
                    self.told.append((start, start + width, top, bottom))

    def _enough(self, bottom: Fraction) -> bool:
        """Whether a bin has a denominator to divide by, and as large a one as is asked for."""
        return bottom > 0 and bottom >= self.form.minimum_sample

    def _worth(self, ratio: Fraction, bound: Fraction | None) -> Fraction:
        if bound is None:
            return ratio
        return Fraction(int(_TESTS[self.form.test](ratio, bound)))

    def _blank(self, env: Env) -> Fraction:
        """What an empty bin counts as: for a share of good bins `up` is good; for a mean of error ratios `up` is 0."""
        if self.empty is not None:
            return Fraction(self.empty(env))
        good = self.form.empty == "up"
        return Fraction(int(good)) if self.form.fold == "share_of_bins" else Fraction(int(not good))

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """What was sampled in a period that is over cannot change."""
        del agreement, key
        return period.end <= self.metric.results.as_of
