"""A node goes in; its sentence, its table cells and its table's heads come out, in one language and one time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from string import Formatter
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.explain.tree import Instant, Node, Word
from slalang.explain.wording import cases, events, figures, formulas, lexicon, numbers, occurrences, rights
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Arg

FRAMES: dict[str, Text] = {
    **cases.FRAMES,
    **figures.FRAMES,
    **formulas.FRAMES,
    **occurrences.FRAMES,
    **rights.FRAMES,
}
ROWS: dict[str, tuple[Text, ...]] = {**cases.ROWS, **figures.ROWS}
HEADS: dict[str, tuple[Text, ...]] = {**cases.HEADS, **figures.HEADS}

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Voice:
    """The language and the IANA zone that words are for."""

    language: Language
    zone: str


def say(item: Node, voice: Voice) -> str:
    """The sentence of a node; a row is said as its cells, joined."""
    frame = FRAMES.get(item.kind)
    if frame is not None:
        return _fill(frame, item, voice)
    return " · ".join(cell for cell in cells(item, voice) if cell)


def cells(item: Node, voice: Voice) -> tuple[str, ...]:
    """The cells of a row node (KeyError: the kind has neither a sentence nor cells)."""
    return tuple(_fill(template, _timed(item, voice), voice) for template in ROWS[item.kind])


def _timed(item: Node, voice: Voice) -> Node:
    """A row from one moment until another, with the change of the clocks between them, if there was one."""
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, Instant) or not isinstance(end, Instant):
        return item
    changed = numbers.clocks_changed(start.us, end.us, voice.zone, voice.language)
    return replace(item, args=(*item.args, ("changed", changed))) if changed else item


def is_row(item: Node) -> bool:
    """Whether the node is a row of its parent's table."""
    return item.kind in ROWS


def heads(item: Node, voice: Voice) -> tuple[str, ...]:
    """The column heads for the rows below a node; empty when it has none."""
    return tuple(head.in_(voice.language) for head in HEADS.get(item.kind, ()))


def shown(value: Arg, voice: Voice) -> str:
    """One argument in words."""
    match value:
        case None:
            return ""
        case str():
            return events.id_alone(value, voice.language) if ":" in value else value
        case int():
            return f"{value:,}"
        case Quantity():
            return numbers.quantity(value, voice.language)
        case Instant():
            told = numbers.deadline if value.ends else numbers.instant
            return told(value.us, voice.zone, voice.language)
        case Word():
            return lexicon.word(value.key, value.group, voice.language)
        case Text():
            return value.in_(voice.language)
        case Node():
            return say(value, voice)
        case tuple():
            return ("、" if voice.language == "zh" else ", ").join(shown(item, voice) for item in value)


def _fill(frame: Text, item: Node, voice: Voice) -> str:
    """The template with its values; a `[[…]]` part whose values are missing is left out."""

    def part(found: re.Match[str]) -> str:
        names = [name for _, name, _, _ in Formatter().parse(found[1]) if name]
        return found[1] if all(item.get(name) not in (None, "", ()) for name in names) else ""

    template = _OPTIONAL.sub(part, frame.in_(voice.language))
    needed = {name for _, name, _, _ in Formatter().parse(template) if name}
    said = template.format_map({name: shown(item.get(name), voice) for name in needed})
    return said.replace("= ≈", "≈")
