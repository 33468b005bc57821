"""What an aggregate of the text becomes: the IR's form of a metric, its type, and what its cases are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.ir.amounts import MetricForm
    from slalang.ir.expressions import Ty


@dataclass(frozen=True, slots=True)
class Folded:
    """A metric's form, its type, by which instant its cases are counted, whether it is about cases, and of which rules."""

    form: MetricForm
    type: Ty
    counted_by: str
    cases: bool
    rules: tuple[str, ...] = ()
