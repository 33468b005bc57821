"""A policy as someone stated it: the choice, its place, and its expression where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.ir.rules import Policy
    from slalang.source.text import Span
    from slalang.syntax.tree import Expr


@dataclass(frozen=True, slots=True)
class Stated:
    """A line of a rule or of a convention set."""

    policy: Policy
    span: Span
    value: Expr | None
