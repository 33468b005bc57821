"""An explanation tree goes in; indented plain text with aligned tables comes out, in English or Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import visible
from slalang.diagnostics.width import cells as width
from slalang.explain.wording.say import Voice, cells, heads, is_row, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Explanation, Node

STEP = "  "


def text(explanation: Explanation, language: Language = "en") -> str:
    """The whole explanation as lines of text with a line end at the end."""
    voice = Voice(language, explanation.zone)
    lines: list[str] = [say(explanation.root, voice)]
    for part in explanation.root.children:
        lines.append("")
        lines += _lines(part, voice, 0)
    # Subjects and fields come from files: what a terminal would obey is shown as its escape.
    return "\n".join(visible(line.rstrip()) for line in lines) + "\n"


def table(rows: Sequence[Sequence[str]], indent: str = "", right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as lines whose columns start in the same terminal cell; columns in `right` end in the same cell."""
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        pieces = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - width(cell))
            pieces.append(gap + cell if column in right else cell + gap)
        lines.append((indent + STEP.join(pieces)).rstrip())
    return lines


def _lines(item: Node, voice: Voice, depth: int) -> list[str]:
    indent = STEP * depth
    lines = [indent + say(item, voice)]
    pending: list[Sequence[str]] = []
    for child in item.children:
        if is_row(child):
            if not pending and heads(item, voice):
                pending.append(heads(item, voice))
            pending.append(cells(child, voice))
            continue
        lines += table(pending, indent + STEP)
        pending = []
        lines += _lines(child, voice, depth + 1)
    return lines + table(pending, indent + STEP)
