"""What the checker gives: the program and the scenarios of one contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.ir.program import Program
    from slalang.ir.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Checked:
    """A contract without errors."""

    program: Program
    scenarios: tuple[Scenario, ...]
