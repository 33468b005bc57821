"""Everything that one check knows: declarations by name, the contract's head, and rules made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slalang.ir.counting import convention
from slalang.ir.rules import About, Place
from slalang.semantics.errors.lowering import RuleCycle, TooDeep
from slalang.semantics.scope.guessing import guessed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import Cap, Metric, Table
    from slalang.ir.counting import Counting
    from slalang.ir.expressions import Ty
    from slalang.ir.program import LifeStep
    from slalang.ir.rules import Under
    from slalang.semantics.lines.stated import Stated
    from slalang.source.text import SourceFile, Span
    from slalang.syntax.tree import Sentence
    from slalang.values.counting import Convention

DEEPEST = 45  # rules that are made one inside another


AGREEMENT = "agreement"
# What every event has besides its data.
ALWAYS_THERE: dict[str, Ty] = {
    "time": "instant",
    "recordedtime": "instant",
    "subject": "text",
    "id": "text",
    "type": "text",
    "by": "text",
    "to": "text",
}


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A named thing and the sentence that declares it; `own` when the contract itself does, not a library."""

    kind: str
    name: str
    span: Span
    sentence: Sentence
    clause: str = ""
    own: bool = True
    under: tuple[Under, ...] = ()


@dataclass(slots=True)
class LevelsDeclared:
    """An enumeration, highest first; empty while a library leaves it open."""

    name: str
    values: tuple[str, ...]
    span: Span
    own: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that a field or parameter may have, as canonical text: bounds (both included), or a list."""

    type: Ty
    low: str = ""
    high: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(slots=True)
class EventDeclared:
    """An event type with the types of its fields."""

    name: str
    entity: str
    span: Span
    fields: dict[str, tuple[Ty, bool]] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    rank: int = 0
    own: bool = True
    also: dict[str, str] = field(
        default_factory=dict
    )  # a field's word in the other language, and the one that is kept

    def kept(self, word: str) -> str:
        """The one word of a field that the language gives in both its languages; any other as it is."""
        return self.also.get(word, word)

    @property
    def verb(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]


@dataclass(slots=True)
class EntityDeclared:
    """A kind of subject: references (field to entity) and register attributes."""

    name: str
    span: Span
    references: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, tuple[Ty, bool]] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    own: bool = True


@dataclass(slots=True)
class ReadingDeclared:
    """A choice of interpretation."""

    name: str
    options: dict[str, str]
    chosen: str
    sentence: Sentence
    clause: str


@dataclass(slots=True)
class World:
    """The declarations of a contract and its libraries."""

    collector: Collector
    source: SourceFile
    chinese: bool = False
    title: str = ""
    is_library: bool = False
    version: str = ""
    zone: str = ""
    tz: tzinfo | None = None
    currency: str = ""
    counting: str = ""
    countings: dict[str, Counting] = field(
        default_factory=dict
    )  # those that the contract or a library declares
    counting_spans: dict[str, Span] = field(default_factory=dict)
    head: Span | None = None
    cited: str = ""
    rest_days: str = ""  # the calendar on the line `rest days of`
    amended: bool = False
    retroactive: bool = False
    has_term: bool = False
    values: dict[str, list[Declared]] = field(default_factory=dict)
    signals: dict[str, dict[str, Declared]] = field(default_factory=dict)
    parties: dict[str, Declared] = field(default_factory=dict)
    calendars: dict[str, Declared] = field(default_factory=dict)
    levels: dict[str, LevelsDeclared] = field(default_factory=dict)
    units: dict[str, Declared] = field(default_factory=dict)
    entities: dict[str, EntityDeclared] = field(default_factory=dict)
    events: dict[str, EventDeclared] = field(default_factory=dict)
    lives: dict[str, Declared] = field(default_factory=dict)
    readings: dict[str, ReadingDeclared] = field(default_factory=dict)
    sets: dict[str, dict[tuple[str, str], Stated]] = field(default_factory=dict)
    clauses: list[Declared] = field(default_factory=list)
    paper: tuple[str, ...] = ()  # the numbers of all clauses of the paper, as listed
    not_judged: set[str] = field(default_factory=set)
    buys: list[Sentence] = field(default_factory=list)
    variants_of: dict[int, list[Declared]] = field(
        default_factory=dict
    )  # of a signal or calendar: the others of its name, under other readings
    scenarios: list[Declared] = field(default_factory=list)
    life: list[tuple[str, Sentence, str]] = field(default_factory=list)  # kind, line, clause
    life_steps: tuple[LifeStep, ...] = ()
    used: set[tuple[str, str]] = field(default_factory=set)
    edges: set[tuple[Declared, str]] = field(default_factory=set)
    hidden_tables: list[Table] = field(default_factory=list)
    hidden_metrics: list[Metric] = field(default_factory=list)
    domains_told: list[tuple[dict[str, Domain], str, Sentence, Ty]] = field(default_factory=list)
    own_caps: list[Cap] = field(default_factory=list)  # those that stand in an amount's own lines
    exceptions: dict[str, list[Declared]] = field(default_factory=dict)
    makers: dict[str, Callable[[World, Declared, str], Any]] = field(default_factory=dict)
    elsewhere: Callable[[], dict[str, str]] = (
        dict  # names that libraries declare which are not used, and which library
    )
    _made: dict[int, dict[str, Any]] = field(default_factory=dict)
    _making: dict[tuple[int, str], Declared] = field(default_factory=dict)

    def convention(self, name: str) -> Convention | None:
        """A counting convention, declared or one of those that come with slalang."""
        return convention(self.countings.values(), name)

    def made(self, declared: Declared, entity: str = "") -> Any:
        """The IR of a declaration (for tables and definitions: as `entity` reads it), or None when it has mistakes.

        Made once; a rule that needs itself is reported as a circle.
        """
        key = (id(declared), entity)
        known = self._made.setdefault(id(declared), {})
        if entity in known:
            return known[entity]
        if key in self._making:
            waiting = list(self._making.values())
            path = tuple(dict.fromkeys(item.name for item in waiting[waiting.index(declared) :]))
            self.collector.add(
                RuleCycle(declared.span, path=path, first=path[-1]), ("cycle", frozenset(path))
            )
            return None
        if len(self._making) >= DEEPEST:
            self.collector.add(TooDeep(declared.span, most=DEEPEST), ("deep", ""))
            return None
        self._making[key] = declared
        try:
            result = self.makers[declared.kind](self, declared, entity)
        finally:
            del self._making[key]
        known[entity] = result
        return result

    def use(self, name: str) -> list[Declared]:
        """The alternatives of a value's name; that the rule now being made reads it is written down."""
        found = self.values.get(name, [])
        if found:
            self.used.add(("value", name))
            if self._making:
                self.edges.add((next(reversed(self._making.values())), name))
        return found

    def variants(self, declared: Declared) -> dict[str, Any]:
        """Every form in which a declaration was made, by the entity that reads it."""
        return self._made.get(id(declared), {})

    def named(self, name: str) -> list[Any]:
        """The tables and definitions of a name, as made so far: named ones, and those inside amounts."""
        made = [
            item
            for declared in self.values.get(name, [])
            for item in self.variants(declared).values()
            if item
        ]
        return [*made, *(table for table in self.hidden_tables if table.name == name)]

    def is_making(self, declared: Declared) -> bool:
        """Whether a declaration is being made just now, so that asking for it would go in a circle."""
        return any(key[0] == id(declared) for key in self._making)

    def type_ahead(self, declared: Declared) -> Ty | None:
        """The type of a metric or amount, also while it is being made (a rule may look back at itself)."""
        if (id(declared), "") not in self._making:
            made = self.made(declared)
            if made is None:
                return None
            ty: Ty = made.type if declared.kind == "metric" else made.amount.type
            return ty
        if declared.kind == "amount_rule":
            return f"amount:{self.currency}"
        value = next(
            (child.parts.get("value") for child in declared.sentence.children if child.kind == "value"), None
        )
        return guessed(self, value) or "ratio"

    def all_values(self) -> Iterator[Declared]:
        """Parameters, definitions and rules, in the order declared."""
        for alternatives in self.values.values():
            yield from alternatives

    def about(self, declared: Declared) -> About:
        """What a rule says of itself: clause, paraphrase, assumptions, place."""
        said = [child for child in declared.sentence.children if child.kind in {"paraphrase", "assume"}]
        texts = {
            kind: tuple(_text(child) for child in said if child.kind == kind)
            for kind in ("paraphrase", "assume")
        }
        return About(
            clause=declared.clause,
            title=declared.name,
            text=" ".join(texts["paraphrase"]),
            assumptions=texts["assume"],
            place=place(declared.span),
        )


def place(span: Span) -> Place:
    """A span as plain data."""
    return Place(span.file.name, span.line, span.start, span.end)


def _text(sentence: Sentence) -> str:
    part = sentence.parts.get("text")
    return getattr(part, "value", part if isinstance(part, str) else "")
