"""A scenario's facts in; events in total order, registers and parameters out, as an evaluation reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.events.event import Event, Scalar
from slalang.events.registers import BEGINNING, Registers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.expressions import Const
    from slalang.ir.program import Program
    from slalang.ir.scenarios import Fact, Scenario


ACTORS: Final = ("by", "to")


def scalar(const: Const) -> Scalar:
    """The value of a constant as event data holds it."""
    kind = const.type.split(":", 1)[0]
    if kind in ("number", "integer", "ratio", "points", "amount"):
        return Fraction(const.value)
    if kind in ("duration", "instant"):
        return int(const.value)
    if kind == "bool":
        return const.value == "true"
    return const.value


def events(scenario: Scenario, program: Program) -> list[Event]:
    """The facts as events. Facts of one instant keep the order in which they are told (`sequence`)."""
    ranks = {kind.name: kind.rank for kind in program.events}
    own = {kind.name: {one.name for one in kind.fields} for kind in program.events}
    made = [
        Event(
            id=f"fact-{number}",
            type=fact.type,
            subject=fact.subject,
            time=fact.at,
            data={
                name: scalar(value)
                for name, value in fact.fields
                if name not in ACTORS or name in own.get(fact.type, ())
            },
            by=_actor(fact, "by", own.get(fact.type, set())),
            to=_actor(fact, "to", own.get(fact.type, set())),
            sequence=number,
            rank=ranks.get(fact.type, 0),
            recorded=fact.recorded,
            source=scenario.title,
            origin=(fact.place.file, fact.place.line),
        )
        for number, fact in enumerate(scenario.facts, start=1)
    ]
    return sorted(made, key=lambda event: event.order)


def _actor(fact: Fact, word: str, fields: set[str]) -> str:
    """By or to whom something was done, where the event's type has no field of that name itself."""
    if word in fields:
        return ""
    return next((value.value for name, value in fact.fields if name == word), "")


def known(made: list[Event], as_of: int) -> list[Event]:
    """The events known as of an instant: neither later nor recorded later (model §3)."""
    return [
        event for event in made if event.time <= as_of and (event.recorded is None or event.recorded <= as_of)
    ]


def registers(scenario: Scenario) -> Registers:
    """The register lines of a scenario; those without a day hold from the beginning."""
    found = Registers()
    for line in scenario.registers:
        attributes = {name: scalar(value) for name, value in line.attributes}
        found.add(line.entity, line.id, attributes, BEGINNING if line.since is None else line.since)
    return found


def parameters(scenario: Scenario) -> Mapping[str, Const]:
    """The parameters that a scenario binds."""
    return dict(scenario.bindings)


def as_of(scenario: Scenario) -> int:
    """The scenario's as-of, else the instant of its last fact."""
    if scenario.as_of is not None:
        return scenario.as_of
    return max((fact.at for fact in scenario.facts), default=0)
