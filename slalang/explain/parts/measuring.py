"""A metric of bins or of summed time goes in; what was done to bins and stretches before the sum comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import pattern
from slalang.explain.tree import Instant, Word, node
from slalang.ir.amounts import BinRatio, TimeOf
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from slalang.explain.tree import Node
    from slalang.ir.amounts import Metric
    from slalang.outcome.records import MetricValue
    from slalang.outcome.trace import MetricTrace

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
