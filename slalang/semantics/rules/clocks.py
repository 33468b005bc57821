"""The clock line of an obligation and the exceptions that stop it go in; the IR's clock comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import SignalAt
from slalang.ir.rules import Clock, Excuse, Standstill
from slalang.semantics import parts
from slalang.semantics.agreement.term import SUSPENDED, standstill, suspends
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.expressions.lower import condition
from slalang.semantics.lines.once import single
from slalang.semantics.rules import exceptions
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.semantics.rules.obligations import Draft
    from slalang.semantics.scope.world import World


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


def periodic_and_suspended(world: World, recurring: bool, modality: str) -> bool:
    """Whether a rule's occurrences go on by the calendar while the contract may be suspended; targets rest on their metrics."""
    return suspends(world) and modality != "target" and (recurring or modality == "standing")


def _rests(draft: Draft) -> bool:
    stated = draft.choices.find("while_suspended")
    return stated is not None and stated.policy.choice == "rests"


def resting(draft: Draft, modality: str) -> tuple[Excuse, ...]:
    """An occurrence that falls due while the contract is suspended is excused, where the rule rests then."""
    periodic = periodic_and_suspended(draft.world, draft.scope.kind == "recurring", modality)
    if not periodic or modality == "standing" or not _rests(draft):
        return ()
    still = standstill(draft.world)
    return (Excuse("suspended", SignalAt(SUSPENDED, "bool", "deadline"), "release", "deadline", still.about),)


_NOTHING_MOVES = Text(
    en="a target and a forbidden act of each period have no deadline that could be later: leave time out of the metric (`excluding`), or release (`, release`)",
    zh="目标与按期禁止的行为没有可以推后的到期时刻：请在指标中剔除时间（`剔除`），或免除（`，免除`）",
)


def movable(draft: Draft, modality: str) -> tuple[Excuse, ...]:
    """The rule's excuses; what would stand still or be extended is reported where no deadline could move."""
    excuses = exceptions.excuses(draft.world, draft.declared, draft.running, draft.case())
    fixed = modality == "target" or (modality == "prohibition" and draft.scope.kind == "recurring")
    stills = any(one.name != "suspended" for one in draft.clock.standstills)
    if fixed and (stills or any(one.effect == "extend" for one in excuses)):
        draft.world.collector.add(NotPlaced(draft.declared.span, what=_NOTHING_MOVES))
        draft.fine = False
    return excuses


def _stands_still(draft: Draft) -> bool:
    """Whether a suspension of the contract stops the rule's clock: that of a case always, a standing duty where it says so."""
    modality = parts.ident(draft.sentence, "modality")
    if not suspends(draft.world) or modality == "target" or parts.child(draft.sentence, "at_least_before"):
        return False
    if modality.startswith("standing"):
        return _rests(draft)
    return draft.scope.kind != "recurring"
