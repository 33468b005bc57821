"""A running count or sum of the IR goes in; what each event does to it, and when it drops out of a window, comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions, holds_for
from slalang.engine.compile.constants import UNSET, from_const
from slalang.engine.reasons import in_chinese
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir import facts

    Update = Callable[[Subject, Event], None]

BEFORE = 0  # what drops out of a window does so before the events of that instant: a window is half-open


def running(world: World, plan: Plan, form: facts.Running) -> dict[str, Update]:
    """For each event type, also of derived events, what it does to the signal."""
    more = conditions(world, form.events, derived=True)
    less = conditions(world, form.less, derived=True)
    resets = conditions(world, form.reset, derived=True)
    adds, takes = _amount(world, plan, form.value), _amount(world, plan, form.less_value)
    expire = _window(world, plan, form)
    slot = plan.slot
    made: dict[str, Update] = {}
    for type_ in dict.fromkeys([*more, *less, *resets]):
        parts = (more.get(type_), less.get(type_), resets.get(type_))

        def update(subject: Subject, event: Event, parts: tuple[Any, Any, Any] = parts) -> None:
            up, down, reset = parts
            total = plan.initial if subject.values[slot] is UNSET else subject.values[slot]
            if reset is not None and holds_for(world, reset, subject, event):
                total = plan.initial
                subject.marks[slot, "reset"] = subject.marks.get((slot, "reset"), 0) + 1
                subject.marks.pop((slot, "events"), None)
            change: Any = 0
            try:
                if up is not None and holds_for(world, up, subject, event):
                    change += adds(event)
                if down is not None and holds_for(world, down, subject, event):
                    change -= takes(event)
            except Undetermined as unknown:
                world.fault(
                    "SLA-E0705",
                    subject,
                    event,
                    f"what `{event.type}` adds to `{plan.signal.name}` cannot be told: {unknown.reason}",
                    f"无法得知 `{event.type}` 使 `{plan.signal.name}` 变动多少：{in_chinese(unknown.reason)}",
                )
            if change and expire is not None:
                expire(subject, event, change)
            if change and plan.keeps:
                subject.marks.setdefault((slot, "events"), []).append(event.id)
            world.put(subject, slot, total + change, event.time, event.id)

        made[type_] = update
    return made


def _amount(world: World, plan: Plan, expression: Any) -> Callable[[Event], Any]:
    if expression is None:
        one = Fraction(1)
        return lambda _: one
    value = world.compiler.expr(expression)
    whole = plan.signal.type == "duration"

    def amount(event: Event) -> Any:
        world.env.event = event
        found = Fraction(value(world.env))
        return int(found) if whole else found

    return amount


def _window(world: World, plan: Plan, form: facts.Running) -> Callable[[Subject, Event, Any], None] | None:
    """What an event changed is taken back when the window has moved past it, unless a reset has done so."""
    if form.window is None:
        return None
    length = from_const(form.window)
    civil = form.window.type == "civil"
    slot = plan.slot

    def expire(subject: Subject, event: Event, change: Any) -> None:
        at = world.zone.shift_civil(event.time, length.months, length.days) if civil else event.time + length
        count = subject.marks.get((slot, "reset"), 0)

        def drop(then: int) -> None:
            if subject.marks.get((slot, "reset"), 0) == count:
                if plan.keeps:
                    subject.marks[slot, "events"].remove(event.id)
                world.put(subject, slot, subject.values[slot] - change, then, event.id)

        world.timers.push(at, BEFORE, drop)

    return expire
