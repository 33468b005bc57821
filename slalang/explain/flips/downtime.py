"""An explained share of time (or an amount that hangs on it) and the events go in; how much shorter outages would have reached the next tier comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.explain.flips.candidates import Candidate, moved, told
from slalang.explain.flips.outages import outages_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from slalang.events.event import Event
    from slalang.explain.flips.tiers import Bound
    from slalang.ir.program import Program
    from slalang.outcome.records import MetricValue

MOST: Final = 5  # outages that are shortened together
MOST_PROBED: Final = 20  # outages of which is asked whether they count at all


@dataclass(frozen=True, slots=True)
class Shortened:
    """So much less time down (µs), by these ends of outages coming earlier; worked out, not yet tried."""

    by: int
    changes: tuple[Candidate, ...]
    bound: Bound

    def reached(self, share: Fraction) -> bool:
        """Whether a share has passed the figure."""
        return passed(share, self.bound)


def shortened(
    program: Program,
    value: MetricValue,
    tiers: Sequence[Bound],
    events: Sequence[Event],
) -> list[Shortened]:
    """What would lift a share of a period's time to the next figure that the contract compares it with, longest outage first.

    Two attempts: exactly to the figure, and one microsecond beyond it, where the figure itself does not belong to what lies
    above. What is missing is counted in the period's real length; the evaluation says whether that is right.
    """
    share = value.value
    if share is None or share.type != "ratio":
        return []
    above = next((bound for bound in tiers if not passed(share.value, bound)), None)
    if above is None:
        return []
    missing = (above.value - share.value) * (value.period.end - value.period.start)
    needed = -(-missing.numerator // missing.denominator)
    found = []
    for by in (needed, needed + 1):
        ends = _ends(program, value, events) if by > 0 else []
        # One outage alone, the longest first: some may be excluded and help nothing.
        ways = [_spread(by, [one]) for one in ends[:MOST]]
        found += [Shortened(by, changes, above) for changes in ways if changes]
    return sorted(found, key=lambda one: one.by)


def spread(
    program: Program,
    value: MetricValue,
    bound: Bound,
    events: Sequence[Event],
    *,
    by: int,
    counting: AbstractSet[str],
    least: int,
) -> Shortened | None:
    """So much taken from the fewest of the outages that count, and from `least` of them at least; None where those are too short."""
    changes = _spread(by, [one for one in _ends(program, value, events) if one[1].id in counting], least)
    return Shortened(by, changes, bound) if changes else None


def halved(program: Program, value: MetricValue, events: Sequence[Event]) -> list[Event]:
    """Each end of an outage at half of its length in the period: those that move the figure count in it."""
    return [
        moved(event, end - length // 2) for length, event, end in _ends(program, value, events)[:MOST_PROBED]
    ]


def passed(share: Fraction, bound: Bound) -> bool:
    """Whether a share has passed a figure."""
    return share >= bound.value if bound.reached else share > bound.value


def _ends(program: Program, value: MetricValue, events: Sequence[Event]) -> list[tuple[int, Event, int]]:
    """Each end of an outage of the agreement, how long that outage had been in the period, and where in it it ended; the longest first.

    An outage that went on after the period was in it until its end.
    """
    period, found = value.period, []
    for form in outages_of(program, [value.rule]):
        starts = {match.type for match in form.start.any_of}
        stops = {match.type for match in form.stop.any_of}
        began: dict[str, Event] = {}
        for event in events:
            if event.type in stops and event.subject in began:
                opened = began.pop(event.subject)
                start, end = max(opened.time, period.start), min(event.time, period.end)
                named = {one.data.get("agreement") for one in (opened, event)} - {None}
                if start < end and (not named or not value.agreement or value.agreement in named):
                    found.append((end - start, event, end))
            elif event.type in starts:
                began.setdefault(event.subject, event)
    return sorted(found, key=lambda one: (-one[0], one[1].order))


def _spread(by: int, ends: list[tuple[int, Event, int]], least: int = 1) -> tuple[Candidate, ...]:
    """The time taken from the fewest outages, the longest first, each by its share; nothing where those looked at are too short.

    No outage is taken away whole: its end must stay after its beginning.
    """
    chosen: list[tuple[int, Event, int]] = []
    for one in ends[:MOST]:
        chosen.append(one)
        if len(chosen) >= least and sum(length for length, _, _ in chosen) > by:
            break
    else:
        return ()
    whole = sum(length for length, _, _ in chosen)
    parts = [by * length // whole for length, _, _ in chosen]
    parts[0] += by - sum(parts)
    return tuple(
        Candidate(
            moved(event, end - part),
            part,
            "outage",
            told("flip.earlier", event, event.time - end + part, end - part),
        )
        for part, (_, event, end) in zip(parts, chosen, strict=True)
        if part
    )
