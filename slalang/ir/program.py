"""The IR: one contract version as data — versioned, serialisable, content-hashed; all that the evaluators, proofs and explanations read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from slalang.ir.amounts import AmountRule, Cap, Definition, Metric, Payments, Right, Table
from slalang.ir.counting import Counting
from slalang.ir.expressions import Expr, Ty
from slalang.ir.facts import CalendarSpec, Entity, EventType, Life, Pattern, Signal
from slalang.ir.rules import About, Limit, Obligation, Place

IR_VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value bound per run or per agreement; an open word has its value from the contract and is reported with each verdict that rests on it."""

    name: str
    type: Ty
    low: str = ""
    low_in: bool = True
    high: str = ""
    high_in: bool = True
    one_of: tuple[str, ...] = ()
    value: Expr | None = None
    open_word: bool = False
    about: About = About()


@dataclass(frozen=True, slots=True)
class Levels:
    """An ordered enumeration, highest first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A named choice between interpretations, with the one the contract takes and why (texts are not hashed, the choice is)."""

    name: str
    options: tuple[str, ...]
    chosen: str
    question: str = field(default="", metadata={"meaning": False})
    texts: tuple[str, ...] = field(default=(), metadata={"meaning": False})
    because: str = field(default="", metadata={"meaning": False})
    clause: str = field(default="", metadata={"meaning": False})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the paper contract; `not_judged` gives the reason where no rule judges it, `astray` the clauses that the paper points to and
    does not have, each with what is made of it."""

    number: str
    title: str = field(default="", metadata={"meaning": False})
    text: tuple[str, ...] = field(default=(), metadata={"meaning": False})
    not_judged: tuple[str, ...] = field(default=(), metadata={"meaning": False})
    rules: tuple[str, ...] = field(default=(), metadata={"meaning": False})
    place: Place = field(default=Place(), metadata={"meaning": False})
    astray: tuple[tuple[str, str], ...] = field(default=(), metadata={"meaning": False})


@dataclass(frozen=True, slots=True)
class Party:
    """A party and its name in the paper contract; `since` and `until` are dates, both included; it may take another one's place (`succeeds`)."""

    name: str
    title: str = field(default="", metadata={"meaning": False})
    since: str = ""
    until: str = ""
    succeeds: str = ""


@dataclass(frozen=True, slots=True)
class LifeStep:
    """A step of the agreement's own life (model §9), on events of a pattern; the built-in ones are `agreement.signed`, `.expired`, `.ended`,
    `.renewed`. `after` delays the effect (notice periods), `times` bounds renewals (0: without limit; `most` where a blank says how many), `length` is the renewed term."""

    effect: Literal["in_force", "suspend", "resume", "renew", "stop_renewal", "terminate", "dissolve"]
    on: Pattern
    about: About = About()
    after: Limit | None = None
    length: Expr | None = None
    times: int = 0
    unless: Pattern | None = None
    most: Expr | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that must be true of the bound parameters (two amounts that must agree), decided before anything runs."""

    name: str
    must: Expr
    about: About = About()


@dataclass(frozen=True, slots=True)
class Chain:
    """A promise that rests on promises bought elsewhere: checked for cover (model §9), never run. `promise`: an obligation or target of this
    contract; `bought`: the name under which a contract is bought, and its obligation or target."""

    name: str
    promise: str
    bought: tuple[tuple[str, str], ...]
    joined: Literal["series", "parallel"]
    about: About = About()


@dataclass(frozen=True, slots=True)
class Validity:
    """When this version holds: dates as `YYYY-MM-DD` in the contract's zone, empty for open, the first perhaps with a local time; the term's
    ends are both included. `signed`: the term begins with the last party's signature, an event of this pattern (then there is no `term_from`)."""

    effective_from: str = ""
    known_from: str = ""
    supersedes: str = ""
    term_from: Expr | None = None
    term_until: Expr | None = None
    steps: tuple[LifeStep, ...] = ()
    retroactive: bool = False
    signed: Pattern | None = None
    why_retroactive: str = field(default="", metadata={"meaning": False})
    splits_periods: bool = False  # a period in which this version begins is cut there, and each part is judged by its own version


Rule: TypeAlias = Obligation | Metric | AmountRule | Right | Table | Definition


@dataclass(frozen=True, slots=True)
class Program:
    """One version of one contract. Rules stand in the contract's order; lookups by name are the reader's (`slalang.ir.index`)."""

    title: str
    version: str
    zone: str
    currency: str
    counting: str
    validity: Validity
    parties: tuple[Party, ...]
    parameters: tuple[Parameter, ...]
    levels: tuple[Levels, ...]
    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    events: tuple[EventType, ...]
    lives: tuple[Life, ...]
    signals: tuple[Signal, ...]
    calendars: tuple[CalendarSpec, ...]
    definitions: tuple[Definition, ...]
    tables: tuple[Table, ...]
    obligations: tuple[Obligation, ...]
    metrics: tuple[Metric, ...]
    amounts: tuple[AmountRule, ...]
    rights: tuple[Right, ...]
    caps: tuple[Cap, ...] = ()
    payments: tuple[Payments, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    chains: tuple[Chain, ...] = ()
    purchases: tuple[
        tuple[str, str], ...
    ] = ()  # name and file of each contract under which something is bought
    countings: tuple[Counting, ...] = ()  # the counting conventions that the contract declares
    rest_days: str = ""  # the calendar whose closed days are rest days where a rule names none
    clauses: tuple[Clause, ...] = field(default=(), metadata={"meaning": False})
    paper: tuple[str, ...] = field(
        default=(), metadata={"meaning": False}
    )  # every clause number of the paper, where the contract lists them
    source: str = field(default="", metadata={"meaning": False})
    ir_version: str = IR_VERSION
