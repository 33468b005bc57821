"""A signal's history goes in; the time for which it held in a period comes out, in the order of operations of model §6."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from slalang.values.interval import Interval, clip, subtract, total, union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.ir.amounts import TimeOf
    from slalang.outcome.records import Period


class Held:
    """Where a boolean expression holds for a subject, over a stretch of the past."""

    def __init__(self, world: World, value: Any, sources: Any) -> None:
        """Take the compiled expression and the signals it reads."""
        self.world = world
        self.value = value
        self.sources = sources

    def intervals(self, subject: Subject | None, agreement: str, start: int, end: int) -> list[Interval]:
        """The half-open intervals in [start, end) in which it holds.

        Raises:
            Undetermined: it cannot be read somewhere in between.
        """
        env = self.world.env
        kept = (env.subject, env.agreement, env.at, env.event)
        env.subject, env.agreement, env.event = subject, agreement, None
        try:
            points = {start} | self.world.signals.points(self.sources, env, start, end)
            edges = [*sorted(points), end]
            found = []
            for a, b in pairwise(edges):
                env.at = a
                if self.value(env):
                    found.append((a, b))
            return union(found)
        finally:
            env.subject, env.agreement, env.at, env.event = kept


def time_of(
    form: TimeOf,
    held: Iterable[list[Interval]],
    excluded: Iterable[list[Interval]],
    period: Period,
    until: int,
) -> tuple[int, list[Interval]]:
    """Union, exclusions, bins, minimum run over the whole run, split at the borders, round each or the total, sum.

    A bin (counted from the period's start) counts whole if the signal held in any part of it.
    """
    runs = subtract(union(*held), union(*excluded))
    if form.bin_us:
        runs = union(_bins(runs, form.bin_us, period.start))
    if form.minimum_run_us:
        runs = [run for run in runs if _long_enough(run, form)]
    pieces = clip(runs, period.start, min(period.end, until))
    if form.round_us and form.round_what == "each":
        return sum(rounded(b - a, form.round_us, form.round_mode) for a, b in pieces), pieces
    whole = total(pieces)
    return rounded(whole, form.round_us, form.round_mode) if form.round_us else whole, pieces


def left_out(
    held: Iterable[list[Interval]],
    excluded: Iterable[list[Interval]],
    pieces: list[Interval],
    period: Period,
    until: int,
) -> list[Interval]:
    """Where the signal held in the period but an exclusion kept the time from counting."""
    away = subtract(union(*excluded), pieces)  # a bin counts whole, what is excluded in it too
    whole = clip(union(*held), period.start, min(period.end, until))
    return subtract(whole, subtract(whole, away))


def _bins(runs: list[Interval], width: int, origin: int) -> list[Interval]:
    return [(origin + (a - origin) // width * width, origin - (origin - b) // width * width) for a, b in runs]


def _long_enough(run: Interval, form: TimeOf) -> bool:
    length = run[1] - run[0]
    return length > form.minimum_run_us if form.minimum_strict else length >= form.minimum_run_us


def rounded(amount: int, unit: int, mode: str) -> int:
    """Time to a whole number of units: down, up, or to the nearest (a half goes up)."""
    if mode == "down":
        return amount // unit * unit
    if mode == "up":
        return -(-amount // unit) * unit
    return (2 * amount + unit) // (2 * unit) * unit


__all__ = ["Held", "rounded", "time_of"]
