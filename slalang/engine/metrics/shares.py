"""The verdicts of a period and key go in; the share that was met comes out, with its bounds where some are undetermined."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.reasons import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.amounts import ShareMet
    from slalang.outcome.records import Verdict


@dataclass(slots=True)
class Figure:
    """The raw outcome of a metric's form, before `when none`."""

    value: Any = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    reason: str = ""
    empty: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    final: bool = True
    size: int | None = None  # how many cases, events or bins it was made of


def share_met(form: ShareMet, verdicts: Sequence[Verdict], metric: str) -> Figure:
    """Met ÷ (met + not met); statuses in neither list are left out."""
    if form.pooling == "shares_averaged":
        return _averaged(form, verdicts, metric)
    if form.pooling == "cases_meet_all":
        groups: dict[tuple[str, str], list[Verdict]] = {}
        for one in verdicts:
            groups.setdefault((one.agreement, one.subject), []).append(one)
        sides = [_side(form, group) for group in groups.values()]
    else:
        sides = [_side(form, (one,)) for one in verdicts]
    return _figure(sides.count("met"), sides.count("not_met"), sides.count("unknown"), metric)


def _side(form: ShareMet, group: Sequence[Verdict]) -> str:
    """Where a case counts: not met if any of its verdicts is, unknown if any may be, met if any is and none else."""
    statuses = [one.status for one in group]
    if any(status in form.not_met for status in statuses):
        return "not_met"
    if any(status == "undetermined" and status not in form.met for status in statuses):
        return "unknown"
    return "met" if any(status in form.met for status in statuses) else "out"


def _figure(met: int, missed: int, unknown: int, metric: str) -> Figure:
    counted = met + missed
    if unknown:
        reason = say("undetermined_cases", metric=metric, count=unknown)
        # An undetermined case may turn out met, not met, or (excused, void) not counted at all.
        low = Fraction(met, counted + unknown)
        high = Fraction(met + unknown, counted + unknown)
        return Figure(None, None, None, low, high, reason)
    if not counted:
        return Figure(empty=True)
    return Figure(Fraction(met, counted), Fraction(met), Fraction(counted))


def _averaged(form: ShareMet, verdicts: Sequence[Verdict], metric: str) -> Figure:
    """The mean of the shares of the rules that have any case; a rule without a case has no share."""
    figures = []
    for rule in form.rules:
        own = [_side(form, (one,)) for one in verdicts if one.rule == rule]
        figure = _figure(own.count("met"), own.count("not_met"), own.count("unknown"), metric)
        if not figure.empty:
            figures.append(figure)
    if not figures:
        return Figure(empty=True)
    count = len(figures)
    low = sum((_bound(one, one.low) for one in figures), Fraction(0))
    high = sum((_bound(one, one.high) for one in figures), Fraction(0))
    if any(one.value is None for one in figures):
        reason = next(one.reason for one in figures if one.reason)
        return Figure(None, None, None, low / count, high / count, reason)
    return Figure(low / count, low, Fraction(count))


def _bound(figure: Figure, bound: Fraction | None) -> Fraction:
    """A share, or a bound of it where it is undetermined."""
    if figure.value is not None:
        return Fraction(figure.value)
    assert bound is not None
    return bound
