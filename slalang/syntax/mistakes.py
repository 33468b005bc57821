"""A line that the grammar does not admit goes in; the message that says most about it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.syntax import errors
from slalang.syntax.grammar.tables import END
from slalang.syntax.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.source.text import Span
    from slalang.syntax.grammar.tables import Machine
    from slalang.syntax.tree import Token


def not_understood(machine: Machine, tokens: Sequence[Token], parent: str) -> Diagnostic:
    """The message for a line whose last token may not stand where it stands."""
    token = tokens[-1]
    names = ", ".join(sorted(machine.expected()))
    text = Text(en=names, zh=names)
    if token.type == END:
        return errors.Unfinished(token.span, expected=text)
    return errors.Unexpected(token.span, expected=text)


def misplaced(
    kind: str, token: Token, parent: str, above: Span | None, blocks: Sequence[tuple[str, int]]
) -> Diagnostic:
    """The message for a sentence in a block where it does not belong."""
    return errors.WrongPlace(
        token.span, word=token.text, parent=parent, above=above, possible=SENTENCES[kind][0]
    )
