"""Numbers at which something changes go in; the points and open stretches between them come out, and a readable number in each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Steps that people count in, largest first; finer ones are tenths of the last.
STEPS: Final[dict[str, tuple[Fraction, ...]]] = {
    "ratio": (Fraction(1, 100),),
    "duration": (
        Fraction(3_600_000_000),
        Fraction(60_000_000),
        Fraction(1_000_000),
        Fraction(1000),
        Fraction(1),
    ),
}
_WHOLE = ("integer", "date", "instant", "civil", "workdays")
_FINEST = 40  # tenths of a step tried before the middle is taken


@dataclass(frozen=True, slots=True)
class Stretch:
    """An interval of numbers; a missing end is open to infinity. A point has equal ends, both in it."""

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool

    @property
    def is_point(self) -> bool:
        """Whether it is a single number."""
        return self.low is not None and self.low == self.high

    def holds(self, number: Fraction) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or number > self.low or (self.low_in and number == self.low)
        return above and (self.high is None or number < self.high or (self.high_in and number == self.high))

    def joined(self, after: Stretch) -> Stretch:
        """With the stretch that follows it without a gap."""
        return Stretch(self.low, self.low_in, after.high, after.high_in)


EVERYTHING: Final = Stretch(None, False, None, False)


def partition(domain: Stretch, numbers: Iterable[Fraction], ty: str = "number") -> list[Stretch]:
    """The domain cut at numbers into points and open stretches, in order; for whole numbers, empty stretches are left out."""
    inner = {number for number in numbers if domain.holds(number)}
    ends = {
        end
        for end, is_in in ((domain.low, domain.low_in), (domain.high, domain.high_in))
        if end is not None and is_in
    }
    cuts = sorted(inner | ends)
    found: list[Stretch] = []
    edge, before = domain.low, None
    for cut in cuts:
        if edge is None or edge < cut:
            found.append(Stretch(edge, False, cut, False))
        found.append(Stretch(cut, True, cut, True))
        edge = before = cut
    if before is None or domain.high is None or before < domain.high:
        found.append(Stretch(edge, False, domain.high, False))
    return [one for one in found if not (ty in _WHOLE and _has_no_whole(one))]


def _has_no_whole(stretch: Stretch) -> bool:
    if stretch.low is None or stretch.high is None:
        return False
    first = ceil(stretch.low) if stretch.low_in else floor(stretch.low) + 1
    return not stretch.holds(Fraction(first))


def readable(stretch: Stretch, ty: str, domain: Stretch = EVERYTHING) -> Fraction:
    """A number of the stretch that people can check: an end that belongs to it and is not the domain's, else the first round one inside."""
    if stretch.is_point and stretch.low is not None:
        return stretch.low
    if stretch.low is not None and stretch.low_in and stretch.low != domain.low:
        return stretch.low
    if stretch.high is not None and stretch.high_in and stretch.high != domain.high:
        return stretch.high
    return _inside(stretch, ty)


def _inside(stretch: Stretch, ty: str) -> Fraction:
    steps = list(STEPS.get(ty, (Fraction(1),)))
    if ty not in _WHOLE:
        steps += [steps[-1] / 10**power for power in range(1, _FINEST)]
    inner = Stretch(stretch.low, False, stretch.high, False)
    for step in steps:
        found = _round(stretch, step)
        if inner.holds(found) or (ty in _WHOLE and stretch.holds(found)):
            return found
    if stretch.low is not None and stretch.low_in:
        return stretch.low
    if stretch.high is not None and stretch.high_in:
        return stretch.high
    assert stretch.low is not None
    assert stretch.high is not None
    return (stretch.low + stretch.high) / 2


def _round(stretch: Stretch, step: Fraction) -> Fraction:
    """The first multiple of a step above the lower end, else the last one below the upper end."""
    if stretch.low is not None:
        return (floor(stretch.low / step) + 1) * step
    if stretch.high is not None:
        return (ceil(stretch.high / step) - 1) * step
    return Fraction(0)
