"""The notice lines of an obligation go in; the IR's notices come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.expressions import Const
from slalang.ir.rules import NoticeRule
from slalang.semantics import parts
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.literals import fraction
from slalang.semantics.expressions.lower import lower
from slalang.semantics.expressions.operators import expect
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.semantics.rules.obligations import Draft


def notices(draft: Draft) -> tuple[NoticeRule, ...]:
    """All notices of an obligation; each is named after it and numbered."""
    world, found = draft.world, []
    lines = list(parts.children(draft.sentence, "notice"))
    for number, line in enumerate(lines, start=1):
        to = lookup.party(world, parts.name(line, "to"))
        on = parts.ident(line, "on").removeprefix("on_")
        on = {
            "of_the_limit": "share_of_limit",
            "before_the_deadline": "before_deadline",
            "after_the_deadline": "after_deadline",
        }.get(on, on)
        node = parts.expr(line, "offset")
        offset: Expr | None = (
            lower(world, node, draft.case(calendar=draft.clock.calendar)) if node is not None else None
        )
        if to is None or (node is not None and offset is None):
            draft.fine = False
            continue
        if node is not None and offset is not None:
            wanted = (
                "ratio"
                if on == "share_of_limit"
                else offset.type
                if offset.type in {"civil", "workdays"}
                else "duration"
            )
            draft.fine = expect(world, offset, wanted, node.span) and draft.fine
            if on == "share_of_limit" and isinstance(offset, Const) and not _is_share(offset):
                world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="> 0%, < 100%"))
                draft.fine = False
        name = f"{draft.declared.name}.notice{number}"
        found.append(NoticeRule(name, on, to, parts.text(line, "text"), offset, world.about(draft.declared)))  # type: ignore[arg-type]
    return tuple(found)


def _is_share(offset: Const) -> bool:
    """A warning at none of the limit, or when all of it is gone, warns of nothing."""
    return offset.type != "ratio" or 0 < fraction(offset) < 1
