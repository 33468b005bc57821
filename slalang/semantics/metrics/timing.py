"""The lines on summed time go in: bins, minimum run, rounding, order; the IR's options of the time of a signal come out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import BinRatio, LeaveOut, TimeIn, TimeOf
from slalang.ir.expressions import Const
from slalang.semantics import parts
from slalang.semantics.agreement.term import standstill, suspends
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import typed
from slalang.semantics.lines.once import single
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.lines.policies import Choices
    from slalang.semantics.metrics.folded import Folded
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence


def timed(item: Folded, found: list[LeaveOut], options: dict[str, Any]) -> Folded:
    """An aggregate that sums time, with what it leaves out and how it is cut and rounded; any other as it is."""
    if isinstance(item.form, BinRatio) and item.form.time is not None:
        return replace(item, form=replace(item.form, time=replace(item.form.time, **options)))
    if not isinstance(item.form, TimeOf):
        return item
    return replace(item, form=replace(item.form, exclusions=tuple(found), **options))


def suspended(world: World, choices: Choices) -> list[LeaveOut]:
    """Time in which the contract is suspended, where it can be: left out of the sum where the metric rests then."""
    if not suspends(world) or choices.choice("while_suspended") != "rests":
        return []
    still = standstill(world)
    return [LeaveOut("suspended", still.when, still.about)]


def opened(item: Folded, rests: list[LeaveOut]) -> Folded:
    """An aggregate that sums the open time of a calendar, without the time in which the contract rests; any other as it is."""
    if not isinstance(item.form, TimeIn):
        return item
    return replace(item, form=replace(item.form, exclusions=tuple(rests)))


def time_options(world: World, sentence: Sentence) -> dict[str, Any] | None:
    """Bins, minimum run and rounding of summed time, in µs."""
    options: dict[str, Any] = {}
    for kind, key in (("bins", "length"), ("minimum_run", "length"), ("round_time", "unit")):
        line = single(world, sentence, kind)
        if line is None:
            continue
        node = parts.expr(line, key)
        length = typed(world, node, Context("fixed"), "duration") if node is not None else None
        if not isinstance(length, Const) or node is None:
            return None
        if int(length.value) <= 0:
            world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="> 0"))
            return None
        if kind == "bins":
            least = _least(world, line, int(length.value))
            if least is None:
                return None
            options |= {"bin_us": int(length.value), **least}
        elif kind == "minimum_run":
            options |= {"minimum_run_us": int(length.value), "minimum_strict": parts.flag(line, "strict")}
        else:
            options |= {
                "round_us": int(length.value),
                "round_what": parts.ident(line, "what"),
                "round_mode": parts.ident(line, "mode"),
            }
    return _ordered(world, sentence, options)


def _least(world: World, line: Sentence, width: int) -> dict[str, Any] | None:
    """For how long the signal must hold in a bin: `bins 1 h, > 6 min`."""
    node = parts.expr(line, "least")
    if not isinstance(node, syn.Bound):
        return {}
    least = typed(world, node.value, Context("fixed"), "duration")
    if not isinstance(least, Const):
        return None
    strict = node.op == ">"
    if not 0 < int(least.value) + strict <= width:
        world.collector.add(
            OutOfDomain(node.span, name=node.span.text, domain=f"> 0, <= {width // 1_000_000} s")
        )
        return None
    return {"bin_least_us": int(least.value), "bin_strict": strict}


def _ordered(world: World, sentence: Sentence, options: dict[str, Any]) -> dict[str, Any] | None:
    """The order that the contract states: each step that the metric takes, once."""
    line = single(world, sentence, "in_order")
    if line is None:
        return options
    steps = tuple(parts.tuples(line, "steps"))
    needed = {"period_borders"}
    needed |= {"bins"} if "bin_us" in options else set()
    needed |= {"minimum_run"} if "minimum_run_us" in options else set()
    needed |= {"rounding_step"} if options.get("round_what") == "each" else set()
    missing = sorted(needed - set(steps))
    if missing or len(set(steps)) != len(steps):
        what = Text(
            en=f"the order names each step once; it lacks {', '.join(missing).replace('_', ' ') or 'nothing, but has one twice'}",
            zh=f"次序须把每一步写一次；{'缺少 ' + '、'.join(missing) if missing else '有一步写了两次'}",
        )
        world.collector.add(NotPlaced(line.span, what=what))
        return None
    return options | {"order": steps if "excluding" in steps else ("excluding", *steps)}
