"""An explained share of time (or an amount that hangs on it) and the events go in; how much shorter outages would have reached the next tier comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.explain.flips.candidates import Candidate, moved, told
from slalang.explain.flips.outages import outages_of
from slalang.explain.flips.tiers import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.events.event import Event
    from slalang.explain.flips.tiers import Bound
    from slalang.ir.program import Program
    from slalang.outcome.records import MetricValue

MOST: Final = 5  # outages that are shortened together


@dataclass(frozen=True, slots=True)
class Shortened:
    """So much less time down (µs), by these ends of outages coming earlier; worked out, not yet tried."""

    by: int
    changes: tuple[Candidate, ...]
    bound: Bound

    def reached(self, share: Fraction) -> bool:
        """Whether a share has passed the figure."""
        return _passed(share, self.bound)


def shortened(program: Program, value: MetricValue, events: Sequence[Event]) -> list[Shortened]:
    """What would lift a share of a period's time to the next figure that the contract compares it with, longest outage first.

    Two attempts: exactly to the figure, and one microsecond beyond it, where the figure itself does not belong to what lies
    above. What is missing is counted in the period's real length; the evaluation says whether that is right.
    """
    share = value.value
    if share is None or share.type != "ratio":
        return []
    above = next((bound for bound in bounds(program, value.rule) if not _passed(share.value, bound)), None)
    if above is None:
        return []
    missing = (above.value - share.value) * (value.period.end - value.period.start)
    needed = -(-missing.numerator // missing.denominator)
    found = []
    for by in (needed, needed + 1):
        changes = _spread(by, _ends(program, value, events)) if by > 0 else ()
        if changes:
            found.append(Shortened(by, changes, above))
    return found


def _passed(share: Fraction, bound: Bound) -> bool:
    return share >= bound.value if bound.reached else share > bound.value


def _ends(program: Program, value: MetricValue, events: Sequence[Event]) -> list[tuple[int, Event]]:
    """Each end of an outage in the period with how long that outage had been in the period, the longest first."""
    period, found = value.period, []
    for form in outages_of(program, [value.rule]):
        starts = {match.type for match in form.start.any_of}
        stops = {match.type for match in form.stop.any_of}
        began: dict[str, int] = {}
        for event in events:
            if event.type in stops and event.subject in began:
                start = max(began.pop(event.subject), period.start)
                if start < event.time <= period.end:
                    found.append((event.time - start, event))
            elif event.type in starts:
                began.setdefault(event.subject, event.time)
    return sorted(found, key=lambda pair: (-pair[0], pair[1].order))


def _spread(by: int, ends: list[tuple[int, Event]]) -> tuple[Candidate, ...]:
    """The time taken from the fewest outages, the longest first, each by its share; nothing where those looked at are too short.

    No outage is taken away whole: its end must stay after its beginning.
    """
    chosen: list[tuple[int, Event]] = []
    for pair in ends[:MOST]:
        chosen.append(pair)
        if sum(length for length, _ in chosen) > by:
            break
    else:
        return ()
    whole = sum(length for length, _ in chosen)
    parts = [by * length // whole for length, _ in chosen]
    parts[0] += by - sum(parts)
    return tuple(
        Candidate(
            moved(event, event.time - part),
            part,
            "outage",
            told("flip.earlier", event, part, event.time - part),
        )
        for part, (_, event) in zip(parts, chosen, strict=True)
        if part
    )
