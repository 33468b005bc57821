"""A `constraint` and its `=` line go in; the IR's constraint over bound values comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.program import Constraint
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotConstant
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines.once import single
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World

MOVES = ("signal", "field", "metric", "amount", "rule")


def constraint(world: World, declared: Declared, _: str = "") -> Constraint | None:
    """The constraint, or None when it has mistakes; it may read what is bound before anything runs, and nothing else."""
    line = single(world, declared.sentence, "value")
    node = parts.expr(line, "value") if line else None
    if node is None:
        what = Text(en="what must be true", zh="须满足什么")
        example = written("value", "…", chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return None
    must = condition(world, node, Context("period"))
    if must is None:
        return None
    if any(sort in MOVES for sort, _name, _back in reads([must], world.named)):
        world.collector.add(NotConstant(node.span))
        return None
    return Constraint(declared.name, must, world.about(declared))
