"""A signal's history goes in; the time for which it held in a period comes out, in the order of operations of model §6."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from slalang.values.interval import Interval, clip, subtract, union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.ir.amounts import TimeOf
    from slalang.outcome.records import Period


USUAL: Final = ("excluding", "bins", "minimum_run", "period_borders", "rounding_step")


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
        kept = (env.subject, env.agreement, env.at, env.event, env.record)
        # What it is at each of many instants is told as the stretches, not as one value.
        env.subject, env.agreement, env.event, env.record = subject, agreement, None, None
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
            env.subject, env.agreement, env.at, env.event, env.record = kept


def time_of(
    form: TimeOf,
    held: Iterable[list[Interval]],
    excluded: Iterable[list[Interval]],
    period: Period,
    until: int,
) -> tuple[int, list[Interval]]:
    """Union, exclusions, bins, minimum run over the whole run, split at the borders, round each or the total, sum; or as the contract orders.

    Bins are counted from the period's start; one counts whole if the signal held in any part of it, or for as long as
    the contract asks. What is rounded before the split moves the end of the run.
    """
    runs, away = union(*held), union(*excluded)
    borders = (period.start, min(period.end, until))
    steps, shown = form.order or USUAL, runs
    for step in steps:
        match step:
            case "excluding":
                runs = shown = subtract(runs, away)
            case "bins" if form.bin_us:
                runs = shown = _bins(runs, form, period.start)
            case "minimum_run" if form.minimum_run_us:
                runs = shown = [run for run in runs if _long_enough(run, form)]
            case "period_borders":
                runs = shown = clip(runs, *borders)
            case "rounding_step" if form.round_us and form.round_what == "each":
                runs = [(a, a + rounded(b - a, form.round_us, form.round_mode)) for a, b in runs]
            case _:
                pass
    whole = sum(b - a for a, b in runs)  # rounded up, a run may reach into the next: each counts by itself
    if form.round_us and form.round_what == "total":
        whole = rounded(whole, form.round_us, form.round_mode)
    return whole, shown if steps[-1] == "rounding_step" else clip(runs, *borders)


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


def _bins(runs: list[Interval], form: TimeOf, origin: int) -> list[Interval]:
    """The bins that count, as runs: those that any run touches, or in which the runs hold for long enough."""
    width = form.bin_us
    held: dict[int, int] = {}
    for a, b in runs:
        for number in range((a - origin) // width, -((origin - b) // width)):
            low = origin + number * width
            held[number] = held.get(number, 0) + min(b, low + width) - max(a, low)
    least = form.bin_least_us + form.bin_strict
    return union((origin + n * width, origin + (n + 1) * width) for n in held if held[n] >= least)


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
