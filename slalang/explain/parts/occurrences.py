"""The trace of an occurrence goes in; the part that says what period it is for, what could be for it, what held, and why not, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.explain.parts.values import derived
from slalang.explain.tree import Arg, Instant, Node, Word, node

if TYPE_CHECKING:
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.trace import CaseTrace, Interruption, Occurrence

_NO_END: Final = 253_370_764_800_000_000  # the year 9999 in µs: a term that nothing ends


def occurrence_part(program: Program, trace: CaseTrace, rule: Obligation | None) -> Node | None:
    """The occurrence itself: its period, the window for the act, how the act was found; a target's comparison; a gap's reasons."""
    found = trace.occurrence
    if found is None:
        return None
    children: list[Node | None] = [_window(found), _matched(found, rule)]
    if found.holds is not None:
        children.append(derived(program, found.holds))
    children += [_gap(program, one) for one in found.gaps]
    kind = "occurrence" if found.end < _NO_END else "occurrence.open"
    ends = Instant(found.end, ends=True)
    return node(kind, *children, period=Word(found.period, "period"), start=Instant(found.start), end=ends)


def _window(found: Occurrence) -> Node | None:
    """From when on an act can be for this occurrence; reports that came then and were for another are told with what happened."""
    if found.opens is None:
        return None
    return node("occurrence.window", at=Instant(found.opens), how=Word(found.opens_how, "window"))


def _matched(found: Occurrence, rule: Obligation | None) -> Node | None:
    if not found.matched:
        return None
    field: Arg = rule.period_field if rule is not None and rule.period_field else "period"
    if found.matched == "period_field":
        return node("occurrence.named", field=field, period=Word(found.period, "period"))
    if found.matched == "period_it_falls_in":
        return node("occurrence.falls_in", period=Word(found.period, "period"))
    return node("occurrence.oldest", period=Word(found.period, "period"))


def _gap(program: Program, one: Interruption) -> Node | None:
    if one.holds is None:
        return None
    return node("occurrence.gap", derived(program, one.holds), at=Instant(one.start))
