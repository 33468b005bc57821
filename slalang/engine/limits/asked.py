"""A rule goes in; the names of the calendars that it asks come out, for the reason of a verdict that none of them can give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.compile.constants import Bound, Workdays, from_const
from slalang.engine.compile.walk import signals_of
from slalang.ir.expressions import Const
from slalang.ir.facts import Computed, OpenIn
from slalang.ir.rules import ByPoint, Within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.world import World
    from slalang.ir.expressions import Expr
    from slalang.ir.rules import Obligation


def asked(world: World, ir: Obligation) -> str:
    """The calendars of a rule's clock, limit, roll, schedule and opening hours, each once: `Office`, or `Office, Bank`.

    A rule that names none counts its days on the contract's only calendar.
    """
    names = [ir.clock.calendar]
    limit = ir.limit
    if limit is not None:
        names += [limit.roll.calendar if limit.roll is not None else "", limit.closes]
    if isinstance(limit, ByPoint):
        names.append(limit.calendar)
    if isinstance(limit, Within):
        names += [_of_workdays(node) for node in world.nodes([limit.limit])]
    names.append(ir.scope.schedule.calendar if ir.scope.schedule is not None else "")
    names += _hours(world, [*(one.when for one in ir.clock.standstills), *(one.when for one in ir.excuses)])
    named = [name for name in dict.fromkeys(names) if name not in {"", "always"}]
    declared = [one.name for one in world.program.calendars]
    if not named and (world.program.rest_days or len(declared) == 1):
        named = [world.program.rest_days or declared[0]]
    return ", ".join(named) or ir.clock.calendar


def _of_workdays(node: Expr) -> str:
    """The calendar whose working days a constant limit counts."""
    if not isinstance(node, Const) or node.type not in {"limit", "workdays"}:
        return ""
    value = from_const(node)
    amount = value.amount if isinstance(value, Bound) else value
    return amount.calendar if isinstance(amount, Workdays) else ""


def _hours(world: World, roots: Iterable[Expr]) -> list[str]:
    """The calendars whose opening hours are read by some conditions."""
    found: list[str] = []
    for node in signals_of(roots, world.program):
        form = world.signals.plan(node.signal).signal.form
        if isinstance(form, OpenIn):
            found.append(form.calendar)
        elif isinstance(form, Computed):
            found += _hours(world, [form.value])
    return found
