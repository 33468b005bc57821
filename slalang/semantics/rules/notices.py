"""The notice lines of an obligation go in; the IR's notices come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const
from slalang.ir.rules import NoticeRule
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.literals import fraction
from slalang.semantics.expressions.lower import lower
from slalang.semantics.expressions.operators import expect
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.ir.rules import NoticeOn as Kind
    from slalang.semantics.rules.obligations import Draft
    from slalang.syntax.tree import Sentence

_ONLY_BREACH: Final = Text(
    en="a target or a standing duty has no deadline: its notices go out `on breach`",
    zh="目标与持续义务没有到期，其通知在 `违约时` 发出",
)
_OF_RIGHTS: Final = Text(
    en="an obligation has no window of exercise: `on right` and `before the window ends` belong to a right",
    zh="义务没有行使期：`可行使时` 与 `早于行使期满` 属于权利",
)


def notices(draft: Draft, modality: str) -> tuple[NoticeRule, ...]:
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
        if (wrong := _wrong(modality, on)) is not None:
            world.collector.add(NotPlaced(line.span, what=wrong))
            draft.fine = False
            continue
        calendar = _calendar(draft, line)
        node = parts.expr(line, "offset")
        offset: Expr | None = (
            lower(world, node, draft.case(calendar=draft.clock.calendar)) if node is not None else None
        )
        if to is None or calendar is None or (node is not None and offset is None):
            draft.fine = False
            continue
        if node is not None and offset is not None:
            wanted = (
                "ratio"
                if on == "share_of_limit"
                else offset.type
                if offset.type in {"civil", "workdays"} and not calendar
                else "duration"
            )
            draft.fine = expect(world, offset, wanted, node.span) and draft.fine
            if on == "share_of_limit" and isinstance(offset, Const) and not _is_share(offset):
                world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="> 0%, < 100%"))
                draft.fine = False
        name = f"{draft.declared.name}.notice{number}"
        kind = cast("Kind", on)
        about = world.about(draft.declared)
        found.append(NoticeRule(name, kind, to, parts.text(line, "text"), offset, about, calendar))
    return tuple(found)


def _wrong(modality: str, on: str) -> Text | None:
    """Why such a notice would never go out."""
    if on in {"right", "before_window_end"}:
        return _OF_RIGHTS
    return _ONLY_BREACH if modality in {"standing", "target"} and on != "breach" else None


def _calendar(draft: Draft, line: Sentence) -> str | None:
    """The calendar in whose open time an offset counts; empty where it is exact, None where there is no such calendar."""
    name = parts.name(line, "calendar")
    return "" if name is None else lookup.calendar(draft.world, name)


def _is_share(offset: Const) -> bool:
    """A warning at none of the limit, or when all of it is gone, warns of nothing."""
    return offset.type != "ratio" or 0 < fraction(offset) < 1
