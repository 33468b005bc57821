"""Events go in as they happen; the payments that they are, of one `payments` rule, come out in their order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.compile.constants import from_scalar
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.amounts import Payments


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment: of whom, when, by which event, how much, and the debt that it names."""

    agreement: str
    at: int
    event: str
    amount: Fraction
    named: str


class Receipts:
    """The payments of one rule of one version."""

    def __init__(self, world: World, ir: Payments) -> None:
        """Compile the pattern."""
        self.world = world
        self.ir = ir
        self.conditions = conditions(world, ir.events)
        self.found: list[Receipt] = []

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world, ir = self.world, self.ir

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not world.in_force.holds(event.time, subject.agreement or "") or not condition(world.env):
                    return
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
                return
            if not self._between_them(event):
                world.fault(
                    "SLA-E0711", subject, event,
                    f"`{ir.name}`: only {ir.debtor} pays, and only to {ir.creditor}; this payment settles nothing",
                    f"`{ir.name}`：只有 {ir.debtor} 向 {ir.creditor} 的付款才清偿；本笔付款不清偿任何债务",
                )  # fmt: skip
                return
            value = event.data.get(ir.field)
            amount = Fraction(0) if value is None else Fraction(from_scalar(f"amount:{ir.unit}", value))
            if amount <= 0:
                world.fault(
                    "SLA-E0707", subject, event,
                    f"`{ir.name}`: a payment of nothing, or of less, settles nothing",
                    f"`{ir.name}`：金额为零或负的付款不清偿任何债务",
                )  # fmt: skip
                return
            named = event.data.get(ir.named_by) if ir.named_by else None
            agreement = subject.agreement or ""
            self.found.append(
                Receipt(agreement, event.time, event.id, amount, "" if named is None else str(named))
            )

        return collect

    def _between_them(self, event: Event) -> bool:
        """Whether it is the debtor who pays, and the creditor who is paid (model §3); who is no party acts for whoever sent the event."""
        ir, acts_for = self.ir, self.world.acts_for
        return ir.anyone or (
            (not event.by or acts_for(event.by, (ir.debtor,), event.time))
            and (not event.to or acts_for(event.to, (ir.creditor,), event.time))
        )
