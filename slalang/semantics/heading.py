"""The heading of a contract goes in: title, zone, currency, counting, conventions, versions, term; the world and the validity come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.expressions import Const
from slalang.ir.program import Validity
from slalang.semantics import parts
from slalang.semantics.agreement.term import bounds
from slalang.semantics.errors.agreement import RetroactiveUnsaid
from slalang.semantics.errors.lowering import HeadMissing, NotConstant, NotPlaced, SaidTwice
from slalang.semantics.errors.names import UnknownConventions
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.literals import instant_of, refuse
from slalang.semantics.expressions.lower import typed
from slalang.semantics.lines.head import known_counting
from slalang.semantics.scope import lookup
from slalang.semantics.scope.collect import flat
from slalang.semantics.surface import line as written
from slalang.syntax import tree as syn
from slalang.values import instant
from slalang.values.time_error import TimeError
from slalang.values.zone import load

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.source.text import Span
    from slalang.syntax.tree import Document, Sentence

RENMINBI = (
    "人民币",
    "元",
)  # as Chinese contracts name their currency; its amounts are written `元`, which is CNY
ONCE = (
    "contract",
    "library",
    "time_zone",
    "currency",
    "counting",
    "rest_days",
    "conventions",
    "effective",
    "supersedes",
    "known_from",
    "retroactive",
    "splits_periods",
)


def read_heading(world: World, document: Document) -> None:
    """Read what the rest depends on; a missing title or zone is reported with the line to add."""
    found: dict[str, Sentence] = {}
    for sentence in document.sentences:
        if sentence.kind not in ONCE:
            continue
        if sentence.kind in found:
            world.collector.add(SaidTwice(sentence.span, first=found[sentence.kind].span))
        else:
            found[sentence.kind] = sentence
    world.has_term = any(sentence.kind == "term" for sentence, _ in flat(document))
    start = document.sentences[0].span if document.sentences else world.source.span(0, 0)
    world.head = start
    if "library" in found and "contract" not in found:
        world.title, world.version, world.is_library = parts.text(found["library"], "name"), "library", True
    elif "contract" not in found:
        what = Text(en="title and version", zh="名称和版本")
        world.collector.add(HeadMissing(start, what=what, line=written("contract", chinese=world.chinese)))
    else:
        world.title, world.version = (
            parts.text(found["contract"], "title"),
            parts.text(found["contract"], "version"),
        )
    _zone(world, found.get("time_zone"), start, is_library="library" in found)
    if "currency" in found:
        named = parts.text(found["currency"], "name")
        world.currency = "CNY" if named in RENMINBI else named
    world.amended = "supersedes" in found
    world.retroactive = "retroactive" in found


def _zone(world: World, sentence: Sentence | None, start: Span, *, is_library: bool) -> None:
    if sentence is None:
        world.zone = "UTC"
        if not is_library:
            example = written("zone", "Asia/Shanghai", chinese=world.chinese)
            world.collector.add(HeadMissing(start, what=Text(en="time zone", zh="时区"), line=example))
    else:
        world.zone = parts.text(sentence, "zone")
    try:
        world.tz = load(world.zone)
    except TimeError as bad:
        part = sentence.parts.get("zone") if sentence else None
        refuse(world, part.span if isinstance(part, syn.Text) else start, bad)


def cite(world: World, document: Document) -> None:
    """Look up the conventions that are cited and the calendar of rest days, once all of them are known."""
    for sentence in document.sentences:
        if sentence.kind == "counting" and not world.counting:
            world.counting = known_counting(world, sentence)
        named = parts.name(sentence, "calendar") if sentence.kind == "rest_days" else None
        if named is not None:
            world.rest_days = lookup.calendar(world, named) or ""
        name = parts.name(sentence, "name") if sentence.kind == "conventions" else None
        if name is None:
            continue
        if name.text in world.sets:
            world.cited = name.text
        else:
            near = candidates(name.text, world.sets)
            world.collector.add(UnknownConventions(name.span, name=name.text, near=near))


def validity(world: World, document: Document) -> Validity:
    """When this version holds and how long the term runs."""
    found = {sentence.kind: sentence for sentence, _ in flat(document) if sentence.kind in ONCE}
    first, last, signed = bounds(world)
    effective, known = _since(world, found.get("effective")), _date(world, found.get("known_from"))
    retroactive = found.get("retroactive")
    if effective and known > effective[:10] and retroactive is None:
        world.collector.add(RetroactiveUnsaid(found["known_from"].span, effective=effective, known=known))
    return Validity(
        effective_from=effective,
        known_from=known,
        supersedes=parts.text(found["supersedes"], "version") if "supersedes" in found else "",
        term_from=first,
        term_until=last,
        steps=world.life_steps,
        retroactive=retroactive is not None,
        signed=signed,
        splits_periods=_splits(world, found.get("splits_periods"), effective),
        why_retroactive=parts.text(retroactive, "why") if retroactive else "",
    )


def _splits(world: World, sentence: Sentence | None, effective: str) -> bool:
    """Whether periods are cut where this version begins; a version that says so names that day."""
    if sentence is not None and not effective:
        what = Text(
            en="periods are split on the day on which this version begins: write `effective from` that day",
            zh="期间自本版本生效之日分段：请写明 `生效自` 何日",
        )
        world.collector.add(NotPlaced(sentence.span, what=what))
    return sentence is not None


def _since(world: World, sentence: Sentence | None) -> str:
    """A fixed date or, where a version takes over within a day, its local date-time (`2026-04-01T12:00:00`)."""
    node = parts.expr(sentence, "date") if sentence else None
    if not isinstance(node, syn.DateValue) or (node.at is None and not node.end_of_day):
        return _date(world, sentence)
    at = instant_of(world, node)
    if at is None or world.tz is None:
        return ""
    return instant.as_datetime(at, world.tz).replace(tzinfo=None).isoformat()


def _date(world: World, sentence: Sentence | None) -> str:
    """A fixed date; what is no date, or is known only in a run, is reported and never passed over."""
    node = parts.expr(sentence, "date") if sentence else None
    value = typed(world, node, Context("fixed"), "date") if node is not None else None
    if value is not None and node is not None and not isinstance(value, Const):
        world.collector.add(NotConstant(node.span))
    return value.value if isinstance(value, Const) else ""
