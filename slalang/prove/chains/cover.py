"""A chain, its contract and the contracts bought go in; the sum comes out: what is promised, what is guaranteed, what is missing, what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.prove.chains.fixed import NotFixed
from slalang.prove.chains.hours import first_uncovered
from slalang.prove.chains.promise import Level, Limits, promise_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.ir.program import Chain, Program


@dataclass(frozen=True, slots=True)
class Sum:
    """One comparison: a level, or the limit of one row. `estimate`: what independent failures would make likely, which nobody guarantees."""

    row: str
    kind: str  # ratio, duration, civil, workdays
    promised: Fraction
    bought: tuple[tuple[str, Fraction], ...]
    guaranteed: Fraction
    short: bool
    estimate: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """All comparisons of a chain, and obstacles: reasons why they prove less than they seem to, or nothing."""

    chain: Chain
    sums: tuple[Sum, ...] = ()
    obstacles: tuple[Text, ...] = ()
    uncovered: tuple[
        tuple[str, int], ...
    ] = ()  # a contract bought and the first instant, µs, at which only the promise runs


def cover(program: Program, chain: Chain, bought: Mapping[str, Program]) -> Cover:
    """Compare a promise with what is bought for it, at the worst end of every blank's domain."""
    try:
        promised = promise_of(program, chain.promise, "most")
        parts = [
            (f"{alias}.{rule}", promise_of(bought[alias], rule, "least")) for alias, rule in chain.bought
        ]
    except NotFixed as unknown:
        en = f"whether it is covered cannot be told: it depends on `{unknown.what}`"
        return Cover(chain, (), (Text(en=en, zh=f"无法判断是否足以覆盖：取决于 `{unknown.what}`"),))
    if isinstance(promised, Level):
        levels = [(name, one) for name, one in parts if isinstance(one, Level)]
        if len(levels) == len(parts):
            return Cover(chain, (_level(chain, promised, levels),), _level_obstacles(promised, levels))
    elif all(isinstance(one, Limits) for _, one in parts):
        return _limits(
            program, chain, promised, [(n, one) for n, one in parts if isinstance(one, Limits)], bought
        )
    text = Text(en="a level and a limit cannot be compared", zh="水平与期限无法比较")
    return Cover(chain, (), (text,))


def _level(chain: Chain, promised: Level, parts: Sequence[tuple[str, Level]]) -> Sum:
    values = [one.value for _, one in parts]
    if chain.joined == "series":
        # Failures may all fall at different times: the shortfalls add.
        guaranteed, estimate = (
            1 - sum((1 - value for value in values), Fraction(0)),
            prod(values, start=Fraction(1)),
        )
    else:
        # Failures may all fall at the same time: no better than the best one.
        guaranteed, estimate = max(values), 1 - prod((1 - value for value in values), start=Fraction(1))
    kept_strictly = any(one.strict for _, one in parts)
    short = promised.value > guaranteed or (
        promised.value == guaranteed and promised.strict and not kept_strictly
    )
    return Sum(
        "", "ratio", promised.value, tuple((n, one.value) for n, one in parts), guaranteed, short, estimate
    )


def _level_obstacles(promised: Level, parts: Sequence[tuple[str, Level]]) -> tuple[Text, ...]:
    found = []
    for name, one in parts:
        if one.period != promised.period:
            found.append(
                Text(
                    en=f"`{name}` is measured over another period: its allowance may fall into one period of the promise",
                    zh=f"`{name}` 按另一期间计量：其容许的中断可能全部落入所承诺的一个期间",
                )
            )
        more = [each for each in one.without if each not in promised.without]
        if more:
            names = ", ".join(f"`{each}`" for each in more)
            found.append(
                Text(
                    en=f"`{name}` does not count {names}, which the promise counts",
                    zh=f"`{name}` 不计 {names}，而所承诺者计入",
                )
            )
    return tuple(found)


def _limits(
    program: Program,
    chain: Chain,
    promised: Limits,
    parts: Sequence[tuple[str, Limits]],
    bought: Mapping[str, Program],
) -> Cover:
    units = {promised.unit, *(one.unit for _, one in parts)}
    if len(units) != 1:
        text = Text(en="limits of different kinds do not add", zh="不同种类的期限不能相加")
        return Cover(chain, (), (text,))
    sums = []
    for row, limit in promised.by_row:
        values = tuple((name, one.of(row)) for name, one in parts)
        found = [value for _, value in values]
        total = sum(found, Fraction(0)) if chain.joined == "series" else min(found)
        only_just = total == limit and promised.strict and not any(one.strict for _, one in parts)
        sums.append(Sum(row, promised.unit, limit, values, total, total > limit or only_just))
    obstacles = [
        Text(
            en=f"`{name}` stands still for {', '.join(more)}, when the promise runs on",
            zh=f"`{name}` 因 {'、'.join(more)} 停计，而所承诺者继续计时",
        )
        for name, one in parts
        if (more := [each for each in one.standstills if each not in promised.standstills])
    ]
    uncovered = []
    for (name, one), (alias, _) in zip(parts, chain.bought, strict=True):
        at = first_uncovered(program, promised.calendar, bought[alias], one.calendar)
        if at is not None:
            uncovered.append((name, at))
    return Cover(chain, tuple(sums), tuple(obstacles), tuple(uncovered))
