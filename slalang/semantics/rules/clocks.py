"""The clock line of an obligation and the exceptions that stop it go in; the IR's clock comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.rules import Clock, Standstill
from slalang.semantics import parts
from slalang.semantics.agreement.term import standstill, suspends
from slalang.semantics.expressions.lower import condition
from slalang.semantics.lines.once import single
from slalang.semantics.rules import exceptions
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.semantics.rules.obligations import Draft


def clock_of(draft: Draft) -> Clock:
    """The calendar in which time counts and all that stops it; `always` where the rule names none."""
    world, declared = draft.world, draft.declared
    line = single(world, draft.sentence, "clock")
    calendar: str | None = "always"
    stills: tuple[Standstill, ...] = ()
    if line is not None:
        name = parts.name(line, "calendar")
        calendar = lookup.calendar(world, name) if name else "always"
        node = parts.expr(line, "except_while")
        if node is not None:
            when = condition(world, node, draft.running)
            draft.fine = draft.fine and when is not None
            stills = (Standstill(declared.name, when, world.about(declared)),) if when is not None else ()
    if calendar is None:
        draft.fine = False
        calendar = "always"
    suspended = (standstill(world),) if _stands_still(draft) else ()
    return Clock(calendar, (*stills, *suspended, *exceptions.standstills(world, declared, draft.running)))


def _stands_still(draft: Draft) -> bool:
    """Whether a suspension of the contract stops the rule's clock: of running limits always, of other duties where it says so."""
    if not suspends(draft.world):
        return False
    if draft.scope.kind == "recurring" or parts.ident(draft.sentence, "modality") in {"standing", "target"}:
        return False
    return parts.child(draft.sentence, "at_least_before") is None
