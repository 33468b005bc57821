"""The sentences of a cap over several postings go in; the IR's cap comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AmountRule, Cap
from slalang.ir.expressions import Const
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing
from slalang.semantics.errors.money import CapUnits
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import typed
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines.head import check_under
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence


def cap(world: World, declared: Declared, _: str = "") -> Cap | None:
    """A cap over some amount rules together, or None when it has mistakes."""
    sentence = declared.sentence
    choices = Choices(world, declared)
    rules = [lookup.rule(world, name, "amount_rule") for name in parts.names(sentence, "rules")]
    made: list[AmountRule | None] = [None if rule is None else world.made(rule) for rule in rules]
    capped = [rule for rule in made if rule is not None]
    fine = check_under(world, sentence) and len(capped) == len(rules)
    for rule in capped[1:]:
        if rule.amount.type != capped[0].amount.type:
            first, other = capped[0], rule
            world.collector.add(
                CapUnits(
                    declared.span, name=declared.name, one=first.name, first=of_type(first.amount.type),
                    two=other.name, second=of_type(other.amount.type),
                )
            )  # fmt: skip
            fine = False
            break
    lines = [
        line
        for line in parts.children(sentence, "at_most")
        if parts.ident(line, "over") in {"period", "total"}
    ]
    if len(lines) != 1 or len(lines) != len(list(parts.children(sentence, "at_most"))):
        what = Text(
            en="how much they may come to, and over what: each period, or in total",
            zh="合计至多多少，以及按每期还是合计",
        )
        example = written("cap", chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return None
    if not fine or not capped:
        return None
    return _made(
        world, declared, lines[0], choices, capped[0].amount.type, tuple(rule.name for rule in capped)
    )


def own_cap(world: World, declared: Declared, line: Sentence, choices: Choices, ty: Ty) -> Cap | None:
    """`at most E each year` below one amount: a cap on that amount's postings."""
    return _made(world, declared, line, choices, ty, (declared.name,))


def _made(
    world: World, declared: Declared, line: Sentence, choices: Choices, ty: Ty, rules: tuple[str, ...]
) -> Cap | None:
    over = schedule(world, line)
    if over is None and parts.ident(line, "over") == "period":
        return None
    stated = choices.find("read_at")
    at: Any = stated.policy.choice if stated else "period_end"
    node = parts.expr(line, "value")
    limit = typed(world, node, Context("period", "", at), ty) if node is not None else None
    if limit is None or node is None:
        return None
    if isinstance(limit, Const) and limit.value.startswith("-"):
        world.collector.add(OutOfDomain(node.span, name=node.span.text, domain=">= 0"))
    if any(sort == "signal" for sort, _, _ in reads([limit], world.named)):
        choices.need("read_at")
    if declared.kind == "cap":
        choices.done()
    return Cap(
        declared.name, world.about(declared), rules, limit, over, parts.flag(line, "carried"),
        parts.flag(line, "excess"), declared.under,
    )  # fmt: skip
