"""What a run is asked for: as-of instant, parameters by agreement, readings, the versions in force, and what to trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.expressions import Const
    from slalang.ir.program import Program

FOREVER = 1 << 62  # later than any instant, µs


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the contract with the half-open time in which it is in force, µs UTC."""

    program: Program
    in_force_from_us: int = -FOREVER
    in_force_until_us: int = FOREVER


@dataclass(frozen=True, slots=True)
class Focus:
    """What to trace: a rule, and of its results those that the other fields name (empty: all)."""

    rule: str
    subject: str = ""
    instance: str = ""
    period: str = ""
    key: tuple[tuple[str, str], ...] = ()
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """`parameters[agreement][name]`, with `""` for the whole run; `readings[name]` takes another option than the contract;
    `sole` is the agreement of whatever names none, where a run has one agreement; `first` is where all facts begin, µs, where
    those that are played are only a part of them."""

    as_of: int
    parameters: Mapping[str, Mapping[str, Const]] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    trace: Focus | None = None
    sole: str = ""
    first: int | None = None
