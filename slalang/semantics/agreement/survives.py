"""A rule's line `survives the end` goes in; whether it can have an effect there comes out, with a message where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotPlaced

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

_PERIODS: Final = Text(
    en="periods are over with the term, so there is none that this could save; let a rule begin with `agreement.ended` and survive",
    zh="期间随期限终了，没有可以存续者；请让规则自 `agreement.ended` 起并写明存续",
)


def only_where_it_counts(world: World, sentence: Sentence, *, by_period: bool) -> bool:
    """False after a message: the rule has no trigger after the end that the line could let count.

    Of an amount for a breach or an exercise the line says what is so anyway: what is owed stays owed.
    """
    line = parts.child(sentence, "survives")
    if line is None or not by_period:
        return True
    world.collector.add(NotPlaced(line.span, what=_PERIODS))
    return False
