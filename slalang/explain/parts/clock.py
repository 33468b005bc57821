"""A case's clock goes in; the part of its explanation that counts stretch by stretch, with a running sum, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import literal, operation
from slalang.explain.tree import Instant, Node, Word, duration, node

if TYPE_CHECKING:
    from slalang.explain.tree import Arg
    from slalang.outcome.trace import CaseTrace, ClockStretch, DateStep

MOST_SUMMANDS = 6  # a longer sum is left to the table's running column


def clock_part(trace: CaseTrace) -> Node | None:
    """Each stretch, counted or not and why, the sum so far, and the sum in all; None for a case without a clock."""
    if not trace.clock:
        return None
    return node("clock", *stretch_rows(trace.clock))


def stretch_rows(stretches: tuple[ClockStretch, ...]) -> tuple[Node, ...]:
    """A row a stretch with the sum so far, and a last node with the sum in all."""
    rows = []
    so_far = 0
    for stretch in stretches:
        so_far += stretch.counted
        rows.append(_stretch(stretch, so_far))
    return (*rows, _sum(stretches, so_far))


def _stretch(stretch: ClockStretch, so_far: int) -> Node:
    why = None
    if stretch.reason:
        why = node("why.clause", reason=stretch.reason, clause=stretch.clause or None)
    return node(
        "stretch",
        start=Instant(stretch.start),
        end=Instant(stretch.end),
        length=duration(stretch.end - stretch.start),
        state=Word(stretch.state, "state"),
        why=why,
        counted=duration(stretch.counted),
        subtotal=duration(so_far),
        ids=stretch.events,
    )


def _sum(stretches: tuple[ClockStretch, ...], total: int) -> Node:
    counted = [item.counted for item in stretches if item.counted]
    if not counted:
        return node("clock.none", total=duration(0))
    if 1 < len(counted) <= MOST_SUMMANDS:
        added = operation("+", tuple((node("x.value", value=duration(item)), 9) for item in counted))
        return node("clock.sum", sum=added, total=duration(total))
    return node("clock.total", total=duration(total))


def dates_part(trace: CaseTrace) -> Node | None:
    """The steps by which days were counted, each with its rule and the date it led to."""
    rows = [
        node("date", date=step.date, rule=Word(step.rule, "date"), detail=_detail(step))
        for step in trace.dates
    ]
    return node("dates", *rows) if rows else None


def _detail(step: DateStep) -> Arg:
    """What a step counted: months and days, working days, or which end of the count it is."""
    if step.rule == "civil":
        return literal("civil", step.detail)
    if step.rule == "working_days":
        return literal("workdays", step.detail)
    return Word(step.detail, "date") if step.detail else None
