"""Exceptions that were looked at go in; which applied, and the single conditions that kept the others away, come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import words, worth
from slalang.explain.tree import Instant, Node, Word, duration, node
from slalang.explain.wording.reasons import reason as why
from slalang.ir.expressions import Const, Field, Op, SignalAt

if TYPE_CHECKING:
    from slalang.outcome.records import Stretch, Verdict
    from slalang.outcome.trace import Considered, Value

FAR = 99
MOST_NEAR = 1  # conditions that may fail for an exception to count as a near miss


@dataclass(frozen=True, slots=True)
class Failing:
    """A leaf condition that kept a larger one from holding: `wanted` is the truth it would have needed."""

    value: Value
    wanted: bool


def kept_away(value: Value, *, wanted: bool = True) -> tuple[Failing, ...]:
    """The leaf conditions that would have to change for `value` to be `wanted`: for `or` the cheapest branch, for `and` all that fail."""
    if value.value is wanted:
        return ()
    expr = value.expr
    if isinstance(expr, Op) and value.parts:
        if expr.op == "not":
            return kept_away(value.parts[0], wanted=not wanted)
        if expr.op in {"and", "or"}:
            needs_all = (expr.op == "and") is wanted
            branches = [kept_away(part, wanted=wanted) for part in value.parts]
            if needs_all:
                return tuple(leaf for branch in branches for leaf in branch)
            return min((branch for branch in branches if branch), key=len, default=())
    if len(value.parts) == 1 and value.type == value.parts[0].type == "bool":
        return kept_away(value.parts[0], wanted=wanted)
    return (Failing(value, wanted),)


def looked_at_all(value: Value) -> bool:
    """Whether every argument of each `and` and `or` was evaluated: one that decided early hides how many others fail."""
    if (
        isinstance(value.expr, Op)
        and value.expr.op in {"and", "or"}
        and len(value.parts) != len(value.expr.args)
    ):
        return False
    return all(looked_at_all(part) for part in value.parts)


def exceptions_parts(
    verdict: Verdict, considered: tuple[Considered, ...], as_of: int
) -> tuple[Node | None, Node | None]:
    """The exceptions that applied, with their lengths, and those that did not, near misses first."""
    # An excuse that extends is told by its stretches, each once; a later stretch of it came too late to count.
    told = {stretch.reason for stretch in verdict.excuses}
    extends = {item.name for item in considered if item.effect == "extend"} & told
    rest = tuple(
        item for item in considered if item.effect != "extend" or item.name not in extends or item.detail
    )
    return exceptions_of(rest, *(_excuse(one, as_of, one.reason in extends) for one in verdict.excuses))


def exceptions_of(considered: tuple[Considered, ...], *further: Node) -> tuple[Node | None, Node | None]:
    """Which of the exceptions applied (and `further` nodes about them), and which did not, near misses first."""
    applied = [*(_applied(item) for item in considered if item.applied), *further]
    away = [_away(item) for item in considered if not item.applied]
    away.sort(key=lambda pair: pair[0])
    return (
        node("applied", *applied) if applied else None,
        node("not_applied", *(item for _, item in away)) if away else None,
    )


def _applied(item: Considered) -> Node:
    since = None
    if item.condition is not None and not isinstance(item.condition.expr, Const):
        since = node("held", condition=words(item.condition.expr), facts=facts(item.condition))
    return node(
        "exception",
        since,
        name=item.name,
        clause=item.clause or None,
        effect=Word(item.effect, "effect"),
        detail=why(item.detail),
    )


def _excuse(stretch: Stretch, as_of: int, extends: bool) -> Node:
    end = as_of if stretch.end is None else stretch.end
    return node(
        "exception.extends" if extends else "exception.excuse",
        name=stretch.reason,
        clause=stretch.clause or None,
        start=Instant(stretch.start),
        end=Instant(end),
        length=duration(end - stretch.start),
        ids=stretch.events,
    )


def _away(item: Considered) -> tuple[int, Node]:
    failing = kept_away(item.condition) if item.condition is not None else ()
    kind = "exception.plain"
    if failing and item.condition is not None:
        near = len(failing) <= MOST_NEAR and looked_at_all(item.condition)
        kind = (
            "exception.near" if near else "exception.away" if len(failing) > MOST_NEAR else "exception.first"
        )
    found = node(
        kind,
        *(_leaf(leaf) for leaf in failing),
        name=item.name,
        clause=item.clause or None,
        effect=Word(item.effect, "effect"),
        count=len(failing) if len(failing) > MOST_NEAR else None,
        detail=why(item.detail),
    )
    return ({"exception.near": 0, "exception.first": 1, "exception.away": len(failing)}.get(kind, FAR), found)


def _leaf(leaf: Failing) -> Node:
    kind = "kept_away" if leaf.wanted else "kept_away.false"
    return node(kind, condition=words(leaf.value.expr), facts=facts(leaf.value))


def facts(value: Value) -> tuple[Node, ...] | None:
    """The facts that a condition read, each once, in the order they are read."""
    found: dict[str, Node] = {}
    _facts(value, found)
    return tuple(found.values()) or None


def _facts(value: Value, found: dict[str, Node]) -> None:
    expr = value.expr
    is_fact = isinstance(expr, Field | SignalAt) or (not value.parts and not isinstance(expr, Const | Op))
    if is_fact:
        said = worth(value.type, value.value)
        if value.value is None and value.reason:
            said = why(value.reason)
        found.setdefault(repr(expr), node("fact.is", name=words(expr), value=said))
    for part in value.parts:
        _facts(part, found)
