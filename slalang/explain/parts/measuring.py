"""A metric of bins or of summed time goes in; what was done to bins and stretches before the sum comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import operation, pattern
from slalang.explain.tree import Instant, Word, node
from slalang.ir.amounts import BinRatio, CaseFold, EventFold, TimeOf
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from slalang.explain.tree import Node
    from slalang.ir.amounts import Metric
    from slalang.outcome.records import MetricValue
    from slalang.outcome.trace import MetricTrace

MOST_LISTED = 50  # events or cases that are listed one by one; the rest is counted
MOST_TERMS = 12  # of a sum that are written out
MOST_BINS = 50  # that are listed one by one; the rest is counted


def binned(rule: Metric | None, trace: MetricTrace) -> Node | None:
    """How many bins were sampled, how many were empty and as what those count, how many had no sample at all."""
    if rule is None or not isinstance(rule.form, BinRatio):
        return None
    form, counts = rule.form, dict(trace.counts)
    least = form.minimum_sample
    ratio = form.each == "ratio"
    rows = [
        node("bins.sampled" if ratio else "bins.value", count=counts.get("bins_sampled", 0)),
        node(
            "bins.empty" if ratio else "bins.few",
            count=counts.get("bins_empty", 0),
            choice=Word(f"bin_{form.empty}", "said"),
            least=least or None,
        ),
        node("bins.missing", count=counts.get("bins_missing", 0), choice=Word(f"bin_{form.missing}", "said")),
    ]
    length = Quantity("duration", Fraction(form.bin_us))
    told = _ratios(trace) if ratio else _values(form, trace)
    return node("bins", *rows, told, length=length, events=pattern(form.events))


def _values(form: BinRatio, trace: MetricTrace) -> Node | None:
    """The value of each bin that is not 0."""
    between = form.each in {"mean", "interpolated_percentile"}
    kind = "number" if between and form.numerator.type == "integer" else form.numerator.type
    rows = [
        node("bin.value", start=Instant(start), end=Instant(end), value=Quantity(kind, value))
        for start, end, value, _ in trace.bins[:MOST_BINS]
    ]
    more = len(trace.bins) - len(rows)
    return node("bins.values", *rows, node("bins.more", count=more) if more else None) if rows else None


def _ratios(trace: MetricTrace) -> Node | None:
    """The ratio of each bin whose numerator was not 0."""
    rows = [
        node(
            "bin", start=Instant(start), end=Instant(end), top=Quantity("number", top),
            bottom=Quantity("number", bottom), value=Quantity("ratio", top / bottom),
        )
        for start, end, top, bottom in trace.bins[:MOST_BINS]
    ]  # fmt: skip
    more = len(trace.bins) - len(rows)
    return node("bins.ratios", *rows, node("bins.more", count=more) if more else None) if rows else None


def bin_arithmetic(form: BinRatio, value: MetricValue) -> Node | None:
    """The last division: the sum of the ratios by the number of bins, or the bins that passed of all."""
    if value.numerator is None or value.denominator is None or value.value is None:
        return None
    kind = "bins.mean" if form.bound is None else "bins.share"
    number = [Quantity("number", one) for one in (value.numerator, value.denominator)]
    return node(kind, numerator=number[0], denominator=number[1], value=value.value)


def shaped(rule: Metric | None) -> Node | None:
    """What was done to the time before it was added up, step by step in the order in which it was done."""
    form = (
        rule.form.time
        if rule is not None and isinstance(rule.form, BinRatio)
        else getattr(rule, "form", None)
    )
    if not isinstance(form, TimeOf):
        return None
    told: dict[str, Node | None] = {
        "excluding": node("did.excluding") if form.exclusions else None,
        "bins": _did_bins(form),
        "minimum_run": _did_run(form),
        "period_borders": node("did.period_borders") if form.order else None,
        "rounding_step": _did_rounding(form, "each"),
    }
    steps: list[str] = [*form.order] or [*told]
    rows = [told[step] for step in steps]
    return (
        node("did", *rows, _did_rounding(form, "total"))
        if form.bin_us or form.minimum_run_us or form.round_us
        else None
    )


def _did_bins(form: TimeOf) -> Node | None:
    if not form.bin_us:
        return None
    length, least = (
        Quantity("duration", Fraction(form.bin_us)),
        Quantity("duration", Fraction(form.bin_least_us)),
    )
    if not form.bin_least_us:
        return node("did.bins", length=length)
    return node("did.bins.more" if form.bin_strict else "did.bins.least", length=length, least=least)


def _did_run(form: TimeOf) -> Node | None:
    if not form.minimum_run_us:
        return None
    kind = "did.run.more" if form.minimum_strict else "did.run.least"
    return node(kind, length=Quantity("duration", Fraction(form.minimum_run_us)))


def _did_rounding(form: TimeOf, what: str) -> Node | None:
    if form.round_what != what:
        return None
    unit = Quantity("duration", Fraction(form.round_us))
    return node(f"did.round.{what}", unit=unit, mode=Word(form.round_mode, "said"))


def folded(rule: Metric | None, trace: MetricTrace) -> Node | None:
    """The events or cases of a count, sum, mean or the like, each with its value."""
    if rule is None or not isinstance(rule.form, CaseFold | EventFold) or not trace.folded:
        return None
    rows = [
        node(
            "folded.one",
            at=Instant(one.at) if one.at is not None else None,
            what=Word(one.what, "event"),
            subject=one.subject or None,
            value=_of(rule.form, one.value),
            id=one.id or None,
        )
        for one in trace.folded[:MOST_LISTED]
    ]
    more = len(trace.folded) - len(rows)
    return node("folded", *rows, node("folded.more", count=more) if more else None)


def _of(form: CaseFold | EventFold, value: Fraction | None) -> Quantity | None:
    return None if value is None or form.value is None else Quantity(form.value.type, value)


def fold_arithmetic(
    form: CaseFold | EventFold, value: MetricValue, trace: MetricTrace, least: int
) -> Node | None:
    """How the values come to the one: added up, by their rank, or which of them it is; `least`: fewer are as good as none."""
    count, whole = len(trace.folded), value.value
    if whole is None or not count:
        return None
    if count < least:
        return node("fold.few", count=count, least=least, value=whole)
    cases = isinstance(form, CaseFold)
    if form.fold == "count":
        return node("fold.count.cases" if cases else "fold.count.events", count=count, value=whole)
    if form.fold == "mean":
        if value.numerator is None:
            return None
        total = Quantity(whole.type, value.numerator)
        return node("mean.cases" if cases else "mean.events", total=total, count=count, value=whole)
    found = sorted(one.value for one in trace.folded if one.value is not None)
    values = [Quantity(whole.type, one) for one in found]
    if form.fold == "sum":
        if count == 1:
            return None
        if count > MOST_TERMS:
            return node("fold.sum.many", count=count, value=whole, parts=tuple(values))
        told = operation("+", tuple((node("x.value", value=one), 9) for one in values))
        return node("fold.sum", sum=told, value=whole, parts=tuple(values))
    if form.fold in {"largest", "smallest"}:
        return node("fold.extreme", which=Word(form.fold, "fold"), count=count, value=whole)
    return _ranked(form, values, whole)


def _ranked(form: CaseFold | EventFold, values: list[Quantity], whole: Quantity) -> Node:
    """A percentile: the rank that is asked for, and the value that stands there, or between which two it lies."""
    percent, count = Fraction(form.percent), len(values)
    share = Quantity("ratio", percent / 100)
    if form.fold == "percentile":
        exact = percent * count / 100
        rank = -(-exact.numerator // exact.denominator)
        return node(
            "fold.rank", percent=share, count=count, exact=Quantity("number", exact), rank=rank, value=whole
        )
    exact = 1 + percent * (count - 1) / 100
    below = exact.numerator // exact.denominator
    low, high = values[below - 1], values[min(below, count - 1)]
    return node(
        "fold.between", percent=share, less=count - 1, rank=Quantity("number", exact), low=low, high=high,
        part=Quantity("number", exact - below), value=whole,
    )  # fmt: skip
