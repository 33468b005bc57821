"""Messages and the lines that could not be read go in; the messages that do not merely follow from those lines come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slalang.semantics.errors.lints import Unused
from slalang.semantics.errors.lowering import EmptyClause, HeadMissing, LineMissing
from slalang.semantics.errors.policies import ChoiceMissing, CountingMissing
from slalang.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.syntax.tree import Document

SAYS_ABSENT: Final = (LineMissing, EmptyClause, HeadMissing, ChoiceMissing, CountingMissing)
NAMES: Final = "SLA-E02"
_WORD: Final = re.compile(r"[\w-]+")


def own(found: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """What is wrong in the text itself.

    A line with a mistake has its message. That its block now lacks a line, or that a name which it declares is
    unknown elsewhere, is the same mistake told again.
    """
    damaged = {left.block.line if left.block else 0 for left in document.left_out}
    words = {word for left in document.left_out for word in _WORD.findall(left.span.text)}
    for item in found:
        if not isinstance(item.at, Span) or item.at.file != document.source:
            yield item
        elif isinstance(item, SAYS_ABSENT):
            if item.at.line not in damaged and not (isinstance(item, HeadMissing) and 0 in damaged):
                yield item
        elif (item.code.startswith(NAMES) or isinstance(item, Unused)) and item.at.text in words:
            continue
        else:
            yield item
