"""An amount by the day with its trace goes in; the stretches of days that cost the same, with their sums, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import words
from slalang.explain.parts.values import derived, hidden
from slalang.explain.tree import Node, node
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from slalang.ir.amounts import AmountRule
    from slalang.ir.program import Program
    from slalang.outcome.records import LedgerLine
    from slalang.outcome.trace import AmountTrace

MOST_RUNS = 40  # stretches that are listed; the rest is counted and added up
MOST_DERIVED = 5  # stretches whose daily amount is derived


def late_days(program: Program, rule: AmountRule, line: LedgerLine, trace: AmountTrace) -> Node | None:
    """How each day's amount came about, the stretches of equal days, and their sum."""
    if line.exact is None:
        return None
    rows: list[Node | None] = []
    for run, value in zip(line.days[:MOST_DERIVED], trace.daily, strict=False):
        inner = derived(program, value)
        rows.append(node("late_days.each", inner, first=run.first) if inner is not None else None)
    so_far = Fraction(0)
    for run in line.days[:MOST_RUNS]:
        so_far += run.count * run.each
        rows.append(
            node(
                "late_run", first=run.first, last=run.last, count=run.count, each=_money(run.each, line.unit),
                sum=_money(run.count * run.each, line.unit), so_far=_money(so_far, line.unit),
            )
        )  # fmt: skip
    rest = line.days[MOST_RUNS:]
    if rest:
        more = sum((run.count * run.each for run in rest), Fraction(0))
        days = sum(run.count for run in rest)
        so_far += more
        rows.append(node("late_days.more", count=len(rest), days=days, sum=_money(more, line.unit)))
    if not line.days:
        rows.append(node("late_days.none"))
    total = sum(run.count for run in line.days)
    rows.append(node("late_days.total", days=total, value=_money(so_far, line.unit)))
    return node("late_days", *rows, names=words(rule.amount, hidden(program)))


def _money(value: Fraction, unit: str) -> Quantity:
    return Quantity(f"amount:{unit}", value)
