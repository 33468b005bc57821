"""The lines of a signal that time itself moves go in: how long another one has held, how late cases are; the IR's form comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.facts import DaysLate, Lasting, Pattern
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import UnknownField
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import typed
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.facts import Derivation
    from slalang.ir.rules import Schedule
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

GROWING: Final = ("sig_running_time", "sig_running_days_late")
_CHANGES: Final[tuple[Derivation, ...]] = ("breach", "discharge", "relief", "relapse")
_NO_DEADLINE: Final = ("standing", "standing_duty", "target", "prohibition")
_BOUND: Final = Text(
    en="a bound that time reaches: `> 4 h` or `>= 4 h`", zh="时长达到的界限: `> 4 小时` 或 `>= 4 小时`"
)
_PERIOD: Final = Text(
    en="the time runs in calendar periods or in those of the contract: `each month`, `each year of the contract`",
    zh="时长按日历期间或合同期间累计: `每月`、`每合同年`",
)
_LATE: Final = Text(
    en="only what has a deadline is late: a duty, or a case that is `measured`",
    zh="有到期时刻的才会迟延: 义务，或 `计量` 事项",
)


def lasting(world: World, line: Sentence, entity: str) -> Lasting | None:
    """`running time of broken each month > 4 h`."""
    name, node = parts.name(line, "signal"), parts.expr(line, "bound")
    if name is None or not isinstance(node, syn.Bound):
        return None
    if node.op not in {">", ">="}:
        world.collector.add(NotPlaced(node.span, what=_BOUND))
        return None
    owners = world.signals.get(name.text, {})
    if entity not in owners:
        near = candidates(name.text, [one for one, found in world.signals.items() if entity in found])
        world.collector.add(UnknownField(name.span, name=name.text, owner=entity or "agreement", near=near))
        return None
    world.used.add(("signal", name.text))
    made = world.made(owners[entity])
    bound = typed(world, node.value, Context("fixed"), "duration")
    if made is None or bound is None:
        return None
    if made.type != "bool":
        world.collector.add(Expected(name.span, needed=of_type("bool"), found=of_type(made.type)))
        return None
    strict = node.op == ">"
    if not parts.ident(line, "unit"):
        return Lasting(name.text, bound, strict)
    period = schedule(world, line)
    if period is None:
        return None
    if not _whole(period):
        world.collector.add(NotPlaced(line.span, what=_PERIOD))
        return None
    return Lasting(name.text, bound, strict, period.unit, period.n, period.counted)


def _whole(period: Schedule) -> bool:
    """Whether periods follow one another from the calendar's or the term's beginning."""
    return not (period.weekdays or period.anchor or period.before or period.calendar)


def days_late(world: World, line: Sentence) -> DaysLate | None:
    """`running days late of Payment, Rent`, perhaps `, closed cases too`."""
    names: list[str] = []
    fine = True
    for name in parts.names(line, "rules"):
        found = lookup.rule(world, name, "obligation")
        if found is None:
            fine = False
            continue
        if parts.ident(found.sentence, "modality") in _NO_DEADLINE:
            world.collector.add(NotPlaced(name.span, what=_LATE))
            fine = False
            continue
        names.append(found.name)
    events = Pattern(derived=tuple((name, what) for name in dict.fromkeys(names) for what in _CHANGES))
    return DaysLate(events, parts.flag(line, "closed")) if fine and names else None
