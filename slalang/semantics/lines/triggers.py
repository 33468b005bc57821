"""A limit in working days goes in; as which day its trigger counts is asked for, or answered by the counting convention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.ir.rules import Within
from slalang.semantics.lines.head import counting_of
from slalang.semantics.lines.limits import kinds_of

if TYPE_CHECKING:
    from slalang.ir.rules import Limit
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.scope.world import Declared, World

CLOSED_DAY: Final = "trigger_on_closed_day"
UNTIL: Final = "day_counts_until"


def trigger_days(world: World, choices: Choices, limit: Limit | None, declared: Declared) -> None:
    """Working days from a trigger need to know what a trigger on a closed day counts as; an hour of cut-off may be stated.

    A convention that excludes the day of the trigger, whatever day that is, answers the question. Counted backward, a closed
    day changes nothing: the working days before it are those before the next open one.
    """
    if not isinstance(limit, Within) or limit.direction == "before":
        return
    if "workdays" not in kinds_of(world, limit):
        return
    counting = counting_of(world, declared.sentence)
    convention = world.convention(counting)
    if convention is not None and convention.closed_start is not None:
        choices.granted(CLOSED_DAY, "that_day", declared.span, counting)
        choices.maybe(CLOSED_DAY)
    else:
        choices.need(CLOSED_DAY)
    choices.maybe(UNTIL)
