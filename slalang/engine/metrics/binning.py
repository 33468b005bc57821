"""Samples go in as they happen; a value per bin, and over the bins of a period their mean, an extreme, a share or a time, come out."""

from __future__ import annotations

from fractions import Fraction
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.folding import PERCENTILES, fold
from slalang.engine.metrics.shares import Figure
from slalang.engine.metrics.times import time_of
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.outcome.trace import ClockStretch
from slalang.values.interval import union

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


class Piece:
    """What the samples of one bin add up to; each value is kept where more than a sum is asked for."""

    __slots__ = ("bottom", "top", "values")

    def __init__(self) -> None:
        """No sample yet."""
        self.top = self.bottom = Fraction(0)
        self.values: list[Fraction] = []

    def add(self, top: Fraction, bottom: Fraction, *, keep: bool) -> None:
        """One more sample; where no ratio is asked for, `bottom` counts it."""
        self.top += top
        self.bottom += bottom
        if keep:
            self.values.append(top)


Bins = dict[int, Piece]


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
        self.keeps = form.each in {"largest", "smallest", *PERCENTILES}
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
            if number not in bins:
                bins[number] = Piece()
            bins[number].add(top, bottom, keep=self.keeps)

        return collect

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any sample has."""
        return set(self.bins.get(agreement, {})) | {key for own, key in self.reasons if own == agreement}

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The bins' values joined: their mean, an extreme, a percentile, or the share or the time of those that pass the bound.

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
        figure = (
            self._folded(own, missing)
            if self.form.time is None
            else self._timed(agreement, bins, own, missing, period)
        )
        self._tell(own, width)
        return figure

    def _folded(self, own: Bins, missing: int) -> Figure:
        form, env = self.form, self.metric.world.env
        bound = None if self.bound is None else Fraction(self.bound(env))
        values = [self._worth(self._value(one), bound) for one in own.values() if self._enough(one)]
        counts, empty = self._counts(own, missing)
        sampled = len(values)
        if form.empty != "absent" and empty:
            blank = self._blank(env)
            blank = blank if self.empty is None else self._worth(blank, bound)
            if form.fold in {"largest", "smallest"}:
                values.append(blank)
            else:
                values += [blank] * empty
        if not values:
            return Figure(empty=True, counts=counts, size=0)
        counted = sampled + (0 if form.empty == "absent" else empty)
        if form.fold in {"mean", "share_of_bins"}:
            total = sum(values, Fraction(0))
            return Figure(total / counted, total, Fraction(counted), counts=counts, size=counted)
        made = fold(form.fold, values, form.percent)
        made.counts, made.size = counts, counted
        return made

    def _counts(self, own: Bins, missing: int) -> tuple[dict[str, int], int]:
        """How many bins have a value, how many are empty and how many have no sample; and how many count as empty."""
        sampled = sum(1 for one in own.values() if self._enough(one))
        empty = len(own) - sampled + (missing if self.form.missing == "as_empty" else 0)
        return {"bins_sampled": sampled, "bins_empty": empty, "bins_missing": missing}, empty

    def _timed(self, agreement: str, bins: Bins, own: Bins, missing: int, period: Period) -> Figure:
        """How long the bins are that pass: as runs, which are measured before the borders of the period cut them."""
        form, results = self.form, self.metric.results
        assert form.time is not None
        env, width, shift = self.metric.world.env, form.bin_us, self.shift
        bound = Fraction(0) if self.bound is None else Fraction(self.bound(env))
        passes = {
            number
            for number, one in bins.items()
            if self._enough(one) and self._worth(self._value(one), bound)
        }
        if form.empty == "value" and self._worth(self._blank(env), bound):
            passes |= {number for number, one in bins.items() if not self._enough(one)}
            since = self.metric.first(agreement)
            if form.missing == "as_empty" and since is not None:
                known = range((since + shift) // width, (results.as_of + shift) // width)
                passes |= {number for number in known if number not in bins}
        past = (results.as_of + shift) // width
        runs = union((n * width - shift, (n + 1) * width - shift) for n in sorted(passes) if n < past)
        amount, kept = time_of(form.time, [runs], [], period, results.as_of)
        self.stretches = [ClockStretch(a, b, b - a, "counted") for a, b in kept]
        counts, _ = self._counts(own, missing)
        return Figure(amount, counts=counts, size=None, final=self._settled(period))

    def _settled(self, period: Period) -> bool:
        """Whether no run that goes on can still become long enough to count."""
        time, as_of = self.form.time, self.metric.results.as_of
        least = 0 if time is None else time.minimum_run_us
        return period.end <= as_of and not (least and period.end > as_of - least)

    def _value(self, one: Piece) -> Fraction:
        """The value of one bin that has enough samples."""
        match self.form.each:
            case "ratio" | "mean":
                return one.top / one.bottom
            case "sum":
                return one.top
            case each:
                found = fold(each, one.values, self.form.each_percent).value
                return Fraction(found) if isinstance(found, int | Fraction) else one.top

    def _tell(self, own: Bins, width: int) -> None:
        """For an explanation: the bins whose value was not 0."""
        self.told = []
        if self.metric.world.env.record is not None:
            for number, one in own.items():
                if one.top and self._enough(one):
                    start = number * width - self.shift
                    whole = (
                        (one.top, one.bottom)
                        if self.form.each == "ratio"
                        else (self._value(one), Fraction(1))
                    )
                    self.told.append((start, start + width, *whole))

    def _enough(self, one: Piece) -> bool:
        """Whether a bin has a denominator to divide by (or a sample), and as large a one as is asked for."""
        return one.bottom > 0 and one.bottom >= self.form.minimum_sample

    def _worth(self, value: Fraction, bound: Fraction | None) -> Fraction:
        if bound is None:
            return value
        return Fraction(int(_TESTS[self.form.test](value, bound)))

    def _blank(self, env: Env) -> Fraction:
        """What an empty bin counts as: for a share of good bins `up` is good; for a mean of error ratios `up` is 0."""
        if self.empty is not None:
            return Fraction(self.empty(env))
        good = self.form.empty == "up"
        return Fraction(int(good)) if self.form.fold == "share_of_bins" else Fraction(int(not good))

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """What was sampled in a period that is over cannot change, save for a run whose length decides."""
        del agreement, key
        return self._settled(period)
