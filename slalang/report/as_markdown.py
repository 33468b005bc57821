"""An explanation tree goes in; Markdown with headings, lists and pipe tables comes out, in English or Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import visible
from slalang.explain.wording.say import Voice, cells, heads, is_row, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Explanation, Node

SPECIAL = frozenset("\\`*_[]<>#|~")


def markdown(explanation: Explanation, language: Language = "en", level: int = 2) -> str:
    """The whole explanation below a heading of the given level, with a line end at the end."""
    voice = Voice(language, explanation.zone)
    blocks = [f"{'#' * level} {escaped(say(explanation.root, voice))}"]
    for part in explanation.root.children:
        if not part.children:
            blocks.append(escaped(say(part, voice)))
            continue
        blocks.append(f"{'#' * (level + 1)} {escaped(say(part, voice))}")
        blocks += _blocks(part, voice)
    return "\n\n".join(blocks) + "\n"


def escaped(words: str) -> str:
    """Words in which Markdown's marks stand for themselves."""
    shown = visible(words.replace("\n", " "))
    return "".join(f"\\{char}" if char in SPECIAL else char for char in shown)


def _blocks(item: Node, voice: Voice) -> list[str]:
    """The children of a heading: runs of rows as tables, the rest as one list a run."""
    found: list[str] = []
    rows: list[Sequence[str]] = []
    listed: list[str] = []
    for child in item.children:
        if is_row(child):
            if listed:
                found.append("\n".join(listed))
                listed = []
            rows.append(cells(child, voice))
            continue
        if rows:
            found.append(_table(heads(item, voice), rows))
            rows = []
        listed += _list(child, voice, 0)
    if rows:
        found.append(_table(heads(item, voice), rows))
    if listed:
        found.append("\n".join(listed))
    return found


def _list(item: Node, voice: Voice, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}- {escaped(say(item, voice))}"]
    for child in item.children:
        lines += _list(child, voice, depth + 1)
    return lines


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    names = head or [""] * len(rows[0])
    lines = [_row(names), "|" + " --- |" * len(names), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(row: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in row) + " |"
