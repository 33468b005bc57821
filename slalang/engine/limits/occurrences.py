"""An occurrence and what stands still or is pleaded for its rule go in; the due instant as they move it comes out (model §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.engine.limits.moving import added
from slalang.engine.metrics.times import Held
from slalang.ir.expressions import SignalAt
from slalang.outcome.records import Stretch
from slalang.values.interval import Interval, subtract, total, union

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.signals import Plan
    from slalang.engine.judging.recurring import Slot
    from slalang.engine.world import World
    from slalang.ir.expressions import Expr


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved an occurrence: until when it is due, as it would be without excuses, and the stretches; `waits`: one still goes on."""

    due: int
    plain: int
    stood: tuple[Stretch, ...] = ()
    pleaded: tuple[Stretch, ...] = ()
    waits: bool = False


class Standstills:
    """What moves the occurrences of one recurring rule: standstills as the rule says, excuses that extend by their exact length."""

    def __init__(self, world: World, rule: Rule) -> None:
        """Compile the conditions; the signals under them keep their history."""
        self.world, self.rule = world, rule
        ir = rule.ir
        stands = [one for one in ir.clock.standstills if world.applies(one.under)]
        pleas = [one for one in ir.excuses if one.effect == "extend" and world.applies(one.under)]
        exprs = [one.when for one in stands] + [as_it_moves(one.when) for one in pleas]
        self.active = bool(exprs) and not rule.prohibits
        world.signals.track(exprs if self.active else [])
        self.sources: list[Plan] = [plan for plan, _ in world.signals.sources(exprs)] if self.active else []
        self.stands = [(one.name, one.about.clause, self._held(one.when)) for one in stands]
        self.pleas = [(one.name, one.about.clause, self._held(as_it_moves(one.when))) for one in pleas]

    def _held(self, expression: Expr) -> Held:
        world = self.world
        return Held(world, world.compiler.expr(expression), world.signals.sources([expression]))

    def moved(self, agreement: str, slot: Slot, until: int) -> Moved:
        """The due instant by what is known at an instant.

        A stretch counts whole if it begins while the limit still runs; what goes on then moves the due instant on with time.
        """
        policy = self.rule.days_policy
        plain = slot.base
        if not self.active or slot.unknown or until <= slot.opens:
            return Moved(plain, plain)
        stood = self._stretches(self.stands, agreement, slot.opens, until) if policy != "nothing" else []
        pleaded = self._stretches(self.pleas, agreement, slot.opens, until)
        without, held, _, _ = self._reckoned(slot, stood, [])
        due, held, granted, last = self._reckoned(slot, stood, pleaded)
        waits = last is not None and last[1] == until and self._goes_on(agreement, until)
        return Moved(due, without, tuple(held), tuple(granted), waits)

    def _stretches(
        self, parts: list[tuple[str, str, Held]], agreement: str, start: int, until: int
    ) -> list[Stretch]:
        return [
            Stretch(a, b, name, clause)
            for name, clause, one in parts
            for a, b in one.intervals(None, agreement, start, until)
        ]

    def _reckoned(
        self, slot: Slot, stood: list[Stretch], pleaded: list[Stretch]
    ) -> tuple[int, list[Stretch], list[Stretch], Interval | None]:
        """The due instant, the stretches that moved it, and the last of them as an interval."""
        stands = union(_spans(stood))
        held = subtract(union(_spans(pleaded)), stands)
        at, standing, granted = slot.base, list[Interval](), list[Interval]()
        last: Interval | None = None
        for start, end, kind in sorted([(*one, 0) for one in stands] + [(*one, 1) for one in held]):
            if start > at or (start == at and slot.strict):
                break
            (granted if kind else standing).append((start, end))
            last = (start, end)
            moved = added(self.rule.days, slot.base, None, self.rule.days_policy, standing)
            at = moved + total(granted)
        return (
            at,
            [one for one in stood if any(a <= one.start < b for a, b in standing)],
            [one for one in pleaded if any(a <= one.start < b for a, b in granted)],
            last,
        )

    def _goes_on(self, agreement: str, at: int) -> bool:
        return any(one.intervals(None, agreement, at, at + 1) for _, _, one in (*self.stands, *self.pleas))


def _spans(stretches: list[Stretch]) -> list[Interval]:
    return [(one.start, one.end) for one in stretches if one.end is not None]


def as_it_moves(expression: Expr) -> Expr:
    """A condition read as it moves, whatever instant it names: a gap is excused where and while it holds."""
    if isinstance(expression, SignalAt):
        return SignalAt(expression.signal, expression.type, "now", expression.via)
    return expression
