"""A rule's sentence and the kinds of lines it can have once go in; the line comes out, a second one is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics import parts
from slalang.semantics.errors.lowering import SaidTwice

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence


def single(world: World, sentence: Sentence, *kinds: str) -> Sentence | None:
    """The one line of any of these kinds, or None."""
    found = list(parts.children(sentence, *kinds))
    for again in found[1:]:
        world.collector.add(SaidTwice(again.span, first=found[0].span))
    return found[0] if found else None
