"""The `requires` lines of an excuse go in; the duties that it requires come out, those that nobody could relate to it reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.facts import Computed, MemberFold
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.expressions.derived import owner_of
from slalang.semantics.expressions.reads import reads
from slalang.semantics.scope import lookup

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.semantics.scope.world import Declared, World

_OF_THE_AGREEMENT = ("", "agreement")


def placed(world: World, declared: Declared) -> None:
    """Report a `requires` line in an exception that excuses nothing."""
    line = parts.child(declared.sentence, "requires")
    if line is not None and parts.child(declared.sentence, "excused") is None:
        what = Text(
            en="only an excuse requires duties (`excused when …`)",
            zh="只有免责（`免责 当 …`）可以要求履行义务",
        )
        world.collector.add(NotPlaced(line.span, what=what))


def duties(world: World, declared: Declared, when: Expr, entity: str) -> tuple[str, ...]:
    """The names of the required duties: of the same subject, of the agreement, or of the members that the excuse reads."""
    found: list[str] = []
    for line in parts.children(declared.sentence, "requires"):
        for name in parts.names(line, "names"):
            rule = lookup.rule(world, name, "obligation")
            if rule is None:
                continue
            about = owner_of(rule.sentence)
            periodic = parts.child(rule.sentence, "each") is not None
            if periodic or not (about == entity or about in {*_OF_THE_AGREEMENT, *_members(world, when)}):
                what = Text(
                    en=f"`{name.text}` is a duty of others: one of each `{entity or 'agreement'}`, of the agreement, or of the members that the excuse reads can be required",
                    zh=f"`{name.text}` 与此无关：只能要求每个 `{entity or 'agreement'}`、协议、或该免责所读取成员的义务",
                )
                world.collector.add(NotPlaced(name.span, what=what), ("requires", declared.name, name.text))
                continue
            found.append(rule.name)
    return tuple(dict.fromkeys(found))


def _members(world: World, when: Expr) -> set[str]:
    """The entities over whose members the signals of a condition fold."""
    found: set[str] = set()
    seen: set[str] = set()
    todo: list[Expr] = [when]
    while todo:
        for sort, name, _ in reads([todo.pop()], world.named):
            if sort != "signal" or name in seen:
                continue
            seen.add(name)
            for declared in world.signals.get(name, {}).values():
                form = getattr(world.made(declared), "form", None)
                if isinstance(form, MemberFold):
                    found.add(form.members)
                elif isinstance(form, Computed):
                    todo.append(form.value)
    return found
