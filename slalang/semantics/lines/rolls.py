"""A limit and the lines that move or shorten its last day go in; the IR's limit with its own roll and closing comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.rules import ByDate, ByPoint, Limit, Roll, Schedule, Within
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.lines import limits
from slalang.semantics.lines.once import single
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence


def moved(world: World, sentence: Sentence, limit: Limit | None, counting: str) -> Limit | None:
    """The limit as `roll to …` and `last day ends with business of …` change it; None after a report.

    Only what ends with a day can move by days: a limit in hours, one before an event, and an instant end where they end.
    """
    roll, closes = single(world, sentence, "roll"), single(world, sentence, "closes_with")
    if limit is None or (roll is None and closes is None):
        return limit
    fine = True
    for line in (roll, closes):
        if line is not None and (what := _no_day(world, limit, counting)) is not None:
            world.collector.add(NotPlaced(line.span, what=what))
            fine = False
    if roll is not None:
        calendar = _calendar(world, roll)
        fine = fine and calendar is not None
        to = "next_open" if parts.ident(roll, "to") == "next" else "previous_open"
        found = Roll(calendar or "", to, parts.flag(roll, "not_last"))  # type: ignore[arg-type]
        limit = replace(limit, roll=found)
    if closes is not None:
        calendar = _calendar(world, closes)
        fine = fine and calendar is not None
        limit = replace(limit, closes=calendar or "")
    return limit if fine else None


def nothing_moves(world: World, sentence: Sentence) -> bool:
    """Report lines that move a last day in a rule that has none; True where there are no such lines."""
    what = Text(en="this rule has no last day that could move", zh="本规则没有可以移动的末日")
    found = [line for kind in ("roll", "closes_with") for line in parts.children(sentence, kind)]
    for line in found:
        world.collector.add(NotPlaced(line.span, what=what))
    return not found


def window_opens(world: World, sentence: Sentence, period: Schedule | None) -> ByPoint | None:
    """`window opens day 5 of the month`: the first day on which an occurrence may be discharged."""
    line = single(world, sentence, "window_opens")
    if line is None:
        return None
    if period is None:
        what = Text(
            en="only a recurring rule has a window that opens on a day: add `each month` or the like",
            zh="只有定期的规则才有始于某日的可交期: 请加 `每月` 之类",
        )
        world.collector.add(NotPlaced(line.span, what=what))
        return None
    return limits.point(world, line, period)


def _calendar(world: World, line: Sentence) -> str | None:
    name = parts.name(line, "calendar")
    return lookup.calendar(world, name) if name else None


def _no_day(world: World, limit: Limit, counting: str) -> Text | None:
    """Why a limit does not end with a day; None where it does."""
    if isinstance(limit, Within):
        if limit.direction == "before":
            return Text(
                en="a time before an event is not moved: count it with a convention, or name another event",
                zh="早于某事件的时限不作移动",
            )
        if "duration" in limits.kinds_of(world, limit) or counting == "exact":
            return Text(
                en="a limit counted in hours ends at its hour and is never moved to another day",
                zh="以小时计的期限到时即止，不移至另一日",
            )
    if isinstance(limit, ByDate) and limit.value.type == "instant":
        return Text(en="an instant is not moved to another day", zh="确定的时刻不移至另一日")
    return None
