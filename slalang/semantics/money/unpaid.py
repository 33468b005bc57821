"""All amounts and caps of a contract go in; messages about those that are reckoned on what is unpaid, and used too early, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AmountRule, Cap, Metric, Right
from slalang.ir.expressions import AmountRef
from slalang.ir.rules import Obligation
from slalang.semantics.errors.money import OnUnpaid
from slalang.semantics.expressions.reads import parts, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.ir.expressions import Expr
    from slalang.semantics.scope.world import World


Reader = Obligation | Metric | AmountRule | Right


def reads_unpaid(expr: Expr) -> bool:
    """Whether an expression reads what is unpaid of an amount (which only stands in the expression itself, never in a definition)."""
    return (isinstance(expr, AmountRef) and expr.unpaid) or any(reads_unpaid(one) for one in parts(expr))


def check_unpaid(
    world: World,
    amounts: Sequence[AmountRule],
    caps: Iterable[Cap],
    readers: Iterable[Reader],
) -> None:
    """An amount on what is unpaid has no cap over several postings, no group and no reader, and rests on none of its kind."""
    grows = {rule.name for rule in amounts if rule.on_unpaid}
    capped = {name for cap in caps for name in cap.rules}
    cap_reads = {
        name for cap in caps for sort, name, _ in reads([cap.limit], world.named) if sort == "amount"
    }
    for rule in amounts:
        if not rule.on_unpaid:
            continue
        if rule.group:
            _refuse(world, rule.name, "it cannot compete in a group", "不能参与同组取舍")
        if rule.name in capped | cap_reads:
            _refuse(world, rule.name, "no cap over several postings can hold it", "多笔合计的封顶不能约束它")
    for reader in readers:
        for name in grows:
            if any(one.partition("@")[0] == f"amount:{name}" for one in reader.shape.reads):
                _refuse(world, name, f"`{reader.name}` cannot read it", f"`{reader.name}` 不能读取它")


def _refuse(world: World, name: str, en: str, zh: str) -> None:
    span = world.values[name][0].span
    world.collector.add(OnUnpaid(span, name=name, what=Text(en=en, zh=zh)), ("unpaid", name, en))
