"""The lines of a scenario that expect a balance, a notice or a report go in; the expectations of the IR come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from slalang.diagnostics.diagnostic import Text
from slalang.ir.scenarios import BalanceExpected, NoticeExpected, ReportExpected
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions import types
from slalang.semantics.expressions.literals import instant_of
from slalang.semantics.rules.values import constant
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.scope.world import place
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.expressions import Const
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

T = TypeVar("T")
_CODE: Final = re.compile(r"SLA-[A-Z]\d{4}")


def whole(found: list[T | None]) -> tuple[T, ...] | None:
    """All of them, or None where one had a mistake."""
    made = tuple(one for one in found if one is not None)
    return made if len(made) == len(found) else None


def balance(world: World, line: Sentence) -> BalanceExpected | None:
    """`expect balance of A to B 2026-03 is 100 CNY`: what is open (`is`, `open`), paid or set off."""
    debtor, creditor = (lookup.party(world, parts.name(line, key)) for key in ("debtor", "creditor"))
    checks: list[tuple[str, Const]] = []
    for what, node in parts.tuples(line, "checks"):
        value = constant(world, node, f"amount:{world.currency}" if world.currency else None)
        if value is not None and not types.is_amount(value.type):
            needed = of_type(f"amount:{world.currency or 'CNY'}")
            world.collector.add(Expected(node.span, needed=needed, found=of_type(value.type)))
            value = None
        if value is None:
            return None
        checks.append(("open" if what == "value" else what, value))
    if not debtor or not creditor:
        return None
    agreement, period = parts.text(line, "subject"), parts.text(line, "period")
    return BalanceExpected(debtor, creditor, agreement, period, tuple(checks), place(line.span))


def notice(world: World, line: Sentence) -> NoticeExpected | None:
    """`expect notice of R T-1 to Manager sent at …`, `scheduled at …` or `is never sent`."""
    name = parts.name(line, "rule")
    found = lookup.rule(world, name, "obligation", "right") if name is not None else None
    node = line.parts.get("at")
    at = instant_of(world, node) if isinstance(node, syn.DateValue) else None
    if found is None or (node is not None and at is None):
        return None
    to = parts.name(line, "to")
    kinds: dict[str, Literal["sent", "scheduled", "none"]] = {
        "sent_at": "sent", "scheduled_at": "scheduled", "none_sent": "none",
    }  # fmt: skip
    what = kinds[parts.ident(line, "what")]
    subject, period = parts.text(line, "subject"), parts.text(line, "period")
    told = to.text if to is not None else ""
    return NoticeExpected(found.name, subject, told, what, at, place(line.span), period)


def report(world: World, line: Sentence) -> ReportExpected | None:
    """`expect reported "SLA-E0706" O-1 at …`: an event that did nothing, a refused exercise, an impossible transition."""
    code: Any = parts.text(line, "code")
    node = line.parts.get("at")
    at = instant_of(world, node) if isinstance(node, syn.DateValue) else None
    if not _CODE.fullmatch(code):
        what = Text(
            en="a report is named by its code, such as `SLA-E0701`", zh="所报事项以代码指明，例如 `SLA-E0701`"
        )
        world.collector.add(NotPlaced(line.span, what=what))
        return None
    return (
        None
        if node is not None and at is None
        else ReportExpected(code, parts.text(line, "subject"), at, place(line.span))
    )
