"""A version with its bound values goes in; whether each constraint is true comes out, with what stood on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.compile.constants import as_plain, as_quantity
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.expressions import Op
from slalang.outcome.records import ConstraintState

if TYPE_CHECKING:
    from typing import Any

    from slalang.engine.world import World
    from slalang.ir.expressions import Expr
    from slalang.ir.program import Constraint
    from slalang.outcome.records import Quantity

COMPARES = {"==", "!=", "<", "<=", ">", ">="}


def constraints(world: World, agreements: list[str]) -> list[ConstraintState]:
    """One state a constraint and agreement; where none of them moves with the agreement's values they are all the same."""
    return [_decided(world, one, agreement) for one in world.program.constraints for agreement in agreements]


def _decided(world: World, one: Constraint, agreement: str) -> ConstraintState:
    env = world.env
    kept, env.agreement = env.agreement, agreement
    left = right = None
    try:
        holds = bool(world.compiler.expr(one.must)(env))
        status, reason = ("met" if holds else "broken"), ""
        if isinstance(one.must, Op) and one.must.op in COMPARES:
            left, right = (_side(world, side) for side in one.must.args)
    except Undetermined as unknown:
        status, reason = "undetermined", unknown.reason
    except Nothing as nothing:
        status, reason = "undetermined", str(nothing)
    finally:
        env.agreement = kept
    return ConstraintState(one.name, one.about.clause, agreement, status, left, right, reason)


def _side(world: World, side: Expr) -> Quantity | str:
    value: Any = world.compiler.expr(side)(world.env)
    found = None if isinstance(value, bool) else as_quantity(side.type, value)
    return found if found is not None else str(as_plain(value))
