"""A program goes in; out come whether a scenario's facts can reach what a reading decides, and the program that the scenario can reach at all.

Both rest on one proof, from names and event types alone: a part is silent in a scenario when it opens on events of which the
scenario has none. Whatever is not understood so counts as reached.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from slalang.ir.amounts import AmountRule, Cap, Definition, Metric, Payments, Right, Table
from slalang.ir.facts import CalendarSpec, Pattern, Signal
from slalang.ir.program import Parameter
from slalang.ir.rules import Obligation, Under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from slalang.ir.program import Program
    from slalang.ir.scenarios import Scenario

Part: TypeAlias = (
    Obligation | Metric | AmountRule | Right | Cap | Payments | Signal | CalendarSpec | Definition | Table | Parameter
)  # fmt: skip


@dataclass(slots=True)
class _Said:
    """A part of the program with what stands in it: every text, the readings it hangs on, and its patterns of events."""

    part: Part
    texts: frozenset[str]
    readings: frozenset[str]
    patterns: tuple[Pattern, ...]
    types: frozenset[str]


class Reach:
    """What each reading of a program decides, worked out once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        events = frozenset(one.name for one in program.events)
        self._said = [_said(part, events) for part in _parts(program)]
        self._by_name: dict[str, list[_Said]] = {}
        for one in self._said:
            self._by_name.setdefault(one.part.name, []).append(one)
        # What the whole contract hangs on: its life, its blanks' constraints, the calendar of rest days.
        self._whole = {program.rest_days, *_texts((program.validity, program.constraints, program.lives))}
        self._moved: dict[str, tuple[_Said, ...] | None] = {}

    def can_move(self, reading: str, scenario: Scenario) -> bool:
        """Whether another option of a reading could change the outcome of a scenario; no is certain, yes is not."""
        if reading not in self._moved:
            self._moved[reading] = self._decided_by(reading)
        decided = self._moved[reading]
        if decided is None:
            return True
        types = frozenset(fact.type for fact in scenario.facts)
        return not all(self._is_silent(one, types, ()) for one in decided)

    def reached(self, scenario: Scenario) -> Program:
        """The program without the silent parts that nothing reached mentions: the same outcome, whatever the readings."""
        types = frozenset(fact.type for fact in scenario.facts)
        kept = {id(one): one for one in self._said if not self._is_silent(one, types, ())}
        todo = [*kept.values(), *(one for one in self._said if one.part.name in self._whole)]
        while todo:
            one = todo.pop()
            more = [below for name in one.texts for below in self._by_name.get(name, ())]
            todo += [below for below in more if id(below) not in kept]
            kept.update((id(below), below) for below in [one, *more])
        there = {id(one.part) for one in kept.values()}

        def still(parts: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(part for part in parts if id(part) in there)

        program = self._program
        return replace(
            program,
            obligations=still(program.obligations),
            metrics=still(program.metrics),
            amounts=still(program.amounts),
            rights=still(program.rights),
            caps=still(program.caps),
            payments=still(program.payments),
            signals=still(program.signals),
        )

    def _decided_by(self, reading: str) -> tuple[_Said, ...] | None:
        """Everything under a reading and everything that mentions it, by whatever name; None: the whole contract."""
        found = {id(one): one for one in self._said if reading in one.readings}
        todo = list(found.values())
        while todo:
            name = todo.pop().part.name
            if name in self._whole:
                return None
            more = [one for one in self._said if name in one.texts]
            more += [other for one in self._by_name[name] for other in self._capped(one)]
            todo += [one for one in more if id(one) not in found]
            found.update((id(one), one) for one in more)
        return tuple(found.values())

    def _capped(self, one: _Said) -> Iterator[_Said]:
        """The amounts that a cap, payments or a group moves, though they do not mention it."""
        part = one.part
        names: tuple[str, ...] = ()
        if isinstance(part, Cap):
            names = part.rules
        elif isinstance(part, Payments):
            names = part.settles
        elif isinstance(part, AmountRule):
            for other in self._said:
                shares = isinstance(other.part, AmountRule) and part.group and other.part.group == part.group
                joined = isinstance(other.part, Cap) and part.name in other.part.rules
                joined |= isinstance(other.part, Payments) and part.name in other.part.settles
                if shares or joined:
                    yield other
            names = part.set_off_rules
        for name in names:
            yield from self._by_name.get(name, ())

    def _is_silent(self, one: _Said, types: AbstractSet[str], above: tuple[int, ...]) -> bool:
        """Whether nothing comes of a part where only events of some types happen."""
        if id(one) in above or one.types & types:
            return False
        part, inside = one.part, (*above, id(one))

        def are_silent(names: Iterable[str]) -> bool:
            return all(
                self._is_silent(below, types, inside)
                for name in names
                for below in self._by_name.get(name, ())
            )

        match part:
            case Definition() | Table() | Parameter() | CalendarSpec():
                return True  # they act through what reads them
            case Signal():
                opens = True
            case Obligation():
                opens = part.scope.kind == "each" and part.trigger is not None
                opens = opens and part.modality in {"duty", "prohibition", "measured"}
            case Right():
                opens = part.scope == "each" and part.trigger is not None
            case AmountRule():
                names = [name for name in (part.for_each, part.for_each_exercise) if name]
                opens = part.period is None and bool(names or part.for_each_event) and are_silent(names)
            case Cap():
                return are_silent(part.rules)
            case Payments():
                opens = are_silent(part.settles)
            case _:
                return False  # a metric has a value in each period, whatever happens
        derived = [pair for pattern in one.patterns for pair in pattern.derived]
        by_itself = any(name == "agreement" or what == "crossing" for name, what in derived)
        return opens and not by_itself and are_silent(name for name, _ in derived)


def _parts(program: Program) -> tuple[Part, ...]:
    return (
        *program.obligations, *program.metrics, *program.amounts, *program.rights, *program.caps, *program.payments,
        *program.signals, *program.calendars, *program.definitions, *program.tables, *program.parameters,
    )  # fmt: skip


def _said(part: Part, events: frozenset[str]) -> _Said:
    texts: set[str] = set()
    readings: set[str] = set()
    patterns: list[Pattern] = []
    for value in _walk(part):
        if isinstance(value, str):
            texts.add(value)
        elif isinstance(value, Under):
            readings.add(value.reading)
        elif isinstance(value, Pattern):
            patterns.append(value)
        elif is_dataclass(value):  # signals, calendars and exceptions to a value keep pairs
            readings.update(one[0] for one in getattr(value, "under", ()) if isinstance(one, tuple))
    if isinstance(part, CalendarSpec):  # its definition is one text, which may name other calendars
        texts |= set(part.definition.split('"'))
    return _Said(
        part, frozenset(texts - {part.name}), frozenset(readings), tuple(patterns), frozenset(texts & events)
    )


def _texts(value: object) -> set[str]:
    return {one for one in _walk(value) if isinstance(one, str)}


def _walk(value: object) -> Iterator[Any]:
    """Everything inside a value that is part of the meaning."""
    todo = [value]
    while todo:
        one: Any = todo.pop()
        yield one
        if isinstance(one, tuple):
            todo.extend(one)
        elif is_dataclass(one) and not isinstance(one, type):
            todo.extend(getattr(one, item.name) for item in fields(one) if item.metadata.get("meaning", True))
